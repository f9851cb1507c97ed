"""Reports: a format-free document first, then a renderer for each format."""

"""The front door: command line, configuration, the nightly run."""

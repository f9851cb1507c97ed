"""A message taken apart: frame, parts, bodies, character sets."""

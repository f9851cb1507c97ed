"""The schema step by step, run by `models.schema_version` through Alembic; a released step never changes."""

HEAD = "0001"
"""The newest step in `versions/`."""

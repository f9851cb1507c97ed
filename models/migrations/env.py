"""Alembic's entry: runs the steps in the transaction that `models.schema_version` opened."""

from alembic import context

# Without the tables' MetaData: its naming convention would be put on top of the names that the steps write out.
context.configure(connection=context.config.attributes["connection"])
context.run_migrations()

"""Brings a database to this version's schema, and refuses one that a newer version wrote."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from models.database import Database
from models.errors import StoreError
from models.migrations import HEAD

MIGRATIONS = Path(__file__).parent / "migrations"
"""The folder of the steps, as Alembic wants it."""


def ensure_schema(database: Database) -> None:
    """Run the missing migration steps, if any, all in one transaction.

    Raises:
        StoreError: the database was written by a newer version of Liaison, holds text that is not Unicode, or cannot be
            read or written.
    """
    with database.reading() as connection:
        _require_unicode(connection)
        present = schema_version(connection)
    if present == HEAD:
        return
    with database.writing() as connection:
        _bring_up(connection)


def _require_unicode(connection: Connection) -> None:
    """SQLite is always Unicode; a PostgreSQL database is what it was created as, and mail is in every script."""
    if connection.dialect.name != "postgresql":
        return
    encoding = connection.execute(text("SHOW server_encoding")).scalar()
    if encoding != "UTF8":
        msg = f"the database holds text as {encoding}, and mail needs UTF8"
        raise StoreError(msg, "create one for Liaison: createdb --encoding=UTF8 --template=template0 NAME")


def schema_version(connection: Connection) -> str | None:
    """The step that the database is at ("0001", "0002", ..., in order), None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _bring_up(connection: Connection) -> None:
    present = schema_version(connection)
    if present is not None and present > HEAD:
        msg = f"the store has schema {present}, newer than this version's {HEAD}"
        raise StoreError(msg, "install the version of Liaison that wrote it, or a later one")
    # Imported here: Alembic takes longer to load than a store that is up to date takes to open.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")

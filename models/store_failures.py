"""What a database's error means, in one sentence, and what to do about it."""

import sqlite3

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from models.errors import StoreError

SCHEME_HINT = "write store: sqlite:///liaison.db, or store: postgresql+psycopg://user@host/database"

_SQLITE: dict[str, tuple[str, str]] = {
    "SQLITE_CANTOPEN": ("the file cannot be opened", "does its folder exist, and may this user write there?"),
    "SQLITE_READONLY": (
        "the file may only be read",
        "give this user the right to write the file and its folder",
    ),
    "SQLITE_FULL": ("the disk is full", "make room, then run again: nothing was half-written"),
    "SQLITE_IOERR": (
        "the disk refuses reading or writing",
        "look at the disk's room and health, then run again",
    ),
    "SQLITE_NOTADB": ("the file is no SQLite database", "set store: to another path"),
    "SQLITE_CORRUPT": ("the file is damaged", "restore it from a backup, or move it away and run again"),
    "SQLITE_BUSY": ("another program holds the file", "wait until it ends, or look at: liaison status"),
    "SQLITE_LOCKED": ("another program holds the file", "wait until it ends, or look at: liaison status"),
}
_POSTGRESQL: dict[str, tuple[str, str]] = {
    "28": ("the user or password was refused", "look at the user, password and pg_hba.conf"),
    "3D": ("there is no such database", "create it: createdb DATABASE"),
    "42501": (
        "the user lacks a right",
        "make the user the owner of the database, or grant CREATE on its schema",
    ),
    "25006": ("the database may only be read", "is this a standby server? name the primary"),
    "53100": ("the server's disk is full", "make room, then run again: nothing was half-written"),
    "53300": ("the server takes no more connections", "wait, or raise max_connections"),
    "57P": ("the server is shutting down or starting", "wait, then run again"),
}
_UNREACHABLE = ("the server cannot be reached", "is it running, and are host and port right?")


def explained(error: SQLAlchemyError, url: URL) -> StoreError:
    """The store error for a database error; the URL's password is never shown."""
    where = url.render_as_string(hide_password=True)
    origin = error.orig if isinstance(error, DBAPIError) else None
    message, hint = _known(origin) or (_first_line(origin or error), "")
    return StoreError(f"store {where}: {message}", hint)


def _known(origin: BaseException | None) -> tuple[str, str] | None:
    if isinstance(origin, sqlite3.Error):
        return _by_prefix(_SQLITE, getattr(origin, "sqlite_errorname", None) or "")
    if origin is None:
        return None
    sqlstate = getattr(origin, "sqlstate", None)
    if sqlstate is not None:
        return _by_prefix(_POSTGRESQL, sqlstate)
    return _without_sqlstate(origin)


def _without_sqlstate(origin: BaseException) -> tuple[str, str] | None:
    """Libpq reports a failed connection by words only."""
    words = str(origin)
    if type(origin).__name__ not in ("OperationalError", "ConnectionTimeout"):
        return None
    if any(refusal in words for refusal in ("authentication failed", "no pg_hba.conf entry", 'role "')):
        return _POSTGRESQL["28"]
    if "database" in words and "does not exist" in words:
        return _POSTGRESQL["3D"]
    return _UNREACHABLE


def _by_prefix(known: dict[str, tuple[str, str]], code: str) -> tuple[str, str] | None:
    return next((told for prefix, told in known.items() if code.startswith(prefix)), None)


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]

"""One database: how it is opened, how reads and writes are enclosed, how its errors become sentences.

SQLite runs in WAL mode with foreign keys on; a write transaction begins IMMEDIATE, so that a second writer
waits at the door instead of failing half-way. In PostgreSQL a write transaction waits for an advisory lock to
the same end.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import NullPool, QueuePool, StaticPool

from models.errors import StoreError
from models.store_failures import SCHEME_HINT, explained

_WRITING = "liaison_writing"
_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    # of 4 kB pages: a large poll writes most pages more than once before they reach the database
    "PRAGMA wal_autocheckpoint = 4000",
    "PRAGMA cache_size = -16000",
)


_ONE_WRITER = f"SELECT pg_advisory_xact_lock({0x4C49_4157})"
"""Held until the transaction ends."""


class Database:
    """An engine with its habits.

    Args:
        url: `sqlite:///path`, `sqlite://` (in memory) or `postgresql+psycopg://...`.

    Raises:
        StoreError: the URL cannot be read or names another kind of database.
    """

    def __init__(self, url: str) -> None:
        self.url = _checked(url)
        self.dialect = self.url.get_backend_name()
        self.engine = _engine(self.url)
        _make_private(self.file)
        self._writer = self.engine.execution_options(**{_WRITING: True})

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one consistent state and changes nothing.

        Raises:
            StoreError: the database could not be read.
        """
        with self._told(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it is kept, or, after any exception, nothing.

        Raises:
            StoreError: the database could not be written.
        """
        with self._told(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def session(self) -> Iterator[Connection]:
        """A connection of its own, outside the pool and outside transactions, closed for good at the end.

        Raises:
            StoreError: the database cannot be reached.
        """
        engine = create_engine(self.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with self._told(), engine.connect() as connection:
            yield connection

    @property
    def file(self) -> Path | None:
        """The SQLite file, None for a database in memory or on a server."""
        name = self.url.database
        if self.dialect != "sqlite" or name in (None, "", ":memory:"):
            return None
        return Path(name.removeprefix("file:").partition("?")[0])

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise explained(error, self.url) from error


def _checked(url: str) -> URL:
    try:
        parsed = make_url(url)
        float(str(parsed.query.get("timeout", 0)))
    except (ArgumentError, ValueError) as error:  # ValueError: a port or time limit that is no number
        msg = "store: the URL cannot be read"
        raise StoreError(msg, SCHEME_HINT) from error
    if parsed.drivername in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg"):
        return parsed
    if parsed.drivername == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    msg = f"store: {parsed.drivername!r} is not a database that Liaison can use"
    raise StoreError(msg, SCHEME_HINT)


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        engine = create_engine(url, connect_args={"connect_timeout": 10, "client_encoding": "utf8"})
        event.listen(engine, "begin", _begin_postgresql)
        return engine
    in_memory = url.database in (None, "", ":memory:")
    # Another writer is waited for, in seconds.
    timeout = {} if "timeout" in url.query else {"timeout": 30.0}
    engine = create_engine(url, connect_args=timeout, poolclass=StaticPool if in_memory else QueuePool)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_private(path: Path | None) -> None:
    """A new file is its owner's alone, since it holds mail; where it cannot be made, SQLite will say why."""
    if path is not None:
        with suppress(OSError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver must not begin transactions by itself: it would begin them DEFERRED and leave out DDL.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    writing = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql(_ONE_WRITER if writing else "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

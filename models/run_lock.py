"""One run at a time: a lock that the kernel or the server frees when its holder dies, however it dies.

SQLite: `flock` on a file beside the database, which holds the process id. PostgreSQL: a session's advisory
lock. A database in memory belongs to one process and needs none.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, text

from models.database import Database
from models.errors import LockedError, StoreError

_ADVISORY_KEY = 0x4C49_4149  # "LIAI"
_HOLDER = text(
    "SELECT a.pid, a.application_name, a.backend_start FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
    " WHERE l.locktype = 'advisory' AND l.granted AND l.objid = :key AND l.classid = 0"
    " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


@contextmanager
def run_lock(database: Database) -> Iterator[None]:
    """Hold the database's run lock.

    Raises:
        LockedError: another run holds it; the message says which process and since when.
        StoreError: the lock file or the server cannot be used.
    """
    path = database.file
    if database.dialect == "postgresql":
        with _advisory(database):
            yield
    elif path is None:
        yield
    else:
        with _flock(path.with_name(path.name + ".lock")):
            yield


@contextmanager
def _flock(path: Path) -> Iterator[None]:
    descriptor = _opened(path)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LockedError(_file_holder(path)) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        # The file stays: removing it would let two runs lock two files of one name.
        os.close(descriptor)


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        msg = f"the lock file {path} cannot be opened: {error.strerror}"
        raise StoreError(msg, "may this user write in the folder of the store?") from error


def _file_holder(path: Path) -> str:
    # The holder wrote its process id when it took the lock, so the file's time says since when.
    since = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return f"process {path.read_text().strip() or 'unknown'} since {_moment(since)} ({path})"


@contextmanager
def _advisory(database: Database) -> Iterator[None]:
    with database.session() as connection:
        _name(connection)
        taken = connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": _ADVISORY_KEY}).scalar()
        if not taken:
            raise LockedError(_server_holder(connection))
        yield


def _name(connection: Connection) -> None:
    name = f"liaison, process {os.getpid()} on {os.uname().nodename}"[:63]
    connection.execute(text("SELECT set_config('application_name', :name, false)"), {"name": name})


def _server_holder(connection: Connection) -> str:
    row = connection.execute(_HOLDER, {"key": _ADVISORY_KEY}).first()
    if row is None:
        return "it has just ended"
    return f"{row.application_name or row.pid} since {_moment(row.backend_start)}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

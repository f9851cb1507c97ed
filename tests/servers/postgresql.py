"""A private PostgreSQL server on a loopback port, and a fresh database per test.

    with run_postgresql() as server, server.new_database() as url:
        ...

Speed is bought with durability (fsync is off): nothing here outlives the run.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

from tests.servers.programs import find_program, free_ports

_ACCOUNT = "postgres"


class PostgresqlFailedError(RuntimeError):
    """A PostgreSQL program failed; the message holds what it said."""


@dataclass
class Postgresql:
    """A running server; anyone on this machine may connect as `postgres`, without a password."""

    host: str
    port: int
    socket_folder: Path
    _numbers: Iterator[int] = field(default_factory=lambda: count(1), repr=False)

    def url(self, database: str, driver: str = "postgresql+psycopg") -> str:
        """Returns the URL of a database, by default in SQLAlchemy's form."""
        return f"{driver}://{_ACCOUNT}@{self.host}:{self.port}/{database}"

    @contextmanager
    def new_database(self, encoding: str = "UTF8") -> Iterator[str]:
        """Makes an empty database, yields its SQLAlchemy URL, and drops it with every connection to it."""
        name = f"test_{next(self._numbers)}"
        identifier = sql.Identifier(name)
        create = "CREATE DATABASE {} ENCODING {} TEMPLATE template0"
        self._execute(sql.SQL(create).format(identifier, sql.Literal(encoding)))
        try:
            yield self.url(name)
        finally:
            self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(identifier))

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url("postgres", "postgresql"), autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def run_postgresql() -> Iterator[Postgresql]:
    """Starts a private PostgreSQL server and stops it at the end; its files are removed.

    Raises:
        ProgramMissingError: The server's programs are not installed.
        PostgresqlFailedError: It did not start.
    """
    programs = _find_programs()
    with tempfile.TemporaryDirectory(prefix="postgresql-", ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        _give_to_server(root)
        data, log, (port,) = root / "data", root / "log", free_ports(1)
        _run(programs / "initdb", "-D", data, "-U", _ACCOUNT, "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        (data / "postgresql.auto.conf").write_text(_settings(root, port))
        _run(programs / "pg_ctl", "-D", data, "-l", log, "-w", "start", log=log)
        try:
            yield Postgresql("127.0.0.1", port, root)
        finally:
            _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def _settings(root: Path, port: int) -> str:
    return (
        f"listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = '{root}'\n"
        "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
        "shared_buffers = 32MB\nmax_connections = 50\nautovacuum = off\n"
    )


def _find_programs() -> Path:
    # Debian keeps the server's programs out of the PATH, in one folder per version
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return find_program("initdb", "postgresql", *folders).resolve().parent


def _give_to_server(folder: Path) -> None:
    if os.getuid() == 0:
        shutil.chown(folder, _ACCOUNT, pwd.getpwnam(_ACCOUNT).pw_gid)


def _run(program: Path, *arguments: str | Path, log: Path | None = None) -> None:
    # PostgreSQL refuses to run as root
    prefix = ["runuser", "-u", _ACCOUNT, "--"] if os.getuid() == 0 else []
    # no pipes: the server would inherit them, and reading would wait for its end
    with tempfile.TemporaryFile() as output:
        command = [*prefix, program, *arguments]
        done = subprocess.run(command, stdout=output, stderr=output, cwd="/", check=False)
        if done.returncode != 0:
            output.seek(0)
            said = output.read().decode(errors="replace")
            logged = log.read_text(errors="replace") if log and log.exists() else ""
            raise PostgresqlFailedError(f"{program.name} failed:\n{said}{logged}")

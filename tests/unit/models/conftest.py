"""Stores on both databases; every test that takes one runs twice."""

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from models.schema import metadata
from models.store import Store
from tests.servers.postgresql import Postgresql

DIALECTS = ("sqlite", "postgresql")


@pytest.fixture(params=DIALECTS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without tables: a SQLite file, then a PostgreSQL database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/liaison.db"
    return str(request.getfixturevalue("postgresql_url"))


@pytest.fixture(params=DIALECTS)
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a store without rows."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/liaison.db"
    return _emptied(request.getfixturevalue("common_database"))


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An empty store."""
    with Store.open(store_url) as opened:
        yield opened


@pytest.fixture(params=DIALECTS)
def new_store(request: pytest.FixtureRequest) -> Callable[[], Store]:
    """Gives an empty store, as often as a property test needs one."""
    if request.param == "sqlite":
        return lambda: Store.open("sqlite://")
    url = str(request.getfixturevalue("common_database"))
    return lambda: Store.open(_emptied(url))


@pytest.fixture(scope="session")
def common_database(postgresql: Postgresql) -> Iterator[str]:
    """A PostgreSQL store that tests use one after the other: emptying is ten times faster than making one."""
    with postgresql.new_database() as url:
        Store.open(url).close()
        yield url


def _emptied(url: str) -> str:
    tables = sql.SQL(", ").join(map(sql.Identifier, metadata.tables))
    with psycopg.connect(url.replace("+psycopg", "")) as server:
        server.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(tables))
    return url

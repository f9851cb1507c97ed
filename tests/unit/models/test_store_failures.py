"""What a database refuses is told in a plain sentence, with the next step and without passwords."""

import sqlite3
from pathlib import Path

import psycopg
import pytest

from models.errors import StoreError
from models.store import Store
from tests.servers.postgresql import Postgresql
from tests.servers.programs import free_ports
from tests.unit.models.building import start_run

_END_THE_OTHERS = (
    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def refusal(url: str) -> StoreError:
    """The error that opening a store gives."""
    with pytest.raises(StoreError) as refused:
        Store.open(url)
    return refused.value


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("liaison.db", "cannot be read"),
        ("mysql://host/liaison", "'mysql' is not a database that Liaison can use"),
        ("sqlite+aiosqlite:///liaison.db", "'sqlite+aiosqlite' is not"),
    ],
)
def test_a_url_of_no_known_kind(url: str, words: str) -> None:
    error = refusal(url)
    assert words in str(error)
    assert "sqlite:///liaison.db" in error.hint


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    error = refusal(f"sqlite:///{tmp_path}/absent/liaison.db")
    assert "the file cannot be opened" in str(error)
    assert "folder exist" in error.hint


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Ana, " * 100)
    assert "no SQLite database" in str(refusal(f"sqlite:///{path}"))
    assert path.read_text() == "Dear Ana, " * 100


def test_a_database_that_may_only_be_read(tmp_path: Path) -> None:
    path = tmp_path / "liaison.db"
    Store.open(f"sqlite:///{path}").close()
    with Store.open(f"sqlite:///file:{path}?mode=ro&uri=true") as store:
        assert store.headers() == []
        with pytest.raises(StoreError, match="may only be read") as refused:
            start_run(store)
    assert "right to write" in refused.value.hint


def test_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "liaison.db"
    Store.open(f"sqlite:///{path}").close()
    content = bytearray(path.read_bytes())
    content[2000:] = b"\xff" * len(content[2000:])
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"damaged|SQLite database"), Store.open(f"sqlite:///{path}") as store:
        store.headers()


def test_a_file_that_another_program_holds(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/liaison.db"
    with Store.open(f"{url}?timeout=0") as store, sqlite3.connect(tmp_path / "liaison.db") as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program holds the file"):
            start_run(store)
    other.close()


def test_a_server_that_is_not_there() -> None:
    (port,) = free_ports(1)
    error = refusal(f"postgresql+psycopg://liaison:secret@127.0.0.1:{port}/liaison")
    assert "cannot be reached" in str(error)
    assert "secret" not in f"{error} {error.hint}"


def test_a_database_that_the_server_does_not_have(postgresql: Postgresql) -> None:
    error = refusal(postgresql.url("absent"))
    assert "there is no such database" in str(error)
    assert "createdb" in error.hint


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_does_not_hold_unicode_is_refused_at_the_door(postgresql: Postgresql, encoding: str) -> None:
    with postgresql.new_database(encoding) as url:
        error = refusal(url)
    assert encoding in str(error)
    assert "createdb --encoding=UTF8" in error.hint


def test_a_user_that_the_server_does_not_know(postgresql: Postgresql) -> None:
    error = refusal(postgresql.url("postgres").replace("postgres@", "nobody@", 1))
    assert "refused" in str(error)


def test_a_server_that_goes_away_is_told(postgresql_url: str) -> None:
    with Store.open(postgresql_url) as store:
        with psycopg.connect(postgresql_url.replace("+psycopg", "")) as other:
            other.execute(_END_THE_OTHERS)
        with pytest.raises(StoreError, match=r"shutting down|cannot be reached"):
            store.headers()


def test_the_plain_scheme_of_postgresql_is_understood_and_the_password_hidden(postgresql_url: str) -> None:
    url = postgresql_url.replace("postgresql+psycopg://postgres@", "postgresql://postgres:secret@")
    with Store.open(url) as store:
        assert store.dialect == "postgresql"
        assert "secret" not in store.url
        assert store.headers() == []

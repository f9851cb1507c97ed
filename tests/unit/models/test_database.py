"""How a database is opened."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from models.database import Database
from models.errors import StoreError
from models.store import Store


def test_a_new_file_and_its_journal_are_the_owners_alone(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/liaison.db") as store, store.lock():
        modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert set(modes) == {"liaison.db", "liaison.db-wal", "liaison.db-shm", "liaison.db.lock"}
    assert set(modes.values()) == {0o600}


def test_sqlite_keeps_references_true_and_writes_ahead(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/liaison.db")
    with database.reading() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 1
    database.close()


def test_a_reader_sees_one_state_while_another_writes(store_url: str) -> None:
    with Store.open(store_url) as store:
        reader, writer = Database(store_url), Database(store_url)
        count = text("SELECT count(*) FROM readings")
        with reader.reading() as connection:
            assert connection.execute(count).scalar() == 0
            with writer.writing() as other:
                other.execute(text("INSERT INTO readings VALUES ('0', 'r1', '{}')"))
            assert connection.execute(count).scalar() == 0
        assert sum(1 for _ in store.unread("r1")) == 0
        with reader.reading() as connection:
            assert connection.execute(count).scalar() == 1
        reader.close()
        writer.close()


def test_an_error_undoes_the_whole_transaction(store_url: str) -> None:
    Store.open(store_url).close()
    database = Database(store_url)
    with pytest.raises(StoreError) as refused:
        _write_then_fail(database)
    assert isinstance(refused.value.__cause__, SQLAlchemyError)
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM readings")).scalar() == 0
    database.close()


def test_a_reading_transaction_of_the_server_refuses_to_write(postgresql_url: str) -> None:
    Store.open(postgresql_url).close()
    database = Database(postgresql_url)
    with pytest.raises(StoreError, match="may only be read"), database.reading() as connection:
        connection.execute(text("INSERT INTO readings VALUES ('0', 'r1', '{}')"))
    database.close()


def _write_then_fail(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("INSERT INTO readings VALUES ('0', 'r1', '{}')"))
        connection.execute(text("INSERT INTO no_such_table VALUES (1)"))

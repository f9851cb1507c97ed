"""The migrations lead to the declared schema, on both databases."""

from collections.abc import Iterator
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text

from models.errors import StoreError
from models.migrations import HEAD
from models.schema import metadata
from models.schema_version import MIGRATIONS
from models.store import Store


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    """The database of `empty_url`, without the store's habits."""
    made = create_engine(empty_url)
    yield made
    made.dispose()


def _checks(engine: Engine) -> dict[str, dict[str, str]]:
    inspector = inspect(engine)
    return {
        table: {str(check["name"]): _bare(check["sqltext"]) for check in inspector.get_check_constraints(table)}
        for table in metadata.tables
    }


def _bare(sqltext: str) -> str:
    return "".join(sqltext.replace('"', "").split())


def _foreign_keys(engine: Engine) -> dict[str, Any]:
    inspector = inspect(engine)
    return {
        table: sorted(inspector.get_foreign_keys(table), key=lambda foreign: str(foreign["name"]))
        for table in metadata.tables
    }


def test_migrations_and_declared_schema_are_the_same(empty_url: str, engine: Engine) -> None:
    Store.open(empty_url).close()
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    migrated = _checks(engine), _foreign_keys(engine)
    metadata.drop_all(engine)
    metadata.create_all(engine)
    assert migrated == (_checks(engine), _foreign_keys(engine))


def test_the_newest_step_is_the_one_named() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]


def test_every_step_can_be_taken_back(empty_url: str, engine: Engine) -> None:
    Store.open(empty_url).close()
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]


def test_a_store_opened_again_is_as_it_was(empty_url: str, engine: Engine) -> None:
    for _ in range(2):
        Store.open(empty_url).close()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [HEAD]


def test_a_store_of_a_newer_version_is_left_alone(empty_url: str, engine: Engine) -> None:
    Store.open(empty_url).close()
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=f"schema 9999, newer than this version's {HEAD}") as refused:
        Store.open(empty_url)
    assert "install the version" in refused.value.hint


def test_an_interrupted_migration_leaves_nothing(empty_url: str, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE metric_values (of_somebody_else INTEGER)"))
    with pytest.raises(StoreError, match="already exists"):
        Store.open(empty_url)
    assert inspect(engine).get_table_names() == ["metric_values"]

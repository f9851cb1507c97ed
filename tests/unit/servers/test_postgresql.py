"""The private database server gives each test an empty database."""

import psycopg
import sqlalchemy

from tests.servers.postgresql import Postgresql


def _table_count(url: str) -> int:
    query = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return int(row[0])


def test_databases_are_empty_and_apart(postgresql: Postgresql) -> None:
    with postgresql.new_database() as first, postgresql.new_database() as second:
        with psycopg.connect(first.replace("+psycopg", "")) as connection:
            connection.execute("CREATE TABLE ask (id int)")
        assert (_table_count(first), _table_count(second)) == (1, 0)


def test_a_database_is_dropped_with_connections_open(postgresql: Postgresql) -> None:
    with postgresql.new_database() as url:
        left_open = psycopg.connect(url.replace("+psycopg", ""))
    with left_open, postgresql.new_database() as again:
        assert again != url
        assert _table_count(again) == 0


def test_the_url_is_one_for_sqlalchemy(postgresql_url: str) -> None:
    engine = sqlalchemy.create_engine(postgresql_url)
    with engine.connect() as connection:
        assert connection.scalar(sqlalchemy.text("SELECT 6 * 7")) == 42
    engine.dispose()

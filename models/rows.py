"""Between records and rows: a record's fields and a table's columns bear the same names."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Row, Select, Table
from sqlalchemy.exc import StatementError

from models.storable_text import storable

Bind = Callable[[Any], Any]

CHUNK = 500
"""Identifiers in one IN list; databases limit the parameters of a statement."""


def row_of(record: object, names: Iterable[str]) -> dict[str, Any]:
    """The named fields of a record, its text made fit to store."""
    return {name: clean(getattr(record, name)) for name in names}


def clean(value: object) -> object:
    """The value; a text is made fit to store (`storable_text`)."""
    return storable(value) if isinstance(value, str) else value


def insert_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows, which have the same keys, in one bulk statement; none is fine."""
    if not rows:
        return
    if not connection.dialect.positional:
        connection.execute(table.insert(), rows)
        return
    statement, columns = _bulk_insert(connection.dialect, table, tuple(rows[0]))
    try:
        values = [_bound([row[name] for row in rows], bind) for name, bind in columns]
    except (TypeError, ValueError, LookupError) as error:
        raise StatementError(str(error), statement, None, error) from error
    connection.exec_driver_sql(statement, list(zip(*values, strict=True)))


def _bound(values: list[Any], bind: Bind | None) -> list[Any]:
    return values if bind is None else [bind(value) for value in values]


@lru_cache(64)
def _bulk_insert(dialect: Dialect, table: Table, names: tuple[str, ...]) -> tuple[str, list[tuple[str, Bind | None]]]:
    """The statement, and its columns in order with what makes their values fit for the driver.

    SQLAlchemy does the same row by row, which takes a fifth of the time of storing a message.
    """
    compiled = table.insert().compile(dialect=dialect, column_keys=names)
    columns = compiled.positiontup or ()
    return str(compiled), [(name, table.c[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in columns]


def chunks(ids: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The identifiers in portions of `CHUNK`."""
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


def grouped(connection: Connection, query: Select[Any], key: str) -> dict[str, list[Row[Any]]]:
    """The query's rows by the value of `key`; the query must be ordered by it."""
    rows = connection.execute(query).all()
    return {value: list(members) for value, members in groupby(rows, attrgetter(key))}

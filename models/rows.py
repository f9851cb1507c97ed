"""Between records and rows: a record's fields and a table's columns bear the same names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Row, Select, Table

from models.storable_text import storable

CHUNK = 500
"""Identifiers in one IN list; databases limit the parameters of a statement."""


def row_of(record: object, names: Iterable[str]) -> dict[str, Any]:
    """The named fields of a record, its text made fit to store."""
    return {name: clean(getattr(record, name)) for name in names}


def clean(value: object) -> object:
    """The value; a text is made fit to store (`storable_text`)."""
    return storable(value) if isinstance(value, str) else value


def insert_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows in one bulk statement; none is fine."""
    if rows:
        connection.execute(table.insert(), rows)


def chunks(ids: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The identifiers in portions of `CHUNK`."""
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


def grouped(connection: Connection, query: Select[Any], key: str) -> dict[str, list[Row[Any]]]:
    """The query's rows by the value of `key`; the query must be ordered by it."""
    rows = connection.execute(query).all()
    return {value: list(members) for value, members in groupby(rows, attrgetter(key))}

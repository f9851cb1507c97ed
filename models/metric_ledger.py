"""The fill ledger of the metrics: STARTED, then DONE with its values; a STARTED one is undone and redone."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, select, update

from models.judgements import MetricFill, MetricValue
from models.rows import insert_all
from models.schema import metric_fills, metric_values

_KEY = ("metric", "relationship", "direction", "period_start")
STARTED = "STARTED"
DONE = "DONE"


def fills(connection: Connection, metric: str) -> dict[tuple[str, str, date], tuple[str, str]]:
    """(relationship, direction, period_start) -> (state, version) of one metric."""
    query = select(metric_fills).where(metric_fills.c.metric == metric)
    rows = connection.execute(query.order_by(*metric_fills.primary_key.columns))
    return {(row.relationship, row.direction, row.period_start): (row.state, row.version) for row in rows}


def start(connection: Connection, new: Sequence[MetricFill]) -> None:
    """Mark intervals as STARTED, without values; whatever stood there before is undone."""
    undo(connection, new)
    insert_all(connection, metric_fills, [{**_key(fill), **_state(fill)} for fill in new])


def finish(connection: Connection, done: Sequence[MetricFill], values: Sequence[MetricValue]) -> None:
    """Keep the values of started intervals and mark them as DONE."""
    rows = [
        {**_key(value), "name": value.name, "position": position, "value": value.value, "n": value.n}
        for position, value in enumerate(values)
    ]
    insert_all(connection, metric_values, rows)
    for fill in done:
        connection.execute(
            update(metric_fills).where(*_is(metric_fills, fill)).values(state=DONE, version=fill.version)
        )


def undo(connection: Connection, undone: Sequence[MetricFill]) -> None:
    """Forget intervals and their values."""
    for fill in undone:
        for table in (metric_values, metric_fills):
            connection.execute(delete(table).where(*_is(table, fill)))


def values(connection: Connection, metric: str | None) -> list[MetricValue]:
    """The values of DONE intervals, of one metric or of all, by key and then in the order given."""
    joined = metric_values.join(metric_fills)
    query = select(metric_values, metric_fills.c.period_end).select_from(joined)
    query = query.where(metric_fills.c.state == DONE)
    if metric is not None:
        query = query.where(metric_values.c.metric == metric)
    rows = connection.execute(query.order_by(*[metric_values.c[name] for name in _KEY], metric_values.c.position))
    return [_value(row._mapping) for row in rows]  # noqa: SLF001


def _value(row: Mapping[Any, Any]) -> MetricValue:
    return MetricValue(**{name: part for name, part in row.items() if name != "position"})


def _key(of: MetricFill | MetricValue) -> dict[str, Any]:
    return {name: getattr(of, name) for name in _KEY}


def _state(fill: MetricFill) -> dict[str, Any]:
    return {"period_end": fill.period_end, "state": STARTED, "version": fill.version}


def _is(table: Table, fill: MetricFill) -> list[ColumnElement[bool]]:
    return [table.c[name] == value for name, value in _key(fill).items()]

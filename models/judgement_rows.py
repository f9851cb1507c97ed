"""Asks, their events and their states as rows, and back."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from models.judgements import Ask, AskEvent, Judgement
from models.rows import grouped, insert_all, row_of
from models.schema import ask_events, ask_states, asks, derivations

_ASK = tuple(field.name for field in fields(Ask) if field.name != "events")
_EVENT = tuple(field.name for field in fields(AskEvent))
_STATE = tuple(field.name for field in fields(Judgement) if field.name != "ask")


def replace_all(connection: Connection, as_of: datetime, rules_version: str, new: Sequence[Judgement]) -> None:
    """Drop every ask and keep these, all judged at `as_of`."""
    for table in (ask_states, ask_events, asks, derivations):
        connection.execute(delete(table))
    insert_all(connection, derivations, [{"as_of": as_of, "rules_version": rules_version}])
    insert_all(
        connection,
        asks,
        [{**row_of(judgement.ask, _ASK), "position": position} for position, judgement in enumerate(new)],
    )
    insert_all(connection, ask_events, [row for judgement in new for row in _event_rows(judgement.ask)])
    insert_all(
        connection,
        ask_states,
        [{**row_of(judgement, _STATE), "ask_id": judgement.ask.id} for judgement in new],
    )


def everything(connection: Connection) -> list[Judgement]:
    """The judgements, in the order in which they were given."""
    events = grouped(connection, select(ask_events).order_by(ask_events.c.ask_id, ask_events.c.position), "ask_id")
    states = {row.ask_id: row for row in connection.execute(select(ask_states))}
    rows = connection.execute(select(asks).order_by(asks.c.position))
    return [_judgement(states[row.id], _ask(row, events.get(row.id, []))) for row in rows]


def derivation(connection: Connection) -> tuple[datetime, str] | None:
    """The as-of and rules version of the judgements kept, None where there are none."""
    row = connection.execute(select(derivations)).first()
    return None if row is None else (row.as_of, row.rules_version)


def _event_rows(ask: Ask) -> list[dict[str, Any]]:
    return [
        {**row_of(event, _EVENT), "ask_id": ask.id, "position": position} for position, event in enumerate(ask.events)
    ]


def _ask(row: Row[Any], events: Sequence[Row[Any]]) -> Ask:
    own = {name: getattr(row, name) for name in _ASK}
    return Ask(**own, events=tuple(AskEvent(**{name: getattr(event, name) for name in _EVENT}) for event in events))


def _judgement(row: Row[Any], ask: Ask) -> Judgement:
    return Judgement(ask=ask, **{name: getattr(row, name) for name in _STATE})

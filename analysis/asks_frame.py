"""Fills the frame of asks from judgements as of one moment."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from analysis.frames import ASKS, Direction, PartyBook
from models.companies import Relationship
from models.judgements import Ask, Judgement
from models.vocabulary import OPEN_STATES, EventKind, State

_DECIMALS = 6  # hours to 3.6 ms, so that times that are equal in words are ties in the estimate
_ANSWERS = frozenset({EventKind.ANSWERED, EventKind.DECLINED})
_COPIED = ("id", "thread_id", "relationship", "asker", "topic", "fan_out", "fan_out_exact", "asked_at")

OwnedAt = Callable[[Ask, datetime], bool]
"""Says whether somebody owned an ask at a moment, looking at nothing later."""


def asks_frame(
    judgements: Iterable[Judgement],
    directory: PartyBook,
    relationships: Sequence[Relationship],
    owned_at: OwnedAt,
) -> pd.DataFrame:
    """Fill `ASKS`.

    Args:
        judgements: asks as of one moment.
        directory: addresses to parties.
        relationships: asks inside one company, or of no relationship listed here, are left out.
        owned_at: whether somebody owned an ask at a moment.

    Raises:
        FrameError: an ask occurs twice.
    """
    known = {relationship.id: relationship for relationship in relationships}
    return ASKS.build(
        _ask_row(judgement, direction, directory, owned_at)
        for judgement in judgements
        for direction in _ask_direction(judgement.ask, known)
    )


def _ask_direction(ask: Ask, known: Mapping[str, Relationship]) -> Iterable[Direction]:
    relationship = known.get(ask.relationship or "")
    if relationship is not None:
        yield from (each for each in Direction if each.ends(relationship) == (ask.asking, ask.obliged))


def _ask_row(judgement: Judgement, direction: Direction, directory: PartyBook, owned_at: OwnedAt) -> dict[str, Any]:
    ask, as_of = judgement.ask, judgement.as_of
    answerers = _answerers(judgement, directory)
    return {
        **{name: getattr(ask, name) for name in _COPIED},
        "direction": direction.value,
        **_times(judgement),
        "ack_due": judgement.ack_due,
        "answer_due": judgement.answer_due,
        "ack_ran_out": _ran_out(judgement, judgement.ack_due),
        "answer_ran_out": judgement.state is not State.WAITING and _ran_out(judgement, judgement.answer_due),
        "open": judgement.state in OPEN_STATES,
        "state": judgement.state.value,
        "owned_at_ack_due": owned_at(ask, min(judgement.ack_due, as_of)),
        "answerers": len(answerers),
        "first_answerer": _first_person(answerers, directory),
    }


def _times(judgement: Judgement) -> dict[str, Any]:
    """Moments and hours of acknowledging and answering; an answer acknowledges too."""
    acknowledged, ack_hours = judgement.acknowledged_at, judgement.ack_hours
    if acknowledged is None and judgement.answered_at is not None:
        acknowledged, ack_hours = judgement.answered_at, judgement.answer_hours
    return {
        "acknowledged_at": acknowledged,
        "answered_at": judgement.answered_at,
        "ack_hours": round(ack_hours, _DECIMALS),
        "answer_hours": round(judgement.answer_hours, _DECIMALS),
        "ack_wall_hours": _wall_hours(judgement, acknowledged),
        "answer_wall_hours": _wall_hours(judgement, judgement.answered_at),
    }


def _wall_hours(judgement: Judgement, event: datetime | None) -> float:
    end = event or judgement.closed_at or judgement.as_of
    return round((end - judgement.ask.asked_at) / timedelta(hours=1), _DECIMALS)


def _ran_out(judgement: Judgement, due: datetime) -> bool:
    """Whether the clock had time to run out, whatever became of the ask; a withdrawal stops it."""
    stopped = judgement.closed_at if judgement.state is State.WITHDRAWN else None
    return due <= judgement.as_of and not (stopped is not None and stopped < due)


def _answerers(judgement: Judgement, directory: PartyBook) -> list[str]:
    """People of the obliged side who answered or declined, up to the as-of moment, first answer first.

    What was said before the answer that counts is no answer: the asker asked again after it.
    """
    if judgement.answered_at is None:
        return []
    people = dict.fromkeys(
        event.person
        for event in judgement.ask.events
        if event.kind in _ANSWERS and event.person and judgement.answered_at <= event.at <= judgement.as_of
    )
    return [person for person in people if directory.party(person).organisation == judgement.ask.obliged]


def _first_person(answerers: Sequence[str], directory: PartyBook) -> str | None:
    """The first to answer; None where that is a role mailbox or list."""
    return next((each for each in answerers[:1] if not directory.party(each).is_group), None)

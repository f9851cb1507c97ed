"""The limbo register: every open ask between two organisations that nobody owns, worst first."""

from collections.abc import Iterable

from models.judgements import Judgement
from models.vocabulary import OPEN_OWNERLESS, State

GRADES = (State.EXPIRED, State.STRANDED, State.LIMBO, State.WATCH)
"""Worst first: silence has bound, somebody chased in vain, the clock ran out, the clock still runs."""


def limbo_register(judgements: Iterable[Judgement], relationship: str | None = None) -> list[Judgement]:
    """Return the register, ordered by grade, then by age as a share of the clock, then by ask id.

    Args:
        judgements: asks as of one moment; asks without a relationship are left out.
        relationship: only this relationship's, all where None.
    """
    rows = [
        judgement
        for judgement in judgements
        if judgement.state in OPEN_OWNERLESS and judgement.ask.relationship and _wanted(judgement, relationship)
    ]
    return sorted(rows, key=lambda row: (GRADES.index(row.state), -row.clock_share, row.ask.id))


def _wanted(judgement: Judgement, relationship: str | None) -> bool:
    return relationship is None or judgement.ask.relationship == relationship

"""Judgements of one relationship as the lines of a report, sorted into what a person must look at and what not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.business_time import BusinessTime
from analysis.frames import Direction
from analysis.register import limbo_register
from models.companies import Relationship, WorkingTime
from models.judgements import AskEvent, Clock, Evidence, Judgement, Reason, Thread
from models.vocabulary import OPEN_OWNERLESS, State
from reports.document import AskLine, ClockLine, EventLine, Ground, Person, ReasonLine
from reports.people import Cast
from reports.words import reason_words

_HOURS_A_DAY = 24
_COPIED = ("id", "kind", "topic", "quote", "rule", "confidence", "addressing", "fan_out", "fan_out_exact", "asked_at")
_JUDGED = (
    "state",
    "late",
    "owner_basis",
    "chasers",
    "acknowledged_at",
    "answered_at",
    "closed_at",
    "clock_share",
    "ack_due",
    "answer_due",
    "silence_due",
    "suggestion",
)


@dataclass(frozen=True, slots=True)
class Places:
    """Where messages stand: thread and number in it, from 1, by Message.id; threads by id."""

    threads: Mapping[str, Thread]
    numbers: Mapping[str, tuple[str, int]]

    @classmethod
    def of(cls, threads: Iterable[Thread]) -> "Places":
        """Number the messages of every thread."""
        by_id = {thread.id: thread for thread in threads}
        numbers = {
            message: (thread.id, number)
            for thread in by_id.values()
            for number, message in enumerate(thread.message_ids, start=1)
        }
        return cls(by_id, numbers)

    def ground(self, evidence: Evidence) -> Ground:
        """Say where a statement comes from."""
        thread, number = self.numbers.get(evidence.message_id, ("", 0))
        return Ground(thread, number, evidence.message_id, evidence.rule, evidence.confidence, evidence.quote)


@dataclass(frozen=True, slots=True)
class AskLines:
    """The asks of a relationship in their five lists, each in its fixed order (see `reports.document.Document`)."""

    attention: tuple[AskLine, ...]
    owned_late: tuple[AskLine, ...]
    owned: tuple[AskLine, ...]
    waiting: tuple[AskLine, ...]
    closed: tuple[AskLine, ...]

    @property
    def open(self) -> tuple[AskLine, ...]:
        """Every ask that nobody has closed."""
        return self.attention + self.owned_late + self.owned + self.waiting


def ask_lines(judgements: Sequence[Judgement], relationship: Relationship, cast: Cast, places: Places) -> AskLines:
    """Sort and word the judgements of one relationship; those of others and inside one company are left out."""
    writer = _Writer(relationship, cast, places)
    mine = [row for row in judgements if writer.direction(row) is not None]
    by_date = sorted(mine, key=lambda row: (row.ask.asked_at, row.ask.id))
    owned = [row for row in by_date if row.state is State.OWNED]
    late = sorted((row for row in owned if row.late), key=lambda row: -row.clock_share)
    return AskLines(
        attention=writer.lines(limbo_register(mine, relationship.id)),
        owned_late=writer.lines(late),
        owned=writer.lines(row for row in owned if not row.late),
        waiting=writer.lines(row for row in by_date if row.state is State.WAITING),
        closed=writer.lines(row for row in by_date if row.state in {State.ANSWERED, State.WITHDRAWN}),
    )


class _Writer:
    def __init__(self, relationship: Relationship, cast: Cast, places: Places) -> None:
        self.relationship, self.cast, self.places = relationship, cast, places
        self.ends = {direction.ends(relationship): direction for direction in Direction}
        self.day = {side: self._hours_per_day(side) for side in (relationship.client, relationship.cmo)}

    def _hours_per_day(self, side: str) -> float:
        known = self.cast.organisations.get(side)
        return BusinessTime(known.working_time if known else WorkingTime()).hours_per_day

    def direction(self, row: Judgement) -> Direction | None:
        if row.ask.relationship != self.relationship.id:
            return None
        return self.ends.get((row.ask.asking, row.ask.obliged))

    def lines(self, rows: Iterable[Judgement]) -> tuple[AskLine, ...]:
        return tuple(self.line(row) for row in rows)

    def line(self, row: Judgement) -> AskLine:
        ask = row.ask
        copied: dict[str, Any] = {name: getattr(ask, name) for name in _COPIED}
        judged: dict[str, Any] = {name: getattr(row, name) for name in _JUDGED}
        thread = self.places.threads.get(ask.thread_id)
        return AskLine(
            **copied,
            **judged,
            **self._people(row),
            thread=ask.thread_id,
            message=ask.message_id,
            subject=thread.subject if thread else "",
            direction=self.ends[ask.asking, ask.obliged],
            asking=self.cast.organisation(ask.asking),
            obliged=self.cast.organisation(ask.obliged),
            owner_ground=self.places.ground(row.owner_evidence) if row.owner_evidence else None,
            reasons=tuple(self._reason(reason) for reason in row.reasons),
            age_days=row.age_hours / self.day[ask.obliged],
            wall_days=row.wall_hours / _HOURS_A_DAY,
            clock=_clock_line(ask.clock),
            history=tuple(self._event(event) for event in ask.events if event.at <= row.as_of),
        )

    def _people(self, row: Judgement) -> dict[str, Any]:
        addressees: tuple[Person, ...] = tuple(self.cast.person(each) for each in row.ask.addressees)
        suggested = row.suggested_owner if row.state in OPEN_OWNERLESS else None
        return {
            "asker": self.cast.person(row.ask.asker),
            "addressees": addressees,
            "owner": self.cast.maybe(row.owner),
            "answered_by": self.cast.maybe(row.answered_by),
            "suggested_owner": self.cast.maybe(suggested),
        }

    def _reason(self, reason: Reason) -> ReasonLine:
        words = reason_words(reason.code, reason.count)
        return ReasonLine(reason.code, reason.count, words, self.places.ground(reason.evidence))

    def _event(self, event: AskEvent) -> EventLine:
        ground = self.places.ground(event.evidence)
        return EventLine(event.kind, event.at, self.cast.maybe(event.person), ground, event.detail)


def _clock_line(clock: Clock) -> ClockLine:
    return ClockLine(
        topic=clock.topic,
        ack=str(clock.ack),
        answer=str(clock.answer),
        source=clock.source,
        clause=clock.clause,
        silence=str(clock.silence) if clock.silence else "",
        silence_means=clock.silence_means,
    )

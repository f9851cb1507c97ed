"""Where an ask stands as of a moment: what closed it, what it waits for, and how long its clocks have run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from analysis.business_time import BusinessTime
from analysis.ownership.carrying import given_by_asking_side
from analysis.ownership.conversation import TraceContext
from analysis.ownership.matter import CLOSING
from analysis.settings import OwnershipSettings
from models.judgements import Ask, AskEvent, Duration
from models.vocabulary import EventKind, State

ACKNOWLEDGING = frozenset(
    {
        EventKind.ACKNOWLEDGED,
        EventKind.ACTING,
        EventKind.ANSWERED,
        EventKind.ASKED_BACK,
        EventKind.ASSIGNED,
        EventKind.DECLINED,
        EventKind.HANDED_ON,
        EventKind.REFUSED,
        EventKind.VOLUNTEERED,
    }
)
"""Events by which somebody else than the asking side shows that the ask has been taken notice of."""

WORDS = (ACKNOWLEDGING - {EventKind.ACKNOWLEDGED}) | {
    EventKind.ASKER_REPLIED,
    EventKind.CHASER,
    EventKind.WITHDRAWN,
}
"""Events that are somebody's word in the matter: after them it is another side's turn."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What has come of an ask on the events up to a moment.

    Attributes:
        events: those events.
        acknowledged, closing: the events that did it, None where none has.
        chasers: how often the asking side has asked again while it was open.
        waits: intervals in which the last word was a question back; the last one may end at the moment
            itself.
        waiting: the last one is still open.
    """

    events: tuple[AskEvent, ...]
    acknowledged: AskEvent | None
    closing: AskEvent | None
    chasers: int
    waits: tuple[tuple[datetime, datetime], ...]
    waiting: bool


def progress_of(ask: Ask, as_of: datetime, context: TraceContext) -> Progress:
    """What has come of an ask by `as_of`; events after it are not looked at."""
    events = tuple(event for event in ask.events if event.at <= as_of)
    closing = closing_event(events)
    waits, waiting = _waits(events, closing.at if closing else as_of)
    return Progress(
        events=events,
        acknowledged=next((event for event in events if _acknowledges(event, ask, context)), None),
        closing=closing,
        chasers=sum(event.kind is EventKind.CHASER for event in events),
        waits=waits,
        waiting=waiting and closing is None,
    )


def closing_event(events: Sequence[AskEvent]) -> AskEvent | None:
    """The first closing event after the last chaser: an answer after which the asker asks again was none."""
    chasers = [position for position, event in enumerate(events) if event.kind is EventKind.CHASER]
    return next((event for event in events[chasers[-1] + 1 if chasers else 0 :] if event.kind in CLOSING), None)


def _acknowledges(event: AskEvent, ask: Ask, context: TraceContext) -> bool:
    if event.kind not in ACKNOWLEDGING or given_by_asking_side(event):
        return False
    writer = context.directory.party(event.person) if event.person else None
    by_asking_side = writer is not None and (
        writer.id == ask.asker or (bool(ask.asking) and writer.organisation == ask.asking and not ask.internal)
    )
    return not by_asking_side


def _waits(events: Sequence[AskEvent], end: datetime) -> tuple[tuple[tuple[datetime, datetime], ...], bool]:
    waits: list[tuple[datetime, datetime]] = []
    since: datetime | None = None
    for at, asked_back in _words(events):
        if asked_back and since is None:
            since = at
        elif not asked_back and since is not None:
            waits.append((since, min(at, end)))
            since = None
    if since is not None and since < end:
        waits.append((since, end))
    return tuple(waits), since is not None


def _words(events: Sequence[AskEvent]) -> Iterator[tuple[datetime, bool]]:
    """Each message's word in the matter: when, and whether it is a question back."""
    for identity in dict.fromkeys(event.message_id for event in events):
        words = [event for event in events if event.message_id == identity and event.kind in WORDS]
        if words:
            yield words[0].at, any(event.kind is EventKind.ASKED_BACK for event in words)


@dataclass(frozen=True, slots=True)
class Clocks:
    """Deadlines of an ask in the obliged side's time, and the business hours that it has used.

    Attributes:
        ack_due, answer_due: deadlines; that of the answer is put off by the hours of waiting.
        grace_due: when an unacknowledged ask falls into limbo.
        silence_due: when silence binds, None where it does not.
    """

    ack_due: datetime
    answer_due: datetime
    grace_due: datetime
    silence_due: datetime | None


def clocks_of(ask: Ask, progress: Progress, time: BusinessTime, settings: OwnershipSettings) -> Clocks:
    """The deadlines of an ask, given how long it has waited for its asker."""
    paused = sum(time.hours_between(start, end) for start, end in progress.waits)
    ack_due = time.add(ask.asked_at, ask.clock.ack)
    return Clocks(
        ack_due=ack_due,
        answer_due=_later(time.add(ask.asked_at, ask.clock.answer), paused, time),
        grace_due=_later(ack_due, settings.grace_hours, time),
        silence_due=time.add(ask.asked_at, ask.clock.silence) if ask.clock.silence else None,
    )


def _later(due: datetime, hours: float, time: BusinessTime) -> datetime:
    return time.add(due, Duration(hours / time.hours_per_day, "BD")) if hours > 0 else due


def hours_at_risk(ask: Ask, end: datetime, progress: Progress, time: BusinessTime) -> float:
    """Business hours from the ask to `end`, without those in which the last word was a question back."""
    paused = sum(time.hours_between(start, min(stop, end)) for start, stop in progress.waits if start < end)
    return max(0.0, round(time.hours_between(ask.asked_at, end) - paused, 6))


def state_of(progress: Progress, clocks: Clocks, as_of: datetime, *, owned: bool) -> State:
    """The state as of a moment (design: the life of an ask, 5)."""
    if progress.closing is not None:
        return State.WITHDRAWN if progress.closing.kind is EventKind.WITHDRAWN else State.ANSWERED
    if progress.waiting:
        return State.WAITING
    return State.OWNED if owned else _ownerless_state(progress, clocks, as_of)


def _ownerless_state(progress: Progress, clocks: Clocks, as_of: datetime) -> State:
    if clocks.silence_due is not None and as_of > clocks.silence_due:
        return State.EXPIRED
    if as_of <= clocks.grace_due:
        return State.WATCH
    return State.STRANDED if progress.chasers else State.LIMBO

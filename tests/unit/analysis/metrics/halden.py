"""A client (Halden, Monday to Friday 9-17 UTC) and a CMO (Corvus): asks and messages in few words."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd

from analysis.clocks import ClockBook
from analysis.derivation import Derivation
from analysis.frames import Direction
from analysis.metrics.cohorts import Cohort, Cohorts, Terms
from analysis.metrics.measures import Frames, frames_of
from analysis.metrics.periods import Period
from analysis.ownership import TraceContext
from analysis.parties import Directory, resolve
from analysis.settings import AnalysisSettings
from analysis.topics import load_topics
from models.companies import GroupAddress, Organisation, Relationship
from models.judgements import Ask, AskEvent, Clock, Duration, Evidence, Judgement, Thread
from models.records import Message, NamedAddress, Recipient
from models.vocabulary import Addressing, AskKind, AutoKind, EventKind, OwnerBasis, Role, State

HALDEN = Organisation("halden", "Halden Pharma", Role.CLIENT, ("halden.example",))
CORVUS = Organisation(
    "corvus",
    "Corvus Biologics",
    Role.CMO,
    ("corvus.example",),
    groups=(GroupAddress("quality@corvus.example", size=14),),
)
PAIR = Relationship("halden-corvus", "halden", "corvus")
SETTINGS = AnalysisSettings(organisations=(HALDEN, CORVUS), relationships=(PAIR,))
TO_CMO, TO_CLIENT = (PAIR.id, Direction.TO_CMO), (PAIR.id, Direction.TO_CLIENT)
AS_OF = datetime(2026, 10, 31, 12, tzinfo=UTC)
START = datetime(2026, 10, 1, 9, tzinfo=UTC)
OCTOBER = Period(datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC))
_CLOCK = Clock("general", Duration(1, "BD"), Duration(3, "BD"), "default")


def directory() -> Directory:
    """Both companies, as configured."""
    return resolve((HALDEN, CORVUS), ())


def event(kind: EventKind, person: str, at: datetime) -> AskEvent:
    """Something a person did to an ask."""
    return AskEvent(kind, at, "m", person, Evidence("m", "test", 1.0))


def judgement(  # noqa: PLR0913 - each argument is one thing that a measure looks at
    name: str,
    *,
    hours: float = 8.0,
    answered_by: tuple[str, ...] = (),
    state: State | None = None,
    fan_out: int = 1,
    asked_at: datetime = START,
    due_in_hours: float = 24.0,
    as_of: datetime = AS_OF,
    back: bool = False,
    relationship: str | None = PAIR.id,
) -> Judgement:
    """An ask of Halden's (or, `back`, of Corvus'), answered after so many hours or watched for as long."""
    asking, obliged = ("corvus", "halden") if back else ("halden", "corvus")
    end = asked_at + timedelta(hours=hours)
    answered = bool(answered_by)
    ask = Ask(
        id=name,
        thread_id=f"thread-{name}",
        message_id=f"message-{name}",
        start=0,
        end=1,
        quote="?",
        kind=AskKind.QUESTION,
        topic="general",
        asker=f"ana@{asking}.example",
        asking=asking,
        obliged=obliged,
        relationship=relationship,
        addressing=Addressing.NAMED,
        addressees=(),
        fan_out=fan_out,
        fan_out_exact=True,
        cc_only=False,
        clock=_CLOCK,
        asked_at=asked_at,
        rule="test",
        confidence=1.0,
        expectation=False,
        events=tuple(event(EventKind.ANSWERED, person, end) for person in answered_by),
    )
    due = asked_at + timedelta(hours=due_in_hours)
    return Judgement(
        ask=ask,
        as_of=as_of,
        state=state or (State.ANSWERED if answered else State.LIMBO),
        owner=answered_by[0] if answered else None,
        owner_basis=OwnerBasis.ACTING if answered else OwnerBasis.NONE,
        owner_evidence=None,
        late=False,
        reasons=(),
        acknowledged_at=None,
        answered_at=end if answered else None,
        answered_by=answered_by[0] if answered else None,
        closed_at=end if answered or state is State.WITHDRAWN else None,
        ack_due=due,
        answer_due=due,
        silence_due=None,
        age_hours=hours,
        wall_hours=hours,
        ack_hours=hours,
        answer_hours=hours,
        clock_share=0.0,
        chasers=0,
    )


def message(
    name: str,
    sender: str,
    *recipients: str,
    at: datetime = START,
    auto: AutoKind = AutoKind.NONE,
) -> Message:
    """A mail from one address to others."""
    return Message(
        id=name,
        message_id=f"{name}@example",
        raw_sha256="0",
        size_bytes=1,
        sender=NamedAddress(sender),
        recipients=tuple(Recipient(address) for address in recipients),
        subject="s",
        sent_at=at,
        received_at=at,
        at=at,
        auto=auto,
    )


def derivation(
    asks: Sequence[Judgement], mail: Sequence[Message] = (), threads: Sequence[Thread] = (), as_of: datetime = AS_OF
) -> Derivation:
    """A derivation with these judgements and messages."""
    people = directory()
    return Derivation(
        as_of=as_of,
        messages=tuple(mail),
        threads=tuple(threads),
        directory=people,
        readings={},
        asks=tuple(each.ask for each in asks),
        judgements=tuple(asks),
        commitments=(),
        context=TraceContext(people, ClockBook(load_topics()), (PAIR,)),
        versions={},
    )


def frames(
    *judgements: Judgement,
    mail: tuple[Message, ...] = (),
    threads: tuple[Thread, ...] = (),
    as_of: datetime = AS_OF,
) -> Frames:
    """Both frames of these asks and messages."""
    return frames_of(derivation(judgements, mail, threads, as_of), (PAIR,))


def cohort(*judgements: Judgement, mail: tuple[Message, ...] = (), terms: Terms | None = None) -> Cohort:
    """October of what Halden asked of Corvus and wrote to it."""
    both = frames(*judgements, mail=mail)
    chosen = terms or Terms()
    index = Cohorts.index(both.asks, both.messages, {TO_CMO: chosen, TO_CLIENT: chosen})
    return index.cut(TO_CMO, OCTOBER)


def row(frame: pd.DataFrame, name: str) -> dict[str, Any]:
    """The row of one ask or message, by column name."""
    found = frame[frame["id"] == name].to_dict("records")
    assert len(found) == 1
    return {str(key): value for key, value in found[0].items()}

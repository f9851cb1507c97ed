"""Why an open ask is where it is: each reason with its evidence (design: the life of an ask, 6)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from analysis.ownership.carrying import promised_by
from analysis.ownership.conversation import TraceContext
from analysis.ownership.owners import Owner, claims_on, departure_of
from analysis.ownership.standing import ACKNOWLEDGING, Clocks, Progress
from models.judgements import Ask, AskEvent, Evidence, Reason
from models.vocabulary import EventKind, ReasonCode

FAN_OUT_FROM = 2
"""This many receivers, or more, of whom none owns the ask, are a reason."""


@dataclass(frozen=True, slots=True)
class Case:
    """An open ask as of a moment, with what the judge has found out so far."""

    ask: Ask
    progress: Progress
    clocks: Clocks
    owner: Owner | None
    as_of: datetime
    context: TraceContext


def reasons_of(case: Case) -> tuple[Reason, ...]:
    """Every reason that holds, in the order of the vocabulary."""
    return tuple(reason for rule in RULES for reason in rule(case))


def _fan_out(case: Case) -> Iterator[Reason]:
    if case.owner is None and case.ask.fan_out >= FAN_OUT_FROM:
        yield Reason(ReasonCode.FAN_OUT, _header(case, "recipients", 0.95), case.ask.fan_out)


def _group_address(case: Case) -> Iterator[Reason]:
    groups = [party for party in map(case.context.directory.party, case.ask.addressees) if party.is_group]
    if case.owner is None and groups:
        yield Reason(ReasonCode.GROUP_ADDRESS, _header(case, "group_recipient", 0.9))


def _cc_only(case: Case) -> Iterator[Reason]:
    if case.owner is None and case.ask.cc_only:
        yield Reason(ReasonCode.CC_ONLY, _header(case, "cc_only", 0.95))


def _owner_silent(case: Case) -> Iterator[Reason]:
    """The owner has written nothing since becoming it, though the time to acknowledge is over."""
    owner = case.owner
    if owner is None or case.as_of <= case.clocks.grace_due:
        return
    spoke = any(
        event.person == owner.person and event.kind in ACKNOWLEDGING and _spoken(event, owner)
        for event in case.progress.events
    )
    if not spoke:
        yield Reason(ReasonCode.OWNER_SILENT, owner.evidence)


def _spoken(event: AskEvent, owner: Owner) -> bool:
    """ASSIGNED names its person; it is not that person's own word."""
    return event.kind is not EventKind.ASSIGNED and event.at >= owner.at


def _owner_left(case: Case) -> Iterator[Reason]:
    people = dict.fromkeys(claim.person for claim in claims_on(case.ask, case.progress.events, case.context))
    for person in people:
        left = departure_of(person, case.as_of, case.context)
        if left is not None:
            yield Reason(ReasonCode.OWNER_LEFT, left.evidence)
            return


def _out_of_office(case: Case) -> Iterator[Reason]:
    """The last out-of-office reply, unless its sender has spoken since."""
    absences = [event for event in case.progress.events if event.kind is EventKind.OUT_OF_OFFICE]
    for absence in absences[-1:]:
        back = any(
            event.person == absence.person
            and event.at > absence.at
            and event.kind in ACKNOWLEDGING - {EventKind.ASSIGNED}
            for event in case.progress.events
        )
        if not back:
            yield Reason(ReasonCode.OUT_OF_OFFICE, absence.evidence)


def _handed_on(case: Case) -> Iterator[Reason]:
    handed = [event for event in case.progress.events if event.kind is EventKind.HANDED_ON]
    for event in handed[-1:]:
        heard = any(
            later.at > event.at and later.kind in ACKNOWLEDGING and later.person != event.person
            for later in case.progress.events
        )
        if not heard:
            yield Reason(ReasonCode.HANDED_ON_UNANSWERED, event.evidence)


def _chased(case: Case) -> Iterator[Reason]:
    chasers = [event for event in case.progress.events if event.kind is EventKind.CHASER]
    if chasers:
        yield Reason(ReasonCode.CHASED, chasers[-1].evidence, len(chasers))


def _promise_broken(case: Case) -> Iterator[Reason]:
    for event in case.progress.events:
        due = promised_by(event) if event.kind is EventKind.VOLUNTEERED else ""
        if due and date.fromisoformat(due) < _today(case, event.person):
            yield Reason(ReasonCode.PROMISE_BROKEN, event.evidence)
            return


def _today(case: Case, person: str) -> date:
    """The date of `as_of` where the person who promised works."""
    organisation = case.context.directory.organisation(case.context.directory.party(person).organisation)
    zone = organisation.working_time.time_zone if organisation else "UTC"
    return case.as_of.astimezone(ZoneInfo(zone)).date()


def _off_thread(case: Case) -> Iterator[Reason]:
    """Mail beside the thread, where the whole mail is known."""
    mail = case.context.correspondence
    for evidence in mail.beside(case.ask, case.as_of)[:1] if mail else ():
        yield Reason(ReasonCode.ANSWERED_OFF_THREAD, evidence)


def _subject_drift(case: Case) -> Iterator[Reason]:
    for event in case.progress.events:
        if event.kind is EventKind.SUBJECT_DRIFT:
            yield Reason(ReasonCode.SUBJECT_DRIFT, event.evidence)


def _header(case: Case, rule: str, confidence: float) -> Evidence:
    return Evidence(message_id=case.ask.message_id, rule=rule, confidence=confidence)


RULES: tuple[Callable[[Case], Iterator[Reason]], ...] = (
    _fan_out,
    _group_address,
    _cc_only,
    _owner_silent,
    _owner_left,
    _out_of_office,
    _handed_on,
    _chased,
    _promise_broken,
    _off_thread,
    _subject_drift,
)

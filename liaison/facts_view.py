"""The facts of one message beside its words: recipients, meetings, embedded mails, signature, absence, failures."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from liaison.output import rfc3339, shortened
from models.vocabulary import RecipientKind

if TYPE_CHECKING:
    from models.records import Absence, EmbeddedMessage, Meeting, Message, NamedAddress

_UNSEEN = frozenset({RecipientKind.BCC, RecipientKind.ENVELOPE})
"""Recipients whom no reader of the message sees."""


def facts_json(message: "Message") -> dict[str, Any]:
    """Every fact as plain values, under the names of `models.records`."""
    return {
        "at_source": message.at_source.value,
        "journaled": message.journaled,
        "recipients": [asdict(recipient) for recipient in message.recipients],
        "meetings": [asdict(meeting) for meeting in message.meetings],
        "embedded": [asdict(embedded) for embedded in message.embedded],
        "contact": asdict(message.contact) if message.contact else None,
        "absence": asdict(message.absence) if message.absence else None,
        "failures": [asdict(failure) for failure in message.failures],
    }


def fact_lines(message: "Message") -> Iterator[str]:
    """The same for a person, one line each; what is not there has none."""
    if message.journaled:
        odd = "; ".join(f"{each.code} {each.detail}" for each in message.problems if each.code.startswith("journal_"))
        yield "JOURNALED, as a report says" + (f" that is odd: {shortened(odd, 110)}" if odd else "")
    for recipient in message.recipients:
        if recipient.via or recipient.kind in _UNSEEN:
            through = f" through {recipient.via}" if recipient.via else ""
            yield f"REACHED {recipient.address}{through} ({recipient.kind.value})"
    yield from map(_meeting, message.meetings)
    yield from map(_embedded, message.embedded)
    if message.contact:
        yield "SIGNED " + shortened("; ".join(_filled(asdict(message.contact))), 110)
    if message.absence:
        yield _absence(message.absence)
    for failure in message.failures:
        why = f"{failure.status} {shortened(failure.detail, 80)}".strip()
        yield f"NOT DELIVERED to {failure.address or 'somebody'}: {why or 'no reason is told'}"


def _meeting(meeting: "Meeting") -> str:
    when = rfc3339(meeting.starts_at) if meeting.starts_at else "at an untold time"
    again = f", {meeting.recurrence}" if meeting.recurrence else ""
    who = f", called by {_person(meeting.organiser)}" if _person(meeting.organiser) else ""
    what = f"{shortened(meeting.summary, 60)} {when}".strip()
    return f"MEETING {meeting.method.lower() or 'told'}: {what}{again}{who}{_invited(meeting)}"


def _invited(meeting: "Meeting") -> str:
    if meeting.method == "REPLY":  # it names nobody but those whose answer it is
        return "".join(f", {each.answer or 'answered'} by {each.address}" for each in meeting.attendees)
    return f", {len(meeting.attendees)} invited" if meeting.attendees else ""


def _embedded(embedded: "EmbeddedMessage") -> str:
    when = rfc3339(embedded.sent_at) if embedded.sent_at else embedded.sent or "at an untold time"
    return f"{embedded.kind.value.upper()} mail of {_person(embedded.sender) or 'somebody'}, {shortened(when, 50)}"


def _absence(absence: "Absence") -> str:
    since = f", from {absence.away_from}" if absence.away_from else ""
    back = f", back on {absence.returns_on}" if absence.returns_on else ""
    cover = ", ".join(_person(person) for person in absence.cover)
    return f"AWAY {_person(absence.person)}{since}{back}{f', in the meantime {cover}' if cover else ''}"


def _person(named: "NamedAddress") -> str:
    return " ".join(part for part in (named.display_name, named.address and f"<{named.address}>") if part)


def _filled(parts: dict[str, Any]) -> Iterator[str]:
    for part in parts.values():
        yield from ([part] if isinstance(part, str) else part) if part else ()

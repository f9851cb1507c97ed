"""The ground truth: what became of every ask, from the script of events alone.

States follow the life of an ask. Closed by an answer, a refusal of the company or a withdrawal; else `waiting` while
the last word is a question back; else `owned` while somebody owns it; else, ownerless, `expired` once silence has its
contractual effect, `watch` until the acknowledgement clock has run out, then `stranded` if chased, `limbo` if not.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from samples.cast import ORGANISATIONS, RELATIONSHIPS, Organisation
from samples.people import GROUPS, PEOPLE
from samples.script import Ask, Event, Promise, Script, current_owner
from samples.worktime import HOLIDAYS, HOURS_A_DAY, PERIOD_END

ACKNOWLEDGE: dict[str, tuple[int, str]] = {
    "deviation": (1, "BD"),
    "out_of_specification": (1, "BD"),
    "batch_record_review": (2, "BD"),
    "rejection": (2, "BD"),
    "change_control": (5, "BD"),
    "complaint": (1, "BD"),
    "inspection": (24, "h"),
    "audit": (5, "BD"),
    "capa": (2, "BD"),
    "purchase_order": (2, "BD"),
    "forecast": (2, "BD"),
    "supply_delay": (1, "BD"),
    "technology_transfer": (2, "BD"),
    "documents": (2, "BD"),
    "regulatory_filing": (1, "BD"),
    "commercial": (2, "BD"),
    "contact_change": (2, "BD"),
    "general": (1, "BD"),
    "meeting": (1, "BD"),
    "recall": (24, "h"),
}
"""Within what an ask must be acknowledged, by topic."""

SILENCE_DAYS = 7
"""Business days after which an order counts as accepted (clause 4.3 of both supply agreements)."""

MONTH_ENDS = tuple(
    datetime(year, month, 1, tzinfo=UTC) - timedelta(seconds=1)
    for year, month in (*((2025, month) for month in (12,)), *((2026, month) for month in range(1, 12)))
)
"""The last second of every month of the period."""

_CLOSED = {"answered": "answered", "declined": "answered", "withdrawn": "withdrawn"}
_NO_REACTION = frozenset(
    {"asked", "chaser", "asker_replied", "withdrawn", "out_of_office", "owner_left", "subject_drift"}
)


def stamp(moment: datetime) -> str:
    """Write a moment in UTC as RFC 3339 has it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def state(ask: Ask, as_of: datetime) -> str:
    """Judge an ask as of a moment; see the module's text for the rules."""
    events = [event for event in ask.events if event.at <= as_of]
    closing = next((event.act for event in events if event.act in _CLOSED), None)
    if closing:
        return _CLOSED[closing]
    if _waiting(events):
        return "waiting"
    if current_owner(events):
        return "owned"
    return _ownerless(ask, events, as_of)


def _ownerless(ask: Ask, events: list[Event], as_of: datetime) -> str:
    if ask.binding and as_of >= ask.obliged.worktime.due(ask.at, SILENCE_DAYS * HOURS_A_DAY):
        return "expired"
    if as_of < acknowledge_by(ask):
        return "watch"
    return "stranded" if any(event.act == "chaser" for event in events) else "limbo"


def acknowledge_by(ask: Ask) -> datetime:
    """Give the moment at which the acknowledgement clock runs out."""
    amount, unit = ACKNOWLEDGE[ask.topic]
    return ask.at + timedelta(hours=amount) if unit == "h" else ask.obliged.worktime.due(ask.at, amount * HOURS_A_DAY)


def ask_record(ask: Ask) -> dict[str, Any]:
    """Give an ask as it stands in the truth."""
    closing = next((event for event in ask.events if event.act in _CLOSED), None)
    answered = closing if closing and closing.act == "answered" else None
    reaction = next((event for event in ask.events if event.act not in _NO_REACTION), None)
    return {
        "message_id": ask.message_id,
        "quote": ask.quote,
        "at": stamp(ask.at),
        "asker": ask.asker,
        "kind": ask.kind,
        "topic": ask.topic,
        "relationship": ask.relationship,
        "direction": ask.direction,
        "addressing": ask.addressing,
        "addressees": ask.addressees,
        "fan_out": ask.fan_out,
        "main": ask.main,
        "expectation": ask.expectation,
        "silence_binds": ask.binding,
        "obliged": ask.obliged.id,
        "acknowledge_by": stamp(acknowledge_by(ask)),
        "sentences": ask.sentences,
        "chasers": [event.message_id for event in ask.events if event.act == "chaser"],
        "events": [_event(event) for event in ask.events],
        "acknowledged": _mark(reaction),
        "answered": _mark(answered),
        "owner_history": list(_owners(ask)),
        "closed": {"how": closing.act, **(_mark(closing) or {})} if closing else None,
        "states": {stamp(end): state(ask, end) for end in MONTH_ENDS if end >= ask.at},
    }


def frame(script: Script, seed: int, messages: int) -> dict[str, Any]:
    """Give everything but the asks."""
    return {
        "seed": seed,
        "messages": messages,
        "messages_by_act": dict(sorted(script.acts.items())),
        "clocks": {
            "acknowledge": {topic: f"{n} {unit}" for topic, (n, unit) in ACKNOWLEDGE.items()},
            "silence": f"{SILENCE_DAYS} BD",
        },
        "handoffs": [row | {"at": stamp(_moment(row["at"]))} for row in script.handoffs],
        "calls": [row | {"at": stamp(_moment(row["at"]))} for row in script.calls],
        "corrections": script.corrections,
        "promises": [_promise(promise) for promise in script.promises],
        "organisations": [_organisation(company) for company in ORGANISATIONS],
        "relationships": [_relationship(each.id) for each in RELATIONSHIPS],
        "people": [_person(key) for key in PEOPLE],
    }


def _waiting(events: Iterable[Event]) -> bool:
    turns = [event.act for event in events if event.act in {"asked_back", "asker_replied"}]
    return bool(turns) and turns[-1] == "asked_back"


def _event(event: Event) -> dict[str, str]:
    return {key: value for key, value in asdict(event).items() if value and key != "at"} | {"at": stamp(event.at)}


def _mark(event: Event | None) -> dict[str, str] | None:
    return {"message_id": event.message_id, "at": stamp(event.at), "by": event.by} if event else None


def _owners(ask: Ask) -> Iterator[dict[str, Any]]:
    """List every change of owner up to the closing, beginning with the ask itself."""
    opening = [event for event in ask.events if event.act == "asked"]
    steps = [(Event(ask.at, "asked", ask.message_id, ask.asker), opening)]
    steps += [(event, ask.events[: number + 1]) for number, event in enumerate(ask.events) if event.act != "asked"]
    held: tuple[str, str] | None = ("", "")
    for event, so_far in steps:
        if event.act in _CLOSED:
            return
        now = current_owner(so_far)
        if now != held:
            yield _holder(event, now)
        held = now


def _holder(event: Event, owner: tuple[str, str] | None) -> dict[str, Any]:
    address, basis = owner or (None, "none")
    return {"at": stamp(event.at), "owner": address, "basis": basis, "message_id": event.message_id}


def _promise(promise: Promise) -> dict[str, Any]:
    return {
        "message_id": promise.message_id,
        "quote": promise.quote,
        "by": promise.by,
        "due": promise.due.isoformat(),
        "outcome": outcome(promise),
        "ask_message_id": promise.ask.message_id,
    }


def outcome(promise: Promise) -> str:
    """Tell how a promise went by the period's end: `kept`, `late`, `broken` or `open`; a day ends at local midnight."""
    company = next(person.organisation for person in PEOPLE.values() if person.address == promise.by)
    end = company.worktime.at(promise.due + timedelta(days=1), 0)
    answered = next((event.at for event in promise.ask.events if event.act == "answered"), None)
    if answered:
        return "kept" if answered < end else "late"
    return "broken" if end <= PERIOD_END else "open"


def _organisation(company: Organisation) -> dict[str, Any]:
    worktime = company.worktime
    return {
        "id": company.id,
        "name": company.name,
        "role": company.role,
        "domains": [company.domain],
        "time_zone": worktime.zone,
        "working_hours": [f"{time(9):%H:%M}", f"{time(17):%H:%M}"],
        "country": worktime.country,
        "holidays": list(HOLIDAYS[worktime.country]),
        "closures": list(worktime.closures),
        "groups": [
            {"address": group.address, "size": group.size, "members": [PEOPLE[key].address for key in group.members]}
            for group in GROUPS
            if group.organisation is company
        ],
    }


def _relationship(identifier: str) -> dict[str, Any]:
    each = next(relationship for relationship in RELATIONSHIPS if relationship.id == identifier)
    return {
        "id": each.id,
        "client": each.client.id,
        "cmo": each.cmo.id,
        "points_of_contact": {"client": [PEOPLE[key].address for key in each.client_contacts], "cmo": []},
        "decision_makers": [PEOPLE[key].address for key in each.decision_makers],
        "clauses": [
            {
                "id": "4.3",
                "topic": "purchase_order",
                "obliged": "cmo",
                "silence": f"{SILENCE_DAYS} BD",
                "silence_means": "deemed accepted",
            }
        ],
    }


def _person(key: str) -> dict[str, Any]:
    person = PEOPLE[key]
    return {
        "name": person.name,
        "addresses": [person.address, *filter(None, [person.other_address])],
        "organisation": person.organisation.id,
        "title": person.title,
        "from": _day(person.since.date()),
        "until": _day(person.until.date()),
    }


def _day(day: date) -> str | None:
    return day.isoformat() if date(2021, 1, 1) < day < date(2029, 1, 1) else None


def _moment(value: object) -> datetime:
    assert isinstance(value, datetime)
    return value

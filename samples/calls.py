"""Monthly calls: invitations, cancellations and minutes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from samples.cast import RELATIONSHIPS, Party, Person, Relationship
from samples.facts import invent
from samples.people import PEOPLE
from samples.phrases import bank
from samples.script import Invitation, Mail
from samples.stage import CurtainError, Draft, Stage

_CORVUS_DAYS = (
    "2025-11-12",
    "2025-12-29",
    "2026-01-14",
    "2026-02-11",
    "2026-03-11",
    "2026-04-08",
    "2026-05-13",
    "2026-06-10",
    "2026-07-08",
    "2026-08-12",
    "2026-09-09",
    "2026-10-14",
)
_MERIDIAN_DAYS = (
    "2025-11-20",
    "2025-12-11",
    "2026-01-22",
    "2026-03-19",
    "2026-04-16",
    "2026-07-16",
    "2026-09-17",
    "2026-10-15",
)
_WITHOUT_BOSS = frozenset({"2026-01-14", "2026-02-11", "2026-08-12", "2025-12-11", "2026-03-19", "2026-09-17"})
_CANCELLED = frozenset({"2025-12-29"})
_CLOCK_GAP = frozenset({"2026-03-11"})


@dataclass
class Call:
    """One monthly call: who leads it on either side, and whether a decision maker takes part."""

    stage: Stage
    relationship: Relationship
    day: date
    lead: Person
    client: Person
    boss: Person

    @property
    def decided(self) -> bool:
        """Whether a decision maker is in the call."""
        return self.day.isoformat() not in _WITHOUT_BOSS

    @property
    def starts(self) -> datetime:
        """15:00 in Berlin, for the colleagues in India 10:00."""
        return self.relationship.client.worktime.at(self.day, 15 if self.relationship.cmo.id == "corvus" else 10)


def hold_calls(stage: Stage) -> None:
    """Script every call of the year."""
    for relationship, days in zip(RELATIONSHIPS, (_CORVUS_DAYS, _MERIDIAN_DAYS), strict=True):
        for day in map(date.fromisoformat, days):
            _hold(_call(stage, relationship, day))


def _call(stage: Stage, relationship: Relationship, day: date) -> Call:
    at = relationship.client.worktime.at(day, 12)
    client = next(PEOPLE[key] for key in relationship.client_contacts if PEOPLE[key].works(relationship.id, at))
    leads = ("ana",) if relationship.cmo.id == "corvus" else ("sunil", "kavitha")
    lead = next(PEOPLE[key] for key in leads if PEOPLE[key].works(relationship.id, at))
    boss = PEOPLE[relationship.decision_makers[stage.deck.rng.choice((0, 1, 1))]]
    return Call(stage, relationship, day, lead, client, boss)


def _hold(call: Call) -> None:
    invitation = _invite(call)
    key = call.day.isoformat()
    record: dict[str, object] = {
        "relationship": call.relationship.id,
        "at": call.starts,
        "invitation": invitation.id,
        "minutes": None,
        "decision_maker": call.decided and key not in _CANCELLED,
        "cancelled": key in _CANCELLED,
    }
    call.stage.script.calls.append(record)
    if key in _CANCELLED:
        _cancel(call, invitation)
    else:
        _accept(call, invitation)
        record["minutes"] = _minutes(call, invitation).id


def _guests(call: Call) -> tuple[Party, ...]:
    quality = PEOPLE["marcus" if call.relationship.cmo.id == "corvus" else "deepa"]
    return (call.client, PEOPLE["sabine"], PEOPLE["miriam"], quality, *((call.boss,) if call.decided else ()))


def _invite(call: Call) -> Mail:
    stage = call.stage
    title = stage.deck.deal("call title", bank("specials")[f"call subject {call.relationship.cmo.id}"])
    words = [stage.deck.deal("call body", bank("specials")["call body"])]
    words += bank("specials")["call dst"] if call.day.isoformat() in _CLOCK_GAP else ()
    uid = f"{stage.deck.rng.randbytes(12).hex()}@{call.lead.organisation.domain}"
    sent = stage.pause(call.lead, call.lead.organisation.worktime.at(call.day - timedelta(days=8), 10), 0, 6)
    meeting = Invitation("REQUEST", uid, call.starts, 60, title, "Teams")
    return stage.send(
        Draft(
            call.lead, sent, _guests(call), title, (" ".join(words),), act="invitation", invitation=meeting, bare=True
        )
    )


def _accept(call: Call, invitation: Mail) -> None:
    meeting = invitation.invitation
    client = call.relationship.client
    guests = [guest for guest in invitation.to if isinstance(guest, Person) and guest.organisation is client]
    if meeting is None or not call.stage.likely(0.6):
        return
    guest = call.stage.pick(guests)
    at = call.stage.pause(guest, invitation.at, 0.2, 12)
    accepted = Invitation("REPLY", meeting.uid, meeting.starts, meeting.minutes, meeting.title, meeting.place)
    call.stage.send(
        Draft(
            guest,
            at,
            (call.lead,),
            f"Accepted: {meeting.title}",
            ("",),
            act="acceptance",
            answering=invitation,
            invitation=accepted,
            bare=True,
        )
    )


def _cancel(call: Call, invitation: Mail) -> None:
    meeting = invitation.invitation
    if meeting is None:
        raise CurtainError
    sent = call.stage.pause(call.lead, call.lead.organisation.worktime.at(call.day - timedelta(days=6), 11), 0, 3)
    cancelled = Invitation("CANCEL", meeting.uid, meeting.starts, 60, meeting.title, meeting.place, 1)
    call.stage.send(
        Draft(
            call.lead,
            sent,
            invitation.to,
            f"Canceled: {meeting.title}",
            bank("specials")["call cancel"],
            act="invitation",
            invitation=cancelled,
            bare=True,
        )
    )


def _minutes(call: Call, invitation: Mail) -> Mail:
    stage, lead = call.stage, call.lead
    at = stage.pause(lead, call.starts + timedelta(hours=1), 0.5, 7)
    facts = invent(stage.deck, call.relationship, at)
    key = "minutes line" + (" meridian" if call.relationship.cmo.id == "meridian" else "")
    lines = [stage.deck.deal(key, bank("specials")[key]) for _ in range(stage.deck.rng.randint(4, 6))]
    people = {"client": call.client.name, "boss": call.boss.name, "lead": lead.name}
    present = stage.deck.deal(
        "present", bank("specials")["decision present" if call.decided else "decision absent"]
    ).format(**people)
    points = "\n".join(f"- {stage.say(lead, line, facts, at)}" for line in lines)
    opening = stage.deck.deal("minutes", bank("specials")["minutes"])
    return stage.send(
        Draft(
            lead,
            at,
            invitation.to,
            f"Minutes: {invitation.subject} {call.day:%B}",
            (opening, present, points),
            act="minutes",
        )
    )

"""Two people leave: one with an introduction and six weeks side by side, one without a word."""

from dataclasses import dataclass
from datetime import UTC, datetime

from samples.cast import DANA_LEAVES, RELATIONSHIPS, SUNIL_ANNOUNCED, SUNIL_STOPS, Group, Party, Person
from samples.people import GROUPS, PEOPLE
from samples.phrases import bank
from samples.script import Ask, Event, Mail, current_owner
from samples.stage import Draft, Stage
from samples.story import replied
from samples.wording import heads, located


@dataclass(frozen=True)
class Departure:
    """A person's leaving as it bears on open asks.

    Attributes:
        leaver: who left.
        heir: who takes over what is open, None where nobody was named.
        mail: the message that said so.
    """

    leaver: Person
    heir: Person | None
    mail: Mail


def hand_over(stage: Stage) -> list[Departure]:
    """Script both handoffs and give what they mean for open asks."""
    return [_planned(stage), _unplanned(stage)]


def take_effect(departures: list[Departure], ask: Ask) -> None:
    """Let departures take their effect on an ask that was open and owned by the leaver."""
    for leaving in departures:
        mail = leaving.mail
        if ask.at < mail.at and _owned_by(ask, leaving):
            heir = leaving.heir
            act, owner, basis = ("assigned", heir, "assigned") if heir else ("owner_left", leaving.leaver, "")
            ask.events.append(Event(mail.at, act, mail.id, mail.sender.address, owner.address, basis))
            ask.events.sort(key=lambda event: event.at)


def _owned_by(ask: Ask, leaving: Departure) -> bool:
    before = [event for event in ask.events if event.at <= leaving.mail.at]
    closed = any(event.act in {"answered", "declined", "withdrawn"} for event in before)
    holder = current_owner(before)
    return not closed and holder is not None and holder[0] == leaving.leaver.address


def _planned(stage: Stage) -> Departure:
    dana, jonas, ana = PEOPLE["dana"], PEOPLE["jonas"], PEOPLE["ana"]
    team = _group("halden-project@corvus.example")
    corvus = (ana, PEOPLE["greg"], PEOPLE["linda"], team)
    subject = "Your contact at Halden: Jonas Brandt from March"
    heralded = _write(stage, "dana heralds", _at(2, 12, 14, 20), corvus, subject, (jonas, PEOPLE["roth"]))
    met = _write(stage, "jonas meets", _at(2, 17, 9, 5), (ana, PEOPLE["greg"]), "Introduction", (dana,))
    _answering(stage, "ana welcomes", met, _at(2, 17, 15, 42))
    _answering(stage, "greg thanks", heralded, _at(2, 13, 1, 11))
    farewell = _write(stage, "dana leaves", DANA_LEAVES.replace(hour=13), (ana, team), "Last day", (jonas,))
    _answering(stage, "tamara waves", farewell, _at(3, 27, 17, 30))
    evidence = [heralded.id, met.id, farewell.id]
    _record(stage, "client", dana, jonas, {"at": DANA_LEAVES, "planned": True, "evidence": evidence})
    return Departure(dana, jonas, farewell)


def _unplanned(stage: Stage) -> Departure:
    sunil, kavitha, sabine = PEOPLE["sunil"], PEOPLE["kavitha"], PEOPLE["sabine"]
    supply = _group("supply@meridian-sterile.example")
    alone = _write(stage, "katrin waits", _at(5, 4, 8, 14), (sunil,), "our call of last week")
    sign = _ask(stage, alone, bank("letters")["katrin waits"][1], sunil)
    lost = _write(stage, "katrin searches", _at(5, 11, 7, 32), (supply,), "Sunil Rao / contact for Halden", (sabine,))
    leave, contact = (_ask(stage, lost, words) for words in bank("letters")["katrin searches"][1:])
    contact.main = False
    chased = _answering(stage, "sabine chases", lost, _at(5, 15, 9, 50), (supply, PEOPLE["vikram"]))
    told = _answering(stage, "vikram tells", chased, SUNIL_ANNOUNCED, (PEOPLE["katrin"], sabine))
    heir = _answering(stage, "kavitha appears", lost, _at(6, 4, 5, 20), (PEOPLE["katrin"],))
    _sunil_was_missed(chased, told, heir, (leave, contact))
    sign.events.append(Event(told.at, "owner_left", told.id, told.sender.address, sunil.address))
    evidence = [lost.id, told.id, heir.id]
    _record(stage, "cmo", sunil, kavitha, {"at": SUNIL_STOPS, "planned": False, "evidence": evidence})
    return Departure(sunil, None, told)


def _sunil_was_missed(chased: Mail, told: Mail, heir: Mail, asks: tuple[Ask, Ask]) -> None:
    leave, contact = asks
    words = bank("letters")["sabine chases"][0].split(". ")[1]
    contact.sentences.append({"message_id": chased.id, "quote": located(words, chased.text), "role": "chaser"})
    _happen(chased, "chaser", *asks)
    _happen(told, "answered", leave)
    _happen(told, "acknowledged", contact)
    _happen(heir, "answered", contact)


def _at(month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def _write(
    stage: Stage, letter: str, at: datetime, to: tuple[Party, ...], subject: str, cc: tuple[Party, ...] = ()
) -> Mail:
    """Send a letter; its name begins with the writer's key."""
    writer = PEOPLE[letter.split(maxsplit=1)[0]]
    return stage.send(Draft(writer, at, to, subject, bank("letters")[letter], cc, "handoff"))


def _answering(stage: Stage, letter: str, mail: Mail, at: datetime, to: tuple[Party, ...] = ()) -> Mail:
    writer, words = PEOPLE[letter.split(maxsplit=1)[0]], bank("letters")[letter]
    subject = replied(mail.subject, writer)
    return stage.send(Draft(writer, at, to or (mail.sender,), subject, words, act="handoff", answering=mail))


def _ask(stage: Stage, mail: Mail, words: str, named: Person | None = None) -> Ask:
    ask = Ask(
        message_id=mail.id,
        quote=located(words, mail.text),
        at=mail.at,
        asker=mail.sender.address,
        kind="request" if named else "question",
        topic="general" if named else "contact_change",
        relationship="halden-meridian",
        direction="client->cmo",
        addressing="named" if named else "group",
        addressees=[party.address for party in mail.to],
        fan_out=heads(mail.to),
        obliged=mail.to[0].organisation,
    )
    if named:
        ask.events.append(Event(mail.at, "asked", mail.id, ask.asker, named.address, "addressed"))
    ask.sentences.append({"message_id": mail.id, "quote": ask.quote, "role": "ask"})
    stage.script.asks.append(ask)
    return ask


def _happen(mail: Mail, act: str, *asks: Ask) -> None:
    for ask in asks:
        ask.events.append(Event(mail.at, act, mail.id, mail.sender.address))


def _group(address: str) -> Group:
    return next(group for group in GROUPS if group.address == address)


def _record(stage: Stage, side: str, leaver: Person, heir: Person, row: dict[str, object]) -> None:
    relationship = RELATIONSHIPS[0 if side == "client" else 1]
    who = {"from": leaver.address, "to": heir.address, "relationship": relationship.id, "side": side}
    stage.script.handoffs.append(who | row)

"""Mail that asks nothing: news, status reports, thanks, newsletters, notices of machines."""

from datetime import date, datetime

from samples.cast import HALDEN, Organisation, Party, Person, Relationship
from samples.facts import invent
from samples.people import GROUPS
from samples.phrases import bank, in_season
from samples.script import Mail
from samples.stage import Draft, Stage, recipients, without
from samples.story import paper, replied
from samples.voices import Voice
from samples.worktime import WorkTime

_OUTSIDE = Organisation("outside", "Outside", "other", "frachtlink.example", WorkTime("Europe/Berlin", "DE"), "")
_MACHINE = Voice(("",), ("",), ("",), "none", "outlook", "plain", "none")
FREIGHT = Person("freight", "FrachtLink Tracking", "noreply@frachtlink.example", _OUTSIDE, "", "", "", (), _MACHINE)
NEWSLETTER = Person("news", "Sterile Weekly", "news@sterile-weekly.example", _OUTSIDE, "", "", "", (), _MACHINE)


def chat(stage: Stage, relationship: Relationship, day: date) -> None:
    """Play one scene without an ask.

    Raises:
        CurtainError: as `Stage.send`.
    """
    scenes = (_news, _news, _news, _status, _within, _within, _reminder, _machine)
    stage.deck.rng.choices(scenes, (24, 18, 12, 12, 14, 6, 5, 4))[0](stage, relationship, day)


def receipt(stage: Stage, mail: Mail) -> None:
    """Let a reader's program confirm that a mail was displayed."""
    reader = mail.to[0]
    if not isinstance(reader, Person):
        return
    at = stage.pause(reader, mail.at, 0.1, 5)
    shown = f"{reader.organisation.worktime.local(at):%d/%m/%Y %H:%M}"
    words = f"Your message\n\n   To: {reader.name}\n   Subject: {mail.subject}\n\nwas read on {shown}."
    stage.send(
        Draft(
            reader,
            at,
            (mail.sender,),
            f"Read: {mail.subject}",
            (words,),
            act="receipt",
            answering=mail,
            automatic="auto-replied",
            receipt=True,
            bare=True,
        )
    )


def _news(stage: Stage, relationship: Relationship, day: date) -> None:
    """A company tells the other something."""
    company = stage.deck.rng.choice((relationship.cmo, relationship.cmo, relationship.client))
    moment = stage.morning(company, day)
    writer = stage.pick(stage.everyone(company, relationship.id, moment))
    facts = invent(stage.deck, relationship, moment)
    lines = [
        stage.deck.deal(f"news {company.id}", in_season(bank("chat")[f"{company.id} news"], moment.month))
        for _ in range(stage.deck.rng.choice((1, 1, 2, 2, 3)))
    ]
    _told(stage, relationship, writer, facts, tuple(lines), moment)


def _told(
    stage: Stage,
    relationship: Relationship,
    writer: Person,
    facts: dict[str, str],
    lines: tuple[str, ...],
    moment: datetime,
) -> None:
    said = [
        stage.say(writer, line, facts if line is lines[0] else invent(stage.deck, relationship, moment), moment)
        for line in lines
    ]
    if stage.likely(0.5):
        said.append(stage.say(writer, stage.deck.deal("extra", bank("chat")["extra"]), facts, moment))
    paragraphs = tuple(said) if stage.likely(0.35) else (" ".join(said),)
    _and_thanks(stage, relationship, _sent(stage, relationship, writer, facts, paragraphs, moment))


def _sent(
    stage: Stage,
    relationship: Relationship,
    writer: Person,
    facts: dict[str, str],
    paragraphs: tuple[str, ...],
    moment: datetime,
) -> Mail:
    side = relationship.other(writer.organisation)
    bank_key = stage.deck.rng.choice(("both subject", f"{writer.organisation.id} subject"))
    subject = stage.fill(writer, stage.deck.deal(bank_key, bank("chat")[bank_key]), facts, moment)
    files = (paper(facts["batch"]),) if "attach" in " ".join(paragraphs).lower() else ()
    return stage.send(
        Draft(writer, moment, _audience(stage, relationship, side, moment), subject, paragraphs, attachments=files)
    )


def _audience(stage: Stage, relationship: Relationship, side: Organisation, moment: datetime) -> tuple[Party, ...]:
    people = stage.everyone(side, relationship.id, moment)
    if stage.likely(0.3):
        return (stage.deck.rng.choice([group for group in GROUPS if group.organisation is side]),)
    count = stage.deck.rng.choice((1, 1, 2, 3, 4, 6))
    return without(stage.pick(people) for _ in range(count))


def _and_thanks(stage: Stage, relationship: Relationship, mail: Mail) -> None:
    """Let one or two readers say thanks."""
    for chance in (0.42, 0.12):
        readers = [party for party in recipients(mail) if isinstance(party, Person) and party is not mail.sender]
        if not stage.likely(chance) or not readers:
            return
        reader = stage.deck.rng.choice(readers)
        at = stage.pause(reader, mail.at, 0.2, 9)
        if reader.works(relationship.id, at):
            words = stage.say(reader, stage.deck.deal("reply", bank("chat")["reply"]), {"first": mail.sender.first}, at)
            stage.send(
                Draft(reader, at, (mail.sender,), replied(mail.subject, reader), (words,), act="thanks", answering=mail)
            )


def _status(stage: Stage, relationship: Relationship, day: date) -> None:
    """A weekly status in bullets."""
    moment = stage.morning(relationship.cmo, day)
    writer = stage.pick(stage.staff(relationship.cmo, "meeting", relationship.id, moment))
    facts = invent(stage.deck, relationship, moment)
    lead = stage.say(writer, stage.deck.deal("lead", bank("chat")["bulletlead"]), facts, moment)
    marks = stage.deck.rng.choice(("- ", "* ", "• "))
    bullets = [stage.deck.deal("bullet", bank("chat")["bullet"]) for _ in range(stage.deck.rng.randint(3, 6))]
    lines = "\n".join(marks + stage.say(writer, line, facts, moment) for line in bullets)
    _and_thanks(stage, relationship, _sent(stage, relationship, writer, facts, (lead, lines), moment))


def _within(stage: Stage, relationship: Relationship, day: date) -> None:
    """News inside the client's house."""
    moment = stage.morning(HALDEN, day)
    staff = stage.everyone(HALDEN, relationship.id, moment)
    writer, facts = stage.pick(staff), invent(stage.deck, relationship, moment)
    contact = stage.pick(stage.everyone(relationship.cmo, relationship.id, moment))
    line = stage.deck.deal("internal", in_season(bank("chat")["internal news"], moment.month))
    words = stage.say(writer, line, facts, moment, contact=contact.first)
    subject = stage.fill(writer, stage.deck.deal("internal subject", bank("chat")["internal subject"]), facts, moment)
    to = without((stage.pick(staff, (writer,)) for _ in range(stage.deck.rng.randint(1, 5))), writer)
    _and_thanks(stage, relationship, stage.send(Draft(writer, moment, to, subject, (words,))))


def _reminder(stage: Stage, relationship: Relationship, day: date) -> None:
    """A notice that sounds like an ask and is none."""
    moment = stage.morning(relationship.client, day)
    writer = stage.pick(stage.staff(relationship.client, "meeting", relationship.id, moment))
    facts = invent(stage.deck, relationship, moment)
    _told(stage, relationship, writer, facts, (stage.deck.deal("reminder", bank("chat")["reminder"]),), moment)


def _machine(stage: Stage, relationship: Relationship, day: date) -> None:
    """A forwarder's notice or a newsletter."""
    moment = stage.morning(HALDEN, day)
    key, sender = stage.deck.rng.choice((("freight", FREIGHT), ("freight", FREIGHT), ("newsletter", NEWSLETTER)))
    facts = invent(stage.deck, relationship, moment)
    words = stage.say(sender, stage.deck.deal(key, bank("chat")[key]), facts, moment)
    reader = stage.pick(stage.staff(HALDEN, "supply_delay", relationship.id, moment))
    subject = f"Shipment {facts['batchno']}" if key == "freight" else f"Sterile Weekly {moment:%m/%Y}"
    stage.send(
        Draft(sender, moment, (reader,), subject, (words,), act="machine", automatic="auto-generated", bare=True)
    )

"""Conversations in few words, with readings written by hand: what the words are is given, not read."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from analysis.clocks import ClockBook
from analysis.ownership import Conversation, TraceContext, judge, trace_asks
from analysis.ownership.conversation import Departure
from analysis.parties import resolve
from analysis.settings import OwnershipSettings
from analysis.topics import load_topics
from models.companies import Clause, GroupAddress, KnownPerson, Organisation, PointOfContact, Relationship
from models.judgements import (
    Ask,
    AskSpan,
    CommitmentSpan,
    Judgement,
    NamedCue,
    Reading,
    ReplyCues,
    Span,
    Thread,
    TopicSpan,
)
from models.records import Absence, Attachment, Message, NamedAddress, Recipient
from models.vocabulary import AskKind, AutoKind, EventKind, RecipientKind, Role

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)

DANA, OTTO = "dana.cole@halden.example", "otto.lang@halden.example"
ANA, BEN, EVA = "ana.ruiz@corvus.example", "ben.weiss@corvus.example", "eva.stone@corvus.example"
QUALITY = "quality@corvus.example"
MIA = "mia.koch@orion.example"
LIST = "talk@lists.open.example"
STAFF = (ANA, BEN, EVA, "finn.hay@corvus.example", "gus.orr@corvus.example", "ida.poe@corvus.example")

HALDEN = Organisation(
    "halden",
    "Halden Pharma",
    Role.CLIENT,
    ("halden.example",),
    (KnownPerson("Dana Cole", (DANA,)), KnownPerson("Otto Lang", (OTTO,))),
)
CORVUS = Organisation(
    "corvus",
    "Corvus Biologics",
    Role.CMO,
    ("corvus.example",),
    (KnownPerson("Ana Ruiz", (ANA,)), KnownPerson("Ben Weiss", (BEN,)), KnownPerson("Eva Stone", (EVA,))),
    (GroupAddress(QUALITY, 14),),
)
ORION = Organisation("orion", "Orion Fill", Role.CMO, ("orion.example",), (KnownPerson("Mia Koch", (MIA,)),))
RELATED = Relationship("halden-corvus", "halden", "corvus")
CONTACT = Relationship("halden-corvus", "halden", "corvus", cmo_contacts=(PointOfContact(BEN),))
SILENCE = Relationship(
    "halden-corvus",
    "halden",
    "corvus",
    clauses=(Clause("7.3", "Deemed accepted after 5 BD.", "*", Role.CMO, silence="5 BD", silence_means="accepted"),),
)


@dataclass(frozen=True)
class Mail:
    """One message and what a reader would see in it.

    `unseen` are recipients whom only its envelope names, `day` counts from Monday ten o'clock, `re` is what it answers.
    """

    sender: str
    text: str
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    day: float = 0.0
    re: int | None = None
    asks: tuple[AskSpan, ...] = ()
    promises: tuple[CommitmentSpan, ...] = ()
    cues: tuple[NamedCue, ...] = ()
    topics: tuple[TopicSpan, ...] = ()
    reply: ReplyCues = field(default_factory=ReplyCues)
    subject: str = "Batch 12"
    auto: AutoKind = AutoKind.NONE
    absence: Absence | None = None
    read: bool = True
    files: tuple[str, ...] = ()


def span(words: str, confidence: float = 0.9, rule: str = "by_hand") -> Span:
    """Words that `talk` finds in the mail's text."""
    return Span(0, len(words), words, rule, confidence)


def ask(
    words: str, kind: AskKind = AskKind.REQUEST, *names: str, chaser: bool = False, confidence: float = 0.9
) -> AskSpan:
    """An asking sentence."""
    return AskSpan(span(words, confidence), kind, names, "greeting" if names else "", chaser=chaser)


def promise(words: str, due: str = "", by: str = "") -> CommitmentSpan:
    """A promising sentence."""
    return CommitmentSpan(span(words), by, due)


def cue(kind: str, words: str, *names: str) -> NamedCue:
    """A cue about who carries something."""
    return NamedCue(kind, span(words), names)


def says(number: int) -> ReplyCues:
    """A reply with so many words of substance."""
    return ReplyCues(substance_words=number)


def talk(*mails: Mail) -> Conversation:
    """The mails as one conversation."""
    messages = tuple(_message(mail, index) for index, mail in enumerate(mails))
    readings = {message.id: _reading(mail) for message, mail in zip(messages, mails, strict=True)}
    ordered = tuple(sorted(messages, key=lambda message: (message.at, message.id)))
    return Conversation(Thread(ordered[0].id, "Batch 12", tuple(each.id for each in ordered)), ordered, readings)


def world(
    conversation: Conversation,
    relationship: Relationship | None = RELATED,
    settings: OwnershipSettings | None = None,
    departures: tuple[Departure, ...] = (),
) -> TraceContext:
    """Halden with Corvus and Orion, as the conversation's addresses show them."""
    relationships = (relationship,) if relationship else ()
    return TraceContext(
        resolve((HALDEN, CORVUS, ORION), conversation.messages),
        ClockBook(load_topics(), relationships),
        relationships,
        settings or OwnershipSettings(),
        departures=departures,
    )


def traced(*mails: Mail, relationship: Relationship | None = RELATED) -> list[Ask]:
    """The asks of the mails."""
    conversation = talk(*mails)
    return trace_asks(conversation, world(conversation, relationship))


def judged(*mails: Mail, day: float, relationship: Relationship | None = RELATED) -> list[Judgement]:
    """The mails' asks as of a day."""
    conversation = talk(*mails)
    context = world(conversation, relationship)
    return judge(trace_asks(conversation, context), MONDAY + timedelta(days=day), context)


def kinds(one: Ask) -> list[EventKind]:
    """What happened to an ask, in order."""
    return [event.kind for event in one.events]


def _message(mail: Mail, index: int) -> Message:
    at = MONDAY + timedelta(days=mail.day)
    named = [(each, RecipientKind.TO) for each in mail.to] + [(each, RecipientKind.CC) for each in mail.cc]
    named += [(each, RecipientKind.ENVELOPE) for each in mail.unseen]
    return Message(
        id=f"m{index}",
        message_id=f"m{index}",
        raw_sha256="",
        size_bytes=0,
        sender=NamedAddress(mail.sender),
        recipients=tuple(Recipient(address, "", kind) for address, kind in named),
        subject=mail.subject,
        sent_at=at,
        received_at=at,
        at=at,
        in_reply_to=() if mail.re is None else (f"m{mail.re}",),
        new_text=mail.text,
        auto=mail.auto,
        absence=mail.absence,
        attachments=tuple(Attachment(name, "application/pdf", 1, "") for name in mail.files),
    )


def _reading(mail: Mail) -> Reading:
    return Reading(
        text_sha256=sha256(mail.text.encode()).hexdigest(),
        reader_version="by hand",
        read=mail.read,
        asks=tuple(_placed_ask(each, mail.text) for each in mail.asks),
        commitments=tuple(
            CommitmentSpan(_placed(each.span, mail.text), each.by_name, each.due_text) for each in mail.promises
        ),
        cues=tuple(NamedCue(each.kind, _placed(each.span, mail.text), each.names) for each in mail.cues),
        topics=tuple(TopicSpan(each.topic, _placed(each.span, mail.text)) for each in mail.topics),
        reply=mail.reply,
    )


def _placed_ask(one: AskSpan, text: str) -> AskSpan:
    return AskSpan(
        _placed(one.span, text), one.kind, one.names, one.names_rule, one.plural, one.weak, one.chaser, one.expectation
    )


def _placed(one: Span, text: str) -> Span:
    start = text.index(one.text)
    return Span(start, start + len(one.text), one.text, one.rule, one.confidence)

"""Measuring judgement against labelled conversations: owner, addressing, state and limbo of each one's main ask.

The main ask of a conversation is the first ask of the first message that asks anything. Everybody but its
asker counts as the obliged side, for these conversations run between many companies. Fields on which the
labels' readers disagreed are left out of the field's figure.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from analysis.clocks import ClockBook
from analysis.email_addresses import clean_name, domain_of, is_list_host
from analysis.identities import organisation_of
from analysis.ownership import Conversation, TraceContext, judge, trace_asks
from analysis.ownership.gathering import gather_asks
from analysis.parties import resolve
from analysis.settings import OwnershipSettings
from analysis.subjects import read_subject
from analysis.topics import load_topics
from models.companies import GroupAddress, KnownPerson, Organisation
from models.judgements import Judgement, Reading, Thread
from models.records import Message, NamedAddress, Recipient
from models.vocabulary import OPEN_OWNERLESS, RecipientKind, State

NO_ASK = "no_ask"
LIMBO = "limbo"
STATES = {State.WAITING: "waiting_asker"} | dict.fromkeys(OPEN_OWNERLESS, LIMBO)
"""How the labels call our states; others have the same name."""

EVERYBODY = "everybody-else"
ASKER = "asker"


class Reads(Protocol):
    """Whatever reads new texts; `analysis.language.reader.Reader` does."""

    def read(self, texts: Iterable[tuple[str, str]]) -> Iterator[Reading]:
        """Readings of (hash, text) pairs, in order."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What was judged of one conversation beside its label; None for `judgement` where no ask was found."""

    item: str
    label: Mapping[str, Any]
    judgement: Judgement | None

    @property
    def state(self) -> str:
        """The judged state in the labels' words."""
        return STATES.get(self.judgement.state, self.judgement.state.value) if self.judgement else NO_ASK

    @property
    def addressing(self) -> str:
        """The judged addressing in the labels' words."""
        return self.judgement.ask.addressing.value if self.judgement else "none"

    @property
    def owner(self) -> str | None:
        """The judged owner's address."""
        return self.judgement.owner if self.judgement else None


@dataclass(frozen=True, slots=True)
class LimboScores:
    """Figures over labelled conversations, each a share in [0, 1] of those where the label is agreed.

    Attributes:
        n: conversations.
        state, owner, addressing, asks: shares judged as labelled; `asks` is whether there is an ask at all.
        precision, recall: of limbo.
        judged: every conversation.
    """

    n: int
    state: float
    owner: float
    addressing: float
    asks: float
    precision: float
    recall: float
    judged: tuple[Judged, ...]


def evaluate_limbo(folder: Path, reader: Reads, new_text: Callable[[str], str]) -> LimboScores:
    """Judge every labelled conversation of a folder and compare.

    Args:
        folder: holds `items.jsonl` and `labels.jsonl`.
        reader: reads new texts.
        new_text: what a body's writer wrote, without quotes and signature.

    Raises:
        OSError: a file is not there.
    """
    labels = {label["item"]: label for label in _lines(folder / "labels.jsonl")}
    judged = tuple(
        Judged(item["item"], labels[item["item"]], judge_item(item, reader, new_text))
        for item in _lines(folder / "items.jsonl")
    )
    return score(judged)


def score(judged: Sequence[Judged]) -> LimboScores:
    """Compare judgements with labels."""
    return LimboScores(
        n=len(judged),
        state=_share([each.state == each.label["state"] for each in judged if each.label["state"]]),
        owner=_share([_same_owner(each) for each in judged if "owner" not in each.label["disputed"]]),
        addressing=_share([each.addressing == each.label["addressing"] for each in judged if each.label["addressing"]]),
        asks=_share([(each.judgement is not None) == each.label["has_ask"] for each in judged]),
        precision=_share(
            [each.label["state"] == LIMBO for each in judged if each.state == LIMBO and each.label["state"]]
        ),
        recall=_share([each.state == LIMBO for each in judged if each.label["state"] == LIMBO]),
        judged=tuple(judged),
    )


def judge_item(item: Mapping[str, Any], reader: Reads, new_text: Callable[[str], str]) -> Judgement | None:
    """Judge the main ask of one conversation as of its moment, None where nothing in it asks."""
    conversation = _conversation(item, reader, new_text)
    organisations = _companies(conversation)
    context = TraceContext(resolve(organisations, conversation.messages), ClockBook(load_topics()))
    as_of = datetime.fromisoformat(item["as_of"]).astimezone(UTC)
    judgements = judge(trace_asks(conversation, context), as_of, context)
    return min(judgements, key=lambda each: (each.ask.asked_at, each.ask.start), default=None)


def _conversation(item: Mapping[str, Any], reader: Reads, new_text: Callable[[str], str]) -> Conversation:
    messages = tuple(sorted(_messages(item, new_text), key=lambda message: (message.at, message.id)))
    hashes = {message.id: sha256(message.new_text.encode()).hexdigest() for message in messages}
    texts = {hashes[message.id]: message.new_text for message in messages}
    readings = {reading.text_sha256: reading for reading in reader.read(texts.items())}
    thread = Thread(messages[0].id, messages[0].subject, tuple(message.id for message in messages))
    return Conversation(thread, messages, {each: readings[digest] for each, digest in hashes.items()})


def _messages(item: Mapping[str, Any], new_text: Callable[[str], str]) -> Iterator[Message]:
    earlier: list[Message] = []
    for raw in item["messages"]:
        message = _answering(_message(raw, item, new_text), earlier)
        earlier.append(message)
        yield message


def _message(raw: Mapping[str, Any], item: Mapping[str, Any], new_text: Callable[[str], str]) -> Message:
    name, address = raw["from"][0]
    sender = _mended(name, address, item)
    recipients = tuple(
        Recipient(address.lower(), name, kind)
        for field, kind in (("to", RecipientKind.TO), ("cc", RecipientKind.CC))
        for name, address in raw[field]
    )
    at = datetime.fromisoformat(raw["date"]).astimezone(UTC)
    return Message(
        id=raw["message_id"],
        message_id=raw["message_id"],
        raw_sha256="",
        size_bytes=0,
        sender=sender,
        recipients=recipients,
        subject=raw["subject"],
        sent_at=at,
        received_at=None,
        at=at,
        new_text=new_text(raw["body"]),
    )


def _mended(name: str, address: str, item: Mapping[str, Any]) -> NamedAddress:
    """Undo a list's rewriting of From ("Ana Ruiz via users" <users@lists.example>) where the address is seen."""
    if " via " not in name.lower() or not is_list_host(domain_of(address)):
        return NamedAddress(address.lower(), name)
    person = clean_name(name)
    seen = (pair for raw in item["messages"] for pair in (*raw["to"], *raw["cc"], *raw["from"]))
    found = next((each for shown, each in seen if clean_name(shown) == person and each != address), None)
    return NamedAddress((found or f"{'.'.join(person.lower().split())}@{domain_of(address)}").lower(), person)


def _answering(message: Message, earlier: Sequence[Message]) -> Message:
    """Guess the reference that the items leave out: a reply answers the last message of somebody it is sent to."""
    reached = {recipient.address for recipient in message.recipients}
    before = [each for each in earlier if each.sender.address in reached or each.sender == message.sender]
    direct = [each for each in before if each.sender.address in {one.address for one in message.recipients[:1]}]
    parent = next(reversed(direct or before), None)
    if parent is None or not read_subject(message.subject).is_reply:
        return message
    return replace(message, in_reply_to=(parent.message_id,))


def _companies(conversation: Conversation) -> tuple[Organisation, ...]:
    """Two companies: whoever asks first with those of the same domain, and everybody else."""
    asker = next((each for each in conversation.messages if _asks(each, conversation)), conversation.messages[0])
    home = organisation_of(asker.sender.address, {})
    everyone = [party for message in conversation.messages for party in _people(message)]
    senders = {message.sender.address for message in conversation.messages}
    lists = {each.address for each in everyone if is_list_host(domain_of(each.address))} - senders
    people: dict[tuple[bool, str], dict[str, None]] = {}
    for each in everyone:
        near = each.address == asker.sender.address or (bool(home) and organisation_of(each.address, {}) == home)
        if each.address not in lists:
            people.setdefault((near, clean_name(each.display_name) or each.address), {})[each.address] = None
    known = {
        near: tuple(KnownPerson(name, tuple(addresses)) for (side, name), addresses in people.items() if side is near)
        for near in (True, False)
    }
    groups = tuple(GroupAddress(address) for address in sorted(lists))
    return (
        Organisation(ASKER, ASKER, None, (), known[True]),
        Organisation(EVERYBODY, EVERYBODY, None, (), known[False], groups),
    )


def _people(message: Message) -> tuple[NamedAddress, ...]:
    return (message.sender, *(NamedAddress(each.address, each.display_name) for each in message.recipients))


def _asks(message: Message, conversation: Conversation) -> bool:
    reading = conversation.readings[message.id]
    to_group = any(is_list_host(domain_of(recipient.address)) for recipient in message.recipients)
    return bool(gather_asks(reading, message.new_text, OwnershipSettings().minimum_confidence, to_group=to_group))


def _same_owner(each: Judged) -> bool:
    return bool(each.owner == each.label["owner"])


def _share(outcomes: Sequence[bool]) -> float:
    """Share of true outcomes; 0 of none."""
    return sum(outcomes) / len(outcomes) if outcomes else 0.0


def _lines(path: Path) -> Iterator[Mapping[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)

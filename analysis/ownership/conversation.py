"""What tracing works on: a thread with its readings, the companies around it, and who answers whom inside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from analysis.business_time import BusinessTime
from analysis.clocks import ClockBook
from analysis.identities import MACHINE
from analysis.ownership.elsewhere import Correspondence
from analysis.parties import Directory
from analysis.settings import OwnershipSettings
from models.companies import Relationship, WorkingTime
from models.judgements import Evidence, Party, Reading, Thread
from models.records import Message
from models.vocabulary import AutoKind, RecipientKind, Role

DEFAULT_SETTINGS = OwnershipSettings()

UNREAD = Reading(text_sha256="", reader_version="", language="und", read=False)
"""Stands for the reading of a message that was not read."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread with its whole messages in time order and their readings by Message.id."""

    thread: Thread
    messages: tuple[Message, ...]
    readings: Mapping[str, Reading]


@dataclass(frozen=True, slots=True)
class Departure:
    """A person stopped.

    Attributes:
        person: Party.id.
        at: since when.
        evidence: the words that say so.
        back_at: when the person was heard of again long after; None where they were not.
    """

    person: str
    at: datetime
    evidence: Evidence
    back_at: datetime | None = None

    def holds(self, as_of: datetime) -> bool:
        """Whether the person was gone at a moment, on what was known by then."""
        return self.at <= as_of and (self.back_at is None or self.back_at > as_of)


@dataclass(frozen=True, slots=True)
class TraceContext:
    """What the companies' configuration and the whole mail know, for tracing and judging one thread's asks.

    Attributes:
        directory: addresses to people and organisations.
        clocks: default clocks and clauses.
        relationships: configured relationships.
        settings: thresholds.
        aliases: Message-ID to Message.id, for every stored copy.
        departures: who left, from the whole mail.
        correspondence: the mail beside a thread, None where only the thread is known.
    """

    directory: Directory
    clocks: ClockBook
    relationships: tuple[Relationship, ...] = ()
    settings: OwnershipSettings = DEFAULT_SETTINGS
    aliases: Mapping[str, str] = field(default_factory=dict)
    departures: tuple[Departure, ...] = ()
    correspondence: Correspondence | None = None

    def relationship(self, one: str, other: str) -> Relationship | None:
        """The configured relationship of two organisations, whichever of them is the client."""
        pairs = ({item.client, item.cmo} for item in self.relationships)
        return next((item for item, pair in zip(self.relationships, pairs, strict=True) if pair == {one, other}), None)

    def business_time(self, organisation: str) -> BusinessTime:
        """Working time of an organisation; that of nobody's configuration is Monday to Friday in UTC."""
        known = self.directory.organisation(organisation) if organisation else None
        return _business_time(known.working_time if known else WorkingTime())


def role_in(relationship: Relationship | None, organisation: str) -> Role | None:
    """Which side of a relationship an organisation is, None where it is neither."""
    if relationship is None:
        return None
    return {relationship.client: Role.CLIENT, relationship.cmo: Role.CMO}.get(organisation)


@lru_cache(maxsize=256)
def _business_time(working_time: WorkingTime) -> BusinessTime:
    return BusinessTime(working_time)


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation with its writer and its branch.

    Attributes:
        message, reading: the message and what was read in it.
        writer: who wrote it.
        branch: ids of the earlier messages that it continues, nearest first.
        linked: how many of the branch it reaches by references; the rest is only the thread's past.
    """

    message: Message
    reading: Reading
    writer: Party
    branch: tuple[str, ...]
    linked: int

    @property
    def human(self) -> bool:
        """A person wrote it, not a machine."""
        return self.message.auto is AutoKind.NONE and self.writer.basis != MACHINE


def take_turns(conversation: Conversation, context: TraceContext) -> tuple[Turn, ...]:
    """Every message of a conversation with its writer and branch, in time order."""
    known = {message.id: message for message in conversation.messages}
    parents = {message.id: _parent(message, known, context.aliases) for message in conversation.messages}
    return tuple(
        Turn(
            message=message,
            reading=conversation.readings.get(message.id, UNREAD),
            writer=context.directory.party(message.sender.address),
            branch=_with_past(chain, tuple(known)),
            linked=len(chain) - 1,
        )
        for message in conversation.messages
        for chain in (_chain(message.id, parents),)
    )


def recipient_parties(message: Message, context: TraceContext, *kinds: RecipientKind) -> tuple[Party, ...]:
    """Parties that a message went to, in order and once each.

    Args:
        message: whose recipients.
        context: who is behind the addresses.
        kinds: only those written to in this way, groups' members not; everybody reached where none is given.
    """
    parties = {
        party.id: party
        for recipient in message.recipients
        if not kinds or (recipient.kind in kinds and not recipient.via)
        for party in (context.directory.party(recipient.address),)
    }
    return tuple(parties.values())


def _parent(message: Message, known: Mapping[str, Message], aliases: Mapping[str, str]) -> str | None:
    """The message that this one answers: In-Reply-To first, then References from the last (RFC 5322, 3.6.4)."""
    for reference in (*message.in_reply_to, *reversed(message.references)):
        candidate = aliases.get(reference, reference)
        if candidate in known and candidate != message.id and known[candidate].at <= message.at:
            return candidate
    return None


def _chain(start: str, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    chain = {start: None}
    node = parents[start]
    while node is not None and node not in chain:
        chain[node] = None
        node = parents[node]
    return tuple(chain)


def _with_past(chain: Sequence[str], order: Sequence[str]) -> tuple[str, ...]:
    """The chain of parents, and before the one that names none everything earlier: only the thread joins it to that."""
    past = reversed(order[: order.index(chain[-1])])
    return (*chain[1:], *(identity for identity in past if identity not in chain))


def participants(turns: Sequence[Turn], context: TraceContext) -> tuple[Party, ...]:
    """Everybody who wrote or was written to in these turns, once each, writers first."""
    found = {turn.writer.id: turn.writer for turn in turns}
    for turn in turns:
        found.update({party.id: party for party in recipient_parties(turn.message, context) if party.id not in found})
    return tuple(found.values())

"""Deriving every judgement from facts: threads, parties, asks and their states as of a moment.

Pure: the same facts, settings and moment give the same judgements, whatever the order in which the facts
come, and nothing after the moment is looked at.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from analysis.clocks import ClockBook
from analysis.ownership import Conversation, TraceContext, judge, trace_asks
from analysis.ownership.departures import departures_in
from analysis.ownership.elsewhere import Correspondence
from analysis.ownership.promises import commitments_in
from analysis.parties import Directory, resolve
from analysis.settings import AnalysisSettings
from analysis.threads import thread_messages
from analysis.topics import load_topics
from models.judgements import Ask, Commitment, Judgement, Reading, Thread
from models.records import Message
from models.store import Store


@dataclass(frozen=True, slots=True)
class Facts:
    """What judgements are derived from.

    Attributes:
        messages: with their new text; other texts are not needed.
        aliases: Message-ID to Message.id, for every stored copy.
        readings: by Message.id; a message without one has not been read.
        reader_version: of those readings.
    """

    messages: tuple[Message, ...]
    aliases: Mapping[str, str]
    readings: Mapping[str, Reading]
    reader_version: str = ""


@dataclass(frozen=True, slots=True)
class Derivation:
    """Everything derived as of a moment.

    Attributes:
        as_of: the moment.
        messages: up to it, in time order.
        threads: in the order of their first messages.
        directory: who is behind the addresses.
        readings: by Message.id.
        asks: traced, in the order of threads and of asking.
        judgements: one for each ask, in the same order.
        commitments: promises, in the order of threads and messages.
        context: what asks were traced with; judging them as of an earlier moment needs it.
        versions: "rules" and "reader", for the provenance of every derived row.
    """

    as_of: datetime
    messages: tuple[Message, ...]
    threads: tuple[Thread, ...]
    directory: Directory
    readings: Mapping[str, Reading]
    asks: tuple[Ask, ...]
    judgements: tuple[Judgement, ...]
    commitments: tuple[Commitment, ...]
    context: TraceContext = field(compare=False)
    versions: Mapping[str, str]


def derive(facts: Facts, settings: AnalysisSettings, as_of: datetime) -> Derivation:
    """Derive every judgement as of a moment.

    Args:
        facts: all of them; those after `as_of` make no difference.
        settings: the companies and the thresholds.
        as_of: an aware moment.
    """
    facts = facts_until(facts, as_of)
    directory = resolve(settings.organisations, facts.messages)
    threads = tuple(thread_messages(facts.messages, facts.aliases))
    conversations = tuple(_conversations(threads, facts))
    context = _context(facts, settings, directory, conversations)
    asks = tuple(ask for conversation in conversations for ask in trace_asks(conversation, context))
    return Derivation(
        as_of=as_of,
        messages=facts.messages,
        threads=threads,
        directory=directory,
        readings=facts.readings,
        asks=asks,
        judgements=tuple(judge(asks, as_of, context)),
        commitments=tuple(
            commitment for conversation in conversations for commitment in commitments_in(conversation, context)
        ),
        context=context,
        versions={"rules": rules_version(), "reader": facts.reader_version},
    )


def facts_until(facts: Facts, as_of: datetime) -> Facts:
    """The facts as they stood at a moment, messages in time order and once each."""
    unique = {message.id: message for message in facts.messages if message.at <= as_of}
    messages = tuple(sorted(unique.values(), key=lambda message: (message.at, message.id)))
    return replace(
        facts,
        messages=messages,
        aliases={name: identity for name, identity in facts.aliases.items() if identity in unique},
        readings={identity: reading for identity, reading in facts.readings.items() if identity in unique},
    )


def load_facts(store: Store, reader_version: str, until: datetime | None = None) -> Facts:
    """Load from the store what `derive` needs: messages with their new texts, and their readings of this version.

    Raises:
        StoreError: the store cannot be read.
    """
    headers, texts, hashes = store.headers(until), store.new_texts(), store.new_text_hashes()
    readings = store.readings(reader_version)
    return Facts(
        messages=tuple(replace(message, new_text=texts.get(message.id, "")) for message in headers),
        aliases=store.aliases(),
        readings={
            message.id: readings[hashes[message.id]] for message in headers if hashes.get(message.id) in readings
        },
        reader_version=reader_version,
    )


@cache
def rules_version() -> str:
    """Hash of the sources and tables of every rule outside the reader: a changed rule is a new version."""
    digest = sha256()
    for source in sorted(_sources(), key=lambda item: item.name):
        digest.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _sources() -> Iterator[Traversable]:
    for folder in (files("analysis"), files("analysis.ownership")):
        yield from (item for item in folder.iterdir() if item.name.endswith((".py", ".yaml", ".txt")))


def _conversations(threads: tuple[Thread, ...], facts: Facts) -> Iterator[Conversation]:
    messages = {message.id: message for message in facts.messages}
    for thread in threads:
        members = tuple(messages[identity] for identity in thread.message_ids)
        readings = {each: facts.readings[each] for each in thread.message_ids if each in facts.readings}
        yield Conversation(thread, members, readings)


def _context(
    facts: Facts, settings: AnalysisSettings, directory: Directory, conversations: tuple[Conversation, ...]
) -> TraceContext:
    threads = {message.id: item.thread.id for item in conversations for message in item.messages}
    context = TraceContext(
        directory=directory,
        clocks=ClockBook(load_topics(), settings.relationships),
        relationships=settings.relationships,
        settings=settings.ownership,
        aliases=facts.aliases,
        correspondence=Correspondence(facts.messages, threads, directory),
    )
    return replace(context, departures=departures_in(conversations, context))

"""Fills the frame of messages from facts: who wrote what to the other company, and when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

import pandas as pd

from analysis.frames import MESSAGES, Direction, PartyBook
from models.companies import Relationship
from models.judgements import Party, Thread
from models.records import Message
from models.vocabulary import AutoKind


@dataclass(frozen=True, slots=True)
class _Posting:
    """A human message with what the configuration knows of its two ends."""

    message: Message
    thread: str
    sender: Party
    recipients: tuple[Party, ...]


def messages_frame(
    messages: Iterable[Message],
    threads: Iterable[Thread],
    directory: PartyBook,
    relationships: Sequence[Relationship],
) -> pd.DataFrame:
    """Fill `MESSAGES` from people's messages; automatic ones, bounces and bulk mail are left out.

    A message counts as said to the other side where somebody of it is among the recipients, or where it goes
    to a mailing list of neither company and somebody of the other side has written in the thread before.

    Args:
        messages: facts, in any order; light ones (without text) will do.
        threads: conversations of these messages; a message of none is its own.
        directory: addresses to parties.
        relationships: whose mail to list.
    """
    thread_of = {message_id: thread.id for thread in threads for message_id in thread.message_ids}
    people = sorted((each for each in messages if each.auto is AutoKind.NONE), key=lambda each: (each.at, each.id))
    wrote: dict[str, set[str]] = {}
    rows: list[dict[str, Any]] = []
    for message in people:
        posting = _posting(message, thread_of.get(message.id, message.id), directory)
        before = wrote.setdefault(posting.thread, set())
        rows += _message_rows(posting, before, relationships)
        before.add(posting.sender.organisation)
    return MESSAGES.build(rows)


def _posting(message: Message, thread: str, directory: PartyBook) -> _Posting:
    parties = {party.id: party for party in (directory.party(each.address) for each in message.recipients)}
    return _Posting(message, thread, directory.party(message.sender.address), tuple(parties.values()))


def _message_rows(
    posting: _Posting, before: set[str], relationships: Sequence[Relationship]
) -> Iterable[dict[str, Any]]:
    companies = {company for each in relationships for company in (each.client, each.cmo)}
    neutral_list = any(party.is_group and party.organisation not in companies for party in posting.recipients)
    for relationship in relationships:
        for direction in Direction:
            source, target = direction.ends(relationship)
            reached = sum(party.organisation == target for party in posting.recipients)
            if posting.sender.organisation == source and (reached or (neutral_list and target in before)):
                yield _message_row(posting, relationship, direction, reached)


def _message_row(posting: _Posting, relationship: Relationship, direction: Direction, reached: int) -> dict[str, Any]:
    return {
        "id": posting.message.id,
        "thread_id": posting.thread,
        "relationship": relationship.id,
        "direction": direction.value,
        "at": posting.message.at.astimezone(UTC),
        "sender": posting.sender.id,
        "sender_is_person": not posting.sender.is_group,
        "recipients": reached,
    }

"""Orphans of threading: messages whose references lead to nobody, joined by Thread-Index or by subject and people.

`analysis.threads` says why these links are weaker, and that they go backwards in time only.
"""

import base64
import binascii
from collections.abc import Iterator
from datetime import datetime, timedelta

from analysis.subjects import Subject, read_subject
from models.records import Message
from models.vocabulary import RecipientKind

SUBJECT_WINDOW = timedelta(days=30)
"""How far back the subject may join a reply to a message."""

_INDEX_HEADER = 22
_VISIBLE = frozenset({RecipientKind.TO, RecipientKind.CC})


def place(message: Message) -> tuple[datetime, str]:
    """Give a message's place in time order; the id decides between two of one instant."""
    return (message.at, message.id)


class WeakerLinks:
    """What earlier messages leave behind for orphans to be joined by."""

    def __init__(self) -> None:
        self._by_index: dict[bytes, Message] = {}
        self._by_message_id: dict[tuple[str, str], str] = {}
        self._took_part: dict[tuple[str, str], Message] = {}
        self._wrote: dict[tuple[str, str], Message] = {}

    def follow(self, message: Message, *, orphan: bool) -> str | None:
        """Find the earlier message that an orphan belongs to; called in time order, remembers each."""
        subject = read_subject(message.subject)
        index = _thread_index(message)
        earlier = self._earlier(message, subject, index) if orphan else None
        self._remember(message, subject, index)
        return earlier

    def _earlier(self, message: Message, subject: Subject, index: bytes) -> str | None:
        # Each reply adds five bytes; without any, an index begins a conversation or comes from a template.
        continued = self._by_index.get(index[:_INDEX_HEADER]) if len(index) > _INDEX_HEADER else None
        if continued and (_continues(message, subject) or _recent(continued, message)):
            return continued.id
        twin = self._by_message_id.get((message.message_id, subject.base)) if message.message_id else None
        return twin or self._by_subject(message, subject)

    def _by_subject(self, message: Message, subject: Subject) -> str | None:
        if not subject.base or not _continues(message, subject):
            return None
        earlier = max(self._candidates(message, subject.base), key=place, default=None)
        if earlier is None or not _recent(earlier, message) or _is_repeated_forward(earlier, message):
            return None
        return earlier.id

    def _candidates(self, message: Message, base: str) -> Iterator[Message]:
        """Give the latest messages that the sender had part in, or that somebody now written to wrote."""
        keys = [(self._took_part, message.sender.address)]
        keys += [(self._wrote, address) for address in _participants(message)]
        for table, address in keys:
            if address and (base, address) in table:
                yield table[base, address]

    def _remember(self, message: Message, subject: Subject, index: bytes) -> None:
        if len(index) >= _INDEX_HEADER:
            self._by_index[index[:_INDEX_HEADER]] = message
        self._by_message_id.setdefault((message.message_id, subject.base), message.id)
        self._wrote[subject.base, message.sender.address] = message
        for address in _participants(message):
            self._took_part[subject.base, address] = message


def _continues(message: Message, subject: Subject) -> bool:
    """The message says of itself that it answers or passes on another."""
    return bool(subject.is_reply or subject.is_forward or message.in_reply_to or message.references)


def _recent(earlier: Message, message: Message) -> bool:
    return message.at - earlier.at <= SUBJECT_WINDOW


def _is_repeated_forward(earlier: Message, message: Message) -> bool:
    """Somebody who forwards under one subject again (a weekly invitation) begins anew each time."""
    subjects = read_subject(earlier.subject), read_subject(message.subject)
    forwards = all(subject.is_forward and not subject.is_reply for subject in subjects)
    return forwards and earlier.sender.address == message.sender.address


def _participants(message: Message) -> Iterator[str]:
    yield message.sender.address
    for recipient in message.recipients:
        if recipient.kind in _VISIBLE and not recipient.via:
            yield recipient.address


def _thread_index(message: Message) -> bytes:
    try:
        return base64.b64decode(message.thread_index)
    except (binascii.Error, ValueError):
        return b""

"""Mail beside an ask's own thread that may answer it: from the obliged side to the asker, about the same record.

The sign is a record number ("DEV-2024-013", "PO 4500123456") that stands in both; it only ever makes a
question of an open ask.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from analysis.parties import Directory
from models.judgements import Ask, Evidence
from models.records import Message
from models.vocabulary import AutoKind

RECORD = re.compile(
    r"\b([A-Z]{2,6}[-#]\d{2,}(?:[-/]\d+)*|(?:PO|SO|LOT|BATCH)[ #:-]{1,2}[A-Z]{0,3}\d{3,})\b", re.IGNORECASE
)
SEPARATORS = re.compile(r"[\s#:/-]+")
CONFIDENCE = 0.4


class Correspondence:
    """All human mail by writing organisation and record number."""

    def __init__(self, messages: Sequence[Message], threads: Mapping[str, str], directory: Directory) -> None:
        """Index the mail.

        Args:
            messages: in time order.
            threads: Message.id to thread id.
            directory: addresses to people and organisations.
        """
        self._threads = threads
        self._directory = directory
        self._records: dict[str, frozenset[str]] = {}
        self._by_record: defaultdict[tuple[str, str], list[Message]] = defaultdict(list)
        for message in messages:
            if message.auto is AutoKind.NONE:
                self._index(message)

    def beside(self, ask: Ask, as_of: datetime) -> tuple[Evidence, ...]:
        """Messages of the obliged side to the asker in other threads after the ask that share its record number."""
        if not ask.obliged or ask.internal:
            return ()
        later = {
            message.id: message
            for record in sorted(self._records.get(ask.message_id, frozenset()))
            for message in self._by_record[ask.obliged, record]
            if ask.asked_at < message.at <= as_of and self._threads.get(message.id) != ask.thread_id
        }
        found = sorted(later.values(), key=lambda message: (message.at, message.id))
        return tuple(_evidence(message) for message in found if self._reaches(message, ask.asker))

    def _index(self, message: Message) -> None:
        records = records_in(f"{message.subject}\n{message.new_text}")
        if records:
            self._records[message.id] = records
            organisation = self._directory.party(message.sender.address).organisation
            for record in records:
                self._by_record[organisation, record].append(message)

    def _reaches(self, message: Message, person: str) -> bool:
        return any(self._directory.party(recipient.address).id == person for recipient in message.recipients)


def records_in(text: str) -> frozenset[str]:
    """Record numbers in a text, written in one way: "DEV-2024-013", "po 4500123456" -> "PO-4500123456"."""
    return frozenset(SEPARATORS.sub("-", found[1].upper()) for found in RECORD.finditer(text))


def _evidence(message: Message) -> Evidence:
    return Evidence(message_id=message.id, rule="same_record_elsewhere", confidence=CONFIDENCE, quote=message.subject)

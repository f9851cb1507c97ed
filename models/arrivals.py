"""Arrivals into facts: decides each copy's outcome and writes message and ledger rows together.

The caller holds one write transaction around `record`; there is no state between "not there" and "there with
its ledger row".
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection

from models import ledger, recipient_copies
from models.compression import packer
from models.facts import Bearer, MessageRows, alias_of, bearers, known_messages, message_rows, put_aliases
from models.left_out import GONE, reason_code
from models.polls import Arrival, LedgerEntry, LedgerKey
from models.records import Message, Problem
from models.rows import insert_all
from models.schema import attachments, messages, raw_messages, recipients
from models.vocabulary import Keep, Outcome


@dataclass(slots=True)
class _Batch:
    """What is known before the batch, and what it adds."""

    keep: Keep
    entries: dict[LedgerKey, LedgerEntry]
    known: set[str]
    bearers: dict[str, Bearer]
    with_bytes: set[LedgerKey]
    written: dict[LedgerKey, LedgerEntry] = field(default_factory=dict)
    replaced: list[LedgerKey] = field(default_factory=list)
    messages: list[MessageRows] = field(default_factory=list)
    raw: list[dict[str, Any]] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    quarantine: dict[LedgerKey, bytes] = field(default_factory=dict)
    pack: Callable[[bytes], bytes] = field(default_factory=packer)
    copies: defaultdict[str, list[Message]] = field(default_factory=lambda: defaultdict(list))


def record(connection: Connection, run: int, arrivals: Sequence[Arrival], keep: Keep) -> tuple[LedgerEntry, ...]:
    """Record the arrivals and return each one's entry, in order.

    A stored copy and a duplicate stay what they are; one in quarantine or out of scope takes the outcome of the new
    attempt, save that an attempt which got no bytes takes no kept bytes away, and that a copy which is gone by now
    stays out of scope.
    """
    arrivals = [replace(arrival, key=ledger.clean_key(arrival.key)) for arrival in arrivals]
    batch = _batch(connection, arrivals, keep)
    recorded = tuple(_take(batch, arrival) for arrival in arrivals)
    _write(connection, run, batch)
    return recorded


def _batch(connection: Connection, arrivals: Iterable[Arrival], keep: Keep) -> _Batch:
    parsed = [arrival.parsed.message for arrival in arrivals if arrival.parsed and arrival.parsed.message]
    entries = ledger.entries(connection, [arrival.key for arrival in arrivals])
    quarantined = [key for key, entry in entries.items() if entry.outcome is Outcome.QUARANTINED]
    return _Batch(
        keep=keep,
        entries=entries,
        known=known_messages(connection, [message.id for message in parsed]),
        bearers=bearers(connection, [message.message_id for message in parsed]),
        with_bytes=ledger.with_bytes(connection, quarantined),
    )


def _take(batch: _Batch, arrival: Arrival) -> LedgerEntry:
    before = batch.entries.get(arrival.key)
    if before is not None and _stays(batch, before, arrival):
        return before
    entry = _judge(batch, arrival)
    if before is not None:
        entry = _again(before, entry)
        batch.replaced.append(arrival.key)
    batch.entries[arrival.key] = batch.written[arrival.key] = entry
    return entry


def _stays(batch: _Batch, before: LedgerEntry, arrival: Arrival) -> bool:
    if before.outcome is Outcome.OUT_OF_SCOPE:
        return reason_code(arrival.reason) == GONE
    if before.outcome is Outcome.QUARANTINED:
        has_bytes = arrival.key in batch.with_bytes or arrival.key in batch.quarantine
        return has_bytes and arrival.parsed is None and not arrival.out_of_scope
    return True


def _again(before: LedgerEntry, entry: LedgerEntry) -> LedgerEntry:
    """The entry of another attempt, which need not know what the mailbox told before."""
    return replace(
        entry,
        attempts=before.attempts + 1,
        internal_at=entry.internal_at or before.internal_at,
        size_bytes=entry.size_bytes or before.size_bytes,
    )


def _judge(batch: _Batch, arrival: Arrival) -> LedgerEntry:
    if arrival.out_of_scope:
        batch.quarantine.pop(arrival.key, None)
        return _entry(arrival, Outcome.OUT_OF_SCOPE, None)
    message = arrival.parsed.message if arrival.parsed else None
    if message is None:
        return _quarantine(batch, arrival)
    batch.quarantine.pop(arrival.key, None)
    _add_alias(batch, message)
    if message.id in batch.known:
        batch.copies[message.id].append(message)
        return _entry(arrival, Outcome.DUPLICATE, message.id)
    return _store(batch, arrival, message)


def _store(batch: _Batch, arrival: Arrival, message: Message) -> LedgerEntry:
    batch.known.add(message.id)
    batch.messages.append(message_rows(message, batch.keep))
    if batch.keep is Keep.RAW:
        batch.raw.append({"message_id": message.id, "content": batch.pack(arrival.raw)})
    return _entry(arrival, Outcome.STORED, message.id)


def _quarantine(batch: _Batch, arrival: Arrival) -> LedgerEntry:
    if batch.keep is not Keep.METADATA and arrival.parsed is not None:
        batch.quarantine[arrival.key] = batch.pack(arrival.raw)
    problems = arrival.parsed.problems if arrival.parsed else ()
    # the last problem is the one that the parser gave up at, and a reason begins with its code
    reason = arrival.reason or "; ".join(map(_words, reversed(problems))) or "unknown"
    return replace(_entry(arrival, Outcome.QUARANTINED, None), reason=reason)


def _words(problem: Problem) -> str:
    return f"{problem.code}: {problem.detail}" if problem.detail else problem.code


def _add_alias(batch: _Batch, message: Message) -> None:
    """Of different messages under one Message-ID the earliest bears it, in whatever order they come."""
    alias = alias_of(message)
    bearer = batch.bearers.get(alias)
    if not alias or (bearer and (bearer[1] == message.id or bearer < (message.at, message.id))):
        return
    batch.bearers[alias] = (message.at, message.id)
    batch.aliases[alias] = message.id


def _entry(arrival: Arrival, outcome: Outcome, message: str | None) -> LedgerEntry:
    return LedgerEntry(
        key=arrival.key,
        outcome=outcome,
        message=message,
        reason=arrival.reason,
        internal_at=arrival.internal_at,
        size_bytes=len(arrival.raw) or arrival.size_bytes,
    )


def _write(connection: Connection, run: int, batch: _Batch) -> None:
    insert_all(connection, messages, [rows.message for rows in batch.messages])
    insert_all(connection, recipients, [row for rows in batch.messages for row in rows.recipients])
    insert_all(connection, attachments, [row for rows in batch.messages for row in rows.attachments])
    insert_all(connection, raw_messages, batch.raw)
    put_aliases(connection, batch.aliases)
    recipient_copies.add(connection, batch.copies)
    ledger.append(connection, run, list(batch.written.values()), batch.quarantine, batch.replaced)

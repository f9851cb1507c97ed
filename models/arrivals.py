"""Arrivals into facts: decides each copy's outcome and writes message and ledger rows together.

The caller holds one write transaction around `record`; there is no state between "not there" and "there with
its ledger row".
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection

from models import ledger
from models.facts import MessageRows, alias_of, known_aliases, known_messages, message_rows
from models.records import Arrival, LedgerEntry, LedgerKey, Message, Problem
from models.rows import insert_all
from models.schema import attachments, message_ids, messages, raw_messages, recipients
from models.vocabulary import Keep, Outcome

_LEVEL = 6


@dataclass(slots=True)
class _Batch:
    """What is known before the batch, and what it adds."""

    keep: Keep
    entries: dict[LedgerKey, LedgerEntry]
    known: set[str]
    aliases: set[str]
    written: dict[LedgerKey, LedgerEntry] = field(default_factory=dict)
    replaced: list[LedgerKey] = field(default_factory=list)
    messages: list[MessageRows] = field(default_factory=list)
    raw: list[dict[str, Any]] = field(default_factory=list)
    alias_rows: list[dict[str, str]] = field(default_factory=list)
    quarantine: dict[LedgerKey, bytes] = field(default_factory=dict)


def record(connection: Connection, run: int, arrivals: Sequence[Arrival], keep: Keep) -> tuple[LedgerEntry, ...]:
    """Record the arrivals and return each one's entry, in order.

    A copy that has an outcome keeps it, save that a quarantined one takes the outcome of the new attempt.
    """
    arrivals = [replace(arrival, key=ledger.clean_key(arrival.key)) for arrival in arrivals]
    batch = _batch(connection, arrivals, keep)
    recorded = tuple(_take(batch, arrival) for arrival in arrivals)
    _write(connection, run, batch)
    return recorded


def _batch(connection: Connection, arrivals: Iterable[Arrival], keep: Keep) -> _Batch:
    parsed = [arrival.parsed.message for arrival in arrivals if arrival.parsed and arrival.parsed.message]
    return _Batch(
        keep=keep,
        entries=ledger.entries(connection, [arrival.key for arrival in arrivals]),
        known=known_messages(connection, [message.id for message in parsed]),
        aliases=known_aliases(connection, [message.message_id for message in parsed]),
    )


def _take(batch: _Batch, arrival: Arrival) -> LedgerEntry:
    before = batch.entries.get(arrival.key)
    if before is not None and before.outcome is not Outcome.QUARANTINED:
        return before
    entry = _judge(batch, arrival)
    if before is not None:
        entry = replace(entry, attempts=before.attempts + 1)
        batch.replaced.append(arrival.key)
    batch.entries[arrival.key] = batch.written[arrival.key] = entry
    return entry


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
        return _entry(arrival, Outcome.DUPLICATE, message.id)
    return _store(batch, arrival, message)


def _store(batch: _Batch, arrival: Arrival, message: Message) -> LedgerEntry:
    batch.known.add(message.id)
    batch.messages.append(message_rows(message, batch.keep))
    if batch.keep is Keep.RAW:
        batch.raw.append({"message_id": message.id, "content": zlib.compress(arrival.raw, _LEVEL)})
    return _entry(arrival, Outcome.STORED, message.id)


def _quarantine(batch: _Batch, arrival: Arrival) -> LedgerEntry:
    if batch.keep is not Keep.METADATA:
        batch.quarantine[arrival.key] = zlib.compress(arrival.raw, _LEVEL)
    problems = arrival.parsed.problems if arrival.parsed else ()
    reason = arrival.reason or "; ".join(map(_words, problems)) or "unknown"
    return replace(_entry(arrival, Outcome.QUARANTINED, None), reason=reason)


def _words(problem: Problem) -> str:
    return f"{problem.code}: {problem.detail}" if problem.detail else problem.code


def _add_alias(batch: _Batch, message: Message) -> None:
    alias = alias_of(message)
    if alias and alias not in batch.aliases:
        batch.aliases.add(alias)
        batch.alias_rows.append({"alias": alias, "message_id": message.id})


def _entry(arrival: Arrival, outcome: Outcome, message: str | None) -> LedgerEntry:
    return LedgerEntry(
        key=arrival.key,
        outcome=outcome,
        message=message,
        reason=arrival.reason,
        internal_at=arrival.internal_at,
        size_bytes=len(arrival.raw),
    )


def _write(connection: Connection, run: int, batch: _Batch) -> None:
    insert_all(connection, messages, [rows.message for rows in batch.messages])
    insert_all(connection, recipients, [row for rows in batch.messages for row in rows.recipients])
    insert_all(connection, attachments, [row for rows in batch.messages for row in rows.attachments])
    insert_all(connection, raw_messages, batch.raw)
    insert_all(connection, message_ids, batch.alias_rows)
    ledger.append(connection, run, list(batch.written.values()), batch.quarantine, batch.replaced)

"""The poll ledger: what became of every copy that a server listed, one row each, none lost."""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, select, tuple_

from models.records import FolderLedger, LedgerEntry, LedgerKey
from models.rows import chunks, clean, insert_all
from models.schema import ledger, quarantine
from models.storable_text import storable
from models.vocabulary import Outcome

_KEY = ("account", "folder", "uidvalidity", "uid")


def clean_key(key: LedgerKey) -> LedgerKey:
    """The key as the ledger keeps it."""
    return LedgerKey(storable(key.account), storable(key.folder), key.uidvalidity, key.uid)


def folder_ledgers(connection: Connection, account: str, folder: str) -> tuple[FolderLedger, ...]:
    """One per UIDVALIDITY ever seen; the one that was written to last stands last."""
    query = (
        select(ledger.c.uidvalidity, ledger.c.uid, ledger.c.run)
        .where(ledger.c.account == storable(account), ledger.c.folder == storable(folder))
        .order_by(ledger.c.uidvalidity)
    )
    uids: defaultdict[int, set[int]] = defaultdict(set)
    last_run: dict[int, int] = {}
    for uidvalidity, uid, run in connection.execute(query):
        uids[uidvalidity].add(uid)
        last_run[uidvalidity] = max(run, last_run.get(uidvalidity, run))
    newest_last = sorted(uids, key=lambda uidvalidity: (last_run[uidvalidity], uidvalidity))
    return tuple(FolderLedger(folder, uidvalidity, frozenset(uids[uidvalidity])) for uidvalidity in newest_last)


def entries(connection: Connection, keys: Iterable[LedgerKey]) -> dict[LedgerKey, LedgerEntry]:
    """The entries that exist for these keys."""
    found = {}
    for (account, folder, uidvalidity), uids in _by_folder(keys).items():
        for some in chunks(uids):
            query = select(ledger).where(
                ledger.c.account == account,
                ledger.c.folder == folder,
                ledger.c.uidvalidity == uidvalidity,
                ledger.c.uid.in_(some),
            )
            found.update({entry.key: entry for entry in _entries(connection, query)})
    return found


def quarantined(connection: Connection) -> list[LedgerEntry]:
    """Every copy in quarantine, by key."""
    query = select(ledger).where(ledger.c.outcome == Outcome.QUARANTINED)
    return _entries(connection, query.order_by(*ledger.primary_key.columns))


def outcomes(connection: Connection, account: str | None) -> dict[tuple[str, Outcome], int]:
    """How many copies of each account had each outcome."""
    query = select(ledger.c.account, ledger.c.outcome, func.count()).group_by(ledger.c.account, ledger.c.outcome)
    if account is not None:
        query = query.where(ledger.c.account == storable(account))
    rows = connection.execute(query.order_by(ledger.c.account, ledger.c.outcome))
    return {(name, outcome): count for name, outcome, count in rows}


def quarantined_raw(connection: Connection, key: LedgerKey) -> bytes | None:
    """The bytes of a copy in quarantine, None where they were not kept."""
    same = [quarantine.c[name] == value for name, value in _key_row(clean_key(key)).items()]
    content = connection.execute(select(quarantine.c.content).where(*same)).scalar()
    return None if content is None else zlib.decompress(content)


def append(
    connection: Connection,
    run: int,
    written: Sequence[LedgerEntry],
    quarantine_contents: dict[LedgerKey, bytes],
    replaced: Sequence[LedgerKey],
) -> None:
    """Write entries; rows under the keys `replaced` (quarantined before) make room first."""
    _remove(connection, replaced)
    insert_all(connection, ledger, [_entry_row(entry, run) for entry in written])
    insert_all(
        connection,
        quarantine,
        [{**_key_row(key), "content": content} for key, content in quarantine_contents.items()],
    )


def _remove(connection: Connection, keys: Sequence[LedgerKey]) -> None:
    for some in chunks(keys):
        for table in (quarantine, ledger):
            columns = tuple_(*[table.c[name] for name in _KEY])
            values = [tuple(_key_row(key).values()) for key in some]
            connection.execute(delete(table).where(columns.in_(values)))


def _by_folder(keys: Iterable[LedgerKey]) -> dict[tuple[str, str, int], list[int]]:
    folders: defaultdict[tuple[str, str, int], list[int]] = defaultdict(list)
    for key in keys:
        folders[key.account, key.folder, key.uidvalidity].append(key.uid)
    return folders


def _entries(connection: Connection, query: Select[Any]) -> list[LedgerEntry]:
    return [_entry(row) for row in connection.execute(query)]


def _entry(row: Row[Any]) -> LedgerEntry:
    return LedgerEntry(
        key=LedgerKey(row.account, row.folder, row.uidvalidity, row.uid),
        outcome=row.outcome,
        message=row.message_id,
        reason=row.reason,
        internal_at=row.internal_at,
        size_bytes=row.size_bytes,
        attempts=row.attempts,
    )


def _entry_row(entry: LedgerEntry, run: int) -> dict[str, Any]:
    return {
        **_key_row(entry.key),
        "outcome": entry.outcome,
        "message_id": entry.message,
        "reason": clean(entry.reason),
        "internal_at": entry.internal_at,
        "size_bytes": entry.size_bytes,
        "attempts": entry.attempts,
        "run": run,
    }


def _key_row(key: LedgerKey) -> dict[str, Any]:
    return {name: getattr(key, name) for name in _KEY}

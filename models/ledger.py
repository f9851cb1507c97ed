"""The poll ledger: what became of every copy that a server listed, one row each, none lost."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, select, tuple_

from models.compression import unpack
from models.polls import FolderLedger, LedgerEntry, LedgerKey
from models.rows import chunks, clean, insert_all
from models.schema import ledger, quarantine
from models.storable_text import storable
from models.vocabulary import Outcome

_KEY = ("account", "folder", "uidvalidity", "uid")


def clean_key(key: LedgerKey) -> LedgerKey:
    """The key as the ledger keeps it."""
    return LedgerKey(storable(key.account), storable(key.folder), key.uidvalidity, key.uid)


def folder_ledger(
    connection: Connection, account: str, folder: str, uidvalidity: int, first_uid: int, *, look_again: bool
) -> FolderLedger:
    """The UIDs with an outcome from `first_uid` on; with `look_again`, which of them were out of scope."""
    query = select(ledger.c.uid).where(
        ledger.c.account == storable(account),
        ledger.c.folder == storable(folder),
        ledger.c.uidvalidity == uidvalidity,
        ledger.c.uid >= first_uid,
    )
    uids = frozenset(connection.execute(query).scalars())
    left_out = query.where(ledger.c.outcome == Outcome.OUT_OF_SCOPE) if look_again else None
    again = frozenset() if left_out is None else frozenset(connection.execute(left_out).scalars())
    return FolderLedger(folder, uidvalidity, uids, again)


def numberings(connection: Connection, account: str, folder: str) -> dict[int, int]:
    """UIDVALIDITY -> copies with an outcome, of each numbering of a folder; the one written to last stands last."""
    query = (
        select(ledger.c.uidvalidity, func.count())
        .where(ledger.c.account == storable(account), ledger.c.folder == storable(folder))
        .group_by(ledger.c.uidvalidity)
        .order_by(func.max(ledger.c.run), ledger.c.uidvalidity)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def folders(connection: Connection, account: str) -> list[str]:
    """The folders of an account that the ledger has rows of.

    Leaps from name to name along the primary key, since there may be ten thousand rows of each.
    """
    of_account = select(func.min(ledger.c.folder).label("folder")).where(ledger.c.account == storable(account))
    leap = of_account.cte("leap", recursive=True)
    following = of_account.where(ledger.c.folder > leap.c.folder).correlate(leap).scalar_subquery()
    leap = leap.union_all(select(following).where(leap.c.folder.is_not(None)))
    return list(connection.execute(select(leap.c.folder).where(leap.c.folder.is_not(None))).scalars())


def retriable(connection: Connection, account: str, reason: str, attempts: int) -> list[LedgerKey]:
    """Copies in quarantine for a reason that begins so, after fewer attempts than these."""
    query = select(*ledger.primary_key.columns).where(
        ledger.c.outcome == Outcome.QUARANTINED,
        ledger.c.account == storable(account),
        ledger.c.reason.startswith(reason, autoescape=True),
        ledger.c.attempts < attempts,
    )
    return [LedgerKey(*row) for row in connection.execute(query)]


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
    return None if content is None else unpack(content)


def with_bytes(connection: Connection, keys: Iterable[LedgerKey]) -> set[LedgerKey]:
    """Those of the keys that are in quarantine with their bytes."""
    found: set[LedgerKey] = set()
    for (account, folder, uidvalidity), uids in _by_folder(keys).items():
        for some in chunks(uids):
            query = select(quarantine.c.uid).where(
                quarantine.c.account == account,
                quarantine.c.folder == folder,
                quarantine.c.uidvalidity == uidvalidity,
                quarantine.c.uid.in_(some),
            )
            found.update(LedgerKey(account, folder, uidvalidity, uid) for uid in connection.execute(query).scalars())
    return found


def append(
    connection: Connection,
    run: int,
    written: Sequence[LedgerEntry],
    quarantine_contents: dict[LedgerKey, bytes],
    replaced: Sequence[LedgerKey],
) -> None:
    """Write entries; rows under the keys `replaced` (quarantined or out of scope before) make room first."""
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

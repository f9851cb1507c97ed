"""The quarantine: copies of mail that could not be kept as messages, why, and trying again."""

import sys
from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from liaison.output import console, print_json, printable, rfc3339
from models.errors import UsageError
from models.left_out import in_words, reason_code

if TYPE_CHECKING:
    from liaison.config import Config
    from models.polls import LedgerEntry, LedgerKey
    from models.store import Store

KEY_DIGITS = 10
HEADER_LINES = 40


def short_key(key: "LedgerKey") -> str:
    """A name for a copy that can be typed: the first digits of a hash over its place."""
    place = "\0".join((key.account, key.folder, str(key.uidvalidity), str(key.uid)))
    return sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:KEY_DIGITS]


def show_list(config: "Config", *, mailbox: str | None, reason: str | None, json: bool) -> None:
    """Print every copy in quarantine, of one mailbox or one reason where they are given."""
    with _opened(config) as store:
        entries = [entry for entry in store.quarantined() if _wanted(entry, mailbox, reason)]
    if json:
        print_json({"quarantined": [_entry_json(entry) for entry in entries]})
        return
    _print_list(entries)


def show_one(config: "Config", key: str, *, raw: bool, json: bool) -> None:
    """Print what is known of one copy; with `raw`, its bytes and nothing else.

    Raises:
        UsageError: no copy has this key, or its bytes were not kept.
    """
    with _opened(config) as store:
        entry = find_entry(store, key)
        content = store.quarantined_raw(entry.key)
    if raw:
        _write_raw(key, content)
    elif json:
        print_json(_entry_json(entry) | {"header": _header(content)})
    else:
        _print_one(entry, content)


def find_entry(store: "Store", key: str) -> "LedgerEntry":
    """The one copy in quarantine whose key begins so.

    Raises:
        UsageError: none does, or several do.
    """
    found = [entry for entry in store.quarantined() if short_key(entry.key).startswith(key.lower())]
    if len(found) != 1:
        said = "no copy in quarantine has this key" if not found else f"{len(found)} copies begin so"
        raise UsageError(f"{key}: {said}", "type: liaison quarantine list")
    return found[0]


def _opened(config: "Config") -> "Store":
    from models.store import Store

    return Store.open(config.store, config.keep)


def _wanted(entry: "LedgerEntry", mailbox: str | None, reason: str | None) -> bool:
    return mailbox in (None, entry.key.account) and reason in (None, reason_code(entry.reason))


def _print_list(entries: Sequence["LedgerEntry"]) -> None:
    from rich.table import Table

    out = console()
    if not entries:
        out.print("Nothing is in quarantine.")
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("key", "mailbox", "folder", "arrived", "bytes", "tried", "reason"):
        table.add_column(heading, justify="right" if heading in ("bytes", "tried") else "left")
    for entry in entries:
        arrived = rfc3339(entry.internal_at)[:10] if entry.internal_at else ""
        place = (short_key(entry.key), entry.key.account, entry.key.folder)
        table.add_row(*place, arrived, f"{entry.size_bytes:,}", str(entry.attempts), entry.reason)
    out.print(table)
    out.print(
        f"{len(entries)} in quarantine. Look at one: liaison quarantine show KEY. Again: liaison quarantine retry"
    )


def _print_one(entry: "LedgerEntry", content: bytes | None) -> None:
    from ingest.numberings import told

    out = console()
    key = entry.key
    out.print(f"key       {short_key(key)}")
    out.print(f"place     {key.account} / {key.folder}, UIDVALIDITY {told(key.uidvalidity)}, UID {key.uid}")
    out.print(f"arrived   {rfc3339(entry.internal_at) if entry.internal_at else 'unknown'}")
    out.print(f"size      {entry.size_bytes:,} bytes{'' if content else ', not kept'}")
    out.print(f"tried     {entry.attempts} times" if entry.attempts > 1 else "tried     once")
    out.print(f"reason    {entry.reason}")
    out.print(f"          {in_words(entry.reason)}")
    for line in _header(content):
        out.print(f"  | {line}", soft_wrap=True)


def _header(content: bytes | None) -> list[str]:
    """The first lines of a header section as far as they can be read; none where there are no bytes."""
    head = (content or b"")[:8192].replace(b"\r\n", b"\n").lstrip(b"\n").partition(b"\n\n")[0]
    lines = head.decode("utf-8", "replace").split("\n")[:HEADER_LINES]
    return [printable(line)[:200] for line in lines if line.strip()]


def _write_raw(key: str, content: bytes | None) -> None:
    if not content:
        raise UsageError(f"{key}: its bytes are not kept", "look at it in the mailbox itself")
    sys.stdout.buffer.write(content)
    sys.stdout.flush()


def _entry_json(entry: "LedgerEntry") -> dict[str, Any]:
    from ingest.numberings import told

    key = entry.key
    return {
        "key": short_key(key),
        "mailbox": key.account,
        "folder": key.folder,
        "uidvalidity": told(key.uidvalidity),
        "uid": key.uid,
        "arrived": entry.internal_at and rfc3339(entry.internal_at),
        "bytes": entry.size_bytes,
        "attempts": entry.attempts,
        "reason": entry.reason,
        "meaning": in_words(entry.reason),
    }

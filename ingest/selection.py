"""Which mail a mailbox is read for: whose (domains, their sub-domains, single addresses) and of which days."""

from collections.abc import Iterable
from datetime import UTC
from hashlib import sha256

from ingest.settings import Selection
from models.records import Message


def left_out(message: Message, selection: Selection) -> str:
    """Why a message is not to be kept, "" where it is."""
    day = message.at.astimezone(UTC).date()
    if selection.since is not None and day < selection.since:
        return before_window(selection)
    if selection.until is not None and day > selection.until:
        return f"after {selection.until.isoformat()}"
    addresses = (message.sender.address, *(recipient.address for recipient in message.recipients))
    return "" if selection.scope is None or _any_in(addresses, selection.scope) else "organisations"


def before_window(selection: Selection) -> str:
    """Why mail of before the first day is not kept."""
    return f"before {selection.since.isoformat()}" if selection.since else ""


def fingerprint(selection: Selection) -> str:
    """A hash that is the same for the same selection, in whatever order its scope was written."""
    scope = ("everybody",) if selection.scope is None else ("only", *sorted(selection.scope))
    return sha256("\n".join((*scope, str(selection.since), str(selection.until))).encode()).hexdigest()


def _any_in(addresses: Iterable[str], scope: frozenset[str]) -> bool:
    return any(_is_in(address, scope) for address in addresses)


def _is_in(address: str, scope: frozenset[str]) -> bool:
    labels = address.rpartition("@")[2].split(".")
    return address in scope or any(".".join(labels[start:]) in scope for start in range(len(labels)))

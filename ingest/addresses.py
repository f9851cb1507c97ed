"""From, To, Cc, Bcc and Reply-To as addresses, with From mended where a mailing list rewrote it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from email.message import Message as MimeMessage
from typing import Any

from models.records import NamedAddress, Problem, Recipient
from models.storable_text import storable
from models.vocabulary import RecipientKind

_KINDS = (("to", RecipientKind.TO), ("cc", RecipientKind.CC), ("bcc", RecipientKind.BCC))
_LOOKS_LIKE_ADDRESS = re.compile(r"[^\s<>@,;:\"'()\[\]\\]{1,64}@(?:[\w-]{1,63}\.){1,8}[\w-]{1,63}")
_VIA_LIST = re.compile(r"^[\"']*(?P<name>.{1,200}?)[\"']*\s+via\s+\S.{0,200}$", re.IGNORECASE | re.DOTALL)
_LIST_ID = re.compile(r"<([^<>\s]{1,250})>")


def read_addresses(parser: Any, field: str) -> list[NamedAddress]:  # mail-parser has no types
    """Addresses of a header field, in order; what mail-parser gave up on is searched for an address."""
    pairs: Iterable[tuple[str, str]] = getattr(parser, field.replace("-", "_") + "_")
    found = [_named(name, address) for name, address in pairs]
    for defect in _given_up(parser, field):
        found += [NamedAddress(_address(text)) for text in _LOOKS_LIKE_ADDRESS.findall(defect["raw"])]
    return found


def _given_up(parser: Any, field: str) -> list[Mapping[str, Any]]:  # mail-parser has no types
    defects: Sequence[Mapping[str, Any]] = parser.address_header_defects
    return [defect for defect in defects if defect["header"] == field and not defect["recovered"]]


def address_problems(parser: Any) -> tuple[Problem, ...]:  # mail-parser has no types
    """Address fields with items that could not be read as they stand."""
    fields = sorted({defect["header"] for defect in parser.address_header_defects if not defect["recovered"]})
    return tuple(Problem("address_unreadable", field) for field in fields)


def read_recipients(parser: Any) -> tuple[Recipient, ...]:  # mail-parser has no types
    """To, Cc and Bcc, each address once, where it stands first."""
    recipients: dict[str, Recipient] = {}
    for field, kind in _KINDS:
        for named in read_addresses(parser, field):
            if named.address:
                recipients.setdefault(named.address, Recipient(named.address, named.display_name, kind))
    return tuple(recipients.values())


def read_sender(parser: Any, mime: MimeMessage, list_address: str) -> NamedAddress:  # as above
    """The author: From, mended where a list put itself there; else Sender or Return-Path; else empty."""
    for found in (read_addresses(parser, "from"), _plain(mime, "sender"), _plain(mime, "return-path")):
        if found:
            return _mended(found[0], parser, mime, list_address)
    return NamedAddress("")


def read_list_id(mime: MimeMessage) -> str:
    """List-Id (RFC 2919), else the list's address, in lower case; "" for mail that no list delivered."""
    match = _LIST_ID.search(str(mime.get("list-id", ""))[:2000])
    return storable(match[1].lower()) if match else read_list_address(mime)


def read_list_address(mime: MimeMessage) -> str:
    """The address that mail to the list goes to, "" where none is told."""
    for field in ("x-beenthere", "list-post", "mailing-list", "x-mailing-list"):
        found = _plain(mime, field)
        if found:
            return found[0].address
    return ""


def _mended(sender: NamedAddress, parser: Any, mime: MimeMessage, list_address: str) -> NamedAddress:
    """Undo "Ana Ruiz via tech <tech@lists.example>", which lists write for the sake of DMARC (RFC 7960)."""
    match = _VIA_LIST.match(sender.display_name)
    if match is None or not list_address or sender.address != list_address:
        return sender
    others = [*_plain(mime, "x-original-from"), *_LOOKS_LIKE_ADDRESS.findall(match["name"])]
    others += read_addresses(parser, "reply-to")
    for other in others:
        address = other if isinstance(other, str) else other.address
        if _address(address) != list_address:
            return NamedAddress(_address(address), _name(match["name"]))
    return NamedAddress(sender.address, _name(match["name"]))


def _plain(mime: MimeMessage, field: str) -> list[NamedAddress]:
    text = str(mime.get(field, ""))[:2000].replace("mailto:", " ")
    return [NamedAddress(_address(found)) for found in _LOOKS_LIKE_ADDRESS.findall(text)]


def _named(name: str, address: str) -> NamedAddress:
    return NamedAddress(_address(address), "" if name.lower() == address.lower() else _name(name))


def _address(text: str) -> str:
    return storable(text.strip().rstrip(".").lower())


def _name(text: str) -> str:
    return storable(" ".join(text.split()).strip("'\" "))[:500]

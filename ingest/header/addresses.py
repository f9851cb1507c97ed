"""From, To, Cc, Bcc and Reply-To as addresses in one form: lower case, A-labels, no escapes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from email.message import Message as MimeMessage
from typing import Any
from unicodedata import normalize

from ingest.header.address_repair import FIND_ADDRESS, decode_words, repair
from ingest.header.list_senders import Rewritten, author
from models.domains import ascii_domain
from models.records import NamedAddress, Problem, Recipient
from models.storable_text import storable
from models.vocabulary import RecipientKind

_KINDS = (("to", RecipientKind.TO), ("cc", RecipientKind.CC), ("bcc", RecipientKind.BCC))
_ORIGINALS = ("x-original-from", "original-from", "x-google-original-from", "x-original-sender")
_LIST_ID = re.compile(r"<([^<>\s]{1,250})>")
_NEEDLESSLY_QUOTED = re.compile(r'"([\w.!#$%&*+/=?^`{|}~-]{1,64})"')


def read_addresses(parser: Any, field: str) -> list[NamedAddress]:  # mail-parser has no types
    """Addresses of a header field, in order; one in which mail-parser gave up on something is repaired."""
    pairs: Iterable[tuple[str, str]] = getattr(parser, field.replace("-", "_") + "_")
    found = [_named(name, address) for name, address in pairs]
    if not _given_up(parser, field):
        return found
    names = {named.address: named.display_name for named in found}
    repaired = [_named(named.display_name, named.address) for named in repair(_text(parser, field))]
    # what is well-formed keeps what mail-parser read; a surname that it cut off comes back
    kept = [NamedAddress(each.address, each.display_name or names.get(each.address, "")) for each in repaired]
    told = {each.address for each in kept}
    return kept + [each for each in found if each.address not in told]


def _text(parser: Any, field: str) -> str:  # mail-parser has no types
    mime: MimeMessage = parser.message
    return str(mime.get(field, ""))


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


def read_sender(parser: Any, mime: MimeMessage, list_id: str) -> NamedAddress:  # as above
    """The author: From, mended where a list put itself there; else Sender or Return-Path; else empty.

    Of several authors (RFC 5322, 3.6.2) it is the one who sent it.
    """
    senders = _plain(mime, "sender")
    for found in (read_addresses(parser, "from"), senders, _plain(mime, "return-path")):
        if found:
            sent = [named for named in found if senders and named.address == senders[0].address]
            return author((sent or found)[0], _rewritten(parser, mime, list_id))
    return NamedAddress("")


def _rewritten(parser: Any, mime: MimeMessage, list_id: str) -> Rewritten:  # as above
    if not list_id:
        return Rewritten("", "")
    return Rewritten(
        list_address=read_list_address(mime),
        list_id=list_id,
        originals=tuple(named for field in _ORIGINALS for named in _plain(mime, field)),
        reply_to=tuple(read_addresses(parser, "reply-to")),
        cc=tuple(read_addresses(parser, "cc")),
    )


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


def _plain(mime: MimeMessage, field: str) -> list[NamedAddress]:
    text = str(mime.get(field, ""))[:2000].replace("mailto:", " ")
    return [NamedAddress(one_form(found)) for found in FIND_ADDRESS.findall(text)]


def _named(name: str, address: str) -> NamedAddress:
    address, name = one_form(address), _name(name)
    return NamedAddress(address, "" if name.lower() == address else name)


def one_form(address: str) -> str:
    """The address as it is compared and stored: lower case, composed letters, A-labels, no needless quotes."""
    local, at, domain = decode_words(address).strip().rpartition("@")
    if not at:
        return storable(domain.rstrip(".").lower())
    unquoted = _NEEDLESSLY_QUOTED.fullmatch(local)
    return storable(f"{normalize('NFC', unquoted[1] if unquoted else local).lower()}@{ascii_domain(domain)}")


def _name(text: str) -> str:
    return storable(" ".join(decode_words(text).split()).strip("'\" "))[:500]

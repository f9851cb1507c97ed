"""From as its author wrote it, where a mailing list put itself there for the sake of DMARC (RFC 7960, section 4.1.3).

Mailman, Google Groups and groups.io write "Ana Ruiz via tech <tech@lists.example>" and tell the author elsewhere: in
X-Original-From, X-Original-Sender, Reply-To, Cc, or inside the address itself ("ana=corvus.example@groups.io").
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.records import NamedAddress

_VIA = re.compile(r"^[\"'\s]{0,9}(?P<name>[^\n]{1,200}?)[\"'\s]{0,9}(?:\s|\()via\s[^\n]{1,200}$", re.IGNORECASE)
_TAGGED = re.compile(r"^[\"'\s]{0,9}(?P<name>[^\n\[\]]{1,200}?)\s{0,9}\[[^\[\]\n]{1,60}\]$")
_INSIDE = re.compile(
    r"^(?P<local>[^=@]{1,64}(?:=[^=@]{1,64}){0,2})=(?:40)?(?P<domain>(?:[\w-]{1,63}\.){1,8}[a-z]{2,20})@"
)
_DMARC_HOST = re.compile(r"@dmarc\.")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What a message says of its author beside From.

    Attributes:
        list_address: where mail to the list goes, "" where none is told.
        list_id: of the list, "" for mail that no list delivered.
        originals: addresses of fields that name the author and nobody else, best first.
        reply_to, cc: addresses of these fields, where lists put authors too.
    """

    list_address: str
    list_id: str
    originals: tuple[NamedAddress, ...] = ()
    reply_to: tuple[NamedAddress, ...] = ()
    cc: tuple[NamedAddress, ...] = ()


def author(sender: NamedAddress, told: Rewritten) -> NamedAddress:
    """The person behind From; From as it stands where no list rewrote it."""
    inside = _INSIDE.match(sender.address)
    if inside and (_DMARC_HOST.search(sender.address) or _is_lists(sender.address, told)):
        match = _VIA.match(sender.display_name)
        return NamedAddress(f"{inside['local']}@{inside['domain']}", match["name"] if match else sender.display_name)
    if not _is_lists(sender.address, told):
        return sender
    match = _VIA.match(sender.display_name) or _TAGGED.match(sender.display_name)
    if match is None:
        return sender
    name = match["name"].strip("\"' (")
    found = next(_candidates(name, sender.address, told), sender.address)
    return NamedAddress(found, "" if name.lower() == found else name)


def _is_lists(address: str, told: Rewritten) -> bool:
    """Whether the address is the list's own, or of the host that runs it."""
    if not told.list_address and not told.list_id:
        return False
    local, _, domain = address.partition("@")
    host = told.list_address.partition("@")[2]
    return address == told.list_address or told.list_id == f"{local}.{domain}" or ("=" in local and domain == host)


def _candidates(name: str, list_address: str, told: Rewritten) -> Iterator[str]:
    lists = {list_address, told.list_address}
    named_in_words = [NamedAddress(name.lower())] if re.fullmatch(r"[^\s@]{1,64}@[^\s@]{1,200}", name) else []
    yield from _others([*told.originals, *named_in_words], lists)
    yield from _others(told.reply_to, lists)
    yield from _others((each for each in told.cc if each.display_name.casefold() == name.casefold()), lists)


def _others(found: Iterable[NamedAddress], lists: set[str]) -> Iterator[str]:
    return (each.address for each in found if each.address and each.address not in lists)

"""Envelope recipients: whom a message reached beyond what its header section says, and how that joins its recipients.

Two sources know: a journal report (`ingest.journal.unwrapping`), and the trace fields that the delivering server itself
put in front of the newest Received field (Delivered-To and its kin; Gmail's routing writes X-Gm-Original-To). What
stands further down came with the message and may be anybody's invention, so it is not read.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from models.records import Message, Problem, Recipient
from models.storable_text import storable
from models.vocabulary import RecipientKind

_TRACE = re.compile(
    rb"^(?:x-(?:gm-)?original-to|(?:x-)?envelope-to|(?:x-)?delivered-to):[ \t]*([^\r\n]{3,500})",
    re.MULTILINE | re.IGNORECASE,
)
_GMAIL_ROUTED = b"\nx-gm-original-to:"
_AUTHORED = (b"\nfrom:", b"\nto:", b"\nsubject:", b"\ndate:")
# begins where a word does, so that each word is looked at once
_ADDRESS = re.compile(r"(?<![^\s<>@,;:\"()\[\]\\])[^\s<>@,;:\"()\[\]\\]{1,320}@[\w.-]{1,255}")
_ARCHIVE = re.compile(
    r"(?<![^\W\d_])(?:journal|archiv"
    r"|(?:vault|compliance|oversight|retention|e-?discovery|backup|catch-?all|liaison)[^@]{0,60}@)"
)


@dataclass(frozen=True, slots=True)
class Reached:
    """One address that an envelope names.

    Attributes:
        address, display_name: who got it.
        kind: the field that the sender put them, or their group, into; `ENVELOPE` where that is not told.
        expanded: the group whose expansion reached them, "" else.
        forwarded: the mailbox that passes its mail on to them, "" else.
    """

    address: str
    kind: RecipientKind = RecipientKind.ENVELOPE
    display_name: str = ""
    expanded: str = ""
    forwarded: str = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is known of how a message travelled.

    Attributes:
        reached: whom it reached.
        sender: who submitted it, "" where that is not told.
        on_behalf_of: for whom a delegate sent it, "" else.
        message_id: without angle brackets, "" where it is not told.
        problems: what was odd.
    """

    reached: tuple[Reached, ...] = ()
    sender: str = ""
    on_behalf_of: str = ""
    message_id: str = ""
    problems: tuple[Problem, ...] = field(default=())


def find_addresses(text: str) -> list[str]:
    """Addresses in a text, lower case, in order; X.400 and other foreign ones are passed over."""
    return [storable(found.strip("'.").lower()) for found in _ADDRESS.findall(text)]


def read_delivery(head: bytes) -> tuple[str, ...]:
    """The address that the delivering server says it delivered to; none where nobody trustworthy says so.

    An archive's own address ("journal@", "mail-archive@") is where a copy was kept and nobody whom it reached.

    Args:
        head: the header section.
    """
    lowered = b"\n" + head.lower()
    told = _TRACE.search(head[: max(0, lowered.find(b"\nreceived:"))])
    routed = lowered.find(_GMAIL_ROUTED)
    if 0 <= routed < min((at for at in map(lowered.find, _AUTHORED) if at >= 0), default=len(lowered)):
        told = _TRACE.match(head, routed) or told
    found = find_addresses(told[1].decode("ascii", "replace"))[:1] if told else []
    return tuple(address for address in found if not _ARCHIVE.search(address))


def add_delivery(message: Message, delivered_to: Iterable[str]) -> Message:
    """Whom the mailbox belongs to is a recipient, also where no field names them: they were in Bcc.

    A mailing list's copies are left as they are: who subscribes is not what the writer chose.
    """
    named = {recipient.address for recipient in message.recipients}
    unseen = [address for address in delivered_to if address not in named]
    if not unseen or message.list_id:
        return message
    hidden = tuple(Recipient(address, "", RecipientKind.ENVELOPE) for address in unseen)
    return replace(message, recipients=message.recipients + hidden)


def join_recipients(header: Iterable[Recipient], reached: Iterable[Reached]) -> tuple[Recipient, ...]:
    """Header recipients as they stand, then those whom only the envelope knows, each address once.

    A group that was expanded stays, or becomes, a recipient; its members take the kind of the field that it stands
    in, and say through which group they were reached. Somebody to whom a mailbox passes on its mail was written to
    by nobody: the mailbox keeps the field's kind, and they are known by the envelope.
    """
    known = {recipient.address: recipient for recipient in header}
    entries = tuple(reached)
    for each in entries:
        if not each.expanded:
            _add_direct(known, each)
    for each in entries:
        if each.expanded:
            group = known.setdefault(each.expanded, Recipient(each.expanded, "", each.kind))
            known.setdefault(each.address, Recipient(each.address, each.display_name, group.kind, group.address))
    return tuple(known.values())


def _add_direct(known: dict[str, Recipient], each: Reached) -> None:
    kind = each.kind
    if each.forwarded:
        known.setdefault(each.forwarded, Recipient(each.forwarded, "", kind))
        kind = RecipientKind.ENVELOPE
    known.setdefault(each.address, Recipient(each.address, each.display_name, kind))

"""One folder looked into without changing it: EXAMINE, then a search for the UIDs that are wanted.

CONDSTORE and QRESYNC (RFC 7162) are not used: they tell which flags changed and which messages vanished. Liaison keeps
no flags, new mail is what UIDNEXT says, and how many vanished follows from the count of messages. HIGHESTMODSEQ is
passed on where a server tells it unasked.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from operator import lt

from ingest.mailbox.contract import FolderState
from ingest.mailbox.imap.complaints import ImapRefusedError
from ingest.mailbox.imap.responses import Response
from ingest.mailbox.imap.uid_sets import parse_uid_set
from ingest.mailbox.imap.wire import Wire

_EXISTS = re.compile(rb"\* (\d{1,10}) EXISTS\b", re.IGNORECASE)
_EXPUNGED = re.compile(rb"\* \d{1,10} EXPUNGE\b", re.IGNORECASE)
_CODE = re.compile(rb"\* OK \[(UIDVALIDITY|UIDNEXT|HIGHESTMODSEQ) (\d{1,20})\]", re.IGNORECASE)
_NEXT_UID = re.compile(rb"\(UIDNEXT (\d{1,10})\)", re.IGNORECASE)
_SEARCHED = b"* SEARCH "
_SEARCHED_EXTENDED = b"* ESEARCH "
_NUMBER = re.compile(rb"(?<= )\d{1,10}(?![^ ])")
_ALL = re.compile(rb" ALL ([0-9:,]+)", re.IGNORECASE)
# that may have come since the folder was examined
_ARRIVALS = 100_000
_MOST_LISTED = 10_000_000
_HIGHEST_UID = 2**32 - 1
# what the ledger has room for; RFC 9051 allows half of the bits
_HIGHEST_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Examined:
    """What EXAMINE tells of a folder.

    Attributes:
        uidvalidity: 0 where its UIDs do not last.
        exists: how many messages it holds.
        next_uid: greater than every UID in it; None where the server does not tell.
        modseq: HIGHESTMODSEQ; None where there is none.
    """

    uidvalidity: int
    exists: int
    next_uid: int | None
    modseq: int | None


def examine(wire: Wire, mailbox: bytes) -> Examined:
    """EXAMINE a folder by the name that the server knows, quoted.

    Raises:
        ImapRefusedError: it is not there or may not be read.
        ImapLostError: the connection ended.
    """
    exists = 0
    codes: dict[bytes, int] = {}
    for response in wire.run(b"EXAMINE " + mailbox):
        if found := _EXISTS.match(response.line):
            exists = int(found[1])
        elif (found := _CODE.match(response.line)) and int(found[2]) <= _HIGHEST_NUMBER:
            codes[found[1].upper()] = int(found[2])
    return Examined(
        codes.get(b"UIDVALIDITY", 0), exists, codes.get(b"UIDNEXT") or None, codes.get(b"HIGHESTMODSEQ") or None
    )


def look_into(wire: Wire, folder: str, mailbox: bytes, first_uid: int) -> FolderState:
    """EXAMINE a folder and list its UIDs from `first_uid` on.

    Args:
        wire: a session.
        folder: the name that the answer carries.
        mailbox: the name that the server knows, quoted.
        first_uid: the first UID of interest.

    Raises:
        ImapRefusedError: it is not there, may not be read, or its UIDs do not last.
        ImapLostError: the connection ended.
    """
    examined = examine(wire, mailbox)
    if not examined.uidvalidity:
        raise ImapRefusedError("its UIDs do not last: the server gives no UIDVALIDITY")
    if examined.next_uid is None:
        examined = replace(examined, next_uid=_asked_next_uid(wire, mailbox))
    if examined.exists == 0 or (first_uid > 1 and examined.next_uid is not None and examined.next_uid <= first_uid):
        # one that is too low is told as it is: it makes the poll list all of the folder
        next_uid = examined.next_uid or first_uid
        return FolderState(folder, examined.uidvalidity, (), examined.exists, next_uid, examined.modseq)
    uids, responses = _search(wire, first_uid, examined.exists)
    return FolderState(
        folder,
        examined.uidvalidity,
        uids,
        _messages(examined, uids, first_uid, responses),
        max(examined.next_uid or 0, uids[-1] + 1 if uids else first_uid),
        examined.modseq,
    )


def _asked_next_uid(wire: Wire, mailbox: bytes) -> int | None:
    """UIDNEXT of a server that does not tell it unasked: without, a last message that goes looks like a restore."""
    try:
        responses = wire.run(b"STATUS %b (UIDNEXT)" % mailbox)
    except ImapRefusedError:
        return None
    found = (_NEXT_UID.search(response.line) for response in responses if response.line[:9].upper() == b"* STATUS ")
    return next((int(each[1]) or None for each in found if each), None)


def _search(wire: Wire, first_uid: int, exists: int) -> tuple[tuple[int, ...], list[Response]]:
    # "n:*" means the last message too when that lies below n (RFC 9051, section 9, seq-range)
    wanted = b"UID %d:*" % first_uid
    if wire.offers("ESEARCH"):
        # a million UIDs in a row are nine bytes this way, and eight million the other
        responses = wire.run(b"UID SEARCH RETURN (ALL) " + wanted)
        with suppress(ValueError):
            uids = _ascending(_found(responses, exists), first_uid)
            if first_uid > 1 or len(uids) >= exists:
                return uids, responses
    responses = wire.run(b"UID SEARCH " + wanted)
    try:
        return _ascending(_found(responses, exists), first_uid), responses
    except ValueError:
        raise ImapRefusedError(f"it lists more messages than it holds ({exists:,}), or too many") from None


def _ascending(found: Iterable[int], first_uid: int) -> tuple[int, ...]:
    uids = [uid for uid in found if first_uid <= uid <= _HIGHEST_UID]
    # nearly always they are in order already, and a set of millions is large
    return tuple(uids) if all(map(lt, uids, islice(uids, 1, None))) else tuple(sorted(set(uids)))


def _found(responses: Iterable[Response], exists: int) -> Iterator[int]:
    """The UIDs that are listed.

    Raises:
        ValueError: no UIDs, or more than there can be.
    """
    most = min(exists + _ARRIVALS, _MOST_LISTED)
    for response in responses:
        line = response.line
        if line[: len(_SEARCHED)].upper() == _SEARCHED:
            # behind the numbers there may be a MODSEQ in parentheses
            numbers = _NUMBER.finditer(line, len(_SEARCHED) - 1)
            yield from (int(number[0]) for number in islice(numbers, most + 1))
            if next(numbers, None):
                raise ValueError("more UIDs than messages")
        elif line[: len(_SEARCHED_EXTENDED)].upper() == _SEARCHED_EXTENDED and (found := _ALL.search(line)):
            yield from parse_uid_set(found[1], most)


def _messages(examined: Examined, uids: tuple[int, ...], first_uid: int, responses: Iterable[Response]) -> int:
    """How many messages there were when the search was made: some may have come or gone after EXAMINE."""
    if first_uid <= 1:
        return len(uids)
    expunged = sum(bool(_EXPUNGED.match(response.line)) for response in responses)
    arrived = sum(uid >= examined.next_uid for uid in uids) if examined.next_uid else 0
    return max(examined.exists - expunged + arrived, len(uids))

r"""What a FETCH response says of one message: its UID, and its body or its size and moment of arrival.

Nearly all responses come in one of two shapes, which expressions read; whatever else the protocol allows (other
order, lower case, NIL, quoted strings, flags in between) goes through imapclient's parser, forty times slower.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from ingest.mailbox.imap.responses import Response

DESCRIPTION = b"(UID RFC822.SIZE INTERNALDATE)"
BODY = b"(UID BODY.PEEK[])"

_WHOLE = re.compile(rb"\* \d{1,10} FETCH \(UID (\d{1,10}) BODY\[\] ~?\{\d{1,10}\}\r\n")
_DESCRIBED = re.compile(
    rb'\* \d{1,10} FETCH \((?:(?:UID (\d{1,10})|RFC822\.SIZE (\d{1,20})|INTERNALDATE "([^"\r\n]{1,40})")[ )]){3}\r\n'
)
_CLOSED = [b")\r\n"]
_MOMENT = re.compile(rb" ?(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})", re.ASCII)
_MONTHS = {
    name: number
    for number, name in enumerate(
        (b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec"), 1
    )
}


# no message is as long, and the ledger has room for it
_LONGEST = 2**62


@dataclass(frozen=True, slots=True)
class Description:
    """What a server tells of a message before it is fetched; 0 and None where it does not."""

    size: int = 0
    internal_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BodyAnswer:
    """A message's bytes, or how long it was when that was too long; `raw` is None for NIL, which is no message."""

    raw: bytes | None
    oversized: int = 0


def read_description(response: Response) -> tuple[int, Description] | None:
    """The UID and what is told of it; None where the response is no such answer."""
    found = _DESCRIBED.fullmatch(response.parts[0])
    if found and found[1] and found[2] and found[3]:
        return int(found[1]), Description(min(int(found[2]), _LONGEST), parse_moment(found[3]))
    items = _items(response, b"RFC822.SIZE")
    if not isinstance(items.get(b"UID"), int) or b"RFC822.SIZE" not in items:
        return None
    size, moment = items[b"RFC822.SIZE"], items.get(b"INTERNALDATE")
    told = parse_moment(moment) if isinstance(moment, bytes) else None
    return items[b"UID"], Description(min(size, _LONGEST) if isinstance(size, int) else 0, told)


def read_body(response: Response) -> tuple[int, BodyAnswer] | None:
    """The UID and its bytes; None where the response is no such answer."""
    found = _WHOLE.fullmatch(response.parts[0])
    if found and response.parts[2:] == _CLOSED:
        return int(found[1]), BodyAnswer(response.parts[1], response.oversized)
    items = _items(response, b"BODY[]")
    if not isinstance(items.get(b"UID"), int) or b"BODY[]" not in items:
        return None
    raw = items[b"BODY[]"]
    if len(response.parts) == 1 and isinstance(raw, bytes) and raw.upper() == b"NIL":
        raw = None
    return items[b"UID"], BodyAnswer(raw if isinstance(raw, bytes) else None, response.oversized)


def parse_moment(text: bytes) -> datetime | None:
    """INTERNALDATE (RFC 9051, section 9, date-time) in UTC; None where it means no moment."""
    found = _MOMENT.fullmatch(text)
    if not found:
        return None
    day, month, year, hour, minute, second, sign, zone_hours, zone_minutes = found.groups()
    offset = timedelta(hours=int(zone_hours), minutes=int(zone_minutes)) * (-1 if sign == b"-" else 1)
    try:
        local = datetime(
            int(year), _MONTHS[month.lower()], int(day), int(hour), int(minute), int(second), tzinfo=timezone(offset)
        )
        return local.astimezone(UTC)
    except (KeyError, ValueError, OverflowError):
        return None


def _items(response: Response, wanted: bytes) -> dict[bytes, Any]:
    if not any(wanted in line.upper() for line in response.parts[::2]):
        # flags that somebody changes meanwhile, by the thousand: nothing to take apart
        return {}
    match response.items():
        case (int(), bytes(word), tuple(pairs), *_) if word.upper() == b"FETCH":
            named = zip(pairs[::2], pairs[1::2], strict=False)
            return {name.upper(): value for name, value in named if isinstance(name, bytes)}
    return {}

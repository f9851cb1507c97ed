"""When a message was sent and received, and which of the two later stages use."""

from calendar import monthrange
from datetime import UTC, datetime, timedelta
from email.message import Message as MimeMessage
from email.utils import mktime_tz, parsedate_tz

_FIRST_TRUE_YEAR = 1972
_SLOWEST = timedelta(days=10)
_CLOCK_AHEAD = timedelta(days=1)


def sent_at(parsed: datetime | None, mime: MimeMessage) -> datetime | None:
    """The Date header field: as mail-parser read it, else as leniently as the standard library can."""
    if parsed is not None:
        return _plausible(parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC))
    return _lenient(str(mime.get("date", "")))


def received_at(field: bytes, internal_at: datetime | None) -> datetime | None:
    """The stamp of a Received header field (RFC 5321, section 4.4), else when the mailbox got the message."""
    stamp = _lenient(field.rpartition(b";")[2].decode("ascii", "replace"))
    return stamp or (internal_at.astimezone(UTC) if internal_at else None)


def settle(sent: datetime | None, received: datetime | None) -> datetime | None:
    """The instant to use: Date where it is plausible beside `received`, else that; None where both are unknown."""
    if received is None or sent is None:
        return sent or received
    return sent if received - _SLOWEST <= sent <= received + _CLOCK_AHEAD else received


def _lenient(text: str) -> datetime | None:
    try:
        parts = parsedate_tz(" ".join(text[:200].split()))
        if parts is None or not 1 <= parts[2] <= monthrange(parts[0], parts[1])[1]:
            return None
        return _plausible(datetime.fromtimestamp(mktime_tz(parts), UTC))
    except (ValueError, OverflowError, IndexError, TypeError):
        # the standard library's answers to dates such as year 0 or hour 99999
        return None


def _plausible(moment: datetime) -> datetime | None:
    return moment if moment.year >= _FIRST_TRUE_YEAR else None

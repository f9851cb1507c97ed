"""A mail attached to another one (message/rfc822): what its header says of it."""

import email.utils
from datetime import UTC, datetime
from email.message import Message as MimeMessage
from typing import Any

from mailparser.utils import decode_header_part

from models.records import EmbeddedMessage, NamedAddress
from models.storable_text import storable
from models.vocabulary import EmbeddedKind

_FIELD_CHARS = 2000


def attached_message(part: MimeMessage) -> EmbeddedMessage | None:
    """The header facts of a message/rfc822 part, None where it holds no message."""
    inside: Any = part.get_payload()
    if not isinstance(inside, list) or not inside or not inside[0].keys():
        return None
    mail: MimeMessage = inside[0]
    name, address = email.utils.parseaddr(_field(mail, "from"))
    sent = _field(mail, "date")[:200]
    return EmbeddedMessage(
        EmbeddedKind.ATTACHED,
        NamedAddress(address.lower() if "@" in address else "", name or ("" if "@" in address else address)),
        _moment(sent),
        sent,
        _field(mail, "to"),
        _field(mail, "subject")[:998],
        _field(mail, "message-id").strip("<> ")[:998],
    )


def _field(mail: MimeMessage, name: str) -> str:
    value = str(mail.get(name, ""))[:_FIELD_CHARS]
    return storable(" ".join(decode_header_part(value).split()))


def _moment(value: str) -> datetime | None:
    try:
        moment = email.utils.parsedate_to_datetime(value)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (TypeError, ValueError, OverflowError):
        # no date; or, at the ends of the calendar, none in UTC
        return None

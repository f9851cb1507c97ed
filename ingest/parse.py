"""Bytes of one message to facts and problems. Bad mail is data here and never an exception.

mail-parser takes the header section and the MIME structure apart; the text, the dates and what is a person's own
words come from the modules beside this one.
"""

import logging
import re
from binascii import Error as Base64Error
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from email.errors import MessageError
from email.message import Message as MimeMessage
from typing import Any

from mailparser.exceptions import MailParserError

from ingest.calendar.meetings import read_meetings
from ingest.header.addresses import (
    address_problems,
    read_addresses,
    read_list_id,
    read_recipients,
    read_sender,
)
from ingest.header.dates import Settled, read_arrival, sent_at, settle
from ingest.identity import message_identity
from ingest.journal.unwrapping import add_envelope, unwrap
from ingest.machines.automatic import Seen, read_automatic
from ingest.mime.bodies import Body, plain_characters, read_body
from ingest.mime.framing import Framed, frame
from ingest.mime.lean_parser import LeanParser
from ingest.outlook.grafting import graft_winmail
from ingest.settings import ParseLimits
from ingest.words.contact_card import read_contact
from ingest.words.embedded import embedded_messages
from ingest.words.new_text import split_text
from models.records import Meeting, Message, NamedAddress, ParsedMail, Problem, Recipient
from models.storable_text import storable
from models.vocabulary import RecipientKind

PARSER_VERSION = "2"
"""Changes whenever `body_text` or `new_text` of any message may."""

_UNREADABLE = (MailParserError, MessageError, Base64Error, ValueError, LookupError, TypeError, AttributeError,
               AssertionError, ArithmeticError, RecursionError)  # fmt: skip
"""What mail-parser and the standard library's parser answer to hostile bytes, seen and conceivable."""

_MESSAGE_ID = re.compile(r"<\s*([^<>]{1,998}?)\s*>")
_CONTENT_FIELD = re.compile(rb"^content-[a-z-]+:[^\n]*(?:\n[ \t][^\n]*)*\n?", re.MULTILINE | re.IGNORECASE)
_ZONE = re.compile(r":\d\d\s{1,5}(?P<sign>[+-])(?P<hours>\d\d)(?P<minutes>\d\d)")
_STANDARD = ParseLimits()
_SUBJECT_CHARS = 998

# its warnings repeat, on standard error, what our problems say
logging.getLogger("mailparser").setLevel(logging.CRITICAL)


def parse_message(raw: bytes, internal_at: datetime | None = None, limits: ParseLimits = _STANDARD) -> ParsedMail:
    """Parse one message.

    Args:
        raw: its bytes, with LF or CRLF line ends; both give the same result.
        internal_at: when the mailbox got it, aware; stands in for a missing Received header field.
        limits: bounds on size, header fields and MIME structure.

    Returns:
        The message (of a journal report, the one inside), or None with the problems that send it to quarantine:
        `too_large`, `empty`, `unreadable`, `no_date` (neither the message nor the mailbox knows when), a bound on
        MIME structure, or `journal_...` for a report without a readable message.
    """
    unwrapped = unwrap(raw, limits)
    if unwrapped.refused:
        return ParsedMail(None, (unwrapped.refused,))
    return add_envelope(_parse_original(unwrapped.original, internal_at, limits), raw, unwrapped)


def _parse_original(raw: bytes, internal_at: datetime | None, limits: ParseLimits) -> ParsedMail:
    framed = frame(raw, limits)
    if framed.refused:
        return ParsedMail(None, (framed.refused,))
    try:
        return _read(framed, internal_at, limits)
    except _UNREADABLE as error:
        return ParsedMail(None, (Problem("unreadable", storable(f"{type(error).__name__}: {error}")[:500]),))


def _read(framed: Framed, internal_at: datetime | None, limits: ParseLimits) -> ParsedMail:
    parser = _parser(framed.content)
    sent = sent_at(parser.date, parser.message)
    arrival = read_arrival(framed.received, internal_at)
    settled = settle(sent, arrival)
    if settled is None:
        return ParsedMail(None, (*framed.problems, Problem("no_date")))
    outlook = framed.attachments + graft_winmail(parser.message, framed.excised)
    body = read_body(parser.message, limits, framed.excised)
    body = replace(body, attachments=body.attachments + outlook)
    message = _message(framed, parser, body, sent=sent, received=arrival.received, settled=settled)
    return ParsedMail(message, message.problems)


def _parser(content: bytes) -> Any:  # mail-parser has no types
    try:
        return LeanParser.from_bytes(content)
    except AttributeError:
        # a multipart without its first boundary and without an epilogue trips mail-parser up: as plain text it is read
        head, _, body = content.partition(b"\n\n")
        return LeanParser.from_bytes(b"X-Recovered: yes\n" + _CONTENT_FIELD.sub(b"", head) + b"\n\n" + body)


def _message(
    framed: Framed,
    parser: Any,
    body: Body,
    *,
    sent: datetime | None,
    received: datetime | None,
    settled: Settled,
) -> Message:
    mime: MimeMessage = parser.message
    header = _read_header(parser)
    split = split_text(body.text, header.sender, subject=header.subject, structure=body.structure)
    automatic = read_automatic(mime, framed.excised, _seen(header, body, split.new_text, settled.at))
    meetings = read_meetings(mime, framed.excised, subject=header.subject, text=body.text, sender=header.sender)
    return Message(
        id=_identity(header, body, sent, meetings, framed.raw_sha256),
        message_id=header.message_id,
        raw_sha256=framed.raw_sha256,
        size_bytes=framed.size_bytes,
        sender=header.sender,
        recipients=header.recipients,
        subject=header.subject,
        sent_at=sent,
        received_at=received,
        at=settled.at,
        at_source=settled.source,
        in_reply_to=_message_ids(mime, "in-reply-to"),
        references=_message_ids(mime, "references"),
        reply_to=next((named.address for named in read_addresses(parser, "reply-to")), ""),
        body_text=body.text,
        new_text=split.new_text,
        signature=split.signature,
        auto=automatic.kind,
        absence=automatic.absence,
        failures=automatic.failures,
        list_id=header.list_id,
        thread_index="".join(_raw(mime, "thread-index").split())[:500],
        calendar_method=body.calendar_method,
        meetings=meetings,
        has_html=body.from_html,
        embedded=(*embedded_messages(body.text, split.kinds, header.subject, _as_written(mime, sent)), *body.attached),
        contact=read_contact(split.signature, split.new_text, header.sender),
        attachments=body.attachments,
        problems=_problems(framed, parser, body, sent=sent, settled=settled, sender=header.sender.address),
        parser_version=PARSER_VERSION,
    )


@dataclass(frozen=True, slots=True)
class _Header:
    """Header fields that more than one fact hangs on."""

    message_id: str
    subject: str
    sender: NamedAddress
    recipients: tuple[Recipient, ...]
    list_id: str


def _read_header(parser: Any) -> _Header:
    mime: MimeMessage = parser.message
    list_id = read_list_id(mime)
    return _Header(
        message_id=next(iter(_message_ids(mime, "message-id")), ""),
        subject=storable(plain_characters(" ".join(str(parser.subject).split())))[:_SUBJECT_CHARS],
        sender=read_sender(parser, mime, list_id),
        recipients=read_recipients(parser),
        list_id=list_id,
    )


def _seen(header: _Header, body: Body, new_text: str, at: datetime) -> Seen:
    return Seen(
        sender=header.sender,
        recipients=header.recipients,
        subject=header.subject,
        text=body.text,
        new_text=new_text,
        calendar_method=body.calendar_method,
        on_list=bool(header.list_id),
        at=at,
    )


def _identity(
    header: _Header, body: Body, sent: datetime | None, meetings: tuple[Meeting, ...], raw_sha256: str
) -> str:
    return message_identity(
        sender=header.sender.address,
        to=[recipient.address for recipient in header.recipients if recipient.kind is RecipientKind.TO],
        sent_at=sent,
        subject=header.subject,
        body_text=body.text,
        attachments=[attachment.sha256 for attachment in body.attachments],
        meetings=meetings,
        undated=header.message_id or raw_sha256,
    )


def _problems(
    framed: Framed,
    parser: Any,
    body: Body,
    *,
    sent: datetime | None,
    settled: Settled,
    sender: str,
) -> tuple[Problem, ...]:
    found = [*framed.problems, *address_problems(parser), *body.problems]
    found += [Problem("defect", name) for name in sorted(_defects(parser))]
    if parser.message.get("x-recovered"):
        found.append(Problem("multipart_recovered"))
    if not sender:
        found.append(Problem("no_sender"))
    if sent is None:
        date = _raw(parser.message, "date").strip()
        found.append(Problem("date_unreadable", date[:100]) if date else Problem("date_missing"))
    elif settled.problem:
        found.append(settled.problem)
    return tuple(found)


def _defects(parser: Any) -> set[str]:
    # those about addresses, dates and character sets are told in our own words
    told = {"AddressHeaderDefect", "DateHeaderDefect", "ReceivedHeaderDefect", "CharsetDecodeDefect"}
    return set(parser.defects_categories) - told


def _as_written(mime: MimeMessage, sent: datetime | None) -> datetime | None:
    """The Date in the zone in which it was written, which bare times inside the text are taken to be of."""
    zone = _ZONE.search(_raw(mime, "date"))
    if sent is None or zone is None:
        return sent
    shift = timedelta(hours=int(zone["hours"]), minutes=int(zone["minutes"]))
    return sent.astimezone(timezone(-shift if zone["sign"] == "-" else shift)) if shift < timedelta(days=1) else sent


def _raw(mime: MimeMessage, field: str) -> str:
    return storable(str(mime.get(field, "")))


def _message_ids(mime: MimeMessage, field: str) -> tuple[str, ...]:
    """Message-IDs of a field, in order, each once; some programs leave out the angle brackets."""
    text = _raw(mime, field)
    found = ["".join(match.split()) for match in _MESSAGE_ID.findall(text)]
    if not found and "@" in text and len(text.split()) == 1:
        found = [text.strip()]
    return tuple(dict.fromkeys(identifier for identifier in found if identifier))

"""Bytes of one message to facts and problems. Bad mail is data here and never an exception.

mail-parser takes the header section and the MIME structure apart; the text, the dates and what is a person's own
words come from the modules beside this one.
"""

import hashlib
import logging
import re
from binascii import Error as Base64Error
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.message import Message as MimeMessage
from typing import Any

import mailparser
from mailparser.exceptions import MailParserError

from ingest.addresses import (
    address_problems,
    read_addresses,
    read_list_address,
    read_list_id,
    read_recipients,
    read_sender,
)
from ingest.automatic import auto_kind
from ingest.bodies import Body, plain_characters, read_body
from ingest.dates import received_at, sent_at, settle
from ingest.framing import Framed, frame
from ingest.identity import message_identity
from ingest.new_text import split_text
from ingest.settings import ParseLimits
from models.records import Message, NamedAddress, ParsedMail, Problem
from models.storable_text import storable
from models.vocabulary import AutoKind

PARSER_VERSION = "1"
"""Changes whenever `body_text` or `new_text` of any message may."""

_UNREADABLE = (MailParserError, MessageError, Base64Error, ValueError, LookupError, TypeError, AttributeError,
               AssertionError, ArithmeticError, RecursionError)  # fmt: skip
"""What mail-parser and the standard library's parser answer to hostile bytes, seen and conceivable."""

_MESSAGE_ID = re.compile(r"<\s*([^<>]{1,998}?)\s*>")
_CONTENT_FIELD = re.compile(rb"^content-[a-z-]+:[^\n]*(?:\n[ \t][^\n]*)*\n?", re.MULTILINE | re.IGNORECASE)
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
        The message, or None with the problems that send it to quarantine: `too_large`, `empty`, `unreadable`,
        `no_date` (neither the message nor the mailbox knows when), or a bound on MIME structure.
    """
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
    received = received_at(framed.received, internal_at)
    at = settle(sent, received)
    if at is None:
        return ParsedMail(None, (*framed.problems, Problem("no_date")))
    body = read_body(parser.message, limits)
    message = _message(framed, parser, body, sent=sent, received=received, at=at)
    return ParsedMail(message, message.problems)


def _parser(content: bytes) -> Any:  # mail-parser has no types
    try:
        return mailparser.parse_from_bytes(content)
    except AttributeError:
        # a multipart without its first boundary and without an epilogue trips mail-parser up: as plain text it is read
        head, _, body = content.partition(b"\n\n")
        return mailparser.parse_from_bytes(b"X-Recovered: yes\n" + _CONTENT_FIELD.sub(b"", head) + b"\n\n" + body)


def _message(
    framed: Framed,
    parser: Any,
    body: Body,
    *,
    sent: datetime | None,
    received: datetime | None,
    at: datetime,
) -> Message:
    mime: MimeMessage = parser.message
    header = _read_header(parser)
    split = split_text(body.text, header.sender)
    raw_sha256 = hashlib.sha256(framed.canonical).hexdigest()
    return Message(
        id=_identity(header, body, sent, raw_sha256),
        message_id=header.message_id,
        raw_sha256=raw_sha256,
        size_bytes=len(framed.canonical),
        sender=header.sender,
        recipients=read_recipients(parser),
        subject=header.subject,
        sent_at=sent,
        received_at=received,
        at=at,
        in_reply_to=_message_ids(mime, "in-reply-to"),
        references=_message_ids(mime, "references"),
        reply_to=next((named.address for named in read_addresses(parser, "reply-to")), ""),
        body_text=body.text,
        new_text=split.new_text,
        signature=split.signature,
        auto=_auto(mime, header, body),
        list_id=header.list_id,
        thread_index="".join(_raw(mime, "thread-index").split())[:500],
        calendar_method=body.calendar_method,
        has_html=body.from_html,
        attachments=body.attachments,
        problems=_problems(framed, parser, body, sent=sent, at=at, sender=header.sender.address),
        parser_version=PARSER_VERSION,
    )


@dataclass(frozen=True, slots=True)
class _Header:
    """Header fields that more than one fact hangs on."""

    message_id: str
    subject: str
    sender: NamedAddress
    list_id: str


def _read_header(parser: Any) -> _Header:
    mime: MimeMessage = parser.message
    return _Header(
        message_id=next(iter(_message_ids(mime, "message-id")), ""),
        subject=storable(plain_characters(" ".join(str(parser.subject).split())))[:_SUBJECT_CHARS],
        sender=read_sender(parser, mime, read_list_address(mime)),
        list_id=read_list_id(mime),
    )


def _identity(header: _Header, body: Body, sent: datetime | None, raw_sha256: str) -> str:
    return message_identity(
        sender=header.sender.address,
        sent_at=sent,
        subject=header.subject,
        body_text=body.text,
        attachments=[attachment.sha256 for attachment in body.attachments],
        undated=header.message_id or raw_sha256,
    )


def _auto(mime: MimeMessage, header: _Header, body: Body) -> AutoKind:
    return auto_kind(
        mime,
        sender=header.sender.address,
        subject=header.subject,
        text=body.text,
        calendar_method=body.calendar_method,
        on_list=bool(header.list_id),
    )


def _problems(
    framed: Framed,
    parser: Any,
    body: Body,
    *,
    sent: datetime | None,
    at: datetime,
    sender: str,
) -> tuple[Problem, ...]:
    found = [*framed.problems, *address_problems(parser), *body.problems]
    found += [Problem("defect", name) for name in sorted(_defects(parser))]
    if parser.message.get("x-recovered"):
        found.append(Problem("multipart_recovered"))
    if not sender:
        found.append(Problem("no_sender"))
    if sent is None:
        found.append(Problem("date_unreadable", storable(_raw(parser.message, "date"))[:100]))
    elif sent != at:
        found.append(Problem("date_implausible", sent.isoformat()))
    return tuple(found)


def _defects(parser: Any) -> set[str]:
    # those about addresses, dates and character sets are told in our own words
    told = {"AddressHeaderDefect", "DateHeaderDefect", "ReceivedHeaderDefect", "CharsetDecodeDefect"}
    return set(parser.defects_categories) - told


def _raw(mime: MimeMessage, field: str) -> str:
    return storable(str(mime.get(field, "")))


def _message_ids(mime: MimeMessage, field: str) -> tuple[str, ...]:
    """Message-IDs of a field, in order, each once; some programs leave out the angle brackets."""
    text = _raw(mime, field)
    found = ["".join(match.split()) for match in _MESSAGE_ID.findall(text)]
    if not found and "@" in text and len(text.split()) == 1:
        found = [text.strip()]
    return tuple(dict.fromkeys(identifier for identifier in found if identifier))

"""Journal reports: the message inside, byte for byte, and its envelope.

Exchange and Microsoft 365 send to a journal mailbox, for every message, a report whose text names sender and
recipients and that carries the message as it was (`X-MS-Journal-Report`; Exchange 2003 and its imitators write
`Content-Identifier: ExJournalReport`, often misspelt). Where a report could not be delivered it comes back inside a
delivery status notification, and is read there too. Google Workspace sends plain copies, without a report: what it
knows of their envelope is in `ingest.journal.envelope`.

A report is believed where its structure is right, whoever sent it, because it carries no signature that could be
checked: somebody who may write to the journal mailbox can make it look as if a message had been journaled, with
recipients who never got it, or as if an address were a group's. They cannot take anything out of the archive, and
every message that came this way says so (`Message.journaled`). A report that the mail system did not send under its own
name, or that names another sender or Message-ID than the message inside, has a problem `journal_...` that says it. So
let nobody but the mail system write to a journal mailbox.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.journal.envelope import Envelope, add_delivery, join_recipients, read_delivery
from ingest.journal.report import read_report
from ingest.mime.framing import canonical_digest
from ingest.mime.raw_parts import RawPart, header_section, raw_parts
from ingest.settings import ParseLimits
from ingest.words.html_text import html_to_text
from models.records import Message, NamedAddress, ParsedMail, Problem

_MARKERS = (b"journal-report", b"exjournalreport")
_MARKER = re.compile(
    rb"^(?:x-ms-(?:exchange-organization-)?journal-report[ \t]*:|content-identifi?er:[ \t]*exjournalreport[ \t]*\r?$)",
    re.MULTILINE | re.IGNORECASE,
)
_NOTIFICATION = b"multipart/report"
_DELIVERED = (b"delivered-to", b"original-to", b"envelope-to")
_FROM = re.compile(rb"^from[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)", re.MULTILINE | re.IGNORECASE)
_OWN_NAME = re.compile(
    rb"\b(?:microsoftexchange[0-9a-f]{16,40}|postmaster|mailer-daemon|journal[\w.-]{0,40})@", re.IGNORECASE
)
_PROTECTED = re.compile(rb"application/(?:x-microsoft-rpmsg-message|pkcs7-mime|x-pkcs7-mime)", re.IGNORECASE)

_MOST_REPORTS = 4
_REPORT_BYTES = 4 * 2**20


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """The message to read, and what is known of its envelope.

    Attributes:
        original: its bytes; of ordinary mail those that were given.
        envelope: what the journal report says, None for ordinary mail.
        delivered_to: whom the delivering server says it delivered to.
        refused: why a report holds nothing to read, None else.
    """

    original: bytes
    envelope: Envelope | None = None
    delivered_to: tuple[str, ...] = ()
    refused: Problem | None = None


def unwrap(raw: bytes, limits: ParseLimits) -> Unwrapped:
    """Take a message out of its journal report; ordinary mail is handed back as it is, after one look at its header.

    Args:
        raw: bytes as fetched.
        limits: bounds; a message beyond them is handed back for others to refuse.
    """
    if len(raw) > limits.message_bytes:
        return Unwrapped(raw)
    head = header_section(raw, limits)
    lowered = head.lower()
    if any(marker in lowered for marker in _MARKERS) and _MARKER.search(head):
        return _unwrap_report(raw, limits)
    if _NOTIFICATION in lowered and _MARKER.search(raw):
        return _unwrap_returned(raw, limits)
    if any(name in lowered for name in _DELIVERED):
        return Unwrapped(raw, delivered_to=read_delivery(head))
    return Unwrapped(raw)


def add_envelope(parsed: ParsedMail, raw: bytes, unwrapped: Unwrapped) -> ParsedMail:
    """What parsing the inner message gave, with the envelope's recipients and the hash of what was fetched."""
    if unwrapped.envelope is None:
        if parsed.message is None or not unwrapped.delivered_to:
            return parsed
        return replace(parsed, message=add_delivery(parsed.message, unwrapped.delivered_to))
    if parsed.message is None:
        inside = "; ".join(f"{problem.code} {problem.detail}".strip() for problem in parsed.problems)
        return ParsedMail(None, (Problem("journal_message_unreadable", inside[:500]), *parsed.problems))
    message = _with_envelope(parsed.message, raw, unwrapped.envelope)
    return ParsedMail(message, message.problems)


def _with_envelope(message: Message, raw: bytes, envelope: Envelope) -> Message:
    raw_sha256, size_bytes = canonical_digest(raw.replace(b"\r\n", b"\n"))
    return replace(
        message,
        message_id=message.message_id or envelope.message_id,
        sender=message.sender if message.sender.address else NamedAddress(envelope.on_behalf_of or envelope.sender),
        raw_sha256=raw_sha256,
        size_bytes=size_bytes,
        recipients=join_recipients(message.recipients, envelope.reached),
        journaled=True,
        problems=(*message.problems, *envelope.problems, *_contradictions(message, envelope)),
    )


def _contradictions(message: Message, envelope: Envelope) -> Iterator[Problem]:
    senders = {envelope.sender, envelope.on_behalf_of} - {""}
    if senders and message.sender.address and message.sender.address not in senders:
        yield Problem("journal_other_sender", f"the report says {', '.join(sorted(senders))}")
    if envelope.message_id and message.message_id and message.message_id != envelope.message_id:
        yield Problem("journal_other_message_id", f"the report says {envelope.message_id}"[:500])


def _unwrap_report(raw: bytes, limits: ParseLimits) -> Unwrapped:
    """Take the report apart, and a report inside it in turn (a journal that is journaled)."""
    lines = raw.replace(b"\r\n", b"\n")
    for _ in range(_MOST_REPORTS):
        found = _unwrap_once(lines, limits)
        head = header_section(found.original, limits)
        if found.envelope is None or found.refused or not _MARKER.search(head):
            return found
        lines = found.original
    return Unwrapped(raw, refused=Problem("journal_nested_too_deep", f"more than {_MOST_REPORTS} reports"))


def _unwrap_once(lines: bytes, limits: ParseLimits) -> Unwrapped:
    parts = tuple(raw_parts(lines, limits))
    envelope = next(filter(None, map(read_report, _texts(parts, limits))), None)
    if envelope is None:
        # somebody's mail with the report's header field in it, and no report
        return Unwrapped(lines)
    originals = [part.content() for part in parts if part.holds_message]
    readable = [original for original in originals if original.strip()]
    if not readable:
        why = "is empty" if originals else "is missing"
        return Unwrapped(
            lines, envelope, refused=Problem("journal_message_missing", f"the message in the report {why}")
        )
    sender = _FROM.search(header_section(lines, limits))
    if sender is None or not _OWN_NAME.search(sender[1][:2000]):
        told = " ".join(sender[1][:200].decode("ascii", "replace").split()) if sender else "nobody"
        envelope = replace(envelope, problems=(*envelope.problems, Problem("journal_from", f"reported by {told}")))
    # of a protected message the mail system may attach a copy that it could decrypt
    original = next((each for each in readable if not _PROTECTED.search(each)), readable[0])
    return Unwrapped(original, envelope)


def _unwrap_returned(raw: bytes, limits: ParseLimits) -> Unwrapped:
    """A report that came back undelivered is read as if it had arrived; other notifications stay what they are."""
    lines = raw.replace(b"\r\n", b"\n")
    for part in raw_parts(lines, limits):
        if part.holds_message:
            report = part.content()
            if _MARKER.search(header_section(report, limits)):
                found = _unwrap_report(report, limits)
                return found if found.envelope else Unwrapped(raw)
    return Unwrapped(raw)


def _texts(parts: tuple[RawPart, ...], limits: ParseLimits) -> Iterator[str]:
    """Texts that may be a report's, in front of the message; also of two alternatives."""
    for part in parts:
        if part.holds_message:
            return
        if part.kind == b"multipart/alternative":
            yield from (_text(each, limits) for each in raw_parts(part.head + b"\n\n" + part.body, limits))
        else:
            yield _text(part, limits)


def _text(part: RawPart, limits: ParseLimits) -> str:
    if part.kind not in (b"text/plain", b"text/html"):
        return ""
    text = _decoded(part.content()[:_REPORT_BYTES])
    return html_to_text(text, limits) if part.kind == b"text/html" else text


def _decoded(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")

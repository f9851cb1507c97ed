"""An Outlook item as MIME bytes, so that one reader serves all mail; attached files come beside it as metadata.

The header fields that the mail travelled with are kept as they are; what they do not say is written from properties.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime

from ingest.outlook.meetings import calendar_part
from ingest.outlook.properties import STRING8, UNICODE, Item, Properties
from ingest.outlook.rtf import decompress, unwrap
from models.records import Attachment

_TRANSPORT_HEADER = 0x007D
_MOST_HEADER = 512 * 2**10
_FIELD = re.compile(r"([\x21-\x39\x3b-\x7e]{1,200})[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*")
_TO, _CC, _BCC = 1, 2, 3
_KINDS = ((_TO, "To"), (_CC, "Cc"), (_BCC, "Bcc"))
_MOST_TEXT = 4 * 2**20
_DEEPEST = 10


@dataclass(frozen=True, slots=True)
class Written:
    """An item as MIME.

    Attributes:
        mime: header fields, texts, calendar and embedded messages.
        attachments: the attached files, hashed as they are.
    """

    mime: bytes
    attachments: tuple[Attachment, ...]


def write_mime(item: Item) -> Written:
    """The whole message."""
    return Written(_message(item, 0), tuple(_attachments(item)))


def write_body(item: Item, *, with_text: bool) -> Written:
    """The message without header fields, for the body of a mail that carried it as winmail.dat."""
    return Written(_body(item, 0, with_text=with_text), tuple(_attachments(item)))


def _message(item: Item, depth: int) -> bytes:
    carried = [
        (match[1].lower(), match[0])
        for match in _FIELD.finditer(item.properties.text(_TRANSPORT_HEADER)[:_MOST_HEADER].replace("\r", ""))
    ]
    carried = [(name, text) for name, text in carried if not name.startswith("content-") and name != "mime-version"]
    there = {name for name, _ in carried}
    written = [f"{name}: {value}" for name, value in _fields(item) if value and name.lower() not in there]
    header = "".join(f"{line}\n" for line in (*(text for _, text in carried), *written))
    return header.encode("utf-8", "replace") + _body(item, depth)


def _fields(item: Item) -> Iterator[tuple[str, str]]:
    own = item.properties
    sender, author = _mailbox(own, 0x0C1A, (0x5D01, 0x0C1F)), _mailbox(own, 0x0042, (0x5D02, 0x0065))
    yield "From", author or sender
    yield "Sender", sender if author and sender != author else ""
    for kind, name in _KINDS:
        of_kind = [recipient for recipient in item.recipients if recipient.number(0x0C15) & 0xF == kind]
        yield name, ",\n ".join(filter(None, (_recipient(recipient) for recipient in of_kind)))
    yield "Subject", _words(own.line(0x0037))
    yield "Date", _date(own.moment(0x0039) or own.moment(0x0E06))
    yield "Message-ID", own.line(0x1035)
    yield "In-Reply-To", own.line(0x1042)
    yield "References", own.line(0x1039)
    yield "Thread-Index", base64.b64encode(own.binary(0x0071)[:1000]).decode("ascii")
    yield "Auto-Submitted", "auto-replied" if own.text(0x001A).lower().startswith("ipm.note.rules.") else ""


def _recipient(properties: Properties) -> str:
    return _mailbox(properties, 0x3001, (0x39FE, 0x3003))


def _mailbox(properties: Properties, name: int, addresses: tuple[int, ...]) -> str:
    """A name and an address; of Exchange's own addresses the first that has an @ is taken."""
    found = [text for text in (properties.line(number) for number in addresses) if text]
    address = next((text for text in found if "@" in text), found[0] if found else "")
    # what would end the address, so that no name or address writes a field of its own
    address = re.sub(r"[<>\s,;]", "", address)
    display = properties.line(name)
    if not address:
        return ""
    return f"{_quoted(display)} <{address}>" if display and display != address else f"<{address}>"


def _quoted(text: str) -> str:
    if not text.isascii():
        return _words(text)
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _words(text: str) -> str:
    return text if text.isascii() else Header(text, "utf-8", maxlinelen=10_000).encode()


def _date(moment: datetime | None) -> str:
    return format_datetime(moment.replace(microsecond=0)) if moment else ""


def _body(item: Item, depth: int, *, with_text: bool = True) -> bytes:
    """MIME-Version and what follows it."""
    texts = [_text_part(kind, text) for kind, text in _texts(item.properties)] if with_text else []
    parts = [_multipart("alternative", texts, item, depth) if len(texts) > 1 else text for text in (texts[:1] or [])]
    calendar = calendar_part(item)
    if calendar:
        parts.append(_encoded(f'text/calendar; method={calendar.method}; charset="utf-8"', calendar.content))
    if depth < _DEEPEST:
        inner = [attached.message for attached in item.attachments if attached.message]
        parts += [b"Content-Type: message/rfc822\n\n" + _message(message, depth + 1) for message in inner]
    return b"MIME-Version: 1.0\n" + _multipart("mixed", parts, item, depth)


def _texts(own: Properties) -> list[tuple[str, str]]:
    plain, html = own.text(0x1000), _html(own)
    if not html and (not plain or own.binary(0x1009)):
        unwrapped = unwrap(decompress(own.binary(0x1009)))
        html, plain = (unwrapped.text, plain) if unwrapped.is_html else ("", plain or unwrapped.text)
    return [(kind, text) for kind, text in (("plain", plain), ("html", html)) if text.strip()]


def _html(own: Properties) -> str:
    kind, _ = own.values.get(0x1013, (0, b""))
    if kind in (STRING8, UNICODE):
        return own.text(0x1013)
    return own.binary(0x1013).decode(own.internet_codec(), "replace").rstrip("\0")


def _text_part(kind: str, text: str) -> bytes:
    content = text[:_MOST_TEXT].replace("\r\n", "\n").encode("utf-8", "replace")
    return _encoded(f'text/{kind}; charset="utf-8"', content)


def _encoded(content_type: str, content: bytes) -> bytes:
    head = f"Content-Type: {content_type}\nContent-Transfer-Encoding: base64\n\n".encode("ascii", "replace")
    return head + base64.encodebytes(content)


def _multipart(kind: str, parts: Iterable[bytes], item: Item, depth: int) -> bytes:
    """Parts between boundaries that no part can hold: they are hashes of the parts."""
    held = list(parts)
    digest = hashlib.sha256(b"".join(held)).hexdigest()[:32]
    boundary = f"{kind}-{depth}-{len(item.attachments)}-{digest}"
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\n\n'.encode()
    line = f"--{boundary}".encode()
    return head + b"".join(line + b"\n" + part + b"\n" for part in held) + line + b"--\n"


def _attachments(item: Item) -> Iterator[Attachment]:
    for attached in item.attachments:
        if attached.message is None:
            own = attached.properties
            name = own.line(0x3707, 0x3704, 0x3001)[:255]
            kind = own.line(0x370E).lower()[:127] or "application/octet-stream"
            yield Attachment(name, kind, len(attached.content), hashlib.sha256(attached.content).hexdigest())

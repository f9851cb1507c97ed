"""Parts of a multipart, byte for byte, for what must come out as it went in; the parser would write it anew."""

import re
from binascii import Error as Base64Error
from binascii import a2b_base64
from collections.abc import Iterator
from dataclasses import dataclass
from quopri import decodestring

from ingest.settings import ParseLimits

_FIELD = rb"^%s[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)"
_CONTENT_TYPE = re.compile(_FIELD % b"content-type", re.MULTILINE | re.IGNORECASE)
_ENCODING = re.compile(_FIELD % b"content-transfer-encoding", re.MULTILINE | re.IGNORECASE)
_BOUNDARY = re.compile(rb"boundary[ \t\n]{0,20}=[ \t\n]{0,20}(?:\"([^\"\n]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)
_MOST_PARTS = 50
_HEAD_BYTES = 2**16


@dataclass(frozen=True, slots=True)
class RawPart:
    """A part: its header fields, and its body as it stands there."""

    head: bytes
    body: bytes

    @property
    def kind(self) -> bytes:
        """Its media type, in lower case."""
        field = _CONTENT_TYPE.search(self.head)
        return field[1].partition(b";")[0].strip().lower() if field else b"text/plain"

    @property
    def holds_message(self) -> bool:
        """It is a message, whole."""
        return self.kind in (b"message/rfc822", b"message/global")

    def content(self) -> bytes:
        """The body, decoded; a message should come as it is, but some gateways encode it (RFC 2046, 5.2.1)."""
        field = _ENCODING.search(self.head)
        encoding = field[1].strip().lower() if field else b""
        if encoding == b"base64":
            try:
                return a2b_base64(self.body).replace(b"\r\n", b"\n")
            except Base64Error:
                return b""
        if encoding == b"quoted-printable":
            return decodestring(self.body).replace(b"\r\n", b"\n")
        return self.body


def header_section(raw: bytes, limits: ParseLimits) -> bytes:
    """The header section, as far as it may be read."""
    start = raw[: limits.header_bytes]
    begin = len(start) - len(start.lstrip(b"\r\n"))
    line = start.find(b"\n", begin)
    usual, other = (b"\n\r\n", b"\n\n") if start[line - 1 : line] == b"\r" else (b"\n\n", b"\n\r\n")
    end = start.find(usual, begin)
    end = end if end >= 0 else len(start)
    earlier = start.find(other, begin, end)
    return start[: (earlier if earlier >= 0 else end) + 1]


def raw_parts(lines: bytes, limits: ParseLimits) -> Iterator[RawPart]:
    """The parts of a multipart with LF line ends, the first of them, undecoded."""
    head = header_section(lines, limits)
    field = _CONTENT_TYPE.search(head)
    declared = _BOUNDARY.search(field[1][: limits.mime_bytes]) if field else None
    if declared is None:
        return
    boundary = re.escape(declared[1] or declared[2])
    delimiters = re.compile(rb"^--" + boundary + rb"(--)?[ \t]*(?:\n|\Z)", re.MULTILINE)
    begin = -1
    for count, match in enumerate(delimiters.finditer(lines, len(head))):
        if begin >= 0:
            yield _part(lines, begin, max(begin, match.start() - 1))
        if match[1] or count >= _MOST_PARTS:
            return
        begin = match.end()
    if begin >= 0:
        # the mailbox, or somebody on the way, cut the report off
        yield _part(lines, begin, len(lines))


def _part(lines: bytes, begin: int, end: int) -> RawPart:
    """The part between two places; the line end in front of a delimiter is the delimiter's (RFC 2046, 5.1.1)."""
    if lines.startswith(b"\n", begin):
        return RawPart(b"", lines[begin + 1 : end])
    blank = lines.find(b"\n\n", begin, end)
    if blank < 0:
        return RawPart(lines[begin : min(end, begin + _HEAD_BYTES)], b"")
    return RawPart(lines[begin : min(blank, begin + _HEAD_BYTES)], lines[blank + 2 : end])

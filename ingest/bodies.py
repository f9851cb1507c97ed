"""A message's MIME parts: the readable text, attachments' metadata, and the method of a calendar part."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message as MimeMessage
from typing import Any

from mailparser.utils import decode_header_part

from ingest.html_text import html_to_text
from ingest.settings import ParseLimits
from models.records import Attachment, Problem
from models.storable_text import storable

# what programs write when they mean a larger character set (WHATWG Encoding, section 4.2)
_LARGER_CHARSETS = {
    **dict.fromkeys(("us-ascii", "ascii", "", "default", "unknown-8bit", "utf8"), "utf-8"),
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk"), "gb18030"),
    **dict.fromkeys(("ks_c_5601-1987", "euc-kr"), "cp949"),
    **dict.fromkeys(("shift_jis", "shift-jis", "x-sjis"), "cp932"),
    "iso-8859-9": "cp1254",
    "iso-8859-8-i": "iso-8859-8",
}
_TEXT_CODECS_ONLY = re.compile(r"[a-z0-9][a-z0-9._:-]{0,40}")
_NOT_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem"})
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f]")
_SPACES = re.compile("[\u00a0\u2007\u202f]")
_STUB_CHARS = 200
_METHOD = re.compile(rb"^METHOD:[ \t]*([A-Za-z-]{1,20})", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Body:
    """What the parts of a message hold.

    Attributes:
        text: the readable text with LF line ends.
        from_html: it came from HTML.
        attachments: metadata, in the order of the parts.
        calendar_method: METHOD of a text/calendar part (RFC 5546), upper case, "" where there is none.
        problems: what was odd.
    """

    text: str
    from_html: bool
    attachments: tuple[Attachment, ...]
    calendar_method: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    is_html: bool


class _Reading:
    """One message's parts on their way into a Body."""

    def __init__(self, limits: ParseLimits) -> None:
        self.limits = limits
        self.attachments: list[Attachment] = []
        self.method = ""
        self.problems: dict[str, Problem] = {}

    def texts(self, part: MimeMessage) -> list[_Text]:
        """Readable texts of a part and those inside it; attachments are noted on the way."""
        kind = part.get_content_type()
        if _is_attached(part) or kind == "message/rfc822":
            self.attach(part)
            return []
        if part.is_multipart():
            children = [self.texts(child) for child in _children(part)]
            if kind == "multipart/alternative":
                return _best(children)
            return [text for found in children for text in found]
        return self.leaf(part, kind)

    def leaf(self, part: MimeMessage, kind: str) -> list[_Text]:
        if kind == "text/calendar":
            self.method = self.method or _calendar_method(part)
            return []
        if kind.startswith("multipart/"):
            # its boundary never came, so its lines are all there is to read
            return [_Text(self.decoded(part), is_html=False)]
        if kind not in ("text/plain", "text/html"):
            if not kind.startswith(("text/", "message/")):
                self.attach(part)
            return []
        return [_Text(self.decoded(part), kind == "text/html")]

    def attach(self, part: MimeMessage) -> None:
        content = _content(part)
        name = storable(" ".join(decode_header_part(_filename(part)).split()))[:255]
        if part.get_content_type() == "text/calendar":
            self.method = self.method or _calendar_method(part)
        self.attachments.append(
            Attachment(name, storable(part.get_content_type())[:127], len(content), hashlib.sha256(content).hexdigest())
        )

    def decoded(self, part: MimeMessage) -> str:
        content = _content(part)
        name = (_charset(part) or "").strip().lower()
        text = _decode(content, _LARGER_CHARSETS.get(name, name))
        if text is None:
            self.note("charset_guessed", name[:40])
            text = _decode(content, "utf-8") or content.decode("cp1252", "replace")
        if len(text) > self.limits.text_chars:
            self.note("text_cut", f"{len(text)} characters")
        return plain_characters(text[: self.limits.text_chars])

    def note(self, code: str, detail: str) -> None:
        self.problems.setdefault(code, Problem(code, storable(detail)))


def read_body(mime: MimeMessage, limits: ParseLimits) -> Body:
    """Walk the parts; of alternatives the plain text is read, unless it only says that there is HTML."""
    reading = _Reading(limits)
    texts = reading.texts(mime)
    parts = [_readable(found, limits) for found in texts]
    text = "\n\n".join(part for part in parts if part.strip())
    return Body(
        text=text,
        from_html=any(found.is_html for found in texts),
        attachments=tuple(reading.attachments),
        calendar_method=reading.method,
        problems=tuple(reading.problems.values()),
    )


def _readable(found: _Text, limits: ParseLimits) -> str:
    # entities may stand for what plain text is freed of, so HTML is freed of it again
    return plain_characters(html_to_text(found.text, limits)) if found.is_html else found.text.strip("\n")


def plain_characters(text: str) -> str:
    """LF line ends, ordinary spaces, nothing invisible and nothing that a store refuses."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and "\x00" not in text:
        return text
    return storable(_SPACES.sub(" ", _INVISIBLE.sub("", text)))


def _children(part: MimeMessage) -> Iterator[MimeMessage]:
    payload: Any = part.get_payload()
    if isinstance(payload, list):
        yield from payload


def _is_attached(part: MimeMessage) -> bool:
    if part.is_multipart() and not part.get_content_type().startswith("message/"):
        return False
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _best(alternatives: list[list[_Text]]) -> list[_Text]:
    """The plain alternative, else the richest; a plain one that only points to the HTML does not count."""
    plain = next((found for found in alternatives if found and not found[0].is_html), None)
    html = next((found for found in reversed(alternatives) if found and found[0].is_html), None)
    if plain is None or html is None:
        return plain or html or []
    words = " ".join(text.text for text in plain).strip()
    return html if not words or (len(words) < _STUB_CHARS and "html" in words.lower()) else plain


def _content(part: MimeMessage) -> bytes:
    if part.is_multipart():
        inner: Any = part.get_payload()
        return b"".join(child.as_bytes() for child in inner)
    decoded: Any = part.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else b""


def _filename(part: MimeMessage) -> str:
    return str(part.get_filename() or "")


def _charset(part: MimeMessage) -> str | None:
    try:
        charset = part.get_content_charset()
    except (LookupError, ValueError):
        # RFC 2231 parameters in a character set that does not exist
        return None
    return str(charset) if charset else None


def _decode(content: bytes, charset: str) -> str | None:
    if not _TEXT_CODECS_ONLY.fullmatch(charset) or charset.replace("_", "-") in _NOT_CHARSETS:
        return None
    try:
        return content.decode(charset)
    except (LookupError, ValueError):
        # not a character set, or not in it
        return None


def _calendar_method(part: MimeMessage) -> str:
    declared = part.get_param("method")
    if isinstance(declared, str) and declared.strip():
        return storable(declared.strip().upper())[:20]
    match = _METHOD.search(_content(part)[:4000].replace(b"\r", b""))
    return match[1].decode("ascii").upper() if match else ""

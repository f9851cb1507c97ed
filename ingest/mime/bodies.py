"""A message's MIME parts: the readable text, attachments' metadata, and the method of a calendar part."""

import re
from dataclasses import dataclass
from email.message import Message as MimeMessage

from ingest.mime import parts
from ingest.mime.attached_messages import attached_message
from ingest.mime.charsets import decode
from ingest.mime.excision import Excised
from ingest.mime.flowed import unflow
from ingest.settings import ParseLimits
from ingest.words.html_text import HtmlText, read_html
from models.records import Attachment, EmbeddedMessage, Problem
from models.storable_text import storable

_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f]")
_SPACES = re.compile("[\u00a0\u2007\u202f]")
_STUB_CHARS = 200
_METHOD_WITHIN = 4000
# base64 of four bytes, or quoted-printable of one and a half
_BYTES_A_CHARACTER = 6
_WIDEST_CHARACTER = 4
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
        structure: what HTML says of each line of the text (`ingest.words.html_structure`).
        attached: attached mails.
    """

    text: str
    from_html: bool
    attachments: tuple[Attachment, ...]
    calendar_method: str
    problems: tuple[Problem, ...]
    structure: str = ""
    attached: tuple[EmbeddedMessage, ...] = ()


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    is_html: bool


class _Reading:
    """One message's parts on their way into a Body."""

    def __init__(self, limits: ParseLimits, excised: Excised) -> None:
        self.limits = limits
        self.excised = excised
        self.room = limits.text_chars
        self.attachments: list[Attachment] = []
        self.attached: list[EmbeddedMessage] = []
        self.method = ""
        self.problems: dict[str, Problem] = {}

    def texts(self, part: MimeMessage) -> list[_Text]:
        """Readable texts of a part and those inside it; attachments are noted on the way."""
        kind = part.get_content_type()
        if parts.is_attached(part) or kind == "message/rfc822":
            self.attach(part)
            if kind == "message/rfc822" and (mail := attached_message(part)):
                self.attached.append(mail)
            return []
        if part.is_multipart():
            children = [self.texts(child) for child in parts.children(part)]
            if kind == "multipart/alternative":
                return _best(children)
            return [text for found in children for text in found]
        return self.leaf(part, kind)

    def leaf(self, part: MimeMessage, kind: str) -> list[_Text]:
        if kind == "text/calendar":
            self.method = self.method or self.calendar_method(part)
            return []
        if kind.startswith("multipart/"):
            # its boundary never came, so its lines are all there is to read
            return [_Text(self.decoded(part, html=False), is_html=False)]
        if kind not in ("text/plain", "text/html"):
            if not kind.startswith(("text/", "message/")):
                self.attach(part)
            return []
        if kind == "text/html":
            return [_Text(self.decoded(part, html=True), is_html=True)]
        return [_Text(_unflowed(part, self.decoded(part, html=False)), is_html=False)]

    def attach(self, part: MimeMessage) -> None:
        if part.get_content_type() == "text/calendar":
            self.method = self.method or self.calendar_method(part)
        self.attachments.append(parts.attachment(part, self.excised))

    def calendar_method(self, part: MimeMessage) -> str:
        # inside the calendar it is right; gateways that rewrite invitations forget the parameter
        match = _METHOD.search(parts.content(part, self.excised, _METHOD_WITHIN).replace(b"\r", b""))
        if match:
            return match[1].decode("ascii").upper()
        declared = part.get_param("method")
        return storable(declared.strip().upper())[:20] if isinstance(declared, str) else ""

    def decoded(self, part: MimeMessage, *, html: bool) -> str:
        """The text of a part, as far as there is room in the whole message's."""
        most = self.limits.text_chars * _BYTES_A_CHARACTER
        content = parts.content(part, self.excised, most)
        found = decode(content[: self.limits.text_chars * _WIDEST_CHARACTER], parts.charset(part), html=html)
        if found.problem:
            self.note(found.problem.code, found.problem.detail)
        if len(found.text) > self.room or parts.encoded_size(part, self.excised) > most:
            self.note("text_cut", f"{len(found.text)} characters or more")
        text = plain_characters(found.text[: self.room])
        self.room -= len(text)
        return text

    def note(self, code: str, detail: str) -> None:
        self.problems.setdefault(code, Problem(code, storable(detail)))


def read_body(mime: MimeMessage, limits: ParseLimits, excised: Excised) -> Body:
    """Walk the parts; of alternatives the plain text is read, unless it only says that there is HTML."""
    reading = _Reading(limits, excised)
    texts = reading.texts(mime)
    readable = [each for found in texts if (each := _readable(found, limits)).text.strip()]
    return Body(
        text="\n\n".join(each.text for each in readable),
        from_html=any(found.is_html for found in texts),
        attachments=tuple(reading.attachments),
        attached=tuple(reading.attached),
        calendar_method=reading.method,
        problems=tuple(reading.problems.values()),
        structure=" ".join(each.structure for each in readable),
    )


def _readable(found: _Text, limits: ParseLimits) -> HtmlText:
    if not found.is_html:
        text = found.text.strip("\n")
        return HtmlText(text, " " * (text.count("\n") + 1))
    read = read_html(found.text, limits)
    # entities may stand for what plain text is freed of, so HTML is freed of it again; it breaks no lines
    return HtmlText(plain_characters(read.text), read.structure)


def _unflowed(part: MimeMessage, text: str) -> str:
    if "flowed" not in str(part.get("content-type", "")).lower() or str(part.get_param("format")).lower() != "flowed":
        return text
    return unflow(text, delete_space=str(part.get_param("delsp")).lower() == "yes")


def plain_characters(text: str) -> str:
    """LF line ends, ordinary spaces, nothing invisible and nothing that a store refuses."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and "\x00" not in text:
        return text
    return storable(_SPACES.sub(" ", _INVISIBLE.sub("", text)))


def _best(alternatives: list[list[_Text]]) -> list[_Text]:
    """The plain alternative, else the richest; a plain one that only points to the HTML does not count."""
    plain = next((found for found in alternatives if found and not found[0].is_html), None)
    html = next((found for found in reversed(alternatives) if found and found[0].is_html), None)
    if plain is None or html is None:
        return plain or html or []
    words = " ".join(text.text for text in plain).strip()
    return html if not words or (len(words) < _STUB_CHARS and "html" in words.lower()) else plain

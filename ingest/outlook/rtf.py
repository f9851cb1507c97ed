"""Compressed RTF (MS-OXRTFCP) and the HTML or text that Outlook wraps in RTF (MS-OXRTFEX); other RTF as plain text.

One pass over tokens, no recursion; what is beyond the bounds is cut off.
"""

import re
import struct
from dataclasses import dataclass, field, replace

from ingest.outlook.properties import codec_of

_MOST_BYTES = 4 * 2**20
_MOST_GROUPS = 500
_COMPRESSED, _STORED = b"LZFu", b"MELA"
_WINDOW = 4096
_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|([^\\{}\r\n]+)|[\r\n]+", re.DOTALL
)
_CHARACTERS = {
    b"par": "\n",
    b"line": "\n",
    b"tab": "\t",
    b"sect": "\n",
    b"page": "\n",
    b"row": "\n",
    b"cell": "\t",
    b"lquote": "\u2018",
    b"rquote": "\u2019",
    b"ldblquote": "\u201c",
    b"rdblquote": "\u201d",
    b"bullet": "\u2022",
    b"endash": "\u2013",
    b"emdash": "\u2014",
}
_SYMBOLS = {b"~": "\N{NO-BREAK SPACE}", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n"}
# groups whose words are no text of the document
_ASIDE = frozenset(
    {b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer", b"themedata"}
)
# \fcharset -> code page (RTF 1.9.1, font table)
_FONT_PAGES = {
    0: 1252,
    77: 10000,
    128: 932,
    129: 949,
    134: 936,
    136: 950,
    161: 1253,
    162: 1254,
    163: 1258,
    177: 1255,
    178: 1256,
    186: 1257,
    204: 1251,
    222: 874,
    238: 1250,
}


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """What RTF holds; `is_html` where Outlook made it from HTML."""

    text: str
    is_html: bool


def decompress(content: bytes) -> bytes:
    """RTF from PR_RTF_COMPRESSED; b"" where it is none."""
    if len(content) < 16:  # noqa: PLR2004  # the header's length
        return b""
    size = min(struct.unpack_from("<I", content, 4)[0], _MOST_BYTES)
    kind = content[8:12]
    if kind == _STORED:
        return content[16 : 16 + size]
    return _expand(content, size) if kind == _COMPRESSED else b""


def _expand(content: bytes, size: int) -> bytes:
    # the window is a ring; in what was written so far, its places are those of the same remainder
    out = bytearray(_DICTIONARY)
    end = len(_DICTIONARY) + size
    at = 16
    while at < len(content) and len(out) < end:
        flags = content[at]
        at += 1
        for bit in range(8):
            if flags >> bit & 1:
                reference = int.from_bytes(content[at : at + 2], "big")
                back = (len(out) - (reference >> 4)) % _WINDOW
                at += 2
                if not back or at > len(content):
                    return bytes(out[len(_DICTIONARY) : end])
                _copy(out, back, (reference & 0xF) + 2)
            else:
                out += content[at : at + 1]
                at += 1
    return bytes(out[len(_DICTIONARY) : end])


def _copy(out: bytearray, back: int, length: int) -> None:
    for _ in range(length):
        out.append(out[-back] if back <= len(out) else 0)


def unwrap(rtf: bytes) -> Unwrapped:
    """HTML, where the RTF was made of it, else text."""
    head = rtf[:1000]
    reading = _Reading(from_html=b"\\fromhtml1" in head)
    for token in _TOKEN.finditer(rtf[:_MOST_BYTES]):
        reading.take(token)
    return Unwrapped(reading.text(), is_html=reading.from_html)


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group: nothing is to be read, RTF beside its HTML, an HTML tag, the font."""

    aside: bool = False
    beside_html: bool = False
    in_tag: bool = False
    font: int | None = None
    skip: int = 1


@dataclass(slots=True)
class _Reading:
    """Tokens on their way into text."""

    from_html: bool
    page: int = 1252
    state: _State = field(default_factory=_State)
    groups: list[_State] = field(default_factory=list)
    fonts: dict[int, int] = field(default_factory=dict)
    out: list[str] = field(default_factory=list)
    waiting: bytearray = field(default_factory=bytearray)
    defined_font: int = 0
    to_skip: int = 0

    def take(self, token: re.Match[bytes]) -> None:
        """One token."""
        word, number, byte, symbol, brace, plain = token.groups()
        if brace:
            self.brace(brace)
        elif byte:
            self.bytes(bytes([int(byte, 16)]))
        elif plain:
            self.bytes(plain)
        elif word:
            self.word(word, int(number) if number else None)
        elif symbol == b"*":
            # a group that a reader may leave out, unless it knows what comes: \htmltag
            self.state = replace(self.state, aside=True)
        elif symbol:
            self.characters(_SYMBOLS.get(symbol, ""))

    def brace(self, brace: bytes) -> None:
        self.flush()
        self.to_skip = 0
        if brace == b"{":
            if len(self.groups) < _MOST_GROUPS:
                self.groups.append(self.state)
        elif self.groups:
            self.state = self.groups.pop()

    def word(self, word: bytes, number: int | None) -> None:
        state = self.state
        if word in _ASIDE:
            self.state = replace(state, aside=True)
        elif word == b"htmltag" and self.from_html:
            self.state = replace(state, aside=False, in_tag=True)
        elif word == b"htmlrtf":
            self.flush()
            self.state = replace(state, beside_html=number != 0)
        elif word == b"ansicpg":
            self.page = number or self.page
        elif word == b"uc":
            self.state = replace(state, skip=min(max(number or 0, 0), 10))
        elif word == b"f" and number is not None:
            self.flush()
            self.defined_font = number
            self.state = replace(state, font=number)
        elif word == b"fcharset" and number is not None:
            self.fonts[self.defined_font] = _FONT_PAGES.get(number, 0)
        elif word == b"u" and number is not None:
            self.characters(_character(number))
            self.to_skip = state.skip
        elif word in _CHARACTERS:
            self.characters(_CHARACTERS[word])

    def bytes(self, content: bytes) -> None:
        skipped = min(self.to_skip, len(content))
        self.to_skip -= skipped
        if self.reads():
            self.waiting += content[skipped:]

    def characters(self, text: str) -> None:
        self.flush()
        if self.reads():
            self.out.append(text)

    def reads(self) -> bool:
        return not self.state.aside and not (self.from_html and self.state.beside_html)

    def flush(self) -> None:
        if self.waiting:
            page = 0 if self.state.in_tag else self.fonts.get(self.state.font or 0, 0)
            self.out.append(self.waiting.decode(codec_of(page or self.page), "replace"))
            self.waiting.clear()

    def text(self) -> str:
        """All that was read, pairs of UTF-16 halves put together."""
        self.flush()
        joined = "".join(self.out)
        return joined.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _character(number: int) -> str:
    # negative where the code is above 32767 (RTF 1.9.1, \u)
    code = number % 0x10000
    return chr(code) if code else ""

"""Bytes to text when the declared character set is true, missing, misspelt, or a lie.

A declaration is believed unless the bytes contradict it; what was done instead is a problem with a code:
`charset_guessed` (none or an unknown one was declared), `charset_wrong` (another one fits, or some bytes fit none) and
`charset_doubled` (UTF-8 that had been read as Windows' Latin letters and written as UTF-8 again).
"""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from models.records import Problem
from models.storable_text import storable

# what programs write when they mean a larger character set (WHATWG Encoding, section 4.2)
_LARGER = {
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "ansi", "windows-1252"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb_2312-80", "gb2312-80", "cp936"), "gb18030"),
    **dict.fromkeys(("ks_c_5601-1987", "ks_c_5601", "euc-kr", "euckr"), "cp949"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis"), "cp932"),
    **dict.fromkeys(("iso-2022-jp", "iso-2022-jp-1", "iso-2022-jp-2"), "iso2022_jp_ext"),
    **dict.fromkeys(("unicode-1-1-utf-7", "x-unicode-2-0-utf-7"), "utf-7"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("utf8", "utf-8-sig", "x-utf-8", "unicode-1-1-utf-8"), "utf-8"),
    "iso-8859-9": "cp1254",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "tis-620": "cp874",
    "iso-8859-11": "cp874",
    "koi8-r": "koi8-u",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
}
_NONE_DECLARED = frozenset(
    {*("", "us-ascii", "ascii", "ansi_x3.4-1968"), *("default", "unknown", "unknown-8bit", "x-unknown", "8bit", "none")}
)
_LATIN = frozenset({"cp1252", "iso-8859-15", "cp1254", "mac-roman", "cp1250", "iso-8859-2", "cp850", "cp437"})
_NAME = re.compile(r"[a-z0-9][a-z0-9._:-]{0,40}")
_NOT_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem"})
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"<meta[^>]{1,200}?charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_META_WITHIN = 4096
_DOUBLED = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,3}")
_SAMPLE = 4096
_ASCII = bytes(range(128))
_MANY_OTHER_LETTERS = 0.25
_SURE_SEQUENCES = 2
# what undeclared bytes may be, apart from UTF-8 and Windows' Latin letters
_CANDIDATES = ["cp1251", "koi8_r", "gb18030", "big5", "cp932", "euc_jp", "cp949", "cp1253", "cp1255", "cp1256", "cp874"]


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and what is to be said of how it was come by."""

    text: str
    problem: Problem | None = None


def decode(content: bytes, declared: str, *, html: bool = False) -> Decoded:
    """Text of a part.

    Args:
        content: its bytes, without transfer encoding.
        declared: the charset parameter, "" where there is none.
        html: the part is HTML, whose own words may name a character set.
    """
    name = _name(declared)
    if content.isascii() and b"\x1b" not in content and b"\x00" not in content and not name.startswith("utf-7"):
        return Decoded(content.decode("ascii"))
    marked = _by_mark(content)
    if marked is not None:
        return Decoded(marked)
    if not name and html and (meta := _META.search(content[:_META_WITHIN])):
        name = _name(meta[1].decode("ascii"))
    text = _strict(content, _endian(content, name)) if name else None
    if text is not None and not _is_utf8_after_all(content, name):
        return _undoubled(text)
    return _otherwise(content, name, declared)


def _name(declared: str) -> str:
    """The codec that is meant, "" where none is."""
    name = declared.strip().strip("\"'").lower()
    name = name.removeprefix("charset=")
    return "" if name in _NONE_DECLARED else _LARGER.get(name, _LARGER.get(name.replace("_", "-"), name))


def _by_mark(content: bytes) -> str | None:
    for mark, name in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _strict(content[len(mark) :], name)
    return None


def _endian(content: bytes, name: str) -> str:
    """UTF-16 without a mark: the zero half of Latin letters tells which half comes first (RFC 2781, 3.3)."""
    if name not in ("utf-16", "utf16", "ucs-2", "iso-10646-ucs-2"):
        return name
    sample = content[:_SAMPLE]
    return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"


def _is_utf8_after_all(content: bytes, name: str) -> bool:
    """Letters that make no sense one by one and are UTF-8 together; text in another set is that by no accident."""
    if name not in _LATIN and name not in ("cp1251", "koi8-u", "iso-8859-5"):
        return False
    text = _strict(content, "utf-8")
    return text is not None and sum(not character.isascii() for character in text) >= _SURE_SEQUENCES


def _otherwise(content: bytes, name: str, declared: str) -> Decoded:
    code = "charset_guessed" if not name or not _is_codec(name) else "charset_wrong"
    told = declared.strip().lower()[:40] or "none"
    text = _strict(content, "utf-8")
    if text is not None:
        # undeclared UTF-8 is so common that it is no problem
        plain = not name and b"\x1b" not in content and b"\x00" not in content
        found = _undoubled(text)
        if plain or found.problem:
            return found
    guess = _guess(content, name)
    if guess != "utf-8" or text is None:
        text = _strict(content, guess)
    if text is None:
        guess, text = "utf-8 and cp1252", content.decode("utf-8", "windows-letters")
    return Decoded(text, Problem(code, storable(f"{told}: read as {guess}")))


def _guess(content: bytes, name: str) -> str:
    sample = content[:_SAMPLE]
    if sample.count(0) * 3 > len(sample):
        return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    if b"\x1b$B" in content or b"\x1b$@" in content:
        return "iso2022_jp_ext"
    if name == "utf-8" or _strict(content, "utf-8") is not None:
        return "utf-8"
    letters = sample.translate(None, b" \r\n\t")
    if len(letters.translate(None, _ASCII)) < _MANY_OTHER_LETTERS * len(letters):
        return "utf-8"
    best = from_bytes(sample, cp_isolation=_CANDIDATES).best()
    return best.encoding if best else "utf-8"


def _undoubled(text: str) -> Decoded:
    if not _DOUBLED.search(text) or len(_DOUBLED.findall(text)) < _SURE_SEQUENCES:
        return Decoded(text)
    try:
        once = text.encode("cp1252", "windows-controls").decode("utf-8")
    except UnicodeError:
        return Decoded(text)
    return Decoded(once, Problem("charset_doubled"))


def _strict(content: bytes, name: str) -> str | None:
    if not _is_codec(name):
        return None
    try:
        return content.decode(name)
    except (LookupError, ValueError):
        # not a character set, or not in it
        return None


def _is_codec(name: str) -> bool:
    if not _NAME.fullmatch(name.replace("_", "-")) or name.replace("_", "-") in _NOT_CHARSETS:
        return False
    try:
        "".encode(name)
    except (LookupError, ValueError):
        # base64 and its like are codecs, and no character sets
        return False
    return True


def _windows_letters(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are not UTF-8 are Windows' Latin letters, one by one."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


def _windows_controls(error: UnicodeError) -> tuple[bytes, int]:
    """Five bytes have no letter in cp1252 and were read as control characters."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    wrong = error.object[error.start : error.end]
    if any(character not in "\x81\x8d\x8f\x90\x9d" for character in wrong):
        raise error
    return wrong.encode("latin-1"), error.end


codecs.register_error("windows-letters", _windows_letters)
codecs.register_error("windows-controls", _windows_controls)

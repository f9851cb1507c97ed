"""MAPI properties (MS-OXCDATA, section 2.11): numbered values of a message, a recipient or an attachment."""

import codecs
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from models.storable_text import storable

INTEGER = 0x0003
BOOLEAN = 0x000B
OBJECT = 0x000D
STRING8 = 0x001E
UNICODE = 0x001F
TIME = 0x0040
BINARY = 0x0102
FIXED_SIZES = {
    0x0002: 2,
    INTEGER: 4,
    0x0004: 4,
    0x0005: 8,
    0x0006: 8,
    0x0007: 8,
    0x000A: 4,
    BOOLEAN: 2,
    0x0014: 8,
    TIME: 8,
    0x0048: 16,
}
"""Property types whose values have one size (MS-OXCDATA, section 2.11.1)."""

NAMED_FROM = 0x8000
"""Property numbers from here on are given anew in every message, and only their names mean something."""

MEETING_NAMES = "6ed8da90450b1b1098da00aa003f1305"
APPOINTMENT_NAMES = "0006200200000000c000000000000046"

_MESSAGE_CODE_PAGE = 0x3FFD
_INTERNET_CODE_PAGE = 0x3FDE
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
# code pages that Python does not call "cp" and the number
_CODE_PAGES = {
    65001: "utf-8",
    20127: "utf-8",
    1200: "utf-16-le",
    20866: "koi8-r",
    21866: "koi8-u",
    51932: "euc-jp",
    **{28590 + part: f"iso-8859-{part}" for part in (1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 15)},
    **dict.fromkeys((50220, 50221, 50222), "iso-2022-jp"),
    **dict.fromkeys((936, 54936), "gb18030"),
    51949: "cp949",
    52936: "hz",
}


@dataclass(frozen=True, slots=True)
class Properties:
    """One object's properties.

    Attributes:
        values: number -> type and bytes.
        names: set and number of a named property -> the number it has here.
        code_page: of 8-bit strings, where the object does not say.
    """

    values: Mapping[int, tuple[int, bytes]]
    names: Mapping[tuple[str, int], int] = field(default_factory=dict)
    code_page: int = 0

    def text(self, *numbers: int) -> str:
        """The first string among properties that is not empty, "" where there is none."""
        for number in numbers:
            kind, value = self.values.get(number, (0, b""))
            codec = "utf-16-le" if kind == UNICODE else codec_of(self._code_page()) if kind == STRING8 else ""
            found = value.decode(codec, "replace").rstrip("\0") if codec else ""
            if found.strip():
                return storable(found)
        return ""

    def line(self, *numbers: int) -> str:
        """The same on one line, fit for a header field."""
        return " ".join(self.text(*numbers).split())

    def binary(self, number: int) -> bytes:
        """Bytes; those of a string as they stand."""
        kind, value = self.values.get(number, (0, b""))
        return value if kind in (BINARY, STRING8, OBJECT) else b""

    def number(self, number: int) -> int:
        """An integer or truth value, 0 where there is none."""
        kind, value = self.values.get(number, (0, b""))
        return int.from_bytes(value[:4], "little") if kind in (INTEGER, BOOLEAN) else 0

    def moment(self, number: int) -> datetime | None:
        """A time, None where there is none or an impossible one."""
        kind, value = self.values.get(number, (0, b""))
        if kind != TIME or len(value) < FIXED_SIZES[TIME]:
            return None
        ticks: int = struct.unpack_from("<Q", value)[0]
        try:
            return _EPOCH + timedelta(microseconds=ticks // 10) if ticks else None
        except OverflowError:
            return None

    def named(self, names: str, number: int) -> int:
        """The number that a named property has here, 0 where it is not there."""
        return self.names.get((names, number), 0)

    def internet_codec(self) -> str:
        """What HTML in bytes is written in."""
        return codec_of(self.number(_INTERNET_CODE_PAGE) or self._code_page())

    def _code_page(self) -> int:
        return self.number(_MESSAGE_CODE_PAGE) or self.code_page or self.number(_INTERNET_CODE_PAGE)


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment: its properties and bytes, or the message that it is."""

    properties: Properties
    content: bytes = b""
    message: "Item | None" = None


@dataclass(frozen=True, slots=True)
class Item:
    """A message as Outlook keeps it."""

    properties: Properties
    recipients: tuple[Properties, ...] = ()
    attachments: tuple[Attached, ...] = ()


def codec_of(code_page: int) -> str:
    """Python's name of a Windows code page; Windows' Latin letters for those that it does not know."""
    name = _CODE_PAGES.get(code_page, f"cp{code_page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"

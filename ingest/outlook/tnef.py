"""winmail.dat, which Outlook sends to those it takes for Outlook (MS-OXTNEF), as a message of MAPI properties.

Its own reader, because each of the packaged ones follows counts from the file: 49 bytes keep them busy for hours.
Every step here consumes bytes; what does not fit ends the reading, and what was read before counts.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.outlook.msg import guid_words
from ingest.outlook.properties import (
    BINARY,
    FIXED_SIZES,
    NAMED_FROM,
    OBJECT,
    STRING8,
    UNICODE,
    Attached,
    Item,
    Properties,
)

SIGNATURE = b"\x78\x9f\x3e\x22"
_SUBJECT, _MESSAGE_CLASS, _BODY, _ATTACH_DATA, _ATTACH_TITLE = 0x8004, 0x8008, 0x800C, 0x800F, 0x8010
_ATTACH_BEGINS, _MESSAGE_PROPERTIES, _RECIPIENTS, _ATTACH_PROPERTIES = 0x9002, 0x9003, 0x9004, 0x9005
_CODE_PAGE = 0x9007
# attributes of the old form, and the properties that they stand for
_OLD_FORM = {_SUBJECT: 0x0037, _MESSAGE_CLASS: 0x001A, _BODY: 0x1000}
_DATA, _NAME = 0x3701, 0x3707
_VARIABLE = (STRING8, UNICODE, OBJECT, BINARY)
_MULTIPLE = 0x1000
_MOST_ATTACHMENTS = 1000
_DEEPEST = 5
_Values = dict[int, tuple[int, bytes]]
_Names = dict[tuple[str, int], int]


def is_tnef(content: bytes) -> bool:
    """Whether bytes begin like TNEF."""
    return content.startswith(SIGNATURE)


def read_tnef(content: bytes) -> Item:
    """The message in a winmail.dat; nothing is in it where the bytes are something else."""
    return _read(content, _Budget(), 0)


@dataclass(slots=True)
class _Budget:
    """How many attributes, properties and values are read, of embedded messages too."""

    left: int = 200_000

    def spend(self) -> bool:
        self.left -= 1
        return self.left >= 0


def _read(content: bytes, budget: _Budget, depth: int) -> Item:
    reading = _Reading(budget)
    for name, data in _attributes(content):
        if not budget.spend():
            break
        reading.take(name, data)
    return reading.item(depth)


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Attribute numbers and data; level, type and checksum say nothing that is needed."""
    at = 6 if is_tnef(content) else len(content)
    while at + 9 <= len(content):
        name, size = struct.unpack_from("<xHxxI", content, at)
        yield name, content[at + 9 : at + 9 + size]
        at += 9 + size + 2


class _Reading:
    """Attributes on their way into an Item."""

    def __init__(self, budget: _Budget) -> None:
        self._budget = budget
        self._page = 0
        self._old: _Values = {}
        self._own: _Values = {}
        self._names: _Names = {}
        self._recipients: list[_Values] = []
        self._attachments: list[_Values] = []

    def take(self, name: int, data: bytes) -> None:
        """One attribute."""
        if name == _CODE_PAGE:
            self._page = int.from_bytes(data[:4], "little")
        elif name in _OLD_FORM:
            self._old[_OLD_FORM[name]] = (STRING8, data)
        elif name == _MESSAGE_PROPERTIES:
            self._own |= _Cursor(data, self._budget).properties(self._names)
        elif name == _RECIPIENTS:
            self._recipients = _Cursor(data, self._budget).rows(self._names)
        elif name == _ATTACH_BEGINS and len(self._attachments) < _MOST_ATTACHMENTS:
            self._attachments.append({})
        elif self._attachments:
            self._take_attached(self._attachments[-1], name, data)

    def _take_attached(self, values: _Values, name: int, data: bytes) -> None:
        if name == _ATTACH_DATA:
            values[_DATA] = (BINARY, data)
        elif name == _ATTACH_TITLE:
            values.setdefault(_NAME, (STRING8, data))
        elif name == _ATTACH_PROPERTIES:
            values |= _Cursor(data, self._budget).properties(self._names)

    def item(self, depth: int) -> Item:
        """What was read."""
        return Item(
            Properties(self._old | self._own, self._names, self._page),
            tuple(Properties(values, self._names, self._page) for values in self._recipients),
            tuple(self._attached(values, depth) for values in self._attachments),
        )

    def _attached(self, values: _Values, depth: int) -> Attached:
        kind, data = values.get(_DATA, (0, b""))
        # an object's first 16 bytes say which interface it has
        content = data[16:] if kind == OBJECT else data
        inner = (
            _read(content, self._budget, depth + 1)
            if is_tnef(content) and kind == OBJECT and depth < _DEEPEST
            else None
        )
        return Attached(Properties(values, self._names, self._page), content, inner)


class _Cursor:
    """Reads a list of properties (MS-OXTNEF, section 2.1.3.4)."""

    def __init__(self, data: bytes, budget: _Budget) -> None:
        self._data = data
        self._budget = budget
        self._at = 0

    def rows(self, names: _Names) -> list[_Values]:
        """A table: each row is a list."""
        rows = []
        for _ in range(self._integer()):
            if not self._goes_on():
                break
            rows.append(self.properties(names))
        return rows

    def properties(self, names: _Names) -> _Values:
        """Number -> type and bytes; of several values the first."""
        values: _Values = {}
        for _ in range(self._integer()):
            if not self._goes_on():
                break
            kind, number = self._short(), self._short()
            if number >= NAMED_FROM:
                number = self._named(names, NAMED_FROM + len(names))
            several, kind = bool(kind & _MULTIPLE), kind & ~_MULTIPLE
            if kind not in FIXED_SIZES and kind not in _VARIABLE:
                self._at = len(self._data)
                break
            first = self._first_value(kind, several=several)
            if first is not None:
                values.setdefault(number, (kind, first))
        return values

    def _first_value(self, kind: int, *, several: bool) -> bytes | None:
        first: bytes | None = None
        for _ in range(self._integer() if several or kind in _VARIABLE else 1):
            if not self._goes_on():
                break
            value = self._padded(self._integer() if kind in _VARIABLE else FIXED_SIZES[kind])
            first = value if first is None else first
        return first

    def _goes_on(self) -> bool:
        return self._at < len(self._data) and self._budget.spend()

    def _named(self, names: _Names, free: int) -> int:
        """The number that a named property gets; 0 for those with names in letters, which nobody asks for."""
        group, kind = guid_words(self._bytes(16)), self._integer()
        if kind:
            self._padded(self._integer())
            return 0
        return names.setdefault((group, self._integer()), free)

    def _padded(self, size: int) -> bytes:
        found = self._bytes(size)
        self._at += -size % 4
        return found

    def _bytes(self, size: int) -> bytes:
        found = self._data[self._at : self._at + size]
        self._at += size
        return found

    def _short(self) -> int:
        return int.from_bytes(self._bytes(2), "little")

    def _integer(self) -> int:
        return int.from_bytes(self._bytes(4), "little")

"""An Outlook .msg file (MS-OXMSG): MAPI properties in the storages and streams of a compound file, read by olefile."""

import io
import struct
from collections.abc import Mapping
from typing import Any

from olefile import OleFileIO

from ingest.outlook.properties import BINARY, FIXED_SIZES, NAMED_FROM, Attached, Item, Properties

OLE_HEADER = bytes.fromhex("d0cf11e0a1b11ae1")
_HEADER_SIZES = {"message": 32, "embedded": 24, "other": 8}
_PROPERTIES = "__properties_version1.0"
_STREAM = "__substg1.0_"
_NAMES = "__nameid_version1.0"
_EMBEDDED = "__substg1.0_3701000D"
_ATTACH_DATA = 0x3701
_STORAGE, _STREAM_ENTRY = 1, 2
_MOST_ENTRIES = 60_000
_MOST_OBJECTS = 10_000
_DEEPEST = 10


class MsgError(ValueError):
    """A compound file that is no message, or was made to cost time or memory."""


UNREADABLE_MSG = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
    ArithmeticError,
    struct.error,
)
"""What olefile answers to damaged and hostile files, seen and conceivable."""


def is_msg(raw: bytes) -> bool:
    """Whether bytes begin like a compound file."""
    return raw.startswith(OLE_HEADER)


def read_msg(raw: bytes) -> Item:
    """The message in a .msg file.

    Raises:
        MsgError: it holds none, or is beyond the bounds; olefile raises others of `UNREADABLE_MSG`.
    """
    with _Ole(io.BytesIO(raw)) as ole:
        storage = _Storage(ole.root, _Streams(ole, len(raw)))
        if _PROPERTIES not in storage.entries:
            raise MsgError("a compound file without a message")
        return _item(storage, _named(storage.storage(_NAMES)), "message", 0)


class _Ole(OleFileIO):  # type: ignore[type-arg]  # generic only in its stubs
    """olefile with a bound, and without its search for streams that share a beginning, which is quadratic."""

    def _check_duplicate_stream(self, first_sect: int, minifat: bool = False) -> None:  # noqa: FBT001, FBT002
        """`_Streams` sees to it that no more is read than there is."""

    def _load_direntry(self, sid: int) -> Any:
        count = len(self.direntries)  # type: ignore[attr-defined]  # not in its stubs
        if count > _MOST_ENTRIES:
            raise MsgError(f"{count} streams and storages")
        return super()._load_direntry(sid)


class _Streams:
    """Reads streams, together at most as much as there are bytes in the file, so that none is read twice."""

    def __init__(self, ole: Any, size: int) -> None:  # olefile has no types
        self._ole = ole
        self._left = size

    def read(self, entry: Any) -> bytes:  # as above
        self._left -= entry.size
        if self._left < 0:
            raise MsgError("its streams overlap")
        # by name, as its public method does, each look-up would be linear
        content: bytes = self._ole._open(entry.isectStart, entry.size).read()  # noqa: SLF001
        return content


class _Storage:
    """A folder of a compound file."""

    def __init__(self, entry: Any, streams: _Streams) -> None:  # olefile has no types
        self._streams = streams
        self.entries: dict[str, Any] = {child.name: child for child in entry.kids} if entry else {}

    def storage(self, name: str) -> "_Storage":
        entry = self.entries.get(name)
        return _Storage(entry if entry and entry.entry_type == _STORAGE else None, self._streams)

    def stream(self, name: str) -> bytes:
        entry = self.entries.get(name)
        return self._streams.read(entry) if entry and entry.entry_type == _STREAM_ENTRY else b""

    def children(self, prefix: str) -> list["_Storage"]:
        names = sorted(name for name in self.entries if name.startswith(prefix))
        if len(names) > _MOST_OBJECTS:
            raise MsgError(f"{len(names)} recipients or attachments")
        return [self.storage(name) for name in names]


def _item(storage: _Storage, names: Mapping[tuple[str, int], int], kind: str, depth: int) -> Item:
    properties = _properties(storage, kind, names)
    recipients = storage.children("__recip_version1.0_#")
    attachments = storage.children("__attach_version1.0_#")
    page = properties.number(0x3FFD) or properties.number(0x3FDE)
    return Item(
        properties,
        tuple(_properties(recipient, "other", names, page) for recipient in recipients),
        tuple(_attached(attachment, names, page, depth) for attachment in attachments),
    )


def _attached(storage: _Storage, names: Mapping[tuple[str, int], int], page: int, depth: int) -> Attached:
    properties = _properties(storage, "other", names, page)
    embedded = storage.storage(_EMBEDDED)
    message = _item(embedded, names, "embedded", depth + 1) if embedded.entries and depth < _DEEPEST else None
    return Attached(properties, properties.binary(_ATTACH_DATA), message)


def _properties(storage: _Storage, kind: str, names: Mapping[tuple[str, int], int], page: int = 0) -> Properties:
    values = dict(_variable_values(storage))
    table = storage.stream(_PROPERTIES)
    for at in range(_HEADER_SIZES[kind], len(table) - 15, 16):
        value_type, number = struct.unpack_from("<HH", table, at)
        if value_type in FIXED_SIZES:
            values[number] = (value_type, table[at + 8 : at + 16])
    return Properties(values, names, page)


def _variable_values(storage: _Storage) -> list[tuple[int, tuple[int, bytes]]]:
    found = []
    for name, entry in storage.entries.items():
        if name.startswith(_STREAM) and len(name) == len(_STREAM) + 8 and entry.entry_type == _STREAM_ENTRY:
            tag = int(name[len(_STREAM) :], 16)
            found.append((tag >> 16, (tag & 0xFFFF, storage.stream(name))))
    return found


def _named(storage: _Storage) -> dict[tuple[str, int], int]:
    """Which number each named property has in this file (MS-OXMSG, section 2.2.3)."""
    sets = storage.stream(f"{_STREAM}0002{BINARY:04X}")
    entries = storage.stream(f"{_STREAM}0003{BINARY:04X}")
    names = {}
    for identifier, kind, index in struct.iter_unpack("<IHH", entries[: len(entries) // 8 * 8]):
        # sets 1 and 2 are fixed ones; an odd kind is a name in letters
        at = ((kind >> 1) - 3) * 16
        if not kind & 1 and at >= 0:
            names[guid_words(sets[at : at + 16]), identifier] = NAMED_FROM + index
    return names


def guid_words(content: bytes) -> str:
    """A set of names in hexadecimal digits, as documentation writes it."""
    return (content[3::-1] + content[5:3:-1] + content[7:5:-1] + content[8:16]).hex()

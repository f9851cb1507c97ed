"""Writes .msg files and winmail.dat: what the readers are given, made without them."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

Value = str | bytes | int | bool | datetime

SUBJECT, CLASS, BODY, HTML, RTF = 0x0037, 0x001A, 0x1000, 0x1013, 0x1009
HEADER, SUBMITTED, MESSAGE_ID = 0x007D, 0x0039, 0x1035
SENDER_NAME, SENDER_ADDRESS = 0x0042, 0x5D02
NAME, ADDRESS, KIND = 0x3001, 0x39FE, 0x0C15
FILE_NAME, FILE_TYPE, FILE_DATA = 0x3707, 0x370E, 0x3701
APPOINTMENTS = UUID("00062002-0000-0000-c000-000000000046")
MEETINGS = UUID("6ed8da90-450b-1b10-98da-00aa003f1305")

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
Tree = dict[str, "bytes | Tree"]


@dataclass
class Outlook:
    """A message to write: properties, named ones by set and number, recipients, files, attached messages."""

    properties: Mapping[int, Value]
    named: Mapping[tuple[UUID, int], Value] = field(default_factory=dict)
    recipients: Sequence[Mapping[int, Value]] = ()
    files: Sequence[Mapping[int, Value]] = ()
    messages: Sequence["Outlook"] = ()


def write_msg(message: Outlook, *, unicode: bool = True) -> bytes:
    """A .msg file (MS-OXMSG)."""
    tree = _message_tree(message, 32, unicode=unicode)
    sets = sorted({group for group, _ in message.named}, key=str)
    entries = b"".join(
        struct.pack("<IHH", number, (sets.index(group) + 3) << 1, index)
        for index, (group, number) in enumerate(message.named)
    )
    guids = b"".join(group.bytes_le for group in sets)
    tree["__nameid_version1.0"] = {"__substg1.0_00020102": guids, "__substg1.0_00030102": entries}
    return write_compound(tree)


def _message_tree(message: Outlook, header: int, *, unicode: bool) -> Tree:
    values = dict(message.properties)
    values.update({0x8000 + index: value for index, value in enumerate(message.named.values())})
    tree = _object_tree(values, header, unicode=unicode)
    for number, recipient in enumerate(message.recipients):
        tree[f"__recip_version1.0_#{number:08X}"] = _object_tree(recipient, 8, unicode=unicode)
    for number, file in enumerate(message.files):
        tree[f"__attach_version1.0_#{number:08X}"] = _object_tree(file, 8, unicode=unicode)
    for number, inner in enumerate(message.messages, len(message.files)):
        attached = _object_tree({}, 8, unicode=unicode)
        attached["__substg1.0_3701000D"] = _message_tree(inner, 24, unicode=unicode)
        tree[f"__attach_version1.0_#{number:08X}"] = attached
    return tree


def _object_tree(values: Mapping[int, Value], header: int, *, unicode: bool) -> Tree:
    tree: Tree = {}
    table = bytes(header)
    for number, value in values.items():
        kind, content = _encoded(value, unicode=unicode)
        if len(content) > 8 or isinstance(value, str | bytes):
            tree[f"__substg1.0_{number:04X}{kind:04X}"] = content
            content = struct.pack("<II", len(content), 0)
        table += struct.pack("<HHI", kind, number, 6) + content.ljust(8, b"\0")
    tree["__properties_version1.0"] = table
    return tree


def _encoded(value: Value, *, unicode: bool = True) -> tuple[int, bytes]:
    match value:
        case bool():
            return 0x000B, struct.pack("<H", value)
        case int():
            return 0x0003, struct.pack("<I", value)
        case datetime():
            return 0x0040, struct.pack("<Q", int((value - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7)
        case str():
            return (0x001F, value.encode("utf-16-le")) if unicode else (0x001E, value.encode("cp1252"))
    return 0x0102, value


@dataclass
class _Entry:
    name: str
    content: bytes = b""
    is_storage: bool = False
    child: int = _FREE
    right: int = _FREE
    start: int = _END


def write_compound(tree: Tree) -> bytes:
    """A compound file (MS-CFB, version 3) with siblings in a chain and small streams in the mini stream."""
    entries = [_Entry("Root Entry", is_storage=True)]
    _add(tree, entries[0], entries)
    mini, mini_table = bytearray(), list[int]()
    sectors, table = bytearray(), list[int]()

    def store(content: bytes) -> int:
        start, count = len(table), -(-len(content) // _SECTOR)
        table.extend([*range(start + 1, start + count), _END] if count else [])
        sectors.extend(content.ljust(count * _SECTOR, b"\0"))
        return start if count else _END

    for entry in entries[1:]:
        if entry.is_storage or not entry.content:
            continue
        if len(entry.content) >= _CUTOFF:
            entry.start = store(entry.content)
            continue
        entry.start, count = len(mini_table), -(-len(entry.content) // _MINI)
        mini_table += [*range(entry.start + 1, entry.start + count), _END]
        mini += entry.content.ljust(count * _MINI, b"\0")
    entries[0].start, entries[0].content = store(bytes(mini)), bytes(mini)
    mini_count = -(-len(mini_table) * 4 // _SECTOR)
    mini_start = store(_words(mini_table).ljust(mini_count * _SECTOR, b"\xff"))
    directory = store(b"".join(_packed(entry, is_root=entry is entries[0]) for entry in entries))
    fat_count = 1
    while (len(table) + fat_count) * 4 > fat_count * _SECTOR:
        fat_count += 1
    fat_start = len(table)
    table += [_FAT] * fat_count
    fat = _words(table).ljust(fat_count * _SECTOR, b"\xff")
    places = [*range(fat_start, fat_start + fat_count)]
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, fat_count, directory, 0, _CUTOFF, mini_start, mini_count, _END, 0)
    head += _words(places).ljust(109 * 4, b"\xff")
    return head + bytes(sectors) + fat


def _words(numbers: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers)


def _add(tree: Tree, parent: _Entry, entries: list[_Entry]) -> None:
    before: _Entry | None = None
    for name, content in tree.items():
        entry = _Entry(name, b"" if isinstance(content, dict) else content, is_storage=isinstance(content, dict))
        entries.append(entry)
        if before is None:
            parent.child = len(entries) - 1
        else:
            before.right = len(entries) - 1
        before = entry
        if isinstance(content, dict):
            _add(content, entry, entries)


def _packed(entry: _Entry, *, is_root: bool) -> bytes:
    name = (entry.name + "\0").encode("utf-16-le")
    kind = 5 if is_root else 1 if entry.is_storage else 2
    links = struct.pack("<III", _FREE, entry.right, entry.child)
    return (
        name.ljust(64, b"\0")
        + struct.pack("<HBB", len(name), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", entry.start, len(entry.content))
    )


def write_tnef(message: Outlook) -> bytes:
    """A winmail.dat (MS-OXTNEF)."""
    content = struct.pack("<IH", 0x223E9F78, 1) + attribute(1, 0x9007, struct.pack("<II", 1252, 0))
    content += attribute(1, 0x9003, property_list(message.properties, message.named))
    rows = [property_list(recipient) for recipient in message.recipients]
    content += attribute(1, 0x9004, struct.pack("<I", len(rows)) + b"".join(rows))
    for file in message.files:
        data = file[FILE_DATA]
        assert isinstance(data, bytes)
        named = {number: value for number, value in file.items() if number != FILE_DATA}
        content += attribute(2, 0x9002, bytes(14)) + attribute(2, 0x800F, data)
        content += attribute(2, 0x9005, property_list(named))
    for inner in message.messages:
        tnef = bytes.fromhex("0703020000000000c000000000000046") + write_tnef(inner)
        body = struct.pack("<IHHII", 1, 0x000D, FILE_DATA, 1, len(tnef)) + tnef.ljust(-(-len(tnef) // 4) * 4, b"\0")
        content += attribute(2, 0x9002, bytes(14)) + attribute(2, 0x9005, body)
    return content


def attribute(level: int, name: int, data: bytes) -> bytes:
    """One TNEF attribute."""
    return struct.pack("<BHHI", level, name, 6, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def property_list(values: Mapping[int, Value], named: Mapping[tuple[UUID, int], Value] | None = None) -> bytes:
    """A TNEF list of properties."""
    content = struct.pack("<I", len(values) + len(named or {}))
    for number, value in values.items():
        content += _property(number, b"", value)
    for (group, number), value in (named or {}).items():
        content += _property(0x8000, group.bytes_le + struct.pack("<II", 0, number), value)
    return content


def _property(number: int, name: bytes, value: Value) -> bytes:
    kind, content = _encoded(value)
    if isinstance(value, str):
        content += b"\0\0"
    padded = content.ljust(-(-len(content) // 4) * 4, b"\0")
    sizes = struct.pack("<II", 1, len(content)) if isinstance(value, str | bytes) else b""
    return struct.pack("<HH", kind, number) + name + sizes + padded

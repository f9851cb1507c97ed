"""Files made to cost time or memory, and damaged ones: they end as data, never as an exception."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.outlook import msg
from ingest.outlook.properties import Attached, Item
from ingest.outlook.rtf import decompress, unwrap
from ingest.outlook.tnef import read_tnef
from ingest.parse import parse_message
from models.records import Problem
from tests.unit.ingest.outlook.test_outlook_mail import MAIL, OWN, wrapped
from tests.unit.ingest.outlook.writing import (
    CLASS,
    SUBJECT,
    Outlook,
    Tree,
    attribute,
    write_compound,
    write_msg,
    write_tnef,
)

MSG = write_msg(MAIL)
TNEF = write_tnef(MAIL)
START = TNEF[:6]


def reasons(raw: bytes) -> tuple[Problem, ...]:
    found = parse_message(raw)
    assert found.message is None
    return found.problems


@given(st.integers(0, len(MSG) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_msg_is_a_message_or_a_reason(at: int, damage: bytes) -> None:
    found = parse_message(MSG[:at] + damage + MSG[at + len(damage) :])
    assert found.message or found.problems


@given(st.integers(8, len(MSG) - 1))
def test_a_cut_msg_is_a_message_or_a_reason(size: int) -> None:
    found = parse_message(MSG[:size])
    assert found.message or found.problems


@given(st.integers(6, len(TNEF) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_winmail_harms_no_mail(at: int, damage: bytes) -> None:
    item = read_tnef(TNEF[:at] + damage + TNEF[at + len(damage) :])
    assert len(item.attachments) <= 1


def test_a_compound_file_without_a_message_says_so() -> None:
    assert reasons(write_compound({"WordDocument": b"words"})) == (
        Problem("outlook_unreadable", "MsgError: a compound file without a message"),
    )


def test_streams_that_overlap_are_not_read_over_and_over() -> None:
    streams: Tree = {f"__substg1.0_{number:04X}001F": bytes(5000) for number in range(1, 60)}
    raw = bytearray(write_compound({"__properties_version1.0": bytes(32), **streams}))
    first = raw.index("__substg1.0_0001001F".encode("utf-16-le"))
    for number in range(1, 60):
        entry = raw.index(f"__substg1.0_{number:04X}001F".encode("utf-16-le"))
        raw[entry + 116 : entry + 120] = raw[first + 116 : first + 120]
        raw[entry + 120 : entry + 124] = struct.pack("<I", len(raw) // 2)
    assert [problem.code for problem in reasons(bytes(raw))] == ["outlook_unreadable"]


def test_messages_inside_messages_end_somewhere() -> None:
    inner = Outlook({**OWN, SUBJECT: "innermost"})
    for _ in range(15):
        inner = Outlook(OWN, messages=(inner,))
    assert parse_message(write_msg(inner)).message
    assert _depth(read_tnef(write_tnef(inner))) <= 6
    assert parse_message(wrapped(inner)).message


def _depth(item: Item) -> int:
    return 1 + max((_inner_depth(attached) for attached in item.attachments), default=0)


def _inner_depth(attached: Attached) -> int:
    return _depth(attached.message) if attached.message else 0


def test_counts_beyond_the_data_end_the_reading() -> None:
    for listed in (
        struct.pack("<I", 0xFFFFFFFF),
        struct.pack("<I", 0xFFFFFFFF) + bytes(8),
        struct.pack("<IHHI", 1, 0x1002, 1, 0xFFFFFFFF),
        struct.pack("<IHHI", 1, 0x101F, 1, 0xFFFFFFFF),
        struct.pack("<IHHII", 1, 0x001F, 1, 1, 0xFFFFFFFF),
    ):
        for name in (0x9003, 0x9004):
            assert read_tnef(START + attribute(1, name, listed)).attachments == ()


def test_attributes_and_attachments_without_end_are_cut() -> None:
    assert len(read_tnef(START + attribute(2, 0x9002, b"") * 300_000).attachments) == 1000


def test_an_attribute_for_an_attachment_before_any_is_passed_over() -> None:
    item = read_tnef(START + attribute(2, 0x800F, b"x") + attribute(1, 0x8008, b"IPM.Note\0"))
    assert item.attachments == ()
    assert item.properties.text(CLASS) == "IPM.Note"


def test_what_is_no_tnef_holds_nothing() -> None:
    assert read_tnef(b"winmail").properties.values == {}


@given(st.binary(max_size=300))
def test_any_bytes_as_compressed_rtf_give_bytes(content: bytes) -> None:
    header = struct.pack("<II", len(content), 2**32 - 1) + b"LZFu" + bytes(4)
    unwrap(decompress(header + content))


@given(st.lists(st.sampled_from([b"{", b"}", b"\\", b"\\u-1 ", b"\\'e4", b"\\htmlrtf ", b"\\*", b"\\htmltag ", b"x"])))
def test_any_tokens_give_text(tokens: list[bytes]) -> None:
    for start in (b"{\\rtf1\\fromhtml1 ", b""):
        assert isinstance(unwrap(start + b"".join(tokens)).text, str)


def test_groups_without_end_are_fine() -> None:
    assert unwrap(b"{\\rtf1 " + b"{" * 100_000 + b"x").text == "x"


def test_streams_without_end_are_refused_before_they_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    assert parse_message(MSG).message is not None
    monkeypatch.setattr(msg, "_MOST_ENTRIES", 3)
    (problem,) = parse_message(MSG).problems
    assert (problem.code, problem.detail[-20:]) == ("outlook_unreadable", "streams and storages")

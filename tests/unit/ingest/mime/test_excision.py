"""Long bodies go round the parser, and nothing that is said of them changes."""

import base64
import hashlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.mime.excision import WHOLE, Excised, excise
from ingest.parse import parse_message
from ingest.settings import ParseLimits
from models.records import Message, ParsedMail

HEAD = b"From: a@corvus.example\nDate: Mon, 2 Mar 2026 08:30:00 +0000\nMIME-Version: 1.0\n"
ROUND = ParseLimits()
THROUGH = replace(ROUND, whole_bytes=ROUND.message_bytes)


def excised(original: bytes, whole_bytes: int = 1000) -> Excised:
    found = excise(original, 0, whole_bytes)
    assert found is not None
    return found


def both_ways(raw: bytes) -> Message:
    """What is read of a message, having made sure that it is the same with and without the parser's help."""
    round_it, through_it = parse_message(raw, None, ROUND), parse_message(raw, None, THROUGH)
    assert isinstance(round_it, ParsedMail)
    assert round_it == through_it
    assert round_it.message is not None
    return round_it.message


def test_short_bodies_stay_as_they_are() -> None:
    assert excised(b"x" * 1000) == Excised(b"x" * 1000)
    assert WHOLE.restore(b"anything") == b"anything"


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([b"\n", b"--b\n", b"word " * 400, b"\n\n", b"--b--\n", b"x" * 3000]), max_size=30).map(
        b"".join
    )
)
def test_what_is_left_out_comes_back_byte_for_byte(original: bytes) -> None:
    found = excised(original)
    assert found.restore(found.skeleton) == original
    assert b"".join(found.pieces(found.skeleton)) == original
    assert found.restore(found.skeleton, 100) == original[:100]
    assert found.skeleton.count(b"\n--") == original.count(b"\n--")


def test_bodies_without_a_delimiter_in_them_become_short() -> None:
    assert len(excised(b"word " * 10**6, 128 * 2**10).skeleton) < 40_000


def test_many_lines_of_dashes_are_looked_at_only_where_they_may_be_delimiters() -> None:
    dashes = b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--x\n" * 50_000 + b"--b\n\nhello\n--b--\n"
    assert b"\n--b\n" in excised(dashes).skeleton
    assert len(excised(dashes).skeleton) < 60_000


def test_too_many_boundaries_to_look_for_are_refused() -> None:
    assert excise(b"boundary=b\n" + b"--b\n" * 50_000, 0, 1000) is None
    assert excise(b"boundary*0=b\n" + b"--x\n" * 50_000, 0, 1000) is None


CONTENT = bytes(range(256)) * 2000
ENCODED = base64.encodebytes(CONTENT)


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        (b"Content-Transfer-Encoding: base64\n", ENCODED),
        (b"Content-Transfer-Encoding: base64\n", ENCODED.replace(b"\n", b"")),
        (b"Content-Transfer-Encoding: BASE64 \n", ENCODED.replace(b"\n", b" \n")),
        (
            b"Content-Transfer-Encoding: base64\n",
            b"\n".join(ENCODED[at : at + 61] for at in range(0, len(ENCODED), 61)),
        ),
    ],
)
def test_a_long_attachment_has_the_digest_of_its_decoded_bytes(fields: bytes, body: bytes) -> None:
    raw = HEAD + b"Content-Type: application/pdf; name=a.pdf\n" + fields + b"\n" + body
    (attachment,) = both_ways(raw).attachments
    assert (attachment.size_bytes, attachment.sha256) == (len(CONTENT), hashlib.sha256(CONTENT).hexdigest())


@pytest.mark.parametrize("encoding", [b"7bit", b"8bit", b"quoted-printable", b"binary", b"x-uuencode"])
@pytest.mark.parametrize(
    "kind", [b"text/plain; charset=utf-8", b"text/html", b"application/pdf; name=a", b"text/csv; name=a"]
)
def test_long_parts_of_any_encoding_are_read_alike_both_ways(kind: bytes, encoding: bytes) -> None:
    text = "Größe =3D und\nmehr Wörter.\n".encode() * 10_000
    part = b"--b\nContent-Type: " + kind + b"\nContent-Transfer-Encoding: " + encoding + b"\n\n" + text
    raw = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + part + b"--b\n\nshort\n--b--\n"
    assert "short" in both_ways(raw).body_text


def test_a_long_attached_message_is_known_as_it_stands() -> None:
    inner = b"Subject: inner\nContent-Type: text/plain\n\n" + b"words\n" * 50_000
    raw = (
        HEAD
        + b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n"
        + inner
        + b"\n--b--\n"
    )
    (attachment,) = both_ways(raw).attachments
    assert attachment.sha256 == hashlib.sha256(inner).hexdigest()


def test_a_mark_that_a_stranger_writes_is_text() -> None:
    mark = excised(b"x" * 300_000, 128 * 2**10).prefix + b"00000000"
    assert both_ways(HEAD + b"\n" + mark + b"\n" + b"y " * 100_000).body_text.startswith("Excised+")


@pytest.mark.parametrize("count", [1, 10_000])
def test_plain_text_that_is_declared_to_be_base64_is_read(count: int) -> None:
    raw = HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"Could you send the record, please?\n" * count
    assert both_ways(raw).new_text.startswith("Could you send the record")


def test_base64_ends_at_its_padding_and_skips_what_it_does_not_know() -> None:
    raw = HEAD + b"Content-Transfer-Encoding: base64\n\nSGVs\x00bG8s\nIEFuYQ==\nIGFuZCBtb3Jl\n"
    assert both_ways(raw).body_text == "Hello, Ana"

"""Cutting at boundaries gives the tree that the standard library's parser gives."""

from email import message_from_bytes
from email.message import Message as MimeMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.mime.framing import frame
from ingest.mime.mime_tree import LeanMessage, read_mime
from ingest.settings import ParseLimits

OPENS = b'Subject: Batch 17\nContent-Type: multipart/mixed; boundary="b"\n\n'
INSIDE = (
    b"Content-Type: multipart/alternative; boundary=bb\n\n--bb\n\nhi\n--bb\nContent-Type: text/html\n\n<p>hi\n--bb--"
)
MAILS = {
    "plain": b"Subject: Batch 17\n\nhi\n\nho\n",
    "no header section": b"\nhi\n",
    "no body": b"Subject: Batch 17\n",
    "nothing": b"",
    "no separator": b"Subject: Batch 17\nhi\n\nho\n",
    "parts": OPENS + b"--b\n\nhi\n--b\nContent-Type: text/html\n\n<p>hi\n--b--\n",
    "preamble and epilogue": OPENS + b"above\n\n--b\n\nhi\n\n--b--\nbelow\n",
    "no last line end": OPENS + b"--b\n\nhi\n--b--",
    "inside": OPENS + b"--b\n" + INSIDE + b"\n--b\n\nho\n--b--\n",
    "inside, a line below": OPENS + b"--b\n" + INSIDE + b"\n\n--b\n\nho\n--b--\n",
    "inside, words below": OPENS + b"--b\n" + INSIDE + b"\nbelow\n--b\n\nho\n--b--\n",
    "never closed": OPENS + b"--b\n\nhi\n",
    "closed twice": OPENS + b"--b\n\nhi\n--b--\n--b--\n",
    "nothing between": OPENS + b"--b\n--b\n\nhi\n--b--\n",
    "spaces behind": OPENS + b"--b \n\nhi\n--b--\n",
    "longer boundary": OPENS + b"--b\n\nhi\n--bb\n\nho\n--b--\n",
    "carriage returns": OPENS + b"--b\n\nhi\rho\n--b--\r\n",
    "without a boundary": b"Content-Type: multipart/mixed\n\n--b\n\nhi\n--b--\n",
    "encoded multipart": b"Content-Transfer-Encoding: base64\n" + OPENS + b"--b\n\nhi\n--b--\n",
    "attached mail": OPENS + b"--b\nContent-Type: message/rfc822\n\nSubject: old\n\nhi\n--b--\n",
    "digest": OPENS.replace(b"mixed", b"digest") + b"--b\n\nSubject: old\n\nhi\n--b--\n",
    "eight bits": OPENS + b"--b\nContent-Type: text/plain; charset=utf-8\n\n\xc3\xa4\xff\n--b--\n",
}
PIECES = [b"--b", b"--b--", b"--c", b"--c--", b"hi", b"Subject: x", b"", b"\t", b" ", b"\r", b"--b\x0b", b"From x"]
PIECES += [b'Content-Type: multipart/mixed; boundary="%s"' % name for name in (b"b", b"c")]
PIECES += [b"Content-Type: " + kind for kind in (b"text/html", b"message/rfc822", b"message/delivery-status")]


def tree(message: MimeMessage) -> tuple[Any, ...]:
    """All that was read."""
    payload: Any = vars(message)["_payload"]
    return (
        list(message.raw_items()),
        (message.preamble, message.epilogue, message.get_default_type(), message.get_content_type()),
        [type(defect) for defect in message.defects],
        [tree(part) for part in payload] if isinstance(payload, list) else payload,
    )


@pytest.mark.parametrize("name", MAILS)
def test_the_tree_is_the_standard_librarys(name: str) -> None:
    assert tree(read_mime(MAILS[name])) == tree(message_from_bytes(MAILS[name]))


@given(st.lists(st.sampled_from(PIECES), max_size=14).map(b"\n".join), st.sampled_from([OPENS, b""]))
def test_of_any_lines(lines: bytes, above: bytes) -> None:
    content = above + lines
    assert tree(read_mime(content)) == tree(message_from_bytes(content))


def test_of_hostile_mail(hostile_mail: list[Path]) -> None:
    framed = [frame(path.read_bytes(), ParseLimits()) for path in hostile_mail]
    contents = [each.content for each in framed if not each.refused]
    assert len(contents) > 1000
    assert [tree(read_mime(each)) for each in contents] == [tree(message_from_bytes(each)) for each in contents]


def told(message: MimeMessage) -> tuple[Any, ...]:
    return message["subject"], message.get_content_type(), message.get_param("charset")


def test_fields_that_change_are_found() -> None:
    message = read_mime(b"Subject: Batch 17\nContent-Type: text/plain; charset=ascii\n\nhi\n")
    assert isinstance(message, LeanMessage)
    assert told(message) == ("Batch 17", "text/plain", "ascii")
    message.replace_header("Subject", "Batch 18")
    del message["content-type"]
    message["Content-Type"] = "text/html; charset=utf-8"
    assert told(message) == ("Batch 18", "text/html", "utf-8")
    assert message.get_param("name") is None
    assert message.get_param("name", "") == ""

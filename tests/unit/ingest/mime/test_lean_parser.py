"""The lean parser tells of a message what mail-parser itself tells."""

import mailparser
import pytest

from ingest.mime.lean_parser import LeanParser

PLAIN = b"From: Ana Ruiz <ana@halden.example>\nTo: ben@corvus.example\nSubject: Batch 17\n"
MAILS = {
    "plain": PLAIN + b"\nPlease confirm.\n",
    "many addresses": PLAIN + b'Cc: "Cole, Dana" <dana@halden.example>, Team: eve@x.example, fay@x.example;\n\nhi\n',
    "two fields": PLAIN + b"To: carl@corvus.example\nReply-To: a@x.example\nDelivered-To: d@x.example\n\nhi\n",
    "broken address": PLAIN + b"Cc: eve@@x.example, <<fay@x.example>, gil at x\n\nhi\n",
    "encoded name": b"From: =?utf-8?q?J=C3=BCrgen?= <j@halden.example>\nDate: Mon, 2 Mar 2026 09:30:00 +0100\n\nhi\n",
    "eight bits": "From: Jürgen <j@halden.example>\nTo: Žofie <z@x.example>\n\nhi\n".encode(),
    "no header section": b"\nhi\n",
    "long field": PLAIN + b"Cc: " + b", ".join(b"p%d@x.example" % number for number in range(200)) + b"\n\nhi\n",
    "parts": PLAIN
    + b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\nhi\n--b\nContent-Type: text/html\n\n<p>hi\n--b--\n',
    "eight bits in a part": PLAIN + b'Content-Type: text/plain; name="\xff.txt"\n\nhi\n',
    "unfinished parts": PLAIN + b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\nhi\n',
}
TOLD = (
    *("subject", "date", "date_header_defects", "from_", "to_", "cc_", "bcc_", "reply_to_", "delivered_to_"),
    *("address_header_defects", "defects_categories", "has_defects", "message_id"),
)


@pytest.mark.parametrize("name", MAILS)
def test_it_tells_what_mail_parser_tells(name: str) -> None:
    # twice: the second time from memory
    for _ in range(2):
        lean, whole = LeanParser.from_bytes(MAILS[name]), mailparser.parse_from_bytes(MAILS[name])
        assert lean.message.as_bytes() == whole.message.as_bytes()
        assert {told: getattr(lean, told) for told in TOLD} == {told: getattr(whole, told) for told in TOLD}


def test_what_is_remembered_is_not_shared() -> None:
    LeanParser.from_bytes(MAILS["broken address"]).address_header_defects.clear()
    LeanParser.from_bytes(MAILS["plain"]).from_.clear()
    assert LeanParser.from_bytes(MAILS["broken address"]).address_header_defects
    assert LeanParser.from_bytes(MAILS["plain"]).from_ == [("Ana Ruiz", "ana@halden.example")]

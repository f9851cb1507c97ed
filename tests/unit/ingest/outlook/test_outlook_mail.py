"""Mail that Outlook kept as .msg or sent as winmail.dat gives the facts that the same mail as MIME gives."""

import base64
import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ingest.parse import parse_message
from models.records import Attachment, Message, Recipient
from models.vocabulary import RecipientKind
from tests.unit.ingest.outlook.writing import (
    ADDRESS,
    APPOINTMENTS,
    BODY,
    CLASS,
    FILE_DATA,
    FILE_NAME,
    FILE_TYPE,
    HEADER,
    HTML,
    KIND,
    MEETINGS,
    MESSAGE_ID,
    NAME,
    RTF,
    SENDER_ADDRESS,
    SENDER_NAME,
    SUBJECT,
    SUBMITTED,
    Outlook,
    Value,
    write_msg,
    write_tnef,
)

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TEXT = "Could you send the batch record?\r\n\r\nAna"
DATA = b"%PDF-1.7\0\0\n\r\n"
EML = (
    b"From: Ana Ruiz <ana@corvus.example>\nTo: Dana Cole <dana@halden.example>\nCc: qa@halden.example\n"
    b"Subject: =?utf-8?q?Batch_=E2=84=96_7?=\nDate: Mon, 02 Mar 2026 09:30:00 +0000\nMessage-ID: <7@corvus.example>\n"
    b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\n"
    + TEXT.replace("\r", "").encode()
    + b"\n--x\nContent-Type: application/pdf; name=record.pdf\nContent-Transfer-Encoding: base64\n\n"
    + base64.encodebytes(DATA)
    + b"--x--\n"
)
OWN: dict[int, Value] = {
    CLASS: "IPM.Note",
    SUBJECT: "Batch \N{NUMERO SIGN} 7",
    BODY: TEXT,
    SUBMITTED: AT,
    MESSAGE_ID: "<7@corvus.example>",
    SENDER_NAME: "Ana Ruiz",
    SENDER_ADDRESS: "ana@corvus.example",
}
TO: dict[int, Value] = {NAME: "Dana Cole", ADDRESS: "dana@halden.example", KIND: 1}
CC: dict[int, Value] = {NAME: "qa@halden.example", ADDRESS: "qa@halden.example", KIND: 2}
BCC: dict[int, Value] = {NAME: "Legal", ADDRESS: "legal@corvus.example", KIND: 3}
FILE: dict[int, Value] = {FILE_NAME: "record.pdf", FILE_TYPE: "application/pdf", FILE_DATA: DATA}
MAIL = Outlook(OWN, recipients=(TO, CC), files=(FILE,))


def parsed(raw: bytes) -> Message:
    message = parse_message(raw).message
    assert message is not None
    return message


def wrapped(outlook: Outlook, text: bytes = b"") -> bytes:
    """A mail that carries winmail.dat."""
    return (
        b"From: ana@corvus.example\nTo: dana@halden.example\nSubject: Batch\nDate: Mon, 02 Mar 2026 09:30:00 +0000\n"
        b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\n"
        + text
        + b"\n--x\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n"
        b"Content-Disposition: attachment; filename=winmail.dat\n\n"
        + base64.encodebytes(write_tnef(outlook))
        + b"--x--\n"
    )


def test_a_msg_gives_the_facts_of_the_same_mail_as_eml() -> None:
    expected, found = parsed(EML), parsed(write_msg(MAIL))
    raw = write_msg(MAIL)
    assert (found.raw_sha256, found.size_bytes) == (hashlib.sha256(raw).hexdigest(), len(raw))
    assert replace(found, raw_sha256=expected.raw_sha256, size_bytes=expected.size_bytes) == expected


def test_the_fields_that_it_travelled_with_are_kept_and_blind_copies_added() -> None:
    header = EML.partition(b"\n\n")[0].decode().replace("\n", "\r\n") + "\r\nReferences: <6@corvus.example>\r\n"
    found = parsed(write_msg(replace(MAIL, properties={**OWN, HEADER: header}, recipients=(TO, CC, BCC))))
    assert found.references == ("6@corvus.example",)
    assert found.recipients[-1] == Recipient("legal@corvus.example", "Legal", RecipientKind.BCC)
    assert found.id == parsed(EML).id


def test_eight_bit_strings_are_read_by_their_code_page() -> None:
    outlook = replace(MAIL, properties=OWN | {SUBJECT: "Größe", BODY: "Stückzahl für Anlage", 0x3FFD: 1252})
    found = parsed(write_msg(outlook, unicode=False))
    assert (found.subject, found.body_text) == ("Größe", "Stückzahl für Anlage")


def test_html_alone_is_read_in_its_code_page() -> None:
    html = "<p>Партия готова.</p><p>Ana</p>".encode("koi8-r")
    found = parsed(write_msg(replace(MAIL, properties={**OWN, BODY: "", HTML: html, 0x3FDE: 20866})))
    assert found.has_html
    assert found.body_text.startswith("Партия готова.")


def test_html_wrapped_in_rtf_is_unwrapped() -> None:
    rtf = (
        rb"{\rtf1\ansi\ansicpg1251\fromhtml1 \deff0{\fonttbl{\f0\fswiss\fcharset204 Arial;}}"
        rb"{\*\htmltag19 <html>}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 \'cf\'e0\'f0\'f2\'e8\'ff {\*\htmltag84 <b>}7"
        rb"{\*\htmltag92 </b>}\htmlrtf\par}\htmlrtf0{\*\htmltag72 </p>}{\*\htmltag27 </html>}}"
    )
    stored = (len(rtf) + 12).to_bytes(4, "little") + len(rtf).to_bytes(4, "little") + b"MELA" + bytes(4) + rtf
    found = parsed(write_msg(replace(MAIL, properties={**OWN, BODY: "", RTF: stored})))
    assert (found.has_html, found.body_text) == (True, "Партия 7")


def test_an_attached_message_is_one() -> None:
    inner = Outlook({**OWN, SUBJECT: "Deviation", MESSAGE_ID: "<6@corvus.example>"}, recipients=(TO,))
    for raw in (write_msg(replace(MAIL, messages=(inner,))), wrapped(replace(MAIL, messages=(inner,)))):
        found = parsed(raw)
        assert [(mail.subject, mail.sender.address) for mail in found.embedded] == [("Deviation", "ana@corvus.example")]
        assert {file.content_type for file in found.attachments} == {"application/pdf", "message/rfc822"}


@pytest.mark.parametrize("write", [write_msg, wrapped])
def test_a_meeting_is_one(write: object) -> None:
    assert callable(write)
    named: dict[tuple[object, int], Value] = {
        (APPOINTMENTS, 0x820D): datetime(2026, 3, 9, 14, 0, tzinfo=UTC),
        (APPOINTMENTS, 0x820E): datetime(2026, 3, 9, 15, 0, tzinfo=UTC),
        (APPOINTMENTS, 0x8208): "Room 4, Basel",
        (APPOINTMENTS, 0x8201): 2,
        (MEETINGS, 0x0023): bytes(40) + b"vCal-Uid\x01\0\0\0abc@corvus.example\0",
    }
    request = Outlook({**OWN, CLASS: "IPM.Schedule.Meeting.Request"}, named, recipients=(TO, CC))  # type: ignore[arg-type]
    (meeting,) = parsed(write(request)).meetings
    assert (meeting.method, meeting.uid, meeting.sequence) == ("REQUEST", "abc@corvus.example", 2)
    assert (meeting.starts_at, meeting.ends_at) == (named[APPOINTMENTS, 0x820D], named[APPOINTMENTS, 0x820E])
    assert (meeting.location, meeting.organiser.address) == ("Room 4, Basel", "ana@corvus.example")
    assert [(person.address, person.required) for person in meeting.attendees] == [
        ("dana@halden.example", True),
        ("qa@halden.example", False),
    ]


def test_a_whole_day_of_outlook_is_one() -> None:
    named: dict[tuple[object, int], Value] = {
        (APPOINTMENTS, 0x820D): datetime(2026, 3, 8, 23, 0, tzinfo=UTC),
        (APPOINTMENTS, 0x820E): datetime(2026, 3, 9, 23, 0, tzinfo=UTC),
        (APPOINTMENTS, 0x8215): True,
    }
    audit = Outlook({**OWN, CLASS: "IPM.Schedule.Meeting.Request"}, named)  # type: ignore[arg-type]
    (meeting,) = parsed(write_msg(audit)).meetings
    assert (meeting.all_day, meeting.starts_at) == (True, named[APPOINTMENTS, 0x820D])


def test_an_answer_to_a_meeting_says_who_comes() -> None:
    answer = Outlook({**OWN, CLASS: "IPM.Schedule.Meeting.Resp.Tent"}, recipients=(TO,))
    (meeting,) = parsed(write_msg(answer)).meetings
    assert (meeting.method, meeting.organiser.address) == ("REPLY", "dana@halden.example")
    assert [(person.address, person.answer) for person in meeting.attendees] == [("ana@corvus.example", "tentative")]


def test_a_winmail_gives_its_files_and_the_text_that_the_mail_lacks() -> None:
    found = parsed(wrapped(MAIL))
    assert found.body_text == TEXT.replace("\r", "")
    assert found.attachments == (
        Attachment("record.pdf", "application/pdf", len(DATA), hashlib.sha256(DATA).hexdigest()),
    )
    assert parsed(wrapped(MAIL, b"See the record.")).body_text == "See the record."


def test_names_and_addresses_write_no_fields() -> None:
    hostile: dict[int, Value] = {
        NAME: 'x"\r\nBcc: a@b.example',
        ADDRESS: "d@halden.example>\r\nX: <y@z.example",
        KIND: 1,
    }
    found = parsed(
        write_msg(replace(MAIL, properties={**OWN, SUBJECT: "a\r\nReply-To: q@z.example"}, recipients=(hostile,)))
    )
    assert (found.subject, found.reply_to) == ("a Reply-To: q@z.example", "")
    assert {recipient.kind for recipient in found.recipients} <= {RecipientKind.TO}

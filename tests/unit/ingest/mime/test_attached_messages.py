"""Attached mails are known by their header."""

from datetime import UTC, datetime

from ingest.parse import parse_message
from models.records import EmbeddedMessage, NamedAddress
from models.vocabulary import EmbeddedKind

MAIL = """From: dana.cole@halden.example
Date: Tue, 3 Mar 2026 10:00:00 +0100
Subject: Fwd: Batch 17
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

See the attached mail.
--x
Content-Type: message/rfc822

{}
--x--
"""


def attached(header: str) -> tuple[EmbeddedMessage, ...]:
    message = parse_message(MAIL.format(f"{header}\n\nIt is done.\n").encode()).message
    assert message is not None
    assert message.new_text == "See the attached mail."
    return message.embedded


def test_the_header_of_an_attached_mail() -> None:
    assert attached(
        "From: =?utf-8?q?Ana_Ru=C3=ADz?= <Ana@Corvus.example>\nDate: Mon, 2 Mar 2026 09:30:00 +0100\n"
        "To: Dana\n <dana.cole@halden.example>\nSubject: Batch\n 17\nMessage-ID: <one@corvus.example>"
    ) == (
        EmbeddedMessage(
            EmbeddedKind.ATTACHED,
            NamedAddress("ana@corvus.example", "Ana Ruíz"),
            datetime(2026, 3, 2, 8, 30, tzinfo=UTC),
            "Mon, 2 Mar 2026 09:30:00 +0100",
            "Dana <dana.cole@halden.example>",
            "Batch 17",
            "one@corvus.example",
        ),
    )


def test_dates_without_a_zone_or_sense_are_no_moments() -> None:
    assert [mail.sent_at for mail in attached("From: a@b.example\nDate: Mon, 2 Mar 2026 09:30:00 -0000")] == [None]
    assert [mail.sent_at for mail in attached("From: a@b.example\nDate: 31 Feb 2026 00:00:00 +0100")] == [None]
    assert [mail.sent_at for mail in attached("From: a@b.example\nDate: yesterday")] == [None]

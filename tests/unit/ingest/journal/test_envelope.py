"""Whom a message reached beyond what its header section says."""

from collections.abc import Callable

import pytest

from ingest.journal.envelope import Reached, find_addresses, join_recipients, read_delivery
from ingest.parse import parse_message
from models.records import Recipient
from models.vocabulary import RecipientKind

TO, CC, BCC, ENVELOPE = RecipientKind.TO, RecipientKind.CC, RecipientKind.BCC, RecipientKind.ENVELOPE
TRACE = b"Received: by mx; Mon, 02 Mar 2026 09:30:09 +0100\nFrom: dana@halden.example\n"


def test_whose_mailbox_it_is_was_in_bcc_where_no_field_names_them(odd_mail: Callable[[str], bytes]) -> None:
    message = parse_message(odd_mail("delivered_in_bcc")).message
    assert message is not None
    assert message.recipients == (
        Recipient("ana.ruiz@corvus.example", "Ana Ruiz"),
        Recipient("kurt.weber@corvus.example", "", ENVELOPE),
    )
    assert not message.journaled


def test_a_copy_routed_by_google_names_its_envelope_recipient(odd_mail: Callable[[str], bytes]) -> None:
    message = parse_message(odd_mail("google_routed_copy")).message
    assert message is not None
    assert message.recipients[1:] == (Recipient("kurt.weber@corvus.example", "", ENVELOPE),)


def test_a_mailing_list_s_subscriber_is_not_whom_the_writer_chose(odd_mail: Callable[[str], bytes]) -> None:
    raw = b"Delivered-To: kurt@corvus.example\nReceived: by mx; Mon, 02 Mar 2026 09:30:09 +0100\n"
    raw += odd_mail("via_mailing_list")
    message = parse_message(raw).message
    assert message is not None
    assert "kurt@corvus.example" not in {recipient.address for recipient in message.recipients}


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"Delivered-To: ana@corvus.example\n" + TRACE, ("ana@corvus.example",)),
        (b"Envelope-to: <Ana@corvus.example>\n" + TRACE, ("ana@corvus.example",)),
        (TRACE + b"Delivered-To: ana@corvus.example\n", ()),
        (b"Delivered-To: ana@corvus.example\nFrom: dana@halden.example\n", ()),
        (b"Delivered-To: journal@corvus.example\n" + TRACE, ()),
        (b"X-Original-To: all@mail-archive.corvus.example\n" + TRACE, ()),
        (TRACE + b"X-Gm-Original-To: ana@corvus.example\n", ()),
        (b"Delivered-To: nobody\n" + TRACE, ()),
    ],
    ids=["own", "exim", "below", "no_trace", "journal", "archive", "invented", "no_address"],
)
def test_only_the_delivering_server_s_own_word_counts(head: bytes, expected: tuple[str, ...]) -> None:
    assert read_delivery(head) == expected


def test_a_member_who_stands_in_to_keeps_that_and_the_others_say_through_which_group() -> None:
    header = (Recipient("qa@corvus.example", "QA", CC), Recipient("ana@corvus.example", "Ana Ruiz", TO))
    reached = [Reached(f"{name}@corvus.example", ENVELOPE, expanded="qa@corvus.example") for name in ("ana", "bo")]
    assert join_recipients(header, reached) == (*header, Recipient("bo@corvus.example", "", CC, "qa@corvus.example"))


def test_a_group_in_bcc_becomes_a_recipient_in_front_of_its_members() -> None:
    reached = [Reached("bo@corvus.example", BCC, expanded="qa@corvus.example")]
    assert join_recipients((), reached) == (
        Recipient("qa@corvus.example", "", BCC),
        Recipient("bo@corvus.example", "", BCC, "qa@corvus.example"),
    )


def test_somebody_written_to_beside_a_group_was_not_only_reached_through_it() -> None:
    reached = [Reached("bo@corvus.example", TO, expanded="qa@corvus.example"), Reached("bo@corvus.example", BCC)]
    assert Recipient("bo@corvus.example", "", BCC) in join_recipients((), reached)


def test_mail_passed_on_by_a_mailbox_was_written_to_the_mailbox() -> None:
    reached = [Reached("desk@halden.example", CC, forwarded="ute@halden.example")]
    assert join_recipients((), reached) == (
        Recipient("ute@halden.example", "", CC),
        Recipient("desk@halden.example", "", ENVELOPE),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Ruiz, Ana" <SMTP:ana@corvus.example>', ["ana@corvus.example"]),
        ("'Max.O'Hara@halden.example'", ["max.o'hara@halden.example"]),
        ("a@x.example, b@y.example;c@z.example.", ["a@x.example", "b@y.example", "c@z.example"]),
        ("/o=Halden/ou=EX/cn=Recipients/cn=dana", []),
        ("IMCEAEX-_O=HALDEN_CN=DANA@halden.example", ["imceaex-_o=halden_cn=dana@halden.example"]),
        ("", []),
    ],
)
def test_addresses_are_found_in_what_servers_write(text: str, expected: list[str]) -> None:
    assert find_addresses(text) == expected


@pytest.mark.parametrize(
    "archive", ["journal", "mail-archive", "compliance.copies", "halden_vault", "catch-all", "ediscovery"]
)
def test_an_archive_that_keeps_a_copy_is_nobody_who_was_written_to(
    archive: str, odd_mail: Callable[[str], bytes]
) -> None:
    raw = odd_mail("delivered_in_bcc").replace(b"Kurt.Weber@", archive.encode() + b"@")
    message = parse_message(raw).message
    assert message is not None
    assert [each.address for each in message.recipients] == ["ana.ruiz@corvus.example"]

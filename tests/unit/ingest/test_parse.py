"""Odd mail, by name, becomes facts and problems, and never an exception."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.mailbox.mbox import MboxMailbox
from ingest.parse import PARSER_VERSION, parse_message
from ingest.settings import ParseLimits
from models.records import Attachment, ContactCard, Message, NamedAddress, Problem, Recipient
from models.vocabulary import AutoKind, RecipientKind

SENT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_an_ordinary_reply(parsed: Callable[[str], Message]) -> None:
    message = parsed("plain_reply")
    assert message == Message(
        id=message.id,
        message_id="plain_reply@corvus.example",
        raw_sha256=message.raw_sha256,
        size_bytes=message.size_bytes,
        sender=NamedAddress("ana.ruiz@corvus.example", "Ruiz, Ana"),
        recipients=(
            Recipient("dana.cole@halden.example", "Dana Cole"),
            Recipient("kurt@halden.example"),
            Recipient("quality@corvus.example", "Quality @ Corvus", RecipientKind.CC),
        ),
        subject="Re: Batch 17 release",
        sent_at=SENT,
        received_at=SENT.replace(second=9),
        at=SENT,
        in_reply_to=("first@halden.example",),
        references=("zero@halden.example", "first@halden.example"),
        body_text=message.body_text,
        new_text="Hi Dana,\n\nthe certificate is attached—could you confirm by Friday?\n\nBest regards,\nAna",
        signature="--\nAna Ruiz\nHead of Quality\nPhone +49 30 1234567",
        embedded=message.embedded,
        contact=ContactCard("Ana Ruiz", "Head of Quality", "", ("+49301234567",)),
        parser_version=PARSER_VERSION,
    )
    assert [(mail.sender.display_name, mail.sent_at) for mail in message.embedded] == [
        ("Dana Cole", datetime(2026, 3, 1, 16, 2, tzinfo=UTC))
    ]
    assert "> Where is the certificate?" in message.body_text


def test_html_becomes_text_with_its_unmarked_quote_cut_off(parsed: Callable[[str], Message]) -> None:
    message = parsed("html_only_outlook")
    assert message.has_html
    assert message.subject == "AW: Freigabe für Charge 17"
    assert message.new_text == (
        "Hallo Ana,\n\nbitte um Antwort bis morgen.\nDanke\n\n- Zertifikat\n- Protokoll\n\nCharge\t17"
    )


def test_a_plain_part_that_only_points_to_the_html_is_not_read(parsed: Callable[[str], Message]) -> None:
    message = parsed("alternative_with_stub")
    assert message.body_text == "The line is down.\n\n> Is it?\n>\nUntil Monday."
    assert message.new_text == "The line is down.\n\nUntil Monday."


def test_attachments_are_known_without_their_text(parsed: Callable[[str], Message]) -> None:
    message = parsed("attachments")
    assert message.new_text == "Two files.\n\nPS: call me."
    pdf, unnamed, forwarded = message.attachments
    assert pdf == Attachment(
        "Prüfbericht.pdf",
        "application/pdf",
        11,
        "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9",
    )
    assert (unnamed.filename, unnamed.size_bytes) == ("", 2)
    assert forwarded.content_type == "message/rfc822"


def test_a_list_that_put_itself_into_from_is_taken_out_again(parsed: Callable[[str], Message]) -> None:
    message = parsed("via_mailing_list")
    assert message.sender == NamedAddress("ana@corvus.example", "Ana Ruiz")
    assert message.list_id == "tech.lists.halden.example"
    assert message.auto is AutoKind.NONE
    assert message.new_text == "Which melting point do you see?"


def test_the_copy_from_a_list_and_the_direct_one_are_one_message(parsed: Callable[[str], Message]) -> None:
    assert parsed("via_mailing_list").id == parsed("the_same_sent_directly").id


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("out_of_office_german", AutoKind.OUT_OF_OFFICE),
        ("bounce", AutoKind.BOUNCE),
        ("meeting_request", AutoKind.MEETING),
        ("plain_reply", AutoKind.NONE),
    ],
)
def test_machines_are_told_from_persons(parsed: Callable[[str], Message], name: str, kind: AutoKind) -> None:
    assert parsed(name).auto is kind


def test_a_meeting_has_its_method(parsed: Callable[[str], Message]) -> None:
    assert parsed("meeting_request").calendar_method == "REQUEST"


def test_groups_repeated_fields_and_broken_addresses(parsed: Callable[[str], Message]) -> None:
    message = parsed("group_and_broken_addresses")
    assert [(r.address, r.display_name, r.kind.value) for r in message.recipients] == [
        ("kurt@halden.example", "", "to"),
        ("k.weber@halden.example", "Weber, K.", "to"),
        ("b..sanders@halden.example", "", "to"),
        ("second@halden.example", "", "to"),
        ("mueller@halden.example", "Müller", "cc"),
    ]
    assert Problem("address_unreadable", "cc") in message.problems


def test_eight_bit_header_fields_without_a_character_set(parsed: Callable[[str], Message]) -> None:
    message = parsed("eight_bit_without_charset")
    assert (message.sender.display_name, message.subject, message.new_text) == ("Jörg", "Grüße", "Grüße aus Köln")
    assert {problem.code for problem in message.problems} == {"header_charset_guessed", "charset_guessed"}


def test_a_character_set_that_does_not_exist_is_guessed(parsed: Callable[[str], Message]) -> None:
    message = parsed("wrong_charset_name")
    assert message.new_text == "caña"
    assert message.problems == (Problem("charset_guessed", "x-nonsense: read as utf-8"),)


def test_a_multipart_without_its_boundary_is_read_as_it_stands(parsed: Callable[[str], Message]) -> None:
    assert parsed("multipart_without_boundary_lines").new_text == "The text stands here without any part."


def test_carriage_returns_alone_end_lines_too(parsed: Callable[[str], Message]) -> None:
    message = parsed("old_mac_line_ends")
    assert (message.subject, message.sent_at, message.new_text) == ("mac", SENT, "Hello from 1998")


def test_a_date_out_of_the_question_gives_way_to_the_moment_of_arrival(parsed: Callable[[str], Message]) -> None:
    slow = parsed("date_two_months_off")
    assert slow.sent_at == datetime(2026, 1, 1, tzinfo=UTC)
    assert slow.at == slow.received_at == SENT.replace(second=9)
    assert parsed("date_of_1904").sent_at is None
    assert parsed("date_of_1904").at == SENT.replace(second=9)


def test_without_any_date_the_mailbox_must_know(odd_mail: Callable[[str], bytes]) -> None:
    assert parse_message(odd_mail("no_date")).problems == (Problem("no_date"),)
    message = parse_message(odd_mail("no_date"), LATER).message
    assert message is not None
    assert (message.sent_at, message.received_at, message.at) == (None, LATER, LATER)


def test_answers_between_quotes_are_kept(parsed: Callable[[str], Message]) -> None:
    assert parsed("inline_answers").new_text == "The blue one.\n\nTuesday. Do you want a sample?\n\nAna"


def test_what_lotus_notes_forwards_is_not_the_writers(parsed: Callable[[str], Message]) -> None:
    assert parsed("lotus_forward").new_text == "Please see below and tell me who owns this."


def test_line_ends_make_no_difference(odd_mail: Callable[[str], bytes]) -> None:
    for name in ("plain_reply", "attachments", "html_only_outlook", "group_and_broken_addresses"):
        unix = odd_mail(name)
        assert parse_message(unix) == parse_message(unix.replace(b"\n", b"\r\n"))


def test_copies_under_other_ids_prefixes_and_line_breaks_are_one_message(odd_mail: Callable[[str], bytes]) -> None:
    raw = odd_mail("the_same_sent_directly")
    changes = [
        raw.replace(b"<other@", b"<again@"),
        raw.replace(b"Subject: Melting", b"Subject: FW: Re: Melting"),
        raw.replace(b"Which melting point", b"Which melting\npoint"),
        raw.replace(b"08:30:00 +0000", b"10:30:00 +0200"),
        raw.replace(b"dana@", b"kurt@"),
    ]
    ids = {parsed.id for change in changes if (parsed := parse_message(change).message)}
    assert ids == {parsed.id for parsed in [parse_message(raw).message] if parsed}


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"you see", b"they see"), (b"ana@", b"eva@"), (b"08:30:00", b"08:30:01"), (b"Melting", b"Boiling")],
)
def test_other_words_writers_moments_or_subjects_are_other_messages(
    odd_mail: Callable[[str], bytes], old: bytes, new: bytes
) -> None:
    raw = odd_mail("the_same_sent_directly")
    first, second = parse_message(raw).message, parse_message(raw.replace(old, new)).message
    assert first is not None
    assert second is not None
    assert first.id != second.id


LIMITS = ParseLimits()


@pytest.mark.parametrize(
    ("raw", "limits", "code"),
    [
        (b"", LIMITS, "empty"),
        (b"\r\n\r\n", LIMITS, "empty"),
        (b"Subject: x\n\n" + b"x" * 100, replace(LIMITS, message_bytes=50), "too_large"),
        (b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 1100, LIMITS, "too_many_parts"),
        (
            b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(150)),
            LIMITS,
            "nested_too_deep",
        ),
        (b"Content-Type: text/plain" + b"; a=b" * 5000 + b"\n\nx", LIMITS, "mime_fields_too_long"),
        (b"\n\n--b\nCONTENT-TYPE: text/plain" + b";\n a=b" * 5000 + b"\n\nx", LIMITS, "mime_fields_too_long"),
    ],
)
def test_what_is_beyond_the_bounds_is_quarantined(raw: bytes, limits: ParseLimits, code: str) -> None:
    result = parse_message(raw, LATER, limits)
    assert result.message is None
    assert [problem.code for problem in result.problems] == [code]


def test_a_long_list_of_recipients_is_read_and_a_longer_one_is_cut_and_said() -> None:
    def recipients(count: int) -> tuple[int, set[str]]:
        field = b",\n ".join(b"person%d@halden.example" % n for n in range(count))
        message = parse_message(b"From: a@corvus.example\nTo: " + field + b"\n\nx", LATER).message
        assert message is not None
        return len(message.recipients), {problem.code for problem in message.problems}

    assert recipients(1500) == (1500, {"date_missing"})
    count, problems = recipients(20_000)
    assert 1500 < count < 20_000
    assert "field_cut" in problems


def test_too_many_header_fields_are_cut_and_said() -> None:
    raw = b"X-Filler: x\n" * 3000 + b"Subject: late\n\nx"
    message = parse_message(raw, LATER).message
    assert message is not None
    assert message.subject == ""
    assert Problem("header_cut", "after 3000 fields") in message.problems


PIECES = st.sampled_from(
    [
        *(b"From: ", b"To: ", b"Subject: ", b"Date: ", b"Content-Type: ", b"multipart/mixed; boundary=b", b"text/html"),
        *(
            b"a@b.example",
            b"<",
            b">",
            b'"',
            b"(",
            b",",
            b":",
            b";",
            b"\n",
            b"\r\n",
            b"\n\n",
            b"\n ",
            b"--b\n",
            b"--b--\n",
        ),
        *(b"=?utf-8?B?", b"?=", b"\xff", b"\x00", b"message/rfc822", b"Content-Transfer-Encoding: base64\n", b"<p>"),
        *(
            b"On 1 Mar 2026 a@b.example wrote:\n",
            b"> x\n",
            b"-- \n",
            b"begin 644 x\n",
            b"charset=",
            b"utf-7",
            b"name*0*=",
        ),
    ]
)


@settings(deadline=None)
@given(st.lists(st.one_of(PIECES, st.binary(max_size=4)), max_size=60).map(b"".join))
def test_no_bytes_raise_and_line_ends_never_matter(raw: bytes) -> None:
    unix = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    result = parse_message(unix, LATER)
    assert (result.message is None) <= bool(result.problems)
    assert parse_message(unix.replace(b"\n", b"\r\n"), LATER) == result
    if result.message:
        (result.message.body_text + result.message.new_text + result.message.subject).encode()


def test_no_hostile_mail_stops_a_run(hostile_mail: list[Path]) -> None:
    unreadable = []
    for path in hostile_mail:
        result = parse_message(path.read_bytes(), LATER)
        if result.message is None:
            unreadable.append((path.name, result.problems))
    assert unreadable == []


def test_the_five_partners_mail_is_read_without_quarantine(enron_mboxes: dict[str, Path]) -> None:
    lost = {}
    total = 0
    for name, path in enron_mboxes.items():
        with MboxMailbox.open(name, path) as mailbox:
            mail = list(mailbox.fetch(mailbox.select("INBOX").uids))
        total += len(mail)
        lost[name] = sum(parse_message(each.raw, each.internal_at).message is None for each in mail)
    assert total == 1305
    assert set(lost.values()) == {0}

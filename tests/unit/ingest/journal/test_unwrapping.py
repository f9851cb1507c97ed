"""Journal reports in the shapes that mail systems write them, and in those that strangers may."""

from base64 import encodebytes
from collections.abc import Callable
from dataclasses import replace
from quopri import encodestring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.journal.unwrapping import unwrap
from ingest.parse import parse_message
from ingest.settings import ParseLimits
from models.records import Message, Problem, Recipient
from models.vocabulary import AutoKind, RecipientKind

LIMITS = ParseLimits()
BOUNDARY = b"--_73f1c2d4-0b1e-4d9e-9a53-6a1f4a9a2c11_"


def told(message: Message) -> list[tuple[str, str, str]]:
    return [(each.address, each.kind.value, each.via) for each in message.recipients]


def test_the_message_inside_is_read_and_the_envelope_joins_its_recipients(parsed: Callable[[str], Message]) -> None:
    message = parsed("journal_microsoft365")
    assert message.recipients[:3] == (
        Recipient("quality@corvus.example", "Quality Corvus"),
        Recipient("ana.ruiz@corvus.example", "Ana Ruiz"),
        Recipient("ute.lang@halden.example", "Ute Lang", RecipientKind.CC),
    )
    assert told(message)[3:] == [
        ("desk@halden.example", "envelope", ""),
        ("max.o'hara@halden.example", "bcc", ""),
        ("kurt.weber@corvus.example", "to", "quality@corvus.example"),
        ("bo.li@corvus.example", "to", "quality@corvus.example"),
    ]
    assert message.problems == ()


def test_all_other_facts_are_those_of_the_message_alone(
    parsed: Callable[[str], Message], odd_mail: Callable[[str], bytes]
) -> None:
    alone, message = parsed("journaled_message"), parsed("journal_microsoft365")
    assert (alone.journaled, message.journaled) == (False, True)
    assert message.size_bytes == len(odd_mail("journal_microsoft365").replace(b"\n", b"\r\n"))
    unwrapped = replace(message, journaled=False, recipients=alone.recipients)
    assert replace(unwrapped, size_bytes=alone.size_bytes, raw_sha256=alone.raw_sha256) == alone
    assert "only looks like a delimiter" in message.body_text


def test_line_ends_make_no_difference(odd_mail: Callable[[str], bytes]) -> None:
    raw = odd_mail("journal_microsoft365")
    assert parse_message(raw.replace(b"\n", b"\r\n")) == parse_message(raw)


def test_exchange_2003_lists_names_with_addresses(parsed: Callable[[str], Message]) -> None:
    message = parsed("journal_exchange_2003")
    assert (message.message_id, message.journaled) == ("batch17@corvus.example", True)
    assert message.recipients == (
        Recipient("dana.cole@halden.example", "Cole, Dana"),
        Recipient("kurt.weber@corvus.example", "Weber, Kurt", RecipientKind.ENVELOPE),
    )


def test_a_report_that_came_back_undelivered_is_read_all_the_same(parsed: Callable[[str], Message]) -> None:
    returned, arrived = parsed("journal_returned"), parsed("journal_microsoft365")
    assert returned.id == arrived.id
    assert returned.recipients == arrived.recipients
    assert returned.auto is AutoKind.NONE


def test_of_a_protected_message_the_copy_in_the_clear_is_read(parsed: Callable[[str], Message]) -> None:
    assert "root cause" in parsed("journal_protected").new_text


def test_a_report_without_its_message_goes_to_quarantine(odd_mail: Callable[[str], bytes]) -> None:
    parsed = parse_message(odd_mail("journal_without_message"))
    assert parsed.message is None
    assert parsed.problems == (Problem("journal_message_missing", "the message in the report is missing"),)


def test_a_report_with_an_unreadable_message_goes_to_quarantine_with_both_reasons(
    odd_mail: Callable[[str], bytes],
) -> None:
    raw = odd_mail("journal_microsoft365").replace(b"Date: Mon, 2 Mar 2026 08:30:00", b"Date: long ago")
    parsed = parse_message(raw.replace(b"Received:", b"X-Received:"))
    assert parsed.message is None
    assert [problem.code for problem in parsed.problems] == ["journal_message_unreadable", "no_date"]


def test_an_empty_message_in_a_report_is_said_to_be_empty(odd_mail: Callable[[str], bytes]) -> None:
    raw = odd_mail("journal_without_message").replace(
        BOUNDARY + b"--", BOUNDARY + b"\nContent-Type: message/rfc822\n\n\n" + BOUNDARY + b"--"
    )
    assert parse_message(raw).problems == (Problem("journal_message_missing", "the message in the report is empty"),)


def test_a_report_that_was_cut_off_still_gives_what_is_there(odd_mail: Callable[[str], bytes]) -> None:
    raw = odd_mail("journal_microsoft365")
    message = parse_message(raw[: raw.index(b"by Friday?") + 10]).message
    assert message is not None
    assert message.new_text == "Could somebody confirm the root cause of deviation 12 by Friday?"


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_encoded_text_and_encoded_messages_are_decoded(encoding: str, odd_mail: Callable[[str], bytes]) -> None:
    encode = encodebytes if encoding == "base64" else encodestring
    head, text, rest = odd_mail("journal_microsoft365").split(BOUNDARY + b"\n")
    original = rest.split(b"\n\n", 1)[1].split(b"\n" + BOUNDARY)[0]
    field = b"Content-Transfer-Encoding: " + encoding.encode()
    parts = (
        head,
        b"\nContent-Type: text/plain; charset=utf-8\n" + field + b"\n\n" + encode(text.split(b"\n\n", 1)[1]),
        b"\nContent-Type: message/rfc822\n" + field + b"\n\n" + encode(original),
    )
    assert told_of((BOUNDARY).join(parts)) == told_of(odd_mail("journal_microsoft365"))


def told_of(raw: bytes) -> list[tuple[str, str, str]]:
    message = parse_message(raw).message
    assert message is not None
    assert message.journaled
    return told(message)


def test_what_the_message_does_not_say_the_report_does(odd_mail: Callable[[str], bytes]) -> None:
    raw = odd_mail("journal_microsoft365").replace(b"\nFrom: Dana Cole", b"\nX-From: Dana Cole")
    message = parse_message(raw.replace(b"Message-ID: <dev", b"X-Message-ID: <dev")).message
    assert message is not None
    assert (message.sender.address, message.message_id) == ("dana.cole@halden.example", "deviation12@halden.example")


class TestStrangers:
    """Whoever may write to a journal mailbox may write reports; what they cannot do is hide."""

    def test_a_report_from_somebody_else_than_the_mail_system_says_so(self, odd_mail: Callable[[str], bytes]) -> None:
        raw = odd_mail("journal_microsoft365").replace(
            b"<MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@halden.example>", b"<mallory@outside.example>"
        )
        message = parse_message(raw).message
        assert message is not None
        assert message.journaled
        assert message.problems == (Problem("journal_from", "reported by Microsoft Outlook <mallory@outside.example>"),)

    def test_a_report_that_contradicts_its_message_says_so(self, odd_mail: Callable[[str], bytes]) -> None:
        raw = odd_mail("journal_microsoft365")
        raw = raw.replace(b"Sender: dana.cole@", b"Sender: mallory@").replace(
            b"Message-Id: <dev", b"Message-Id: <other"
        )
        message = parse_message(raw).message
        assert message is not None
        assert message.problems == (
            Problem("journal_other_sender", "the report says mallory@halden.example"),
            Problem("journal_other_message_id", "the report says otheriation12@halden.example"),
        )

    def test_a_delegate_who_sends_for_somebody_is_no_contradiction(self, odd_mail: Callable[[str], bytes]) -> None:
        raw = odd_mail("journal_microsoft365").replace(
            b"Sender: dana.cole@halden.example", b"Sender: pa@halden.example\nOn-Behalf-Of: dana.cole@halden.example"
        )
        assert parse_message(raw).problems == ()

    def test_the_report_s_header_field_alone_makes_no_report(self, odd_mail: Callable[[str], bytes]) -> None:
        raw = b"X-MS-Journal-Report:\n" + odd_mail("plain_reply")
        message, plain = parse_message(raw).message, parse_message(odd_mail("plain_reply")).message
        assert message is not None
        assert plain is not None
        assert (message.id, message.recipients, message.journaled) == (plain.id, plain.recipients, False)

    def test_a_person_s_words_that_look_like_a_report_make_none(self, odd_mail: Callable[[str], bytes]) -> None:
        raw = odd_mail("journal_microsoft365").replace(b"X-MS-Journal-Report:\n", b"")
        message = parse_message(raw).message
        assert message is not None
        assert (message.journaled, message.subject) == (False, "Deviation 12, batch 17")
        assert "mallory" not in str(message.recipients)
        assert [each.address for each in message.recipients] == ["journal@halden.example"]

    def test_a_report_in_a_report_is_followed_but_not_for_ever(self, odd_mail: Callable[[str], bytes]) -> None:
        innermost = odd_mail("journal_microsoft365")
        raw = innermost
        for depth in range(2):
            raw = wrapped(raw, depth)
        assert told_of(raw) == told_of(innermost)
        for depth in range(2, 6):
            raw = wrapped(raw, depth)
        assert parse_message(raw).problems == (Problem("journal_nested_too_deep", "more than 4 reports"),)

    def test_ten_thousand_recipients_are_kept_and_a_hundred_thousand_are_cut(
        self, odd_mail: Callable[[str], bytes]
    ) -> None:
        raw = odd_mail("journal_microsoft365")
        many = b"".join(b"Bcc: p%d@corvus.example\n" % number for number in range(10_000))
        assert len(told_of(raw.replace(b"Bcc:", many + b"Bcc:", 1))) == 10_007
        message = parse_message(raw.replace(b"Bcc:", many * 10 + b"Bcc:", 1)).message
        assert message is not None
        assert Problem("journal_cut", "after 20000 recipients") in message.problems

    def test_a_line_that_is_cut_is_said_to_be(self, odd_mail: Callable[[str], bytes]) -> None:
        line = b"Bcc: " + b",".join(b"p%d@corvus.example" % number for number in range(400)) + b"\nBcc:"
        message = parse_message(odd_mail("journal_microsoft365").replace(b"Bcc:", line, 1)).message
        assert message is not None
        assert message.problems == (Problem("journal_cut", "a line after 4000 characters"),)

    @pytest.mark.parametrize(
        "filler", [b"a" * 10**6, b"\n" * 10**6, b"To: " + b"a@b," * 10**5, b"--_" * 10**5, b" \n" * 10**5]
    )
    def test_a_report_with_a_million_useless_bytes_is_read(
        self, filler: bytes, odd_mail: Callable[[str], bytes]
    ) -> None:
        raw = odd_mail("journal_microsoft365")
        assert told_of(raw.replace(b"Bcc:", filler + b"\nBcc:", 1))[-1] == told_of(raw)[-1]

    @settings(max_examples=200, deadline=None)
    @given(st.integers(0, 3000), st.integers(0, 3000), st.binary(max_size=40))
    def test_no_mangled_report_raises(self, start: int, length: int, put: bytes) -> None:
        raw = REPORT[:start] + put + REPORT[start + length :]
        parsed = parse_message(raw)
        assert parsed.message is not None or parsed.problems


def wrapped(raw: bytes, depth: int) -> bytes:
    """A journal report about a journal report."""
    boundary = b"outer%d" % depth
    return (
        b"From: postmaster@halden.example\nDate: Mon, 2 Mar 2026 09:00:00 +0000\nX-MS-Journal-Report:\n"
        b"Content-Type: multipart/mixed; boundary=" + boundary + b"\n\n--" + boundary + b"\n\n"
        b"Sender: postmaster@halden.example\nMessage-Id: <r@halden.example>\nRecipient: journal@halden.example\n--"
        + boundary + b"\nContent-Type: message/rfc822\n\n" + raw + b"\n--" + boundary + b"--\n"
    )  # fmt: skip


REPORT = wrapped(b"From: a@halden.example\nTo: b@corvus.example\nDate: Mon, 2 Mar 2026 08:00:00 +0000\n\nHi", 0)


def test_ordinary_mail_is_handed_back_untouched(odd_mail: Callable[[str], bytes]) -> None:
    raw = odd_mail("plain_reply")
    found = unwrap(raw, LIMITS)
    assert found.original is raw
    assert (found.envelope, found.delivered_to, found.refused) == (None, (), None)

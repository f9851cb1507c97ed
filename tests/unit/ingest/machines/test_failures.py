"""Bounces of many mail systems: whom they say was not reached, and what is no failure."""

import pytest

from ingest.parse import parse_message
from models.records import DeliveryFailure, Message
from models.vocabulary import AutoKind

HEAD = b"Date: Mon, 2 Mar 2026 08:30:00 +0000\nTo: ana@corvus.example\nSubject: Undelivered Mail Returned to Sender\n"
DAEMON = b"From: MAILER-DAEMON@mx.corvus.example (Mail Delivery System)\n" + HEAD
BACK = b"\n\nFrom: ana@corvus.example\nMessage-ID: <first@corvus.example>\nSubject: Batch 17\n\nHello\n"


def read(raw: bytes) -> Message:
    message = parse_message(raw).message
    assert message is not None
    return message


def status_report(*groups: bytes) -> bytes:
    parts = [
        b"Content-Type: text/plain\n\nIt could not be delivered to <someone@halden.example>.\n",
        b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.corvus.example\n\n" + b"\n".join(groups),
        b"Content-Type: message/rfc822" + BACK,
    ]
    fields = b'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
    return DAEMON + fields + b"".join(b"--b\n" + part + b"\n" for part in parts) + b"--b--\n"


FAILED = (
    b"Final-Recipient: rfc822; dana@halden.example\nAction: failed\nStatus: 5.1.1\n"
    b"Diagnostic-Code: smtp; 550 5.1.1 <dana@halden.example>:\n User unknown\n"
)
DELAYED = b"Final-Recipient: rfc822; kurt@halden.example\nAction: delayed\nStatus: 4.4.1\n"
DELIVERED = b"Final-Recipient: rfc822; eva@halden.example\nAction: relayed\nStatus: 2.0.0\n"


def test_a_report_for_machines() -> None:
    message = read(status_report(FAILED, DELAYED, DELIVERED))
    assert message.auto is AutoKind.BOUNCE
    assert message.failures == (
        DeliveryFailure(
            "dana@halden.example", "5.1.1", "550 5.1.1 <dana@halden.example>: User unknown", "first@corvus.example"
        ),
    )


def test_the_address_that_was_written_to_is_told_and_not_where_an_alias_led() -> None:
    group = b"Original-Recipient: rfc822;team@halden.example\n" + FAILED
    assert [failure.address for failure in read(status_report(group)).failures] == ["team@halden.example"]


@pytest.mark.parametrize("group", [DELAYED, DELIVERED])
def test_a_delay_and_a_receipt_are_no_failures(group: bytes) -> None:
    message = read(status_report(group))
    assert (message.auto, message.failures) == (AutoKind.RECEIPT, ())


def test_a_report_without_any_recipient_is_a_bounce_all_the_same() -> None:
    message = read(status_report(b"X-Queue: 1\n"))
    assert message.auto is AutoKind.BOUNCE


IN_WORDS = {
    "qmail": (
        b"Hi. This is the qmail-send program at mx.corvus.example.\nI'm afraid I wasn't able to deliver your\n"
        b"message to the following addresses.\n\n<dana@halden.example>:\n192.0.2.1 does not like recipient.\n"
        b"Remote host said: 550 5.1.1 unknown\n\n--- Below this line is a copy of the message.\n\n"
        b"Return-Path: <ana@corvus.example>\nTo: kurt@halden.example\nMessage-ID: <first@corvus.example>\n"
    ),
    "postfix": (
        b"I'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients.\n\n"
        b"<dana@halden.example>: host mx.halden.example[192.0.2.1] said: 550 5.1.1\n    User unknown\n"
        b"\nMessage-ID: <first@corvus.example>\n"
    ),
    "exim": (
        b"This message was created automatically by mail delivery software.\n\nA message that you sent could not be\n"
        b"delivered to one or more of its recipients.\n\n  dana@halden.example\n    SMTP error after RCPT TO:\n"
        b"    550 5.1.1 unknown\n\n------ This is a copy of the message, including all the headers. ------\n\n"
        b"To: kurt@halden.example\nMessage-ID: <first@corvus.example>\n"
    ),
    "sendmail": (
        b"   ----- The following addresses had permanent fatal errors -----\n<dana@halden.example>\n"
        b"    (reason: 550 5.1.1 User unknown)\n\n   ----- Original message follows -----\n\n"
        b"Message-ID: <first@corvus.example>\n"
    ),
    "exchange_2003": (
        b"Your message\n\n  To:      Dana Cole\n  Subject: Batch 17\n\ndid not reach the following recipient(s):\n\n"
        b"dana@halden.example on Mon, 2 Mar 2026 09:30:00 +0100\n    The recipient name is not recognized\n"
        b"    MSEXCH:IMS: 550 5.1.1\n\nMessage-ID: <first@corvus.example>\n"
    ),
    "gmail": (
        b"Delivery to the following recipient failed permanently:\n\n     dana@halden.example\n\n"
        b"Technical details of permanent failure: 550 5.1.1 no such user\n\n----- Original message -----\n\n"
        b"Message-ID: <first@corvus.example>\n"
    ),
    "gmail_now": (
        b"** Address not found **\n\nYour message wasn't delivered to dana@halden.example because the address\n"
        b"couldn't be found.\n\n550 5.1.1 no such user\n\nMessage-ID: <first@corvus.example>\n"
    ),
    "domino": (
        b"Your message\n\n  Subject: Batch 17\n\nwas not delivered to:\n\n  dana@halden.example\n\nbecause:\n\n"
        b"  550 5.1.1 User not listed in directory\n\nMessage-ID: <first@corvus.example>\n"
    ),
    "gmx": (
        b'The following address failed:\n\n"dana@halden.example":\n\nSMTP error: 550 5.1.1 Mailbox unknown\n\n'
        b"Message-ID: <first@corvus.example>\n"
    ),
}


@pytest.mark.parametrize("system", IN_WORDS)
def test_what_mail_systems_write_in_words(system: str) -> None:
    message = read(DAEMON + b"\n" + IN_WORDS[system])
    assert message.auto is AutoKind.BOUNCE
    (failure,) = message.failures
    assert (failure.address, failure.status, failure.message_id) == (
        "dana@halden.example",
        "5.1.1",
        "first@corvus.example",
    )


def test_exim_tells_the_addresses_in_a_field() -> None:
    message = read(b"X-Failed-Recipients: dana@halden.example, kurt@halden.example\n" + DAEMON + b"\nNothing more.")
    assert [failure.address for failure in message.failures] == ["dana@halden.example", "kurt@halden.example"]


def test_a_delay_in_words_is_no_failure() -> None:
    raw = DAEMON.replace(b"Undelivered Mail Returned to Sender", b"Warning: message 1x delayed 24 hours")
    message = read(raw + b"\nThe message has not yet been delivered to:\n\n  dana@halden.example\n")
    assert (message.auto, message.failures) == (AutoKind.RECEIPT, ())


def test_a_postmaster_who_is_a_person() -> None:
    raw = b"From: Postmaster <postmaster@halden.example>\n" + HEAD.replace(
        b"Undelivered Mail Returned to Sender", b"Re: SPF"
    )
    message = read(raw + b"\nHello Ana, we changed the record as you asked.\n")
    assert (message.auto, message.failures) == (AutoKind.NONE, ())
    assert read(b"Return-Path: <>\n" + raw + b"\nHello.\n").auto is AutoKind.BOUNCE


def test_a_bounce_that_a_person_forwards_is_their_own_mail() -> None:
    raw = b"From: Ana <ana@corvus.example>\nTo: it@corvus.example\nSubject: Fwd: Undelivered Mail Returned to Sender\n"
    message = read(raw + b"Date: Mon, 2 Mar 2026 08:30:00 +0000\n\nWhat is this?\n\n" + IN_WORDS["postfix"])
    assert (message.auto, message.failures) == (AutoKind.NONE, ())

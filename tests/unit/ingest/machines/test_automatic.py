"""Machines are told from persons."""

from email import message_from_string

import pytest

from ingest.machines.automatic import auto_kind
from ingest.machines.failures import Report
from models.vocabulary import AutoKind


def kind(
    fields: str = "",
    *,
    sender: str = "ana@corvus.example",
    subject: str = "",
    text: str = "",
    method: str = "",
    on_list: bool = False,
) -> AutoKind:
    return auto_kind(
        message_from_string(fields + "\n\n"),
        sender=sender,
        subject=subject,
        text=text,
        calendar_method=method,
        on_list=on_list,
        report=Report(),
    )


@pytest.mark.parametrize(
    "subject",
    [
        "Out of Office: Batch 17",
        "Out of Office AutoReply: Batch 17",
        "Out of Office reply",
        "Automatic reply: out of the office",
        "OOO: Batch 17",
        "Abwesenheitsnotiz: Charge 17",
        "Absence du bureau : lot 17",
        "Fuera de la oficina: lote 17",
        "Abwesenheitsnotiz",
        "Automatische Antwort: nicht im Büro",
        "Mensaje de ausencia: lote 17",
        "Fuori sede: lotto 17",
        "Afwezig: partij 17",
        "Afwezigheidsbericht",
        "Poza biurem: partia 17",
        "Ausência temporária: lote 17",
        "Frånvaromeddelande",
    ],
)
def test_subjects_of_absence(subject: str) -> None:
    assert kind(subject=subject) is AutoKind.OUT_OF_OFFICE


@pytest.mark.parametrize(
    "subject",
    [
        "Who covers while I am out of office?",
        "Re: On leave",
        "Out of office",
        "Out of the office.",
        "OOO next week",
        "Dennis Smith out of the office",
        "Automation line 3",
        "Vacation plan",
    ],
)
def test_persons_write_about_absence_too(subject: str) -> None:
    assert kind(subject=subject) is AutoKind.NONE


@pytest.mark.parametrize(
    ("fields", "text", "expected"),
    [
        ("Auto-Submitted: auto-replied", "I am on vacation until Monday.", AutoKind.OUT_OF_OFFICE),
        ("Auto-Submitted: auto-replied; owner-email=x", "We got your mail.", AutoKind.AUTO_REPLY),
        ("X-Autoreply: yes", "Thank you for writing.", AutoKind.AUTO_REPLY),
        ("Precedence: auto_reply", "Je suis absente.", AutoKind.OUT_OF_OFFICE),
        (
            "Auto-Submitted: auto-generated\nIn-Reply-To: <a@b>",
            "I am out of the office until Monday.",
            AutoKind.OUT_OF_OFFICE,
        ),
        ("X-Auto-Response-Suppress: All", "I am on vacation until Monday.", AutoKind.NONE),
        ("Auto-Submitted: auto-notified", "A new file.", AutoKind.BULK),
        ("Content-Type: multipart/report; report-type=feedback-report", "", AutoKind.BULK),
        ("", "Your message\n\n  To: Ana\n  Subject: x\n\nwas read on 02.03.2026 09:30.", AutoKind.RECEIPT),
        ("", "Ihre Nachricht\n\n  An: Ana\n\nwurde am 02.03.2026 09:30 gelesen.", AutoKind.RECEIPT),
        ("", "Your message was clear. The batch record was read on Monday and we agree.", AutoKind.NONE),
        ("Auto-Submitted: no", "I am on vacation until Monday.", AutoKind.NONE),
        ("Auto-Submitted: auto-generated", "Order 7 was shipped.", AutoKind.BULK),
        ("Precedence: bulk", "Newsletter", AutoKind.BULK),
        ("X-Failed-Recipients: kurt@halden.example", "", AutoKind.BOUNCE),
        ("Content-Type: multipart/report; report-type=disposition-notification", "", AutoKind.RECEIPT),
        ("Content-Type: multipart/report; report-type=delivery-status", "", AutoKind.BOUNCE),
        ("", "I am on vacation until Monday, can you take this?", AutoKind.NONE),
    ],
)
def test_header_fields(fields: str, text: str, expected: AutoKind) -> None:
    assert kind(fields, text=text) is expected


def test_on_a_mailing_list_bulk_says_nothing_about_the_writer() -> None:
    assert kind("Precedence: bulk", on_list=True) is AutoKind.NONE


def test_senders_that_are_machines() -> None:
    assert kind(sender="no-reply@halden.example") is AutoKind.BULK
    assert kind(sender="mailer-daemon@halden.example", subject="Undeliverable: x") is AutoKind.BOUNCE
    assert kind(sender="norepp@halden.example") is AutoKind.NONE


def test_a_published_calendar_is_no_meeting_message() -> None:
    assert kind(method="REPLY") is AutoKind.MEETING
    assert kind(method="PUBLISH") is AutoKind.NONE


def test_lotus_notes_says_it_in_subject_and_text() -> None:
    subject = "Ana Ruiz/QA/Corvus is out of the office."
    away = "I will be out of the office from 02/03/2026 until 06/03/2026."
    assert kind(subject=subject, text=away) is AutoKind.OUT_OF_OFFICE
    assert kind(subject=subject, text="Does anybody know why?") is AutoKind.NONE

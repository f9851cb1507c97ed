"""Invitations in plain words, in the languages in which mail programs write them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.calendar.text_invitations import read_invitation
from ingest.mailbox.mbox import MboxMailbox
from ingest.parse import parse_message
from models.records import Attendee, Meeting, NamedAddress
from models.vocabulary import MeetingSource

ANA = NamedAddress("ana@corvus.example", "Ana Ruiz")
SENT = "Mon, 02 Mar 2026 09:30:00 +0100"
STARS = "\n\n*~*~*~*~*~*~*~*~*~*\n\nPlease bring the batch record.\n"


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def read(text: str, subject: str = "Monthly call") -> Meeting | None:
    return read_invitation(subject, text, ANA, SENT)


def test_an_outlook_invitation_in_words() -> None:
    text = (
        "When: Tuesday, March 3, 2026 10:00 AM-11:00 AM (UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm,\n"
        "Vienna.\nWhere: Room 12" + STARS
    )
    assert read(text) == Meeting(
        source=MeetingSource.TEXT,
        method="REQUEST",
        organiser=ANA,
        starts_at=utc(3, 3, 9),
        ends_at=utc(3, 3, 10),
        summary="Monthly call",
        location="Room 12",
    )


@pytest.mark.parametrize(
    ("when", "starts_at", "ends_at"),
    [
        ("When: Tuesday, July 7, 2026 1:00 PM-2:00 PM (GMT-06:00) Central Time (US &", utc(7, 7, 18), utc(7, 7, 19)),
        ("When: Tuesday, July 7, 2026 1:00 PM-2:00 PM (UTC+05:00) Somewhere.", utc(7, 7, 8), utc(7, 7, 9)),
        ("When: Tuesday, July 7, 2026 1:00 PM-2:00 PM.", utc(7, 7, 12), utc(7, 7, 13)),
        ("Wann: Dienstag, 7. Juli 2026 10:00-11:30 (UTC+01:00) Amsterdam, Berlin.", utc(7, 7, 8), utc(7, 7, 9, 30)),
        ("Zeit: Dienstag, 3. März 2026 23:30-00:30 (UTC+01:00) Berlin.", utc(3, 3, 22, 30), utc(3, 3, 23, 30)),
        ("Quand : mardi 7 juillet 2026 10:00-11:00 (UTC+01:00) Bruxelles, Paris.", utc(7, 7, 8), utc(7, 7, 9)),
        ("Cuándo: martes, 7 de julio de 2026 10:00-11:00 (UTC) Hora universal.", utc(7, 7, 10), utc(7, 7, 11)),
        ("Quando: martedì 7 luglio 2026 10.00-11.00 (UTC+01:00) Berlin.", utc(7, 7, 8), utc(7, 7, 9)),
        ("Wanneer: dinsdag 7 juli 2026 10:00-11:00 (UTC+01:00) Amsterdam, Berlin.", utc(7, 7, 8), utc(7, 7, 9)),
        ("*When:* Tue Jul 7, 2026 9:30pm – 10pm", utc(7, 7, 20, 30), utc(7, 7, 21)),
        ("When: 2026-07-07 10:00", utc(7, 7, 9), None),
    ],
)
def test_times_in_the_words_of_six_languages(when: str, starts_at: datetime, ends_at: datetime | None) -> None:
    found = read(when + STARS)
    assert found is not None
    assert (found.starts_at, found.ends_at) == (starts_at, ends_at)


@pytest.mark.parametrize(
    "text",
    [
        "When will the batch be released? Tuesday, March 3, 2026 10:00 AM would do.",
        "When: as soon as possible",
        "When: Tuesday, February 31, 2026 10:00 AM",
        "When: Tuesday, March 3, 2026",
        "When: Tuesday, March 3, 2026 25:00-26:00",
        "Thanks, that suits me.\n\n> When: Tuesday, March 3, 2026 10:00 AM-11:00 AM",
        "I cannot.\n\n-----Original Appointment-----\nFrom: Dana\nWhen: Tuesday, March 3, 2026 10:00 AM-11:00 AM",
        "line\n" * 20 + "When: Tuesday, March 3, 2026 10:00 AM-11:00 AM",
        "",
    ],
    ids=["question", "vague", "no_day", "no_time", "no_hour", "quoted", "answered", "far_down", "nothing"],
)
def test_other_words_are_no_invitation(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("subject", "method", "answer"),
    [
        ("Accepted: Monthly call", "REPLY", "accepted"),
        ("Declined: Monthly call", "REPLY", "declined"),
        ("Tentative: Monthly call", "REPLY", "tentative"),
        ("Canceled: Monthly call", "CANCEL", ""),
        ("Cancelled event: Monthly call", "CANCEL", ""),
        ("Updated invitation: Monthly call", "REQUEST", ""),
        ("Zugesagt: Monthly call", "REPLY", "accepted"),
        ("Abgesagt: Monthly call", "CANCEL", ""),
        ("Accepté : Monthly call", "REPLY", "accepted"),
        ("Rechazada: Monthly call", "REPLY", "declined"),
        ("Annullato: Monthly call", "CANCEL", ""),
        ("Geaccepteerd: Monthly call", "REPLY", "accepted"),
    ],
)
def test_the_subject_says_what_the_message_is(subject: str, method: str, answer: str) -> None:
    for text in ("", "When: Tuesday, March 3, 2026 10:00 AM-11:00 AM (UTC+01:00) Berlin.\nWhere: Room 12\n"):
        found = read(text, subject)
        assert found is not None
        assert (found.method, found.summary) == (method, "Monthly call")
        assert found.attendees == ((Attendee(ANA.address, ANA.display_name, answer),) if answer else ())
        assert found.organiser == (NamedAddress("") if answer else ANA)


def test_a_person_s_words_under_such_a_subject_are_no_answer() -> None:
    assert read("The offer is declined because of the price.", "Declined: your offer") is None


def test_real_mail_holds_few_invitations_in_words_and_every_one_is_found(enron_mboxes: dict[str, Path]) -> None:
    found = []
    for name, path in enron_mboxes.items():
        with MboxMailbox.open(name, path) as mailbox:
            (folder,) = mailbox.folders()
            for mail in mailbox.fetch(mailbox.select(folder.name).uids):
                if b"When:" in mail.raw or b"*~*~*" in mail.raw:
                    message = parse_message(mail.raw, mail.internal_at).message
                    found += list(message.meetings) if message else []
    assert [(meeting.summary, meeting.starts_at) for meeting in found] == [
        ("ENA/Blue Dog: conference call with Paul Hastings", datetime(2001, 4, 20, 18, tzinfo=UTC))
    ]

"""What is left of a subject, and which mails are one."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from ingest.identity import message_identity, subject_core
from ingest.parse import parse_message
from models.records import Meeting
from models.vocabulary import MeetingSource

_SENT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
_SERIES = Meeting(MeetingSource.CALENDAR, method="CANCEL", uid="series@corvus.example", sequence=1)
_OCCURRENCE = Meeting(
    MeetingSource.CALENDAR, method="CANCEL", uid="series@corvus.example", sequence=1, recurrence_id=_SENT
)
_identity = partial(
    message_identity,
    sender="ana.ruiz@corvus.example",
    sent_at=_SENT,
    subject="Batch 17",
    body_text="The records of batch 17 are attached.",
    attachments=(),
    undated="",
)


@pytest.mark.parametrize(
    ("subject", "core"),
    [
        ("Re: Batch 17", "batch 17"),
        ("RE: FW: [tech] AW: Batch  17 ", "batch 17"),
        ("WG: Re[2]: Fwd: Batch 17", "batch 17"),
        ("回复：Batch 17", "batch 17"),
        ("Regarding: Batch 17", "regarding: batch 17"),
        ("Re:", "re:"),
        ("", ""),
    ],
)
def test_prefixes_and_tags_go(subject: str, core: str) -> None:
    assert subject_core(subject) == core


def test_a_copy_that_names_outlooks_wrapper_below_is_the_same_mail() -> None:
    copy = _identity(body_text="The records of batch 17 are attached.\n \n - winmail.dat \n")
    assert copy == _identity()


@pytest.mark.parametrize("below", [" - records.xls", "see winmail.dat", "- winmail.dat is what I got"])
def test_other_words_below_make_another_mail(below: str) -> None:
    assert _identity(body_text=f"The records of batch 17 are attached.\n{below}") != _identity()


def test_the_same_words_to_another_company_in_the_same_second_are_another_mail() -> None:
    first, second = (_identity(to=[to]) for to in ("qa@corvus.example", "qa@meridian.example"))
    assert first != second
    assert _identity(to=["a@x.example", "b@x.example"]) == _identity(to=["b@x.example", "a@x.example", "a@x.example"])


def test_the_same_second_of_another_hour_is_another_mail() -> None:
    assert _identity(sent_at=_SENT.replace(hour=10)) != _identity()


@pytest.mark.parametrize(
    "other",
    [
        (_OCCURRENCE,),
        (Meeting(MeetingSource.CALENDAR, method="CANCEL", uid="other@corvus.example", sequence=1),),
        (Meeting(MeetingSource.CALENDAR, method="REQUEST", uid="series@corvus.example", sequence=1),),
        (Meeting(MeetingSource.CALENDAR, method="CANCEL", uid="series@corvus.example", sequence=2),),
        (_SERIES, _OCCURRENCE),
    ],
    ids=["one occurrence", "another meeting", "another method", "a later revision", "both"],
)
def test_calendar_parts_tell_mails_of_one_second_and_the_same_words_apart(other: tuple[Meeting, ...]) -> None:
    assert _identity(meetings=other) != _identity(meetings=(_SERIES,))


def test_what_a_gateway_rewrites_in_an_invitation_does_not_make_it_another_mail() -> None:
    rewritten = Meeting(
        MeetingSource.CALENDAR,
        method="CANCEL",
        uid="series@corvus.example",
        sequence=1,
        summary="Canceled: [EXTERNAL] Batch review",
    )
    assert _identity(meetings=(rewritten,)) == _identity(meetings=(_SERIES,))


def test_meetings_read_from_the_words_add_nothing_to_the_words() -> None:
    assert _identity(meetings=(Meeting(MeetingSource.TEXT, summary="Batch review"),)) == _identity()


def test_real_invitations_and_cancellations_are_all_different_mails(shared_folder: Path) -> None:
    paths = sorted((shared_folder / "corpora" / "calendar_invites").glob("*.eml"))
    found = [parse_message(path.read_bytes(), _SENT).message for path in paths]
    assert len({message.id for message in found if message}) == len(paths) == 34

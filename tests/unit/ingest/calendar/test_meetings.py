"""Calendar parts become facts about meetings, whatever state they are in."""

from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.parse import parse_message
from models.records import Attendee, Meeting, Message, NamedAddress
from models.vocabulary import AutoKind, MeetingSource

CALENDAR = MeetingSource.CALENDAR


def utc(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def meetings(calendar: str, kind: str = "text/calendar", fields: str = "") -> tuple[Meeting, ...]:
    """What a message says that is this calendar and nothing else."""
    head = f"Date: Mon, 02 Mar 2026 09:30:00 +0100\nFrom: ana@corvus.example\nContent-Type: {kind}\n{fields}\n"
    message = parse_message(head.encode() + calendar.encode()).message
    assert message is not None
    return message.meetings


def event(*lines: str, before: str = "") -> str:
    inside = "\n".join(lines)
    return f"BEGIN:VCALENDAR\n{before}BEGIN:VEVENT\n{inside}\nEND:VEVENT\nEND:VCALENDAR\n"


def test_a_series_and_its_exception_in_a_windows_zone(parsed: Callable[[str], Message]) -> None:
    message = parsed("meeting_series_with_exception")
    assert (message.auto, message.calendar_method) == (AutoKind.MEETING, "REQUEST")
    series, exception = message.meetings
    assert series == Meeting(
        source=CALENDAR,
        method="REQUEST",
        uid="040000008200E00074C5B7101A82E008",
        sequence=2,
        organiser=NamedAddress("ana.ruiz@corvus.example", "Ruiz, Ana"),
        attendees=(
            Attendee("dana.cole@halden.example", "Dana Cole", "needs-action"),
            Attendee("kurt.weber@corvus.example", "", "accepted", required=False),
        ),
        starts_at=utc(4, 7, 8),
        ends_at=utc(4, 7, 9, 30),
        recurrence="FREQ=MONTHLY;UNTIL=20261231T090000Z;INTERVAL=1;BYDAY=TU;BYSETPOS=1",
        summary="Line two, monthly call",
        location="Teams; Room 12",
        status="confirmed",
    )
    assert (exception.sequence, exception.recurrence_id) == (3, utc(5, 5, 8))
    assert (exception.starts_at, exception.ends_at) == (utc(5, 6, 12), utc(5, 6, 12, 45))


def test_a_reply_says_whose_answer_it_is(parsed: Callable[[str], Message]) -> None:
    (meeting,) = parsed("meeting_declined").meetings
    assert (meeting.method, meeting.sequence) == ("REPLY", 2)
    assert meeting.attendees == (Attendee("dana.cole@halden.example", "Dana Cole", "declined"),)


def test_what_can_be_read_of_a_broken_calendar_is(parsed: Callable[[str], Message]) -> None:
    (meeting,) = parsed("meeting_with_broken_lines").meetings
    assert meeting == Meeting(
        source=CALENDAR,
        method="REQUEST",
        uid="broken",
        organiser=NamedAddress("ana.ruiz@corvus.example", meeting.organiser.display_name),
        attendees=(Attendee("dana.cole@halden.example"), Attendee("", "Nobody")),
        starts_at=utc(7, 4, 4),
        ends_at=utc(7, 5, 4),
        all_day=True,
        summary="Betriebsferien für alle",
        status="tentative",
    )


def test_a_zone_that_nobody_knows_is_read_from_its_definition(parsed: Callable[[str], Message]) -> None:
    series, exception = parsed("meeting_in_a_zone_of_its_own").meetings
    assert series.starts_at == utc(4, 7, 5, 30)
    assert exception.recurrence_id == utc(5, 5, 5, 30)


@pytest.mark.parametrize(
    "method", ["REQUEST", "CANCEL", "REPLY", "COUNTER", "DECLINECOUNTER", "ADD", "REFRESH", "PUBLISH"]
)
def test_every_method_is_told_and_the_calendar_s_own_word_counts(method: str) -> None:
    (meeting,) = meetings(event("UID:u", before=f"METHOD:{method.lower()}\n"), "text/calendar; method=OTHER")
    assert meeting.method == method
    (declared,) = meetings(event("UID:u"), f"text/calendar; method={method}")
    assert declared.method == method


@pytest.mark.parametrize(
    ("lines", "starts_at", "ends_at"),
    [
        (("DTSTART:20260407T100000Z", "DTEND:20260407T110000Z"), utc(4, 7, 10), utc(4, 7, 11)),
        (("DTSTART:20260407T100000", "DTEND:20260407T110000"), utc(4, 7, 9), utc(4, 7, 10)),
        (("DTSTART;TZID=Europe/Berlin:20260407T100000",), utc(4, 7, 8), None),
        (("DTSTART;TZID=/mozilla.org/2007_1/Europe/Berlin:20260407T100000",), utc(4, 7, 8), None),
        (('DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin":20260407T100000',), utc(4, 7, 9), None),
        (("DTSTART;TZID=Nowhere:20260407T100000",), utc(4, 7, 9), None),
        (("DTSTART:2026-04-07T10:00:00Z", "DURATION:P1DT2H"), utc(4, 7, 10), utc(4, 8, 12)),
        (("DTSTART;TZID=Europe/Berlin:20260328T100000", "DURATION:P1D"), utc(3, 28, 9), utc(3, 29, 8)),
        (("DTSTART:20260407T100000Z", "DTEND:20260401T100000Z"), utc(4, 7, 10), None),
        (("DTSTART:20260407T100000Z", "DURATION:-PT1H"), utc(4, 7, 10), None),
        (("DTSTART:20260407T100000Z", "DURATION:P99999W"), utc(4, 7, 10), datetime(3942, 10, 13, 10, tzinfo=UTC)),
        (("DTSTART:99991231T235959Z", "DURATION:P99999W"), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), None),
        (("DTEND:20260407T110000Z",), None, utc(4, 7, 11)),
        (("DTSTART:20261347T100000Z",), None, None),
        (("DTSTART:soon",), None, None),
    ],
)
def test_starts_and_ends(lines: tuple[str, ...], starts_at: datetime | None, ends_at: datetime | None) -> None:
    (meeting,) = meetings(event(*lines))
    assert (meeting.starts_at, meeting.ends_at) == (starts_at, ends_at)
    assert not meeting.all_day


def test_a_whole_day_begins_at_its_zone_s_midnight() -> None:
    zone = "BEGIN:VTIMEZONE\nTZID:Europe/Berlin\nEND:VTIMEZONE\n"
    (meeting,) = meetings(event("DTSTART;VALUE=DATE:20260407", "DTEND;VALUE=DATE:20260409", before=zone))
    assert (meeting.all_day, meeting.starts_at, meeting.ends_at) == (True, utc(4, 6, 22), utc(4, 8, 22))


def test_an_attached_calendar_is_read_and_the_same_event_twice_is_one(odd_mail: Callable[[str], bytes]) -> None:
    raw = odd_mail("meeting_declined")
    part = raw[raw.index(b"Content-Type: text/calendar") : raw.index(b"--b1--")]
    attached = part.replace(b"text/calendar; method=REPLY", b'application/octet-stream; name="invite.ICS"')
    both = parse_message(raw.replace(b"--b1--", b"--b1\n" + attached + b"--b1--")).message
    alone = parse_message(raw.replace(part, attached)).message
    assert both is not None
    assert alone is not None
    assert both.meetings == alone.meetings == parse_message(raw).message.meetings  # type: ignore[union-attr]
    assert alone.calendar_method == ""


def test_a_forwarded_message_s_calendar_is_not_its_own(odd_mail: Callable[[str], bytes]) -> None:
    head = b"Date: Mon, 02 Mar 2026 09:30:00 +0100\nFrom: ana@corvus.example\nContent-Type: message/rfc822\n\n"
    message = parse_message(head + odd_mail("meeting_declined")).message
    assert message is not None
    assert message.meetings == ()


def test_tasks_and_an_empty_calendar_are_no_meetings(parsed: Callable[[str], Message]) -> None:
    assert parsed("meeting_request").meetings == ()
    assert meetings(event("UID:u").replace("VEVENT", "VTODO")) == ()


def test_letters_of_other_character_sets_are_read() -> None:
    for charset, fields in (("utf-8", ""), ("iso-8859-1", "")):
        head = f"Date: Mon, 02 Mar 2026 09:30:00 +0100\nContent-Type: text/calendar; charset={charset}\n{fields}\n"
        message = parse_message(head.encode() + event("SUMMARY:Prüfung").encode(charset)).message
        assert message is not None
        assert message.meetings[0].summary == "Prüfung"


@pytest.mark.parametrize(
    "lines",
    [
        ["RRULE:FREQ=SECONDLY;COUNT=999999999"],
        ["ATTENDEE:mailto:p@x.example"] * 20_000,
        ["BEGIN:VEVENT"] * 20_000,
        ["SUMMARY:" + "a" * 400_000],
        ["X" + ";A=B" * 50_000 + ":v", "DTSTART" + ";A=B" * 50_000 + ":20260407T100000Z"],
        ["DTSTART;TZID=" + "../" * 100 + "etc/passwd:20260407T100000"],
    ],
    ids=["endless_rule", "attendees", "nested", "long_line", "parameters", "path"],
)
def test_hostile_calendars_are_bounded(lines: list[str]) -> None:
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Z1\nBEGIN:STANDARD\nRRULE:FREQ=SECONDLY\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    found = meetings(event("UID:u", *lines, before=zone))
    assert len(found) == 1
    assert len(found[0].attendees) <= 1000
    assert len(found[0].summary) <= 1000


def test_a_whole_year_s_calendar_is_cut_at_a_hundred_events() -> None:
    many = "".join(f"BEGIN:VEVENT\nUID:{number}\nEND:VEVENT\n" for number in range(5000))
    assert len(meetings(f"BEGIN:VCALENDAR\n{many}END:VCALENDAR\n")) == 100


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "BEGIN:STANDARD", "BEGIN:DAYLIGHT"]
        )
        | st.builds(
            "{}{}:{}".format,
            st.sampled_from(["DTSTART", "DTEND", "DURATION", "RRULE", "TZOFFSETTO", "TZID", "ATTENDEE", "SEQUENCE"]),
            st.sampled_from(["", ";TZID=Z", ";", ";VALUE=DATE", ';CN="', ";TZID=,"]),
            st.text(max_size=20) | st.sampled_from(["+9999", "FREQ=YEARLY;BYMONTH=13;BYDAY=9MO", "00010101T000000"]),
        ),
        max_size=30,
    )
)
def test_no_calendar_raises(lines: list[str]) -> None:
    text = "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Z\n" + "\n".join(lines)
    head = b"Date: Mon, 02 Mar 2026 09:30:00 +0100\nContent-Type: text/calendar; charset=utf-8\n\n"
    assert parse_message(head + text.encode("utf-8", "replace")).message is not None


def test_the_corpus_invitations_say_what_their_lines_say(shared_folder: Path) -> None:
    """34 invitations from public lists: methods as the calendars themselves say them, each with a start."""
    methods: dict[str, int] = {}
    for path in sorted((shared_folder / "corpora" / "calendar_invites").glob("*.eml")):
        message = parse_message(path.read_bytes()).message
        assert message is not None
        assert message.meetings
        assert all(meeting.starts_at and meeting.ends_at and meeting.summary for meeting in message.meetings)
        assert message.meetings[0].method == message.calendar_method or not message.calendar_method
        methods[message.meetings[0].method] = methods.get(message.meetings[0].method, 0) + 1
        declares = any("calendar" in part.get_content_type() for part in message_from_bytes(path.read_bytes()).walk())
        assert (message.auto is AutoKind.MEETING) == (declares and message.calendar_method not in ("", "PUBLISH"))
    assert methods == {"REQUEST": 11, "CANCEL": 7, "PUBLISH": 15, "": 1}

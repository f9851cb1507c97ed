"""Dates as people's programs, relays and mailboxes write them, and which of them is believed."""

from datetime import UTC, datetime, timedelta
from email import message_from_string
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.header.dates import Arrival, read_arrival, sent_at, settle
from models.vocabulary import DateSource

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Mon, 2 Mar 2026 13:00:00 +0100", NOON),
        ("2 Mar 26 12:00 GMT", NOON),
        ("Mon, 02 Mar 2026 12:00:00", NOON),
        ("Mon Mar  2 12:00:00 2026", NOON),
        ("Mo, 2 Mär 2026 13:00:00 +0100", NOON),
        ("lun., 2 mars 2026 13:00:00 +0100", NOON),
        ("seg, 2 mar 2026 12:00:00 +0000", NOON),
        ("yesterday", None),
        ("Mon, 32 Mar 2026 12:00:00 +0000", None),
        ("Mon, 2 Mar 9999999 12:00:00 +0000", None),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
        ("Mon, 2 Mar 0100 12:00:00 +0000", None),
        ("", None),
    ],
)
def test_the_date_field_is_read_leniently(text: str, moment: datetime | None) -> None:
    assert sent_at(None, message_from_string(f"Date: {text}\n\n")) == moment


def stamps(*moments: datetime) -> list[bytes]:
    """Received fields, newest first."""
    return [b" from a by mx.halden.example; " + format_datetime(moment).encode() for moment in moments]


def test_the_newest_stamp_tells_the_arrival_the_oldest_the_departure() -> None:
    assert read_arrival(stamps(NOON + HOUR, NOON + MINUTE, NOON), None) == Arrival(NOON + HOUR, NOON, None)


def test_without_stamps_the_mailbox_tells() -> None:
    assert read_arrival([b" by mx.halden.example"], NOON) == Arrival(NOON, None, NOON)
    assert read_arrival([], None) == Arrival(None, None, None)


def test_a_relay_whose_clock_is_days_off_is_not_asked() -> None:
    wrong = datetime(2099, 1, 1, tzinfo=UTC)
    assert read_arrival(stamps(NOON + HOUR, wrong, NOON), None) == Arrival(NOON + HOUR, NOON, None)
    assert read_arrival(stamps(wrong, NOON), NOON + HOUR).received == NOON
    assert read_arrival(stamps(NOON, datetime(1999, 1, 1, tzinfo=UTC)), None).first_seen == NOON


def test_a_relay_cannot_have_seen_it_after_the_next_one() -> None:
    assert read_arrival(stamps(NOON, NOON - MINUTE, NOON + 5 * HOUR), None).first_seen == NOON - MINUTE


RELAYED = Arrival(NOON + HOUR, NOON, NOON + HOUR)


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        (NOON - 9 * MINUTE, None),
        (NOON + 9 * MINUTE, None),
        (NOON - timedelta(days=9, minutes=7), None),
        (NOON - timedelta(days=11), "date_before_received"),
        (NOON + 3 * HOUR, "date_after_received"),
        (datetime(2099, 1, 1, tzinfo=UTC), "date_after_received"),
        (NOON - 8 * HOUR - timedelta(seconds=16), "date_zone_wrong"),
        (NOON - 8 * HOUR - 11 * MINUTE, None),
        (NOON - timedelta(hours=5.5), "date_zone_wrong"),
        (NOON - timedelta(minutes=30), None),
    ],
)
def test_the_date_is_held_against_the_first_relay(sent: datetime, problem: str | None) -> None:
    settled = settle(sent, RELAYED)
    assert settled is not None
    assert (settled.problem.code if settled.problem else None) == problem
    expected = (NOON, DateSource.RECEIVED) if problem else (sent, DateSource.DATE)
    assert (settled.at, settled.source) == expected


def test_a_list_that_holds_mail_back_for_weeks_casts_no_doubt_on_its_date() -> None:
    settled = settle(NOON, read_arrival(stamps(NOON + timedelta(days=9), NOON + MINUTE), None))
    assert settled is not None
    assert settled.at == NOON


def test_an_imported_mailbox_says_nothing_about_old_dates() -> None:
    imported = Arrival(NOON, None, NOON)
    old = datetime(2001, 5, 3, 9, tzinfo=UTC)
    settled = settle(old, imported)
    assert settled is not None
    assert (settled.at, settled.source, settled.problem) == (old, DateSource.DATE, None)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (datetime(2099, 1, 1, tzinfo=UTC), "date_after_received"),
        (datetime(1980, 1, 1, 0, 3, tzinfo=UTC), "date_never_set"),
    ],
)
def test_a_date_that_the_mailbox_rules_out(sent: datetime, code: str) -> None:
    settled = settle(sent, Arrival(NOON, None, NOON))
    assert settled is not None
    assert settled.problem is not None
    assert (settled.at, settled.source, settled.problem.code) == (NOON, DateSource.MAILBOX, code)


def test_one_moment_is_enough() -> None:
    alone = settle(NOON, Arrival(None, None, None))
    assert alone is not None
    assert (alone.at, alone.source) == (NOON, DateSource.DATE)
    assert settle(None, Arrival(None, None, None)) is None


MOMENTS = st.datetimes(datetime(1960, 1, 1), datetime(2150, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # hypothesis adds it


@settings(deadline=None)
@given(st.none() | MOMENTS, st.lists(MOMENTS, max_size=6), st.none() | MOMENTS)
def test_the_moment_is_one_of_those_told_and_never_after_the_arrival(
    sent: datetime | None, relays: list[datetime], internal: datetime | None
) -> None:
    told = {moment.replace(microsecond=0) for moment in relays} | {sent, internal}
    arrival = read_arrival(stamps(*relays), internal)
    settled = settle(sent, arrival)
    if settled is None:
        assert sent is None
        assert arrival.received is None
        return
    assert settled.at in told
    assert (settled.source is DateSource.DATE) == (settled.at == sent and settled.problem is None)
    if arrival.received:
        assert settled.at <= arrival.received + timedelta(days=1)


@settings(deadline=None)
@given(st.lists(MOMENTS, max_size=6), MOMENTS)
def test_stamps_that_are_no_dates_change_nothing(relays: list[datetime], internal: datetime) -> None:
    fields = [field for each in stamps(*relays) for field in (each, b" by nowhere; today")]
    assert read_arrival(fields, internal) == read_arrival(stamps(*relays), internal)

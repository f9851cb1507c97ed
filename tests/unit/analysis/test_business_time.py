"""Business time: counting, adding, and the laws that tie them together."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.business_time import BusinessTime
from models.companies import WorkingTime
from models.judgements import Duration

BERLIN = ZoneInfo("Europe/Berlin")
HALDEN = BusinessTime(WorkingTime(time_zone="Europe/Berlin", holidays="DE"))
CALENDARS = [
    BusinessTime(),
    HALDEN,
    BusinessTime(WorkingTime(time_zone="America/New_York", opens=time(8, 30), closes=time(16, 45), holidays="US")),
    BusinessTime(WorkingTime(time_zone="Asia/Kolkata", weekdays=frozenset({0, 1, 2, 3, 4, 5}))),
    BusinessTime(
        WorkingTime(time_zone="Pacific/Auckland", opens=time(0), closes=time(23, 59), weekdays=frozenset({6}))
    ),
    BusinessTime(WorkingTime(time_zone="Europe/Berlin", opens=time(1), closes=time(4), weekdays=frozenset(range(7)))),
]
moments = st.datetimes(datetime(2019, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
calendars = st.sampled_from(CALENDARS)


def berlin(*parts: int) -> datetime:
    """A moment on Berlin's wall clock."""
    year, month, day, hour, minute = (*parts, 0, 0)[:5]
    return datetime(year, month, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ((2024, 3, 4, 10), (2024, 3, 4, 12), 2),
        ((2024, 3, 4, 6), (2024, 3, 4, 22), 8),
        ((2024, 3, 1, 16), (2024, 3, 4, 10), 2),  # over a weekend
        ((2024, 3, 28, 16), (2024, 4, 2, 10), 2),  # over Easter: Good Friday and Easter Monday are days off
        ((2024, 3, 29, 9), (2024, 4, 1, 17), 0),
        ((2024, 12, 31, 9), (2025, 1, 2, 17), 16),
    ],
)
def test_hours_between_two_moments(start: tuple[int, ...], end: tuple[int, ...], hours: float) -> None:
    assert HALDEN.hours_between(berlin(*start), berlin(*end)) == hours


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ((2024, 3, 4, 10), Duration(1, "BD"), (2024, 3, 5, 10)),
        ((2024, 3, 1, 16), Duration(1, "BD"), (2024, 3, 4, 16)),
        ((2024, 3, 2, 12), Duration(1, "BD"), (2024, 3, 4, 17)),
        ((2024, 3, 4, 9), Duration(1, "BD"), (2024, 3, 4, 17)),
        ((2024, 3, 28, 12), Duration(2, "BD"), (2024, 4, 3, 12)),
        ((2024, 3, 4, 10), Duration(0.5, "BD"), (2024, 3, 4, 14)),
        ((2024, 3, 2, 12), Duration(0, "BD"), (2024, 3, 2, 12)),
        ((2024, 3, 30, 12), Duration(1, "CD"), (2024, 3, 31, 12)),  # summer time begins: 23 hours on the wall
    ],
)
def test_a_clock_runs_out(start: tuple[int, ...], length: Duration, end: tuple[int, ...]) -> None:
    assert HALDEN.add(berlin(*start), length) == berlin(*end)


def test_hours_run_on_the_wall_whatever_the_calendar() -> None:
    start = berlin(2024, 3, 30, 12)
    assert HALDEN.add(start, Duration(24, "h")) - start == timedelta(hours=24)


def test_the_company_shutdown_is_closed() -> None:
    closed = BusinessTime(WorkingTime(closed=frozenset({date(2024, 3, 5)})))
    assert closed.hours_between(datetime(2024, 3, 4, 9, tzinfo=UTC), datetime(2024, 3, 6, 17, tzinfo=UTC)) == 16


def test_a_subdivision_has_its_own_holidays() -> None:
    corpus_christi = date(2024, 5, 30)
    assert HALDEN.is_working_day(corpus_christi)
    assert not BusinessTime(WorkingTime(holidays="DE-HE")).is_working_day(corpus_christi)


def test_a_holiday_observed_in_the_year_before_is_closed() -> None:
    assert not BusinessTime(WorkingTime(holidays="US")).is_working_day(date(2021, 12, 31))


def test_a_day_that_the_clock_stretches_is_still_one_business_day() -> None:
    nights = CALENDARS[-1]
    start, end = berlin(2024, 10, 27, 0), berlin(2024, 10, 28, 0)
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=25)
    assert nights.hours_between(start, end) == nights.hours_per_day == 3


@pytest.mark.parametrize(
    ("calendar", "word"),
    [
        (WorkingTime(time_zone="Mars/Olympus"), "Mars/Olympus"),
        (WorkingTime(time_zone="../etc/passwd"), "time zone"),
        (WorkingTime(holidays="XX"), "'XX'"),
        (WorkingTime(holidays="DE-ZZ"), "ZZ"),
        (WorkingTime(opens=time(17), closes=time(9)), "never open"),
        (WorkingTime(weekdays=frozenset()), "never open"),
    ],
)
def test_an_impossible_calendar_is_refused_in_words(calendar: WorkingTime, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        BusinessTime(calendar)


@pytest.mark.parametrize("length", [Duration(-1, "BD"), Duration(1, "week")])
def test_an_impossible_duration_is_refused(length: Duration) -> None:
    with pytest.raises(ValueError, match="clock"):
        HALDEN.add(berlin(2024, 3, 4), length)


@given(calendars, moments, moments, moments)
def test_hours_add_up(calendar: BusinessTime, a: datetime, b: datetime, c: datetime) -> None:
    whole = calendar.hours_between(a, c)
    assert calendar.hours_between(a, b) + calendar.hours_between(b, c) == pytest.approx(whole, abs=1e-6)


@given(calendars, moments, moments)
def test_hours_never_run_backwards_nor_faster_than_the_wall(calendar: BusinessTime, a: datetime, b: datetime) -> None:
    a, b = sorted((a, b))
    stretch = 1.5  # a working day that loses an hour of three counts each of the two left one and a half times
    assert 0 <= calendar.hours_between(a, b) <= (b - a) / timedelta(hours=1) * stretch + 1e-6


@given(calendars, moments, st.floats(0, 60, allow_nan=False))
def test_adding_is_undone_by_counting(calendar: BusinessTime, at: datetime, days: float) -> None:
    end = calendar.add(at, Duration(days, "BD"))
    assert calendar.hours_between(at, end) == pytest.approx(days * calendar.hours_per_day, abs=1e-6)


@given(calendars, moments, moments)
def test_counting_is_undone_by_adding_up_to_closed_time(calendar: BusinessTime, a: datetime, b: datetime) -> None:
    a, b = sorted((a, b))
    end = calendar.add(a, Duration(calendar.hours_between(a, b) / calendar.hours_per_day, "BD"))
    assert end <= b + timedelta(seconds=1)
    assert calendar.hours_between(end, b) == pytest.approx(0, abs=1e-3)


@given(st.dates(date(2019, 1, 1), date(2027, 1, 1)), st.dates(date(2019, 1, 1), date(2027, 1, 1)))
def test_whole_days_agree_with_numpy(start: date, end: date) -> None:
    start, end = sorted((start, end))
    midnight = [datetime.combine(day, time(), UTC) for day in (start, end)]
    expected = int(np.busday_count(np.datetime64(start), np.datetime64(end)))
    assert BusinessTime().working_days(start, end) == expected
    assert BusinessTime().hours_between(*midnight) == 8 * expected

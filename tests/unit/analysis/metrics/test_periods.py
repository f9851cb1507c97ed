"""Months and rolling windows are half-open, in UTC, and leave no gap."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from analysis.metrics.periods import month_at, months_until, rolling

moments = st.datetimes(datetime(1999, 1, 1), datetime(2039, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_a_month_is_cut_in_utc() -> None:
    late_on_the_31st = datetime(2026, 10, 31, 23, 30, tzinfo=timezone(timedelta(hours=-4)))
    assert month_at(late_on_the_31st).label == "2026-11"


def test_december_ends_with_the_year() -> None:
    december = month_at(datetime(2026, 12, 31, tzinfo=UTC))
    assert (december.first_day, december.end_day) == (date(2026, 12, 1), date(2027, 1, 1))


def test_only_the_last_month_runs() -> None:
    months = months_until(datetime(2026, 8, 9, tzinfo=UTC), datetime(2026, 10, 2, tzinfo=UTC))
    assert [(month.label, month.running) for month in months] == [
        ("2026-08", False),
        ("2026-09", False),
        ("2026-10", True),
    ]


@given(moments, moments)
def test_months_follow_each_other_without_gap(first: datetime, as_of: datetime) -> None:
    months = months_until(first, as_of)
    assert all(one.end == other.start for one, other in pairwise(months))
    assert bool(months) == (first <= as_of)
    if months:
        assert months[0].start <= first < months[0].end
        assert months[-1].start <= as_of < months[-1].end


def test_a_rolling_window_ends_with_the_moment_itself() -> None:
    as_of = datetime(2026, 10, 31, 12, tzinfo=UTC)
    window = rolling(as_of, 90)
    assert window.start <= as_of < window.end
    assert window.end - window.start == timedelta(days=90)
    assert window.label == "90 days to 2026-10-31"

"""Promised dates in words."""

from datetime import UTC, date, datetime

import pytest

from analysis.ownership.due import due_on

WEDNESDAY = datetime(2026, 3, 4, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("by Friday", date(2026, 3, 6)),
        ("on Wednesday", date(2026, 3, 4)),
        ("next Monday", date(2026, 3, 9)),
        ("by end of week", date(2026, 3, 6)),
        ("before the end of next week", date(2026, 3, 13)),
        ("end of month", date(2026, 3, 31)),
        ("by tomorrow", date(2026, 3, 5)),
        ("by EOD", date(2026, 3, 4)),
        ("within 3 business days", date(2026, 3, 9)),
        ("in two weeks", date(2026, 3, 18)),
        ("by 12 March", date(2026, 3, 12)),
        ("by March 1st", date(2027, 3, 1)),
        ("12.03.2026", date(2026, 3, 12)),
        ("2026-03-12", date(2026, 3, 12)),
        ("by 31 February", None),
        ("soon", None),
        ("by 03/04", None),
    ],
)
def test_reads_dates_that_have_one_reading(words: str, due: date | None) -> None:
    assert due_on(words, WEDNESDAY) == due


def test_the_day_is_that_of_the_writers_zone() -> None:
    late = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)
    assert due_on("today", late, "Asia/Tokyo") == date(2026, 3, 5)
    assert due_on("end of month", datetime(2026, 12, 5, tzinfo=UTC)) == date(2026, 12, 31)

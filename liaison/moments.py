"""Moments that people write: in the configuration, after `--as-of` and `--period`."""

from datetime import UTC, datetime

FIRST_YEAR = 1970
LAST_YEAR = 2999


def in_utc(moment: datetime) -> datetime:
    """A moment in UTC; one without a time zone is meant there.

    Raises:
        ValueError: it lies outside the years in which mail is written and clocks can be reckoned.
    """
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def first_of_month(text: str) -> datetime:
    """The beginning of the month written as `2026-10`, in UTC.

    Raises:
        ValueError: it is no month, or lies outside the years.
    """
    return in_utc(datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC))


def month_after(first: datetime) -> datetime:
    """The beginning of the month after the one that begins at `first`."""
    return first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)


def month_of(moment: datetime) -> str:
    """The calendar month of a moment, as `2026-10`."""
    return f"{moment.astimezone(UTC):%Y-%m}"

"""Periods that measures are taken over: calendar months and rolling windows, half-open, in UTC."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

_INSTANT = timedelta(microseconds=1)


class PeriodKind(StrEnum):
    """How a period is cut."""

    MONTH = "month"
    ROLLING = "rolling"


@dataclass(frozen=True, slots=True)
class Period:
    """The instants `start <= t < end`.

    Attributes:
        start, end: aware datetimes in UTC.
        kind: calendar month or rolling window.
        running: the period ends after the as-of moment, so its figures will still move.
    """

    start: datetime
    end: datetime
    kind: PeriodKind = PeriodKind.MONTH
    running: bool = False

    @property
    def label(self) -> str:
        """`2026-10` for a month, `90 days to 2026-10-31` for a rolling window."""
        if self.kind is PeriodKind.MONTH:
            return f"{self.start:%Y-%m}"
        last = self.end - _INSTANT
        return f"{(self.end - self.start).days} days to {last:%Y-%m-%d}"

    @property
    def first_day(self) -> date:
        """The UTC date of `start`."""
        return self.start.date()

    @property
    def end_day(self) -> date:
        """The UTC date of `end`: for a month, the first day of the next."""
        return self.end.date()


def month_at(moment: datetime, as_of: datetime | None = None) -> Period:
    """Return the calendar month (UTC) that holds `moment`; running where it ends after `as_of`."""
    local = moment.astimezone(UTC)
    start = datetime(local.year, local.month, 1, tzinfo=UTC)
    turn = start + timedelta(days=32)
    end = datetime(turn.year, turn.month, 1, tzinfo=UTC)
    return Period(start, end, PeriodKind.MONTH, running=as_of is not None and end > as_of)


def months_until(first: datetime, as_of: datetime) -> tuple[Period, ...]:
    """Return every calendar month from that of `first` to that of `as_of`, oldest first."""
    months: list[Period] = []
    moment = first
    while moment <= as_of:
        months.append(month_at(moment, as_of))
        moment = months[-1].end
    return tuple(months)


def rolling(as_of: datetime, days: int) -> Period:
    """Return the `days` times 24 hours that end with `as_of`, which is inside."""
    end = as_of.astimezone(UTC) + _INSTANT
    return Period(end - timedelta(days=days), end, PeriodKind.ROLLING)

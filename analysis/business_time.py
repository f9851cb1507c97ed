"""Business time: counting and adding working hours in an organisation's own calendar.

Every working day has the same length, so that a business day is one thing: on a day whose open hours the
local clock stretches or shortens (the change to or from summer time) each hour counts in proportion. All
instants are aware; those given back are in UTC.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from models.companies import WorkingTime
from models.judgements import Duration

_HOUR = timedelta(hours=1)
_LAST_YEAR = date.max.year - 1


@dataclass(frozen=True)
class BusinessTime:
    """The business time of one calendar.

    Attributes:
        working_time: the calendar.

    Raises:
        ValueError: the calendar has an unknown zone or holiday code, or is never open.
    """

    working_time: WorkingTime = field(default_factory=WorkingTime)

    def __post_init__(self) -> None:
        _check(self.working_time)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The organisation's time zone."""
        return ZoneInfo(self.working_time.time_zone)

    @cached_property
    def hours_per_day(self) -> float:
        """Length of a business day in hours."""
        return self._day / _HOUR

    @cached_property
    def _day(self) -> timedelta:
        calendar = self.working_time
        return datetime.combine(date.min, calendar.closes) - datetime.combine(date.min, calendar.opens)

    def is_working_day(self, day: date) -> bool:
        """Tell whether the organisation works on this local date."""
        days = _working_days(self.working_time, day.year)
        index = bisect_left(days, day)
        return index < len(days) and days[index] == day

    def working_days(self, start: date, end: date) -> int:
        """Count the working days in `[start, end)`; 0 where `end` is not after `start`."""
        return sum(
            bisect_left(days, end) - bisect_left(days, start)
            for days in (_working_days(self.working_time, year) for year in range(start.year, end.year + 1))
            if start < end
        )

    def hours_between(self, a: datetime, b: datetime) -> float:
        """Count business hours from `a` to `b`.

        Additive: `hours_between(a, b) + hours_between(b, c) == hours_between(a, c)`; negative where `b` is
            before `a`.
        """
        if b < a:
            return -self.hours_between(b, a)
        first, last = a.astimezone(self.zone).date(), b.astimezone(self.zone).date()
        return (self.working_days(first, last) * self._day + self._into(b, last) - self._into(a, first)) / _HOUR

    def add(self, at: datetime, duration: Duration) -> datetime:
        """Find when a clock that starts at `at` runs out.

        "BD": the earliest instant by which that many times `hours_per_day` business hours have passed. "CD":
        the same local wall-clock time so many dates later. "h": hours on the wall, whatever the calendar.

        Raises:
            ValueError: the duration is negative or has another unit.
        """
        if duration.amount < 0:
            raise ValueError(f"a clock cannot run backwards: {duration}")
        if duration.unit == "h":
            return at.astimezone(UTC) + timedelta(hours=duration.amount)
        if duration.unit == "CD":
            return (at.astimezone(self.zone) + timedelta(days=duration.amount)).astimezone(UTC)
        if duration.unit == "BD":
            return self._add_business(at, duration.amount * self._day)
        raise ValueError(f"{duration.unit!r} is no unit of a clock; BD, CD and h are")

    def _add_business(self, at: datetime, span: timedelta) -> datetime:
        first = at.astimezone(self.zone).date()
        if not span:
            return at.astimezone(UTC)
        goal = self._into(at, first) + span
        whole, rest = divmod(goal, self._day)
        if not rest:
            whole, rest = whole - 1, self._day
        return self._instant(self._nth_working_day(first, whole), rest)

    def _nth_working_day(self, start: date, n: int) -> date:
        for days in self._years_from(start.year):
            begin = bisect_left(days, start)
            if begin + n < len(days):
                return days[begin + n]
            n -= len(days) - begin
        raise ValueError("the clock runs out after the calendar's last year")

    def _years_from(self, year: int) -> Iterator[tuple[date, ...]]:
        for each in range(year, _LAST_YEAR):
            yield _working_days(self.working_time, each)

    def _bounds(self, day: date) -> tuple[datetime, datetime]:
        calendar = self.working_time
        opens = datetime.combine(day, calendar.opens, self.zone)
        closes = datetime.combine(day, calendar.closes, self.zone)
        return opens.astimezone(UTC), closes.astimezone(UTC)

    def _into(self, at: datetime, day: date) -> timedelta:
        """How much of the working day `day` has passed at `at`; nothing on a closed day."""
        if not self.is_working_day(day):
            return timedelta()
        opens, closes = self._bounds(day)
        passed = min(max(at, opens), closes) - opens
        return passed if closes - opens == self._day else passed * (self._day / (closes - opens))

    def _instant(self, day: date, into: timedelta) -> datetime:
        opens, closes = self._bounds(day)
        return opens + (into if closes - opens == self._day else into * ((closes - opens) / self._day))


def _check(calendar: WorkingTime) -> None:
    if calendar.closes <= calendar.opens or not calendar.weekdays & frozenset(range(7)):
        raise ValueError("the calendar is never open: give weekdays and a closing time after the opening time")
    try:
        ZoneInfo(calendar.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{calendar.time_zone!r} is no IANA time zone, as 'Europe/Berlin' is") from None
    _holidays(calendar.holidays, 2020)


@lru_cache(maxsize=1024)
def _working_days(calendar: WorkingTime, year: int) -> tuple[date, ...]:
    off = _holidays(calendar.holidays, year) | calendar.closed
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
    return tuple(day for day in days if day.weekday() in calendar.weekdays and day not in off)


@lru_cache(maxsize=1024)
def _holidays(code: str, year: int) -> frozenset[date]:
    if not code:
        return frozenset()
    import holidays  # noqa: PLC0415 - most runs have no holiday code, and the library is large

    country, _, subdivision = code.partition("-")
    try:
        known = holidays.country_holidays(country, subdiv=subdivision or None)
    except NotImplementedError as error:
        raise ValueError(f"{code!r} is no known holiday calendar: {error}") from None
    if not known.start_year <= year <= known.end_year:
        return frozenset()  # the library knows nothing of that year and would warn at every asking
    return frozenset(holidays.country_holidays(country, subdiv=subdivision or None, years=year))

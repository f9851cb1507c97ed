"""Working time of the fictional companies, from explicit lists of days and without any library of holidays."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS = time(9, 0)
CLOSES = time(17, 0)
HOURS_A_DAY = 8
PERIOD_START = datetime(2025, 11, 1, tzinfo=UTC)
PERIOD_END = datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC)

HOLIDAYS: dict[str, tuple[str, ...]] = {
    "DE": (
        "2025-12-25",
        "2025-12-26",
        "2026-01-01",
        "2026-04-03",
        "2026-04-06",
        "2026-05-01",
        "2026-05-14",
        "2026-05-25",
        "2026-10-03",
        "2026-12-25",
        "2026-12-26",
    ),
    "US": (
        "2025-11-11",
        "2025-11-27",
        "2025-12-25",
        "2026-01-01",
        "2026-01-19",
        "2026-02-16",
        "2026-05-25",
        "2026-06-19",
        "2026-07-03",
        "2026-07-04",
        "2026-09-07",
        "2026-10-12",
        "2026-11-11",
        "2026-11-26",
        "2026-12-25",
    ),
    "IN": (
        "2025-11-05",
        "2025-12-25",
        "2026-01-26",
        "2026-03-04",
        "2026-03-21",
        "2026-03-26",
        "2026-03-31",
        "2026-04-03",
        "2026-04-14",
        "2026-05-01",
        "2026-05-27",
        "2026-06-26",
        "2026-08-15",
        "2026-08-26",
        "2026-09-04",
        "2026-10-02",
        "2026-10-20",
        "2026-11-08",
        "2026-12-25",
    ),
}
"""National public holidays by country: the days on which clocks stand still."""


@dataclass(frozen=True)
class WorkTime:
    """When a company works: 09:00 to 17:00 local time, Monday to Friday.

    Attributes:
        zone: the IANA name of the company's time zone.
        country: key of `HOLIDAYS`.
        closures: further days on which the company is closed and its clocks stand still.
    """

    zone: str
    country: str
    closures: tuple[str, ...] = ()

    def local(self, moment: datetime) -> datetime:
        """Give the moment on the company's wall clock."""
        return moment.astimezone(ZoneInfo(self.zone))

    def is_staffed(self, day: date) -> bool:
        """Tell whether people are at their desks, and clocks run, on this local date."""
        iso = day.isoformat()
        return day.weekday() < 5 and iso not in HOLIDAYS[self.country] and iso not in self.closures

    def due(self, start: datetime, hours: float) -> datetime:
        """Add business hours; a business day has eight of them.

        Args:
            start: an aware moment.
            hours: business hours to add.

        Returns:
            The moment in UTC.
        """
        local, left = self.local(start), timedelta(hours=hours)
        day, clock = local.date(), max(local.time(), OPENS)
        while True:
            room = max(_between(day, clock, CLOSES), timedelta(0)) if self.is_staffed(day) else timedelta(0)
            if left <= room and self.is_staffed(day) and clock <= CLOSES:
                wall = datetime.combine(day, clock) + left
                return wall.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)
            left -= room
            day, clock = day + timedelta(days=1), OPENS

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """Give a local wall-clock time of a date in UTC."""
        return datetime.combine(day, time(hour, minute), ZoneInfo(self.zone)).astimezone(UTC)

    def days_on(self, start: date, days: int) -> date:
        """Step over staffed days; negative steps go back."""
        step, left, day = (1 if days >= 0 else -1), abs(days), start
        while left:
            day += timedelta(days=step)
            left -= self.is_staffed(day)
        return day


def _between(day: date, start: time, end: time) -> timedelta:
    return datetime.combine(day, end) - datetime.combine(day, start)

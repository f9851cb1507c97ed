"""Dates and times of calendar events as moments: UTC, named zones, zones that the event itself defines, whole days.

A zone is looked up by its name first, because today's rules for "Europe/Berlin" or Windows' "W. Europe Standard Time"
are known here; only a name that nobody knows is read from its VTIMEZONE (RFC 5545, 3.6.5), and of that only offsets
and yearly rules, which is all that calendars write.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_tz
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?", re.IGNORECASE)
_DASHED = re.compile(r"(?<=\d)[-:](?=\d)")
_DURATION = re.compile(
    r"([+-]?)P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?", re.IGNORECASE
)
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")
_SHOWN_OFFSET = re.compile(r"\(?(?:GMT|UTC)\s?(?:([+-])(\d{1,2}):?(\d\d))?(?:\)|$)", re.IGNORECASE)
_OLSON = re.compile(
    r"(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc|US)/[\w/+-]{2,60}$"
)
_BY_DAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or time as a calendar writes it, and the moment that it is; `zone` is what it was read in."""

    at: datetime
    all_day: bool
    zone: tzinfo


def read_moment(value: str, zone: tzinfo) -> Moment | None:
    """Read a DATE or DATE-TIME; None where it is neither.

    Args:
        value: "20260303T100000", with "Z" for UTC; ISO's dashes and colons are tolerated.
        zone: what times without "Z", and midnights, are in.
    """
    match = _STAMP.match(_DASHED.sub("", value.strip()[:40]))
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    own: tzinfo = UTC if match[7] else zone
    try:
        # a leap second is the second before it
        local = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=own)
        return Moment(local.astimezone(UTC), match[4] is None, own)
    except (ValueError, OverflowError):
        return None


def add_duration(start: Moment, value: str) -> datetime | None:
    """The moment a DURATION after a start; days are the zone's days, hours are exact (RFC 5545, 3.3.6)."""
    match = _DURATION.fullmatch(value.strip()[:60])
    if match is None or match[1] == "-":
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    try:
        local = start.at.astimezone(start.zone) + timedelta(weeks=weeks, days=days)
        return local.astimezone(UTC) + timedelta(hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        return None


def add_days(start: Moment, days: int) -> datetime | None:
    """The moment some days after a start, by the zone's days."""
    return add_duration(start, f"P{days}D")


@lru_cache(maxsize=512)
def known_zone(name: str) -> tzinfo | None:
    """A zone by name: IANA's, also behind a prefix ("/mozilla.org/2007/Europe/Berlin"), Windows', or an offset."""
    name = name.strip().strip('"')[:100]
    olson = _OLSON.search(name)
    for candidate in (name, WINDOWS_TO_OLSON.get(name, ""), olson[0] if olson else ""):
        zone = _zone_info(candidate)
        if zone is not None:
            return zone
    shown = _SHOWN_OFFSET.match(name)
    if shown is None:
        return UTC if name.upper() == "Z" else None
    return _fixed(shown[1], shown[2], shown[3]) if shown[1] else UTC


def _zone_info(name: str) -> tzinfo | None:
    if not name or name.startswith(("/", ".")):
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # not a zone, not even a name, or a folder of zones
        return None


def zone_of_date(field: str) -> tzinfo:
    """The offset that a Date header field is written in, which is where its writer's clock stands; else UTC."""
    try:
        parts = parsedate_tz(field[:200])
        return timezone(timedelta(seconds=parts[9])) if parts and parts[9] is not None else UTC
    except (ValueError, OverflowError, IndexError, TypeError):
        # the standard library's answers to what is no date
        return UTC


def read_offset(text: str) -> tzinfo | None:
    """UTC+01:00 and the like, None where the text is no offset."""
    match = _OFFSET.search(text[:40])
    return _fixed(match[1], match[2], match[3]) if match else None


def _fixed(sign: str, hours: str, minutes: str) -> tzinfo | None:
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if sign == "-" else offset) if offset < timedelta(hours=24) else None


@dataclass(frozen=True, slots=True)
class YearlyChange:
    """When a zone's clocks change every year: the month, and the n-th weekday in it (negative: from its end)."""

    month: int
    nth: int
    weekday: int
    hour: int
    minute: int

    def in_year(self, year: int) -> datetime:
        """Local wall-clock time of the change."""
        days = monthrange(year, self.month)[1]
        first = date(year, self.month, 1).weekday()
        matching = [day for day in range(1, days + 1) if (first + day - 1) % 7 == self.weekday]
        place = self.nth - 1 if self.nth > 0 else self.nth
        day = matching[max(-len(matching), min(place, len(matching) - 1))]
        return datetime(year, self.month, day, self.hour, self.minute)  # noqa: DTZ001 - wall-clock time is meant


class DefinedZone(tzinfo):
    """A zone that a VTIMEZONE defines: standard time, and daylight time between two yearly changes."""

    def __init__(self, standard: timedelta, daylight: timedelta, begins: YearlyChange, ends: YearlyChange) -> None:
        self.standard = standard
        self.daylight = daylight
        self.begins = begins
        self.ends = ends

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """Offset at a wall-clock time."""
        return self.standard + self.dst(moment)

    def dst(self, moment: datetime | None) -> timedelta:
        """How far daylight time is ahead."""
        if moment is None:
            return timedelta()
        local = moment.replace(tzinfo=None)
        begins, ends = self.begins.in_year(local.year), self.ends.in_year(local.year)
        is_summer = begins <= local < ends if begins < ends else not ends <= local < begins
        return self.daylight - self.standard if is_summer else timedelta()

    def tzname(self, moment: datetime | None) -> str:  # noqa: ARG002 - what tzinfo asks for
        """No name of its own."""
        return ""


def defined_zone(standard: Mapping[str, str], daylight: Mapping[str, str]) -> tzinfo | None:
    """The zone that the newest STANDARD and DAYLIGHT rules of a VTIMEZONE define, None where they define none.

    Args:
        standard: properties of the STANDARD sub-component by name; without rules, offsets never change.
        daylight: those of the DAYLIGHT one.
    """
    winter, summer = read_offset(standard.get("TZOFFSETTO", "")), read_offset(daylight.get("TZOFFSETTO", ""))
    only = winter or summer
    if winter is None or summer is None:
        return only
    begins, ends = _yearly(daylight), _yearly(standard)
    if begins is None or ends is None:
        return winter
    return DefinedZone(_offset_of(winter), _offset_of(summer), begins, ends)


def _offset_of(zone: tzinfo) -> timedelta:
    return zone.utcoffset(None) or timedelta()


def _yearly(rule: Mapping[str, str]) -> YearlyChange | None:
    parts = dict(part.partition("=")[::2] for part in rule.get("RRULE", "").upper().split(";")[:20])
    by_day = _BY_DAY.fullmatch(parts.get("BYDAY", ""))
    month = parts.get("BYMONTH", "")
    start = _STAMP.match(rule.get("DTSTART", "")[:40])
    if parts.get("FREQ") != "YEARLY" or by_day is None or not month.isdecimal() or not 1 <= int(month[:4]) <= 12:  # noqa: PLR2004 - months
        return None
    hour, minute = (int(start[4] or 0), int(start[5] or 0)) if start else (0, 0)
    return YearlyChange(int(month), int(by_day[1] or 1), _WEEKDAYS.index(by_day[2]), min(hour, 23), min(minute, 59))

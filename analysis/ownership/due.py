"""Dates that people promise in words ("by Friday", "end of next week", "12 March"), as dates.

Only expressions with one reading are read; anything else gives None, and a promise without a date cannot be
broken.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
FRIDAY = 4
DECEMBER = 12
MONTH_NAME = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"

Rule = tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]]


def due_on(text: str, said_at: datetime, time_zone: str = "UTC") -> date | None:
    """The last day of a promise's date expression, None where it has none or more than one reading.

    Args:
        text: the expression as written.
        said_at: when it was written; "Friday" is the next one from there.
        time_zone: IANA name of the writer's zone.
    """
    said = said_at.astimezone(ZoneInfo(time_zone)).date()
    words = " ".join(text.lower().split())
    for pattern, read in RULES:
        found = pattern.search(words)
        if found is not None:
            return read(found, said)
    return None


def _iso(found: re.Match[str], _said: date) -> date | None:
    return _date(int(found[1]), int(found[2]), int(found[3]))


def _dotted(found: re.Match[str], _said: date) -> date | None:
    return _date(int(found[3]), int(found[2]), int(found[1]))


def _day_month(found: re.Match[str], said: date) -> date | None:
    return _coming(said, MONTHS.index(found[2]) + 1, int(found[1]), found[3])


def _month_day(found: re.Match[str], said: date) -> date | None:
    return _coming(said, MONTHS.index(found[1]) + 1, int(found[2]), found[3])


def _in_days(found: re.Match[str], said: date) -> date:
    count = NUMBERS.get(found[1]) or int(found[1])
    if found[3] == "week":
        return said + timedelta(weeks=count)
    return _plus_working_days(said, count) if found[2] else said + timedelta(days=count)


def _end_of_month(_found: re.Match[str], said: date) -> date:
    first = date(said.year + said.month // DECEMBER, said.month % DECEMBER + 1, 1)
    return first - timedelta(days=1)


def _friday(said: date, weeks: int) -> date:
    return said - timedelta(days=said.weekday()) + timedelta(days=FRIDAY, weeks=weeks)


def _weekday(found: re.Match[str], said: date) -> date:
    wanted = next(index for index, day in enumerate(WEEKDAYS) if day.startswith(found[2][:3]))
    if found[1]:
        return said - timedelta(days=said.weekday()) + timedelta(days=wanted, weeks=1)
    return said + timedelta(days=(wanted - said.weekday()) % 7)


def _plus_working_days(said: date, count: int) -> date:
    day = said
    while count:
        day += timedelta(days=1)
        count -= day.weekday() <= FRIDAY
    return day


def _coming(said: date, month: int, day: int, year: str | None) -> date | None:
    """A day and month without a year is the first such date that is not past."""
    if year:
        return _date(int(year), month, day)
    this = _date(said.year, month, day)
    return this if this is not None and this >= said else _date(said.year + 1, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


RULES: tuple[Rule, ...] = (
    (re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b"), _iso),
    (re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(20\d\d)\b"), _dotted),
    (re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]{MONTH_NAME}(?:,? (20\d\d))?\b"), _day_month),
    (re.compile(rf"\b{MONTH_NAME} (\d{{1,2}})(?:st|nd|rd|th)?(?:,? (20\d\d))?\b"), _month_day),
    (
        re.compile(r"\b(?:in|within) (a|an|one|two|three|four|five|ten|\d{1,2}) (business |working )?(day|week)s?\b"),
        _in_days,
    ),
    (re.compile(r"\b(?:end|close) of (?:the |this )?month\b|\beom\b"), _end_of_month),
    (re.compile(r"\b(?:end|latter part) of next week\b"), lambda _found, said: _friday(said, 1)),
    (
        re.compile(r"\b(?:end|close) of (?:the |this )?week\b|\beow\b|\b(?:later )?this week\b"),
        lambda _found, said: _friday(said, 0),
    ),
    (re.compile(r"\b(next )?(mon|tues?|wed(?:nes)?|thurs?|fri|satur|sun)(?:day)?\b"), _weekday),
    (re.compile(r"\bnext week\b"), lambda _found, said: _friday(said, 1)),
    (re.compile(r"\btomorrow\b"), lambda _found, said: said + timedelta(days=1)),
    (
        re.compile(r"\b(?:today|tonight|eod|cob|(?:end|close) of (?:the |business |this )?(?:day|business)?)\b"),
        lambda _found, said: said,
    ),
)

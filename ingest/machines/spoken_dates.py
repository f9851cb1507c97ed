"""Days as people write them in a notice: "6 March", "am 06.03.", "lundi", "tomorrow"; resolved beside its own date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from ingest.machines.absence_words import LANGUAGES

_LONGEST_PAST = timedelta(days=120)
_MONTH_FIRST = ("us", "ph", "pr")
_NOT_COUNTRIES = ("com", "org", "net", "edu", "gov", "int", "info", "biz", "example", "invalid")
_ORDINAL = r"(?:st|nd|rd|th|er|\.|º|ª|:a|:e|o)?"
_LAST_MONTH = 12
_TWO_DIGITS = 100
# "so", "di", "do" are more often other words
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class SpokenDate:
    """A day that a text names, and where.

    Attributes:
        start, end: half-open span in the text.
        day: which day; None where it may be two ("03/04").
        first: the first day of a range written as one ("2 - 6 March").
    """

    start: int
    end: int
    day: date | None
    first: date | None = None


def spoken_dates(text: str, language: str, today: date, country: str) -> Iterator[SpokenDate]:
    """Days that a text names, in order.

    Args:
        text: in lower case, with single spaces.
        language: of the text, one of `LANGUAGES`.
        today: the day it was written, for days without a year and for names of weekdays.
        country: last label of the writer's domain, for "03/04/2026".
    """
    for match in _pattern(language).finditer(text):
        day = _day(match, language, today, country)
        first = None
        if day and match["range"]:
            first = _valid(day.year, day.month, int(match["range"]))
            first = first if first and first <= day else None
        yield SpokenDate(match.start(), match.end(), day, first)


def _day(match: re.Match[str], language: str, today: date, country: str) -> date | None:
    if match["iso"]:
        year, month, day = (int(part) for part in match["iso"].split("-"))
        return _valid(year, month, day)
    if match["tomorrow"]:
        return today + timedelta(days=1)
    if match["weekday"]:
        return _next(_numbers(LANGUAGES[language].weekdays)[match["weekday"]], today)
    if match["number"]:
        return _numeric(match, language, today, country)
    month = _numbers(LANGUAGES[language].months)[match["month"] or match["month_first"]] + 1
    number = int(match["day"] or match["day_second"])
    return _in_year(match["year"] or match["year_second"], month, number, today)


def _numeric(match: re.Match[str], language: str, today: date, country: str) -> date | None:
    day, month = int(match["number"]), int(match["other"])
    if language == "en" and match["mark"] != "." and max(day, month) <= _LAST_MONTH and day != month:
        if country in _MONTH_FIRST:
            day, month = month, day
        elif country in _NOT_COUNTRIES or country == "ca":
            return None
    elif month > _LAST_MONTH:
        day, month = month, day
    return _in_year(match["numbers_year"], month, day, today)


def _in_year(year: str | None, month: int, day: int, today: date) -> date | None:
    if year:
        number = int(year)
        return _valid(number + 2000 if number < _TWO_DIGITS else number, month, day)
    for candidate in (today.year - 1, today.year, today.year + 1):
        found = _valid(candidate, month, day)
        # who is away says so for the days around the notice, and not for those of a year ago
        if found and found >= today - _LONGEST_PAST:
            return found
    return None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _next(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday()) % 7)


@cache
def _numbers(names: str) -> dict[str, int]:
    return {name: number for number, all_names in enumerate(names.split("|")) for name in all_names.split()}


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = LANGUAGES[language]
    # short forms may end with a full stop; longest names first
    months = "|".join(sorted(_numbers(words.months), key=len, reverse=True))
    weekdays = "|".join(
        sorted((name for name in _numbers(words.weekdays) if len(name) > _SHORTEST), key=len, reverse=True)
    )
    joined = rf"(?:-|–|—|{words.until})"
    year = r"(?:,? ?(?:de |del |do |r\. )?(?P<{}>20\d\d)\b)?"
    named = rf"(?P<day>\d{{1,2}}){_ORDINAL} ?(?:of |de |di |d')?(?P<month>{months})\b\.?" + year.format("year")
    month_first = rf"(?P<month_first>{months})\b\.? (?:the )?(?P<day_second>\d{{1,2}})(?:st|nd|rd|th)?\b(?![.:]\d)"
    month_first += year.format("year_second")
    numbers = r"(?P<number>\d{1,2})(?P<mark>[./-])(?P<other>\d{1,2})"
    numbers += r"(?:(?P=mark)(?:(?P<numbers_year>20\d\d|\d\d)\b)?)?(?![\d:])"
    # "Monday, 9 March" is one day
    alone = rf"(?!,? ?(?:the |den |le |el |il |dem |de )?(?:\d|(?:{months})\b))"
    ranged = rf"(?:\b(?P<range>\d{{1,2}}){_ORDINAL} ?{joined} ?(?:(?:den|le|el|il|the|zum) )?)?"
    return re.compile(
        rf"(?<![\w.:/+-])(?:(?P<iso>20\d\d-\d\d-\d\d)\b|{ranged}(?:{named}|{month_first}|{numbers})"
        rf"|(?:(?P<weekday>{weekdays})|(?P<tomorrow>{words.tomorrow}))\b\.?{alone})",
    )

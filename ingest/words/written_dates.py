# ruff: noqa: RUF001  # the words of other languages have letters that look like ours
"""Dates as mail programs write them into announcements and header blocks, read without guessing."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

_MONTHS = (
    (
        "jan january januar janvier enero ene gennaio gen januari janeiro styczeń stycznia sty января январь",
        "янв січня січ leden ledna tammikuuta tammi jän jänner",
    ),
    (
        "feb february februar février févr fév febrero febbraio februari fevereiro fev luty lutego lut",
        "февраля февраль фев лютого лют únor února helmikuuta helmi",
    ),
    (
        "mar march märz mär mrz mars marzo maart mrt março marzec marca марта март мар березня бер březen",
        "března maaliskuuta maalis",
    ),
    (
        "apr april avril avr abril abr aprile kwiecień kwietnia kwi апреля апрель апр квітня квіт duben dubna",
        "huhtikuuta huhti",
    ),
    ("may mai mayo maggio mag mei maio maj maja мая май травня трав květen května toukokuuta touko",),
    (
        "jun june juni juin junio giugno giu junho czerwiec czerwca cze июня июнь июн червня черв červen",
        "června kesäkuuta kesä",
    ),
    (
        "jul july juli juillet juil julio luglio lug julho lipiec lipca lip июля июль июл липня лип červenec",
        "července heinäkuuta heinä",
    ),
    (
        "aug august août agosto ago augustus augusti sierpień sierpnia sie августа август авг серпня серп",
        "srpen srpna elokuuta elo",
    ),
    (
        "sep sept september septembre septiembre setiembre settembre set setembro wrzesień września wrz",
        "сентября сентябрь сен сент вересня вер září syyskuuta syys",
    ),
    (
        "oct october oktober okt octobre octubre ottobre ott outubro out październik października paź октября",
        "октябрь окт жовтня жовт říjen října lokakuuta loka",
    ),
    (
        "nov november novembre noviembre novembro listopad listopada lis ноября ноябрь ноя листопада лист",
        "listopadu marraskuuta marras",
    ),
    (
        "dec december dezember dez décembre déc diciembre dic dicembre dezembro grudzień grudnia gru декабря",
        "декабрь дек грудня груд prosinec prosince joulukuuta joulu desember des",
    ),
)
"""The months' names and abbreviations in the languages of business mail."""

_MONTH_OF = {word: number for number, words in enumerate(_MONTHS, 1) for line in words for word in line.split()}
_WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            *(
                "mon monday montag lundi lunes lunedì maandag måndag mandag poniedziałek",
                "tue tuesday dienstag mardi martes",
            ),
            *(
                "wed wednesday mittwoch mercredi miércoles mercoledì woensdag onsdag",
                "thu thursday donnerstag jeudi jueves",
            ),
            *(
                "fri friday freitag vendredi viernes venerdì vrijdag fredag piątek",
                "sat saturday samstag samedi sábado",
            ),
            "sun sunday sonntag dimanche domingo domenica zondag söndag søndag niedziela",
        )
    )
    for word in words.split()
}
_ZONES = {
    **dict.fromkeys(("GMT", "UTC", "Z", "WET"), 0),
    **dict.fromkeys(("CET", "MEZ"), 1),
    **dict.fromkeys(("CEST", "MESZ", "EET"), 2),
    "EEST": 3,
    "EST": -5,
    "EDT": -4,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
"""Only abbreviations that mean one thing; CST, IST and BST do not."""

_WORD = r"[^\W\d_]{3,12}"
_FORMS = (
    re.compile(r"(?P<y>\d{4})\s?[-/.年]\s?(?P<m>\d{1,2})\s?[-/.月]\s?(?P<d>\d{1,2})(?!\d)日?\.?"),
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[\s-]{{1,2}}(?:de |of )?(?P<w>{_WORD})\.?,?[\s-]{{1,2}}"
        r"(?:de |of )?(?P<y>\d{4}|\d{2})(?!\d)(?!:)",
        re.IGNORECASE,
    ),
    re.compile(rf"(?P<w>{_WORD})\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y>\d{{4}})(?!\d)", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4}|\d{2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<a>\d{1,2})(?P<s>[/-])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4}|\d{2})(?!\d)"),
)
_TIME = re.compile(
    r"(?<![\d.:])(?P<h>\d{1,2})\s?[:.h]\s?(?P<min>\d{2})(?:[:.](?P<s>\d{2}))?(?!\d)\s{0,2}(?P<half>[ap]\.?\s?m\b\.?)?",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\s{0,2}\(?(?:(?:GMT|UTC)?\s?(?P<sign>[+-])(?P<zh>\d{2}):?(?P<zm>\d{2})(?!\d)|(?P<name>[A-Z]{3,4}|Z)(?![A-Za-z]))\)?"
)
_LETTERS = re.compile(r"[^\W\d_]{3,12}")
_TEXT_CHARS = 400
_FIRST_YEAR = 1970
_NOON = 12
_ALIKE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date found in text.

    Attributes:
        begin, end: half-open span of date, time and zone.
        moment: in UTC, None where it cannot be told for sure.
    """

    begin: int
    end: int
    moment: datetime | None


def read_written_date(text: str, latest: datetime | None, *, day_first: bool = False) -> WrittenDate | None:
    """The first date in a line, None where there is none.

    Args:
        text: an announcement, or a header field's value.
        latest: when the mail that holds the text was sent, in the zone that a bare time is taken for; what is
            written in it cannot be later. None where unknown; then bare times give no moment.
        day_first: the words around are of a language that never writes the month before the day.
    """
    text = text[:_TEXT_CHARS]
    found = _find(text)
    if found is None:
        return None
    at = next(
        (match for match in _TIME.finditer(text) if match.start() >= found.end() or match.end() <= found.start()), None
    )
    zone = _ZONE.match(text, at.end()) if at else None
    parts = [part for part in (found, at, zone) if part]
    begin, end = min(part.start() for part in parts), max(part.end() for part in parts)
    clock, offset = _clock(at), _offset(zone, latest)
    moments = []
    if clock is not None and offset is not None:
        days = _days(found, text, day_first=day_first)
        moments = [datetime.combine(day, clock, offset).astimezone(UTC) for day in days]
    if latest is not None:
        moments = [moment for moment in moments if moment <= latest + _ALIKE]
    return WrittenDate(begin, end, moments[0] if len(set(moments)) == 1 else None)


def _find(text: str) -> re.Match[str] | None:
    for form in _FORMS:
        for match in form.finditer(text):
            if "w" not in form.groupindex or match["w"].lower() in _MONTH_OF:
                return match
    return None


def _days(found: re.Match[str], text: str, *, day_first: bool) -> list[date]:
    """The days that a date may mean: two where day and month may change places and nothing decides."""
    groups = found.groupdict()
    year = _year(groups["y"])
    if "a" in groups:
        first, second = int(groups["a"]), int(groups["b"])
        pairs = [(second, first)] if day_first else [(second, first), (first, second)]
    else:
        month = _MONTH_OF[groups["w"].lower()] if "w" in groups else int(groups["m"])
        pairs = [(month, int(groups["d"]))]
    days = [day for month, number in pairs if (day := _day(year, month, number))]
    named = {_WEEKDAYS[word] for word in map(str.lower, _LETTERS.findall(text)) if word in _WEEKDAYS}
    if len(days) > 1 and len(named) == 1:
        days = [day for day in days if day.weekday() in named]
    return days


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:  # noqa: PLR2004  # two digits leave the century out
        return year
    return year + (1900 if year >= _FIRST_YEAR % 100 else 2000)


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number) if year >= _FIRST_YEAR else None
    except ValueError:
        return None


def _clock(found: re.Match[str] | None) -> time | None:
    if found is None:
        return None
    hour, half = int(found["h"]), (found["half"] or "")[:1].lower()
    if half:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    try:
        return time(hour, int(found["min"]), int(found["s"] or 0))
    except ValueError:
        return None


def _offset(found: re.Match[str] | None, latest: datetime | None) -> timezone | None:
    """The zone that is told, else that of the mail around it; None for an abbreviation that may mean several."""
    if found is not None and found["sign"]:
        shift = timedelta(hours=int(found["zh"]), minutes=int(found["zm"]))
        return timezone(-shift if found["sign"] == "-" else shift) if shift < timedelta(hours=15) else None
    if found is not None and found["name"]:
        hours = _ZONES.get(found["name"])
        return None if hours is None else timezone(timedelta(hours=hours))
    around = latest.utcoffset() if latest is not None else None
    return None if around is None else timezone(around)

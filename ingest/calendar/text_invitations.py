"""Invitations in plain words, as Outlook writes them for programs without a calendar, and as people's answers to them.

    When: Tuesday, March 3, 2026 10:00 AM-11:00 AM (UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna.
    Where: Room 12

    *~*~*~*~*~*~*~*~*~*

The lines stand above everything that the writer says, so what is quoted further down is not read. Subjects say what the
message is: "Accepted: ", "Canceled: ", in six languages.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo

from ingest.calendar.meeting_times import known_zone, zone_of_date
from models.records import Attendee, Meeting, NamedAddress
from models.vocabulary import MeetingSource

_TOP_LINES = 12
_LINE_CHARS = 600
_WHEN = re.compile(r"[ \t*]*(?:when|wann|zeit|quand|cuándo|quando|wanneer)[ \t]?\*?:\*?[ \t]*(\S.*)", re.IGNORECASE)
_WHERE = re.compile(r"[ \t*]*(?:where|location|wo|ort|où|dónde|dove|luogo|waar)[ \t]?\*?:\*?[ \t]*(.*)", re.IGNORECASE)
_QUOTED = re.compile(r"[ \t]*(?:>|-{3,}|_{10,}|(?:from|von|de|da|van)[ \t]?:)", re.IGNORECASE)
_SUBJECTS = (
    (
        "REPLY",
        "accepted",
        r"accepted|zugesagt|angenommen|accepté|aceptad[oa]|accettat[oa]|geaccepteerd",
    ),
    ("REPLY", "declined", r"declined|abgelehnt|refusé|rechazad[oa]|rifiutat[oa]|afgewezen|geweigerd"),
    (
        "REPLY",
        "tentative",
        r"tentative(?:ly accepted)?|mit vorbehalt|vorläufig|provisoire|provisional|provvisorio|voorlopig",
    ),
    ("CANCEL", "", r"cancell?ed(?: event)?|abgesagt|annulé|cancelad[oa]|annullat[oa]|geannuleerd"),
    (
        "REQUEST",
        "",
        r"(?:updated )?invitation(?: with note)?|invitation mise à jour|einladung|invitación|invito|uitnodiging",
    ),
)
_SUBJECT = re.compile(
    r"\s*(?:"
    + "|".join(f"(?P<k{number}>{words})" for number, (_, _, words) in enumerate(_SUBJECTS))
    + r")\s?:\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_MONTHS = (
    "jan januar january janvier enero gennaio januari jänner",
    "feb februar february février febrero febbraio februari",
    "mar mär märz march mars marzo maart",
    "apr april avril abril aprile",
    "may mai mayo maggio mei",
    "jun juni june juin junio giugno",
    "jul juli july juillet julio luglio",
    "aug august août agosto augustus",
    "sep sept september septembre septiembre settembre",
    "oct okt oktober october octobre octubre ottobre",
    "nov november novembre noviembre",
    "dec dez dezember december décembre diciembre dicembre",
)
_MONTH = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,10})\.?[ ](\d{1,2})(?:st|nd|rd|th)?,?[ ](\d{4})\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:\.|er|st|nd|rd|th)?[ ](?:de[ ])?([^\W\d_]{3,10})\.?,?[ ](?:de[ ])?(\d{4})\b")
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_TIME = re.compile(
    r"(?<![\d+:])(\d{1,2})(?:[:.h](\d\d))?[ ]?([ap])\.?m\b\.?|(?<![\d+:])(\d{1,2})[:.h](\d\d)(?!\d)", re.IGNORECASE
)
_SHOWN_ZONE = re.compile(r"\((?:GMT|UTC)(?:[ ]?[+-]\d{1,2}:?\d\d)?\)[^.\n]{0,100}", re.IGNORECASE)
# what Windows shows for a zone, by words that tell it from others at the same offset
_ZONE_WORDS = (
    ("central time", "America/Chicago"),
    ("eastern time", "America/New_York"),
    ("mountain time", "America/Denver"),
    ("pacific time", "America/Los_Angeles"),
    ("arizona", "America/Phoenix"),
    ("atlantic time", "America/Halifax"),
    ("london", "Europe/London"),
    ("lisbon", "Europe/London"),
    ("berlin", "Europe/Berlin"),
    ("brussels", "Europe/Paris"),
    ("bruxelles", "Europe/Paris"),
    ("paris", "Europe/Paris"),
    ("prague", "Europe/Prague"),
    ("budapest", "Europe/Prague"),
    ("warsaw", "Europe/Warsaw"),
    ("zagreb", "Europe/Warsaw"),
    ("athens", "Europe/Athens"),
    ("bucharest", "Europe/Bucharest"),
    ("helsinki", "Europe/Helsinki"),
    ("jerusalem", "Asia/Jerusalem"),
    ("istanbul", "Europe/Istanbul"),
    ("moscow", "Europe/Moscow"),
    ("kolkata", "Asia/Kolkata"),
    ("new delhi", "Asia/Kolkata"),
    ("beijing", "Asia/Shanghai"),
    ("singapore", "Asia/Singapore"),
    ("taipei", "Asia/Taipei"),
    ("tokyo", "Asia/Tokyo"),
    ("seoul", "Asia/Seoul"),
    ("sydney", "Australia/Sydney"),
    ("auckland", "Pacific/Auckland"),
    ("brasilia", "America/Sao_Paulo"),
)


def read_invitation(subject: str, text: str, sender: NamedAddress, date: str) -> Meeting | None:
    """What a message's own words say of a meeting; None where they say nothing that can be read.

    Args:
        subject: decoded, on one line.
        text: the readable text.
        sender: who calls or cancels the meeting, or answers.
        date: the Date header field as it stands; times that name no zone are in its zone.
    """
    told = _SUBJECT.match(subject[:_LINE_CHARS])
    when, where = _block(text)
    span = _read_span(when, date) if when else None
    if span is None and (told is None or text.strip()):
        return None
    method, answer = next(
        ((kind, word) for number, (kind, word, _) in enumerate(_SUBJECTS) if told and told[f"k{number}"]),
        ("REQUEST", ""),
    )
    return Meeting(
        source=MeetingSource.TEXT,
        method=method,
        organiser=NamedAddress("") if answer else sender,
        attendees=(Attendee(sender.address, sender.display_name, answer),) if answer else (),
        starts_at=span[0] if span else None,
        ends_at=span[1] if span else None,
        summary=(told["rest"] if told else subject).strip(),
        location=where,
    )


def _block(text: str) -> tuple[str, str]:
    """The When line, with what an e-mail program folded off it, and the Where line."""
    when = where = ""
    lines = list(_top(text))
    for number, line in enumerate(lines):
        if ":" not in line:
            continue
        if not when and (match := _WHEN.match(line)):
            following = lines[number + 1] if number + 1 < len(lines) else ""
            when = match[1] if _WHERE.match(following) else f"{match[1]} {following}"
        elif when and not where and (match := _WHERE.match(line)):
            where = " ".join(match[1].split())
    return when, where


def _top(text: str) -> Iterator[str]:
    """The first lines that hold something, up to the first quotation."""
    found = 0
    for line in text[: _TOP_LINES * _LINE_CHARS].split("\n"):
        if _QUOTED.match(line) or found >= _TOP_LINES:
            return
        if line.strip():
            found += 1
            yield line[:_LINE_CHARS]


def _read_span(when: str, date: str) -> tuple[datetime, datetime | None] | None:
    """Start and end of "Tuesday, March 3, 2026 10:00 AM-11:00 AM (UTC+01:00) ..."; of a series the first ones."""
    shown = _SHOWN_ZONE.search(when)
    day = _read_day(when)
    times = [_minutes(match) for match in _TIME.finditer(when[: shown.start()] if shown else when)][:2]
    if day is None or not times or None in times:
        return None
    zone = (_zone(shown[0]) if shown else None) or zone_of_date(date)
    starts, *rest = [day.replace(tzinfo=zone) + timedelta(minutes=minutes or 0) for minutes in times]
    ends = rest[0] + timedelta(days=rest[0] < starts) if rest else None
    return starts.astimezone(UTC), ends.astimezone(UTC) if ends else None


def _read_day(when: str) -> datetime | None:
    for match in _MONTH_FIRST.finditer(when):
        if match[1].lower() in _MONTH:
            return _day(int(match[3]), _MONTH[match[1].lower()], int(match[2]))
    for match in _DAY_FIRST.finditer(when):
        if match[2].lower() in _MONTH:
            return _day(int(match[3]), _MONTH[match[2].lower()], int(match[1]))
    iso = _ISO.search(when)
    return _day(int(iso[1]), int(iso[2]), int(iso[3])) if iso else None


def _day(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day)  # noqa: DTZ001 - the zone is told elsewhere on the line
    except ValueError:
        return None


def _minutes(match: re.Match[str]) -> int | None:
    """Minutes since midnight; "12 AM" is midnight."""
    hour, minute = int(match[1] or match[4]), int(match[2] or match[5] or 0)
    if match[3]:
        hour = hour % 12 + (12 if match[3].lower() == "p" else 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None  # noqa: PLR2004 - hours and minutes


def _zone(shown: str) -> tzinfo | None:
    """The zone that Windows shows in words; where they are unknown, its offset from UTC without summer time."""
    lowered = shown.lower()
    name = next((zone for words, zone in _ZONE_WORDS if words in lowered), "")
    return known_zone(name) if name else known_zone(shown)

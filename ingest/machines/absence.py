"""Who is away, from when, until when, and whom to turn to: what an out-of-office reply says in its words.

Nothing is guessed: a date that may be two days, or that no word ties to going or coming back, is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ingest.header.address_repair import FIND_ADDRESS
from ingest.machines.absence_words import LANGUAGES, Words, away_pattern
from ingest.machines.spoken_dates import SpokenDate, spoken_dates
from models.records import Absence, NamedAddress

_READ_CHARS = 3000
_MOST_DATES = 12
_MOST_COVERS = 4
_ENOUGH_COMMON = 2
_BEFORE, _AFTER = 90, 60
_COVER_CHARS = 160
_SENTENCE_END = re.compile(r"(?:[!?;]|(?<!\d)\.(?!\w)|\.(?= [a-zà-ý]{4,}\b))")
_FILLER = (
    r"(?:[\s,(]|(?:including|incl\.|inclusive|the|den|dem|le|el|il|dia|día|day|on|am|zum|einschließlich|dnia|om|{})"
    r"\b\.?)*+$"
)
_NAME = re.compile(
    r"(?<![\w@.-])[A-ZÀ-ÖØ-ÝŁŚŻŹĆ][\w'’-]{1,30}(?: (?:(?:van|von|de|der|den|da|di|del|dos|la) ){0,2}"
    r"[A-ZÀ-ÖØ-ÝŁŚŻŹĆ][\w'’-]{1,30}){1,2}(?![\w@])"
)
_AND = r"(?:and|und|et|y|e|en|a|i|och)"
_JOINING = rf"\b{_AND}\s$"
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "\u00b4": "'"})
_LONGEST_ABSENCE = timedelta(days=500)
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Notice:
    """An automatic reply as far as its absence is concerned.

    Attributes:
        sender: who wrote it.
        subject, text: decoded; the text without quotes.
        on: the day it was written.
    """

    sender: NamedAddress
    subject: str
    text: str
    on: date


def read_absence(notice: Notice) -> Absence:
    """What the notice says; languages that it is written in are asked in turn, the likeliest first."""
    text = " ".join(f"{notice.subject}\n{notice.text[:_READ_CHARS]}".translate(_APOSTROPHES).split())
    languages = _languages(text)
    absence = Absence(notice.sender, language=languages[0] if languages else "")
    for language in languages:
        found = _read(text, language, notice)
        absence = replace(
            absence,
            person=found.person if absence.person == notice.sender else absence.person,
            away_from=absence.away_from or found.away_from,
            returns_on=absence.returns_on or found.returns_on,
            cover=absence.cover or found.cover,
        )
    return _consistent(absence)


def _languages(text: str) -> list[str]:
    """Languages with words of absence, most common words first."""
    words = {word.lower() for word in _LETTERS.findall(text)}
    common = {name: len(words & set(LANGUAGES[name].common.split("|"))) for name in LANGUAGES}
    away = [name for name in LANGUAGES if away_pattern(name).search(text)] or [
        name for name, count in common.items() if count >= _ENOUGH_COMMON
    ]
    return sorted(away, key=lambda name: -common[name])


def _read(text: str, language: str, notice: Notice) -> Absence:
    words = LANGUAGES[language]
    lowered = text.lower()
    away_from, returns_on = _days(lowered if len(lowered) == len(text) else text, language, notice)
    return Absence(
        person=_person(text, words, notice.sender),
        away_from=away_from,
        returns_on=returns_on,
        cover=tuple(_covers(text, words, notice.sender)),
        language=language,
    )


def _days(text: str, language: str, notice: Notice) -> tuple[date | None, date | None]:
    """The first day of absence and the first day back."""
    country = notice.sender.address.rpartition(".")[2]
    away_from = back_on = last = single = None
    for _, spoken in zip(range(_MOST_DATES), spoken_dates(text, language, notice.on, country), strict=False):
        if spoken.day is None:
            continue
        role = _role(text, spoken, language)
        if role == "back":
            back_on = back_on or _after(spoken, notice.on, text)
        elif spoken.first or role == "until":
            away_from, last = away_from or spoken.first, last or spoken.day
        elif role == "since":
            away_from = away_from or spoken.day
        elif role == "on":
            single = single or spoken.day
    if single and not (away_from or last or back_on):
        return single, single + timedelta(days=1)
    return away_from, back_on or (last + timedelta(days=1) if last else None)


def _after(spoken: SpokenDate, today: date, text: str) -> date | None:
    """Nobody comes back on the day on which they say so: "back on Monday", said on a Monday, is the next one."""
    by_name = not any(character.isdigit() for character in text[spoken.start : spoken.end])
    return today + timedelta(days=7) if by_name and spoken.day == today else spoken.day


def _role(text: str, spoken: SpokenDate, language: str) -> str:
    """What the day is: "since", "until", "back", "on", or "" where no word says it."""
    words = LANGUAGES[language]
    before = _last_sentence(text[max(0, spoken.start - _BEFORE) : spoken.start])
    # a full stop after a month's name ends the sentence, one after "09.03." does not
    end = spoken.end - bool(re.search(r"[^\W\d]\.$", text[spoken.start : spoken.end]))
    after = _first_sentence(text[end : end + _AFTER])
    filler = _FILLER.format(words.weekdays.replace(" ", "|"))
    if _has(rf"(?:{words.not_back})\W{{0,3}}{filler}", before):
        return "back"
    returning = _has(rf"\b(?:{words.back})\b", _since_last_day(before)) or _has(
        rf"^(?!\W{{0,3}}{_AND}\b)[\w\s,'()]{{0,20}}\b(?:{words.back})\b", after
    )
    until = rf"(?<!\w)(?:{words.until})\s{filler}"
    if _has(rf"\d\.?\s?[-–—]\s?{filler}", before) or (_has(until, before) and not _has(_JOINING, before)):
        return "until"
    if returning:
        return "back"
    goes_on = _has(rf"^\s?(?:[-–—]|(?:{words.until})\s)\s?(?:den |le |el |il |the )?\d", after)
    if goes_on or _has(rf"(?<!\w)(?:{words.since})\s{filler}", before):
        return "since"
    if _has(until, before):
        return "until"
    away = away_pattern(language).search(before) or away_pattern(language).search(after)
    return "on" if away and _has(rf"(?<!\w)(?:{words.on})\s{filler}", before) else ""


def _has(pattern: str, text: str) -> bool:
    return re.search(pattern, text) is not None


def _last_sentence(text: str) -> str:
    ends = list(_SENTENCE_END.finditer(text))
    return text[ends[-1].end() :] if ends else text


def _first_sentence(text: str) -> str:
    end = _SENTENCE_END.search(text)
    return text[: end.start()] if end else text


def _since_last_day(before: str) -> str:
    """Words after the day named before this one, whose words they are not."""
    numbers = list(re.finditer(r"\d{4}|\d{1,2}[./]\d{1,2}\.?", before))
    return before[numbers[-1].end() :] if numbers else before


def _person(text: str, words: Words, sender: NamedAddress) -> NamedAddress:
    match = re.search(words.someone, text, re.IGNORECASE)
    if match is None or match["name"].casefold() in sender.display_name.casefold():
        return sender
    parts = {part.casefold() for part in _LETTERS.findall(sender.display_name)}
    named = {part.casefold() for part in _LETTERS.findall(match["name"])}
    # "Cole, Dana" says of herself that Dana Cole is away
    return sender if named & parts else NamedAddress("", match["name"])


def _covers(text: str, words: Words, sender: NamedAddress) -> Iterator[NamedAddress]:
    """Persons named after words that tell whom to turn to."""
    seen: set[str] = set()
    own = {part.casefold() for part in _LETTERS.findall(sender.display_name)}
    for match in list(re.finditer(rf"(?<!\w)(?:{words.cover})[\s:,]", text, re.IGNORECASE))[:_MOST_DATES]:
        stretch = text[match.end() : match.end() + _COVER_CHARS]
        for named in _named(_until_sentence_end(stretch), words):
            key = named.address or named.display_name.casefold()
            told = {part.casefold() for part in _LETTERS.findall(named.display_name)}
            if key in seen or named.address == sender.address or (told and told <= own):
                continue
            seen.add(key)
            yield named
            if len(seen) == _MOST_COVERS:
                return


def _until_sentence_end(stretch: str) -> str:
    # a full stop inside an address or after a title ends nothing
    end = re.search(r"(?<!\bDr)(?<!\bMr)(?<!\bMrs)(?<!\bSr)(?<!\bM)(?<!\bdhr)(?<!\bsig)(?:[!?;]|\.(?= |$))", stretch)
    return stretch[: end.start()] if end else stretch


def _named(stretch: str, words: Words) -> Iterator[NamedAddress]:
    """Names and addresses in turn: each address belongs to the name that stands right before it."""
    stretch = re.sub(rf"(?<!\w)(?:{words.titles})\s", "", stretch, flags=re.IGNORECASE)
    joined = re.compile(rf"\b(?:{words.others})\b", re.IGNORECASE)
    at = 0
    for address in FIND_ADDRESS.finditer(stretch):
        names = [match for match in _NAME.finditer(stretch, at, address.start()) if not _is_day(match[0], words)]
        own = names.pop()[0] if names and not joined.search(stretch, names[-1].end(), address.start()) else ""
        yield from (NamedAddress("", match[0]) for match in names)
        yield NamedAddress(address[0].rstrip(".").lower(), own)
        at = address.end()
    yield from (NamedAddress("", match[0]) for match in _NAME.finditer(stretch, at) if not _is_day(match[0], words))


def _is_day(name: str, words: Words) -> bool:
    calendar = set(f"{words.months}|{words.weekdays}".replace("|", " ").split())
    return bool({part.casefold() for part in name.split()} & calendar)


def _consistent(absence: Absence) -> Absence:
    """Days that contradict one another are none."""
    first, back = absence.away_from, absence.returns_on
    if first and back and not first < back <= first + _LONGEST_ABSENCE:
        return replace(absence, away_from=None, returns_on=None)
    return absence

"""The words and number formats that every rendering shares: English, fixed, independent of any locale."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from analysis.metrics.figures import SHARE, Figure
from models.vocabulary import Addressing, EventKind, FolderFate, OwnerBasis, ReasonCode, State

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ISO_DATE = re.compile(r"\b(\d{4}-(?:0[1-9]|1[0-2]))(?:-(\d{2}))?\b", re.ASCII)
_ABBREVIATIONS = {"capa": "CAPA"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

STATE_MEANING = {
    State.EXPIRED: "nobody owns it and silence has taken its contractual effect",
    State.STRANDED: "chased, and still nobody owns it",
    State.LIMBO: "nobody owns it and the time to acknowledge has run out",
    State.WATCH: "nobody owns it yet; the time to acknowledge still runs",
    State.OWNED: "somebody owns it",
    State.WAITING: "waits for the asker, who was asked something back",
    State.ANSWERED: "answered or declined",
    State.WITHDRAWN: "taken back by the asker",
}
"""One clause a state, as the report's legend prints it."""

BASIS_WORDS = {
    OwnerBasis.ASSIGNED: "was given it by name",
    OwnerBasis.VOLUNTEERED: "said they would take it",
    OwnerBasis.ACTING: "replied with substance",
    OwnerBasis.ADDRESSED: "was asked by name or alone",
    OwnerBasis.STANDING: "is the configured point of contact",
    OwnerBasis.NONE: "nobody owns it",
}
"""Why somebody is the owner."""

FATE_WORDS = {
    FolderFate.READ: "read to its end",
    FolderFate.UNCHANGED: "unchanged since the last poll",
    FolderFate.EXCLUDED: "left out by the settings",
    FolderFate.STOPPED: "not read, for safety",
    FolderFate.LOST: "not read to its end",
    FolderFate.GONE: "no longer there; what was read of it is kept",
}
"""What a poll did with a folder."""

ADDRESSING_WORDS = {
    Addressing.NAMED: "to one person",
    Addressing.PLURAL: "to a few people",
    Addressing.GROUP: "to a group",
}
"""To whom an ask was given."""

EVENT_WORDS = {
    EventKind.ASKED: "asked by",
    EventKind.ADDRESSED: "addressed to",
    EventKind.ASSIGNED: "assigned to",
    EventKind.VOLUNTEERED: "taken by",
    EventKind.ACTING: "acted on by",
    EventKind.REFUSED: "refused by",
    EventKind.ACKNOWLEDGED: "acknowledged by",
    EventKind.ANSWERED: "answered by",
    EventKind.DECLINED: "declined by",
    EventKind.ASKED_BACK: "question back by",
    EventKind.ASKER_REPLIED: "asker replied",
    EventKind.CHASER: "chased by",
    EventKind.HANDED_ON: "handed on to",
    EventKind.OUT_OF_OFFICE: "out of office",
    EventKind.WITHDRAWN: "withdrawn by",
    EventKind.SUBJECT_DRIFT: "subject changed by",
}
"""What a step in the life of an ask is called."""

_REASON_WORDS = {
    ReasonCode.GROUP_ADDRESS: "sent to a group address",
    ReasonCode.CC_ONLY: "the obliged side stood in copy only",
    ReasonCode.OWNER_SILENT: "the last owner has gone silent",
    ReasonCode.OWNER_LEFT: "the last owner has left",
    ReasonCode.OUT_OF_OFFICE: "an out-of-office reply came back",
    ReasonCode.HANDED_ON_UNANSWERED: "handed on, and nobody there has spoken",
    ReasonCode.PROMISE_BROKEN: "a promised date has passed",
    ReasonCode.ANSWERED_OFF_THREAD: "perhaps answered in another thread",
    ReasonCode.SUBJECT_DRIFT: "the thread has turned to another subject",
}


def reason_words(code: ReasonCode, count: int | None) -> str:
    """Say a reason in words: "sent to 14 people", "chased 2 times"."""
    if code is ReasonCode.FAN_OUT:
        return f"sent to {counted(count or 0, 'person', 'people')}"
    if code is ReasonCode.CHASED:
        return "chased once" if count == 1 else f"chased {count or 0} times"
    return _REASON_WORDS[code]


def counted(n: int, one: str, many: str = "") -> str:
    """Write a number with its noun: "1 ask", "1,204 asks"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def topic_words(topic: str) -> str:
    """Write a topic of topics.yaml as a reader would: "change control", "CAPA"."""
    return _ABBREVIATIONS.get(topic, topic.replace("_", " "))


def moment(at: datetime, zone: str = "UTC") -> str:
    """Write a moment in a time zone: "Fri 30 Oct 2026, 17:00 CET"."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{WEEKDAYS[local.weekday()]} {day(at, zone)}, {local:%H:%M} {local.tzname()}"


def day(at: datetime, zone: str = "UTC") -> str:
    """Write the day of a moment in a time zone: "30 Oct 2026"."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def month(label: str) -> str:
    """Write "2026-10" as "Oct 2026"."""
    year, number = label.split("-")
    return f"{_MONTHS[int(number) - 1]} {year}"


def dates(text: str) -> str:
    """Write the ISO dates and months within our own words as a reader would: "last on 3 Aug 2026", "Oct 2026"."""
    return _ISO_DATE.sub(lambda found: f"{int(found[2])} {month(found[1])}" if found[2] else month(found[1]), text)


def rfc3339(at: datetime) -> str:
    """Write a moment in UTC as RFC 3339: "2026-10-30T16:00:00Z"."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def days(value: float) -> str:
    """Write a number of days: one decimal below ten, none above."""
    return f"{value:,.0f}" if value >= 9.95 else f"{value:.1f}"  # noqa: PLR2004 - where one decimal would round to 10.0


def age(value: float) -> str:
    """Write how many days something is old: whole days from three on."""
    return f"{value:,.0f}" if value >= 3 else f"{value:.1f}"  # noqa: PLR2004 - below, half days matter


def percent(value: float) -> str:
    """Write a share: "34 %"; what is neither none nor all is never written as either."""
    if 0 < value < 0.005:  # noqa: PLR2004 - rounds to 0 %
        return "< 1 %"
    if 0.995 <= value < 1:  # noqa: PLR2004 - rounds to 100 %
        return "> 99 %"
    return f"{value * 100:.0f} %"


def figure_value(figure: Figure) -> str:
    """Write a figure without its interval: "34 %", "2.4", "12"; a dash where there is none to write."""
    return number(figure.value, figure.unit) if figure.value is not None else "–"


def figure_interval(figure: Figure) -> str:
    """Write a figure's 95 % interval, "28 % to 41 %"; an open end is "not reached"; "" where there is no interval."""
    if figure.value is None or (figure.lower is None and figure.upper is None):
        return ""
    ends = (number(end, figure.unit) if end is not None else "not reached" for end in (figure.lower, figure.upper))
    return " to ".join(ends)


def number(value: float, unit: str) -> str:
    """Write a number as its unit wants it."""
    if unit == SHARE:
        return percent(value)
    if unit == "messages":
        return f"{value:,.0f}"
    return days(value)

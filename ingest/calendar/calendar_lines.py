"""Content lines of a calendar as components with their properties, bounded and forgiving (RFC 5545, 3.1).

icalendar takes lines apart. Its own reader of components is not used: it works out the recurrences of time zones, which
a stranger may make endless, and refuses a whole calendar for one broken line.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from icalendar.parser import Contentline, Contentlines

_LINE_CHARS = 8000
_DEEPEST = 10
_MOST_OF_ONE_NAME = 1000
_READ = re.compile(
    r"(?:BEGIN|END|METHOD|X-WR-TIMEZONE|TZID|TZOFFSETTO|UID|SEQUENCE|ORGANIZER|ATTENDEE|DTSTART|DTEND|DURATION|RRULE"
    r"|RECURRENCE-ID|SUMMARY|LOCATION|STATUS|X-MICROSOFT-CDO-ALLDAYEVENT)[;:]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Property:
    """A value as text, and its parameters by name in upper case."""

    value: str
    parameters: dict[str, str] = field(default_factory=dict)


NOTHING = Property("")


@dataclass(slots=True)
class Component:
    """A component: its properties by name in upper case, and the components inside it."""

    kind: str
    properties: dict[str, list[Property]] = field(default_factory=lambda: defaultdict(list))
    inside: list["Component"] = field(default_factory=list)

    def first(self, name: str) -> Property:
        """The first property of a name, an empty one where there is none."""
        return next(iter(self.properties.get(name, ())), NOTHING)

    def values(self) -> dict[str, str]:
        """The first value of each name."""
        return {name: found[0].value for name, found in self.properties.items()}


def read_components(text: str) -> tuple[Component, ...]:
    """Components inside one another; lines that are none are passed over, ends that never came are forgiven."""
    root = Component("")
    chain = [root]
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    for line in Contentlines.from_ical(lines):  # type: ignore[no-untyped-call]
        if _READ.match(line):
            name, told = _property(line[:_LINE_CHARS])
            _take(name, told, chain)
    return tuple(root.inside)


def _take(name: str, told: Property, chain: list[Component]) -> None:
    word = told.value.strip().upper()
    if name == "BEGIN":
        component = Component(word)
        if len(chain) < _DEEPEST:
            chain[-1].inside.append(component)
            chain.append(component)
    elif name == "END":
        depth = next((place for place in range(len(chain) - 1, 0, -1) if chain[place].kind == word), None)
        if depth is not None:
            del chain[depth:]
    elif len(chain[-1].properties[name]) < _MOST_OF_ONE_NAME:
        chain[-1].properties[name].append(told)


def _property(line: str) -> tuple[str, Property]:
    try:
        name, parameters, value = Contentline(line).parts()  # type: ignore[no-untyped-call]
    except ValueError:
        # parameters that nobody can read: the name and what stands behind the last colon
        head, _, value = line.rpartition(":")
        return re.split("[;:]", head)[0].upper(), Property(value)
    told = {key.upper(): each if isinstance(each, str) else ",".join(each) for key, each in parameters.items()}
    return name.upper(), Property(value, told)

"""What a message says of meetings: calendar parts (RFC 5545, RFC 5546, RFC 6047), else the words of an invitation.

text/calendar and application/ics parts are read, attached or not, and attachments by the name of .ics; parts of an
attached message are not. METHOD inside the calendar counts, the part's own parameter only where there is none inside:
gateways that rewrite invitations forget the parameter. A recurrence rule is text here and is never followed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from email.message import Message as MimeMessage

from ingest.calendar.calendar_lines import Component, Property, read_components
from ingest.calendar.meeting_times import (
    Moment,
    add_days,
    add_duration,
    defined_zone,
    known_zone,
    read_moment,
    zone_of_date,
)
from ingest.calendar.text_invitations import read_invitation
from ingest.mime import parts
from ingest.mime.charsets import decode
from ingest.mime.excision import Excised
from models.records import Attendee, Meeting, NamedAddress
from models.storable_text import storable
from models.vocabulary import MeetingSource

_KINDS = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
_MOST_PARTS = 20
_MOST_MEETINGS = 100
_MOST_ATTENDEES = 1000
_CALENDAR_BYTES = 2**19
_LONGEST_TEXT = 1000
_WORD = re.compile(r"[A-Z][A-Z-]{0,19}")
_MAILTO = re.compile(r"\s{0,9}mailto:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Zones:
    """What times of one calendar are in.

    Attributes:
        defined: by TZID, as its VTIMEZONEs define them.
        plain: of times that name no zone: the calendar's own one, else the message's.
    """

    defined: dict[str, tzinfo]
    plain: tzinfo

    def of(self, told: Property) -> tzinfo:
        name = told.parameters.get("TZID", "")
        return (known_zone(name) or self.defined.get(name) or self.plain) if name else self.plain


def read_meetings(
    mime: MimeMessage, excised: Excised, *, subject: str, text: str, sender: NamedAddress
) -> tuple[Meeting, ...]:
    """Meetings of a message's calendar parts, in their order, the same event twice being one; else of its words.

    Args:
        mime: the parsed message.
        excised: what was left out of long parts.
        subject: decoded, on one line.
        text: the readable text.
        sender: who wrote it.
    """
    date = str(mime.get("date", ""))
    found: dict[tuple[object, ...], Meeting] = {}
    for part in _calendar_parts(mime):
        for meeting in _meetings_of(part, excised, zone_of_date(date)):
            found.setdefault((meeting.method, meeting.uid, meeting.sequence, meeting.recurrence_id), meeting)
    if found:
        return tuple(found.values())[:_MOST_MEETINGS]
    told = read_invitation(subject, text, sender, date)
    return (told,) if told else ()


def _calendar_parts(mime: MimeMessage) -> list[MimeMessage]:
    found: list[MimeMessage] = []
    waiting = [mime]
    while waiting and len(found) < _MOST_PARTS:
        part = waiting.pop()
        if part.get_content_maintype() == "multipart":
            waiting += reversed(tuple(parts.children(part)))
        elif part.get_content_type() in _KINDS or parts.file_name(part).lower().endswith(".ics"):
            found.append(part)
    return found


def _meetings_of(part: MimeMessage, excised: Excised, zone: tzinfo) -> Iterator[Meeting]:
    content = parts.content(part, excised, _CALENDAR_BYTES)[:_CALENDAR_BYTES]
    declared = part.get_param("method")
    method = _word(declared) if isinstance(declared, str) else ""
    for calendar in read_components(decode(content, parts.charset(part) or "utf-8").text):
        if calendar.kind == "VCALENDAR":
            said = _word(calendar.first("METHOD").value) or method
            zones = _zones(calendar, zone)
            events = [each for each in calendar.inside if each.kind == "VEVENT"]
            yield from (_meeting(event, said, zones) for event in events[:_MOST_MEETINGS])


def _zones(calendar: Component, zone: tzinfo) -> _Zones:
    defined = {}
    for each in calendar.inside:
        if each.kind == "VTIMEZONE":
            made = _zone(each)
            if made is not None:
                defined[each.first("TZID").value] = made
    own = calendar.first("X-WR-TIMEZONE").value
    names = list(defined)
    only = known_zone(names[0]) or defined[names[0]] if len(names) == 1 else None
    return _Zones(defined, (known_zone(own) if own else None) or only or zone)


def _zone(component: Component) -> tzinfo | None:
    """By the last rules that stand there: calendars write a zone's history in order."""
    rules = {each.kind: each.values() for each in component.inside}
    known = known_zone(component.first("TZID").value)
    return known or defined_zone(rules.get("STANDARD", {}), rules.get("DAYLIGHT", {}))


def _meeting(event: Component, method: str, zones: _Zones) -> Meeting:
    begins = _moment(event.first("DTSTART"), zones)
    sequence = event.first("SEQUENCE").value.strip()[:9]
    recurrence_id = _moment(event.first("RECURRENCE-ID"), zones)
    return Meeting(
        source=MeetingSource.CALENDAR,
        method=method,
        uid=_line(event.first("UID").value),
        sequence=int(sequence) if sequence.isascii() and sequence.isdecimal() else 0,
        organiser=_named(event.first("ORGANIZER")),
        attendees=tuple(_attendees(event.properties.get("ATTENDEE", ()))),
        starts_at=begins.at if begins else None,
        ends_at=_end(event, begins, zones),
        all_day=bool(begins and (begins.all_day or _is_outlooks_day(event))),
        recurrence=_line(event.first("RRULE").value),
        recurrence_id=recurrence_id.at if recurrence_id else None,
        summary=_line(event.first("SUMMARY").value),
        location=_line(event.first("LOCATION").value),
        status=_word(event.first("STATUS").value).lower(),
    )


def _is_outlooks_day(event: Component) -> bool:
    """Outlook writes a whole day as the midnights around it, and says aloud that it means the day."""
    return event.first("X-MICROSOFT-CDO-ALLDAYEVENT").value.strip().upper() == "TRUE"


def _moment(told: Property, zones: _Zones) -> Moment | None:
    return read_moment(told.value, zones.of(told)) if told.value else None


def _end(event: Component, begins: Moment | None, zones: _Zones) -> datetime | None:
    """DTEND, else DTSTART with DURATION, else a whole day's end; an end before the start is none."""
    ends = _moment(event.first("DTEND"), zones)
    if begins is None or (ends is not None and ends.at >= begins.at):
        return ends.at if ends else None
    duration = event.first("DURATION").value
    if duration:
        return add_duration(begins, duration)
    return add_days(begins, 1) if begins.all_day else None


def _attendees(properties: Iterable[Property]) -> Iterator[Attendee]:
    for each in list(properties)[:_MOST_ATTENDEES]:
        named = _named(each)
        role = each.parameters.get("ROLE", "").upper().replace("_", "-")
        if named.address or named.display_name:
            yield Attendee(
                named.address,
                named.display_name,
                _word(each.parameters.get("PARTSTAT", "")).lower(),
                required=role not in ("OPT-PARTICIPANT", "NON-PARTICIPANT"),
            )


def _named(told: Property) -> NamedAddress:
    """A calendar address: "mailto:" and the address, else the EMAIL parameter (RFC 7986, 6.2)."""
    value = _MAILTO.sub("", told.value, count=1).strip().strip("<>")
    address = value if "@" in value else told.parameters.get("EMAIL", "")
    address = storable("".join(_MAILTO.sub("", address, count=1).split()).lower())[:320]
    name = _line(told.parameters.get("CN", "")).strip("'\"")
    return NamedAddress(address, "" if name.lower() == address else name)


def _line(text: str) -> str:
    return storable(" ".join(text.split()))[:_LONGEST_TEXT]


def _word(text: str) -> str:
    match = _WORD.fullmatch(text.strip().upper()[:40])
    return match[0] if match else ""

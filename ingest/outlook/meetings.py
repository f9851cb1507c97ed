"""A meeting item of Outlook (MS-OXOCAL) as a text/calendar part (RFC 5545), so that one reader serves all meetings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ingest.outlook.properties import APPOINTMENT_NAMES, MEETING_NAMES, Item, Properties

_START, _END, _LOCATION, _ALL_DAY, _SEQUENCE = 0x820D, 0x820E, 0x8208, 0x8215, 0x8201
_GLOBAL_ID, _CLEAN_ID = 0x0003, 0x0023
_FOREIGN_ID = b"vCal-Uid\x01\x00\x00\x00"
_OPTIONAL = 2
_ANSWERS = {"pos": "ACCEPTED", "neg": "DECLINED", "tent": "TENTATIVE"}
_ODD_IN_VALUES = re.compile(r"[\x00-\x1f\x7f\"]+")


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar part: METHOD and bytes."""

    method: str
    content: bytes


def calendar_part(item: Item) -> Calendar | None:
    """What a meeting item says, None for all other items."""
    method, answer = _method(item.properties.text(0x001A).lower())
    if not method:
        return None
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}", "BEGIN:VEVENT"]
    lines += [f"{name}:{value}" for name, value in _values(item.properties) if value]
    lines += _people(item, answer)
    lines += ["END:VEVENT", "END:VCALENDAR", ""]
    return Calendar(method, "\r\n".join(lines).encode("utf-8", "replace"))


def _method(message_class: str) -> tuple[str, str]:
    """METHOD, and PARTSTAT of an answer; empty for what is no meeting."""
    last = message_class.removeprefix("ipm.schedule.meeting.")
    if last == message_class:
        return "", ""
    if last.startswith("resp."):
        return "REPLY", _ANSWERS.get(last.removeprefix("resp."), "")
    return {"request": "REQUEST", "canceled": "CANCEL"}.get(last, ""), ""


def _values(own: Properties) -> Iterator[tuple[str, str]]:
    yield "UID", _uid(own)
    yield "SEQUENCE", str(own.number(own.named(APPOINTMENT_NAMES, _SEQUENCE)))
    all_day = bool(own.number(own.named(APPOINTMENT_NAMES, _ALL_DAY)))
    for name, number, old in (("DTSTART", _START, 0x0060), ("DTEND", _END, 0x0061)):
        moment = own.moment(own.named(APPOINTMENT_NAMES, number)) or own.moment(old)
        yield name, _moment(moment) if moment else ""
    yield "X-MICROSOFT-CDO-ALLDAYEVENT", "TRUE" if all_day else ""
    yield "SUMMARY", _escaped(own.line(0x0037))
    yield "LOCATION", _escaped(own.line(own.named(APPOINTMENT_NAMES, _LOCATION)))
    sent = own.moment(0x0039)
    yield "DTSTAMP", _moment(sent) if sent else ""


def _uid(own: Properties) -> str:
    """The id that all mail about the meeting shares (MS-OXOCAL, section 2.2.1.27)."""
    content = own.binary(own.named(MEETING_NAMES, _CLEAN_ID)) or own.binary(own.named(MEETING_NAMES, _GLOBAL_ID))
    _, found, foreign = content[:2000].partition(_FOREIGN_ID)
    if found:
        return _escaped(foreign.split(b"\0")[0].decode("utf-8", "replace"))
    return content[:2000].hex().upper()


def _people(item: Item, answer: str) -> Iterator[str]:
    own = item.properties
    author = _address(own, 0x5D02, 0x0065, 0x5D01, 0x0C1F)
    name = own.line(0x0042, 0x0C1A)
    if answer:
        yield from _line("ATTENDEE", author, name, f";PARTSTAT={answer}")
        for recipient in item.recipients[:1]:
            yield from _line("ORGANIZER", _address(recipient, 0x39FE, 0x3003), recipient.line(0x3001))
        return
    yield from _line("ORGANIZER", author, name)
    for recipient in item.recipients:
        role = "OPT-PARTICIPANT" if recipient.number(0x0C15) & 0xF == _OPTIONAL else "REQ-PARTICIPANT"
        yield from _line("ATTENDEE", _address(recipient, 0x39FE, 0x3003), recipient.line(0x3001), f";ROLE={role}")


def _address(own: Properties, *numbers: int) -> str:
    found = (own.line(number) for number in numbers)
    return next((_ODD_IN_VALUES.sub("", address) for address in found if "@" in address), "")


def _line(field: str, address: str, name: str, more: str = "") -> Iterator[str]:
    if address:
        yield f'{field};CN="{_ODD_IN_VALUES.sub(" ", name)}"{more}:mailto:{address}'


def _moment(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """TEXT as RFC 5545, section 3.3.11, writes it."""
    plain = re.sub(r"[\x00-\x1f\x7f]+", " ", text)
    return re.sub(r"([\\;,])", r"\\\1", plain)

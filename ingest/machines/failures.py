"""Whom a bounce says was not reached: RFC 3464 reports, and what older and other mail systems write in words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.message import Message as MimeMessage

from ingest.header.address_repair import FIND_ADDRESS
from ingest.header.addresses import one_form
from ingest.mime import parts
from ingest.mime.excision import Excised
from models.records import DeliveryFailure
from models.storable_text import storable

_READ_BYTES = 256 * 2**10
_READ_CHARS = 8000
_MOST = 500
_MOST_PARTS = 50
_DETAIL_CHARS = 500
_FIELD = re.compile(r"^([A-Za-z-]{3,40}):[ \t]*([^\n]{0,1000}(?:\n[ \t][^\n]{0,500}){0,20})", re.MULTILINE)
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY_CODE = re.compile(r"(?<![\d.-])([45]\d\d)(?=[ -])")
_MESSAGE_ID = re.compile(r"^message-id:\s{0,3}<([^<>\s]{1,500})>", re.IGNORECASE | re.MULTILINE)
_RETURNED = re.compile(
    r"^[>\s]{0,4}(?:-{2,}\s?(?:below this line|original message|(?:this is|begin) a copy|returned message"
    r"|message headers|original mail|this is the)|return-path:|received: |reporting-mta:|original message headers"
    r"|diagnostic information|original-recipient:|x-failed)",
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS = FIND_ADDRESS.pattern
# an address that a line is about: alone on it, in angle brackets before a colon, or after words that say what failed
_ABOUT = re.compile(
    r"^[ \t>*\"]{0,20}(?:-- )?(?:"
    rf"<?(?P<alone>{_ADDRESS})[>\"]?[ \t]{{0,9}}:?[ \t]{{0,9}}$"
    rf"|<(?P<angle>{_ADDRESS})>(?:[ \t]{{0,4}}[:(.\n]|$|[ \t]+[a-z])"
    rf"|(?P<plain>{_ADDRESS})(?:[ \t]{{1,4}}(?:on\s|\(|-|:|\.{{3}})|:)"
    r"|[^\n@]{0,120}?(?:recipients?|to|address(?:ee)?|user|mailbox|for)[ \t]{0,4}:?[ \t]{0,4}"
    rf"[<'\"(]?(?P<after>{_ADDRESS}))",
    re.IGNORECASE | re.MULTILINE,
)
_NOT_FAILED = frozenset({"delayed", "delivered", "relayed", "expanded"})


@dataclass(frozen=True, slots=True)
class Report:
    """What a delivery report says.

    Attributes:
        failures: recipients that were not reached.
        formal: it is a report for machines too (RFC 3464).
    """

    failures: tuple[DeliveryFailure, ...] = ()
    formal: bool = False


def read_report(mime: MimeMessage, excised: Excised, text: str, strangers: frozenset[str]) -> Report:
    """Failures of a message that looks like a bounce.

    Args:
        mime: the message.
        excised: what its long bodies stand for.
        text: its readable text.
        strangers: addresses that no failure is about: the report's own sender and recipients.
    """
    found = list(mime.walk())[:_MOST_PARTS]
    returned = _returned_id(found, excised, text)
    statuses = [part for part in found if part.get_content_type().endswith("/delivery-status")]
    groups = [group for part in statuses for group in _groups(parts.content(part, excised, _READ_BYTES))]
    told = [group for group in groups if "final-recipient" in group or "original-recipient" in group]
    failed = [group for group in told if group.get("action", "failed").split(" ")[0].lower() not in _NOT_FAILED]
    if told:
        return Report(_once(_failure(group, returned) for group in failed), formal=True)
    named = [one_form(address) for address in FIND_ADDRESS.findall(str(mime.get("x-failed-recipients", ""))[:5000])]
    spoken = list(_in_words(text[:_READ_CHARS], returned, strangers))
    if named:
        words = {failure.address: failure for failure in spoken}
        return Report(_once(words.get(name, DeliveryFailure(name, message_id=returned)) for name in named))
    return Report(_once(spoken))


def _groups(content: bytes) -> Iterator[dict[str, str]]:
    """Groups of fields that blank lines divide (RFC 3464, section 2.1)."""
    text = content.decode("utf-8", "replace").replace("\r\n", "\n")
    for block in re.split(r"\n[ \t]{0,9}\n+", text)[: 2 * _MOST]:
        yield {name.lower(): " ".join(value.split()) for name, value in _FIELD.findall(block)}


def _failure(group: dict[str, str], returned: str) -> DeliveryFailure:
    # the address that the sender wrote to, where an alias led elsewhere
    told = group.get("original-recipient") or group["final-recipient"]
    address = FIND_ADDRESS.search(told.rpartition(";")[2]) or FIND_ADDRESS.search(group.get("final-recipient", ""))
    detail = group.get("diagnostic-code", "")
    status = _STATUS.search(group.get("status", "")) or _STATUS.search(detail)
    return DeliveryFailure(
        one_form(address[0]) if address else storable(told.rpartition(";")[2].strip().lower())[:200],
        status[1] if status else "",
        storable(detail.partition(";")[2].strip() or detail)[:_DETAIL_CHARS],
        returned,
    )


def _in_words(text: str, returned: str, strangers: frozenset[str]) -> Iterator[DeliveryFailure]:
    end = _RETURNED.search(text)
    told = text[: end.start()] if end and end.start() > 0 else text
    for match in _ABOUT.finditer(told):
        address = one_form(match["alone"] or match["angle"] or match["plain"] or match["after"])
        if address in strangers and not (match["alone"] or match["angle"]):
            continue
        rest = told[match.end() : match.end() + _DETAIL_CHARS]
        following = FIND_ADDRESS.search(rest)
        reason = " ".join((rest[: following.start()] if following else rest).split())
        status = _STATUS.search(rest) or _REPLY_CODE.search(rest)
        yield DeliveryFailure(address, status[1] if status else "", storable(reason)[:_DETAIL_CHARS], returned)


def _once(failures: Iterable[DeliveryFailure]) -> tuple[DeliveryFailure, ...]:
    """One failure an address, the one with a status before others."""
    found: dict[str, DeliveryFailure] = {}
    for failure in failures:
        known = found.get(failure.address)
        if failure.address and (known is None or (failure.status and not known.status)):
            found[failure.address] = failure
    return tuple(found.values())[:_MOST]


def _returned_id(found: list[MimeMessage], excised: Excised, text: str) -> str:
    """Message-ID of the message that came back: attached, as header fields only, or in the text."""
    for part in found:
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers"):
            inner = parts.content(part, excised, _READ_BYTES).decode("utf-8", "replace").replace("\r\n", "\n")
            if match := _MESSAGE_ID.search(inner):
                return storable(match[1])
    match = _MESSAGE_ID.search(text)
    return storable(match[1]) if match else ""

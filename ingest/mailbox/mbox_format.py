"""Where the messages of an mbox lie: From_ lines, or Content-Length where it is true (RFC 4155 and its relatives).

A From_ line separates messages at the start of the file, or after an empty line, when it has a date in it and
something like a header field below, so that prose beginning with "From " stays prose. Without the empty line, which
some programs and every writer that was stopped leave out, two well-known header fields must stand below.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from ingest.mailbox.file_bytes import FileBytes

_FIRST_TRUE_YEAR = 1972
_LONGEST_LINE = 1000
_USUAL_HEADER = 4 * 2**10
_LONGEST_HEADER = 64 * 2**10
_WEEKDAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_FROM_LINE = re.compile(
    rb"From [^\r\n]{0,500}?" + _WEEKDAY + rb",? {1,2}(?:\d{1,2} )?" + _MONTH + rb" [^\r\n]{0,80}\r?\n?"
)
_STAMP = re.compile(
    rb"(?P<month>" + _MONTH + rb") +(?P<day>\d{1,2}) +(?P<time>\d\d:\d\d(?::\d\d)?)(?: +[A-Z]{2,5})?"
    rb"(?: +(?P<zone>[+-]\d{4}))? +(?P<year>\d{4})(?: +(?P<late_zone>[+-]\d{4}))?"
)
# what git writes above each patch, also when somebody pastes the patch into a mail
_PATCH_LINE = re.compile(rb"From [0-9a-f]{40} Mon Sep 17 00:00:00 2001\r?\n")
_HEADER_LIKE = re.compile(rb"[\x21-\x39\x3b-\x7e]{1,200}[ \t]*:|>?From |\r?\n|\Z")
_WELL_KNOWN = re.compile(
    rb"(?:Return-Path|Received|From|To|Cc|Subject|Date|Message-ID|MIME-Version|Delivered-To|Reply-To|Sender"
    rb"|Content-Type|Status|X-[A-Za-z0-9-]{1,60}):[^\r\n]{0,990}\r?\n",
    re.IGNORECASE,
)
_CONTENT_LENGTH = re.compile(rb"^Content-Length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_HEADER_END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message lies in the file.

    Attributes:
        line: where its From_ line begins.
        start, end: its bytes, without the empty line before the next From_ line.
        quoted: lines that begin with "From " were given a ">" by the writer.
    """

    line: int
    start: int
    end: int
    quoted: bool = True


def is_mbox(head: bytes) -> bool:
    """Whether bytes begin like an mbox."""
    return _first_line(FileBytes.of(head[:_LONGEST_LINE])) is not None


def find_places(content: FileBytes) -> list[Place]:
    """Every message of the file, in order; nothing where it is no mbox."""
    first = _first_line(content)
    if first is None:
        return []
    if _is_counted(content, first[1]):
        return list(_counted_places(content, *first))
    return list(_separated_places(content, *first))


def from_line_date(line: bytes) -> datetime | None:
    """The moment in a From_ line, None where there is none or where a program made it up (1 January 1970)."""
    match = _STAMP.search(line)
    if match is None:
        return None
    zone = match["zone"] or match["late_zone"] or b"+0000"
    text = b"%b %b %b %b %b" % (match["day"], match["month"], match["year"], match["time"], zone)
    try:
        moment = parsedate_to_datetime(text.decode("ascii")).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment.year >= _FIRST_TRUE_YEAR else None


def _first_line(content: FileBytes) -> tuple[int, int] | None:
    """Where the first From_ line begins and ends; None where the file does not begin with one."""
    head = content.part(0, _LONGEST_LINE)
    begin = len(head) - len(head.lstrip(b"\r\n"))
    end = head.find(b"\n", begin) + 1
    return (begin, end) if head.startswith(b"From ", begin) and end else None


def _separated_places(content: FileBytes, line: int, start: int) -> Iterator[Place]:
    for next_line, next_start in _separators(content, line, start):
        yield Place(line, start, _without_empty_line(content, start, next_line))
        line, start = next_line, next_start
    yield Place(line, start, _without_empty_line(content, start, content.size))


def _separators(content: FileBytes, first: int, after: int) -> Iterator[tuple[int, int]]:
    """From_ lines: where each begins and where its message begins."""
    of_patches = bool(_PATCH_LINE.match(content.part(first, after)))
    for at in content.find_all(b"\nFrom ", after - 1):
        end = _separator_end(content, at + 1, of_patches=of_patches)
        if end is not None:
            yield at + 1, end


def _separator_end(content: FileBytes, line: int, *, of_patches: bool = True) -> int | None:
    around = content.part(line - 3, line + 2 * _LONGEST_LINE)
    begin = min(line, 3)
    match = _FROM_LINE.match(around, begin)
    if match is None or not match[0].endswith(b"\n") or (not of_patches and _PATCH_LINE.match(around, begin)):
        return None
    if around[:begin].endswith((b"\n\n", b"\n\r\n")):
        below: object = _HEADER_LIKE.match(around, match.end())
    else:
        known = _WELL_KNOWN.match(around, match.end())
        below = known and _WELL_KNOWN.match(around, known.end())
    return line - begin + match.end() if below else None


def _without_empty_line(content: FileBytes, start: int, end: int) -> int:
    tail = content.part(max(start, end - 4), end)
    for ending, cut in ((b"\r\n\r\n", 2), (b"\n\r\n", 2), (b"\n\n", 1)):
        if tail.endswith(ending):
            return end - cut
    return end


def _is_counted(content: FileBytes, start: int) -> bool:
    """Whether the first message's Content-Length leads to the second one, as in mboxcl and mboxcl2.

    Asked once for a file: a sender who writes such a field into one message of an ordinary mbox hides nothing.
    """
    counted = _counted(content, start)
    return counted is not None and counted.next_line < content.size


def _counted_places(content: FileBytes, line: int, start: int) -> Iterator[Place]:
    """Messages by Content-Length; one whose length leads nowhere ends at the next separator."""
    places = []
    while start < content.size:
        counted = _counted(content, start) or _until_separator(content, start)
        places.append(Place(line, start, counted.end))
        line, start = counted.next_line, counted.next_start
    quoted = not any(_has_bare_from(content, place) for place in places)
    return (replace(place, quoted=quoted) for place in places)


@dataclass(frozen=True, slots=True)
class _Counted:
    """Where a message ends, and where the next one's From_ line and the next one begin."""

    end: int
    next_line: int
    next_start: int


def _until_separator(content: FileBytes, start: int) -> _Counted:
    line, after = next(_separators(content, start, start), (content.size, content.size))
    return _Counted(_without_empty_line(content, start, line), line, after)


def _counted(content: FileBytes, start: int) -> _Counted | None:
    """The message by its Content-Length; None where that is missing or leads to no From_ line and not to the end."""
    end = _end_by_length(content, start)
    if end is None or end > content.size:
        return None
    rest = content.part(end, end + _LONGEST_LINE)
    line = end + len(rest) - len(rest.lstrip(b"\r\n"))
    match = _FROM_LINE.match(rest, line - end)
    if match is None:
        return _Counted(end, content.size, content.size) if line == content.size else None
    return _Counted(end, line, end + match.end())


def _end_by_length(content: FileBytes, start: int) -> int | None:
    for size in (_USUAL_HEADER, _LONGEST_HEADER):
        head = content.part(start, start + size)
        header = _HEADER_END.search(head)
        if header:
            length = _CONTENT_LENGTH.search(head, 0, header.start() + 1)
            return start + header.end() + int(length[1]) if length else None
    return None


def _has_bare_from(content: FileBytes, place: Place) -> bool:
    return next(content.find_all(b"\nFrom ", place.start, place.end), None) is not None

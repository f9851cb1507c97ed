"""An mbox file as a mailbox: one folder, messages between From_ lines (RFC 4155, mboxrd quoting).

The file is read through a memory map, never as a whole. A From_ line counts only at the start of the file or after
an empty line, with a date in it, and before something that looks like a header field, so that prose beginning
with "From " stays prose.
"""

import hashlib
import mmap
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Self

from ingest.mailbox.contract import GONE, TOO_LARGE, FetchedMail, FolderState
from ingest.mailbox.numbering import UNCHANGING, number_all
from ingest.settings import FetchLimits
from models.errors import MailboxRefusedError, MailboxUnreachableError

FOLDER = "INBOX"
_EVERYTHING = FetchLimits()
_FIRST_TRUE_YEAR = 1972
_LONGEST_LINE = 1000
_WEEKDAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_FROM_LINE = re.compile(
    rb"From [^\r\n]{0,500}?" + _WEEKDAY + rb",? {1,2}(?:\d{1,2} )?" + _MONTH + rb" [^\r\n]{0,80}\r?\n?"
)
_STAMP = re.compile(
    rb"(?P<month>" + _MONTH + rb") +(?P<day>\d{1,2}) +(?P<time>\d\d:\d\d(?::\d\d)?)(?: +[A-Z]{2,5})?"
    rb"(?: +(?P<zone>[+-]\d{4}))? +(?P<year>\d{4})(?: +(?P<late_zone>[+-]\d{4}))?"
)
_HEADER_LIKE = re.compile(rb"[\x21-\x39\x3b-\x7e]{1,200}[ \t]*:|>?From |\r?\n|\Z")
_ESCAPED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a message lies in the file: its From_ line, and its bytes without the empty line at the end."""

    line: int
    start: int
    end: int


class MboxMailbox:
    """A file of messages, opened for reading."""

    def __init__(self, name: str, path: Path, content: mmap.mmap | bytes) -> None:
        self.name = name
        self._path = path
        self._content = content
        self._places: dict[int, _Place] = {}

    @classmethod
    def open(cls, name: str, path: Path) -> Self:
        """Open the file.

        Raises:
            MailboxUnreachableError: it is not there or may not be read.
            MailboxRefusedError: it is not an mbox.
        """
        mailbox = cls(name, path, _map(name, path))
        if mailbox._content[:_LONGEST_LINE].strip() and not _first_line(mailbox._content):
            raise MailboxRefusedError(name, f"{path} is no mbox: it does not begin with a From line", "look at mbox:")
        return mailbox

    def folders(self) -> tuple[str, ...]:
        """The one folder."""
        return (FOLDER,)

    def select(self, folder: str) -> FolderState:
        """Find every message in the file.

        Raises:
            MailboxRefusedError: another folder than the one there is.
        """
        if folder != FOLDER:
            raise MailboxRefusedError(self.name, f"an mbox has no folder {folder!r}", f"its only one is {FOLDER}")
        places = list(_places(self._content))
        keys = (hashlib.sha256(self._content[place.line : place.end]).digest() for place in places)
        self._places = dict(zip(number_all(keys), places, strict=True))
        return FolderState(folder, UNCHANGING, tuple(self._places))

    def fetch(self, uids: Sequence[int], limits: FetchLimits = _EVERYTHING) -> Iterator[FetchedMail]:
        """Messages by UID; mboxrd's `>From` is turned back into `From`."""
        for uid in uids:
            place = self._places.get(uid)
            yield self._read(uid, place, limits) if place else FetchedMail(uid, b"", problem=GONE)

    def _read(self, uid: int, place: _Place, limits: FetchLimits) -> FetchedMail:
        received = _from_line_date(self._content[place.line : place.start])
        if place.end - place.start > limits.message_bytes:
            return FetchedMail(uid, b"", received, problem=TOO_LARGE)
        return FetchedMail(uid, _ESCAPED_FROM.sub(rb"\1", self._content[place.start : place.end]), received)

    def close(self) -> None:
        """Let go of the file."""
        if isinstance(self._content, mmap.mmap):
            self._content.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()


def _map(name: str, path: Path) -> mmap.mmap | bytes:
    try:
        with path.open("rb") as file:
            # an empty file cannot be mapped
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if file.read(1) else b""
    except OSError as error:
        raise MailboxUnreachableError(name, f"{path}: {error.strerror}", "look at mbox: in config.yaml") from None


def _first_line(content: mmap.mmap | bytes) -> tuple[int, int] | None:
    """Where the first From_ line begins and ends; None where the file does not begin with one."""
    head = content[:_LONGEST_LINE]
    begin = len(head) - len(head.lstrip(b"\r\n"))
    end = head.find(b"\n", begin) + 1
    return (begin, end) if head.startswith(b"From ", begin) and end else None


def _places(content: mmap.mmap | bytes) -> Iterator[_Place]:
    first = _first_line(content)
    if first is None:
        return
    line, start = first
    for next_line, next_start in _separators(content, start):
        yield _Place(line, start, _without_empty_line(content, start, next_line))
        line, start = next_line, next_start
    yield _Place(line, start, _without_empty_line(content, start, len(content)))


def _separators(content: mmap.mmap | bytes, after: int) -> Iterator[tuple[int, int]]:
    """From_ lines: where each begins and where its message begins."""
    at = content.find(b"\nFrom ", after - 1)
    while at != -1:
        end = _separator_end(content, at + 1)
        if end is not None:
            yield at + 1, end
        at = content.find(b"\nFrom ", at + 1)


def _separator_end(content: mmap.mmap | bytes, line: int) -> int | None:
    if not content[max(0, line - 3) : line].endswith((b"\n\n", b"\n\r\n")):
        return None
    match = _FROM_LINE.match(content[line : line + _LONGEST_LINE])
    if match is None or not match[0].endswith(b"\n"):
        return None
    end = line + match.end()
    return end if _HEADER_LIKE.match(content[end : end + _LONGEST_LINE]) else None


def _without_empty_line(content: mmap.mmap | bytes, start: int, end: int) -> int:
    for ending, cut in ((b"\r\n\r\n", 2), (b"\n\r\n", 2), (b"\n\n", 1)):
        if content[max(start, end - 4) : end].endswith(ending):
            return end - cut
    return end


def _from_line_date(line: bytes) -> datetime | None:
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

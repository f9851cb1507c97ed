"""Earlier mails inside a text: every quote that says whose it is, and every link of a chain of forwards."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ingest.words.embedded_headers import (
    FORWARD_SUBJECT,
    EmbeddedHeader,
    forwards,
    is_separator,
    read_announcement,
    read_block,
    with_lotus_name,
)
from ingest.words.quote_patterns import LOTUS_TO
from ingest.words.quotes import (
    ANNOUNCEMENT_LINES,
    MOST_LINES,
    announcement,
    announcing_lines,
    is_header_block,
    is_lotus_block,
)
from models.records import EmbeddedMessage
from models.vocabulary import EmbeddedKind

_MOST = 100
_MARKS = "> \t|"
_LINE_CHARS = 1000
_LOTUS_LINES = 4
_HEADER_WITHIN = 8
_RULES = ("--", "__", "==")


@dataclass
class _Open:
    """An earlier mail: its header, first and last line, how deep its header is quoted, whether its text is deeper."""

    header: EmbeddedHeader
    kind: EmbeddedKind
    first: int
    depth: int
    marked: bool | None = None
    last: int = -1


def embedded_messages(
    text: str, kinds: str, subject: str = "", sent: datetime | None = None
) -> tuple[EmbeddedMessage, ...]:
    """Earlier mails in a message's text, in its order; one inside another lies within the other's span.

    Args:
        text: the message's.
        kinds: of its lines (`SplitText.kinds`).
        subject: the message's: says whether a bare header block was forwarded or answered.
        sent: the message's Date, in the zone in which it was written; bare times are taken to be of that zone.
    """
    if "q" not in kinds:
        return ()
    lines = text.split("\n")
    found = list(_Chain(lines, kinds, subject, sent).read())
    starts = _line_starts(lines)
    return tuple([_message(each, lines, starts) for each in found])


class _Chain:
    """One pass over the quoted lines; the stack holds the mails whose end was not seen yet, the innermost last."""

    def __init__(self, lines: list[str], kinds: str, subject: str, sent: datetime | None) -> None:
        self.lines = lines
        self.kinds = kinds
        self.subject = subject
        self.sent = sent
        self.bare = [
            line[:_LINE_CHARS].lstrip(_MARKS) if kind == "q" else "" for line, kind in zip(lines, kinds, strict=True)
        ]
        self.announcing = announcing_lines(self.bare)
        self.stack: list[_Open] = []
        self.announced: EmbeddedKind | None = None

    def read(self) -> Iterator[_Open]:
        """Every mail; its last line is known when all are read."""
        found = at = seen = 0
        while (at := self.kinds.find("q", at)) >= 0:
            depth = _depth(self.lines[at])
            self.close(depth, seen)
            if found < _MOST and self.is_telling(at) and (header := self.header_at(at)):
                self.stack.append(_Open(header, self.kind_of(header), at + header.lines, depth))
                yield self.stack[-1]
                found, self.announced = found + 1, None
                at += header.lines
                seen = at - 1
            else:
                seen = at
                at += 1
        for each in self.stack:
            each.last = seen

    def close(self, depth: int, seen: int) -> None:
        """Take from the stack what a line of this depth no longer belongs to; its text ends with the line before."""
        while self.stack:
            top = self.stack[-1]
            if top.marked is None:
                top.marked = depth > top.depth
            if depth > top.depth or (depth == top.depth and not top.marked):
                return
            top.last = seen
            self.stack.pop()

    def is_telling(self, at: int) -> bool:
        """Whether a line may begin a header at all, or a separator stood above."""
        if at >= MOST_LINES:
            return False
        line = self.bare[at]
        return (
            self.announced is not None
            or ":" in line
            or "：" in line
            or line.startswith(_RULES)
            or True in self.announcing[at : at + ANNOUNCEMENT_LINES]
        )

    def header_at(self, at: int) -> EmbeddedHeader | None:
        if is_separator(self.bare[at]):
            self.announced = EmbeddedKind.FORWARDED if forwards(self.bare[at]) else EmbeddedKind.QUOTED
            return None
        return self.read_header(at) or self.nameless(at)

    def read_header(self, at: int) -> EmbeddedHeader | None:
        line = self.bare[at]
        if (":" in line or "：" in line) and is_header_block(self.bare, at):
            return read_block(self.bare, at, self.latest())
        if "To:" in line and LOTUS_TO.match(line) and is_lotus_block(self.bare, at):
            above = [each for each in self.bare[max(0, at - _LOTUS_LINES) : at] if each and not each.endswith("--")]
            return with_lotus_name(read_block(self.bare, at, self.latest()), above[-2:], self.latest())
        if True in self.announcing[at : at + ANNOUNCEMENT_LINES] and (taken := announcement(self.bare, at)):
            return read_announcement(" ".join(self.bare[at : at + taken]), taken, self.latest())
        return None

    def nameless(self, at: int) -> EmbeddedHeader | None:
        """A separator that no header follows: whose mail it is, is not told."""
        if self.announced is None or not self.bare[at] or self.bare[at].endswith("--"):
            return None
        near = range(at, min(at + _HEADER_WITHIN, len(self.bare)))
        return None if any(self.read_header(number) for number in near) else EmbeddedHeader(0)

    def kind_of(self, header: EmbeddedHeader) -> EmbeddedKind:
        """As a separator says; else a bare header block was forwarded where the mail around it is a forward."""
        around = self.stack[-1].header.subject if self.stack else self.subject
        forwarded = header.subject and FORWARD_SUBJECT.match(around)
        return self.announced or (EmbeddedKind.FORWARDED if forwarded else EmbeddedKind.QUOTED)

    def latest(self) -> datetime | None:
        """The bound on what is written here: the mail around it, in the zone of the message that carries all."""
        known = [each.header.sent_at for each in self.stack if each.header.sent_at]
        if not known or self.sent is None:
            return self.sent
        return known[-1].astimezone(self.sent.tzinfo)


def _depth(line: str) -> int:
    if line[0] not in _MARKS:
        return 0
    return line[: len(line) - len(line.lstrip(_MARKS))].count(">")


def _line_starts(lines: list[str]) -> list[int]:
    starts, offset = [], 0
    for line in lines:
        starts.append(offset)
        offset += len(line) + 1
    return starts


def _message(found: _Open, lines: list[str], starts: list[int]) -> EmbeddedMessage:
    header, first = found.header, found.first
    start = end = 0
    if found.last >= first:
        while not lines[first].strip(_MARKS) and first < found.last:
            first += 1
        start, end = starts[first], starts[found.last] + len(lines[found.last])
    return EmbeddedMessage(
        found.kind,
        header.sender,
        header.sent_at,
        header.sent,
        " ".join(header.to.split()),
        " ".join(header.subject.split()),
        "",
        start,
        end,
    )

"""New text cut at its marks, so that a page can show which words a statement rests on."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reports.document import Mark, MessageLine

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text under the same marks throughout; `ends` are the letters of marks that end with it."""

    text: str
    marked: bool
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetteredMark:
    """A mark with the letter that it has in its message."""

    letter: str
    mark: Mark


def visible(text: str) -> str:
    """Replace what a reader cannot see, or what turns the order of letters round, by U+FFFD, one for one."""
    return _INVISIBLE.sub("\N{REPLACEMENT CHARACTER}", text)


def lettered(message: MessageLine) -> tuple[LetteredMark, ...]:
    """Give the marks of a message their letters, a, b, ... z, aa, ab ...; what is said for several asks, one."""
    said = {(mark.start, mark.end, mark.label, mark.rule): mark for mark in reversed(message.marks)}
    first = [mark for mark in message.marks if said[mark.start, mark.end, mark.label, mark.rule] is mark]
    return tuple(LetteredMark(_letter(number), mark) for number, mark in enumerate(first))


def segments(message: MessageLine) -> tuple[Segment, ...]:
    """Cut a message's text wherever a mark begins or ends."""
    return tuple(_segments(message.text, lettered(message)))


def _segments(text: str, marks: tuple[LetteredMark, ...]) -> Iterator[Segment]:
    placed = [(each.mark.start, each.mark.end, each.letter) for each in marks if each.mark.end is not None]
    spans = [(start or 0, min(end or 0, len(text)), letter) for start, end, letter in placed]
    cuts = sorted({0, len(text), *(cut for start, end, _ in spans for cut in (start, end))})
    for start, end in itertools.pairwise(cuts):
        ends = tuple(letter for _, stop, letter in spans if stop == end)
        marked = any(first <= start and end <= stop for first, stop, _ in spans)
        yield Segment(text[start:end], marked, ends)


def _letter(number: int) -> str:
    later, place = divmod(number, 26)
    return (_letter(later - 1) if later else "") + "abcdefghijklmnopqrstuvwxyz"[place]

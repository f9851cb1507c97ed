"""Sentences of an e-mail: wrapped lines are joined; lists, code and links are kept apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.language.line_kinds import BULLET, LineKind, line_kind
from analysis.language.pattern_files import word_list

_SHORT_LINE = 45
_LONGEST_SENTENCE = 1500
_BREAK = re.compile(r"(?<![.!?…])[.!?…]{1,20}[\"'”’)\]]{0,3}(?=\s)|[。！？]|\?(?=[A-Z])|[.](?=[A-Z][a-z]+ )")
_ENDS = re.compile(r"[.!?:;][\"'”’)\]]*$")
_GREETING_LINE = re.compile(r"[ \t]*(?:[A-Za-z]+[ \t]+){0,4}[\w.'’-]+[ \t]*[,:;!–—-]+[ \t]*$")
_DAY_BEFORE = re.compile(r"(?<!\w)\d{1,2}$")
_MONTH_AFTER = re.compile(r"[ ](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
_WORD_BEFORE = re.compile(r"([\w.&'’-]+)[.]$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as half-open offsets into the new text.

    Attributes:
        start, end: without surrounding white space and list marker.
        block: number of the paragraph, from 0.
        bullet: the sentence stands in a list.
        verbatim: code, log, table or link: counted, not read.
    """

    start: int
    end: int
    block: int
    bullet: bool = False
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    kind: LineKind


@dataclass(slots=True)
class _Run:
    """Lines that belong to one paragraph or list item."""

    start: int
    end: int
    kind: LineKind
    block: int


def split_sentences(text: str) -> list[Sentence]:
    """Sentences of `text` in order; they do not overlap and leave out only white space and list markers."""
    found: list[Sentence] = []
    for run in _runs(text):
        if run.kind is LineKind.VERBATIM:
            found.append(Sentence(run.start, run.end, run.block, verbatim=True))
        else:
            found.extend(_sentences(text, run))
    return found


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for line in text.split("\n"):
        yield _Line(start, start + len(line), line, line_kind(line.rstrip("\r")))
        start += len(line) + 1


def _runs(text: str) -> Iterator[_Run]:
    """Group lines: a hard-wrapped paragraph is one run, each list item is one, each verbatim line is one."""
    run: _Run | None = None
    before: _Line | None = None
    block = 0
    widest = max((len(line) for line in text.split("\n")), default=0)
    for line in _lines(text):
        if run and before and _continues(before, line, run.kind, widest):
            run.end = line.end
        else:
            if run:
                yield run
            block += line.kind is LineKind.BLANK
            run = None if line.kind is LineKind.BLANK else _Run(line.start, line.end, line.kind, block)
        before = line
    if run:
        yield run


def _continues(before: _Line, line: _Line, kind: LineKind, widest: int) -> bool:
    """Whether the line break between two lines is only a wrap."""
    if kind is LineKind.VERBATIM or line.kind is not LineKind.PROSE:
        return False
    first = line.text.lstrip()[:1]
    if first.islower():
        return not _GREETING_LINE.fullmatch(before.text)
    width = len(before.text.rstrip())
    wrapped = width >= _SHORT_LINE and width + len(line.text.split(maxsplit=1)[0]) + 1 >= min(widest, 60)
    return wrapped or (kind is LineKind.BULLET and line.text[:2].isspace() and not _ENDS.search(before.text))


def _sentences(text: str, run: _Run) -> Iterator[Sentence]:
    marker = BULLET.match(text, run.start, run.end) if run.kind is LineKind.BULLET else None
    start = marker.end() if marker else run.start
    for end in (*_breaks(text, start, run.end), run.end):
        sentence = _trimmed(text, start, min(end, start + _LONGEST_SENTENCE), run)
        if sentence:
            yield sentence
        start = end


def _breaks(text: str, start: int, end: int) -> Iterator[int]:
    for match in _BREAK.finditer(text, start, end):
        if match.end() < end and not _is_inner(text, start, match):
            start = match.end()
            yield match.end()


def _is_inner(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a full stop ends no sentence: abbreviations, initials, an ellipsis or "e.g." before a small letter."""
    mark = match.group()
    if "?" in mark or "!" in mark or mark in "。！？":
        return False
    following = text[match.end() : match.end() + 40].lstrip(" \t\"'“‘([")[:1]
    if following.islower():
        return True
    if _DAY_BEFORE.search(text, start, match.start()) and _MONTH_AFTER.match(text, match.end()):
        return True
    word = _WORD_BEFORE.search(text[max(start, match.start() - 20) : match.start() + 1])
    return bool(word) and _is_abbreviation(word.group(1)) if word else False


def _is_abbreviation(word: str) -> bool:
    return word.lower() in word_list("names", "abbreviations") or (len(word) == 1 and word.isupper() and word != "I")


def _trimmed(text: str, start: int, end: int, run: _Run) -> Sentence | None:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    body = piece.strip()
    if not any(char.isalnum() for char in body):
        return None
    return Sentence(start + lead, start + lead + len(body), run.block, run.kind is LineKind.BULLET)

"""Where a message's own words end: signature blocks, device lines, disclaimers and warning banners."""

import re
from dataclasses import dataclass

from ingest.words.closing_patterns import (
    ATTACHED_LINE,
    CONTACT,
    DELIMITER,
    DEVICE_CHARS,
    DEVICE_LINE,
    DRAWN,
    EXTENSION,
    NAME_LINE,
    RULED,
    SENTENCE_LIKE,
    SIGN_OFF,
    TITLE_LINE,
)
from ingest.words.disclaimer_patterns import BANNER, DISCLAIMS, HEADING, STEMS
from ingest.words.quote_patterns import SEPARATOR
from models.records import NamedAddress

_NOBODY = NamedAddress("")
_SIGNATURE_LINES = 12
_CONTACT_LINES = 10
_CONTACT_CHARS = 90
_DISCLAIMER_LINES = 60
_DISCLAIMER_CHARS = 4000
_BANNER_LINES = 4
_NAME_WORDS = 5
_ENCLOSED_CHARS = 60
_GAP_LINES = 4
DELIMITED = "-- "
_DRAWING = frozenset("-—–_~*=+.")
_RULE = re.compile(r"^\s{0,10}[*_=~-]{5,200}\s{0,10}$")
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Ends:
    """Which of a message's own lines (by their place in the list given) are its words.

    Attributes:
        begin, end: half-open range of the words.
        disclaimer: where a disclaimer begins, `end` or later; the length of the list where there is none.
    """

    begin: int
    end: int
    disclaimer: int


def find_ends(lines: list[str], writer: NamedAddress = _NOBODY) -> Ends:
    """Cut from the end: disclaimer, signature behind a delimiter, device line, contact block; and a banner on top."""
    disclaimer = disclaimer_start(lines)
    end = _delimited_end(lines, disclaimer, writer)
    end = _without_attached_names(lines, _without_devices(lines, end))
    end = _without_contacts(lines, end, writer)
    end = _without_devices(lines, end)
    return Ends(min(_banner_end(lines), end), end, disclaimer)


def _filled(lines: list[str], begin: int, end: int) -> list[int]:
    return [number for number in range(begin, end) if lines[number].strip()]


def disclaimer_start(lines: list[str]) -> int:
    """Where the disclaimer at the end begins, with the rule drawn above it; the number of lines where there is none."""
    begin = max(0, len(lines) - _DISCLAIMER_LINES)
    for number in range(begin, len(lines)):
        line = lines[number].strip()[:200]
        if DISCLAIMS.match(line) and (HEADING.match(line) or _confirmed(lines[number:])):
            return _with_rule_above(lines, number)
    return len(lines)


def appended_disclaimer(lines: list[str]) -> int:
    """Where a disclaimer begins that a gateway put below everything, quotes too, several empty lines away."""
    start = disclaimer_start(lines)
    while start < len(lines):
        gap = lines[max(0, start - _GAP_LINES) : start]
        if len(gap) == _GAP_LINES and not any(line.strip() for line in gap):
            return len(lines) if any(SEPARATOR.match(line[:200]) for line in lines[start:]) else start
        start = next(
            (number for number in range(start + 1, len(lines)) if DISCLAIMS.match(lines[number][:200])), len(lines)
        )
    return start


def _confirmed(lines: list[str]) -> bool:
    """Whether the words below are those of a disclaimer: two of them, since one may be prose."""
    return _stems(" ".join(lines)[:_DISCLAIMER_CHARS]) > 1


def _stems(text: str) -> int:
    folded = text.lower()
    return sum([stem in folded for stem in STEMS])


def _with_rule_above(lines: list[str], number: int) -> int:
    above = next((each for each in range(number - 1, max(-1, number - 4), -1) if lines[each].strip()), None)
    return above if above is not None and _RULE.match(lines[above]) else number


def _delimited_end(lines: list[str], end: int, writer: NamedAddress) -> int:
    """The first delimiter line that no more than a signature follows; "-- " (RFC 3676, 4.3) always counts."""
    if DELIMITED in lines and (standard := lines.index(DELIMITED)) < end:
        return standard
    # counted only near the end: a text of nothing but rules would take quadratic time
    for number in range(max(0, end - 2 * _SIGNATURE_LINES), end):
        line = lines[number]
        if line.lstrip()[:1] not in _DRAWING:
            continue
        if DELIMITER.match(line) or RULED.match(line):
            if 0 < len(_filled(lines, number + 1, end)) <= _SIGNATURE_LINES:
                return number
        elif DRAWN.match(line) and _is_contact_block(lines, _filled(lines, number + 1, end), writer):
            return number
    return end


def _without_devices(lines: list[str], end: int) -> int:
    """Device lines ("Sent from my ...") that end a message, and all below the first that is a paragraph of its own."""
    filled = _filled(lines, max(0, end - 40), end)
    for number in filled[1:]:
        alone = not lines[number - 1].strip() and (number + 1 >= end or not lines[number + 1].strip())
        if alone and is_device_line(lines[number]):
            return number
    while filled and is_device_line(lines[filled[-1]]):
        end = filled.pop()
    return end


def _without_attached_names(lines: list[str], end: int) -> int:
    """Names of attached files at the very end; a list that a sentence announces stays."""
    filled = _filled(lines, max(0, end - 30), end)
    begin = end
    for number in reversed(filled):
        if ATTACHED_LINE.match(lines[number]):
            begin = number
        elif lines[number].startswith("  ") and len(lines[number]) <= _ENCLOSED_CHARS:
            continue
        elif begin < end:
            return end if lines[number].rstrip().endswith(":") else begin
        else:
            return end
    return end


def is_device_line(line: str) -> bool:
    """Whether a whole line only says from which device or program the message was sent."""
    text = line.strip()
    return len(text) <= DEVICE_CHARS and bool(DEVICE_LINE.match(text)) and not SENTENCE_LIKE.search(text)


def _without_contacts(lines: list[str], end: int, writer: NamedAddress) -> int:
    """Titles, companies and numbers below the writer's name; a greeting and the name below it stay with the words."""
    filled = _filled(lines, max(0, end - 30), end)[-_CONTACT_LINES - 2 :]
    for place, number in enumerate(filled):
        rest = filled[place + 1 :]
        if SIGN_OFF.match(lines[number]) and _is_block(lines, rest):
            named = bool(rest) and bool(NAME_LINE.match(lines[rest[0]].strip()))
            return rest[1] if named and len(rest) > 1 else (end if named or not rest else rest[0])
    return _unannounced_contacts(lines, filled, end, writer)


def _unannounced_contacts(lines: list[str], filled: list[int], end: int, writer: NamedAddress) -> int:
    """A block at the end that begins, below an empty line, with a name, and says how or where to find its bearer.

    The writer's own name may stand a paragraph above the telephone numbers; another's only in the last paragraph.
    """
    begins = [place for place in range(1, len(filled)) if filled[place] - filled[place - 1] > 1] or [0]
    for place in begins:
        block = filled[place:]
        near = place == begins[-1] or (bool(block) and _names(lines[block[0]], writer))
        if near and _is_contact_block(lines, block, writer):
            return block[0] if place else block[1]
    extended = len(filled) > 1 and EXTENSION.match(lines[filled[-1]]) and _names(lines[filled[-2]], writer)
    return filled[-1] if extended else end


def _is_contact_block(lines: list[str], block: list[int], writer: NamedAddress) -> bool:
    """Whether lines are a signature: a name, then a telephone number or address, or titles below the writer's name."""
    if len(block) < 2 or not NAME_LINE.match(lines[block[0]].strip()) or not _is_block(lines, block):  # noqa: PLR2004
        return False
    if any(CONTACT.search(lines[number]) for number in block[1:]):
        return True
    return _names(lines[block[0]], writer) and all(TITLE_LINE.match(lines[number].strip()) for number in block[1:])


def _names(line: str, writer: NamedAddress) -> bool:
    """Whether a short line is the writer's name, as far as the header tells it."""
    words = [word.lower() for word in _WORD.findall(line[:_CONTACT_CHARS])]
    known = f"{writer.display_name} {writer.address.partition('@')[0]}".lower()
    return 0 < len(words) <= _NAME_WORDS and words[-1] in known


def _is_block(lines: list[str], numbers: list[int]) -> bool:
    texts = [lines[number].strip() for number in numbers]
    return len(texts) <= _CONTACT_LINES and all(
        len(text) <= _CONTACT_CHARS and not text.endswith("?") for text in texts
    )


def _banner_end(lines: list[str]) -> int:
    """Where the words begin below a warning that a gateway put on top."""
    filled = _filled(lines, 0, min(len(lines), 8))
    if not filled or not BANNER.match(" ".join(lines[number] for number in filled[:2])[:300]):
        return 0
    end = filled[0]
    while end < min(len(lines), filled[0] + _BANNER_LINES) and lines[end].strip():
        end += 1
    return end

"""Where a message's own words end: signature blocks, device lines, disclaimers, lists' footers, warning banners."""

from dataclasses import dataclass

from ingest.closing_patterns import (
    ATTACHED_LINE,
    BANNER,
    CONTACT,
    DELIMITER,
    DEVICE_CHARS,
    DEVICE_LINE,
    DISCLAIMER_WORD,
    DISCLAIMS,
    NAME_LINE,
    RULED,
    SENTENCE_LIKE,
    SIGN_OFF,
)

_SIGNATURE_LINES = 12
_CONTACT_LINES = 10
_CONTACT_CHARS = 90
_DISCLAIMER_LINES = 40
_DISCLAIMER_CHARS = 4000
_BANNER_LINES = 4


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


def find_ends(lines: list[str]) -> Ends:
    """Cut from the end: disclaimer, signature behind a delimiter, device line, contact block; and a banner on top."""
    disclaimer = _disclaimer_start(lines)
    end = _delimited_end(lines, disclaimer)
    end = _without_attached_names(lines, _without_devices(lines, end))
    end = _without_contacts(lines, end)
    end = _without_devices(lines, end)
    return Ends(min(_banner_end(lines), end), end, disclaimer)


def _filled(lines: list[str], begin: int, end: int) -> list[int]:
    return [number for number in range(begin, end) if lines[number].strip()]


def _disclaimer_start(lines: list[str]) -> int:
    for number in range(max(0, len(lines) - _DISCLAIMER_LINES), len(lines)):
        if not DISCLAIMS.match(lines[number].strip()[:200]):
            continue
        paragraph = " ".join(lines[number:])[:_DISCLAIMER_CHARS]
        if len({word.lower() for word in DISCLAIMER_WORD.findall(paragraph)}) >= 2:  # noqa: PLR2004  # one may be prose
            return number
    return len(lines)


def _delimited_end(lines: list[str], end: int) -> int:
    """The first delimiter line that no more than a signature follows; "-- " (RFC 3676, 4.3) always counts."""
    for number, line in enumerate(lines[:end]):
        if line == "-- ":
            return number
        # counted only near the end: a text of nothing but rules would take quadratic time
        near = number >= end - 2 * _SIGNATURE_LINES and bool(DELIMITER.match(line) or RULED.match(line))
        if near and 0 < len(_filled(lines, number + 1, end)) <= _SIGNATURE_LINES:
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
        elif begin < end:
            return end if lines[number].rstrip().endswith(":") else begin
        elif not lines[number].startswith("  "):
            return end
    return end


def is_device_line(line: str) -> bool:
    """Whether a whole line only says from which device or program the message was sent."""
    text = line.strip()
    return len(text) <= DEVICE_CHARS and bool(DEVICE_LINE.match(text)) and not SENTENCE_LIKE.search(text)


def _without_contacts(lines: list[str], end: int) -> int:
    """Titles, companies and numbers below the writer's name; greeting and name stay with the words."""
    filled = _filled(lines, max(0, end - 30), end)[-_CONTACT_LINES - 2 :]
    for place, number in enumerate(filled):
        rest = filled[place + 1 :]
        if SIGN_OFF.match(lines[number]) and _is_block(lines, rest):
            named = bool(rest) and bool(NAME_LINE.match(lines[rest[0]].strip()))
            return rest[1] if named and len(rest) > 1 else (end if named or not rest else rest[0])
    return _unannounced_contacts(lines, filled, end)


def _unannounced_contacts(lines: list[str], filled: list[int], end: int) -> int:
    """A last paragraph that begins with a name and holds a telephone number or address, without a greeting above."""
    block = filled
    for place in range(len(filled) - 1, 0, -1):
        if filled[place] - filled[place - 1] > 1:
            block = filled[place:]
            break
    named = bool(block) and bool(NAME_LINE.match(lines[block[0]].strip())) and _is_block(lines, block)
    reachable = any(CONTACT.search(lines[number]) for number in block[1:])
    return block[1] if named and reachable else end


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

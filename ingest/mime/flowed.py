"""Flowed text (RFC 3676): lines that the sender's program broke are joined again, so that sentences are whole."""

import re

_MARKS = re.compile(r"(?:>[ ]?){0,40}")
_DELIMITER = "-- "


def unflow(text: str, *, delete_space: bool = False) -> str:
    """Join lines that end with a space to the next one of the same quote depth (RFC 3676, 4).

    Quoted lines keep their marks. A signature's delimiter is never joined, and the space that only guards the
    beginning of an unquoted line (4.4) goes.

    Args:
        text: of a part with `format=flowed`, with LF line ends.
        delete_space: `DelSp=yes`: the space at a line's end belongs to the break, not to the words (4.5).
    """
    if " \n" not in text:
        return text
    joined: list[str] = []
    pieces: list[str] = []
    marks, depth = "", -1
    for line in text.split("\n"):
        found, words = _apart(line)
        if not pieces or found.count(">") != depth or words == _DELIMITER:
            _close(joined, marks, pieces)
            marks, depth = found, found.count(">")
        soft = words.endswith(" ") and words != _DELIMITER
        pieces.append(words[:-1] if soft and delete_space else words)
        if not soft:
            _close(joined, marks, pieces)
    _close(joined, marks, pieces)
    return "\n".join(joined)


def _apart(line: str) -> tuple[str, str]:
    """A line's quote marks and its words."""
    if not line.startswith(">"):
        return "", line.removeprefix(" ")
    match = _MARKS.match(line)
    marks = match[0] if match else ""
    return marks, line[len(marks) :]


def _close(joined: list[str], marks: str, pieces: list[str]) -> None:
    if pieces:
        joined.append(marks + "".join(pieces))
        pieces.clear()

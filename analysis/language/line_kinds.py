"""What a line of an e-mail is: prose, a bullet, or something that is no sentence at all (code, log, table, link)."""

import re
from enum import StrEnum


class LineKind(StrEnum):
    """Kinds of lines, as sentence segmentation needs them."""

    BLANK = "blank"
    PROSE = "prose"
    BULLET = "bullet"
    VERBATIM = "verbatim"


BULLET = re.compile(r"[ \t]*(?:[-*•·o▪–]|\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-z])[.)]|\(?[A-Z]\))[ \t]+(?=\S)")
"""A list marker with the white space around it."""

_URL_ONLY = re.compile(r"[ \t]*[<\[(]?(?:https?://|www\.|mailto:)\S+[ \t]*")
_DIFF = re.compile(r"(?:diff --git |index [0-9a-f]{7,}|@@ |[-+]{3} [ab/]|\+(?=[ \t#\w{}]))")
_RULER = re.compile(r"[ \t]*([-=_*~#.+|])(?:[ \t]*\1){3,}[ \t]*")
_LOG = re.compile(
    r"[ \t]*(?:\[\s*\d+\.\d+\]|\d{4}-\d\d-\d\d[T ]\d\d:\d\d|[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d "
    r"|\d\d:\d\d:\d\d[.,]\d|Traceback |File \"|at [\w.$]+\([\w.]+:\d+\)|(?:root|\w+)@[\w-]+[:~]|[$#>]{1,3} \w)"
)
_TRAILER = re.compile(
    r"(?:Signed-off-by|Reviewed-by|Tested-by|Acked-by|Reported-by|Change-Id|Fixes): "
    r"|(?:From|Sent|To|Cc|Bcc|Subject|Date|Received): |Please respond to \S+@|\S+@\S+ on \d",
    re.IGNORECASE,
)
_CODE_END = re.compile(r"[;{}\\|]\s*$")
_CODE_MARK = re.compile(r"\$\{|->\w|\w\(\)\s*[;{]|^\s*(?:#include|#define|return\b.*;)|=\s*<|\w::\w")
_WORD = re.compile(r"[A-Za-z][a-z']+|[AI]\b")
_MANY_GAPS = re.compile(r"\S(?: {3,}|\t+)\S")


def line_kind(line: str) -> LineKind:
    """Say what one line is, without its line end."""
    if not line.strip():
        return LineKind.BLANK
    if _is_verbatim(line):
        return LineKind.VERBATIM
    return LineKind.BULLET if BULLET.match(line) else LineKind.PROSE


def _is_verbatim(line: str) -> bool:
    return bool(
        _URL_ONLY.fullmatch(line)
        or _RULER.fullmatch(line)
        or _DIFF.match(line)
        or _LOG.match(line)
        or _TRAILER.match(line)
        or len(_MANY_GAPS.findall(line[:400])) > 1
        or _looks_like_code(line)
    )


def _looks_like_code(line: str) -> bool:
    """Code: few of its characters stand in words, or it ends as a statement does."""
    text = line.strip()[:400]
    if len(text) < 4:  # noqa: PLR2004 - too short to be judged
        return False
    in_words = sum(len(word) for word in _WORD.findall(text))
    share = in_words / (len(text) - text.count(" ") or 1)
    limit = 0.7 if _CODE_END.search(text) or _CODE_MARK.search(text) else 0.35
    return share < limit and not text[0].isdigit() and not text.endswith(("?", "!"))

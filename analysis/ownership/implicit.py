"""Asks without asking words: a patch, a pull request or a trouble report posted to a group waits for somebody.

Only the first message of a thread that went to a list or group is looked at, and only where nothing in it
asks. The confidence is the least that is traced, so that a stricter setting leaves these out.
"""

import re

from models.judgements import AskSpan, Span
from models.records import Message
from models.vocabulary import AskKind

CONFIDENCE = 0.5
PATCH_SUBJECT = re.compile(
    r"\[[^\]]*\b(?:PATCH|RFC|PULL)\b[^\]]*\]|\[[^\]]*\b\d{1,3}/\d{1,3}\]|^\s*\[GIT PULL\]", re.IGNORECASE
)
"""Marked as a patch, or numbered as one of a series ("[dev-6.6 v1 0/2]")."""
PATCH_LINE = re.compile(
    r"^(diff --git |Signed-off-by: |are available in the Git repository at|[ \t]{0,8}git pull )", re.MULTILINE
)
TROUBLE = re.compile(
    r"\b(there (?:appears|seems) to be an? (?:\w+ ){0,2}(?:bug|problem|issue|error)"
    r"|(?:does|is|do|are)(?:n't| not) work(?:ing)?|don[’']t know why"
    r"|(?:cannot|can't|could not|couldn't|unable to|not able to) (?:get|find|build|run|boot|connect|figure)"
    r"|(?:i|we)(?: am|'m| are|'re)? (?:get|getting|see|seeing|have|having|face|facing|encounter|encountered|met|hit) "
    r"(?:an?|the|this|some) (?:\w+ ){0,3}(?:error|problem|issue|failure|crash)s?)\b",
    re.IGNORECASE,
)


def implicit_ask(message: Message) -> AskSpan | None:
    """The ask that posting a patch or a trouble report is, None where the message is neither."""
    if PATCH_SUBJECT.search(message.subject) or PATCH_LINE.search(message.new_text):
        return _span(message.new_text, _first_line(message.new_text), "implicit_patch")
    trouble = TROUBLE.search(message.new_text)
    return _span(message.new_text, _sentence(message.new_text, trouble), "implicit_trouble") if trouble else None


def _span(text: str, extent: tuple[int, int], rule: str) -> AskSpan:
    start, end = extent
    return AskSpan(Span(start, end, text[start:end], rule, CONFIDENCE), AskKind.IMPLICIT)


def _first_line(text: str) -> tuple[int, int]:
    line = re.search(r"\S.*", text)
    return (line.start(), min(line.end(), line.start() + 200)) if line else (0, 0)


def _sentence(text: str, found: re.Match[str]) -> tuple[int, int]:
    starts = [mark.end() for mark in re.finditer(r"[.!?:]\s+|\n\s*\n", text[: found.start()])]
    ending = re.search(r"[.!?](?=\s|$)|\n\s*\n|\Z", text[found.end() :])
    assert ending is not None
    return (starts[-1] if starts else 0), found.end() + ending.start() + len(ending[0].rstrip())

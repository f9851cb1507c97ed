"""Base subjects: a subject without the prefixes and marks that replying, forwarding and lists put around it.

RFC 5256, section 2.1, widened to the reply and forward prefixes of other languages. Deviating from it, a
bracketed mark that holds a digit ("[DEV-2024-013]", "[PATCH 1/3]") stays: it says which matter the mail is
about.
"""

import re
from dataclasses import dataclass

_LONGEST = 1000
_REPLY = (
    "re",  # English, French, Spanish, Portuguese
    "aw|antw|antwort",  # German, Dutch
    "sv|vs|ang",  # Swedish, Danish, Norwegian, Finnish, Icelandic
    "r|rif|réf|res|rép",  # Italian, French, Portuguese
    "odp|atb|vá|bls|ynt",  # Polish, Latvian, Hungarian, Indonesian, Turkish
    "απ|σχετ|отв|ответ",  # Greek, Russian
    "回复|答复|回覆|답장|返信",  # Chinese, Korean, Japanese
)
_FORWARD = (
    "fw|fwd",
    "wg|weitergeleitet|doorst",  # German, Dutch
    "vl|vb",  # Finnish, Swedish
    "i|tr|rv|enc|pd|ilt|i̇lt",  # Italian, French, Spanish, Portuguese, Polish, Turkish
    "πρθ|переслано|转发|轉寄|전달|転送",  # Greek, Russian, Chinese, Korean, Japanese
)
_MARK = re.compile(r"\s*\[[^\[\]]{0,80}\]")
_LEADER = re.compile(
    rf"\s*(?:(?P<reply>{'|'.join(_REPLY)})|{'|'.join(_FORWARD)})"
    r"\s{0,3}(?:\[[^\[\]]{0,80}\]|\(\d{1,3}\)|\^\d{1,3}|\d{1,3})?\s{0,3}[:：]",
    re.IGNORECASE,
)
_TRAILER = re.compile(r"\s*\(fwd\)\s*$", re.IGNORECASE)
_WRAPPED = re.compile(r"\s*\[fwd:(.*)\]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject taken apart.

    Attributes:
        base: what is compared: without leaders, list marks and case; "" where nothing is left.
        shown: what is shown: only the leaders are gone.
        is_reply: a leader says that it answers.
        is_forward: a leader, a trailer or a wrapping says that it passes on.
    """

    base: str
    shown: str
    is_reply: bool
    is_forward: bool


def read_subject(subject: str) -> Subject:
    """Take a decoded subject apart; what is beyond its first thousand characters is not looked at."""
    shown = " ".join(subject[:_LONGEST].split())
    reply = forward = False
    while True:
        if leader := _leader(shown):
            reply, forward = reply or bool(leader["reply"]), forward or not leader["reply"]
            shown = _without(shown, leader)
        elif (shorter := _unwrapped(shown)) != shown:
            forward, shown = True, shorter
        else:
            return Subject(_without_marks(shown).casefold(), shown, reply, forward)


def _unwrapped(text: str) -> str:
    text = _TRAILER.sub("", text)
    wrapped = _WRAPPED.fullmatch(text)
    return wrapped[1].strip() if wrapped else text


def _leader(text: str) -> re.Match[str] | None:
    """Find a leader at the start or behind marks."""
    start = 0
    while mark := _MARK.match(text, start):
        start = mark.end()
    return _LEADER.match(text, start)


def _without(text: str, leader: re.Match[str]) -> str:
    return " ".join((text[: leader.start()] + " " + text[leader.end() :]).split())


def _without_marks(text: str) -> str:
    """Drop leading marks without a digit, unless nothing else is there (RFC 5256, 2.1, step 4)."""
    while mark := _MARK.match(text):
        rest = text[mark.end() :].strip()
        if not rest or any(character.isdigit() for character in mark[0]):
            break
        text = rest
    return text

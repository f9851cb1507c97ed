"""When one ask says again what another said: a rule on the words that are left without asking, courtesy and dates."""

import re
from functools import cache
from importlib.resources import files

WORD = re.compile(r"[^\W\d_][\w'-]*|\d[\w./-]*")

OVERLAP = 0.6
"""Share of the shorter ask's own words that the other must hold for the two to be the same ask."""


@cache
def asking_words() -> frozenset[str]:
    """The words that people ask with rather than about, from the table beside this module."""
    text = files("analysis.ownership").joinpath("asking_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def own_words(text: str) -> frozenset[str]:
    """The words of an ask that say what it is about, in lower case and without a plural's s."""
    words = (word.lower().rstrip(".'-") for word in WORD.findall(text))
    return frozenset(_singular(word) for word in words if word not in asking_words() and len(word) > 1)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word  # noqa: PLR2004 - "as", "is"


def adds_nothing(text: str, earlier: frozenset[str]) -> bool:
    """Whether every own word of `text` stands in `earlier` already; true for words that only ask."""
    return own_words(text) <= earlier


def same_ask(one: str, other: str) -> bool:
    """Whether two asks share most of what they are about; two that are about nothing of their own do not."""
    first, second = own_words(one), own_words(other)
    shorter = min(len(first), len(second))
    return shorter > 0 and len(first & second) >= OVERLAP * shorter

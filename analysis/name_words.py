"""The words of a person's name: titles, particles, short forms, and spellings that are the same.

The lists stand in `names.yaml` beside this module.
"""

import re
import unicodedata
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

_BREAKS = re.compile(r"[^\w']+|_")
_EXPANSIONS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe"})
_PLAIN = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i"}
)
_EXPANDED_VOWEL = re.compile(r"(?<=[^aeiou])([aou])e(?=[^aeiou])")
_SHORTEST_COLLAPSED = 5
_FULL_NAME = 2


@cache
def _lists() -> dict[str, Any]:
    text = files("analysis").joinpath("names.yaml").read_text(encoding="utf-8")
    lists: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return lists


@cache
def titles() -> frozenset[str]:
    """Words that stand before a surname ("dr", "frau")."""
    return frozenset(_lists()["titles"])


@cache
def _dropped() -> frozenset[str]:
    return titles() | frozenset(_lists()["suffixes"])


@cache
def particles() -> frozenset[str]:
    """Words that belong to a surname and are often left out ("van", "de")."""
    return frozenset(_lists()["particles"])


@cache
def _formal() -> dict[str, frozenset[str]]:
    """Short form to the given names that it stands for."""
    formal: defaultdict[str, set[str]] = defaultdict(set)
    for given, short_forms in _lists()["nicknames"].items():
        for short in short_forms:
            formal[str(short)].add(str(given))
    return {short: frozenset(names) for short, names in formal.items()}


@lru_cache(maxsize=65536)
def name_words(name: str) -> tuple[str, ...]:
    """Split a name in reading order into words, in lower case, without titles and suffixes."""
    words = (word.strip("'") for word in _BREAKS.split(name.lower()))
    return tuple(word for word in words if word and word not in _dropped())


@lru_cache(maxsize=65536)
def plain(word: str) -> str:
    """Write a word without diacritics: "Müller" -> "muller"."""
    decomposed = unicodedata.normalize("NFKD", word.lower().translate(_PLAIN))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


@lru_cache(maxsize=65536)
def spellings(word: str) -> frozenset[str]:
    """Give a word's spellings without diacritics: "Müller" -> {"muller", "mueller"}."""
    return frozenset({plain(word), plain(word.lower().translate(_EXPANSIONS))})


@lru_cache(maxsize=65536)
def collapsed(word: str) -> str:
    """Undo an expansion, so that "mueller" meets "muller"; short words ("joel") stay."""
    bare = plain(word.lower().translate(_EXPANSIONS))
    return _EXPANDED_VOWEL.sub(r"\1", bare) if len(bare) >= _SHORTEST_COLLAPSED else bare


@lru_cache(maxsize=65536)
def given_names(word: str) -> frozenset[str]:
    """Give the given names that a word may stand for, itself among them: "bob" -> {"bob", "robert"}."""
    return frozenset().union(*(_formal().get(spelling, ()) for spelling in spellings(word)), spellings(word))


@lru_cache(maxsize=65536)
def name_key(name: str) -> tuple[str, ...]:
    """Give what is the same for one name however it is written; () where it does not tell people apart.

    Two words of two letters or more are needed. Their order and diacritics do not count.
    """
    words = name_words(name)
    telling = [word for word in words if len(word) > 1]
    return tuple(sorted(plain(word) for word in words)) if len(telling) >= _FULL_NAME else ()

"""Rules as data: reads `patterns/*.yaml` and compiles their phrase notation.

The notation is one phrase a line, words as the tokenizer splits them (`do not` matches "don't", `we will` "we'll"):

    word        the word's normal form        word|other   either        word?     may be missing
    {list}      any word of a named list      ...          up to three words in between
    /regex/     normal form matches           <name>       a capitalised word that can be a name
    ^ (first)   only where the sentence opens              $ (last)      only at its end
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from ruamel.yaml import YAML

RULE_FILES = ("asks", "cues")
"""Pattern files that hold phrase rules; ids are unique across them."""


_NAME = "<name>"


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a phrase: a gap, or normal forms, a pattern over them, a name; perhaps optional."""

    words: frozenset[str] = frozenset()
    pattern: re.Pattern[str] | None = None
    name: bool = False
    gap: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """One compiled phrase and where in the sentence it may stand."""

    elements: tuple[Element, ...]
    opens: bool = False
    closes: bool = False


@dataclass(frozen=True, slots=True)
class PhraseRule:
    """One rule of a pattern file.

    Attributes:
        id: unique name, stands in findings.
        label: what the rule marks ("ask", "thanks", "commitment", ...).
        kind: value of `AskKind` for asks, of `NamedCue.kind` for cues, "" otherwise.
        confidence: measured share of right hits, in [0, 1].
        flags: further properties ("weak", "chaser", "expectation").
        phrases: any of them fires the rule.
    """

    id: str
    label: str
    kind: str
    confidence: float
    phrases: tuple[Phrase, ...]
    flags: frozenset[str] = field(default_factory=frozenset)


def compile_phrase(text: str, lists: Mapping[str, Iterable[str]]) -> Phrase:
    """Compile one phrase of the notation in this module's docstring.

    Raises:
        KeyError: a named list does not exist.
    """
    words = text.split()
    opens, closes = words[0] == "^", words[-1] == "$"
    inner = words[int(opens) : len(words) - int(closes)]
    return Phrase(tuple(_element(word, lists) for word in inner), opens, closes)


def _element(word: str, lists: Mapping[str, Iterable[str]]) -> Element:
    if word == "...":
        return Element(gap=True)
    optional = len(word) > 1 and word.endswith("?")
    word = word[:-1] if optional else word
    if len(word) > 1 and word.startswith("/"):
        return Element(pattern=re.compile(word[1:-1]), optional=optional)
    words = frozenset(_choices(word, lists))
    return Element(words - {_NAME}, name=_NAME in words, optional=optional)


def _choices(word: str, lists: Mapping[str, Iterable[str]]) -> Iterable[str]:
    for part in word.split("|"):
        yield from lists[part.strip("{}")] if part.startswith("{") else (part,)


@cache
def load_pattern_file(name: str) -> Any:
    """The parsed YAML document `patterns/<name>.yaml`."""
    source = resources.files(__package__).joinpath("patterns", f"{name}.yaml")
    return YAML(typ="safe", pure=True).load(source.read_text(encoding="utf-8"))


@cache
def load_rules(name: str) -> tuple[PhraseRule, ...]:
    """The phrase rules of `patterns/<name>.yaml`, in file order."""
    document = load_pattern_file(name)
    lists = {key: tuple(map(str, words)) for key, words in document.get("lists", {}).items()}
    return tuple(_rule(entry, lists) for entry in document["rules"])


@cache
def _rules_by_id() -> dict[str, PhraseRule]:
    return {rule.id: rule for name in RULE_FILES for rule in load_rules(name)}


def rule_by_id(rule: str) -> PhraseRule:
    """The phrase rule with this id."""
    return _rules_by_id()[rule]


def _rule(entry: Mapping[str, Any], lists: Mapping[str, tuple[str, ...]]) -> PhraseRule:
    return PhraseRule(
        id=entry["id"],
        label=entry["label"],
        kind=entry.get("kind", ""),
        confidence=float(entry.get("confidence", 0.9)),
        phrases=tuple(compile_phrase(str(phrase), lists) for phrase in entry["phrases"]),
        flags=frozenset(entry.get("flags", ())),
    )


@cache
def word_list(file: str, name: str) -> frozenset[str]:
    """A named list of words of a pattern file."""
    return frozenset(str(word) for word in load_pattern_file(file)["lists"][name])

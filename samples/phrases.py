"""The banks of phrases: text files with sections, dealt like cards so that the same phrase is long in coming back."""

import random
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar

Card = TypeVar("Card")
_FOLDER = Path(__file__).parent / "phrases"
_KINDS = {"Q": "question", "R": "request", "V": "review", "A": "approval", "P": "proposal", "K": "request"}
_WORD = re.compile(r"[a-z0-9]{3,}")
_EMPTY = frozenset(
    [
        "the",
        "and",
        "you",
        "can",
        "are",
        "our",
        "was",
        "for",
        "has",
        "any",
        "not",
        "its",
        "but",
        "out",
        "may",
        "who",
        "how",
        "why",
        "did",
        "all",
        "one",
        "two",
        "been",
        "had",
        "into",
        "please",
        "could",
        "your",
        "have",
        "this",
        "that",
        "with",
        "from",
        "what",
        "when",
        "would",
        "send",
        "need",
        "will",
        "they",
        "them",
        "there",
        "been",
        "should",
        "kindly",
        "give",
        "tell",
        "which",
        "also",
        "attached",
        "does",
        "know",
        "until",
        "side",
        "more",
        "than",
        "only",
    ]
)


@dataclass(frozen=True)
class Exchange:
    """What one side asks the other on a topic, and what may come back.

    Attributes:
        topic: name as in the product's topics.
        opener: `client`, `cmo` or `internal`.
        name: tells exchanges of a topic apart.
        subjects, opens: templates of the opening message.
        asks: pairs of kind and sentence.
        answers: templates of substantive answers.
        queries: pairs of a question back and the asker's reply to it.
    """

    topic: str
    opener: str
    name: str
    subjects: tuple[str, ...]
    opens: tuple[str, ...]
    asks: tuple[tuple[str, str], ...]
    answers: tuple[str, ...]
    queries: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        """Tells the exchange from every other."""
        return f"{self.topic} {self.opener} {self.name}"

    @property
    def expectation(self) -> bool:
        """Whether it asks what to expect and what comes next."""
        return self.name in {"launch", "steps"}

    @property
    def binding(self) -> bool:
        """Whether silence on it has a contractual effect."""
        return (self.topic, self.name) == ("purchase_order", "order")


@dataclass
class Deck:
    """Cards dealt in random order; the pile is shuffled anew only when it is used up."""

    rng: random.Random
    piles: dict[tuple[str, int], list[int]] = field(default_factory=dict)

    def deal(self, key: str, cards: tuple[Card, ...]) -> Card:
        """Deal the next card of the pile `key`; one key may serve several piles of different sizes."""
        pile = self.piles.get((key, len(cards))) or []
        if not pile:
            pile = list(range(len(cards)))
            self.rng.shuffle(pile)
            self.piles[key, len(cards)] = pile
        return cards[pile.pop()]


def sections(text: str) -> dict[str, tuple[str, ...]]:
    """Split a text of `[name]` headings into their lines."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("[") and line.endswith("]"):
            name = line[1:-1]
        else:
            found.setdefault(name, []).append(line)
    return {key: tuple(lines) for key, lines in found.items()}


@cache
def bank(name: str) -> dict[str, tuple[str, ...]]:
    """Read one file of phrases: `acts`, `chat` or `slots`."""
    return sections((_FOLDER / f"{name}.txt").read_text("utf-8"))


@cache
def exchanges() -> tuple[Exchange, ...]:
    """Read every exchange, in the order of the files' names."""
    files = sorted((_FOLDER / "exchanges").glob("*.txt"))
    return tuple(each for path in files for each in _exchanges(path.read_text("utf-8")))


def in_season(lines: tuple[str, ...], month: int) -> tuple[str, ...]:
    """Keep the lines that fit a month; `@11,12|text` is for November and December only."""
    return tuple(
        line.split("|", 1)[-1] for line in lines if line[0] != "@" or str(month) in line[1:].split("|")[0].split(",")
    )


def kinds(lines: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Split lines of the form `R|sentence` into kind and sentence."""
    return tuple((_KINDS[line[0]], line[2:]) for line in lines)


def pairs(lines: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Split lines of the form `question || reply`."""
    return tuple((left.strip(), right.strip()) for left, right in (line.split("||") for line in lines))


def fitting(ask: str, answers: tuple[str, ...]) -> tuple[str, ...]:
    """Choose the answers that share the most words with an ask, so that what comes back is what was asked for."""
    wanted = _words(ask)
    shared = [len(wanted & _words(answer)) for answer in answers]
    return tuple(answer for answer, count in zip(answers, shared, strict=True) if count >= max(shared))


def _words(text: str) -> set[str]:
    return {word[:6] for word in _WORD.findall(text.lower())} - {word[:6] for word in _EMPTY}


def _exchanges(text: str) -> list[Exchange]:
    return [_exchange(*part.split("\n", 1)) for part in re.split(r"^== ", text, flags=re.MULTILINE)[1:]]


def _exchange(title: str, text: str) -> Exchange:
    topic, opener, name = title.split()
    part = sections(text)
    return Exchange(
        topic,
        opener,
        name,
        part["subject"],
        part["open"],
        kinds(part["ask"]),
        part["answer"],
        pairs(part.get("query", ())),
    )

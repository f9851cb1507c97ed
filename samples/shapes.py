"""The shapes that the life of an ask takes, and how likely each is for one, a few, or many readers.

A shape is a line of acts: `name@low-high?percent`, with the desk hours before the act and how likely it is at all. The
weights make wide mails sink: that is the article's claim, and what the product is to find.
"""

import re
from dataclasses import dataclass

_STEP = re.compile(r"(?P<act>\w+)(?:@(?P<low>[\d.]+)-(?P<high>[\d.]+))?(?:\?(?P<percent>\d+))?")
_COLUMNS = {"named": 0, "plural": 1, "group": 2}


@dataclass(frozen=True)
class Step:
    """One act of a shape."""

    act: str
    low: float
    high: float
    chance: float


@dataclass(frozen=True)
class Shape:
    """The life of an ask: weights for named, plural and group asks, and the acts."""

    name: str
    weights: tuple[int, int, int]
    steps: tuple[Step, ...]


def _shape(name: str, weights: tuple[int, int, int], line: str) -> Shape:
    return Shape(name, weights, tuple(_step(word) for word in line.split()))


def _step(word: str) -> Step:
    match = _STEP.fullmatch(word)
    if match is None:
        raise ValueError(f"{word!r} is no step")
    low, high = float(match["low"] or 0.3), float(match["high"] or 6)
    return Step(match["act"], low, high, int(match["percent"] or 100) / 100)


SHAPES: tuple[Shape, ...] = (
    _shape("prompt", (26, 16, 9), "answer@0.5-8 thanks?50"),
    _shape("next_day", (14, 9, 5), "answer@8-20 thanks?45"),
    _shape("slow", (9, 6, 4), "answer@36-110 thanks?40"),
    _shape("acknowledged", (6, 3, 2), "ack@0.3-4 answer@10-50 thanks?40"),
    _shape("acknowledged_only", (3, 5, 7), "ack@0.3-6 chaser@40-90?30"),
    _shape("chased", (6, 6, 5), "chaser@16-44 answer@1-10 thanks?40"),
    _shape("chased_twice", (3, 4, 4), "chaser@16-40 chaser@10-36 answer@2-14 thanks?30"),
    _shape("stranded", (1, 7, 13), "chaser@14-48 chaser@16-60?55 chaser@20-60?30"),
    _shape("silence", (3, 12, 22), "drift@8-40?4"),
    _shape("promise_kept", (6, 4, 3), "promise@1-8 answer_due thanks?50"),
    _shape("promise_late", (3, 2, 2), "promise@1-9 chaser_overdue?50 answer_overdue thanks?30"),
    _shape("promise_broken", (2, 2, 2), "promise@1-9 chaser_overdue?60"),
    _shape("volunteered", (2, 6, 4), "volunteer@0.5-8 answer@6-44 thanks?45"),
    _shape("volunteered_silent", (1, 2, 2), "volunteer@0.5-9 chaser@40-90?50"),
    _shape("assigned", (4, 6, 5), "assign@0.5-8 answer@5-40 thanks?45"),
    _shape("assigned_silent", (1, 2, 2), "assign@1-9 chaser@30-60?50"),
    _shape("redirected", (3, 2, 0), "decline@1-10 redirect@0.5-6 answer@4-30 thanks?40"),
    _shape("refused", (1, 2, 1), "decline@1-12 chaser@20-60?40"),
    _shape("declined", (2, 2, 1), "refuse@3-30"),
    _shape("withdrawn", (2, 3, 3), "withdraw@2-30"),
    _shape("asked_back", (6, 5, 3), "query@0.5-8 reply@0.5-10 answer@3-30 thanks?45"),
    _shape("waiting", (3, 3, 2), "query@1-10"),
    _shape("elsewhere", (3, 2, 2), "elsewhere@8-40"),
    _shape("out_of_office", (6, 0, 0), "ooo answer@24-70 thanks?40"),
    _shape("out_of_office_lost", (2, 0, 0), "ooo chaser@40-80?60"),
    _shape("handed_on", (1, 3, 3), "handed_on@1-10 answer_colleague@10-40"),
    _shape("handed_on_lost", (1, 2, 4), "handed_on@1-10 chaser@30-70?40"),
    _shape("inside", (7, 4, 5), "inside@0.5-6 claimed@0.5-8 answer@3-26 thanks?40"),
    _shape("inside_lost", (2, 2, 5), "inside@0.5-8 chaser@30-70?35"),
    _shape("corrected", (7, 4, 3), "answer@1-14 correction@0.2-3 thanks?50"),
    _shape("drifted", (3, 2, 1), "answer@1-14 drift@3-30 thanks?50"),
)
"""Every shape, for the dice."""


def weights(addressing: str) -> list[int]:
    """List the shapes' weights for a way of addressing."""
    return [shape.weights[_COLUMNS[addressing]] for shape in SHAPES]

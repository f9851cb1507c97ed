"""Figures: a value with its unit, what it was computed from, and how sure it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from analysis.metrics.proportions import wilson

SHARE = "share"
"""Unit of figures in [0, 1]."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a report.

    Attributes:
        value: None where it is not defined (nothing to compute from) or not reached.
        unit: "share", "business days", "days", "messages", "people".
        n: what it was computed from.
        lower, upper: 95 % interval; None where there is none, or where that bound is not reached.
        too_few: n is too small for a comparison; a report shows it greyed.
    """

    value: float | None
    unit: str
    n: int
    lower: float | None = None
    upper: float | None = None
    too_few: bool = False

    def figures(self) -> Iterator[tuple[str, "Figure"]]:
        """Yield itself, as the one figure of a measure that has one."""
        yield "value", self


class Measured(Protocol):
    """What a measure gives: named figures, and perhaps more."""

    def figures(self) -> Iterator[tuple[str, Figure]]:
        """Yield (name, figure), always the same names in the same order."""


def share(successes: int, n: int, too_few: int) -> Figure:
    """Return a share with its Wilson interval; its value is None where n is 0.

    Args:
        successes: how many of the `n` had it.
        n: size of the group.
        too_few: below this n the figure is marked.

    Raises:
        ValueError: `successes` is not in 0..n.
    """
    bounds = wilson(successes, n)
    if bounds is None:
        return Figure(None, SHARE, 0, too_few=too_few > 0)
    return Figure(successes / n, SHARE, n, *bounds, too_few=n < too_few)


def flatten(measured: Measured) -> Iterator[tuple[str, float | None, int]]:
    """Yield (name, value, n) for every figure and the bounds of its interval."""
    for name, figure in measured.figures():
        yield name, figure.value, figure.n
        yield f"{name}:lower", figure.lower, figure.n
        yield f"{name}:upper", figure.upper, figure.n

"""Answer rate against fan-out: whether an ask to many is an ask to nobody."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.metrics.cohorts import Cohort
from analysis.metrics.figures import SHARE, Figure, share

CLASSES = ((1, 1), (2, 2), (3, 3), (4, 5), (6, 9), (10, 19), (20, None))
"""Fan-out classes: first and last number of people, None for no upper end."""


@dataclass(frozen=True, slots=True)
class FanOutClass:
    """Answer rates of asks that went to a certain number of people.

    Attributes:
        label: "1", "4-5", "20+".
        asks: asks in the class; `inexact` of them with a group of unknown size.
        any_answer: share of asks that somebody of the obliged side answered.
        per_recipient: share of recipients who answered; n is the number of recipients.
        independent: share of asks that would be answered if each recipient answered independently at the rate
            of asks to one person; None in `value` where there are none.
    """

    label: str
    asks: int
    inexact: int
    any_answer: Figure
    per_recipient: Figure
    independent: Figure


@dataclass(frozen=True, slots=True)
class FanOut:
    """Answer rates by fan-out class, smallest first; every class is there, empty ones with n = 0."""

    classes: tuple[FanOutClass, ...]

    def figures(self) -> Iterator[tuple[str, Figure]]:
        """Yield three figures for every class."""
        for each in self.classes:
            yield f"{each.label}:any_answer", each.any_answer
            yield f"{each.label}:per_recipient", each.per_recipient
            yield f"{each.label}:independent", each.independent


def answer_rate_by_fan_out(cohort: Cohort) -> FanOut:
    """Answer rate against fan-out: how often asks are answered, by how many people received them.

    Classes: 1, 2, 3, 4-5, 6-9, 10-19, 20 or more people of the obliged side.

    Formula:
        Over the asks opened in the period whose answer deadline has passed: P(any answer) = asks answered by
        somebody of the obliged side / asks; P(answer per recipient) = people of the obliged side who answered
        / people who received the ask, summed over asks; both with Wilson 95 % intervals. Independence line:
        mean over the class of 1 - (1 - p) ** n, with n the fan-out and p = P(any answer) at n = 1.

    Unit:
        Shares, 0 to 1.

    Edge cases:
        Asks too young for their clock to have run out are left out, answered or not, for the quick answers
        alone would be counted of them; so are asks that wait for the asker and asks without a known
        recipient. No more answers count than there were recipients. A group of unknown size counts as one
        recipient, which overstates the rate per recipient: `inexact` says how many. Recipients of one ask do
        not decide independently, so the interval per recipient is too narrow where the fan-out is large. The
        independence line needs asks to one person.

    Source:
        Wilson 1927. Reference, Enron's internal mail (10,787 thread-starters), per recipient .091 .059 .040
        .020 .014 .011, any answer .091 .107 .108 .077 .081 .107.
    """
    due = cohort.asks[cohort.asks["answer_ran_out"] & (cohort.asks["fan_out"] > 0)]
    alone = due.loc[due["fan_out"] == 1, "answerers"] > 0
    rate = float(alone.mean()) if len(alone) else None
    return FanOut(
        tuple(
            _fan_out_class(label_of(first, last), _within(due, first, last), rate, cohort.terms.too_few)
            for first, last in CLASSES
        )
    )


def label_of(first: int, last: int | None) -> str:
    """Return the label of a class: "1", "4-5", "20+".

    Example:
        >>> [label_of(*each) for each in CLASSES]
        ['1', '2', '3', '4-5', '6-9', '10-19', '20+']
    """
    if last is None:
        return f"{first}+"
    return f"{first}" if first == last else f"{first}-{last}"


def _within(asks: pd.DataFrame, first: int, last: int | None) -> pd.DataFrame:
    return asks[(asks["fan_out"] >= first) & (asks["fan_out"] <= (last or np.inf))]


def _fan_out_class(label: str, asks: pd.DataFrame, rate: float | None, too_few: int) -> FanOutClass:
    recipients = asks["fan_out"].to_numpy()
    answerers = np.minimum(asks["answerers"].to_numpy(), recipients)
    few = len(asks) < too_few
    expected = None if rate is None or not len(asks) else float((1 - (1 - rate) ** recipients).mean())
    people = share(int(answerers.sum()), int(recipients.sum()), 0)
    return FanOutClass(
        label=label,
        asks=len(asks),
        inexact=int((~asks["fan_out_exact"]).sum()),
        any_answer=share(int((answerers > 0).sum()), len(asks), too_few),
        per_recipient=Figure(people.value, SHARE, people.n, people.lower, people.upper, few),
        independent=Figure(expected, SHARE, len(asks), too_few=few),
    )

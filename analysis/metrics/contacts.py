"""Measures of the point of contact: leading contact and effective contacts of the sending side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from analysis.metrics.cohorts import Cohort, Terms
from analysis.metrics.figures import SHARE, Figure

if TYPE_CHECKING:
    import pandas as pd


class BandVerdict(StrEnum):
    """Where the number of effective contacts lies against the target band."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Contacts:
    """Who carries one side of a relationship.

    Attributes:
        people: people of the side who wrote to the other side or answered it.
        leading: Party.id of the leading contact, None where nobody wrote or answered.
        answer_share, message_share: the leading contact's share of first answers and of outgoing messages;
            the value is None where fewer people than the terms ask for share, with n still said.
        effective: effective number of contacts.
        verdict: against the target band `band`: below it a single point of failure, above it no solid point
            person.
    """

    people: int
    leading: str | None
    answer_share: Figure
    message_share: Figure
    effective: Figure
    verdict: BandVerdict | None
    band: tuple[float, float]

    def figures(self) -> Iterator[tuple[str, Figure]]:
        """Yield the shares, the effective number and the number of people."""
        yield "answer_share", self.answer_share
        yield "message_share", self.message_share
        yield "effective", self.effective
        yield "people", Figure(float(self.people), "people", self.people)


def effective_number(counts: Sequence[float]) -> float | None:
    """Effective number: how many equally busy people would spread the work as evenly.

    Formula:
        exp(-sum p_i log p_i), p_i the share of person i: Hill's number of order 1.

    Edge cases:
        Zero counts are ignored; None where nothing is left. Biased downwards where there are few messages a
        person.

    Example:
        >>> effective_number([5, 5]), effective_number([12]), effective_number([])
        (2.0, 1.0, None)

    Source:
        M. O. Hill, Ecology 54 (1973) 427-432.
    """
    numbers = np.array([count for count in counts if count > 0], dtype=np.float64)
    if not numbers.size:
        return None
    # From the counts, so that equal counts give a whole number without rounding noise.
    total = numbers.sum()
    spread = float(np.exp(np.log(total) - (numbers * np.log(numbers)).sum() / total))
    return round(spread, 12)


def contacts(cohort: Cohort) -> Contacts:
    """Point of contact: who leads the sending side, and on how many people it really rests.

    The *leading contact* is the person with the largest mean of two shares: of the side's first answers to
    the other side, and of its messages to the other side. *Effective contacts* is the number of equally
    active people that would spread the messages as evenly.

    Formula:
        Share of first answers = asks of the other side first answered by the person in the period / asks of
        the other side answered in the period; share of outgoing messages = messages the person sent to the
        other side / the side's messages. Effective contacts = exp(-sum p_i log p_i) over the shares of
        messages p_i. Verdict: below, within or above the target band, 1.5 to 4 by default, bounds included.

    Unit:
        Shares, 0 to 1; people.

    Edge cases:
        Role mailboxes and lists are nobody in particular and left out. Where one of the two is empty the
        other alone decides; ties go to more messages, then to the alphabetically first address. Both shares
        are withheld where fewer than five people share: a team that small would be measured person by
        person. Without messages there is no effective number and no verdict. The effective number is biased
        downwards where there are few messages.

    Source:
        Hill 1973.
    """
    sent = _counts(cohort.messages.loc[cohort.messages["sender_is_person"], "sender"])
    answered = _counts(cohort.answers["first_answerer"])
    people = sorted(sent.keys() | answered.keys())
    leading = _leading(people, sent, answered)
    effective = effective_number(list(sent.values()))
    n = sum(sent.values())
    return Contacts(
        people=len(people),
        leading=leading,
        answer_share=_person_share(leading, answered, len(people), cohort.terms),
        message_share=_person_share(leading, sent, len(people), cohort.terms),
        effective=Figure(effective, "people", n, too_few=n < cohort.terms.too_few),
        verdict=None if effective is None else _verdict(effective, cohort.terms.contact_band),
        band=cohort.terms.contact_band,
    )


def _counts(people: "pd.Series[str]") -> dict[str, int]:
    return {str(person): int(count) for person, count in people.value_counts().items()}


def _leading(people: Sequence[str], sent: dict[str, int], answered: dict[str, int]) -> str | None:
    def activity(person: str) -> tuple[float, int]:
        shares = (counts.get(person, 0) / max(1, sum(counts.values())) for counts in (sent, answered))
        return sum(shares), sent.get(person, 0)

    return max(people, key=activity, default=None)


def _person_share(person: str | None, counts: dict[str, int], people: int, terms: Terms) -> Figure:
    n = sum(counts.values())
    few = n < terms.too_few
    if person is None or not n or people < terms.people_for_shares:
        return Figure(None, SHARE, n, too_few=few)
    return Figure(counts.get(person, 0) / n, SHARE, n, too_few=few)


def _verdict(effective: float, band: tuple[float, float]) -> BandVerdict:
    if effective < band[0]:
        return BandVerdict.BELOW
    return BandVerdict.ABOVE if effective > band[1] else BandVerdict.WITHIN

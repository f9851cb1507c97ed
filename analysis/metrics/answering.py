"""Measures of answering: time to acknowledge, time to answer, never answered."""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.metrics.cohorts import Cohort
from analysis.metrics.figures import Figure, share
from analysis.metrics.survival import CurvePoint, Survival, kaplan_meier, restricted_mean

DAYS = "business days"
"""Unit of times to an event: business days of the obliged side."""


@dataclass(frozen=True, slots=True)
class TimeToEvent:
    """A Kaplan-Meier estimate of the time to an acknowledgement or an answer.

    Attributes:
        n: asks; `events` of them had the event, the others are right-censored.
        median: half had it by then; None where not reached.
        restricted_mean: mean time where everything beyond `horizon` counts as `horizon`.
        horizon: business days.
        extended: no ask was watched as long as `horizon`, so the restricted mean is an upper bound.
        within_clock: share that had the event before its clock ran out, of asks whose clock had time to run
            out.
        wall_median: median on the wall clock, in days of 24 hours.
        curve: business days, estimate, 95 % band, number at risk.
    """

    n: int
    events: int
    median: Figure
    restricted_mean: Figure
    horizon: float
    extended: bool
    within_clock: Figure
    wall_median: Figure
    curve: tuple[CurvePoint, ...]

    def figures(self) -> Iterator[tuple[str, Figure]]:
        """Yield the figures; the share that had the event is the last point of the curve."""
        yield "median", self.median
        yield "restricted_mean", self.restricted_mean
        yield "within_clock", self.within_clock
        yield "wall_median", self.wall_median


@dataclass(frozen=True, slots=True)
class _Event:
    """Columns of `ASKS` that tell of one kind of event."""

    at: str
    hours: str
    wall_hours: str
    due: str
    ran_out: str


_ACKNOWLEDGED = _Event("acknowledged_at", "ack_hours", "ack_wall_hours", "ack_due", "ack_ran_out")
_ANSWERED = _Event("answered_at", "answer_hours", "answer_wall_hours", "answer_due", "answer_ran_out")


def time_to_acknowledge(cohort: Cohort) -> TimeToEvent:
    """Time to acknowledge: from the ask to the first message of the obliged side that takes it up.

    A message takes an ask up where it answers, declines, names an owner or a date, or says that it was
    received. Automatic replies and out-of-office messages do not count.

    Formula:
        Kaplan-Meier over the asks opened in the period: S(t) = product over t_i <= t of (1 - d_i / n_i), with
        a 95 % log-log band; median = first t with S(t) <= 1/2; restricted mean = area under S up to the
        longest acknowledgement clock among the clauses that bind the obliged side in every topic, or 30 business
        days;
        within the clock = acknowledged by its deadline / asks old enough that the deadline has passed.

    Unit:
        Business days of the obliged side (business hours / its hours in a day); wall-clock median in days of
        24 hours.

    Edge cases:
        Asks not acknowledged up to the as-of moment are right-censored there, withdrawn ones at the
        withdrawal; none is dropped. An answer acknowledges. The median is "not reached" where S stays above
        1/2. Where nobody was watched up to the horizon the curve is held level and the restricted mean is an
        upper bound. At S = 0 the band has no width. The restricted mean has no interval where nothing varied
        up to the horizon. Business time stands still outside working hours, so an answer in the night takes
        0. The wall clock runs through pauses too.

    Source:
        Kaplan and Meier 1958; log-log band: Kalbfleisch and Prentice 1980; restricted mean: Royston and
        Parmar 2013.
    """
    return _time_to(cohort, _ACKNOWLEDGED, cohort.terms.ack_horizon)


def time_to_answer(cohort: Cohort) -> TimeToEvent:
    """Time to answer: from the ask to the first substantive answer.

    The clock starts at the ask itself, not at a chaser and not at an assignment, and stands still while the
    last word is a question back to the asker. A refusal that says so answers.

    Formula:
        As for the time to acknowledge, with the answer and the answer clock.

    Unit:
        Business days of the obliged side; wall-clock median in days of 24 hours.

    Edge cases:
        As for the time to acknowledge. Asks that wait for the asker are left out of the share within the
        clock, for their clock stands still, and are censored observations in the curve.

    Source:
        As for the time to acknowledge.
    """
    return _time_to(cohort, _ANSWERED, cohort.terms.answer_horizon)


def never_answered(cohort: Cohort) -> Figure:
    """Never answered: open asks older than their answer clock, as a share of asks whose clock has run out.

    Formula:
        (asks opened in the period, still open, whose answer deadline has passed) / (asks opened in the period
        whose answer deadline has passed, whatever became of them), with a Wilson 95 % interval.

    Unit:
        Share, 0 to 1.

    Edge cases:
        Asks answered in time stand in the denominator as soon as their deadline has passed, so that quick
        answers do not vanish from it. Left out of both: asks whose deadline is still to come, asks withdrawn
        before it, and asks that wait for the asker. Undefined where nothing is left.

    Source:
        Wilson 1927.
    """
    due = cohort.asks[cohort.asks["answer_ran_out"]]
    return share(int(due["open"].sum()), len(due), cohort.terms.too_few)


def _time_to(cohort: Cohort, event: _Event, horizon: float) -> TimeToEvent:
    asks, terms = cohort.asks, cohort.terms
    seen = asks[event.at].notna().to_numpy()
    curve = kaplan_meier(asks[event.hours].to_numpy() / terms.hours_per_day, seen)
    wall = kaplan_meier(asks[event.wall_hours].to_numpy() / 24, seen)
    mean = restricted_mean(curve, horizon)
    due = asks[asks[event.ran_out]]
    return TimeToEvent(
        n=curve.n,
        events=curve.events,
        median=_median(curve, DAYS, terms.too_few),
        restricted_mean=Figure(mean.value, DAYS, curve.n, mean.lower, mean.upper, curve.n < terms.too_few)
        if mean
        else Figure(None, DAYS, 0, too_few=terms.too_few > 0),
        horizon=horizon,
        extended=mean is not None and mean.extended,
        within_clock=share(int((due[event.at] <= due[event.due]).sum()), len(due), terms.too_few),
        wall_median=_median(wall, "days", terms.too_few),
        curve=curve.points,
    )


def _median(curve: Survival, unit: str, too_few: int) -> Figure:
    return Figure(curve.median, unit, curve.n, *curve.median_interval, too_few=curve.n < too_few)

"""Time to acknowledge, time to answer and never answered, on asks whose figures can be worked out by hand."""

from dataclasses import replace
from datetime import timedelta

import pytest

from analysis.metrics.answering import DAYS, never_answered, time_to_acknowledge, time_to_answer
from analysis.metrics.cohorts import Terms
from models.vocabulary import State
from tests.unit.analysis.metrics.halden import AS_OF, START, cohort, judgement

BEN = ("ben@corvus.example",)


def test_open_asks_are_censored_and_stay_in_the_count() -> None:
    answer = time_to_answer(
        cohort(
            judgement("a", hours=8, answered_by=BEN),
            judgement("b", hours=16, answered_by=BEN),
            judgement("c", hours=24),
            judgement("d", hours=40, answered_by=BEN),
        )
    )
    assert (answer.n, answer.events) == (4, 3)
    assert [(point.time, point.survival) for point in answer.curve] == [
        (0, 1),
        (1, 0.75),
        (2, 0.5),
        (3, 0.5),
        (5, 0),
    ]
    assert (answer.median.value, answer.median.unit, answer.median.n) == (2, DAYS, 4)
    assert answer.restricted_mean.value == pytest.approx(1 + 0.75 + 3 * 0.5)


def test_business_days_are_those_of_the_obliged_side() -> None:
    asks = (judgement("a", hours=15, answered_by=BEN),)
    long_days = time_to_answer(cohort(*asks, terms=Terms(hours_per_day=7.5)))
    assert long_days.median.value == 2
    assert long_days.wall_median.value == 15 / 24
    assert long_days.wall_median.unit == "days"


def test_median_is_not_reached_while_most_wait() -> None:
    answer = time_to_answer(cohort(judgement("a", answered_by=BEN), judgement("b"), judgement("c", hours=30)))
    assert answer.median.value is None
    assert answer.median.n == 3
    assert answer.extended


def test_restricted_mean_stops_at_the_horizon() -> None:
    answer = time_to_answer(cohort(judgement("a", hours=80, answered_by=BEN), terms=Terms(answer_horizon=5)))
    assert (answer.restricted_mean.value, answer.horizon, answer.extended) == (5, 5, False)


def test_an_answer_acknowledges() -> None:
    acknowledged = time_to_acknowledge(cohort(judgement("a", hours=8, answered_by=BEN)))
    assert (acknowledged.events, acknowledged.median.value) == (1, 1)


def test_an_acknowledgement_does_not_answer() -> None:
    taken_up = replace(judgement("a", hours=50), acknowledged_at=START + timedelta(hours=4), ack_hours=4.0)
    acknowledged, answered = time_to_acknowledge(cohort(taken_up)), time_to_answer(cohort(taken_up))
    assert (acknowledged.events, acknowledged.median.value) == (1, 0.5)
    assert (answered.events, answered.median.value) == (0, None)


def test_share_within_the_clock_counts_only_asks_old_enough() -> None:
    young = AS_OF - timedelta(hours=2)
    answer = time_to_answer(
        cohort(
            judgement("in time", hours=8, answered_by=BEN),
            judgement("to the minute", hours=24, answered_by=BEN),
            judgement("late", hours=25, answered_by=BEN),
            judgement("never", hours=99),
            judgement("young and quick", hours=1, answered_by=BEN, asked_at=young),
            judgement("young", hours=2, asked_at=young),
        )
    )
    assert (answer.within_clock.value, answer.within_clock.n) == (0.5, 4)
    assert answer.n == 6


def test_never_answered_is_a_share_of_all_asks_whose_clock_ran_out() -> None:
    figure = never_answered(
        cohort(
            judgement("answered", answered_by=BEN),
            judgement("late", hours=60, answered_by=BEN),
            judgement("open", hours=99),
            judgement("owned", hours=99, state=State.OWNED),
            judgement("withdrawn after", hours=30, state=State.WITHDRAWN),
            judgement("withdrawn before", hours=5, state=State.WITHDRAWN),
            judgement("waiting", hours=9, state=State.WAITING),
            judgement("young", hours=1, asked_at=AS_OF - timedelta(hours=1)),
        )
    )
    assert (figure.value, figure.n, figure.unit) == (0.4, 5, "share")
    assert figure.lower is not None
    assert figure.upper is not None
    assert figure.lower < 0.4 < figure.upper


def test_figures_from_fewer_than_twenty_are_marked() -> None:
    asks = [judgement(f"{number:02}", answered_by=BEN) for number in range(20)]
    assert not time_to_answer(cohort(*asks)).median.too_few
    assert time_to_answer(cohort(*asks[1:])).median.too_few
    assert not never_answered(cohort(*asks)).too_few
    assert never_answered(cohort(*asks[1:])).too_few


def test_nothing_asked_gives_figures_without_values() -> None:
    answer = time_to_answer(cohort())
    assert [figure.value for _, figure in answer.figures()] == [None] * 4
    assert all(figure.too_few and figure.n == 0 for _, figure in answer.figures())
    assert never_answered(cohort()).value is None

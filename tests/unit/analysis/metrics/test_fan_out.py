"""Answer rate against fan-out: classes, rates for the ask and for the recipient, the independence line."""

from datetime import timedelta

import pytest

from analysis.metrics.fan_out import FanOutClass, answer_rate_by_fan_out
from analysis.metrics.proportions import wilson
from models.judgements import Judgement
from models.vocabulary import State
from tests.unit.analysis.metrics.halden import AS_OF, cohort, judgement

BEN, EVA, ANA = "ben@corvus.example", "eva@corvus.example", "ana@halden.example"


def _classes(*asks: Judgement) -> dict[str, FanOutClass]:
    return {each.label: each for each in answer_rate_by_fan_out(cohort(*asks)).classes}


def test_every_class_is_there_in_order() -> None:
    assert list(_classes()) == ["1", "2", "3", "4-5", "6-9", "10-19", "20+"]
    assert all(each.any_answer.value is None and each.independent.value is None for each in _classes().values())


@pytest.mark.parametrize(
    ("label", "bounds"),
    [
        ("1", (1, 1)),
        ("2", (2, 2)),
        ("3", (3, 3)),
        ("4-5", (4, 5)),
        ("6-9", (6, 9)),
        ("10-19", (10, 19)),
        ("20+", (20, 500)),
    ],
)
def test_bounds_of_the_classes(label: str, bounds: tuple[int, int]) -> None:
    found = _classes(*(judgement(f"{number}", fan_out=size) for number, size in enumerate(bounds)))
    assert [name for name, each in found.items() if each.asks] == [label]


def test_rates_by_ask_and_by_recipient() -> None:
    four = _classes(
        judgement("a", fan_out=4, answered_by=(BEN, EVA)),
        judgement("b", fan_out=5, answered_by=(BEN, BEN)),
        judgement("c", fan_out=5),
    )["4-5"]
    assert (four.any_answer.value, four.any_answer.n) == (2 / 3, 3)
    assert (four.per_recipient.value, four.per_recipient.n) == (3 / 14, 14)
    assert (four.any_answer.lower, four.any_answer.upper) == wilson(2, 3)
    assert (four.per_recipient.lower, four.per_recipient.upper) == wilson(3, 14)
    assert four.per_recipient.too_few


def test_independence_line_from_the_rate_of_asks_to_one() -> None:
    classes = _classes(
        judgement("a", answered_by=(BEN,)),
        judgement("b"),
        judgement("c", fan_out=4),
        judgement("d", fan_out=5),
    )
    assert classes["1"].independent.value == 0.5
    assert classes["4-5"].independent.value == pytest.approx((1 - 0.5**4 + 1 - 0.5**5) / 2)


def test_no_independence_line_without_asks_to_one() -> None:
    assert _classes(judgement("a", fan_out=3))["3"].independent.value is None


def test_only_answers_of_the_obliged_side_count_and_no_more_than_recipients() -> None:
    classes = _classes(
        judgement("own side", answered_by=(ANA,)),
        judgement("two for one", answered_by=(BEN, EVA)),
    )
    assert classes["1"].any_answer.value == 0.5
    assert classes["1"].per_recipient.value == 0.5


def test_young_and_waiting_asks_and_asks_to_nobody_known_are_left_out() -> None:
    classes = _classes(
        judgement("young", hours=1, answered_by=(BEN,), asked_at=AS_OF - timedelta(hours=2)),
        judgement("waiting", state=State.WAITING),
        judgement("nobody", fan_out=0),
    )
    assert sum(each.asks for each in classes.values()) == 0

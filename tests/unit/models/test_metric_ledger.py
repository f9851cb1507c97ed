"""Fills go from STARTED to DONE with their values, and back."""

from datetime import date

import pytest

from models.errors import StoreError
from models.judgements import MetricFill, MetricValue
from models.store import Store

METRIC = "time_to_answer:relationship:month"
MARCH = MetricFill(METRIC, "halden-corvus", "client->cmo", date(2026, 3, 1), date(2026, 4, 1), "v1")
APRIL = MetricFill(METRIC, "halden-corvus", "client->cmo", date(2026, 4, 1), date(2026, 5, 1), "v1")
OVERALL = MetricFill("other:month", "", "", date(2026, 3, 1), date(2026, 4, 1), "v1")


def value_of(fill: MetricFill, name: str, value: float | None, n: int) -> MetricValue:
    """A value of a fill."""
    return MetricValue(
        fill.metric, fill.relationship, fill.direction, fill.period_start, fill.period_end, name, value, n
    )


MEDIAN = value_of(MARCH, "median", 1 / 3, 41)
HIGH = value_of(MARCH, "band_high", None, 41)


def test_a_filled_interval_is_done_with_exactly_its_values(store: Store) -> None:
    store.start_fill(MARCH, OVERALL)
    assert store.metric_values() == []
    store.finish_fill([MARCH], [MEDIAN, HIGH])
    assert store.fills(METRIC) == {("halden-corvus", "client->cmo", MARCH.period_start): ("DONE", "v1")}
    assert store.fills("other:month") == {("", "", OVERALL.period_start): ("STARTED", "v1")}
    assert store.metric_values(METRIC) == [MEDIAN, HIGH]
    assert store.metric_values() == [MEDIAN, HIGH]


def test_starting_again_undoes_what_was_there_and_nothing_else(store: Store) -> None:
    store.start_fill(MARCH, APRIL)
    april = value_of(APRIL, "median", 2.0, 5)
    store.finish_fill([MARCH, APRIL], [MEDIAN, april])
    store.start_fill(MetricFill(*_key(MARCH), MARCH.period_end, "v2"))
    assert store.fills(METRIC)["halden-corvus", "client->cmo", MARCH.period_start] == ("STARTED", "v2")
    assert store.metric_values() == [april]


def test_undone_intervals_are_forgotten(store: Store) -> None:
    store.start_fill(MARCH)
    store.finish_fill([MARCH], [MEDIAN])
    store.undo_fill(MARCH)
    assert (store.fills(METRIC), store.metric_values()) == ({}, [])


def test_values_of_an_interval_that_nobody_started_are_refused(store: Store) -> None:
    with pytest.raises(StoreError):
        store.finish_fill([MARCH], [MEDIAN])
    assert store.metric_values() == []


def _key(fill: MetricFill) -> tuple[str, str, str, date]:
    return fill.metric, fill.relationship, fill.direction, fill.period_start

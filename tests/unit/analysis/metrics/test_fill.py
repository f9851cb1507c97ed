"""The ledger of monthly values on a real database: catching up, redoing what changed, undoing what was broken off."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from analysis.frames import Direction
from analysis.metrics.fill import Filling, fill
from analysis.metrics.measures import Frames
from analysis.metrics.registry import METRICS
from models.judgements import MetricFill, MetricValue
from models.store import Store
from tests.unit.analysis.metrics.halden import AS_OF, PAIR, SETTINGS, START, frames, judgement, message

ANA, BEN = "ana@halden.example", "ben@corvus.example"
AUGUST = datetime(2026, 8, 5, 9, tzinfo=UTC)
TRAFFIC, ANSWER = METRICS[-1], METRICS[1]
MAIL = (message("m1", ANA, BEN, at=AUGUST), message("m2", BEN, ANA, at=START))
ASKS = (judgement("a", answered_by=(BEN,)), judgement("b", asked_at=AUGUST, hours=16, answered_by=(BEN,)))
EVERY = 3 * 2 * len(METRICS)  # months, directions


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/liaison.db") as opened:
        yield opened


def _frames() -> Frames:
    return frames(*ASKS, mail=MAIL)


def _traffic(store: Store) -> dict[tuple[str, date], float | None]:
    values = store.metric_values(TRAFFIC.name)
    return {(each.direction, each.period_start): each.value for each in values if each.name == "value"}


def test_every_month_since_the_first_row_is_filled_in_both_directions(store: Store) -> None:
    assert fill(store, _frames(), SETTINGS, AS_OF) == Filling(filled=EVERY)
    august, september, october = date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)
    assert _traffic(store) == {
        (Direction.TO_CMO, august): 1.0,
        (Direction.TO_CMO, september): 0.0,
        (Direction.TO_CMO, october): 0.0,
        (Direction.TO_CLIENT, august): 0.0,
        (Direction.TO_CLIENT, september): 0.0,
        (Direction.TO_CLIENT, october): 1.0,
    }
    medians = [each for each in store.metric_values(ANSWER.name) if each.name == "median"]
    assert MetricValue(ANSWER.name, PAIR.id, "client->cmo", october, date(2026, 11, 1), "median", 1.0, 1) in medians
    assert {each.value for each in medians} == {None, 1.0, 2.0}


def test_a_second_filling_finds_nothing_to_do(store: Store) -> None:
    fill(store, _frames(), SETTINGS, AS_OF)
    before = store.metric_values()
    assert fill(store, _frames(), SETTINGS, AS_OF) == Filling(kept=EVERY)
    assert store.metric_values() == before


def test_missed_nights_catch_up_to_the_same_values(store: Store, tmp_path: Path) -> None:
    fill(store, frames(ASKS[1], mail=MAIL[:1], as_of=AUGUST), SETTINGS, AUGUST)
    fill(store, _frames(), SETTINGS, AS_OF)
    with Store.open(f"sqlite:///{tmp_path}/other.db") as other:
        fill(other, _frames(), SETTINGS, AS_OF)
        assert store.metric_values() == other.metric_values()


def test_late_mail_for_an_old_month_redoes_that_month_only(store: Store) -> None:
    fill(store, _frames(), SETTINGS, AS_OF, [TRAFFIC])
    late = message("late", ANA, BEN, at=AUGUST)
    done = fill(store, frames(*ASKS, mail=(*MAIL, late)), SETTINGS, AS_OF, [TRAFFIC])
    assert done == Filling(filled=1, kept=5, undone=1)
    assert _traffic(store)[Direction.TO_CMO, date(2026, 8, 1)] == 2.0


def test_an_open_ask_moves_its_month_and_no_other(store: Store) -> None:
    fill(store, frames(*ASKS, judgement("open", hours=20)), SETTINGS, AS_OF, [ANSWER])
    done = fill(store, frames(*ASKS, judgement("open", hours=28)), SETTINGS, AS_OF, [ANSWER])
    assert (done.filled, done.undone) == (1, 1)


def test_a_changed_threshold_redoes_everything(store: Store) -> None:
    fill(store, _frames(), SETTINGS, AS_OF)
    other = replace(SETTINGS, measures=replace(SETTINGS.measures, too_few=5))
    assert fill(store, _frames(), other, AS_OF) == Filling(filled=EVERY, undone=EVERY)


def test_what_a_killed_run_left_started_is_undone_and_redone(store: Store) -> None:
    fill(store, _frames(), SETTINGS, AS_OF)
    before = store.metric_values()
    interval = (PAIR.id, "client->cmo", date(2026, 8, 1))
    _, version = store.fills(ANSWER.name)[interval]
    store.start_fill(MetricFill(ANSWER.name, *interval, date(2026, 9, 1), version))
    assert len(store.metric_values()) < len(before)
    assert fill(store, _frames(), SETTINGS, AS_OF) == Filling(filled=1, kept=EVERY - 1, undone=1)
    assert store.metric_values() == before


def test_values_of_a_relationship_that_is_no_longer_configured_go(store: Store) -> None:
    fill(store, _frames(), SETTINGS, AS_OF)
    assert fill(store, _frames(), replace(SETTINGS, relationships=()), AS_OF) == Filling(undone=EVERY)
    assert store.metric_values() == []


def test_months_after_the_moment_are_left_as_they_are(store: Store) -> None:
    fill(store, _frames(), SETTINGS, AS_OF, [TRAFFIC])
    assert fill(store, _frames(), SETTINGS, AUGUST, [TRAFFIC]) == Filling(kept=2)
    assert len(_traffic(store)) == 6

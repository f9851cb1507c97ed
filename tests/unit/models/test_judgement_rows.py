"""Threads and judgements come back equal, and a new derivation replaces the old one whole."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.errors import StoreError
from models.judgements import Ask, Judgement, KeptJudgements, Thread
from models.store import Store
from tests.unit.models.building import NOON, make_judgement, make_message, message_id, record
from tests.unit.models.records_strategy import records

_MESSAGE_IDS = st.sampled_from([message_id(1), message_id(2)])


def _consistent(judgement: Judgement) -> Judgement:
    # An owner and the evidence for it stand or fall together.
    evidence = judgement.owner_evidence if judgement.owner is not None else None
    owner = judgement.owner if evidence is not None else None
    return replace(judgement, owner=owner, owner_evidence=evidence)


_JUDGEMENTS = st.lists(
    records(
        Judgement,
        {
            "as_of": st.just(NOON),
            "ask": records(Ask, {"message_id": _MESSAGE_IDS, "thread_id": _MESSAGE_IDS}),
        },
    ).map(_consistent),
    max_size=4,
    unique_by=lambda judgement: judgement.ask.id,
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(first=_JUDGEMENTS, second=_JUDGEMENTS)
def test_judgements_come_back_equal_and_replace_the_former(
    new_store: Callable[[], Store], first: list[Judgement], second: list[Judgement]
) -> None:
    with new_store() as store:
        record(store, make_message(1), make_message(2))
        for version, judgements in (("v1", first), ("v2", second)):
            kept = KeptJudgements(NOON, version, (), tuple(judgements))
            store.replace_judgements(kept)
            assert store.judgements() == kept


def test_a_store_without_judgements(store: Store) -> None:
    assert store.judgements() is None


def test_threads_come_back_equal_in_order_and_are_replaced_whole(store: Store) -> None:
    record(store, *[make_message(number) for number in range(1, 5)])
    first = (
        Thread(message_id(3), "Batch", (message_id(3), message_id(1))),
        Thread(message_id(2), "", (message_id(2),)),
    )
    second = (Thread(message_id(1), "Anew", (message_id(1), message_id(2), message_id(3))),)
    for threads in (first, second, ()):
        store.replace_judgements(_kept(threads=threads))
        assert store.judgements() == _kept(threads=threads)


def test_a_message_belongs_to_one_thread_and_a_refused_derivation_leaves_the_former(store: Store) -> None:
    record(store, make_message(1), make_message(2))
    kept = _kept(make_judgement(), threads=(Thread(message_id(1), "", (message_id(1), message_id(2))),))
    store.replace_judgements(kept)
    with pytest.raises(StoreError):
        store.replace_judgements(_kept(threads=(*kept.threads, Thread(message_id(2), "", (message_id(2),)))))
    assert store.judgements() == kept


def test_an_owner_without_evidence_is_refused_and_with_it_its_threads(store: Store) -> None:
    record(store, make_message(1))
    ownerless = replace(make_judgement(), owner="ana.ruiz@corvus.example")
    with pytest.raises(StoreError, match="owner_evidence"):
        store.replace_judgements(_kept(ownerless, threads=(Thread(message_id(1), "", (message_id(1),)),)))
    assert store.judgements() is None


def test_a_moment_without_a_time_zone_is_refused(store: Store) -> None:
    record(store, make_message(1))
    naive = datetime(2026, 1, 1)  # noqa: DTZ001 -- what is refused
    with pytest.raises(StoreError, match="without a time zone"):
        store.replace_judgements(_kept(replace(make_judgement(), ack_due=naive)))


def _kept(*judgements: Judgement, threads: tuple[Thread, ...] = ()) -> KeptJudgements:
    return KeptJudgements(NOON, "v1", threads, judgements)

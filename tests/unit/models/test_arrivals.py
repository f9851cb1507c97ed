"""Every arrival ends as exactly one outcome, and a batch is there whole or not at all."""

import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.errors import StoreError
from models.polls import Arrival, LedgerEntry, LedgerKey
from models.records import ParsedMail
from models.store import Store
from models.vocabulary import Keep, Outcome
from tests.unit.models.building import (
    NOON,
    make_arrival,
    make_key,
    make_message,
    message_id,
    record,
    start_run,
)


def test_a_copy_of_a_stored_message_is_a_duplicate(store: Store) -> None:
    message = make_message()
    entries = store.record_messages(start_run(store), [make_arrival(1, message), make_arrival(2, message)])
    assert [entry.outcome for entry in entries] == [Outcome.STORED, Outcome.DUPLICATE]
    assert [entry.message for entry in entries] == [message.id, message.id]
    assert store.headers() == [replace(message, body_text="", new_text="", signature="")]


def test_a_duplicate_in_a_later_run_keeps_its_own_message_id(store: Store) -> None:
    record(store, make_message(1))
    record(store, make_message(1, message_id="relayed@corvus.example"))
    assert store.aliases() == {
        "m1@halden.example": message_id(1),
        "relayed@corvus.example": message_id(1),
    }


def test_of_messages_with_one_message_id_the_earliest_bears_it_in_whatever_order_they_come(store: Store) -> None:
    record(store, make_message(2, message_id="same@x.example"), make_message(3, message_id="same@x.example"))
    assert store.aliases() == {"same@x.example": message_id(2)}
    record(store, make_message(1, message_id="same@x.example"), make_message(4, message_id="same@x.example"))
    assert store.aliases() == {"same@x.example": message_id(1)}
    record(store, make_message(2, message_id="same@x.example"))
    assert store.aliases() == {"same@x.example": message_id(1)}


@pytest.mark.parametrize("odd", ["", "é" * 1001])
def test_a_message_id_that_nothing_can_refer_to_is_no_alias(store: Store, odd: str) -> None:
    record(store, make_message(1, message_id=odd))
    assert store.aliases() == {}
    assert store.headers()[0].message_id == odd


def test_a_refused_message_is_quarantined_with_its_reasons_and_bytes(store: Store) -> None:
    (entry,) = store.record_messages(start_run(store), [make_arrival(1, None, b"broken")])
    assert entry == LedgerEntry(
        make_key(1), Outcome.QUARANTINED, None, "empty; no_date: nowhere a date", NOON, len(b"broken")
    )
    assert store.quarantined() == [entry]
    assert store.quarantined_raw(entry.key) == b"broken"
    assert store.headers() == []


def test_an_unfetched_copy_is_quarantined_with_the_reason_given(store: Store) -> None:
    arrival = Arrival(make_key(1), b"", None, reason="the server sent no body")
    (entry,) = store.record_messages(start_run(store), [arrival])
    assert (entry.outcome, entry.reason) == (Outcome.QUARANTINED, "the server sent no body")
    assert store.quarantined_raw(entry.key) is None


def test_of_a_copy_that_was_too_large_to_fetch_size_and_arrival_are_kept(store: Store) -> None:
    arrival = Arrival(make_key(1), b"", None, NOON, reason="too_large", size_bytes=10**9)
    (entry,) = store.record_messages(start_run(store), [arrival])
    assert store.quarantined() == [entry]
    assert (entry.size_bytes, entry.internal_at) == (10**9, NOON)
    (again,) = store.record_messages(start_run(store), [Arrival(make_key(1), b"", None, reason="refused")])
    assert (again.reason, again.size_bytes, again.internal_at) == ("refused", 10**9, NOON)


def test_an_arrival_out_of_scope_leaves_no_content(store: Store) -> None:
    arrival = replace(make_arrival(1, make_message()), out_of_scope=True)
    (entry,) = store.record_messages(start_run(store), [arrival])
    assert (entry.outcome, entry.message) == (Outcome.OUT_OF_SCOPE, None)
    assert (store.headers(), store.aliases(), store.raw(message_id(1))) == ([], {}, None)


def test_a_recorded_copy_keeps_its_outcome(store: Store) -> None:
    run = start_run(store)
    before = store.record_messages(run, [make_arrival(1, make_message(1))])
    again = store.record_messages(run, [make_arrival(1, make_message(2)), make_arrival(1, None)])
    assert again == before * 2
    assert [message.id for message in store.headers()] == [message_id(1)]


def test_a_retry_takes_a_copy_out_of_quarantine_and_counts(store: Store) -> None:
    run = start_run(store)
    store.record_messages(run, [make_arrival(1, None)])
    store.record_messages(run, [make_arrival(1, None, b"still")])
    assert [entry.attempts for entry in store.quarantined()] == [2]
    assert store.quarantined_raw(make_key(1)) == b"still"
    (entry,) = store.record_messages(run, [make_arrival(1, make_message())])
    assert (entry.outcome, entry.attempts) == (Outcome.STORED, 3)
    assert store.quarantined() == []
    assert store.quarantined_raw(make_key(1)) is None


def test_an_attempt_without_bytes_takes_no_kept_bytes_away(store: Store) -> None:
    run = start_run(store)
    before = store.record_messages(run, [make_arrival(1, None, b"broken")])
    assert store.record_messages(run, [Arrival(make_key(1), b"", None, reason="gone")]) == before
    assert store.quarantined_raw(make_key(1)) == b"broken"


def test_another_selection_may_take_in_what_was_out_of_scope(store: Store) -> None:
    run = start_run(store)
    outside = replace(make_arrival(1, make_message()), out_of_scope=True, reason="organisations")
    store.record_messages(run, [outside])
    (still,) = store.record_messages(run, [replace(outside, reason="before 2026-01-01")])
    assert (still.outcome, still.reason, still.attempts) == (Outcome.OUT_OF_SCOPE, "before 2026-01-01", 2)
    (inside,) = store.record_messages(run, [make_arrival(1, make_message())])
    assert (inside.outcome, inside.attempts) == (Outcome.STORED, 3)
    assert store.record_messages(run, [outside]) == (inside,)


def test_what_was_out_of_scope_stays_so_when_it_is_gone_and_not_when_it_is_refused(store: Store) -> None:
    run = start_run(store)
    outside = store.record_messages(run, [replace(make_arrival(1, make_message()), out_of_scope=True)])
    assert store.record_messages(run, [Arrival(make_key(1), b"", None, reason="gone")]) == outside
    (refused,) = store.record_messages(run, [Arrival(make_key(1), b"", None, reason="refused: not now")])
    assert refused.outcome is Outcome.QUARANTINED


@pytest.mark.parametrize(
    ("keep", "raw", "body", "signature"),
    [
        (Keep.RAW, b"the bytes", "body", "sign"),
        (Keep.TEXT, None, "body", "sign"),
        (Keep.METADATA, None, "", ""),
    ],
)
def test_no_more_is_kept_than_the_setting_says(
    store_url: str, keep: Keep, raw: bytes | None, body: str, signature: str
) -> None:
    message = make_message(1, body_text="body", signature="sign", new_text="new")
    with Store.open(store_url, keep) as store:
        arrivals = [make_arrival(1, message, b"the bytes"), make_arrival(2, None, b"broken")]
        store.record_messages(start_run(store), arrivals)
        kept = store.messages([message.id])[message.id]
        assert (kept.body_text, kept.signature, kept.new_text) == (body, signature, "new")
        assert store.raw(message.id) == raw
        assert store.quarantined_raw(make_key(2)) == (None if keep is Keep.METADATA else b"broken")


def test_a_batch_that_fails_leaves_nothing(store: Store) -> None:
    run_that_is_not_there = 99
    with pytest.raises(StoreError):
        store.record_messages(run_that_is_not_there, [make_arrival(1, make_message()), make_arrival(2, None)])
    assert (store.headers(), store.aliases(), store.outcomes()) == ([], {}, {})


_FILL_THE_DISK = """
import signal, sys
from models.errors import StoreError
from models.store import Store
from tests.unit.models.building import make_arrival, make_message, start_run
import random
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
noise = random.Random(7).randbytes(300_000)
with Store.open(sys.argv[1]) as store:
    run = start_run(store)
    try:
        for uid in range(100):
            store.record_messages(run, [make_arrival(uid, make_message(uid), noise)])
            print(uid, flush=True)
    except StoreError as error:
        print(error, file=sys.stderr)
"""


def test_a_disk_without_room_stops_the_run_and_leaves_whole_batches(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/liaison.db"
    room = 2_000_000
    child = subprocess.run(
        [sys.executable, "-c", _FILL_THE_DISK, url],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
    )
    told = [int(line) for line in child.stdout.split()]
    assert "the disk" in child.stderr
    assert 0 < len(told) < 100
    with Store.open(url) as store:
        assert [message.id for message in store.headers()] == [message_id(uid) for uid in told]
        assert store.outcomes() == {("journal", Outcome.STORED): len(told)}


_KEYS = st.builds(
    LedgerKey,
    st.sampled_from(["a", "b"]),
    st.sampled_from(["INBOX", "Sent\x00\udcff"]),
    st.sampled_from([1, 2**32 - 1]),
    st.integers(1, 3),
)
_PARSED = st.one_of(
    st.none(), st.just(ParsedMail(None)), st.builds(ParsedMail, st.builds(make_message, st.integers(1, 4)))
)
_BATCHES = st.lists(
    st.lists(st.builds(Arrival, _KEYS, st.binary(max_size=5), _PARSED, out_of_scope=st.booleans()), max_size=6),
    max_size=6,
)


def _outcome(arrival: Arrival, stored: set[str]) -> Outcome:
    if arrival.out_of_scope:
        return Outcome.OUT_OF_SCOPE
    if not arrival.parsed or not arrival.parsed.message:
        return Outcome.QUARANTINED
    return Outcome.DUPLICATE if arrival.parsed.message.id in stored else Outcome.STORED


def _keeps_bytes(arrival: Arrival) -> bool:
    return not arrival.out_of_scope and arrival.parsed is not None and arrival.parsed.message is None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=_BATCHES)
def test_whatever_comes_in_whatever_order_is_there_once_and_accounted_for(
    new_store: Callable[[], Store], batches: list[list[Arrival]]
) -> None:
    expected: dict[LedgerKey, Outcome] = {}
    stored: set[str] = set()
    with_bytes: set[LedgerKey] = set()
    with new_store() as store:
        run = start_run(store)
        for batch in batches:
            for arrival in batch:
                if expected.get(arrival.key) not in (Outcome.STORED, Outcome.DUPLICATE) and not (
                    arrival.key in with_bytes and arrival.parsed is None and not arrival.out_of_scope
                ):
                    expected[arrival.key] = _outcome(arrival, stored)
                    (with_bytes.add if _keeps_bytes(arrival) else with_bytes.discard)(arrival.key)
                    if expected[arrival.key] is Outcome.STORED and arrival.parsed and arrival.parsed.message:
                        stored.add(arrival.parsed.message.id)
            store.record_messages(run, batch)
        counts = Counter((key.account, outcome) for key, outcome in expected.items())
        assert store.outcomes() == counts
        assert [message.id for message in store.headers()] == sorted(
            stored, key=[message_id(number) for number in range(5)].index
        )
        for numbering in {(key.account, key.folder, key.uidvalidity) for key in expected}:
            uids = {key.uid for key in expected if (key.account, key.folder, key.uidvalidity) == numbering}
            assert store.folder_ledger(*numbering).uids == uids

"""What the ledger tells about folders and accounts."""

from dataclasses import replace

from models.records import FolderLedger
from models.store import Store
from models.vocabulary import Outcome
from tests.unit.models.building import make_arrival, make_key, make_message, start_run


def test_a_folder_never_polled_has_no_ledger(store: Store) -> None:
    assert store.folder_ledger("journal", "INBOX") == ()


def test_every_numbering_of_a_folder_is_known_and_the_newest_stands_last(store: Store) -> None:
    for uidvalidity in (7, 3):
        run = start_run(store)
        arrivals = [make_arrival(uid, make_message(uid)) for uid in (1, 2)]
        store.record_messages(
            run, [replace(arrival, key=replace(arrival.key, uidvalidity=uidvalidity)) for arrival in arrivals]
        )
    assert store.folder_ledger("journal", "INBOX") == (
        FolderLedger("INBOX", 7, frozenset({1, 2})),
        FolderLedger("INBOX", 3, frozenset({1, 2})),
    )


def test_outcomes_are_counted_per_account(store: Store) -> None:
    elsewhere = replace(make_arrival(1, make_message(1)), key=make_key(1, account="old"))
    store.record_messages(
        start_run(store), [make_arrival(1, make_message(1)), make_arrival(2, None), make_arrival(3, None), elsewhere]
    )
    assert store.outcomes() == {
        ("journal", Outcome.STORED): 1,
        ("journal", Outcome.QUARANTINED): 2,
        ("old", Outcome.DUPLICATE): 1,
    }
    assert store.outcomes("old") == {("old", Outcome.DUPLICATE): 1}


def test_numbers_beyond_32_bits_and_many_in_one_batch(store: Store) -> None:
    far = 2**62
    arrivals = [replace(make_arrival(0, None), key=make_key(far + step, uidvalidity=far)) for step in range(1100)]
    run = start_run(store)
    store.record_messages(run, arrivals)
    store.record_messages(run, arrivals)
    assert store.folder_ledger("journal", "INBOX") == (FolderLedger("INBOX", far, frozenset(range(far, far + 1100))),)
    assert {entry.attempts for entry in store.quarantined()} == {2}

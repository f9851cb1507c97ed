"""What the ledger tells about folders and accounts."""

from dataclasses import replace

from models.polls import Arrival, FolderLedger, FolderMark
from models.store import Store
from models.vocabulary import Outcome
from tests.unit.models.building import make_arrival, make_key, make_message, start_run


def test_a_folder_never_polled_has_no_ledger(store: Store) -> None:
    assert store.folder_ledger("journal", "INBOX", 7) == FolderLedger("INBOX", 7, frozenset())
    assert store.numberings("journal", "INBOX") == {}
    assert store.ledger_folders("journal") == []


def test_every_numbering_of_a_folder_is_known_and_the_newest_stands_last(store: Store) -> None:
    for uidvalidity in (7, 3):
        run = start_run(store)
        arrivals = [make_arrival(uid, make_message(uid)) for uid in (1, 2)]
        store.record_messages(
            run, [replace(arrival, key=replace(arrival.key, uidvalidity=uidvalidity)) for arrival in arrivals]
        )
    assert list(store.numberings("journal", "INBOX").items()) == [(7, 2), (3, 2)]


def test_the_ledger_of_a_folder_is_read_from_a_first_uid_on(store: Store) -> None:
    outside = replace(make_arrival(3, make_message(3)), out_of_scope=True)
    arrivals = [make_arrival(uid, make_message(uid)) for uid in (1, 2, 4)]
    store.record_messages(start_run(store), [*arrivals, outside])
    assert store.folder_ledger("journal", "INBOX", 7, 3) == FolderLedger("INBOX", 7, frozenset({3, 4}))
    again = store.folder_ledger("journal", "INBOX", 7, look_again=True)
    assert again == FolderLedger("INBOX", 7, frozenset({1, 2, 3, 4}), frozenset({3}))
    assert store.folder_ledger("journal", "INBOX", 8).uids == frozenset()


def test_the_folders_of_an_account_are_known(store: Store) -> None:
    names = ["INBOX", "Archive", "Sent", "a/b", "Ω\ud800"]
    keys = [make_key(uid, folder=folder) for folder in names for uid in (1, 2)]
    arrivals = [replace(make_arrival(1, None), key=key) for key in (*keys, make_key(1, "old", "Elsewhere"))]
    store.record_messages(start_run(store), arrivals)
    assert sorted(store.ledger_folders("journal")) == sorted(["INBOX", "Archive", "Sent", "a/b", "Ω\ufffd"])


def test_copies_that_were_refused_can_be_asked_for_again_a_few_times(store: Store) -> None:
    run = start_run(store)
    refused = [Arrival(make_key(uid), b"", None, reason="refused: 100% busy") for uid in (1, 2)]
    store.record_messages(run, [*refused, refused[0], Arrival(make_key(3), b"", None, reason="too_large")])
    assert store.retriable("journal", "refused", 2) == [make_key(2)]
    assert store.retriable("journal", "refused", 3) == [make_key(1), make_key(2)]
    assert store.retriable("journal", "refused: 100%", 3) == [make_key(1), make_key(2)]
    assert store.retriable("old", "refused", 3) == []


def test_a_mark_is_replaced_by_the_next_one(store: Store) -> None:
    first = FolderMark("journal", "INBOX", 7, 3, 4, 99, "everything")
    store.finish_folder(first)
    store.finish_folder(replace(first, folder="Sent", next_uid=None, modseq=None))
    store.finish_folder(replace(first, account="old"))
    later = replace(first, messages=5, next_uid=2**62)
    store.finish_folder(later)
    assert store.folder_marks("journal") == {
        "INBOX": later,
        "Sent": replace(first, folder="Sent", next_uid=None, modseq=None),
    }


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
    assert store.folder_ledger("journal", "INBOX", far).uids == frozenset(range(far, far + 1100))
    assert {entry.attempts for entry in store.quarantined()} == {2}

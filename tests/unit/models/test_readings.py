"""Each new text is read once per reader version."""

from hashlib import sha256

from models.judgements import AskSpan, Reading, Span
from models.store import Store
from models.vocabulary import AskKind, AutoKind
from tests.unit.models.building import make_message, record


def hash_of(text: str) -> str:
    """The key of a text's reading."""
    return sha256(text.encode()).hexdigest()


def reading_of(text: str, version: str = "r1", rule: str = "wh") -> Reading:
    """A reading with one ask."""
    span = Span(0, len(text), text, rule, 0.75)
    return Reading(hash_of(text), version, asks=(AskSpan(span, AskKind.QUESTION, names=("Ana",)),))


def test_equal_texts_are_read_once_and_machines_not_at_all(store: Store) -> None:
    record(
        store,
        make_message(2, new_text="later"),
        make_message(1, new_text="earlier"),
        make_message(3, new_text="earlier"),
        make_message(4, new_text="I am away", auto=AutoKind.OUT_OF_OFFICE),
    )
    assert list(store.unread("r1")) == [(hash_of("earlier"), "earlier"), (hash_of("later"), "later")]


def test_read_texts_are_unread_only_for_another_version(store: Store) -> None:
    record(store, make_message(1, new_text="one"), make_message(2, new_text="two"))
    store.record_readings([reading_of("one")])
    assert [text for _, text in store.unread("r1")] == ["two"]
    assert [text for _, text in store.unread("r2")] == ["one", "two"]


def test_readings_may_be_recorded_while_texts_are_still_coming(store: Store) -> None:
    record(store, *[make_message(number, new_text=f"text {number}") for number in range(1, 1102)])
    for _, text in store.unread("r1"):
        store.record_readings([reading_of(text)])
    assert len(store.readings("r1")) == 1101
    assert list(store.unread("r1")) == []


def test_readings_come_back_equal_by_version(store: Store) -> None:
    old, new = reading_of("one"), reading_of("one", "r2")
    store.record_readings([old, new])
    store.record_readings([])
    assert store.readings("r1") == {hash_of("one"): old}
    assert store.readings("r2") == {hash_of("one"): new}
    assert store.readings("r3") == {}


def test_a_reading_recorded_again_replaces_the_first(store: Store) -> None:
    store.record_readings([reading_of("one")])
    again = reading_of("one", rule="other")
    store.record_readings([again])
    assert store.readings("r1") == {hash_of("one"): again}

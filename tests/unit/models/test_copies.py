"""One message, many copies: counted by where they lay, and what they show beyond the first."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.polls import Copies, LedgerKey
from models.recipient_copies import told
from models.records import Message, Recipient
from models.store import Store
from models.vocabulary import RecipientKind
from tests.unit.models.building import make_arrival, make_key, make_message, message_id, record, start_run

ANA = Recipient("ana@corvus.example", "Ana Ruiz")
EVA = Recipient("eva@corvus.example", "", RecipientKind.BCC)
EVA_BY_NAME = replace(EVA, display_name="Eva Lind")
MEMBER = Recipient("tom@corvus.example", "", RecipientKind.TO, "quality@corvus.example")
LISTED = Recipient("kim@corvus.example")
SEEN = Recipient("lee@corvus.example", "", RecipientKind.ENVELOPE)


def put(store: Store, *copies: tuple[LedgerKey, Message]) -> None:
    arrivals = [replace(make_arrival(1, message), key=key) for key, message in copies]
    store.record_messages(start_run(store), arrivals)


def test_copies_are_counted_by_where_they_lay(store: Store) -> None:
    first, second = make_message(1), make_message(2)
    relayed = replace(first, message_id="relayed@corvus.example")
    put(store, (make_key(1), first), (make_key(2), second), (make_key(3), first), (make_key(1, folder="Sent"), first))
    put(store, (make_key(1, "old"), first), (make_key(1, "old", "Sent"), relayed), (make_key(1, uidvalidity=8), second))
    assert store.copies() == Copies(
        stored=2, other_mailbox=2, other_folder=1, same_folder=1, renumbered=1, message_ids=1
    )


def test_an_empty_store_has_no_copies(store: Store) -> None:
    assert store.copies() == Copies()
    assert store.shared_message_ids() == {}


def test_different_messages_under_one_message_id_are_told(store: Store) -> None:
    record(store, make_message(1, message_id="same@x.example"), make_message(2, message_id="same@x.example"))
    record(store, make_message(3), make_message(4, message_id=""), make_message(5, message_id=""))
    record(store, make_message(3, message_id="same@x.example"), make_message(1, message_id="other@x.example"))
    assert store.shared_message_ids() == {"same@x.example": sorted([message_id(1), message_id(2)])}


COPIES = (
    make_message(recipients=(ANA,)),
    make_message(recipients=(ANA, EVA)),
    make_message(recipients=(ANA, EVA_BY_NAME)),
    make_message(recipients=(ANA, SEEN)),
    make_message(recipients=(ANA, LISTED, MEMBER), journaled=True),
)


@pytest.mark.parametrize("together", [True, False])
def test_what_copies_show_is_the_same_in_whatever_order_they_come(
    store: Store,
    together: bool,  # noqa: FBT001
) -> None:
    for number, order in enumerate(permutations(COPIES)):
        copies = [replace(copy, id=message_id(number)) for copy in order]
        keys = [make_key(10 * number + place) for place in range(len(copies))]
        if together:
            put(store, *zip(keys, copies, strict=True))
        elif number % 20 == 0:
            for pair in zip(keys, copies, strict=True):
                put(store, pair)
    messages = store.headers()
    assert len(messages) == (120 if together else 6)
    for message in messages:
        assert message.recipients == (ANA, LISTED, MEMBER, EVA_BY_NAME, SEEN)
        assert message.journaled


def test_a_list_that_writes_other_recipients_into_to_adds_none(store: Store) -> None:
    put(store, (make_key(1), make_message(recipients=(ANA,))), (make_key(2), make_message(recipients=(LISTED,))))
    assert store.headers()[0].recipients == (ANA,)


RECIPIENTS = st.lists(
    st.builds(
        Recipient,
        st.sampled_from(["a@x.example", "b@x.example"]),
        st.sampled_from(["", "A", "B"]),
        st.sampled_from(RecipientKind),
        st.sampled_from(["", "group@x.example"]),
    ),
    max_size=8,
)


@given(RECIPIENTS)
def test_told_recipients_stay_when_told_again_and_none_is_lost(shown: list[Recipient]) -> None:
    once = told(shown)
    assert told(once) == once
    assert {recipient.address for recipient in once} == {recipient.address for recipient in shown}

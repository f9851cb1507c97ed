"""Threading by RFC 5256's REFERENCES and by the weaker links of orphans."""

import base64
import random

from hypothesis import given
from hypothesis import strategies as st

from analysis.threads import thread_messages
from models.records import Message
from tests.unit.analysis.mails import mail

REPLY = "Re: Batch 12"


def threads_of(*messages: Message) -> list[str]:
    """Threads as their messages' names in one word each."""
    return [" ".join(thread.message_ids) for thread in thread_messages(messages, {})]


def index(conversation: str, replies: int) -> str:
    """A Thread-Index: 22 bytes of the conversation and five for each reply."""
    return base64.b64encode(conversation.ljust(22).encode() + b"12345" * replies).decode()


def test_a_reply_joins_what_it_refers_to() -> None:
    first, reply = mail("a"), mail("b", hours=1, references="a", subject="Something else")
    assert threads_of(reply, first) == ["a b"]


def test_in_reply_to_stands_in_for_missing_references() -> None:
    assert threads_of(mail("a"), mail("b", hours=1, in_reply_to="a", subject="Else")) == ["a b"]


def test_a_known_in_reply_to_beats_references_to_nobody() -> None:
    reply = mail("b", hours=1, references="lost", in_reply_to="a", subject="Else")
    assert threads_of(mail("a"), reply) == ["a b"]


def test_orphans_of_one_missing_parent_stay_together() -> None:
    siblings = mail("b", references="lost", subject="One"), mail("c", references="lost", hours=1, subject="Two")
    assert threads_of(*siblings) == ["b c"]


def test_a_missing_message_in_the_middle_does_not_part_a_thread() -> None:
    assert threads_of(mail("a"), mail("c", hours=2, references="a lost", subject="Else")) == ["a c"]


def test_a_later_mention_does_not_move_a_message_that_refers_to_nobody() -> None:
    both = mail("c", hours=2, references="a b", subject="Re: Both")
    assert threads_of(mail("a"), mail("b", hours=1, subject="Other"), both) == ["a", "b c"]


def test_loops_and_self_references_end() -> None:
    a, b = mail("a", references="b"), mail("b", hours=1, references="a")
    itself = mail("c", hours=2, references="c", subject="Alone", sender="x@y.example", to="z@y.example")
    assert threads_of(a, b, itself) == ["a b", "c"]


def test_a_copy_under_another_message_id_is_found_by_alias() -> None:
    reply = mail("b", hours=1, references="copy", subject="Else")
    (thread,) = thread_messages([mail("a"), reply], {"copy@mail": "a"})
    assert thread.message_ids == ("a", "b")


def test_a_thread_is_named_after_its_first_message() -> None:
    (thread,) = thread_messages([mail("b", hours=1, references="a"), mail("a", subject="RE: [DEV-1] X")], {})
    assert (thread.id, thread.subject) == ("a", "[DEV-1] X")


def test_a_junk_reference_joins_nobody() -> None:
    people = [mail(f"m{n}", hours=n, subject=f"Matter {n}") for n in range(2)]
    junk = [
        Message(**{name: getattr(each, name) for name in each.__slots__} | {"references": ("your message",)})
        for each in people
    ]
    assert threads_of(*junk) == ["m0", "m1"]


def test_two_messages_of_one_message_id_are_one_conversation_only_under_one_subject() -> None:
    one = mail("a", message_id="same@mail")
    assert threads_of(one, mail("b", hours=1, message_id="same@mail")) == ["a b"]
    assert threads_of(one, mail("b", hours=1, message_id="same@mail", subject="Invoice")) == ["a", "b"]


class TestThreadIndex:
    """Outlook's Thread-Index joins where references are missing."""

    def test_a_reply_joins_its_conversation(self) -> None:
        first = mail("a", thread_index=index("one", 0), subject="Plan")
        reply = mail("b", hours=1, thread_index=index("one", 1), subject="AW: Plan B", to="x@y.example")
        assert threads_of(first, reply) == ["a b"]

    def test_a_template_used_again_begins_a_conversation(self) -> None:
        weekly = [mail(f"w{n}", hours=168 * n, thread_index=index("one", 0)) for n in range(2)]
        assert threads_of(*weekly) == ["w0", "w1"]

    def test_an_old_mail_written_over_begins_a_conversation(self) -> None:
        old = mail("a", thread_index=index("one", 1), subject="RE: Plan")
        new = mail("b", hours=24 * 400, thread_index=index("one", 2), subject="Plan")
        assert threads_of(old, new) == ["a", "b"]

    def test_one_that_cannot_be_decoded_says_nothing(self) -> None:
        assert threads_of(mail("a", thread_index="é"), mail("b", hours=1, thread_index="A")) == ["a", "b"]


class TestSubjects:
    """The subject supports; alone it never joins."""

    def test_a_reply_to_a_writer_joins(self) -> None:
        reply = mail("b", hours=5, sender="ana@corvus.example", to="dana@halden.example", subject=REPLY)
        assert threads_of(mail("a"), reply) == ["a b"]

    def test_a_forward_by_a_recipient_joins(self) -> None:
        passed_on = mail("b", hours=5, sender="ana@corvus.example", to="qa@corvus.example", subject="WG: Batch 12")
        assert threads_of(mail("a"), passed_on) == ["a b"]

    def test_an_equal_subject_without_a_reply_mark_begins_anew(self) -> None:
        assert threads_of(mail("a"), mail("b", hours=24)) == ["a", "b"]

    def test_a_reply_of_other_people_is_another_thread(self) -> None:
        other = mail("b", hours=5, sender="x@y.example", to="z@y.example", subject=REPLY)
        assert threads_of(mail("a"), other) == ["a", "b"]

    def test_a_shared_list_is_no_shared_person(self) -> None:
        first = mail("a", to="all@lists.example", subject="Meeting")
        other = mail("b", hours=5, sender="x@y.example", to="all@lists.example", subject="Re: Meeting")
        assert threads_of(first, other) == ["a", "b"]

    def test_thirty_days_later_is_another_thread(self) -> None:
        late = mail("b", hours=24 * 31, sender="ana@corvus.example", to="dana@halden.example", subject=REPLY)
        assert threads_of(mail("a"), late) == ["a", "b"]

    def test_a_reply_whose_references_resolve_is_not_joined_by_subject(self) -> None:
        twin = mail("b", hours=1, sender="ana@corvus.example", to="dana@halden.example")
        reply = mail("c", hours=2, references="a", subject=REPLY, to="ana@corvus.example")
        assert threads_of(mail("a"), twin, reply) == ["a c", "b"]

    def test_an_invitation_forwarded_every_week_begins_anew(self) -> None:
        weekly = [mail(f"w{n}", hours=168 * n, subject="Fw: Weekly call") for n in range(2)]
        assert threads_of(*weekly) == ["w0", "w1"]

    def test_a_reply_without_a_subject_is_left_alone(self) -> None:
        assert threads_of(mail("a", subject=""), mail("b", hours=1, subject="Re:")) == ["a", "b"]


PEOPLE = ["dana@halden.example", "ana@corvus.example", "kurt@corvus.example", "all@lists.example"]
NAMES = [f"m{n}" for n in range(12)]


@st.composite
def mailboxes(draw: st.DrawFn) -> list[Message]:
    """A mailbox with references forwards, backwards, to itself and to nobody."""
    return [
        mail(
            name,
            sender=draw(st.sampled_from(PEOPLE[:3])),
            to=draw(st.sampled_from(PEOPLE)),
            subject=draw(st.sampled_from(["Batch 12", "Re: Batch 12", "FW: Batch 12", "Plan", "AW: Plan", ""])),
            hours=draw(st.integers(0, 1500)),
            references=" ".join(draw(st.lists(st.sampled_from([*NAMES, "lost", "gone"]), max_size=4))),
            in_reply_to=draw(st.sampled_from(["", "", *NAMES])),
            thread_index=draw(st.sampled_from(["", "", index("one", 0), index("one", 1), index("two", 2)])),
            message_id=draw(st.sampled_from([None, None, "same@mail", ""])),
        )
        for name in draw(st.lists(st.sampled_from(NAMES), unique=True))
    ]


@given(mailboxes(), st.randoms(use_true_random=False))
def test_threads_do_not_depend_on_the_order_of_messages(messages: list[Message], chance: random.Random) -> None:
    shuffled = messages.copy()
    chance.shuffle(shuffled)
    assert thread_messages(shuffled, {}) == thread_messages(messages, {})


@given(mailboxes())
def test_every_message_is_in_exactly_one_thread_in_time_order(messages: list[Message]) -> None:
    place = {message.id: (message.at, message.id) for message in messages}
    threads = thread_messages(messages, {})
    assert sorted(each for thread in threads for each in thread.message_ids) == sorted(place)
    for thread in threads:
        assert thread.id == thread.message_ids[0]
        assert list(thread.message_ids) == sorted(thread.message_ids, key=place.__getitem__)


def test_a_chain_of_ten_thousand_replies_is_one_thread() -> None:
    chain = [mail(f"n{n}", hours=n / 10, in_reply_to=f"n{n + 1}") for n in range(10_000)]
    assert [len(thread.message_ids) for thread in thread_messages(chain, {})] == [10_000]

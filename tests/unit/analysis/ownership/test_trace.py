"""Which message does what to which ask: branches, sides, chasers, several asks, several organisations."""

from models.companies import Relationship
from models.judgements import ReplyCues
from models.vocabulary import Addressing, AskKind, EventKind
from tests.unit.analysis.ownership.building import (
    ANA,
    BEN,
    DANA,
    EVA,
    LIST,
    MIA,
    OTTO,
    RELATED,
    Mail,
    ask,
    cue,
    judged,
    kinds,
    says,
    span,
    traced,
)

SEND = "Please send the batch record."
PRICE = "What does a second line cost?"
FIRST = Mail(DANA, SEND, (ANA, BEN), asks=(ask(SEND),))


def test_opened_with_everything_that_its_message_shows() -> None:
    (one,) = traced(FIRST)
    assert (one.asker, one.asking, one.obliged, one.relationship) == (DANA, "halden", "corvus", "halden-corvus")
    assert (one.addressing, one.addressees, one.fan_out) == (Addressing.PLURAL, (ANA, BEN), 2)
    assert (one.quote, one.start, one.end, one.topic) == (SEND, 0, len(SEND), "general")
    assert kinds(one) == [EventKind.ASKED]


def test_sides_of_an_ask_to_two_contractors() -> None:
    orion = Relationship("halden-orion", "halden", "orion")
    both = Mail(DANA, SEND, (ANA, MIA), asks=(ask(SEND),))
    assert [one.obliged for one in traced(both)] == ["corvus"]
    assert [one.obliged for one in traced(both, relationship=orion)] == ["orion"]
    assert [(one.obliged, one.relationship) for one in traced(both, relationship=None)] == [("corvus", None)]


def test_a_colleague_called_by_name_makes_it_internal() -> None:
    words = "Otto, please send the batch record."
    (one,) = traced(Mail(DANA, words, (OTTO, ANA), asks=(ask(words, AskKind.REQUEST, "Otto"),)))
    assert one.internal
    assert (one.relationship, one.addressees) == (None, (OTTO,))


def test_a_list_obliges_whom_it_answers() -> None:
    news = Mail(ANA, "Line two runs.", (LIST,), reply=says(3))
    question = Mail(DANA, PRICE, (LIST,), day=1, re=0, asks=(ask(PRICE, AskKind.QUESTION),))
    assert [one.obliged for one in traced(news, question)] == ["corvus"]


def test_a_circular_to_many_companies_obliges_none_of_them() -> None:
    people = tuple(f"kim.lee{n}@company{n}.example" for n in range(7))
    letter = Mail(DANA, SEND, (ANA, *people), asks=(ask(SEND),))
    assert [(one.obliged, one.relationship) for one in traced(letter)] == [("", None)]
    words = f"Ana, {SEND}"
    named = Mail(DANA, words, (ANA, *people), asks=(ask(words, AskKind.REQUEST, "Ana"),))
    assert [one.obliged for one in traced(named)] == ["corvus"]


def test_an_answer_goes_to_the_nearest_ask_of_its_branch() -> None:
    other = Mail(DANA, PRICE, (ANA,), day=1, re=0, asks=(ask(PRICE, AskKind.QUESTION),))
    answer = Mail(ANA, "Two thousand a day.", (DANA,), day=2, re=1, reply=says(4))
    first, second = traced(FIRST, other, answer)
    assert kinds(first) == [EventKind.ASKED]
    assert kinds(second)[-1] is EventKind.ANSWERED


def test_another_branch_is_left_alone() -> None:
    fork = Mail(OTTO, "For your information.", (DANA,), day=1, re=0)
    other = Mail(DANA, PRICE, (BEN,), day=2, asks=(ask(PRICE, AskKind.QUESTION),))
    aside = Mail(BEN, "Three thousand a day.", (DANA,), day=3, re=2, reply=says(4))
    first, second = traced(FIRST, fork, other, aside)
    assert EventKind.ANSWERED not in kinds(first)
    assert kinds(second)[-1] is EventKind.ANSWERED


def test_one_reply_to_two_asks_answers_both_less_surely() -> None:
    both = Mail(DANA, f"{SEND}\n\nAlso: {PRICE}", (ANA,), asks=(ask(SEND), ask(PRICE, AskKind.QUESTION)))
    answer = Mail(ANA, "The record is there, the line costs two thousand.", (DANA,), day=1, re=0, reply=says(9))
    asks, alone = traced(both, answer), traced(FIRST, answer)
    assert len(asks) == 2
    sure = alone[0].events[-1].evidence.confidence
    assert [(one.events[-1].kind, one.events[-1].evidence.confidence < sure) for one in asks] == [
        (EventKind.ANSWERED, True)
    ] * 2


def test_asking_the_same_again_is_a_chaser_and_opens_nothing() -> None:
    again = "Could you send the batch record?"
    asks = traced(FIRST, Mail(DANA, again, (ANA, BEN), day=3, re=0, asks=(ask(again),)))
    assert [kinds(one) for one in asks] == [[EventKind.ASKED, EventKind.CHASER]]


def test_put_right_at_once_is_no_chaser() -> None:
    again = "Sorry: please send the batch record of twelve."
    asks = traced(FIRST, Mail(DANA, again, (ANA, BEN), day=0.02, re=0, asks=(ask(again),)))
    assert [kinds(one) for one in asks] == [[EventKind.ASKED]]


def test_a_colleague_of_the_asker_chases_too() -> None:
    again = "Any news on the batch record?"
    asks = traced(FIRST, Mail(OTTO, again, (ANA, BEN), day=3, re=0, asks=(ask(again, chaser=True),)))
    assert [kinds(one) for one in asks] == [[EventKind.ASKED, EventKind.CHASER]]


def test_a_chaser_that_calls_a_name_addresses_it() -> None:
    again = "Ben, any news on the batch record?"
    judgement = judged(
        FIRST,
        Mail(DANA, again, (ANA, BEN), day=3, re=0, asks=(ask(again, AskKind.REQUEST, "Ben", chaser=True),)),
        day=9,
    )[0]
    assert judgement.owner == BEN


def test_an_answer_after_which_the_asker_chases_was_none() -> None:
    answer = Mail(ANA, "The other record is there.", (DANA,), day=1, re=0, reply=says(5))
    again = "Any news on the batch record?"
    chaser = Mail(DANA, again, (ANA, BEN), day=4, re=1, asks=(ask(again, chaser=True),))
    before, after = (judged(FIRST, answer, chaser, day=day)[0] for day in (2, 5))
    assert (before.answered_by, after.answered_by) == (ANA, None)
    assert after.owner == ANA


def test_a_further_question_after_the_answer_is_an_ask_of_its_own() -> None:
    answer = Mail(ANA, "It is in the portal.", (DANA,), day=1, re=0, reply=says(5))
    further = "Who signed the batch record?"
    asks = traced(FIRST, answer, Mail(DANA, further, (ANA,), day=2, re=1, asks=(ask(further, AskKind.QUESTION),)))
    assert [one.quote for one in asks] == [SEND, further]


def test_a_colleague_answers_only_when_writing_to_the_asker() -> None:
    words = "The record came yesterday with the courier, it is here."
    to_asker = Mail(OTTO, words, (DANA,), (ANA,), day=1, re=0, reply=says(10))
    to_them = Mail(OTTO, words, (ANA,), (DANA,), day=1, re=0, reply=says(10))
    assert kinds(traced(FIRST, to_asker)[0])[-1] is EventKind.ANSWERED
    assert kinds(traced(FIRST, to_them)[0]) == [EventKind.ASKED]


def test_withdrawing_does_not_touch_what_the_other_side_asks() -> None:
    which = "Which batch?"
    back = Mail(ANA, which, (DANA,), day=1, re=0, asks=(ask(which, AskKind.QUESTION),))
    never = "Never mind."
    mine, theirs = traced(FIRST, back, Mail(DANA, never, (ANA,), day=2, re=1, reply=ReplyCues(withdraws=span(never))))
    assert kinds(mine)[-1] is EventKind.WITHDRAWN
    assert EventKind.WITHDRAWN not in kinds(theirs)


def test_language_that_is_not_read_acts_and_answers_nothing() -> None:
    reply = Mail(ANA, "Das Protokoll liegt seit gestern bereit.", (DANA,), day=1, re=0, read=False)
    judgement = judged(FIRST, reply, day=9)[0]
    assert (judgement.owner, judgement.answered_at) == (ANA, None)


def test_a_patch_to_a_list_is_an_ask_and_to_a_person_is_none() -> None:
    patch = "Add the new sensor."
    posted = Mail(DANA, patch, (LIST,), subject="[PATCH 1/2] sensors: add")
    assert [one.kind for one in traced(posted)] == [AskKind.IMPLICIT]
    assert not traced(Mail(DANA, patch, (ANA,), subject="[PATCH 1/2] sensors: add"))


def test_input_order_and_later_mail_change_nothing_before() -> None:
    give = "Eva will take this."
    given = Mail(ANA, give, (DANA,), day=1, re=0, cues=(cue("assignment", give, "Eva"),))
    later = Mail(EVA, "It is in the portal.", (DANA,), day=6, re=0, reply=says(5))
    assert judged(FIRST, given, later, day=3) == judged(FIRST, given, day=3)
    assert judged(FIRST, given, later, day=3, relationship=RELATED)[0].owner == EVA


def test_a_trouble_report_to_a_list_is_an_ask() -> None:
    words = "We upgraded. There appears to be a small bug in the driver. Otherwise all is well."
    (one,) = traced(Mail(DANA, words, (LIST,)))
    assert (one.kind, one.quote) == (AskKind.IMPLICIT, "There appears to be a small bug in the driver.")


def test_rules_end_soon_on_hostile_text() -> None:
    text = "\n" * 100_000 + "reminder of " * 5_000 + "please, also" * 5_000
    assert traced(Mail(DANA, text, (LIST,)), Mail(ANA, text, (LIST,), day=1, re=0, reply=says(9))) == []

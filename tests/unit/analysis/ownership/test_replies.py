"""What replies do beyond answering: advise, decide, hand on to somebody by name, refuse."""

from datetime import date

from models.judgements import AskSpan, ReplyCues
from models.records import Absence, NamedAddress
from models.vocabulary import AskKind, AutoKind, EventKind, OwnerBasis, State
from tests.unit.analysis.ownership.building import (
    ANA,
    BEN,
    DANA,
    EVA,
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
WHETHER = "Is line two free?"
WHEN = "When is line two free?"
TO_ANA = Mail(DANA, SEND, (ANA,), asks=(ask(SEND),))


def asked(words: str) -> Mail:
    return Mail(DANA, words, (ANA,), asks=(ask(words, AskKind.QUESTION),))


def ruled(words: str, rule: str) -> AskSpan:
    return AskSpan(span(words, rule=rule), AskKind.REQUEST)


def test_advice_in_an_answer_opens_no_ask_and_advice_alone_asks_back() -> None:
    advice = "You need to restart the line."
    answer = Mail(ANA, f"It is. {advice}", (DANA,), day=1, re=0, asks=(ruled(advice, "you_should"),), reply=says(9))
    (one,) = traced(asked(WHETHER), answer)
    assert kinds(one)[-1] is EventKind.ANSWERED
    (other,) = traced(asked(WHETHER), Mail(ANA, advice, (DANA,), day=1, re=0, asks=(ruled(advice, "you_should"),)))
    assert kinds(other)[-1] is EventKind.ASKED_BACK


def test_an_instruction_decides_a_question_and_opens_nothing() -> None:
    hold = "Hold the batch as well."
    decision = Mail(ANA, hold, (DANA,), day=1, re=0, asks=(ruled(hold, "imperative"),))
    (one,) = judged(asked(WHETHER), decision, day=3)
    assert (one.state, one.answered_by) == (State.ANSWERED, ANA)


def test_wanting_something_back_is_no_decision() -> None:
    tell = "Please tell us the batch."
    back = Mail(ANA, tell, (DANA,), day=1, re=0, asks=(ruled(tell, "please"),))
    assert judged(asked(WHETHER), back, day=3)[0].state is State.WAITING


def test_yes_answers_what_takes_it_though_more_is_asked() -> None:
    more = "May we know the batch?"
    yes = Mail(ANA, f"Yes. {more}", (DANA,), day=1, re=0, asks=(ask(more, AskKind.QUESTION),))
    assert judged(asked(WHETHER), yes, day=3)[0].state is State.ANSWERED
    assert judged(asked(WHEN), yes, day=3)[0].state is State.WAITING


def test_a_question_to_a_third_by_name_hands_it_to_them_and_their_answer_closes_it() -> None:
    words = "Ben, can you help?"
    handing = Mail(ANA, words, (DANA, BEN), day=1, re=0, asks=(ask(words, AskKind.REQUEST, "Ben"),))
    mine = judged(asked(WHETHER), handing, day=3)[0]
    assert (mine.state, mine.owner, mine.owner_basis) == (State.OWNED, BEN, OwnerBasis.ASSIGNED)
    answer = Mail(BEN, "Line two is free from May on, for three weeks.", (DANA,), day=2, re=1, reply=says(10))
    assert judged(asked(WHETHER), handing, answer, day=3)[0].state is State.ANSWERED


def test_another_matter_put_to_a_third_gives_them_nothing() -> None:
    words = "Ben, shall I order a warning lamp?"
    aside = Mail(ANA, words, (DANA, BEN), day=1, re=0, asks=(ask(words, AskKind.QUESTION, "Ben"),))
    first = judged(asked(WHETHER), aside, day=3)[0]
    assert (first.state, first.owner) == (State.OWNED, ANA)


def test_who_is_asked_instead_after_a_refusal_takes_the_ask_over() -> None:
    refusal = Mail(ANA, "Not mine, try Ben.", (DANA,), day=1, re=0, cues=(cue("refusal", "Not mine", "Ben"),))
    help_me = "Ben, could you answer the mail below?"
    instead = Mail(DANA, help_me, (BEN,), day=2, re=1, asks=(ask(help_me, AskKind.REQUEST, "Ben"),))
    (one,) = judged(TO_ANA, refusal, instead, day=9)
    assert (one.state, one.owner, one.chasers) == (State.OWNED, BEN, 0)
    answer = Mail(BEN, "The record lies in the portal since this morning.", (DANA,), day=3, re=2, reply=says(9))
    (answered,) = judged(TO_ANA, refusal, instead, answer, day=9)
    assert (answered.state, answered.answered_by) == (State.ANSWERED, BEN)


def test_what_was_left_open_by_name_is_answered_with_a_later_mail_of_the_same_asker() -> None:
    other = Mail(DANA, WHEN, (ANA,), day=1, re=0, asks=(ask(WHEN, AskKind.QUESTION),))
    answer = Mail(ANA, "The record is there and line two is free in May.", (DANA,), day=2, re=1, reply=says(11))
    assert [one.state for one in judged(TO_ANA, other, answer, day=3)] == [State.ANSWERED, State.ANSWERED]
    short = Mail(ANA, "In May.", (DANA,), day=2, re=1, reply=says(2))
    assert [one.state for one in judged(TO_ANA, other, short, day=3)] == [State.OWNED, State.ANSWERED]


def test_putting_off_acts_and_does_not_answer() -> None:
    later = "We won't get to it before the end of the month I am afraid."
    putting_off = Mail(ANA, later, (DANA,), day=1, re=0, reply=ReplyCues(substance_words=14))
    (one,) = judged(Mail(DANA, SEND, (ANA, EVA), asks=(ask(SEND),)), putting_off, day=3)
    assert (one.state, one.owner_basis) == (State.OWNED, OwnerBasis.ACTING)


def test_the_days_of_absence_stand_beside_the_reply_that_tells_them() -> None:
    told = Absence(NamedAddress(ANA), date(2026, 3, 2), date(2026, 3, 9))
    away = Mail(ANA, "I am away.", (DANA,), day=1, re=0, auto=AutoKind.OUT_OF_OFFICE, absence=told)
    (one,) = traced(TO_ANA, away)
    assert one.events[-1].kind is EventKind.OUT_OF_OFFICE
    assert one.events[-1].detail == "away from 2026-03-02, back on 2026-03-09"

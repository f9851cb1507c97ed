"""Deriving is pure: the order of facts and everything after the moment make no difference."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.derivation import Derivation, Facts, derive, load_facts, rules_version
from analysis.settings import AnalysisSettings
from models.judgements import KeptJudgements, Reading, ReplyCues
from models.polls import Arrival, LedgerKey
from models.records import Message, ParsedMail, Recipient
from models.store import Store
from models.vocabulary import AutoKind, EventKind, ReasonCode, State
from tests.unit.analysis.ownership.building import (
    ANA,
    BEN,
    CORVUS,
    DANA,
    EVA,
    HALDEN,
    MONDAY,
    ORION,
    OTTO,
    QUALITY,
    RELATED,
    Mail,
    ask,
    cue,
    promise,
    says,
    span,
    talk,
)

SETTINGS = AnalysisSettings((HALDEN, CORVUS, ORION), (RELATED,))
SEND, MORE, PRICE = "Please send the batch record.", "Any news on the batch record?", "What does line two cost?"
MINE, GIVE, LAST = "I will send it by Friday.", "Eva will take this.", "Friday is my last day."


def facts(*mails: Mail) -> Facts:
    conversation = talk(*mails)
    return Facts(
        conversation.messages, {each.message_id: each.id for each in conversation.messages}, conversation.readings
    )


def derived(*mails: Mail, day: float) -> Derivation:
    return derive(facts(*mails), SETTINGS, MONDAY + timedelta(days=day))


TEXTS = {
    "send": {"asks": (ask(SEND),), "text": SEND},
    "more": {"asks": (ask(MORE, chaser=True),), "text": MORE},
    "price": {"asks": (ask(PRICE),), "text": PRICE},
    "mine": {"promises": (promise(MINE, "by Friday"),), "text": MINE},
    "give": {"cues": (cue("assignment", GIVE, "Eva"),), "text": GIVE},
    "last": {"cues": (cue("handoff", LAST),), "text": LAST},
    "answer": {"reply": says(9), "text": "The record is in the portal since Monday, all of it."},
    "never": {"reply": ReplyCues(withdraws=span("Never mind.")), "text": "Never mind."},
    "away": {"auto": AutoKind.OUT_OF_OFFICE, "text": "I am away."},
}


@st.composite
def mailboxes(draw: st.DrawFn) -> tuple[Mail, ...]:
    """A few mails between the companies, each of which may answer an earlier one."""
    mails: list[Mail] = []
    for index in range(draw(st.integers(1, 7))):
        people = draw(st.permutations([DANA, OTTO, ANA, BEN, EVA, QUALITY]))
        parent = draw(st.none() | st.integers(0, index - 1)) if index else None
        what = TEXTS[draw(st.sampled_from(sorted(TEXTS)))]
        size = draw(st.integers(1, 4))
        sender = next(each for each in people if each != QUALITY)
        to = tuple(each for each in people if each != sender)[:size]
        day = draw(st.integers(0, 12)) if parent is None else mails[parent].day + draw(st.integers(1, 3))
        mails.append(replace(Mail(sender, "", to, day=day, re=parent), **what))  # type: ignore[arg-type]
    return tuple(mails)


@settings(max_examples=100, deadline=None)
@given(mailboxes(), st.integers(0, 20))
def test_mail_after_the_moment_changes_nothing(mails: tuple[Mail, ...], day: int) -> None:
    moment = MONDAY + timedelta(days=day)
    everything = facts(*mails)
    until = tuple(message for message in everything.messages if message.at <= moment)
    known = {message.id for message in until}
    then = Facts(until, {each: each for each in known}, {each: everything.readings[each] for each in known})
    assert derive(everything, SETTINGS, moment) == derive(then, SETTINGS, moment)


@settings(max_examples=80, deadline=None)
@given(mailboxes(), st.data())
def test_the_order_of_facts_changes_nothing(mails: tuple[Mail, ...], data: st.DataObject) -> None:
    everything = facts(*mails)
    shuffled = replace(everything, messages=tuple(data.draw(st.permutations(everything.messages))))
    moment = MONDAY + timedelta(days=30)
    assert derive(shuffled, SETTINGS, moment) == derive(everything, SETTINGS, moment)


@settings(max_examples=80, deadline=None)
@given(mailboxes(), st.integers(0, 20))
def test_every_judgement_holds_together(mails: tuple[Mail, ...], day: int) -> None:
    for one in derived(*mails, day=day).judgements:
        assert (one.owner is None) == (one.owner_evidence is None)
        assert (one.closed_at is None) == (one.state not in {State.ANSWERED, State.WITHDRAWN})
        assert one.closed_at is None or not one.reasons
        assert 0 <= one.ack_hours <= one.age_hours
        assert 0 <= one.answer_hours <= one.age_hours
        assert all(event.at <= one.as_of for event in one.ask.events)
        assert one.ask.events[0].kind is EventKind.ASKED


def test_members_that_a_later_envelope_shows_are_not_counted_before_it() -> None:
    group = "planning@corvus.example"
    asked = Mail(DANA, SEND, (group,), asks=(ask(SEND),))
    later = Mail(DANA, "Minutes", (group,), day=5, subject="Minutes")
    known = facts(asked, later)
    first, second = known.messages
    reached = tuple(Recipient(person, via=group) for person in (ANA, BEN, EVA))
    known = replace(known, messages=(first, replace(second, recipients=second.recipients + reached)))
    fan_out = [derive(known, SETTINGS, MONDAY + timedelta(days=day)).asks[0].fan_out for day in (4, 6)]
    assert fan_out == [1, 3]


def test_a_departure_told_in_another_thread_leaves_its_asks_without_owner() -> None:
    words = "Ana, please send the batch record."
    asked = Mail(DANA, words, (ANA, BEN), asks=(replace(ask(words), names=("Ana",)),))
    told = Mail(ANA, LAST, (DANA,), day=2, cues=(cue("handoff", LAST),), subject="Goodbye")
    still, gone = derived(asked, told, day=4).judgements[0], derived(asked, told, day=5).judgements[0]
    assert (still.owner, gone.owner) == (ANA, None)
    assert ReasonCode.OWNER_LEFT in {reason.code for reason in gone.reasons}


def test_taking_over_from_somebody_says_that_they_left() -> None:
    words, over = "Ana, please send the batch record.", "I am taking over from Ana."
    asked = Mail(DANA, words, (ANA, BEN), asks=(replace(ask(words), names=("Ana",)),))
    told = Mail(EVA, over, (DANA, ANA), day=2, cues=(cue("handoff", over, "Ana"),), subject="Hello")
    (gone,) = derived(asked, told, day=3).judgements
    assert (gone.owner, gone.state) == (None, State.LIMBO)


def test_facts_loaded_from_a_store_give_the_same_judgements() -> None:
    asked = Mail(DANA, SEND, (ANA, BEN), asks=(ask(SEND),))
    sent = Mail(ANA, "With kind regards", (DANA,), day=1, re=0, files=("EBR-12.pdf",))
    chased = Mail(DANA, MORE, (ANA,), day=2, subject="Other", asks=(ask(MORE, chaser=True),))
    direct = facts(asked, sent, chased)
    with Store.open("sqlite://") as store:
        run = store.start_run("ingest", MONDAY, None, "")
        store.record_messages(run, [_arrival(message, uid) for uid, message in enumerate(direct.messages, 1)])
        store.record_readings(tuple({each.text_sha256: each for each in direct.readings.values()}.values()))
        loaded = load_facts(store, "by hand")
        moment = MONDAY + timedelta(days=9)
        result = derive(loaded, SETTINGS, moment)
        store.replace_judgements(KeptJudgements(moment, result.versions["rules"], result.threads, result.judgements))
        kept = store.judgements()
    assert kept is not None
    assert (kept.threads, kept.judgements) == (result.threads, result.judgements)
    assert result.judgements == derive(direct, SETTINGS, moment).judgements
    assert [one.state for one in kept.judgements] == [State.ANSWERED, State.OWNED]


def _arrival(message: Message, uid: int) -> Arrival:
    return Arrival(LedgerKey("box", "INBOX", 1, uid), b"raw", ParsedMail(message))


def test_who_still_writes_weeks_later_has_not_left() -> None:
    words = "Ana, please send the batch record."
    asked = Mail(DANA, words, (ANA, BEN), asks=(replace(ask(words), names=("Ana",)),))
    told = Mail(ANA, LAST, (DANA,), day=2, cues=(cue("handoff", LAST),), subject="Goodbye to the pilot line")
    later = Mail(ANA, "Hello again.", (OTTO,), day=40, subject="News")
    gone, back = derived(asked, told, later, day=39).judgements[0], derived(asked, told, later, day=41).judgements[0]
    assert (gone.owner, back.owner) == (None, ANA)


def test_mail_about_the_same_record_elsewhere_is_asked_about() -> None:
    words = "Please close DEV-2026-013."
    asked = Mail(DANA, words, (ANA, BEN), asks=(ask(words),))
    beside = Mail(ANA, "DEV-2026-013 was closed.", (DANA,), day=2, reply=says(4), subject="Weekly status")
    before, after = derived(asked, beside, day=1).judgements[0], derived(asked, beside, day=3).judgements[0]
    assert ReasonCode.ANSWERED_OFF_THREAD not in {reason.code for reason in before.reasons}
    found = next(reason for reason in after.reasons if reason.code is ReasonCode.ANSWERED_OFF_THREAD)
    assert found.evidence.message_id == "m1"
    assert after.state is State.LIMBO


def test_promises_are_kept_with_their_dates() -> None:
    asked = Mail(DANA, SEND, (ANA,), asks=(ask(SEND),))
    promised = Mail(ANA, MINE, (DANA,), day=1, re=0, promises=(promise(MINE, "by Friday"),))
    (one,) = derived(asked, promised, day=3).commitments
    assert (one.by, one.due_on) == (ANA, (MONDAY + timedelta(days=4)).date())


def test_a_message_without_reading_opens_nothing() -> None:
    bare = replace(facts(Mail(DANA, SEND, (ANA,), asks=(ask(SEND),))), readings={})
    assert derive(bare, SETTINGS, MONDAY + timedelta(days=9)).judgements == ()


def test_versions_name_rules_and_reader() -> None:
    result = derive(replace(facts(Mail(DANA, SEND, (ANA,))), reader_version="r1"), SETTINGS, MONDAY)
    assert result.versions == {"rules": rules_version(), "reader": "r1"}


@pytest.mark.parametrize("count", [0, 1])
def test_derives_from_little(count: int) -> None:
    mails = [Mail(DANA, "", (ANA,))] * count
    conversation = talk(*mails) if mails else None
    given_facts = Facts(conversation.messages if conversation else (), {}, {"m0": Reading("", "")})
    assert len(derive(given_facts, SETTINGS, MONDAY).threads) == count

"""Every state, every basis of owning and every reason at least once, on conversations of a few words."""

from datetime import timedelta

import pytest

from analysis.ownership import judge, trace_asks
from analysis.ownership.conversation import Departure
from models.companies import Relationship
from models.judgements import Evidence, Judgement, ReplyCues
from models.vocabulary import AutoKind, EventKind, OwnerBasis, ReasonCode, State
from tests.unit.analysis.ownership.building import (
    ANA,
    BEN,
    CONTACT,
    DANA,
    EVA,
    LIST,
    MONDAY,
    OTTO,
    QUALITY,
    RELATED,
    SILENCE,
    STAFF,
    Mail,
    ask,
    cue,
    judged,
    promise,
    says,
    span,
    talk,
    world,
)

SEND = "Please send the batch record."
TO_ALL = Mail(DANA, SEND, STAFF, asks=(ask(SEND),))
TO_ANA = Mail(DANA, f"Hi Ana, {SEND}", (ANA,), asks=(ask(SEND, ask(SEND).kind, "Ana"),))


def only(*mails: Mail, day: float = 20, relationship: Relationship | None = RELATED) -> Judgement:
    found = judged(*mails, day=day, relationship=relationship)
    assert len(found) == 1, [each.ask.quote for each in found]
    return found[0]


def reply(text: str, words: int = 0, *, sender: str = ANA, day: float = 1, **more: object) -> Mail:
    return Mail(sender, text, (DANA,), day=day, re=0, reply=says(words), **more)  # type: ignore[arg-type]


def codes(judgement: Judgement) -> set[ReasonCode]:
    return {reason.code for reason in judgement.reasons}


def test_watch_before_and_limbo_after_the_acknowledgement_clock() -> None:
    before, after = only(TO_ALL, day=0.9), only(TO_ALL, day=1.1)
    assert (before.state, after.state) == (State.WATCH, State.LIMBO)
    assert after.ack_due == MONDAY + timedelta(days=1)
    assert (after.owner, after.owner_basis, after.owner_evidence) == (None, OwnerBasis.NONE, None)


def test_chased_in_vain_is_stranded() -> None:
    again = "Any update on the batch record?"
    chaser = Mail(DANA, again, STAFF, day=3, re=0, asks=(ask(again, chaser=True),))
    judgement = only(TO_ALL, chaser)
    assert judgement.state is State.STRANDED
    assert judgement.chasers == 1
    assert next(reason.count for reason in judgement.reasons if reason.code is ReasonCode.CHASED) == 1


def test_silence_that_a_clause_gives_effect_expires() -> None:
    assert only(TO_ALL, day=6, relationship=SILENCE).state is State.LIMBO
    expired = only(TO_ALL, day=8, relationship=SILENCE)
    assert expired.state is State.EXPIRED
    assert expired.silence_due == MONDAY + timedelta(days=7)


def test_named_and_silent_is_owned_and_late_not_limbo() -> None:
    judgement = only(TO_ANA)
    assert (judgement.state, judgement.owner, judgement.owner_basis) == (State.OWNED, ANA, OwnerBasis.ADDRESSED)
    assert judgement.late
    assert ReasonCode.OWNER_SILENT in codes(judgement)
    assert not codes(judgement) & {ReasonCode.FAN_OUT, ReasonCode.GROUP_ADDRESS}


def test_answered_by_substance_from_anybody() -> None:
    judgement = only(TO_ANA, reply("It is in the portal since Friday.", 7, sender=BEN))
    assert (judgement.state, judgement.answered_by) == (State.ANSWERED, BEN)
    assert (judgement.owner, judgement.owner_basis) == (BEN, OwnerBasis.ACTING)
    assert judgement.answered_at == judgement.closed_at == MONDAY + timedelta(days=1)
    assert (judgement.answer_hours, judgement.age_hours, judgement.wall_hours) == (8.0, 8.0, 24.0)
    assert not judgement.reasons


def test_attachment_answers_without_words() -> None:
    assert only(TO_ALL, reply("", files=("EBR-12.pdf",))).state is State.ANSWERED


def test_logo_answers_nothing() -> None:
    assert only(TO_ALL, reply("", files=("image001.png",))).state is State.LIMBO


def test_declined_is_closed_by_the_decliner() -> None:
    no = "We cannot send it."
    judgement = only(TO_ALL, Mail(ANA, no, (DANA,), day=1, re=0, reply=ReplyCues(4, declines=span(no))))
    assert judgement.state is State.ANSWERED
    assert judgement.ask.events[-1].kind is EventKind.DECLINED


def test_thanks_acknowledge_and_leave_it_in_limbo() -> None:
    thanks = "Thanks, received."
    judgement = only(TO_ALL, Mail(ANA, thanks, (DANA,), day=1, re=0, reply=ReplyCues(acknowledges=span(thanks))))
    assert judgement.state is State.LIMBO
    assert judgement.acknowledged_at == MONDAY + timedelta(days=1)
    assert (judgement.ack_hours, judgement.answered_at) == (8.0, None)


def test_waiting_stops_the_clock_until_the_asker_replies() -> None:
    which = "Which batch do you mean exactly?"
    back = Mail(ANA, which, (DANA,), day=1, re=0, asks=(ask(which),))
    told = Mail(DANA, "Batch twelve of February.", (ANA,), day=8, re=1, reply=says(4))
    waiting = judged(TO_ALL, back, day=4)[0]
    assert (waiting.state, waiting.owner, waiting.late) == (State.WAITING, ANA, False)
    assert waiting.answer_hours == 8.0
    owned = judged(TO_ALL, back, told, day=9)[0]
    assert (owned.state, owned.owner_basis) == (State.OWNED, OwnerBasis.ACTING)
    assert owned.answer_hours == 16.0
    assert owned.answer_due == MONDAY + timedelta(days=10)


def test_withdrawn_by_the_asker() -> None:
    never = "Never mind, found it."
    gone = Mail(DANA, never, STAFF, day=1, re=0, reply=ReplyCues(withdraws=span(never)))
    assert only(TO_ALL, gone).state is State.WITHDRAWN


def test_asker_says_it_is_solved() -> None:
    works = "That works, thanks."
    solved = Mail(DANA, works, (ANA,), day=2, re=0, reply=ReplyCues(closes=span(works)))
    judgement = only(TO_ALL, solved)
    assert judgement.state is State.ANSWERED
    assert judgement.ask.events[-1].detail == "the asker says so"


def test_assigned_beats_volunteered_beats_acting_whatever_comes_last() -> None:
    give, mine = "Eva will take this.", "I will look into it."
    given = reply(give, cues=(cue("assignment", give, "Eva"),))
    volunteer = reply(mine, sender=BEN, day=2, promises=(promise(mine),))
    assert only(TO_ALL, volunteer).owner_basis is OwnerBasis.VOLUNTEERED
    judgement = only(TO_ALL, given, volunteer)
    assert (judgement.owner, judgement.owner_basis) == (EVA, OwnerBasis.ASSIGNED)
    assert judgement.owner_evidence is not None
    assert judgement.owner_evidence.quote == give


def test_refusal_gives_the_ask_back() -> None:
    give, no = "Eva will take this.", "Not my area."
    given = reply(give, cues=(cue("assignment", give, "Eva"),))
    refused = reply(no, sender=EVA, day=2, cues=(cue("refusal", no),))
    judgement = only(TO_ALL, given, refused)
    assert (judgement.state, judgement.owner) == (State.LIMBO, None)


def test_name_of_nobody_gives_no_owner_and_is_said() -> None:
    give = "Zoltan will take this."
    judgement = only(TO_ALL, reply(give, cues=(cue("assignment", give, "Zoltan"),)))
    assert judgement.owner is None
    assigned = next(event for event in judgement.ask.events if event.kind is EventKind.ASSIGNED)
    assert assigned.person == ""
    assert "Zoltan" in assigned.detail


def test_standing_contact_among_the_main_recipients() -> None:
    judgement = only(TO_ALL, relationship=CONTACT)
    assert (judgement.owner, judgement.owner_basis, judgement.state) == (BEN, OwnerBasis.STANDING, State.OWNED)


def test_promise_owns_and_does_not_answer_a_request() -> None:
    mine = "I will send it by Friday."
    kept = reply(mine, 6, promises=(promise(mine, "by Friday"),))
    thursday, monday = only(TO_ALL, kept, day=3), only(TO_ALL, kept, day=7)
    assert (thursday.state, thursday.owner_basis) == (State.OWNED, OwnerBasis.VOLUNTEERED)
    assert ReasonCode.PROMISE_BROKEN not in codes(thursday)
    assert ReasonCode.PROMISE_BROKEN in codes(monday)


@pytest.mark.parametrize(
    ("mail", "code"),
    [
        (TO_ALL, ReasonCode.FAN_OUT),
        (Mail(DANA, SEND, (QUALITY,), asks=(ask(SEND),)), ReasonCode.GROUP_ADDRESS),
        (Mail(DANA, SEND, (OTTO,), STAFF, asks=(ask(SEND),)), ReasonCode.CC_ONLY),
    ],
)
def test_why_nobody_feels_meant(mail: Mail, code: ReasonCode) -> None:
    judgement = only(mail)
    assert judgement.state is State.LIMBO
    assert code in codes(judgement)
    assert all(reason.evidence.message_id for reason in judgement.reasons)


def test_fan_out_counts_receivers() -> None:
    fan_out = next(reason for reason in only(TO_ALL).reasons if reason.code is ReasonCode.FAN_OUT)
    assert str(fan_out) == "FAN_OUT(6)"


def test_out_of_office_is_a_reason_and_no_answer() -> None:
    away = reply("I am away.", auto=AutoKind.OUT_OF_OFFICE)
    judgement = only(TO_ANA, away)
    assert judgement.state is State.OWNED
    assert judgement.acknowledged_at is None
    assert {ReasonCode.OUT_OF_OFFICE, ReasonCode.OWNER_SILENT} <= codes(judgement)


def test_handed_on_moves_ownership_only_when_somebody_there_speaks() -> None:
    on = "Forwarding to QA."
    handed = reply(on, cues=(cue("handing_on", on, "QA"),))
    silent = only(TO_ALL, handed)
    assert silent.state is State.LIMBO
    assert ReasonCode.HANDED_ON_UNANSWERED in codes(silent)
    spoken = only(TO_ALL, handed, reply("We look at it.", 4, sender=EVA, day=2, promises=(promise("We look at it."),)))
    assert (spoken.owner, spoken.owner_basis) == (EVA, OwnerBasis.VOLUNTEERED)
    assert ReasonCode.HANDED_ON_UNANSWERED not in codes(spoken)


def test_handed_to_a_person_who_receives_the_message_assigns() -> None:
    on = "I am adding Eva."
    handed = Mail(ANA, on, (DANA, EVA), day=1, re=0, cues=(cue("handing_on", on, "Eva"),))
    assert (only(TO_ALL, handed).owner, only(TO_ALL, handed).owner_basis) == (EVA, OwnerBasis.ASSIGNED)


def test_owner_who_left_owns_nothing() -> None:
    conversation = talk(TO_ANA)
    left = Departure(ANA, MONDAY + timedelta(days=2), Evidence("elsewhere", "handoff", 0.9))
    context = world(conversation, departures=(left,))
    asks = trace_asks(conversation, context)
    still, gone = (judge(asks, MONDAY + timedelta(days=day), context)[0] for day in (1.5, 4))
    assert (still.state, gone.state) == (State.OWNED, State.LIMBO)
    assert [reason.evidence for reason in gone.reasons if reason.code is ReasonCode.OWNER_LEFT] == [left.evidence]


def test_subject_drift_while_open() -> None:
    which = "Which one do you mean?"
    drifted = Mail(ANA, which, (DANA,), day=1, re=0, asks=(ask(which),), subject="Re: Stability pull")
    judgement = judged(TO_ALL, drifted, day=3)[0]
    assert ReasonCode.SUBJECT_DRIFT in codes(judgement)


def test_question_to_a_list_of_nobody_obliges_nobody_known() -> None:
    judgement = only(Mail(DANA, SEND, (LIST,), asks=(ask(SEND),)))
    assert (judgement.ask.obliged, judgement.ask.relationship, judgement.state) == ("", None, State.LIMBO)


def test_nothing_after_the_moment_is_looked_at() -> None:
    answer = reply("It is in the portal since Friday.", 7, day=5)
    early, late = judged(TO_ALL, answer, day=4)[0], judged(TO_ALL, answer, day=6)[0]
    assert (early.state, late.state) == (State.LIMBO, State.ANSWERED)
    assert early == judged(TO_ALL, answer, day=4)[0]
    assert not judged(TO_ALL, day=-1)


def test_suggested_owner_needs_a_history() -> None:
    asked = [
        Mail(DANA, f"Please send report {n}.", STAFF, day=n, asks=(ask(f"Please send report {n}."),)) for n in range(4)
    ]
    answers = [Mail(BEN, "It is in the portal now.", (DANA,), day=n + 0.2, re=n, reply=says(6)) for n in range(3)]
    two, three = judged(*asked, *answers[:2], day=20), judged(*asked, *answers, day=20)
    assert two[-1].suggested_owner is None
    assert three[-1].suggested_owner == BEN
    assert three[-1].suggestion == "answered 3 of 3 such asks on general, last on 2026-03-04"


def test_who_has_answered_nothing_for_months_is_not_suggested() -> None:
    asked = [
        Mail(DANA, f"Please send report {n}.", STAFF, day=n, asks=(ask(f"Please send report {n}."),)) for n in range(4)
    ]
    answers = [Mail(BEN, "It is in the portal now.", (DANA,), day=n + 0.2, re=n, reply=says(6)) for n in range(3)]
    assert judged(*asked, *answers, day=90)[-1].suggested_owner == BEN
    assert judged(*asked, *answers, day=100)[-1].suggested_owner is None


def test_holding_reply_acts_and_does_not_answer() -> None:
    judgement = only(TO_ALL, reply("I am still working on this.", 6))
    assert (judgement.state, judgement.owner_basis, judgement.owner) == (State.OWNED, OwnerBasis.ACTING, ANA)
    assert judgement.acknowledged_at is not None


def test_a_stranger_called_by_name_leaves_it_unowned_and_is_said() -> None:
    words = "Zoltan, please send the batch record."
    judgement = only(Mail(DANA, words, (ANA,), (OTTO,), asks=(ask(words, ask(words).kind, "Zoltan"),)))
    assert judgement.owner is None
    assert "Zoltan" in judgement.ask.events[1].detail


def test_the_asking_side_gives_it_to_somebody_and_nobody_has_acknowledged() -> None:
    give = "Eva, can you take this?"
    given = Mail(DANA, give, (ANA, EVA), day=1, re=0, cues=(cue("assignment", give, "Eva"),))
    judgement = only(TO_ALL, given)
    assert (judgement.owner, judgement.owner_basis, judgement.acknowledged_at) == (EVA, OwnerBasis.ASSIGNED, None)

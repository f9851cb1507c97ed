"""Frames hold exactly the declared columns, filled from judgements and messages."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest

from analysis.frame_declaration import COUNT, TEXT, Column, FrameDeclaration, FrameError
from analysis.frames import ASKS, MESSAGES, Direction
from models.judgements import Thread
from models.vocabulary import AutoKind, EventKind, State
from tests.unit.analysis.metrics.halden import (
    AS_OF,
    START,
    event,
    frames,
    judgement,
    message,
    row,
)

ANA, BEN, EVA = "ana@halden.example", "ben@corvus.example", "eva@corvus.example"
LIST = "openmake@lists.example.org"
SMALL = FrameDeclaration(
    "small", ("id",), ("n", "id"), (Column("id", TEXT, "", "key"), Column("n", COUNT, "things", "count"))
)


@pytest.mark.parametrize("declaration", [ASKS, MESSAGES], ids=lambda each: str(each.name))
def test_an_empty_frame_has_every_column_with_its_type(declaration: FrameDeclaration) -> None:
    frame = declaration.build([])
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        column.name: column.dtype for column in declaration.columns
    }


def test_rows_are_sorted_whatever_their_order() -> None:
    assert list(SMALL.build([{"id": "b", "n": 2}, {"id": "a", "n": 2}, {"id": "c", "n": 1}])["id"]) == [
        "c",
        "a",
        "b",
    ]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([{"id": "a"}], "'n'"),
        ([{"id": "a", "n": "many"}], "many"),
        ([{"id": None, "n": 1}], "id has empty values"),
        ([{"id": "a", "n": 1}, {"id": "a", "n": 2}], "rows repeat"),
    ],
)
def test_rows_that_break_the_declaration_are_refused(rows: list[dict[str, object]], problem: str) -> None:
    with pytest.raises(FrameError, match=problem):
        SMALL.build(rows)


@pytest.mark.parametrize(
    ("frame", "problem"),
    [
        (pd.DataFrame({"id": ["a"]}), "columns"),
        (pd.DataFrame({"id": ["a"], "n": [1.5]}), "n is float64, not int64"),
        (pd.DataFrame({"id": ["a", "b"], "n": [2, 1]}), "not in the order"),
    ],
)
def test_a_frame_that_breaks_the_declaration_is_refused(frame: pd.DataFrame, problem: str) -> None:
    with pytest.raises(FrameError, match=problem):
        SMALL.check(frame)


def test_asks_of_both_directions_and_no_others() -> None:
    stranger = replace(judgement("stranger"), ask=replace(judgement("stranger").ask, asking="elsewhere"))
    asks = frames(
        judgement("there"), judgement("back", back=True), judgement("unrelated", relationship=None), stranger
    ).asks
    assert dict(zip(asks["id"], asks["direction"], strict=True)) == {
        "there": Direction.TO_CMO,
        "back": Direction.TO_CLIENT,
    }


def test_an_answered_ask() -> None:
    found = row(frames(judgement("a", hours=30, answered_by=(EVA, BEN, EVA, ANA))).asks, "a")
    assert (found["answerers"], found["first_answerer"]) == (2, EVA)
    assert (found["answer_hours"], found["answer_wall_hours"], found["ack_hours"]) == (30.0, 30.0, 30.0)
    assert found["answered_at"] == found["acknowledged_at"] == START + timedelta(hours=30)
    assert (found["open"], found["ack_ran_out"], found["answer_ran_out"]) == (False, True, True)
    assert not found["owned_at_ack_due"]


def test_an_open_ask_is_watched_until_the_moment() -> None:
    found = row(frames(judgement("a", hours=99)).asks, "a")
    assert pd.isna(found["answered_at"])
    assert pd.isna(found["first_answerer"])
    assert found["answer_wall_hours"] == (AS_OF - START) / timedelta(hours=1)
    assert (found["open"], found["answerers"]) == (True, 0)


def test_a_withdrawal_stops_the_clocks() -> None:
    asks = frames(
        judgement("before", hours=5, state=State.WITHDRAWN),
        judgement("after", hours=50, state=State.WITHDRAWN),
    ).asks
    assert [row(asks, name)["answer_ran_out"] for name in ("before", "after")] == [False, True]
    assert row(asks, "before")["answer_wall_hours"] == 5


def test_a_waiting_ask_has_no_running_answer_clock() -> None:
    found = row(frames(judgement("a", state=State.WAITING)).asks, "a")
    assert (found["ack_ran_out"], found["answer_ran_out"], found["open"]) == (True, False, True)


def test_answers_after_the_moment_are_not_counted() -> None:
    answered = judgement("a", answered_by=(BEN,))
    later = event(EventKind.ANSWERED, EVA, AS_OF + timedelta(hours=1))
    ask = replace(answered.ask, events=(*answered.ask.events, later))
    assert row(frames(replace(answered, ask=ask)).asks, "a")["answerers"] == 1


def test_an_answer_after_which_the_asker_asked_again_is_none() -> None:
    answered = judgement("a", hours=30, answered_by=(BEN,))
    before = event(EventKind.ANSWERED, EVA, START + timedelta(hours=1))
    found = row(frames(replace(answered, ask=replace(answered.ask, events=(before, *answered.ask.events)))).asks, "a")
    assert (found["answerers"], found["first_answerer"]) == (1, BEN)


def test_a_role_mailbox_answers_but_is_no_first_answerer() -> None:
    found = row(frames(judgement("a", answered_by=("quality@corvus.example", BEN))).asks, "a")
    assert found["answerers"] == 2
    assert pd.isna(found["first_answerer"])


def test_owned_means_owned_when_the_clock_ran_out() -> None:
    asks = frames(judgement("early", hours=8, answered_by=(BEN,)), judgement("late", hours=30, answered_by=(BEN,))).asks
    assert [row(asks, name)["owned_at_ack_due"] for name in ("early", "late")] == [True, False]


def test_an_ask_twice_is_an_error() -> None:
    with pytest.raises(FrameError, match="rows repeat"):
        frames(judgement("a"), judgement("a"))


def test_messages_between_the_two_sides() -> None:
    messages = frames(
        mail=(
            message("there", ANA, BEN, EVA, "bo@halden.example"),
            message("back", "quality@corvus.example", ANA),
            message("inside", ANA, "bo@halden.example"),
            message("elsewhere", ANA, "x@other.example"),
            message("machine", ANA, BEN, auto=AutoKind.AUTO_REPLY),
        )
    ).messages
    assert set(messages["id"]) == {"there", "back"}
    there, back = row(messages, "there"), row(messages, "back")
    assert (there["direction"], there["sender"], there["recipients"]) == (Direction.TO_CMO, ANA, 2)
    assert (back["direction"], back["sender_is_person"]) == (Direction.TO_CLIENT, False)


def test_a_list_carries_a_message_to_the_side_that_wrote_before() -> None:
    hour = timedelta(hours=1)
    mail = (
        message("opens", BEN, LIST),
        message("replies", ANA, LIST, at=START + hour),
        message("again", BEN, LIST, at=START + 2 * hour),
        message("other thread", ANA, LIST, at=START + 3 * hour),
    )
    threads = (Thread("t", "s", ("opens", "replies", "again")), Thread("u", "s", ("other thread",)))
    messages = frames(mail=mail, threads=threads).messages
    assert list(zip(messages["id"], messages["direction"], messages["recipients"], strict=True)) == [
        ("replies", "client->cmo", 0),
        ("again", "cmo->client", 0),
    ]

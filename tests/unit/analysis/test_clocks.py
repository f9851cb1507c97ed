"""Durations, and the clauses that override a topic's clock."""

from typing import Any

import pytest

from analysis.clocks import ClockBook, parse_duration
from analysis.topics import load_topics
from models.companies import Clause, Relationship
from models.judgements import Clock, Duration
from models.vocabulary import Role


def book(*clauses: Clause) -> ClockBook:
    """The clocks of one relationship with these clauses."""
    return ClockBook(load_topics(), [Relationship("halden-corvus", "halden", "corvus", clauses=clauses)])


def clause(identity: str = "4.2", **fields: Any) -> Clause:
    """A clause about deviations unless said otherwise."""
    return Clause(**{"id": identity, "text": f"text of {identity}", "topic": "deviation"} | fields)


def clock(clocks: ClockBook, topic: str = "deviation", role: Role | None = Role.CMO) -> Clock:
    """The clock of an ask in the relationship."""
    return clocks.clock(topic, "halden-corvus", role)


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("1 BD", Duration(1, "BD")),
        ("30CD", Duration(30, "CD")),
        (" 24 H ", Duration(24, "h")),
        ("0.5 bd", Duration(0.5, "BD")),
    ],
)
def test_a_duration_is_read(text: str, duration: Duration) -> None:
    assert parse_duration(text) == duration
    assert parse_duration(str(duration)) == duration


@pytest.mark.parametrize("text", ["", "BD", "2", "2 weeks", "-1 BD", "1 BD 2 h", "99999999 BD", "1e3 h"])
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="2 BD"):
        parse_duration(text)


def test_without_a_clause_the_topic_decides_and_says_where_from() -> None:
    found = clock(book())
    assert (found.ack, found.answer, found.clause) == (Duration(1, "BD"), Duration(10, "BD"), "")
    assert "quality agreement" in found.source


def test_an_unknown_topic_has_the_general_clock() -> None:
    assert clock(book(), topic="weather").answer == Duration(3, "BD")


def test_silence_never_binds_by_default() -> None:
    assert clock(book(), topic="purchase_order").silence is None


def test_a_clause_overrides_what_it_sets_and_is_cited() -> None:
    found = clock(book(clause(answer="5 BD")))
    assert (found.ack, found.answer) == (Duration(1, "BD"), Duration(5, "BD"))
    assert (found.clause, found.source) == ("4.2", "text of 4.2")


def test_a_clause_makes_silence_bind() -> None:
    found = clock(book(clause(topic="purchase_order", silence="7 BD", silence_means="accepted")), "purchase_order")
    assert (found.silence, found.silence_means, found.clause) == (Duration(7, "BD"), "accepted", "4.2")


def test_a_clause_binds_the_side_that_it_names() -> None:
    clocks = book(clause(answer="5 BD", obliged=Role.CMO))
    assert clock(clocks, role=Role.CMO).clause == "4.2"
    assert clock(clocks, role=Role.CLIENT).clause == ""
    assert clock(clocks, role=None).clause == ""


def test_a_clause_binds_its_relationship_alone() -> None:
    clocks = book(clause(answer="5 BD"))
    assert clocks.clock("deviation", "other", Role.CMO).clause == ""
    assert clocks.clock("deviation", None, None).clause == ""


def test_the_narrower_clause_wins() -> None:
    everything = clause("1", topic="*", answer="1 BD", obliged=Role.CMO)
    both = clause("2", answer="2 BD")
    one = clause("3", answer="3 BD", obliged=Role.CMO)
    assert clock(book(everything, both, one)).answer == Duration(3, "BD")
    assert clock(book(everything, both)).answer == Duration(2, "BD")
    assert clock(book(everything, both), topic="recall").answer == Duration(1, "BD")


def test_of_equal_clauses_the_first_wins() -> None:
    assert clock(book(clause("1", answer="1 BD"), clause("2", answer="2 BD"))).clause == "1"


def test_fields_of_two_clauses_come_together_and_both_are_cited() -> None:
    found = clock(book(clause("1", ack="4 h"), clause("2", topic="*", answer="2 BD")))
    assert (found.ack, found.answer, found.clause) == (Duration(4, "h"), Duration(2, "BD"), "1, 2")

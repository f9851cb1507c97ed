"""What falls into a cohort, and the terms that follow from calendars and clauses."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from analysis.frames import Direction
from analysis.metrics.cohorts import terms_by_key
from analysis.metrics.periods import month_at
from analysis.settings import MeasureSettings
from models.companies import Clause, WorkingTime
from models.vocabulary import Role
from tests.unit.analysis.metrics.halden import (
    CORVUS,
    HALDEN,
    OCTOBER,
    PAIR,
    SETTINGS,
    TO_CLIENT,
    TO_CMO,
    frames,
    judgement,
    message,
)

BEN = "ben@corvus.example"


def test_asks_belong_to_the_month_they_were_asked_in_and_answers_to_theirs() -> None:
    end = datetime(2026, 10, 1, tzinfo=UTC)
    both = frames(
        judgement("september", asked_at=end - timedelta(hours=1), hours=48, answered_by=(BEN,)),
        judgement("october", asked_at=end, hours=48, answered_by=(BEN,)),
        mail=(
            message("first", "ana@halden.example", BEN, at=end),
            message("back", BEN, "ana@halden.example", at=end),
        ),
    )
    cohorts = both.cohorts(SETTINGS)
    cohort = cohorts.cut(TO_CMO, OCTOBER)
    assert (list(cohort.asks["id"]), list(cohort.messages["id"])) == (["october"], ["first"])
    assert list(cohorts.cut(TO_CLIENT, OCTOBER).answers["id"]) == ["september", "october"]
    assert list(cohorts.cut(TO_CMO, month_at(end - timedelta(days=1))).asks["id"]) == ["september"]


def test_digest_changes_with_the_rows_it_names_only() -> None:
    one = frames(judgement("a")).cohorts(SETTINGS).cut(TO_CMO, OCTOBER)
    more_mail = frames(judgement("a"), mail=(message("m", "ana@halden.example", BEN),))
    other = more_mail.cohorts(SETTINGS).cut(TO_CMO, OCTOBER)
    later = frames(judgement("a", hours=9)).cohorts(SETTINGS).cut(TO_CMO, OCTOBER)
    assert one.digest("asks") == other.digest("asks") != later.digest("asks")
    assert one.digest("messages") != other.digest("messages")


def test_terms_without_clauses() -> None:
    short = replace(CORVUS, working_time=WorkingTime(opens=time(8), closes=time(14)))
    terms = terms_by_key([PAIR], [HALDEN, short], MeasureSettings(at_risk_bd=20, too_few=7))
    assert list(terms) == [TO_CMO, TO_CLIENT]
    assert terms[TO_CMO].hours_per_day == 6
    assert terms[TO_CLIENT].hours_per_day == 8
    assert (terms[TO_CMO].ack_horizon, terms[TO_CMO].answer_horizon, terms[TO_CMO].too_few) == (20, 20, 7)


@pytest.mark.parametrize(
    ("answer", "obliged", "to_cmo", "to_client"),
    [("10 BD", None, 10, 10), ("14 CD", Role.CMO, 10, 30), ("168 h", Role.CLIENT, 30, 5)],
)
def test_horizon_is_the_clause_clock_of_the_obliged_side(
    answer: str, obliged: Role | None, to_cmo: float, to_client: float
) -> None:
    clause = Clause("7.2", "text", "*", obliged=obliged, answer=answer)
    terms = terms_by_key([replace(PAIR, clauses=(clause,))], [HALDEN, CORVUS], MeasureSettings())
    assert terms[PAIR.id, Direction.TO_CMO].answer_horizon == to_cmo
    assert terms[PAIR.id, Direction.TO_CLIENT].answer_horizon == to_client
    assert terms[PAIR.id, Direction.TO_CMO].ack_horizon == 30


def test_the_longest_clause_clock_wins() -> None:
    clauses = (Clause("1", "t", "*", answer="2 BD"), Clause("2", "t", "*", answer="12 BD"))
    terms = terms_by_key([replace(PAIR, clauses=clauses)], [HALDEN, CORVUS], MeasureSettings())
    assert terms[TO_CMO].answer_horizon == 12


def test_a_clause_on_one_topic_leaves_the_horizon_of_all_asks_alone() -> None:
    clause = Clause("7.2", "text", "deviation", answer="5 BD")
    terms = terms_by_key([replace(PAIR, clauses=(clause,))], [HALDEN, CORVUS], MeasureSettings())
    assert terms[TO_CMO].answer_horizon == 30

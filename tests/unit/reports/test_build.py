"""The document of a small correspondence, built from what was really derived and measured."""

from dataclasses import replace
from datetime import timedelta

import pytest

from analysis.metrics.measures import frames_of, measure
from models.vocabulary import ReasonCode, State
from reports.build import Provenance, build_report
from reports.document import Document, Mark
from tests.unit.reports.correspondence import (
    AS_OF,
    PAIR,
    SETTINGS,
    UNREACHED,
    correspondence,
    derivation,
    document,
)


@pytest.fixture(scope="module")
def report() -> Document:
    return document()


def test_the_register_comes_worst_first_and_every_ask_stands_in_one_list(report: Document) -> None:
    assert [ask.state for ask in report.attention] == [State.STRANDED, State.LIMBO]
    assert [ask.quote for ask in report.closed] == ["Could you send the CoA?"]
    assert len(report.asks) == 3
    assert report.closed[0].answered_by is not None
    assert report.closed[0].answered_by.label == "Ana"


def test_reasons_lead_to_the_message_that_shows_them(report: Document) -> None:
    stranded = report.attention[0]
    grounds = {reason.code: reason.ground.number for reason in stranded.reasons}
    assert grounds[ReasonCode.CHASED] == 2
    assert grounds[ReasonCode.GROUP_ADDRESS] == 1
    assert "chased once" in [reason.words for reason in stranded.reasons]


def test_ages_are_business_days_of_the_obliged_side_and_days_on_the_wall(report: Document) -> None:
    stranded = report.attention[0]
    assert stranded.asked_at.hour == 9  # 05:30 in New York: the clock starts at nine there
    # 7 to 30 October in New York: 18 weekdays less Columbus Day, the last one until 13:00
    assert stranded.age_days == pytest.approx(16.5)
    assert stranded.wall_days == pytest.approx(23.3125)


def test_threads_are_shown_for_open_asks_only_with_the_asking_words_marked(report: Document) -> None:
    assert {ask.thread for ask in report.attention} == {thread.id for thread in report.threads}
    first = report.threads[0].messages[0]
    asked = [mark for mark in first.marks if mark.label.startswith("ask")]
    assert [_marked(first.text, mark) for mark in asked] == ["Who reviews DEV-14?"]
    assert asked[0].rule == "question_you"


def _marked(text: str, mark: Mark) -> str:
    return text[mark.start : mark.end]


def test_messages_in_a_language_not_read_are_counted(report: Document) -> None:
    assert [(line.language, line.messages) for line in report.unread_languages] == [("de", 1)]


def test_the_order_in_which_mail_arrives_makes_no_difference(report: Document) -> None:
    assert document(correspondence()[::-1]) == report


def test_versions_name_what_the_report_was_made_with(report: Document) -> None:
    assert (report.versions.reader, report.versions.parser) == ("reader-1", "parser-1")
    assert report.versions.messages == 6
    later = document(correspondence()[:-1])
    assert later.versions.facts != report.versions.facts


def test_scorecard_figures_describe_the_company_in_whose_column_they_stand(report: Document) -> None:
    lines = {line.measure: line for line in report.scorecard}
    assert lines["Messages sent"].client.figure.value == 4
    assert lines["Messages sent"].cmo.figure.value == 2
    assert lines["Ownerless share"].cmo.figure.n == 3
    assert lines["Ownerless share"].client.figure.n == 0
    assert lines["Ownerless share"].cmo.side == "Corvus & <Biologics>"
    assert [point.month for point in lines["Messages sent"].client.trend] == ["2026-10"]


def test_the_ledger_accounts_for_every_copy_and_says_since_when_a_mailbox_is_unknown() -> None:
    box = document(mailboxes=UNREACHED).mailboxes[0]
    assert (box.seen, box.stored, box.quarantined, box.reached) == (5, 4, 1, False)
    assert box.last_reached == AS_OF - timedelta(days=2)


def test_judgements_and_measures_of_different_moments_are_refused() -> None:
    derived = derivation()
    measures = measure(frames_of(derived, SETTINGS.relationships), SETTINGS)
    later = replace(measures, as_of=AS_OF + timedelta(days=1))
    with pytest.raises(ValueError, match="judged as of"):
        build_report(derived, later, PAIR, SETTINGS, Provenance("0", ""), period="2026-10")


def test_no_mail_at_all_still_makes_a_report() -> None:
    empty = document([])
    assert empty.asks == ()
    assert empty.threads == ()
    assert [line.client.figure.n for line in empty.scorecard] == [0] * len(empty.scorecard)

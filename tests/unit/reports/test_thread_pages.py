"""Which threads and messages a report shows."""

from dataclasses import replace

from models.vocabulary import ReasonCode
from reports import html
from reports.ask_lines import Places
from reports.document import AskLine, Document, Ground, ReasonLine
from reports.people import Cast
from reports.thread_pages import thread_pages
from tests.unit.reports.correspondence import CORVUS, HALDEN, derivation, document


def _resting_elsewhere(report: Document) -> AskLine:
    """The first ask of the register, with a reason whose ground is the second message of a thread without open asks."""
    answered = report.closed[0]
    places = Places.of(derivation().threads)
    message = places.threads[answered.thread].message_ids[1]
    ground = Ground(answered.thread, 2, message, "handoff", 0.9)
    return replace(report.attention[0], reasons=(ReasonLine(ReasonCode.OWNER_LEFT, None, "left", ground),))


def test_a_ground_in_another_thread_is_shown_without_its_neighbours() -> None:
    derived, ask = derivation(), _resting_elsewhere(document())
    cast = Cast(derived.directory, {each.id: each for each in (HALDEN, CORVUS)})
    own, other = thread_pages([ask], derived.judgements, derived.messages, cast, Places.of(derived.threads))
    assert (own.id, own.asks, [each.number for each in own.messages]) == (ask.thread, (ask.id,), [1, 2])
    assert (other.id, other.asks, [each.number for each in other.messages]) == (ask.reasons[0].ground.thread, (), [2])


def test_a_ground_in_another_thread_says_so_where_it_is_cited() -> None:
    report = document()
    ask = _resting_elsewhere(report)
    text = html.render(replace(report, attention=(ask, *report.attention[1:])))
    assert f'#{ask.reasons[0].ground.thread[:12]}-2">[2 in another thread]</a>' in text

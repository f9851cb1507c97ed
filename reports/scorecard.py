"""The scorecard: one line for each claim of the article that this version measures, without a composite score."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from analysis.frames import Direction
from analysis.metrics.contacts import BandVerdict
from analysis.metrics.figures import Figure
from analysis.metrics.measures import DirectionMeasures, PeriodMeasures
from models.vocabulary import Role
from reports.document import ScoreFigure, ScoreLine, TrendPoint
from reports.people import Cast
from reports.words import number

TREND_MONTHS = 6
"""Months in the small line beside a figure."""

NOT_MEASURED = (
    "relay through the point of contact",
    "calls with decision makers",
    "planned handoffs (67 % in the survey were not)",
    "clarity of answers about the launch and first orders",
    "proactive share and training load",
    "rework",
)
"""What the article claims and no line tests yet; a report says so rather than leave a gap unseen."""

_VERDICTS = {
    BandVerdict.BELOW: "below the band: no backup",
    BandVerdict.WITHIN: "within the band",
    BandVerdict.ABOVE: "above the band: no solid point person",
}


@dataclass(frozen=True, slots=True)
class _Line:
    """A scorecard line before it has figures; `speaker`: it describes who wrote, not who was asked."""

    claim: str
    measure: str
    meaning: str
    chapter: str
    figure: Callable[[PeriodMeasures], Figure]
    note: Callable[[PeriodMeasures, Cast], str] = lambda _measures, _cast: ""
    reference: str = ""
    speaker: bool = False


def scorecard(
    directions: Sequence[DirectionMeasures], period: str, band: tuple[float, float], cast: Cast
) -> tuple[ScoreLine, ...]:
    """Fill every line for both companies.

    Args:
        directions: both directions of one relationship.
        period: calendar month with which the small lines end.
        band: target band of effective contacts.
        cast: who is who.
    """
    by_direction = {each.direction: each for each in directions}
    return tuple(_score_line(line, by_direction, period, cast) for line in _lines(band))


def _score_line(line: _Line, by_direction: dict[Direction, DirectionMeasures], period: str, cast: Cast) -> ScoreLine:
    def of(role: Role) -> ScoreFigure:
        obliged = Direction.TO_CMO if role is Role.CMO else Direction.TO_CLIENT
        measures = by_direction[obliged.back if line.speaker else obliged]
        side = cast.organisation(measures.speaking if line.speaker else measures.receiving)
        return ScoreFigure(
            side, line.figure(measures.rolling), _trend(line, measures, period), line.note(measures.rolling, cast)
        )

    return ScoreLine(
        line.claim, line.measure, line.meaning, of(Role.CLIENT), of(Role.CMO), line.reference, line.chapter
    )


def _trend(line: _Line, measures: DirectionMeasures, period: str) -> tuple[TrendPoint, ...]:
    months = [each for each in measures.months if each.period.label <= period][-TREND_MONTHS:]
    figures = [(each.period.label, line.figure(each)) for each in months]
    return tuple(TrendPoint(label, figure.value, figure.n) for label, figure in figures)


def _lines(band: tuple[float, float]) -> tuple[_Line, ...]:
    return (_person_line(band), *_ASKED_LINES, _MESSAGES_LINE)


def _person_line(band: tuple[float, float]) -> _Line:
    return _Line(
        "A solid point person",
        "Effective contacts",
        "how many equally busy people would spread this side's messages as evenly",
        "contacts",
        lambda measures: measures.contacts.effective,
        _contact_note,
        f"target {band[0]:g} to {band[1]:g}",
        speaker=True,
    )


def _contact_note(measures: PeriodMeasures, cast: Cast) -> str:
    found = measures.contacts
    verdict = _VERDICTS[found.verdict] if found.verdict else "nobody wrote"
    return f"{verdict}; led by {cast.person(found.leading).label}" if found.leading else verdict


def _median_note(measures: PeriodMeasures, _cast: Cast) -> str:
    answer = measures.answer
    if answer.median.value is None:
        return "no asks" if not answer.n else "not reached: fewer than half have an answer"
    wall = answer.wall_median.value
    return "" if wall is None else f"{number(wall, 'days')} days on the wall clock"


_ASKED_LINES = (
    _Line(
        "Sent to a large group, it goes into limbo",
        "Ownerless share",
        "asks put to this side that nobody owned when the time to acknowledge ran out",
        "limbo",
        lambda measures: measures.ownerless,
        reference="0 %",
    ),
    _Line(
        "Clients do not communicate effectively",
        "Median time to answer",
        "business days until half of the asks put to this side had a substantive answer",
        "answering",
        lambda measures: measures.answer.median,
        _median_note,
        "the clock of each ask",
    ),
    _Line(
        "Clients do not communicate effectively",
        "Answered within the clock",
        "asks put to this side that were answered before their clock ran out",
        "answering",
        lambda measures: measures.answer.within_clock,
        reference="100 %",
    ),
    _Line(
        "Clients do not communicate effectively",
        "Never answered",
        "asks put to this side that are still open although their clock has run out",
        "answering",
        lambda measures: measures.never_answered,
        reference="0 %; every CMO in the 2013 survey cited the problem",
    ),
)

_MESSAGES_LINE = _Line(
    "Contact on both sides, even when business is stagnant",
    "Messages sent",
    "messages that people of this side wrote to the other",
    "contacts",
    lambda measures: replace(measures.messages, too_few=False),
    reference="a month without any is a warning",
    speaker=True,
)

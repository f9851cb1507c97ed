"""What the chapters of a report hold: measures by direction, contacts by side, messages by month."""

from collections.abc import Iterator, Sequence

from analysis.metrics.measures import DirectionMeasures, PeriodMeasures
from reports.document import ContactLine, DirectionChapter, TrafficLine
from reports.people import Cast

TRAFFIC_MONTHS = 24
"""Months of messages shown."""


def direction_chapters(
    directions: Sequence[DirectionMeasures], period: str, cast: Cast
) -> tuple[DirectionChapter, ...]:
    """Take the rolling window and the report's month of each direction."""
    return tuple(
        DirectionChapter(
            direction=each.direction,
            speaking=cast.organisation(each.speaking),
            receiving=cast.organisation(each.receiving),
            window=each.rolling,
            month=next((month for month in each.months if month.period.label == period), None),
        )
        for each in directions
    )


def contact_lines(directions: Sequence[DirectionMeasures], period: str, cast: Cast) -> tuple[ContactLine, ...]:
    """Say who carries each side: in the rolling window, and in the report's month where it is there."""
    return tuple(line for each in directions for line in _contact_lines(each, period, cast))


def _contact_lines(measures: DirectionMeasures, period: str, cast: Cast) -> Iterator[ContactLine]:
    months = [month for month in measures.months if month.period.label == period]
    for each in (measures.rolling, *months):
        yield _contact_line(each, cast.organisation(measures.speaking), cast)


def _contact_line(measures: PeriodMeasures, side: str, cast: Cast) -> ContactLine:
    found = measures.contacts
    return ContactLine(
        side=side,
        period=measures.period.label,
        people=found.people,
        leading=cast.maybe(found.leading),
        answer_share=found.answer_share,
        message_share=found.message_share,
        effective=found.effective,
        verdict=found.verdict,
        band=found.band,
    )


def traffic_lines(directions: Sequence[DirectionMeasures], period: str, cast: Cast) -> tuple[TrafficLine, ...]:
    """Count messages by month up to the report's month, both directions."""
    return tuple(
        TrafficLine(
            month=month.period.label,
            speaking=cast.organisation(each.speaking),
            receiving=cast.organisation(each.receiving),
            direction=each.direction,
            messages=int(month.messages.value or 0),
            running=month.period.running,
        )
        for each in directions
        for month in [each for each in each.months if each.period.label <= period][-TRAFFIC_MONTHS:]
    )

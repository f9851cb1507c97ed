"""How long asks stay without an answer: a Kaplan-Meier curve with its band."""

from collections.abc import Iterator

import altair as alt

from analysis.metrics.answering import TimeToEvent
from reports.document import DirectionChapter
from reports.drawing import BAND, INK, QUIET, SHARE_TICKS, Row, draw, layer, slug, words
from reports.words import counted, figure_value, percent

_SHORTEST_AXIS, _LONGEST_AXIS = 5.0, 30.0  # business days; longer only where the agreement's clocks are


def answer_chart(chapter: DirectionChapter) -> str:
    """Draw the curve of one direction over the rolling window, as SVG."""
    answer = chapter.window.answer
    end = _end_of_axis(answer)
    rows = list(_corners(answer, end))
    x = alt.X(
        "days:Q",
        title="business days since the ask",
        scale=alt.Scale(domain=[0, end], nice=False),
        axis=alt.Axis(tickCount=6, grid=False),
    )
    y = alt.Y(
        "open:Q",
        title="still without an answer",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", values=SHARE_TICKS),
    )
    layers = [
        layer(rows, alt.MarkDef(type="area", color=BAND), x=x, y=y, y2=alt.Y2("lower:Q")).encode(
            y=alt.Y("upper:Q", title="still without an answer")
        ),
        layer(rows, alt.MarkDef(type="line", color=INK, strokeWidth=2), x=x, y=y),
        *_half(answer, end, x, y),
    ]
    return draw(
        layers,
        name=f"answer-{slug(chapter.direction)}",
        title=f"Time until {chapter.receiving} answers {chapter.speaking}",
        description=_description(answer),
    )


def _end_of_axis(answer: TimeToEvent) -> float:
    """As far as anybody was watched, within limits."""
    longest = max(_LONGEST_AXIS, answer.horizon)
    return max(_SHORTEST_AXIS, min(longest, answer.curve[-1].time * 1.05))


def _corners(answer: TimeToEvent, end: float) -> Iterator[Row]:
    """The curve's steps as corners: level until the next time, then down, and level to the end of the axis."""
    level: Row = {}
    for point in answer.curve:
        if point.time > end:
            break
        if level:
            yield {**level, "days": point.time}
        level = {"days": point.time, "open": point.survival, "lower": point.lower, "upper": point.upper}
        yield level
    yield {**level, "days": end}


def _half(answer: TimeToEvent, end: float, x: alt.X, y: alt.Y) -> Iterator[alt.Chart]:
    """The median, where the curve reaches it: a thin line down, and its value."""
    median = answer.median.value
    if median is None or median > end:
        return
    rows = [{"days": 0, "open": 0.5}, {"days": median, "open": 0.5}, {"days": median, "open": 0}]
    yield layer(rows, alt.MarkDef(type="line", color=QUIET, strokeDash=[2, 3], strokeWidth=1), x=x, y=y)
    foot = {"days": median, "open": 0}
    yield words(f"half after {figure_value(answer.median)}", x, y, foot, dx=6, dy=-9, color=INK)


def _description(answer: TimeToEvent) -> str:
    half = (
        "half is not reached"
        if answer.median.value is None
        else f"half are answered after {figure_value(answer.median)} business days"
    )
    return (
        f"Kaplan-Meier curve with 95 % band: {counted(answer.n, 'ask')}, {answer.events} answered; {half}; "
        f"{percent(answer.curve[-1].survival)} without an answer at the end of the curve."
    )

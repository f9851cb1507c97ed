"""Answer rate against fan-out: whether an ask to many is an ask to nobody."""

from collections.abc import Iterator

import altair as alt

from analysis.metrics.fan_out import FanOut, FanOutClass
from reports.document import DirectionChapter
from reports.drawing import BAND, INK, QUIET, SHARE_TICKS, Row, draw, layer, slug
from reports.words import figure_value

_ROOM_FOR_COUNTS = 1.16  # top of an axis of shares, with room for the n above a full one


def fan_out_chart(chapter: DirectionChapter) -> str:
    """Draw the rates of one direction over the rolling window, as SVG; hollow points have too few asks."""
    fan_out = chapter.window.fan_out
    rows = list(_rows(fan_out))
    x = alt.X(
        "people:O",
        title="people of the obliged side who received the ask",
        scale=alt.Scale(domain=[each.label for each in fan_out.classes]),
        axis=alt.Axis(labelAngle=0, grid=False),
    )
    return draw(
        [*_intervals(rows, x), *_points(rows, x), *_independence(rows, x)],
        name=f"fan-out-{slug(chapter.direction)}",
        title=f"Asks that {chapter.receiving} answers, by how many people received them",
        description=_description(fan_out),
    )


def _rows(fan_out: FanOut) -> Iterator[Row]:
    for each in fan_out.classes:
        if each.any_answer.value is not None:
            yield {
                "people": each.label,
                "rate": each.any_answer.value,
                "lower": each.any_answer.lower,
                "upper": each.any_answer.upper,
                "n": f"n {each.asks:,}",
                "few": each.any_answer.too_few,
                "independent": each.independent.value,
            }


def _share_axis(field: str) -> alt.Y:
    return alt.Y(
        field,
        title="answered by anybody",
        scale=alt.Scale(domain=[0, _ROOM_FOR_COUNTS], nice=False),
        axis=alt.Axis(format="%", values=SHARE_TICKS),
    )


def _intervals(rows: list[Row], x: alt.X) -> Iterator[alt.Chart]:
    bar = alt.MarkDef(type="rule", color=BAND, strokeWidth=8)
    yield layer(rows, bar, x=x, y=_share_axis("lower:Q"), y2=alt.Y2("upper:Q"))
    counts = alt.MarkDef(type="text", color=QUIET, fontSize=11, dy=-10)
    yield layer(rows, counts, x=x, y=_share_axis("upper:Q"), text="n:N")


def _points(rows: list[Row], x: alt.X) -> Iterator[alt.Chart]:
    for few, fill in ((False, INK), (True, "#ffffff")):
        mark = alt.MarkDef(type="point", size=70, stroke=INK, strokeWidth=1.5, fill=fill, opacity=1)
        chosen = [row for row in rows if row["few"] is few]
        if chosen:
            yield layer(chosen, mark, x=x, y=_share_axis("rate:Q"))


def _independence(rows: list[Row], x: alt.X) -> Iterator[alt.Chart]:
    """What the rate would be if recipients answered independently of each other, as they do when asked alone."""
    line = [row for row in rows if row["independent"] is not None]
    if len(line) > 1:
        mark = alt.MarkDef(type="line", color=QUIET, strokeDash=[5, 3], strokeWidth=1.5)
        yield layer(line, mark, x=x, y=_share_axis("independent:Q"))


def _description(fan_out: FanOut) -> str:
    told = [_told(each) for each in fan_out.classes if each.asks]
    return "Share answered by anybody, with Wilson 95 % intervals; " + "; ".join(told) + "."


def _told(each: FanOutClass) -> str:
    return f"received by {each.label}: {figure_value(each.any_answer)} of {each.asks}"

"""Messages by month: one line a direction, each with its company's name at the end."""

from collections.abc import Iterator, Sequence

import altair as alt

from analysis.frames import Direction
from reports.document import TrafficLine
from reports.drawing import INK, WIDTH, Row, draw, layer, words
from reports.words import month

_DASHES = {Direction.TO_CMO: [1, 0], Direction.TO_CLIENT: [5, 3]}
_FILLS = {Direction.TO_CMO: INK, Direction.TO_CLIENT: "#ffffff"}
_HEIGHT = 170
_FULL_LABELS = 13  # so many months have room for a label each


def traffic_chart(traffic: Sequence[TrafficLine]) -> str:
    """Draw both directions, as SVG."""
    months = sorted({line.month for line in traffic})
    x = alt.X(
        "month:O",
        title=None,
        scale=alt.Scale(domain=months),
        axis=alt.Axis(labelAngle=0, grid=False, labelExpr=_labels(months), ticks=False, labelPadding=6),
    )
    y = alt.Y("messages:Q", title="messages", axis=alt.Axis(tickCount=4, format="d"))
    return draw(
        [*_lines(traffic, x, y), *_names(traffic, x, y)],
        name="traffic",
        title="Messages by month",
        description=_description(traffic, months),
        width=2 * WIDTH,
        height=_HEIGHT,
    )


def _labels(months: Sequence[str]) -> str:
    """A Vega expression that writes "2026-10" as "Oct", with the year under the first month and each January."""
    every = 1 if len(months) <= _FULL_LABELS else 3
    pairs = {
        each: [month(each).split()[0], each[:4] if place == 0 or each.endswith("-01") else ""]
        for place, each in enumerate(months)
        if place % every == 0 or each.endswith("-01")
    }
    told = ", ".join(f"'{each}': ['{name}', '{year}']" for each, (name, year) in pairs.items())
    return f"({{{told}}})[datum.value] || ''"


def _row(line: TrafficLine) -> Row:
    return {"month": line.month, "messages": line.messages}


def _lines(traffic: Sequence[TrafficLine], x: alt.X, y: alt.Y) -> Iterator[alt.Chart]:
    for direction in Direction:
        rows = [_row(line) for line in traffic if line.direction is direction]
        line = alt.MarkDef(type="line", color=INK, strokeWidth=1.8, strokeDash=_DASHES[direction])
        yield layer(rows, line, x=x, y=y)
        point = alt.MarkDef(type="point", stroke=INK, fill=_FILLS[direction], size=28, opacity=1)
        yield layer(rows, point, x=x, y=y)


def _names(traffic: Sequence[TrafficLine], x: alt.X, y: alt.Y) -> Iterator[alt.Chart]:
    """The upper name is lifted and the lower one lowered, so that they do not meet."""
    last = max(line.month for line in traffic)
    ends = sorted((line for line in traffic if line.month == last), key=lambda line: -line.messages)
    for place, line in enumerate(ends):
        dy = -5 if place == 0 else 7
        yield words(f"from {line.speaking}", x, y, _row(line), dx=9, dy=dy, color=INK)


def _description(traffic: Sequence[TrafficLine], months: Sequence[str]) -> str:
    told = []
    for direction in Direction:
        mine = [line for line in traffic if line.direction is direction]
        total = sum(line.messages for line in mine)
        told.append(f"{total:,} messages from {mine[0].speaking} to {mine[0].receiving}" if mine else "")
    return f"{month(months[0])} to {month(months[-1])}: " + "; ".join(filter(None, told)) + "."

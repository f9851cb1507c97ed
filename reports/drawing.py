"""The look that all charts share, and the step from a Vega-Altair chart to SVG.

The same document gives the same bytes: nothing is random, words are measured with the fonts that vl-convert carries,
and identifiers are numbered anew for each chart. Lines are told apart by dash and by words at their ends, so that grey
print loses nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import altair as alt
import vl_convert

from analysis.frames import Direction
from reports.svg import accessible

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
INK, QUIET, BAND, RULE = "#1c1f23", "#5c636b", "#ccd5dd", "#e3e6e8"
WIDTH, HEIGHT = 400, 210
SHARE_TICKS = [0, 0.25, 0.5, 0.75, 1]

_VEGA_LITE = "6.4"
_AXES = alt.AxisConfig(
    domainColor=QUIET,
    gridColor=RULE,
    labelColor=INK,
    labelFontSize=11,
    tickColor=QUIET,
    titleColor=QUIET,
    titleFontSize=12,
    titleFontWeight="normal",
    titlePadding=8,
)

Row = Mapping[str, Any]
"""One datum of a chart: field to number or text."""


def layer(rows: Iterable[Row], mark: alt.MarkDef, **encoding: Any) -> alt.Chart:
    """One mark for each row; `encoding` maps channels to fields of the rows."""
    # Not plain rows: Altair refuses more than 5,000 of those.
    data = alt.Data(values=[dict(row) for row in rows])  # type: ignore[no-untyped-call]
    drawn: alt.Chart = alt.Chart(data, mark=mark).encode(**encoding)
    return drawn


def words(text: str, x: Any, y: Any, row: Row, *, dx: int = 0, dy: int = 0, color: str = QUIET) -> alt.Chart:
    """Words that begin at a place of the chart, moved by so many pixels."""
    mark = alt.MarkDef(type="text", color=color, fontSize=11, align="left", dx=dx, dy=dy)
    return layer([row], mark, x=x, y=y, text=alt.value(text))


def draw(
    layers: Sequence[alt.Chart],
    *,
    name: str,
    title: str,
    description: str,
    width: int = WIDTH,
    height: int = HEIGHT,
) -> str:
    """Draw layers over each other.

    Args:
        layers: from back to front.
        name: prefix of identifiers, unique in the page.
        title: one line, for those who do not see the chart.
        description: what it shows, in words and numbers, for the same.
        width: of the plot, in pixels, without axes.
        height: of the plot, in pixels, without axes.

    Returns:
        SVG text.
    """
    chart = alt.LayerChart(layer=list(layers)).properties(width=width, height=height)
    spec = chart.configure(
        font=FONT, background="transparent", padding=4, view=alt.ViewConfig(stroke=None), axis=_AXES
    ).to_dict()
    svg = vl_convert.vegalite_to_svg(spec, vl_version=_VEGA_LITE, allowed_base_urls=[])
    return accessible(svg, name=name, title=title, description=description)


def slug(direction: Direction) -> str:
    """A direction as part of an identifier."""
    return "to-cmo" if direction is Direction.TO_CMO else "to-client"

"""SVG made fit to stand in a page: accessible, scalable, with identifiers of its own; and the small line of a trend."""

import re
from collections.abc import Sequence
from html import escape

from reports.document import TrendPoint

_ROOT = re.compile(r"<svg\b[^>]*>")
_VIEW_BOX = re.compile(r'viewBox="([^"]*)"')
_NOISE = re.compile(r' (?:aria-[a-z]+|role|pointer-events|class|opacity)="[^"]*"')
_IDENTIFIER = re.compile(r'(\bid="|url\(#)([A-Za-z_]+)(\d+)')
_LONG_NUMBER = re.compile(r"(\d+\.\d{2})\d+")


def accessible(svg: str, *, name: str, title: str, description: str) -> str:
    """Give a drawn chart a title and description for those who do not see it, and identifiers that are the chart's own.

    The library counts clip paths over the whole process; they are numbered from 0 here, so that the same chart is the
    same text and two charts in one page do not share a name.

    Args:
        svg: what the library drew.
        name: prefix of the identifiers, unique in the page.
        title: one line.
        description: what the chart shows, in words and numbers.

    Raises:
        ValueError: the text is not an SVG document.
    """
    root = _ROOT.search(svg)
    box = _VIEW_BOX.search(root.group()) if root else None
    if root is None or box is None:
        raise ValueError(f"not an SVG document: {svg[:60]!r}")
    width = box.group(1).split()[2]
    body = _LONG_NUMBER.sub(r"\1", _NOISE.sub("", svg[root.end() :]))
    head = (
        f'<svg viewBox="{box.group(1)}" width="{width}" role="img" aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(description)}</desc>'
    )
    return head + _renumbered(body, name)


def _renumbered(body: str, name: str) -> str:
    numbers: dict[str, int] = {}

    def own(found: re.Match[str]) -> str:
        number = numbers.setdefault(found.group(2) + found.group(3), len(numbers))
        return f"{found.group(1)}{name}-{number}"

    return _IDENTIFIER.sub(own, body)


_WIDTH, _HEIGHT, _EDGE = 84.0, 20.0, 3.0


def trend_line(points: Sequence[TrendPoint], words: str) -> str:
    """Draw a trend as a line without axes, its last point marked; "" where fewer than two months have a value.

    Args:
        points: oldest first; months without a value are left out of the line.
        words: what it shows, for those who do not see it.
    """
    values = [(place, point.value) for place, point in enumerate(points) if point.value is not None]
    if len(values) < 2:  # noqa: PLR2004 - one point is no line
        return ""
    top = max(value for _, value in values) or 1.0
    step = (_WIDTH - 2 * _EDGE) / (len(points) - 1)
    drawn = [(_EDGE + place * step, _HEIGHT - _EDGE - value / top * (_HEIGHT - 2 * _EDGE)) for place, value in values]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in drawn)
    x, y = drawn[-1]
    return (
        f'<svg class="trend" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" width="{_WIDTH:g}" height="{_HEIGHT:g}"'
        f' role="img" aria-label="{escape(words)}">'
        f'<polyline points="{path}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="2.4"/></svg>'
    )

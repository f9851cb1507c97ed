"""Drawings fit for a page."""

import pytest

from reports.document import TrendPoint
from reports.svg import accessible, trend_line

_DRAWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" viewBox="0 0 20 10">'
    '<g clip-path="url(#clip{0})" role="graphics-object" aria-label="x"><path d="M0.123456,1"/></g>'
    '<defs><clipPath id="clip{0}"/></defs></svg>'
)


def test_identifiers_do_not_tell_how_many_charts_were_drawn_before() -> None:
    def drawn(number: int) -> str:
        return accessible(_DRAWN.format(number), name="traffic", title="t", description="d")

    assert drawn(7) == drawn(31)
    assert 'clip-path="url(#traffic-0)"' in drawn(7)
    assert 'id="traffic-0"' in drawn(7)


def test_a_chart_has_a_title_and_a_description_and_no_noise() -> None:
    svg = accessible(_DRAWN.format(0), name="n", title="A & B", description="<d>")
    assert '<title id="n-t">A &amp; B</title><desc id="n-d">&lt;d&gt;</desc>' in svg
    assert svg.count("role=") == 1
    assert "aria-label=" not in svg
    assert "M0.12,1" in svg


def test_what_is_no_drawing_is_refused() -> None:
    with pytest.raises(ValueError, match="not an SVG"):
        accessible("<html>", name="n", title="t", description="d")


def _points(*values: float | None) -> tuple[TrendPoint, ...]:
    return tuple(TrendPoint(f"2026-{number:02}", value, 1) for number, value in enumerate(values, start=1))


def test_a_trend_leaves_out_months_without_a_value_and_keeps_their_place() -> None:
    svg = trend_line(_points(0.0, None, 4.0), 'says "so"')
    assert 'points="3.0,17.0 81.0,3.0"' in svg
    assert "says &quot;so&quot;" in svg


def test_one_month_is_no_trend() -> None:
    assert trend_line(_points(1.0), "") == ""
    assert trend_line(_points(None, 2.0), "") == ""


def test_a_trend_of_nothing_but_zero_lies_on_the_ground() -> None:
    assert 'points="3.0,17.0 81.0,17.0"' in trend_line(_points(0.0, 0.0), "")

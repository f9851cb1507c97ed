"""Every chart of a report, drawn in one go: starting the renderer costs more than a chart."""

from collections.abc import Iterator

from reports.answer_chart import answer_chart
from reports.document import Document
from reports.fan_out_chart import fan_out_chart
from reports.traffic_chart import traffic_chart


def draw_charts(document: Document) -> dict[str, str]:
    """Draw every chart that there is something to draw for.

    Returns:
        SVG text by name: `answer:<direction>`, `fan_out:<direction>`, `traffic`.
    """
    return dict(_charts(document))


def _charts(document: Document) -> Iterator[tuple[str, str]]:
    for chapter in document.directions:
        if chapter.window.answer.n:
            yield f"answer:{chapter.direction}", answer_chart(chapter)
        if any(each.asks for each in chapter.window.fan_out.classes):
            yield f"fan_out:{chapter.direction}", fan_out_chart(chapter)
    if len({line.month for line in document.traffic}) > 1:
        yield "traffic", traffic_chart(document.traffic)

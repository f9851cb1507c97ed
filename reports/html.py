"""A document as one self-contained HTML page: style and pictures inside, no script, nothing from a network.

Everything that mail said is escaped by the template engine, addresses in mail are not made into links, and the page's
own content security policy forbids whatever might slip through.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from operator import attrgetter

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup

from analysis.metrics.figures import Figure
from analysis.metrics.measures import PeriodMeasures
from models.vocabulary import State
from reports import spans, words
from reports.charts import draw_charts
from reports.document import AskLine, Document, ScoreFigure, ThreadPage
from reports.svg import trend_line

FIRST_SHOWN = 8
"""Rows of a list that stand open; the rest is folded, and unfolded in print."""

TODAY = (State.EXPIRED, State.STRANDED, State.LIMBO)
"""States that need a person today, worst first."""


def render(document: Document) -> str:
    """Write the report of one relationship.

    Returns:
        A whole HTML document; the same document gives the same text.
    """
    charts = {name: Markup(svg) for name, svg in draw_charts(document).items()}  # noqa: S704 - drawn by us, escaped there
    page = _environment().get_template("report.html.jinja")
    return page.render(
        document=document,
        charts=charts,
        today=tuple(_asked(_ownerless(document), document, recently=True)),
        older=tuple(_asked(_ownerless(document), document, recently=False)),
        late=tuple(_asked(document.owned_late, document, recently=True)),
        late_older=tuple(_asked(document.owned_late, document, recently=False)),
        watch=tuple(ask for ask in document.attention if ask.state is State.WATCH),
        asks={ask.id: ask for ask in document.asks},
        style=_style(),
    )


def render_index(documents: Sequence[Document]) -> str:
    """Write the page that lists the reports of one run, side by side."""
    page = _environment().get_template("index.html.jinja")
    return page.render(documents=documents, style=_style())


def _ownerless(document: Document) -> Iterator[AskLine]:
    return (ask for ask in document.attention if ask.state in TODAY)


def _asked(asks: Iterable[AskLine], document: Document, *, recently: bool) -> Iterator[AskLine]:
    """Those asked within the rolling window, or those asked before it; silence that has bound is never old."""
    return (ask for ask in asks if (ask.state is State.EXPIRED or ask.wall_days <= document.window_days) is recently)


class _Unindented(Extension):
    """Leaves out the templates' indentation; in a long report that is a tenth of the page."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """Take the blanks off every line's start."""
        return re.sub(r"^[ \t]+", "", source, flags=re.MULTILINE)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=[_Unindented],
    )
    environment.filters |= {
        "counted": words.counted,
        "dates": words.dates,
        "day": words.day,
        "days": words.days,
        "interval": words.figure_interval,
        "moment": words.moment,
        "month": words.month,
        "percent": words.percent,
        "rfc3339": words.rfc3339,
        "segments": spans.segments,
        "lettered": spans.lettered,
        "topic": words.topic_words,
        "trend": _trend,
        "value": words.figure_value,
        "visible": spans.visible,
        "age": words.age,
        "anchor": _anchor,
        "attr_path": _attr_path,
    }
    environment.globals |= {
        "ADDRESSING": words.ADDRESSING_WORDS,
        "BASIS": words.BASIS_WORDS,
        "EVENT": words.EVENT_WORDS,
        "FATE": words.FATE_WORDS,
        "MEANING": words.STATE_MEANING,
        "FIRST": FIRST_SHOWN,
        "TODAY": TODAY,
        "State": State,
        "thread_lengths": _thread_lengths,
        "named": _named,
    }
    return environment


@cache
def _style() -> Markup:
    return Markup(files("reports").joinpath("templates", "style.css").read_text("utf-8"))  # noqa: S704 - our own file


def _anchor(identity: str) -> str:
    """An id as part of an anchor; 12 hexadecimal digits tell all threads of a report apart."""
    return identity[:12]


def _attr_path(measures: PeriodMeasures, path: str) -> Figure:
    figure: Figure = attrgetter(path)(measures)
    return figure


def _trend(figure: ScoreFigure, measure: str) -> Markup:
    told = ", ".join(
        f"{words.month(point.month)} {words.number(point.value, figure.figure.unit)} (n {point.n})"
        for point in figure.trend
        if point.value is not None
    )
    return Markup(trend_line(figure.trend, f"{measure}, {figure.side}: {told}"))  # noqa: S704 - numbers, words escaped


def _thread_lengths(threads: Iterable[ThreadPage]) -> dict[str, int]:
    return {thread.id: len(thread.messages) for thread in threads}


def _named(people: Sequence[object], shown: int = 4) -> str:
    """The first few people by name, and how many more there are."""
    labels = [str(getattr(each, "label", each)) for each in people[:shown]]
    more = len(people) - len(labels)
    return ", ".join(labels) + (f" and {more} more" if more > 0 else "")

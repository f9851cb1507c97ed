"""The reference of measures, docs/metrics.md, written from their docstrings.

To write it anew: `python -m analysis.metrics.reference > docs/metrics.md`.
"""

import sys
from collections.abc import Callable, Iterator
from typing import Any

from analysis.frame_declaration import FrameDeclaration
from analysis.frames import ASKS, MESSAGES
from analysis.metrics.cohorts import Cohort
from analysis.metrics.contacts import effective_number
from analysis.metrics.explanation import explain
from analysis.metrics.registry import METRICS, Metric

_HEAD = """# The measures

Generated from the docstrings of `analysis/metrics`; do not edit. To write it anew, type
`python -m analysis.metrics.reference > docs/metrics.md`.

Every measure is taken for a relationship and both directions (`client->cmo`, `cmo->client`), per calendar
month (UTC) and over a rolling window (90 days by default), as of a moment. A direction runs from the asking
to the obliged side. Asks belong to the period in which they were asked and are followed up to the as-of
moment. n stands beside every figure; below n = 20 (setting `measures.too_few`) a figure is marked. Intervals
are 95 %. An answer at the very end of a clock is in time.
"""


def render_reference() -> str:
    """Return docs/metrics.md."""
    return "\n".join([_HEAD, *_sections(), *_frame_sections()])


def _sections() -> Iterator[str]:
    for metric in METRICS:
        names = ", ".join(f"`{name}`" for name in _figure_names(metric))
        yield _section(metric.compute, f"Kept as `{metric.name}`; figures: {names}.")
    yield _section(effective_number, "Used for effective contacts.")


def _figure_names(metric: Metric) -> list[str]:
    nothing = Cohort(ASKS.build([]), MESSAGES.build([]), ASKS.build([]))
    return [name for name, _ in metric.compute(nothing).figures()]


def _section(function: Callable[..., Any], note: str) -> str:
    explanation = explain(function)
    lines = [f"## {explanation.title}", "", explanation.definition, ""]
    for heading, text in explanation.sections:
        body = f"```python\n{text}\n```" if heading == "Example" else text
        lines += [f"**{heading}.**", "", body, ""]
    return "\n".join([*lines, note, ""])


def _frame_sections() -> Iterator[str]:
    yield "## The tables behind them\n"
    for declaration in (ASKS, MESSAGES):
        yield _table(declaration)


def _table(declaration: FrameDeclaration) -> str:
    head = [f"### `{declaration.name}`", "", "| column | type | unit | meaning |", "|---|---|---|---|"]
    rows = (f"| `{each.name}` | {each.dtype} | {each.unit} | {each.meaning} |" for each in declaration.columns)
    return "\n".join([*head, *rows, ""])


if __name__ == "__main__":
    sys.stdout.write(render_reference())

"""Definitions stand in docstrings: complete, with examples that run, and printed in docs/metrics.md."""

import doctest
from pathlib import Path

import pytest

from analysis.metrics import contacts, fan_out, proportions, survival
from analysis.metrics.explanation import explain
from analysis.metrics.reference import render_reference
from analysis.metrics.registry import METRICS, Metric

_DOCS = Path(__file__).parents[4] / "docs" / "metrics.md"


def test_the_printed_reference_is_current() -> None:
    assert _DOCS.read_text(encoding="utf-8") == render_reference(), (
        "type: python -m analysis.metrics.reference > docs/metrics.md"
    )


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: str(metric.name))
def test_every_metric_is_defined_in_full(metric: Metric) -> None:
    assert metric.explanation.definition
    assert metric.explanation.section("Formula")
    assert metric.explanation.section("Unit")
    assert metric.explanation.section("Edge cases")


def test_names_say_what_by_and_period_and_are_unique() -> None:
    names = [metric.name for metric in METRICS]
    assert len(set(names)) == len(names)
    assert all(name.split(":")[1:] == ["relationship", "month"] for name in names)


@pytest.mark.parametrize("module", [contacts, fan_out, proportions, survival])
def test_examples_run(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert (result.failed, result.attempted > 0) == (0, True)


def test_a_measure_without_a_definition_is_refused() -> None:
    def nameless() -> None:
        """Say nothing."""

    with pytest.raises(ValueError, match="nameless"):
        explain(nameless)

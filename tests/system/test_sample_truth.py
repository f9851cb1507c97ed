"""The sample mailbox against the script of events that it was written from.

The sample is a test bed, not the proof of quality: the bounds stand well below what was measured (docs/accuracy.md), so
that they catch what breaks and not what moves.
"""

import json

import pytest

from benchmarks.sample_truth import Agreement, compare
from tests.system.running import ROOT, SampleRun, as_json, liaison

MOMENT = "2026-06-30T23:59:59Z"


@pytest.fixture(scope="module")
def agreement(sample_run: SampleRun) -> Agreement:
    """What was judged as of a month's end beside what the script says."""
    truth = json.loads((ROOT / "samples" / "truth.json").read_text(encoding="utf-8"))
    judged = as_json(liaison(sample_run.folder, "limbo", "--all", "--as-of", MOMENT, "--json"))
    assert judged["as_of"] == MOMENT
    return compare(truth, judged["asks"], MOMENT)


def test_the_asks_of_the_script_are_found(agreement: Agreement) -> None:
    assert agreement.asks > 200
    assert agreement.found > 0.88


def test_whom_they_are_given_to_is_seen(agreement: Agreement) -> None:
    assert agreement.addressing > 0.95


def test_their_states_and_owners_agree_with_the_script(agreement: Agreement) -> None:
    assert agreement.states > 0.75
    assert agreement.owners > 0.75


def test_limbo_is_found_and_seldom_cried(agreement: Agreement) -> None:
    assert agreement.recall > 0.8
    assert agreement.precision > 0.65

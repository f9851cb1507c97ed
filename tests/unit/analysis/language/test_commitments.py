"""Commitments: who promises, and until when."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from analysis.language.commitments import find_commitment

Judge = Callable[[str], Doc]


@pytest.mark.parametrize(
    ("sentence", "by", "due"),
    [
        ("I'll send the report by Friday.", "", "by Friday"),
        ("We will get back to you tomorrow.", "", "tomorrow"),
        ("Dana will take this.", "Dana", ""),
        ("Dana Cole will send the CoA next week.", "Dana Cole", "next week"),
        ("Maria from QA will check it.", "Maria", ""),
        ("Kurt and Ana will review it.", "Kurt and Ana", ""),
        ("Let me check with our team.", "", ""),
        ("I will have a look at it tomorrow.", "", "tomorrow"),
        ("We will have the report by Friday.", "", "by Friday"),
        ("I'm going to send it on Monday", "", "on Monday"),
    ],
)
def test_commitments(judge: Judge, sentence: str, by: str, due: str) -> None:
    found = find_commitment(judge(sentence), 10)
    assert found
    assert (found.by_name, found.due_text, found.span.start) == (by, due, 10)


@pytest.mark.parametrize(
    "sentence",
    [
        "Will I send it?",
        "The plant will send it.",
        "I will be on holiday.",
        "We will need the data.",
        "It will take a week.",
        "Thanks for sending it.",
    ],
)
def test_no_commitments(judge: Judge, sentence: str) -> None:
    assert find_commitment(judge(sentence), 0) is None

"""Reasons begin with a code that has words."""

import pytest

from models.left_out import REASONS, in_words, reason_code


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("too_large", "too_large"),
        ("refused: 100% busy; try later", "refused"),
        ("before 2024-01-01", "before"),
        ("no_date; header_cut: 12 fields", "no_date"),
        ("", ""),
        ("x" * 200, "x" * 100),
    ],
)
def test_a_reason_begins_with_its_code(reason: str, code: str) -> None:
    assert reason_code(reason) == code


def test_every_code_has_words_and_an_unknown_one_has_none() -> None:
    assert all(in_words(f"{code}: detail") == words for code, words in REASONS.items())
    assert in_words("nothing known") == ""

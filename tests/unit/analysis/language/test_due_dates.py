"""Date expressions as written."""

import pytest

from analysis.language.due_dates import find_due_text


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("We will send it by Friday.", "by Friday"),
        ("I'll reply before the end of next week", "before the end of next week"),
        ("You get it within 5 business days.", "within 5 business days"),
        ("By EOD Friday please", "By EOD Friday"),
        ("ready on 12.03.2026", "on 12.03.2026"),
        ("ready on March 3rd, 2026", "on March 3rd, 2026"),
        ("no later than 2026-04-01", "no later than 2026-04-01"),
        ("we will do it tomorrow morning", "tomorrow morning"),
        ("by close of business today", "by close of business today"),
        ("I may do it", ""),
        ("see clause 14.18.2", ""),
        ("We will send it", ""),
    ],
)
def test_due_text(sentence: str, due: str) -> None:
    assert find_due_text(sentence) == due

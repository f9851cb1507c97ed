"""How moments, numbers and reasons are written."""

from datetime import UTC, datetime

import pytest

from analysis.metrics.figures import Figure
from models.vocabulary import Addressing, EventKind, OwnerBasis, ReasonCode, State
from reports import words

_AT = datetime(2026, 10, 30, 16, tzinfo=UTC)


def test_moments_name_their_zone_and_follow_daylight_saving() -> None:
    assert words.moment(_AT) == "Fri 30 Oct 2026, 16:00 UTC"
    assert words.moment(_AT, "Europe/Berlin") == "Fri 30 Oct 2026, 17:00 CET"
    assert words.moment(_AT, "America/New_York") == "Fri 30 Oct 2026, 12:00 EDT"
    assert words.day(_AT, "Asia/Tokyo") == "31 Oct 2026"
    assert words.rfc3339(_AT) == "2026-10-30T16:00:00Z"
    assert words.month("2026-01") == "Jan 2026"


def test_dates_within_words_are_written_as_a_reader_would_write_them() -> None:
    assert words.dates("90 days to 2026-10-31") == "90 days to 31 Oct 2026"
    assert words.dates("2026-08") == "Aug 2026"
    assert words.dates("order 4500-2026-1013 and 2026-13 stay") == "order 4500-2026-1013 and 2026-13 stay"


def test_topics_are_words_and_abbreviations_capitals() -> None:
    assert [words.topic_words(each) for each in ("change_control", "capa")] == ["change control", "CAPA"]


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.0, "0 %"), (0.001, "< 1 %"), (0.344, "34 %"), (0.9999, "> 99 %"), (1.0, "100 %")],
)
def test_a_share_is_never_rounded_to_none_or_all(value: float, written: str) -> None:
    assert words.percent(value) == written


def test_figures_without_a_value_are_a_dash_and_open_intervals_say_so() -> None:
    assert words.figure_value(Figure(None, "share", 0)) == "–"
    assert words.figure_interval(Figure(None, "share", 0)) == ""
    assert words.figure_interval(Figure(2.44, "business days", 9, 1.2, None)) == "1.2 to not reached"
    assert words.figure_value(Figure(9.96, "business days", 9)) == "10"
    assert words.figure_value(Figure(1204.0, "messages", 1204)) == "1,204"


def test_every_word_of_the_vocabulary_is_told() -> None:
    assert all(words.reason_words(code, 2) for code in ReasonCode)
    assert set(words.STATE_MEANING) == set(State)
    assert set(words.BASIS_WORDS) == set(OwnerBasis)
    assert set(words.ADDRESSING_WORDS) == set(Addressing)
    assert set(words.EVENT_WORDS) == set(EventKind)
    assert words.reason_words(ReasonCode.CHASED, 1) == "chased once"
    assert words.reason_words(ReasonCode.FAN_OUT, 14) == "sent to 14 people"

"""Dates as people's programs write them."""

from datetime import UTC, datetime, timedelta
from email import message_from_string

import pytest

from ingest.dates import received_at, sent_at, settle

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Mon, 2 Mar 2026 13:00:00 +0100", NOON),
        ("2 Mar 26 12:00 GMT", NOON),
        ("Mon, 02 Mar 2026 12:00:00", NOON),
        ("Mon Mar  2 12:00:00 2026", NOON),
        ("yesterday", None),
        ("Mon, 32 Mar 2026 12:00:00 +0000", None),
        ("Mon, 2 Mar 9999999 12:00:00 +0000", None),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
        ("", None),
    ],
)
def test_the_date_field_is_read_leniently(text: str, moment: datetime | None) -> None:
    assert sent_at(None, message_from_string(f"Date: {text}\n\n")) == moment


def test_the_newest_received_field_tells_the_arrival_else_the_mailbox() -> None:
    assert received_at(b" by mx.halden.example; Mon, 2 Mar 2026 12:00:00 +0000", None) == NOON
    assert received_at(b" by mx.halden.example", NOON) == NOON
    assert received_at(b"", None) is None


@pytest.mark.parametrize(
    ("early", "trusted"),
    [(timedelta(days=9), True), (timedelta(days=11), False), (timedelta(hours=-23), True), (timedelta(days=-2), False)],
)
def test_a_date_far_from_the_arrival_is_not_trusted(early: timedelta, trusted: bool) -> None:  # noqa: FBT001
    assert settle(NOON - early, NOON) == (NOON - early if trusted else NOON)


def test_one_moment_is_enough() -> None:
    assert settle(NOON, None) == settle(None, NOON) == NOON
    assert settle(None, None) is None

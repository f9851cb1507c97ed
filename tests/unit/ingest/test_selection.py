"""Which mail is kept: whose, and of which days."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from ingest.parse import parse_message
from ingest.selection import before_window, fingerprint, left_out
from ingest.settings import EVERYTHING, Selection
from models.records import Message
from tests.contract.mailbox_contract import letter

SCOPE = frozenset({"corvus.example"})


def message() -> Message:
    parsed = parse_message(letter(1)).message
    assert parsed is not None
    return parsed


@pytest.mark.parametrize(
    ("scope", "reason"),
    [
        (None, ""),
        (frozenset(), "organisations"),
        (frozenset({"corvus.example"}), ""),
        (frozenset({"example"}), ""),
        (frozenset({"dana@halden.example"}), ""),
        (frozenset({"eva@halden.example", "vus.example"}), "organisations"),
    ],
)
def test_domains_their_sub_domains_and_addresses(scope: frozenset[str] | None, reason: str) -> None:
    assert left_out(message(), Selection(scope)) == reason


def test_a_message_to_nobody_is_of_nobodys_scope() -> None:
    lonely = replace(message(), sender=replace(message().sender, address=""), recipients=())
    assert left_out(lonely, Selection(SCOPE)) == "organisations"


@pytest.mark.parametrize(
    ("since", "until", "reason"),
    [
        (date(2026, 3, 2), date(2026, 3, 2), ""),
        (date(2026, 3, 3), None, "before 2026-03-03"),
        (None, date(2026, 3, 1), "after 2026-03-01"),
    ],
)
def test_first_and_last_day_are_kept_and_other_days_are_not(
    since: date | None, until: date | None, reason: str
) -> None:
    selection = Selection(None, since, until)
    for hour in (0, 23):
        at = datetime(2026, 3, 2, hour, 59, 59, 999999, tzinfo=UTC)
        assert left_out(replace(message(), at=at), selection) == reason


def test_days_are_those_of_utc() -> None:
    late = datetime(2026, 3, 2, 1, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert left_out(replace(message(), at=late), Selection(since=date(2026, 3, 2))) == "before 2026-03-02"


def test_before_the_window_is_said_with_its_first_day() -> None:
    assert before_window(Selection(since=date(2026, 3, 2))) == "before 2026-03-02"


def test_the_fingerprint_tells_selections_apart_and_nothing_else() -> None:
    some = [
        EVERYTHING,
        Selection(frozenset()),
        Selection(SCOPE),
        Selection(SCOPE | {"halden.example"}),
        Selection(SCOPE, since=date(2026, 3, 2)),
        Selection(SCOPE, until=date(2026, 3, 2)),
    ]
    assert len({fingerprint(selection) for selection in some}) == len(some)
    assert fingerprint(Selection(frozenset({"a", "b"}))) == fingerprint(Selection(frozenset({"b", "a"})))

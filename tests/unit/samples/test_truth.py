"""The ground truth: verbatim quotes, and states that follow from the events, worked out here a second time."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from .conftest import Sample

Text = Callable[[EmailMessage], str]
Ask = dict[str, Any]
_STATES = {"answered", "owned", "waiting", "watch", "limbo", "stranded", "expired", "withdrawn"}
_END = datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC)


def test_every_quote_stands_verbatim_in_its_message(sample: Sample, text_of: Text) -> None:
    for ask in sample.truth["asks"]:
        assert ask["quote"] in text_of(sample.messages[ask["message_id"]])
        for sentence in ask["sentences"]:
            assert sentence["quote"] in text_of(sample.messages[sentence["message_id"]])
    for promise in sample.truth["promises"]:
        assert promise["quote"] in text_of(sample.messages[promise["message_id"]])


def test_every_event_names_a_message_and_its_time(sample: Sample) -> None:
    for ask in sample.truth["asks"]:
        for event in ask["events"]:
            message = sample.messages[event["message_id"]]
            assert _moment(message["Date"].datetime.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")) == _moment(
                event["at"]
            )


def test_states_at_month_ends_follow_from_the_events(sample: Sample) -> None:
    calendars = {company["id"]: company for company in sample.truth["organisations"]}
    clocks = sample.truth["clocks"]["acknowledge"]
    for ask in sample.truth["asks"]:
        assert ask["states"]
        for end, state in ask["states"].items():
            assert state == _judged(ask, _moment(end), calendars[ask["obliged"]], clocks), (ask["message_id"], end)


def test_every_state_and_every_end_occurs(sample: Sample) -> None:
    asks = sample.truth["asks"]
    assert {state for ask in asks for state in ask["states"].values()} == _STATES
    assert {ask["closed"]["how"] for ask in asks if ask["closed"]} == {"answered", "declined", "withdrawn"}
    assert {owner["basis"] for ask in asks for owner in ask["owner_history"]} == {
        "assigned",
        "volunteered",
        "acting",
        "addressed",
        "standing",
        "none",
    }


def test_asks_of_every_kind_and_way_are_there(sample: Sample) -> None:
    asks = sample.truth["asks"]
    assert len(asks) > 300
    for field, least in (("addressing", 50), ("direction", 20), ("relationship", 80)):
        counts = Counter(ask[field] for ask in asks)
        assert min(counts.values()) >= least, counts
    assert set(Counter(ask["kind"] for ask in asks)) == {"question", "request", "review", "approval", "proposal"}
    assert len({ask["topic"] for ask in asks}) >= 15
    assert sum(ask["expectation"] for ask in asks) > 8


def test_most_mail_asks_nothing(sample: Sample) -> None:
    acts = sample.truth["messages_by_act"]
    chat = (
        "chat",
        "thanks",
        "acknowledgement",
        "invitation",
        "acceptance",
        "minutes",
        "machine",
        "receipt",
        "drift",
        "resend",
    )
    assert sum(acts[act] for act in chat) >= 0.4 * sample.truth["messages"]


@pytest.mark.parametrize(("addressing", "other"), [("named", "plural"), ("plural", "group")])
def test_the_wider_an_ask_the_seldomer_its_answer(
    make_sample: Callable[[int, int], Sample], addressing: str, other: str
) -> None:
    asks = make_sample(3, 3000).truth["asks"]
    assert _answer_rate(asks, addressing) > _answer_rate(asks, other) + 0.05


def test_one_handoff_is_planned_and_one_is_not(sample: Sample) -> None:
    handoffs = sample.truth["handoffs"]
    assert [(row["from"].split("@")[0], row["planned"]) for row in handoffs] == [
        ("dana.cole", True),
        ("sunil.rao", False),
    ]
    for row in handoffs:
        mails = [
            message for message in sample.messages.values() if message["From"].addresses[0].addr_spec == row["from"]
        ]
        assert max(message["Date"].datetime for message in mails) <= _moment(row["at"])
        assert set(row["evidence"]) <= set(sample.messages)


def test_asks_are_orphaned_where_somebody_left_without_a_word(make_sample: Callable[[int, int], Sample]) -> None:
    truth = make_sample(3, 3000).truth
    left = [ask for ask in truth["asks"] if any(event["act"] == "owner_left" for event in ask["events"])]
    assert len(left) > 1
    assert all(any(owner["owner"] is None for owner in ask["owner_history"]) for ask in left)


def test_the_quiet_months_have_no_call(sample: Sample) -> None:
    calls = [call for call in sample.truth["calls"] if call["relationship"] == "halden-meridian"]
    months = {call["at"][:7] for call in calls}
    assert not months & {"2026-02", "2026-05", "2026-06", "2026-08"}
    assert {call["decision_maker"] for call in calls} == {True, False}


def test_calls_and_corrections_name_messages_of_the_mailbox(sample: Sample) -> None:
    named = [call["invitation"] for call in sample.truth["calls"]]
    named += [call["minutes"] for call in sample.truth["calls"] if call["minutes"]]
    named += [row[key] for row in sample.truth["corrections"] for key in ("message_id", "corrects")]
    assert set(named) <= set(sample.messages)
    assert len(sample.truth["corrections"]) > 4


def test_promises_end_in_every_way(make_sample: Callable[[int, int], Sample]) -> None:
    outcomes = Counter(promise["outcome"] for promise in make_sample(3, 3000).truth["promises"])
    assert {"kept", "late", "broken"} <= set(outcomes) <= {"kept", "late", "broken", "open"}


def test_every_writer_is_in_the_truth(sample: Sample) -> None:
    known = {address for person in sample.truth["people"] for address in person["addresses"]}
    machines = {"noreply@frachtlink.example", "news@sterile-weekly.example"}
    writers = {message["From"].addresses[0].addr_spec for message in sample.messages.values()}
    assert writers <= known | machines
    assert len(writers) > 30


def test_fan_out_counts_the_people_of_the_obliged_side_once(sample: Sample) -> None:
    companies = {company["id"]: company for company in sample.truth["organisations"]}
    for ask in sample.truth["asks"]:
        message, company = sample.messages[ask["message_id"]], companies[ask["obliged"]]
        got = {each.addr_spec for name in ("To", "Cc") if message[name] for each in message[name].addresses}
        groups = [group for group in company["groups"] if group["address"] in got]
        inside = {member for group in groups for member in group["members"]} | {group["address"] for group in groups}
        own = {address for address in got - inside if address.endswith(f"@{company['domains'][0]}")}
        copied = 0 if ask["direction"] == "internal" else len(own)
        assert ask["fan_out"] >= sum(group["size"] for group in groups) + copied


def _judged(ask: Ask, as_of: datetime, company: dict[str, Any], clocks: dict[str, str]) -> str:
    events = [event for event in ask["events"] if _moment(event["at"]) <= as_of]
    acts = [event["act"] for event in events]
    turns = [act for act in acts if act in {"asked_back", "asker_replied"}]
    for state, holds in (
        ("withdrawn", "withdrawn" in acts),
        ("answered", bool({"answered", "declined"} & set(acts))),
        ("waiting", turns[-1:] == ["asked_back"]),
        ("owned", _has_owner(events)),
        ("expired", ask["silence_binds"] and _business_days(ask["at"], as_of, company) >= 7),
        ("watch", _spent(ask, as_of, company, clocks) < 1),
        ("stranded", "chaser" in acts),
    ):
        if holds:
            return state
    return "limbo"


def _spent(ask: Ask, as_of: datetime, company: dict[str, Any], clocks: dict[str, str]) -> float:
    """Give the share of the acknowledgement clock that has run."""
    amount, unit = clocks[ask["topic"]].split()
    hours = (as_of - _moment(ask["at"])) / timedelta(hours=1)
    return (hours if unit == "h" else _business_days(ask["at"], as_of, company)) / int(amount)


def _has_owner(events: list[dict[str, str]]) -> bool:
    holders: set[str] = set()
    for event in events:
        if event["act"] in {"refused", "owner_left"}:
            holders.discard(event["owner"])
        elif event.get("basis"):
            holders.add(event["owner"])
    return bool(holders)


def _business_days(start: str, end: datetime, company: dict[str, Any]) -> float:
    """Count business days minute by minute of the working day, on the company's wall clock."""
    zone = ZoneInfo(company["time_zone"])
    begin, finish = _moment(start).astimezone(zone), end.astimezone(zone)
    total, day = 0.0, begin.date()
    while day <= finish.date():
        if day.weekday() < 5 and day.isoformat() not in company["holidays"] + company["closures"]:
            opens, closes = (datetime(day.year, day.month, day.day, hour, tzinfo=zone) for hour in (9, 17))
            total += max(timedelta(0), min(closes, finish) - max(opens, begin)) / timedelta(hours=8)
        day += timedelta(days=1)
    return total


def _moment(text: str | datetime) -> datetime:
    return datetime.fromisoformat(text) if isinstance(text, str) else text


def _answer_rate(asks: list[Ask], addressing: str) -> float:
    old = [ask for ask in asks if ask["addressing"] == addressing and _END - _moment(ask["at"]) > timedelta(days=30)]
    return sum(ask["answered"] is not None for ask in old) / len(old)

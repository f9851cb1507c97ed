"""Dataclasses survive the way to JSON and back, exactly."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given

from models import payload
from models.judgements import Clock, Duration, Reading, Reason
from tests.unit.models.records_strategy import records


@given(records(Reading))
def test_a_reading_comes_back_equal(reading: Reading) -> None:
    assert payload.load(payload.dump(reading, Reading), Reading) == reading


@given(records(Reason))
def test_a_reason_comes_back_equal_and_keeps_its_words(reason: Reason) -> None:
    back = payload.load(payload.dump(reason, Reason), Reason)
    assert back == reason
    assert type(back.code) is type(reason.code)


def test_only_what_differs_from_a_default_is_written() -> None:
    clock = Clock("po", Duration(1.0, "BD"), Duration(2.5, "CD"), "source")
    assert payload.dump(clock, Clock) == (
        '{"topic":"po","ack":{"amount":1.0,"unit":"BD"},"answer":{"amount":2.5,"unit":"CD"},"source":"source"}'
    )


def test_moments_are_written_in_utc() -> None:
    delhi = datetime(2026, 1, 1, 5, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert payload.dump(delhi, datetime) == '"2026-01-01T00:00:00+00:00"'
    assert payload.load(payload.dump(delhi, datetime), datetime) == datetime(2026, 1, 1, tzinfo=UTC)


def test_text_is_made_fit_to_store_and_odd_letters_stay() -> None:
    texts = ("a\x00b", "\udc80", "Grüße \U0001f600")
    assert payload.load(payload.dump(texts, tuple[str, ...]), tuple[str, ...]) == ("a�b", "�", "Grüße \U0001f600")


def test_a_type_without_a_json_form_is_refused() -> None:
    @dataclass(frozen=True)
    class Holder:
        content: bytes

    with pytest.raises(TypeError, match="no JSON form is known for <class 'bytes'>"):
        payload.dump(Holder(b""), Holder)

"""All measures together: both directions, window and months, plain form, the same input the same output."""

import json
import random
from dataclasses import replace
from datetime import UTC, datetime

from analysis.metrics.measures import Frames, measure, measure_period
from analysis.metrics.periods import rolling
from analysis.metrics.plain import to_plain
from tests.unit.analysis.metrics.halden import (
    AS_OF,
    PAIR,
    SETTINGS,
    START,
    TO_CMO,
    frames,
    judgement,
    message,
)

ANA, BEN = "ana@halden.example", "ben@corvus.example"
AUGUST = datetime(2026, 8, 5, 9, tzinfo=UTC)
MAIL = (
    message("m1", ANA, BEN, at=AUGUST),
    message("m2", BEN, ANA, at=START),
    message("m3", ANA, BEN, at=AS_OF),
)
ASKS = (
    judgement("a", answered_by=(BEN,)),
    judgement("b", asked_at=AUGUST, hours=99),
    judgement("c", back=True, answered_by=(ANA,), fan_out=3),
)


def _frames(seed: int | None = None) -> Frames:
    asks, mail = list(ASKS), list(MAIL)
    if seed is not None:
        random.Random(seed).shuffle(asks)  # noqa: S311 - a seeded order is what is wanted
        random.Random(seed).shuffle(mail)  # noqa: S311
    return frames(*asks, mail=tuple(mail))


def test_both_directions_with_window_and_months() -> None:
    measures = measure(_frames(), SETTINGS)
    there, back = measures.of(PAIR.id)
    assert [(each.direction, each.speaking, each.receiving) for each in (there, back)] == [
        ("client->cmo", "halden", "corvus"),
        ("cmo->client", "corvus", "halden"),
    ]
    assert [month.period.label for month in there.months] == ["2026-08", "2026-09", "2026-10"]
    assert [month.messages.value for month in there.months] == [1, 0, 1]
    assert [month.answer.n for month in there.months] == [1, 0, 1]
    assert (there.rolling.answer.n, there.rolling.answer.events, there.rolling.messages.n) == (2, 1, 2)
    assert (back.rolling.answer.n, back.rolling.messages.n) == (1, 1)


def test_contacts_are_those_of_the_speaking_side() -> None:
    there, back = measure(_frames(), SETTINGS).directions
    assert (there.rolling.contacts.leading, back.rolling.contacts.leading) == (ANA, BEN)
    assert there.rolling.contacts.answer_share.n == 1


def test_only_the_latest_months_are_given() -> None:
    there, _ = measure(_frames(), SETTINGS, months=2).directions
    assert [month.period.label for month in there.months] == ["2026-09", "2026-10"]


def test_order_of_the_input_changes_nothing() -> None:
    texts = {json.dumps(to_plain(measure(_frames(seed), SETTINGS))) for seed in (None, 1, 2, 3)}
    assert len(texts) == 1


def test_plain_form_is_json_with_times_in_utc() -> None:
    plain = json.loads(json.dumps(to_plain(measure(_frames(), SETTINGS)), allow_nan=False))
    assert plain["as_of"] == "2026-10-31T12:00:00Z"
    window = plain["directions"][0]["rolling"]
    assert window["period"]["kind"] == "rolling"
    assert window["never_answered"]["value"] == 0.5
    assert window["contacts"]["verdict"] == "below"


def test_a_relationship_without_mail_has_figures_without_values() -> None:
    there, back = measure(frames(), SETTINGS).directions
    assert [month.period.label for month in there.months] == ["2026-10"]
    assert (there.rolling.answer.median.value, back.rolling.messages.value) == (None, 0.0)


def test_companies_without_a_relationship_leave_no_trace() -> None:
    quiet = measure(frames(judgement("x", relationship=None)), SETTINGS).directions[0]
    other = replace(SETTINGS, relationships=())
    assert quiet.rolling.answer.n == 0
    assert measure(_frames(), other).directions == ()


def test_a_period_of_one_s_own_choosing() -> None:
    window = rolling(AUGUST, 1)
    chosen = measure_period(_frames().cohorts(SETTINGS), TO_CMO, window)
    assert (chosen.period, chosen.messages.value, chosen.answer.n) == (window, 1, 1)

"""The director: how many mails on which day, which story is told next, and the scenes that must be there."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from samples.acts import PLAY, chase
from samples.calls import hold_calls
from samples.cast import CORVUS, HALDEN, MERIDIAN, RELATIONSHIPS, Relationship
from samples.chat import chat, receipt
from samples.handoffs import Departure, hand_over, take_effect
from samples.openings import open_story
from samples.phrases import Exchange, exchanges
from samples.script import Ask, Mail
from samples.shapes import SHAPES, Shape, weights
from samples.stage import CurtainError, GoneError, Stage
from samples.story import Story
from samples.worktime import PERIOD_END, PERIOD_START

_VOLUME = {11: 1.1, 12: 0.8, 1: 1.0, 2: 1.0, 3: 1.15, 4: 1.0, 5: 0.95, 6: 1.05, 7: 0.85, 8: 0.7, 9: 1.15, 10: 1.2}
_MERIDIAN_SHARE = {2: 0.12, 5: 0.17, 6: 0.14, 8: 0.07}
_CHAT_SHARE = 0.54
_TOPIC_WEIGHT = {
    "general": 0.8,
    "rejection": 0.4,
    "inspection": 0.35,
    "complaint": 0.7,
    "capa": 0.7,
    "audit": 0.7,
    "purchase_order": 1.3,
}

_MUST: tuple[tuple[str, int, str, str, str], ...] = (
    ("2025-11-18T09:40", 0, "purchase_order client order", "group", "silence"),
    ("2026-06-02T08:05", 1, "purchase_order client order", "group", "stranded"),
    ("2025-11-26T13:05", 0, "forecast client capacity", "named", "out_of_office"),
    ("2025-11-27T08:30", 0, "batch_record_review client records", "group", "chased"),
    ("2025-12-23T14:50", 0, "deviation client report", "named", "out_of_office"),
    ("2026-01-26T07:45", 1, "supply_delay client worry", "group", "stranded"),
    ("2026-03-10T13:20", 0, "forecast client capacity", "named", "asked_back"),
    ("2026-03-31T06:58", 1, "out_of_specification client follow", "plural", "volunteered"),
    ("2026-04-06T15:10", 0, "commercial cmo invoice", "group", "stranded"),
    ("2026-07-14T08:11", 0, "general client launch", "named", "prompt"),
    ("2026-08-25T09:31", 1, "general client launch", "group", "stranded"),
    ("2026-09-08T12:02", 0, "purchase_order client steps", "named", "promise_kept"),
    ("2026-10-02T21:47", 0, "deviation cmo approval", "named", "next_day"),
    ("2026-10-05T04:55", 1, "change_control cmo notify", "group", "acknowledged_only"),
)
"""Scenes that every mailbox has, holidays and clock changes among them.

When, which relationship, which exchange, how addressed, which shape.
"""


def direct(stage: Stage) -> Iterator[tuple[list[Mail], list[Ask]]]:
    """Play the year.

    Yields:
        For every day the mails that are due, oldest first, and the asks of the stories told on that day.
    """
    hold_calls(stage)
    departures = hand_over(stage)
    for when, which, key, addressing, shape in _MUST:
        _forced(stage, datetime.fromisoformat(when).replace(tzinfo=UTC), RELATIONSHIPS[which], (key, addressing, shape))
    for day, quota in _quotas(stage.capacity - stage.scripted, stage.scripted):
        _day(stage, day, quota)
        yield _harvest(stage, _midnight(day), departures)
    while stage.scripted < stage.capacity:
        _filler(stage, PERIOD_END.date() - timedelta(days=2))
    yield _harvest(stage, PERIOD_END + timedelta(days=1), departures)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _harvest(stage: Stage, until: datetime, departures: list[Departure]) -> tuple[list[Mail], list[Ask]]:
    asks, stage.script.asks = stage.script.asks, []
    for ask in asks:
        take_effect(departures, ask)
    return list(stage.collect(until)), asks


def _quotas(messages: int, already: int) -> Iterator[tuple[date, int]]:
    """Give for every day how many messages should have been scripted at its end, counted from the first."""
    days = [PERIOD_START.date() + timedelta(days=number) for number in range((PERIOD_END - PERIOD_START).days + 1)]
    loads = [_VOLUME[day.month] * (0 if day.weekday() > 4 else _staffed(day)) for day in days]
    total, done = sum(loads), 0.0
    for day, load in zip(days, loads, strict=True):
        done += load
        yield day, already + round(messages * done / total)


def _staffed(day: date) -> float:
    return sum(company.worktime.is_staffed(day) for company in (HALDEN, CORVUS, MERIDIAN)) / 3


def _day(stage: Stage, day: date, quota: int) -> None:
    while stage.scripted < quota:
        relationship = RELATIONSHIPS[stage.likely(_MERIDIAN_SHARE.get(day.month, 0.4))]
        try:
            if stage.likely(_CHAT_SHARE):
                chat(stage, relationship, day)
            else:
                _any_story(stage, relationship, day)
        except CurtainError:
            continue


def _filler(stage: Stage, day: date) -> None:
    try:
        chat(stage, RELATIONSHIPS[0], HALDEN.worktime.days_on(day, -stage.deck.rng.randrange(1, 12)))
    except CurtainError:
        return


def _any_story(stage: Stage, relationship: Relationship, day: date) -> None:
    cards = exchanges()
    exchange = stage.deck.rng.choices(cards, [_weight(each) for each in cards])[0]
    asking = relationship.cmo if exchange.opener == "cmo" else relationship.client
    story = open_story(stage, relationship, exchange, stage.morning(asking, day))
    perform(story, _shape(stage, story.asks[0]))
    if stage.likely(0.05):
        receipt(stage, story.root)


def _shape(stage: Stage, ask: Ask) -> Shape:
    """Choose the life of an ask; the widest mails sink more often than their addressing alone makes them."""
    if ask.addressing == "group" and stage.likely(0.035 * min(ask.fan_out, 12)):
        return stage.deck.rng.choice([each for each in SHAPES if each.name in {"silence", "stranded"}])
    return stage.deck.rng.choices(SHAPES, weights(ask.addressing))[0]


def _weight(exchange: Exchange) -> float:
    return _TOPIC_WEIGHT.get(exchange.topic, 1.0) * (1.2 if exchange.opener == "internal" else 1.0)


def _forced(stage: Stage, at: datetime, relationship: Relationship, scene: tuple[str, str, str]) -> None:
    key, addressing, name = scene
    exchange = next(each for each in exchanges() if each.key == key)
    shape = next(each for each in SHAPES if each.name == name)
    perform(open_story(stage, relationship, exchange, at, addressing), shape)


def perform(story: Story, shape: Shape) -> None:
    """Play a shape's acts until it ends or nobody is there."""
    try:
        for step in shape.steps:
            if not story.stage.likely(step.chance):
                continue
            PLAY[_possible(story, step.act)](story, step.low, step.high)
    except GoneError:
        _into_the_void(story)
    except CurtainError:
        return


def _possible(story: Story, act: str) -> str:
    """Replace an act without words or stage: what a manufacturer forwards inside, the client's journal never sees."""
    if act == "query" and not story.exchange.queries:
        return "answer"
    if act == "inside" and (story.obliged is not HALDEN or story.exchange.opener == "internal"):
        return "assign"
    return act


def _into_the_void(story: Story) -> None:
    """The person asked has gone: the others ask again and wait."""
    try:
        for _ in range(story.stage.deck.rng.choice((0, 1, 1, 2))):
            chase(story, 20, 60)
    except CurtainError:
        return

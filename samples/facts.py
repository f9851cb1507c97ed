"""What a story is about: batch and record numbers, products and events, and the dates that its mails name."""

import random
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from samples.cast import Organisation, Person, Relationship
from samples.phrases import Deck, bank

_DISTANCES = {"soon": (2, 7, 1, 30), "later": (16, 45, 8, 99), "ago": (-6, -1, -40, -1), "back": (3, 12, 1, 30)}
"""For a date slot: within how many working days it is chosen, and how many days away it may be said again."""

_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905


def invent(deck: Deck, relationship: Relationship, moment: datetime) -> dict[str, str]:
    """Invent the facts of a new story; keys are the slots of the phrases."""
    rng, year = deck.rng, moment.year
    test, result, limit = deck.deal("test", bank("slots")["test"]).split("|")
    number = rng.randrange(1000, 9999)
    facts = {
        key: deck.deal(key, bank("slots")[key]) for key in ("event", "cause", "equipment", "doc", "market", "docver")
    }
    return facts | {
        "product": rng.choice(relationship.products),
        "batch": _batch(rng, relationship.cmo, year),
        "batch2": _batch(rng, relationship.cmo, year),
        "batchno": str(number),
        "dev": f"DEV-{year}-{rng.randrange(2, 260):03d}",
        "oos": f"OOS-{year % 100}-{rng.randrange(1, 90):03d}",
        "cc": f"CC-{rng.randrange(380, 640):04d}",
        "capa": f"CAPA-{year % 100}-{rng.randrange(1, 99):03d}",
        "po": f"45000{rng.randrange(18000, 29999)}",
        "invoice": f"INV-{rng.randrange(20100, 29800)}",
        "amount": f"EUR {rng.randrange(14, 960) * 100:,}",
        "qty": f"{rng.randrange(8, 96) * 500:,}",
        "right": rng.choice(
            [
                f"{rng.randrange(11, 98)}.{rng.randrange(9)} %",
                f"{rng.randrange(4, 60)},{rng.randrange(100, 999)} units",
                f"batch {_batch(rng, relationship.cmo, year)}",
            ]
        ),
        "test": test,
        "result": result,
        "limit": limit,
    }


class Slots(Mapping[str, str]):
    """The slots of one mail: the story's facts, names, and dates in the writer's own style.

    A date once said in a story stays for as long as it makes sense, so that subject, text and replies agree.

    Args:
        facts: of the story; dates that are chosen are added to them.
        names: further slots of this mail.
        moment: when the mail is written.
        writer: whose working days and style the dates follow.
        rng: for the distance of dates.
    """

    def __init__(
        self, facts: dict[str, str], names: Mapping[str, str], moment: datetime, writer: Person, rng: random.Random
    ) -> None:
        self._facts, self._names, self._writer, self._rng = facts, names, writer, rng
        self._worktime = writer.organisation.worktime
        self._today = self._worktime.local(moment).date()

    def __getitem__(self, key: str) -> str:
        if key in self._names:
            return self._names[key]
        if key in {"qty", "amount"}:
            return self._facts[key].replace(",", "." if self._writer.voice.dates == "de" else ",")
        return self._facts[key] if key in self._facts else self._dated(key)

    def __iter__(self) -> Iterator[str]:
        return iter({**self._facts, **self._names})

    def __len__(self) -> int:
        return len({**self._facts, **self._names})

    def _dated(self, key: str) -> str:
        fixed = {
            "month": _MONTHS[self._today.month - 1],
            "next_month": _MONTHS[self._today.month % 12],
            "week": str(self._today.isocalendar().week),
            "quarter": str((self._today.month - 1) // 3 or 4),
        }
        return fixed[key] if key in fixed else self._writer.voice.date(self._day(key), self._rng)

    def _day(self, key: str) -> date:
        low, high, nearest, farthest = _DISTANCES[key]
        memory = f"day of {key}" if key != "ago" else f"day of ago, {self._today}"
        known = date.fromisoformat(self._facts.get(memory, "2000-01-01"))
        if nearest <= (known - self._today).days <= farthest:
            return known
        day = self._worktime.days_on(self._today, self._rng.randint(low, high))
        self._facts[memory] = day.isoformat()
        return day


def _batch(rng: random.Random, cmo: Organisation, year: int) -> str:
    number = rng.randrange(100, 999)
    return f"CB{year % 100}-0{number}" if cmo.id == "corvus" else f"MS{year % 10}K{number}"

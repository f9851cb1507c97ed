"""What one measure sees: the asks and messages of one relationship, direction and period, and its terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import pandas as pd

from analysis.business_time import BusinessTime
from analysis.clocks import EVERY_TOPIC, parse_duration
from analysis.frames import Direction
from analysis.metrics.periods import Period
from analysis.settings import MeasureSettings
from models.companies import Clause, Organisation, Relationship, WorkingTime
from models.judgements import Duration

PEOPLE_FOR_SHARES = 5
"""Shares of single people are shown only where at least this many share."""

Key = tuple[str, Direction]
"""A relationship's id and a direction in it."""

_FINGERPRINT = "fingerprint"  # of the row, added once by Cohorts.index: hashing every cohort anew costs more


@dataclass(frozen=True, slots=True)
class Terms:
    """How figures of one relationship and direction are computed.

    Attributes:
        hours_per_day: business hours in a business day of the obliged side.
        ack_horizon, answer_horizon: limits of the restricted means, in business days.
        too_few: figures from fewer observations are marked.
        contact_band: target band of effective contacts.
        people_for_shares: fewest people for whom one person's share is shown.
    """

    hours_per_day: float = 8.0
    ack_horizon: float = 30.0
    answer_horizon: float = 30.0
    too_few: int = 20
    contact_band: tuple[float, float] = (1.5, 4.0)
    people_for_shares: int = PEOPLE_FOR_SHARES


@dataclass(frozen=True, slots=True)
class Cohort:
    """The rows of one relationship, direction and period.

    Attributes:
        asks: rows of `ASKS` in this direction, asked in the period and followed up to the as-of moment.
        messages: rows of `MESSAGES` in this direction, sent in the period.
        answers: rows of `ASKS` of the *other* direction that the sending side answered in the period.
        terms: how to compute.
    """

    asks: pd.DataFrame
    messages: pd.DataFrame
    answers: pd.DataFrame
    terms: Terms = field(default_factory=Terms)

    def digest(self, *parts: str) -> str:
        """Return a SHA-256 (hex) of the terms and of the named frames' rows: equal means equal figures."""
        state = sha256(repr(self.terms).encode())
        for part in parts:
            frame: pd.DataFrame = getattr(self, part)
            state.update(f"{part}:{len(frame)}:".encode())
            state.update(frame[_FINGERPRINT].to_numpy().tobytes())
        return state.hexdigest()


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Frames cut once by relationship and direction, so that cutting out a period is a binary search."""

    asks: Mapping[Key, pd.DataFrame]
    messages: Mapping[Key, pd.DataFrame]
    answers: Mapping[Key, pd.DataFrame]
    terms: Mapping[Key, Terms]

    @classmethod
    def index(cls, asks: pd.DataFrame, messages: pd.DataFrame, terms: Mapping[Key, Terms]) -> "Cohorts":
        """Cut the frames of `ASKS` and `MESSAGES` for the relationships and directions of `terms`."""
        marked = _mark(asks)
        answered = marked[marked["first_answerer"].notna() & marked["answered_at"].notna()]
        ordered = answered.sort_values(["answered_at", "id"], kind="stable")
        return cls(_split(marked, terms), _split(_mark(messages), terms), _split(ordered, terms), terms)

    def cut(self, key: Key, period: Period) -> Cohort:
        """Return the rows of one relationship, direction and period."""
        relationship, direction = key
        return Cohort(
            asks=_between(self.asks[key], "asked_at", period),
            messages=_between(self.messages[key], "at", period),
            answers=_between(self.answers[relationship, direction.back], "answered_at", period),
            terms=self.terms[key],
        )


def _mark(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(**{_FINGERPRINT: pd.util.hash_pandas_object(frame, index=False)})


def _split(frame: pd.DataFrame, keys: Mapping[Key, Terms]) -> dict[Key, pd.DataFrame]:
    groups = dict(tuple(frame.groupby(["relationship", "direction"], sort=False)))
    nothing = frame.iloc[:0]
    return {(name, way): groups.get((name, way.value), nothing) for name, way in keys}


def _between(frame: pd.DataFrame, column: str, period: Period) -> pd.DataFrame:
    first, end = frame[column].searchsorted([pd.Timestamp(period.start), pd.Timestamp(period.end)])
    return frame.iloc[int(first) : int(end)]


def terms_by_key(
    relationships: Sequence[Relationship], organisations: Sequence[Organisation], settings: MeasureSettings
) -> dict[Key, Terms]:
    """Return the terms of every relationship and direction, from the obliged side's calendar and clauses."""
    calendars = {organisation.id: organisation.working_time for organisation in organisations}
    return {
        (relationship.id, direction): _terms(relationship, direction, calendars, settings)
        for relationship in relationships
        for direction in Direction
    }


def _terms(
    relationship: Relationship,
    direction: Direction,
    calendars: Mapping[str, WorkingTime],
    settings: MeasureSettings,
) -> Terms:
    calendar = calendars.get(direction.ends(relationship)[1], WorkingTime())
    binding = [each for each in relationship.clauses if each.obliged in {None, direction.obliged}]
    clauses = [each for each in binding if each.topic == EVERY_TOPIC]  # one topic's clock says nothing of the others
    return Terms(
        hours_per_day=BusinessTime(calendar).hours_per_day,
        ack_horizon=_horizon(clauses, "ack", calendar, settings),
        answer_horizon=_horizon(clauses, "answer", calendar, settings),
        too_few=settings.too_few,
        contact_band=settings.contact_band,
    )


def _horizon(clauses: Sequence[Clause], clock: str, calendar: WorkingTime, settings: MeasureSettings) -> float:
    """The longest such clock that binds every topic, so that months and sides stay comparable whatever was asked."""
    texts = [text for clause in clauses if (text := getattr(clause, clock))]
    days = [_business_days(parse_duration(text), calendar) for text in texts]
    return max(days, default=float(settings.at_risk_bd))


def _business_days(duration: Duration, calendar: WorkingTime) -> float:
    """Calendar time by the calendar's working days in a week; holidays are not looked at."""
    if duration.unit == "BD":
        return duration.amount
    days = duration.amount if duration.unit == "CD" else duration.amount / 24
    return days * len(calendar.weekdays) / 7

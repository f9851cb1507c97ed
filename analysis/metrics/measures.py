"""Every measure of a moment as frozen dataclasses: what a report prints, before anything is rendered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from analysis.asks_frame import asks_frame
from analysis.derivation import Derivation
from analysis.frames import Direction
from analysis.messages_frame import messages_frame
from analysis.metrics.answering import TimeToEvent, never_answered, time_to_acknowledge, time_to_answer
from analysis.metrics.cohorts import Cohort, Cohorts, Key, terms_by_key
from analysis.metrics.contacts import Contacts, contacts
from analysis.metrics.fan_out import FanOut, answer_rate_by_fan_out
from analysis.metrics.figures import Figure
from analysis.metrics.ownerless import ownerless_share
from analysis.metrics.periods import Period, months_until, rolling
from analysis.metrics.traffic import messages_sent
from analysis.ownership.owners import owner_of
from analysis.settings import AnalysisSettings
from models.companies import Relationship
from models.judgements import Ask


@dataclass(frozen=True)
class Frames:
    """The declared frames as of one moment; built once, used for report and ledger."""

    as_of: datetime
    asks: pd.DataFrame
    messages: pd.DataFrame

    def cohorts(self, settings: AnalysisSettings) -> Cohorts:
        """Cut the frames for every configured relationship and both directions."""
        terms = terms_by_key(settings.relationships, settings.organisations, settings.measures)
        return Cohorts.index(self.asks, self.messages, terms)

    def first(self) -> datetime:
        """Return the moment of the first row, `as_of` where there is none."""
        starts = [frame[column].min() for frame, column in ((self.asks, "asked_at"), (self.messages, "at"))]
        return min((start.to_pydatetime() for start in starts if not pd.isna(start)), default=self.as_of)


@dataclass(frozen=True, slots=True)
class PeriodMeasures:
    """Every measure of one relationship, direction and period.

    `contacts` tells of the side that speaks in this direction, all else of the asks put in it and the
    messages sent in it.
    """

    period: Period
    acknowledge: TimeToEvent
    answer: TimeToEvent
    never_answered: Figure
    ownerless: Figure
    fan_out: FanOut
    contacts: Contacts
    messages: Figure


@dataclass(frozen=True, slots=True)
class DirectionMeasures:
    """The measures of one relationship and direction.

    Attributes:
        relationship: Relationship.id.
        direction: who speaks to whom; `speaking` and `receiving` are those organisations' ids.
        rolling: over the rolling window that ends with the as-of moment.
        months: by calendar month, oldest first; the last is the running one.
    """

    relationship: str
    direction: Direction
    speaking: str
    receiving: str
    rolling: PeriodMeasures
    months: tuple[PeriodMeasures, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """All measures as of one moment, in the order of the configured relationships."""

    as_of: datetime
    directions: tuple[DirectionMeasures, ...]

    def of(self, relationship: str) -> tuple[DirectionMeasures, ...]:
        """Return the directions of one relationship: client to CMO first."""
        return tuple(each for each in self.directions if each.relationship == relationship)


def frames_of(derived: Derivation, relationships: Sequence[Relationship]) -> Frames:
    """Build the frames of a derivation.

    Args:
        derived: facts and judgements as of one moment.
        relationships: whose asks and messages to take.
    """

    def owned_at(ask: Ask, at: datetime) -> bool:
        events = [event for event in ask.events if event.at <= at]
        return owner_of(ask, events, at, derived.context) is not None

    return Frames(
        derived.as_of,
        asks_frame(derived.judgements, derived.directory, relationships, owned_at),
        messages_frame(derived.messages, derived.threads, derived.directory, relationships),
    )


def measure(frames: Frames, settings: AnalysisSettings, months: int = 24) -> Measures:
    """Compute every measure of every configured relationship, in both directions.

    Args:
        frames: frames as of one moment.
        settings: relationships, calendars, thresholds.
        months: at most so many calendar months, the latest.
    """
    cohorts = frames.cohorts(settings)
    periods = months_until(frames.first(), frames.as_of)[-months:]
    window = rolling(frames.as_of, settings.measures.window_days)
    return Measures(
        frames.as_of,
        tuple(
            _direction_measures(relationship, direction, cohorts, (window, *periods))
            for relationship in settings.relationships
            for direction in Direction
        ),
    )


def measure_period(cohorts: Cohorts, key: Key, period: Period) -> PeriodMeasures:
    """Compute every measure of one relationship, direction and period."""
    return _measure_cohort(cohorts.cut(key, period), period)


def _direction_measures(
    relationship: Relationship, direction: Direction, cohorts: Cohorts, periods: Iterable[Period]
) -> DirectionMeasures:
    window, *months = (measure_period(cohorts, (relationship.id, direction), period) for period in periods)
    speaking, receiving = direction.ends(relationship)
    return DirectionMeasures(relationship.id, direction, speaking, receiving, window, tuple(months))


def _measure_cohort(cohort: Cohort, period: Period) -> PeriodMeasures:
    return PeriodMeasures(
        period=period,
        acknowledge=time_to_acknowledge(cohort),
        answer=time_to_answer(cohort),
        never_answered=never_answered(cohort),
        ownerless=ownerless_share(cohort),
        fan_out=answer_rate_by_fan_out(cohort),
        contacts=contacts(cohort),
        messages=messages_sent(cohort),
    )

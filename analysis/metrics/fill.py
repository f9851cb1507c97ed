"""Fills the ledger of monthly values: each interval is STARTED, computed, DONE; only what changed, again.

A DONE interval whose version (code, terms and the very rows it reads) is unchanged is left alone. Late mail
for an old month, a late answer to an old ask and a changed rule all change the version, so that interval is
undone and redone; so is a STARTED one, which a killed run left behind. Missed nights need nothing special:
their months are simply not there yet.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from analysis.metrics.cohorts import Cohort, Cohorts
from analysis.metrics.figures import flatten
from analysis.metrics.measures import Frames
from analysis.metrics.periods import Period, month_at, months_until
from analysis.metrics.registry import METRICS, Metric
from analysis.settings import AnalysisSettings
from models.judgements import MetricFill, MetricValue
from models.metric_ledger import DONE
from models.store import Store

Interval = tuple[str, str, date]
"""Relationship, direction and first day."""


@dataclass(frozen=True, slots=True)
class Filling:
    """What one filling did, in intervals: `filled` computed, `kept` unchanged, `undone` removed."""

    filled: int = 0
    kept: int = 0
    undone: int = 0

    def __add__(self, other: "Filling") -> "Filling":
        return Filling(self.filled + other.filled, self.kept + other.kept, self.undone + other.undone)


def fill(
    store: Store,
    frames: Frames,
    settings: AnalysisSettings,
    until: datetime,
    metrics: Sequence[Metric] = METRICS,
) -> Filling:
    """Bring the ledger up to date: closed months and the running one, every relationship, both directions.

    Args:
        store: where values are kept.
        frames: frames as of `until` or later.
        settings: relationships, calendars, thresholds.
        until: the last month filled is the one that holds this moment.
        metrics: which to fill.

    Returns:
        How many intervals were computed, kept and undone. Intervals of relationships that are no longer
        configured, and months before the first row, are undone; those after `until` are left as they are.

    Raises:
        StoreError: the store cannot be read or written.
    """
    cohorts = frames.cohorts(settings)
    months = months_until(frames.first(), until)
    total = Filling()
    for metric in metrics:
        total += _fill_metric(store, metric, cohorts, months)
        total += _undo_stale(store, metric, cohorts, months, until)
    return total


def _fill_metric(store: Store, metric: Metric, cohorts: Cohorts, months: Sequence[Period]) -> Filling:
    known = store.fills(metric.name)
    planned = list(_planned(metric, cohorts, months))
    changed = [(new, cohort) for new, cohort in planned if known.get(_interval(new)) != (DONE, new.version)]
    started = [new for new, _ in changed]
    if started:
        store.start_fill(*started)
        store.finish_fill(started, [value for new, cohort in changed for value in _values(metric, new, cohort)])
    redone = sum(_interval(new) in known for new in started)
    return Filling(filled=len(started), kept=len(planned) - len(started), undone=redone)


def _planned(metric: Metric, cohorts: Cohorts, months: Sequence[Period]) -> Iterator[tuple[MetricFill, Cohort]]:
    for relationship, direction in cohorts.terms:
        for month in months:
            cohort = cohorts.cut((relationship, direction), month)
            key = (metric.name, relationship, direction.value, month.first_day, month.end_day)
            yield MetricFill(*key, version=metric.version(cohort)), cohort


def _interval(fill_: MetricFill) -> Interval:
    return fill_.relationship, fill_.direction, fill_.period_start


def _values(metric: Metric, new: MetricFill, cohort: Cohort) -> Iterator[MetricValue]:
    key = (new.metric, new.relationship, new.direction, new.period_start, new.period_end)
    for name, value, n in flatten(metric.compute(cohort)):
        yield MetricValue(*key, name, value, n)


def _undo_stale(store: Store, metric: Metric, cohorts: Cohorts, months: Sequence[Period], until: datetime) -> Filling:
    wanted = {(name, way.value, month.first_day) for name, way in cohorts.terms for month in months}
    stale = [each for each in store.fills(metric.name) if each not in wanted and each[2] <= until.date()]
    if stale:
        store.undo_fill(*(_stale_fill(metric, each) for each in stale))
    return Filling(undone=len(stale))


def _stale_fill(metric: Metric, interval: Interval) -> MetricFill:
    month = month_at(datetime.combine(interval[2], time(), tzinfo=UTC))
    return MetricFill(metric.name, *interval, period_end=month.end_day, version="")

"""Kaplan-Meier estimation in NumPy: curve, log-log band, median and restricted mean.

Answers that have not come yet are right-censored observations: they count as being at risk for as long as
they have been watched and are never dropped. Checked against lifelines in the tests.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.metrics.proportions import CONFIDENCE, normal_quantile

Floats = npt.NDArray[np.float64]

_HALF = 0.5 + 1e-12  # a product such as 3/4 * 2/3 may miss one half by a rounding error


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The estimate from one time on, until the next point.

    Attributes:
        time: in the unit of the durations.
        survival: estimated share still without the event just after `time`.
        lower, upper: pointwise band.
        at_risk: observations still watched just before `time`.
        events, censored: how many of them had the event, or stopped being watched, at `time`.
    """

    time: float
    survival: float
    lower: float
    upper: float
    at_risk: int
    events: int
    censored: int


@dataclass(frozen=True, slots=True)
class RestrictedMean:
    """Mean time to the event where everything beyond `horizon` counts as `horizon`.

    Attributes:
        value: estimate, in the unit of the durations.
        lower, upper: 95 % interval; None where nothing varied up to the horizon, which tells nothing of the
            error.
        horizon: upper limit of the integration.
        extended: watching ended before `horizon` with the event still to come for some; the curve was held
            level, so `value` is an upper bound.
    """

    value: float
    lower: float | None
    upper: float | None
    horizon: float
    extended: bool


@dataclass(frozen=True, slots=True)
class Survival:
    """A Kaplan-Meier estimate: n observations, `events` with the event; points in time order from 0."""

    n: int
    events: int
    points: tuple[CurvePoint, ...]

    def at(self, time: float) -> float:
        """Return the estimated share still without the event just after `time`."""
        return [1.0, *(point.survival for point in self.points if point.time <= time)][-1]

    @property
    def median(self) -> float | None:
        """The first time at which at most half are without the event; None where that is not reached."""
        return _first_time(self.points, [point.survival for point in self.points])

    @property
    def median_interval(self) -> tuple[float | None, float | None]:
        """Times at which the band reaches one half (Brookmeyer and Crowley 1982); None where it does not.

        Points where the estimate is 0 are left out of the upper limit: their band has no width there, which
        says nothing.
        """
        inside = [point for point in self.points if point.survival > 0]
        lower = _first_time(self.points, [point.lower for point in self.points])
        return lower, _first_time(inside, [point.upper for point in inside])


def _first_time(points: Sequence[CurvePoint], levels: Sequence[float]) -> float | None:
    return next((point.time for point, level in zip(points, levels, strict=True) if level <= _HALF), None)


def kaplan_meier(durations: npt.ArrayLike, observed: npt.ArrayLike, confidence: float = CONFIDENCE) -> Survival:
    r"""The product-limit estimate with its log-log band.

    S(t) = product over t_i <= t of (1 - d_i / n_i), with d_i events among the n_i at risk at time t_i. The
    band is S(t) ** exp(+-z * se / log S(t)) with se from Greenwood's sum of d_i / (n_i (n_i - d_i)); it stays
    inside [0, 1]. Where S is 1 or 0 the band equals S. Events at a time come before censorings at the same
    time.

    Args:
        durations: shape (n,), finite and >= 0: time to the event, or time watched without it.
        observed: shape (n,), True where the event was seen, False where the observation is right-censored.
        confidence: pointwise coverage of the band.

    Returns:
        The estimate; with n = 0 a single point at time 0.

    Raises:
        ValueError: shapes differ, or a duration is negative or not finite.

    Example:
        >>> curve = kaplan_meier([1.0, 2.0, 3.0, 4.0], [True, False, True, True])
        >>> [round(point.survival, 3) for point in curve.points], curve.median
        ([1.0, 0.75, 0.75, 0.375, 0.0], 3.0)

    Source: E. L. Kaplan and P. Meier, Journal of the American Statistical Association 53 (1958) 457-481;
    log-log band: J. D. Kalbfleisch and R. L. Prentice, The Statistical Analysis of Failure Time Data (1980).
    """
    times = np.asarray(durations, dtype=np.float64)
    seen = np.asarray(observed, dtype=np.bool_)
    _check(times, seen)
    if not times.size:
        return Survival(0, 0, (CurvePoint(0.0, 1.0, 1.0, 1.0, 0, 0, 0),))
    grid, events, leaving, at_risk = _risk_table(times, seen)
    survival = np.cumprod(1 - events / at_risk)
    lower, upper = _log_log_band(survival, _greenwood(events, at_risk), normal_quantile(confidence))
    columns = (grid, survival, lower, upper, at_risk, events, leaving - events)
    points = tuple(CurvePoint(*row) for row in zip(*(column.tolist() for column in columns), strict=True))
    return Survival(times.size, int(seen.sum()), points)


def _check(times: Floats, seen: npt.NDArray[np.bool_]) -> None:
    if times.ndim != 1 or times.shape != seen.shape:
        raise ValueError(f"durations {times.shape} and observed {seen.shape} must be two arrays of one length")
    if not (np.isfinite(times).all() and (times >= 0).all()):
        raise ValueError("durations must be finite and not negative")


def _risk_table(times: Floats, seen: npt.NDArray[np.bool_]) -> tuple[Floats, Any, Any, Any]:
    """Distinct times from 0 on, with the events, those leaving, and those at risk at each."""
    grid, place = np.unique(np.append(0.0, times), return_inverse=True)
    leaving = np.bincount(place[1:], minlength=grid.size)
    events = np.bincount(place[1:][seen], minlength=grid.size)
    return grid, events, leaving, times.size - (np.cumsum(leaving) - leaving)


def _greenwood(events: npt.NDArray[Any], at_risk: npt.NDArray[Any]) -> Floats:
    """Greenwood's terms d / (n (n - d)); 0 where all at risk had the event: nothing follows."""
    staying = at_risk - events
    safe = np.where(staying > 0, at_risk * staying, 1)
    return np.where(staying > 0, events / safe, 0.0)


def _log_log_band(survival: Floats, terms: Floats, z: float) -> tuple[Floats, Floats]:
    lower, upper = survival.copy(), survival.copy()
    inside = (survival > 0) & (survival < 1)
    log = np.log(survival[inside])
    reach = z * np.sqrt(np.cumsum(terms)[inside]) / log
    lower[inside] = np.exp(log * np.exp(-reach))
    upper[inside] = np.exp(log * np.exp(reach))
    return lower, upper


def restricted_mean(curve: Survival, horizon: float, confidence: float = CONFIDENCE) -> RestrictedMean | None:
    """The area under the curve up to `horizon`, with a normal interval from Greenwood's formula.

    Var = sum over t_i <= horizon of A_i ** 2 * d_i / (n_i (n_i - d_i)), A_i the area between t_i and
    `horizon`. Without censoring this is the mean of min(T, horizon) and its variance.

    Args:
        curve: the estimate.
        horizon: > 0, in the unit of the durations.
        confidence: coverage of the interval, which is cut to [0, horizon].

    Returns:
        The restricted mean, or None where there are no observations.

    Source: J. P. Klein and M. L. Moeschberger, Survival Analysis (2nd ed. 2003), section 4.5; P. Royston and
    M. K. B. Parmar, BMC Medical Research Methodology 13 (2013) 152.
    """
    if curve.n == 0:
        return None
    points = [point for point in curve.points if point.time < horizon]
    times = np.array([point.time for point in points] + [horizon])
    areas = np.array([point.survival for point in points]) * np.diff(times)
    beyond = areas[::-1].cumsum()[::-1]
    counts = np.array([(point.events, point.at_risk) for point in points])
    variance = float((beyond**2 * _greenwood(counts[:, 0], counts[:, 1])).sum())
    value, reach = float(areas.sum()), normal_quantile(confidence) * variance**0.5
    extended = curve.points[-1].time < horizon and curve.points[-1].survival > 0
    if not reach:
        return RestrictedMean(value, None, None, horizon, extended)
    return RestrictedMean(value, max(0.0, value - reach), min(horizon, value + reach), horizon, extended)

"""Kaplan-Meier against lifelines, against published tables, and its properties."""

import warnings

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.metrics.survival import Survival, kaplan_meier, restricted_mean

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # lifelines is older than pandas 3
    from lifelines import KaplanMeierFitter
    from lifelines.utils import restricted_mean_survival_time

REMISSION = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]

observations = st.lists(
    st.tuples(st.floats(0, 400).map(lambda hours: round(hours, 1)), st.booleans()), min_size=1, max_size=60
)


def _split(pairs: list[tuple[float, bool]]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    return np.array([time for time, _ in pairs]), np.array([seen for _, seen in pairs], dtype=np.bool_)


def _fit(times: npt.ArrayLike, seen: npt.ArrayLike) -> KaplanMeierFitter:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return KaplanMeierFitter().fit(np.asarray(times), np.asarray(seen))


def _assert_same_curve(curve: Survival, fitter: KaplanMeierFitter) -> None:
    table, band = fitter.event_table, fitter.confidence_interval_.to_numpy()
    ours = np.array([(p.time, p.survival, p.lower, p.upper, p.at_risk, p.events, p.censored) for p in curve.points])
    theirs = np.column_stack(
        [
            fitter.survival_function_.index.to_numpy(),
            fitter.survival_function_.to_numpy()[:, 0],
            band,
            table[["at_risk", "observed", "censored"]].to_numpy(),
        ]
    )
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-9)


@given(observations)
def test_curve_and_band_equal_lifelines(pairs: list[tuple[float, bool]]) -> None:
    times, seen = _split(pairs)
    with np.errstate(all="ignore"):
        _assert_same_curve(kaplan_meier(times, seen), _fit(times, seen))


@pytest.mark.parametrize("censored", [0.0, 0.3, 0.9])
@pytest.mark.parametrize("n", [5, 40, 700])
def test_summaries_equal_lifelines(n: int, censored: float) -> None:
    random = np.random.default_rng(n)
    times, seen = random.exponential(30, n).round(2), random.random(n) >= censored
    curve, fitter = kaplan_meier(times, seen), _fit(times, seen)
    with np.errstate(all="ignore"):
        _assert_same_curve(curve, fitter)
    median = float(fitter.median_survival_time_)
    assert curve.median == pytest.approx(median, abs=1e-9) if np.isfinite(median) else curve.median is None
    for horizon in (10.0, 45.5):
        mean = restricted_mean(curve, horizon)
        assert mean is not None
        assert mean.value == pytest.approx(restricted_mean_survival_time(fitter, horizon), abs=1e-9)


def test_remission_of_leukemia_as_published() -> None:
    """The 6-MP arm of Freireich et al., Blood 21 (1963) 699-716, as every textbook prints it."""
    curve = kaplan_meier(REMISSION, RELAPSED)
    drops = {p.time: p for p in curve.points if p.events}
    assert {time: round(p.survival, 3) for time, p in drops.items()} == {
        6: 0.857,
        7: 0.807,
        10: 0.753,
        13: 0.690,
        16: 0.627,
        22: 0.538,
        23: 0.448,
    }
    assert (round(drops[6].lower, 3), round(drops[6].upper, 3)) == (0.620, 0.952)
    assert (round(drops[23].lower, 3), round(drops[23].upper, 3)) == (0.188, 0.680)
    assert [drops[time].at_risk for time in (6, 7, 10, 13, 16, 22, 23)] == [21, 17, 15, 12, 11, 7, 6]
    assert (curve.median, curve.median_interval) == (23, (13, None))


def test_restricted_mean_of_remission_as_published() -> None:
    """R's survfit prints a restricted mean of 23.29 with standard error 2.83 up to week 35."""
    mean = restricted_mean(kaplan_meier(REMISSION, RELAPSED), 35)
    assert mean is not None
    assert mean.value == pytest.approx(23.287, abs=5e-4)
    assert mean.upper is not None
    assert (mean.upper - mean.value) / 1.959964 == pytest.approx(2.827, abs=5e-3)


@given(observations)
def test_curve_falls_inside_zero_and_one_and_its_band(pairs: list[tuple[float, bool]]) -> None:
    points = kaplan_meier(*_split(pairs)).points
    levels = [point.survival for point in points]
    assert levels == sorted(levels, reverse=True)
    assert all(0 <= p.lower <= p.survival + 1e-12 and p.survival <= p.upper + 1e-12 <= 1 + 1e-12 for p in points)


@given(observations)
def test_without_censoring_it_is_the_share_not_yet_there(pairs: list[tuple[float, bool]]) -> None:
    times, _ = _split(pairs)
    curve = kaplan_meier(times, np.ones_like(times))
    for point in curve.points:
        assert point.survival == pytest.approx(float((times > point.time).mean()), abs=1e-9)


@given(observations)
def test_censoring_drops_nobody(pairs: list[tuple[float, bool]]) -> None:
    curve = kaplan_meier(*_split(pairs))
    assert curve.n == len(pairs) == curve.points[0].at_risk
    assert sum(point.events + point.censored for point in curve.points) == curve.n
    assert curve.events == sum(seen for _, seen in pairs)


@given(observations, st.floats(0.5, 300))
def test_restricted_mean_without_censoring_is_the_mean_of_capped_times(
    pairs: list[tuple[float, bool]], horizon: float
) -> None:
    times, _ = _split(pairs)
    mean = restricted_mean(kaplan_meier(times, np.ones_like(times)), horizon)
    capped = np.minimum(times, horizon)
    assert mean is not None
    assert mean.value == pytest.approx(capped.mean(), abs=1e-6)
    reach = 1.959964 * capped.std() / len(times) ** 0.5
    if mean.upper is None:
        assert reach == pytest.approx(0, abs=1e-3)
    else:
        assert mean.upper == pytest.approx(min(horizon, capped.mean() + reach), abs=1e-3)
    assert not mean.extended


def test_later_censoring_lengthens_nothing_before_it() -> None:
    early = kaplan_meier([1, 2, 3, 9], [1, 1, 0, 0])
    late = kaplan_meier([1, 2, 3, 50], [1, 1, 0, 0])
    assert [early.at(time) for time in (0, 1, 2, 8)] == [late.at(time) for time in (0, 1, 2, 8)] == [1, 0.75, 0.5, 0.5]


def test_median_is_not_reached_where_more_than_half_wait() -> None:
    assert kaplan_meier([1, 5, 5, 5], [1, 0, 0, 0]).median is None
    assert kaplan_meier([1, 2, 3, 4], [1, 1, 0, 0]).median == 2


def test_nothing_to_estimate_from() -> None:
    curve = kaplan_meier([], [])
    assert (curve.n, curve.median, curve.at(3), len(curve.points)) == (0, None, 1.0, 1)
    assert restricted_mean(curve, 30) is None


def test_restricted_mean_beyond_all_watching_is_an_upper_bound() -> None:
    mean = restricted_mean(kaplan_meier([2, 4], [1, 0]), 10)
    assert mean is not None
    assert (mean.value, mean.extended) == (6.0, True)


@pytest.mark.parametrize("seen", [[0, 0, 0], [1, 1, 1]])
def test_restricted_mean_has_no_interval_where_nothing_varied(seen: list[int]) -> None:
    mean = restricted_mean(kaplan_meier([5, 5, 5], seen), 30)
    assert mean is not None
    assert (mean.lower, mean.upper) == (None, None)


@pytest.mark.parametrize("times", [[-1.0, 2.0], [float("nan"), 1.0], [float("inf"), 1.0], [1.0]])
def test_durations_that_are_none_are_refused(times: list[float]) -> None:
    with pytest.raises(ValueError, match="durations"):
        kaplan_meier(times, [True, True])

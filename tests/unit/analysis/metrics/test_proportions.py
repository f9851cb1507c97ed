"""Wilson's interval against values worked out by hand and its properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.metrics.proportions import normal_quantile, wilson


@pytest.mark.parametrize(
    ("successes", "n", "lower", "upper"),
    [
        (8, 10, 0.490162, 0.943318),
        (0, 10, 0.0, 0.277533),  # z^2 / (n + z^2)
        (10, 10, 0.722467, 1.0),
        (81, 263, 0.255287, 0.366207),  # Newcombe, Statistics in Medicine 17 (1998) 857-872, table I
        (15, 148, 0.062386, 0.160484),
        (1, 29, 0.006113, 0.171755),
    ],
)
def test_wilson_by_hand(successes: int, n: int, lower: float, upper: float) -> None:
    assert wilson(successes, n) == pytest.approx((lower, upper), abs=5e-5)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_mirrors(pair: tuple[int, int]) -> None:
    successes, n = pair
    bounds, mirrored = wilson(successes, n), wilson(n - successes, n)
    assert bounds is not None
    assert mirrored is not None
    assert 0 <= bounds[0] <= successes / n <= bounds[1] <= 1
    assert (1 - mirrored[1], 1 - mirrored[0]) == pytest.approx(bounds, abs=1e-12)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))))
def test_wilson_bounds_solve_the_score_equation(pair: tuple[int, int]) -> None:
    successes, n = pair
    bounds = wilson(successes, n)
    assert bounds is not None
    for bound in bounds[:1] if successes == n else bounds:
        score = (successes / n - bound) ** 2
        assert score == pytest.approx(normal_quantile() ** 2 * bound * (1 - bound) / n, abs=1e-12)


def test_nothing_observed_has_no_interval() -> None:
    assert wilson(0, 0) is None


@pytest.mark.parametrize(("successes", "n"), [(3, 2), (-1, 2), (1, 0)])
def test_more_successes_than_trials_are_refused(successes: int, n: int) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        wilson(successes, n)

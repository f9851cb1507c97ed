"""Shares with their uncertainty: Wilson's score interval."""

from math import sqrt
from statistics import NormalDist

CONFIDENCE = 0.95
"""Coverage of every interval that Liaison prints."""


def normal_quantile(confidence: float = CONFIDENCE) -> float:
    """Return z such that a standard normal lies in [-z, z] with probability `confidence`; 1.96 for 0.95."""
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def wilson(successes: int, n: int, confidence: float = CONFIDENCE) -> tuple[float, float] | None:
    """Wilson's score interval for a share.

    It stays inside [0, 1] and is usable at small n and at shares of 0 and 1, where the textbook interval has
    no width.

    Args:
        successes: how many of the `n` had it.
        n: size of the group.
        confidence: coverage of the interval.

    Returns:
        (lower, upper), both in [0, 1]; None where n is 0.

    Raises:
        ValueError: `successes` is not in 0..n.

    Example:
        >>> [round(bound, 4) for bound in wilson(8, 10)]
        [0.4902, 0.9433]

    Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927) 209-212.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is not a share")
    if n == 0:
        return None
    z = normal_quantile(confidence)
    share, weight = successes / n, z * z / n
    middle = share + weight / 2
    reach = z * sqrt(share * (1 - share) / n + weight / (4 * n))
    lower = 0.0 if successes == 0 else (middle - reach) / (1 + weight)
    upper = 1.0 if successes == n else (middle + reach) / (1 + weight)
    return lower, upper

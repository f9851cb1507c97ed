"""The declared metrics: every figure that is kept by calendar month, in the order of filling and printing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from analysis.metrics.answering import never_answered, time_to_acknowledge, time_to_answer
from analysis.metrics.cohorts import Cohort
from analysis.metrics.contacts import contacts
from analysis.metrics.explanation import Explanation, explain
from analysis.metrics.fan_out import answer_rate_by_fan_out
from analysis.metrics.figures import Measured
from analysis.metrics.ownerless import ownerless_share
from analysis.metrics.traffic import messages_sent

_HERE = Path(__file__).parent
_FRAME_SOURCES = (
    "frame_declaration.py",
    "frames.py",
    "asks_frame.py",
    "messages_frame.py",
    "business_time.py",
)


@dataclass(frozen=True, slots=True)
class Metric:
    """A measure that is kept.

    Attributes:
        name: `what:by:period`.
        compute: pure function from a cohort to named figures; its docstring defines the measure.
        reads: the frames of a cohort that it looks at, so that it is filled anew exactly when they change.
    """

    name: str
    compute: Callable[[Cohort], Measured]
    reads: tuple[str, ...]

    @property
    def explanation(self) -> Explanation:
        """Definition, formula, unit, edge cases and source."""
        return explain(self.compute)

    def version(self, cohort: Cohort) -> str:
        """Return what a value depends on: the code's and the cohort's hash."""
        return f"{code_version()[:16]}-{cohort.digest(*self.reads)[:32]}"


METRICS = (
    Metric("time_to_acknowledge:relationship:month", time_to_acknowledge, ("asks",)),
    Metric("time_to_answer:relationship:month", time_to_answer, ("asks",)),
    Metric("never_answered:relationship:month", never_answered, ("asks",)),
    Metric("ownerless_share:relationship:month", ownerless_share, ("asks",)),
    Metric("answer_rate_by_fan_out:relationship:month", answer_rate_by_fan_out, ("asks",)),
    Metric("contacts:relationship:month", contacts, ("messages", "answers")),
    Metric("messages_sent:relationship:month", messages_sent, ("messages",)),
)
"""Every declared metric; values are kept for each relationship and both directions."""


@cache
def code_version() -> str:
    """Return the SHA-256 (hex) of the sources that compute metrics."""
    sources = [*sorted(_HERE.glob("*.py")), *(_HERE.parent / name for name in _FRAME_SOURCES)]
    return sha256(b"\0".join(source.read_bytes() for source in sources)).hexdigest()

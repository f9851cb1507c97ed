"""The ownerless share looks at the end of the acknowledgement clock, not at what happened later."""

from datetime import timedelta

from analysis.metrics.ownerless import ownerless_share
from models.vocabulary import State
from tests.unit.analysis.metrics.halden import AS_OF, cohort, judgement

BEN = ("ben@corvus.example",)


def test_an_owner_who_comes_after_the_clock_does_not_mend_it() -> None:
    figure = ownerless_share(
        cohort(
            judgement("in time", hours=8, answered_by=BEN),
            judgement("too late", hours=40, answered_by=BEN),
            judgement("never", hours=99),
            judgement("withdrawn before", hours=5, state=State.WITHDRAWN),
            judgement("young", hours=1, asked_at=AS_OF - timedelta(hours=1)),
        )
    )
    assert (figure.value, figure.n) == (2 / 3, 3)


def test_no_clock_ran_out() -> None:
    assert ownerless_share(cohort()).value is None

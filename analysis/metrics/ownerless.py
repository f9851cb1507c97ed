"""The share of asks that nobody owned when they should have been acknowledged."""

from analysis.metrics.cohorts import Cohort
from analysis.metrics.figures import Figure, share


def ownerless_share(cohort: Cohort) -> Figure:
    """Ownerless share: asks without an owner at the end of their acknowledgement clock.

    Formula:
        (asks opened in the period with owner basis `none` at their acknowledgement deadline) / (asks opened
        in the period whose acknowledgement deadline has passed), with a Wilson 95 % interval.

    Unit:
        Share, 0 to 1.

    Edge cases:
        Somebody who takes the ask after the deadline does not mend the figure; an ask answered before the
        deadline was owned by whoever answered. Asks withdrawn before the deadline and asks still inside it
        are left out. Undefined where nothing is left.

    Source:
        Wilson 1927.
    """
    due = cohort.asks[cohort.asks["ack_ran_out"]]
    return share(int((~due["owned_at_ack_due"]).sum()), len(due), cohort.terms.too_few)

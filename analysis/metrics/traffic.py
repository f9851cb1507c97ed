"""How much people of one side write to the other."""

from analysis.metrics.cohorts import Cohort
from analysis.metrics.figures import Figure


def messages_sent(cohort: Cohort) -> Figure:
    """Messages: how many messages people of the one side sent to the other in the period.

    Formula:
        Count of messages by people of the sending side with somebody of the other side among the recipients,
        or on a mailing list of neither company in a thread where the other side has written before.

    Unit:
        Messages in the period.

    Edge cases:
        Copies of a message count once. Automatic replies, bounces, receipts and bulk mail do not count. A
        message to two partners counts once in each relationship. 0 says that nothing is stored; whether a
        mailbox was reached stands in the completeness section of the report. The running month is not over
        yet.
    """
    count = len(cohort.messages)
    return Figure(float(count), "messages", count)

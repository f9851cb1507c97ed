"""The ledger in figures: what became of every copy that was ever listed, and why copies were left out."""

from collections import Counter

from sqlalchemy import Connection, func, select

from models.left_out import reason_code
from models.schema import ledger
from models.vocabulary import Outcome


def left_out(connection: Connection) -> dict[tuple[str, Outcome, str], int]:
    """(account, outcome, code of the reason) -> copies that are in quarantine or out of scope."""
    query = (
        select(ledger.c.account, ledger.c.outcome, ledger.c.reason, func.count())
        .where(ledger.c.outcome.in_((Outcome.QUARANTINED, Outcome.OUT_OF_SCOPE)))
        .group_by(ledger.c.account, ledger.c.outcome, ledger.c.reason)
    )
    totals: Counter[tuple[str, Outcome, str]] = Counter()
    for account, outcome, reason, count in connection.execute(query):
        totals[account, outcome, reason_code(reason)] += count
    return dict(sorted(totals.items()))

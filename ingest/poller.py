"""One poll of one mailbox: plan, fetch, parse, record. Every listed message ends with exactly one outcome.

A batch is written in one transaction with its ledger rows, so that a crash or a lost connection leaves what was
recorded, and the next poll goes on from there.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from ingest.mailbox.contract import FetchedMail, MailSource
from ingest.parse import parse_message
from ingest.plan import PollPlan, plan_poll
from ingest.scope import in_scope
from ingest.settings import PollSettings
from models.errors import MailboxUnreachableError
from models.records import Arrival, LedgerKey, MailboxRun
from models.store import Store
from models.vocabulary import Outcome

Progress = Callable[[int, int], None]
"""Called with how many new messages are done and how many there are."""


def _silent(done: int, total: int) -> None:
    """No progress wanted."""


def poll(  # the last two have plain defaults
    mailbox: MailSource,
    store: Store,
    run: int,
    settings: PollSettings,
    *,
    scope: frozenset[str] | None = None,
    progress: Progress | None = None,
) -> MailboxRun:
    """Read what is new in a mailbox into the store.

    All folders are planned before the first message is fetched, so that a safety stop stops before anything happens.

    Args:
        mailbox: open for reading.
        store: open for writing.
        run: number of the run that this poll is part of.
        settings: limits, and what a person accepted.
        scope: whose mail to keep; None for everybody's.
        progress: told after each batch.

    Returns:
        Counts with seen = known + stored + duplicate + out_of_scope + quarantined.

    Raises:
        MailboxUnreachableError: the connection was lost; what was recorded stays recorded.
        MailboxRefusedError: a folder cannot be read.
        UidValidityChangedError, MailboxEmptiedError: a safety stop.
    """
    plans = [_plan(mailbox, store, folder, settings) for folder in mailbox.folders()]
    total = sum(len(plan.new) for plan in plans)
    outcomes: Counter[Outcome] = Counter()
    for plan in plans:
        for batch in _batches(_arrivals(mailbox, plan, settings, scope), settings):
            outcomes.update(entry.outcome for entry in store.record_messages(run, batch))
            (progress or _silent)(outcomes.total(), total)
    return _told(mailbox.name, plans, outcomes)


def _plan(mailbox: MailSource, store: Store, folder: str, settings: PollSettings) -> PollPlan:
    return plan_poll(mailbox.name, mailbox.select(folder), store.folder_ledger(mailbox.name, folder), settings)


def _arrivals(
    mailbox: MailSource, plan: PollPlan, settings: PollSettings, scope: frozenset[str] | None
) -> Iterator[Arrival]:
    if not plan.new:
        return
    state = mailbox.select(plan.folder)
    if state.uidvalidity != plan.uidvalidity:
        raise MailboxUnreachableError(
            mailbox.name, f"folder {plan.folder!r} was numbered anew during the poll", "type: liaison ingest"
        )
    for mail in mailbox.fetch(plan.new, settings.fetch):
        key = LedgerKey(mailbox.name, plan.folder, plan.uidvalidity, mail.uid)
        yield _arrival(key, mail, settings, scope)


def _arrival(key: LedgerKey, mail: FetchedMail, settings: PollSettings, scope: frozenset[str] | None) -> Arrival:
    if mail.problem:
        return Arrival(key, b"", None, mail.internal_at, reason=mail.problem)
    parsed = parse_message(mail.raw, mail.internal_at, settings.parse)
    outside = parsed.message is not None and not in_scope(parsed.message, scope)
    return Arrival(key, mail.raw, parsed, mail.internal_at, out_of_scope=outside)


def _batches(arrivals: Iterable[Arrival], settings: PollSettings) -> Iterator[Sequence[Arrival]]:
    batch: list[Arrival] = []
    size = 0
    for arrival in arrivals:
        batch.append(arrival)
        size += len(arrival.raw)
        if len(batch) >= settings.commit_messages or size >= settings.commit_bytes:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _told(name: str, plans: Sequence[PollPlan], outcomes: Counter[Outcome]) -> MailboxRun:
    return MailboxRun(
        name=name,
        reached=True,
        seen=sum(plan.seen for plan in plans),
        known=sum(plan.known for plan in plans),
        stored=outcomes[Outcome.STORED],
        duplicate=outcomes[Outcome.DUPLICATE],
        out_of_scope=outcomes[Outcome.OUT_OF_SCOPE],
        quarantined=outcomes[Outcome.QUARANTINED],
    )

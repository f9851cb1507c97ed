"""One folder of one poll: list, plan, fetch, parse, record, and set its mark when all of it has an outcome.

A batch is written in one transaction with its ledger rows, so that a crash or a lost connection leaves what was
recorded, and the next poll goes on from there.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.mailbox.contract import GONE, OUT_OF_WINDOW, FetchedMail, FolderState, MailSource
from ingest.numberings import unused
from ingest.parsing import Parse
from ingest.plan import (
    FolderHistory,
    FolderPlan,
    check_safe,
    first_uid,
    is_numbered_anew,
    must_list_all,
    plan_folder,
)
from ingest.selection import before_window, fingerprint, left_out
from ingest.settings import PollSettings, Selection
from models.errors import MailboxError, MailboxUnreachableError
from models.left_out import reason_code
from models.polls import Arrival, FolderMark, FolderRun, LedgerEntry, LedgerKey
from models.records import ParsedMail
from models.store import Store
from models.vocabulary import FolderFate, Outcome


@dataclass(frozen=True, slots=True)
class Poll:
    """What one poll works with.

    Attributes:
        mailbox: open for reading.
        store: open for writing.
        run: number of the run that the poll is part of.
        settings: limits, and what a person accepted.
        selection: which mail to keep.
        parse: the parse stage.
    """

    mailbox: MailSource
    store: Store
    run: int
    settings: PollSettings
    selection: Selection
    parse: Parse


@dataclass(slots=True)
class FolderTally:
    """What is seen and done in a folder, while it is done."""

    seen: int = 0
    known: int = 0
    vanished: int = 0
    fetched_bytes: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def count(self, batch: Iterable[Arrival], entries: Iterable[LedgerEntry]) -> None:
        """Take note of a batch that was recorded."""
        self.fetched_bytes += sum(len(arrival.raw) for arrival in batch)
        for entry in entries:
            self.outcomes[entry.outcome] += 1
            if entry.reason:
                self.reasons[reason_code(entry.reason)] += 1

    def told(self, folder: str, fate: FolderFate, error: str = "") -> FolderRun:
        """The folder's entry in the run's record."""
        return FolderRun(
            folder,
            fate,
            seen=self.seen,
            known=self.known,
            stored=self.outcomes[Outcome.STORED],
            duplicate=self.outcomes[Outcome.DUPLICATE],
            out_of_scope=self.outcomes[Outcome.OUT_OF_SCOPE],
            quarantined=self.outcomes[Outcome.QUARANTINED],
            vanished=self.vanished,
            fetched_bytes=self.fetched_bytes,
            reasons=dict(sorted(self.reasons.items())),
            error=error,
        )


def read_folder(poll: Poll, history: FolderHistory, tally: FolderTally, advance: Callable[[int, int], None]) -> None:
    """Read what is new in a folder, and set its mark.

    Args:
        poll: what to work with.
        history: what earlier polls left of the folder.
        tally: counts that are right however this ends.
        advance: told after the plan and after each batch how many messages are done and how many there are.

    Raises:
        MailboxUnreachableError: the connection was lost; what was recorded stays recorded.
        MailboxRefusedError: the folder cannot be read.
        SafetyStopError: the folder became another one.
    """
    selection = fingerprint(poll.selection)
    state, first = _listed(poll, history, selection)
    check_safe(poll.mailbox.name, history, state, poll.settings)
    history, state = _begun(poll, history, state, selection)
    look_again = history.mark is None or history.mark.selection != selection
    ledger = poll.store.folder_ledger(poll.mailbox.name, state.folder, state.uidvalidity, first, look_again=look_again)
    plan = plan_folder(history, state, ledger)
    tally.seen, tally.known = plan.seen, plan.known
    advance(0, len(plan.fetch))
    if plan.lost:
        _record_lost(poll, state, plan)
    missing = set(plan.fetch)
    for batch in _batches(_arrivals(poll, state, plan), poll.settings):
        tally.count(batch, poll.store.record_messages(poll.run, batch))
        missing.difference_update(arrival.key.uid for arrival in batch)
        advance(tally.outcomes.total(), len(plan.fetch))
    if missing or tally.outcomes.total() != len(plan.fetch):
        answered = f"answered {len(plan.fetch) - len(missing)} of {len(plan.fetch)} messages of folder {state.folder!r}"
        raise MailboxUnreachableError(poll.mailbox.name, answered, "type: liaison ingest")
    poll.store.finish_folder(_mark(poll, state, selection))
    # told with the mark that it is counted from: a poll that breaks off does not tell it, so that the next one can
    tally.vanished = plan.vanished


def _listed(poll: Poll, history: FolderHistory, selection: str) -> tuple[FolderState, int]:
    """What the folder lists, and from which UID on."""
    first = first_uid(history, selection, poll.run)
    state = poll.mailbox.select(history.folder, first)
    if first > 1 and must_list_all(history, state):
        first, state = 1, poll.mailbox.select(history.folder)
    return state, 1 if state.next_uid is None else first


def _begun(poll: Poll, history: FolderHistory, state: FolderState, selection: str) -> tuple[FolderHistory, FolderState]:
    """The history to go on with, and the state under the ledger's numbering.

    However the poll ends, it is remembered that a new numbering was accepted, and that another selection has begun to
    leave copies out: the next poll looks at these again, also where it is for the former selection.
    """
    mark = history.mark
    if is_numbered_anew(history, state):
        numbering = unused(state.uidvalidity, poll.store.numberings(poll.mailbox.name, history.folder))
        mark = FolderMark(poll.mailbox.name, history.folder, numbering, messages=0)
    elif mark and mark.selection not in ("", selection):
        mark = replace(mark, selection="")
    if mark and mark != history.mark:
        poll.store.finish_folder(mark)
    history = replace(history, mark=mark)
    return history, state if history.numbering is None else replace(state, uidvalidity=history.numbering)


def _record_lost(poll: Poll, state: FolderState, plan: FolderPlan) -> None:
    """Copies that the mailbox refused once and does not list any more: nothing is left to ask for."""
    keys = [_key(poll, state, uid) for uid in plan.lost]
    poll.store.record_messages(poll.run, [Arrival(key, b"", None, reason=GONE) for key in keys])


def _arrivals(poll: Poll, state: FolderState, plan: FolderPlan) -> Iterator[Arrival]:
    if not plan.fetch:
        return
    fetched = poll.mailbox.fetch(plan.fetch, poll.settings.fetch, poll.selection.since)
    for mail, parsed in poll.parse(fetched):
        yield arrival(_key(poll, state, mail.uid), mail, parsed, poll.selection)


def arrival(key: LedgerKey, mail: FetchedMail, parsed: ParsedMail, selection: Selection) -> Arrival:
    """Fetched and parsed mail on its way into the store."""
    if mail.problem:
        outside = mail.problem == OUT_OF_WINDOW
        reason = before_window(selection) if outside else mail.problem
        return Arrival(key, b"", None, mail.internal_at, outside, reason, mail.size_bytes)
    reason = left_out(parsed.message, selection) if parsed.message else ""
    return Arrival(key, mail.raw, parsed, mail.internal_at, bool(reason), reason)


def _batches(arrivals: Iterator[Arrival], settings: PollSettings) -> Iterator[Sequence[Arrival]]:
    """Arrivals in portions; when fetching fails, what came before is given out first."""
    batch: list[Arrival] = []
    size = 0
    try:
        for each in arrivals:
            batch.append(each)
            size += len(each.raw)
            if len(batch) >= settings.commit_messages or size >= settings.commit_bytes:
                yield batch
                batch, size = [], 0
    except MailboxError:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def _key(poll: Poll, state: FolderState, uid: int) -> LedgerKey:
    return LedgerKey(poll.mailbox.name, state.folder, state.uidvalidity, uid)


def _mark(poll: Poll, state: FolderState, selection: str) -> FolderMark:
    return FolderMark(
        poll.mailbox.name,
        state.folder,
        state.uidvalidity,
        state.messages,
        state.next_uid,
        state.modseq,
        selection,
    )

"""`liaison quarantine retry`: copies in quarantine, tried once more, as a run on record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from liaison.job import opened_job
from liaison.output import console, print_json
from liaison.quarantine_view import find_entry, short_key
from models.errors import MailboxRefusedError
from models.vocabulary import Outcome

if TYPE_CHECKING:
    from ingest.mailbox.contract import MailSource
    from ingest.quarantine import Retried
    from liaison.config import Config
    from liaison.progress import Progress
    from models.polls import LedgerEntry


@dataclass(frozen=True, slots=True)
class RetryResult:
    """What became of each copy that was tried."""

    run: int
    copies: tuple["Retried", ...]

    @property
    def complete(self) -> bool:
        """Every copy could be tried."""
        return not any(copy.error for copy in self.copies)


def run_retry(config: "Config", now: datetime, progress: "Progress", *, keys: Sequence[str] = ()) -> RetryResult:
    """Try copies in quarantine again; all of them where no key is given.

    Raises:
        UsageError: a key means no copy, or several.
        LockedError: another run is at work.
        StoreError: the database cannot be used.
    """
    from ingest.quarantine import retry
    from ingest.settings import PollSettings

    with opened_job("quarantine retry", config, now, now, progress) as job:
        entries = [find_entry(job.store, key) for key in keys] or job.store.quarantined()
        copies = []
        advance = progress.stage("quarantine")
        selections = {box.name: config.selection(index) for index, box in enumerate(config.shape.mailboxes)}
        with job.watch.stage("ingest"):
            for copy in retry(job.store, job.record.id, entries, PollSettings(), _opener(config), selections):
                copies.append(copy)
                advance(len(copies), len(entries))
        return RetryResult(job.record.id, tuple(copies))


def _opener(config: "Config") -> Callable[[str], "MailSource"]:
    """Opens a configured mailbox by its name."""
    from ingest.mailbox.opening import open_mailbox

    places = {box.name: index for index, box in enumerate(config.shape.mailboxes)}

    def open_named(name: str) -> "MailSource":
        if name not in places:
            raise MailboxRefusedError(name, "is no longer configured", "put it back into mailboxes: of config.yaml")
        return open_mailbox(config.mailbox_settings(places[name]))

    return open_named


def show_retry(result: RetryResult, *, json: bool) -> None:
    """Print what became of each copy."""
    if json:
        print_json({"run": result.run, "copies": [_copy_json(copy) for copy in result.copies]})
        return
    out = console()
    if not result.copies:
        out.print("Nothing is in quarantine.")
        return
    for copy in result.copies:
        out.print(f"{short_key(copy.before.key)}  {_became(copy.after)}{f'  {copy.error}' if copy.error else ''}")
    left = sum(copy.after.outcome is Outcome.QUARANTINED for copy in result.copies)
    out.print(f"{len(result.copies)} tried, {left} still in quarantine")


def _became(entry: "LedgerEntry") -> str:
    return f"{entry.outcome.value}: {entry.reason}" if entry.reason else entry.outcome.value


def _copy_json(copy: "Retried") -> dict[str, Any]:
    after = copy.after
    return {
        "key": short_key(copy.before.key),
        "outcome": after.outcome.value,
        "message": after.message,
        "reason": after.reason,
        "attempts": after.attempts,
        "error": copy.error,
    }

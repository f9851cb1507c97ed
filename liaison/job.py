"""One run on record: opened store, held lock, a row that says how it began and ended."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from liaison.config import Config
from liaison.progress import Progress
from liaison.stopwatch import Stopwatch
from models.errors import LiaisonError, StoreError
from models.polls import MailboxRun, Run
from models.store import Store
from models.vocabulary import RunState


@dataclass
class Job:
    """A run at work.

    Attributes:
        record: the run as it began.
        as_of: the moment to judge.
        mailboxes, reports: what it has done so far.
    """

    config: Config
    store: Store
    progress: Progress
    record: Run
    as_of: datetime
    watch: Stopwatch = field(default_factory=Stopwatch)
    mailboxes: tuple[MailboxRun, ...] = ()
    reports: tuple[Path, ...] = ()
    new_readings: int = 0

    def ended(self, error: str = "") -> Run:
        """The run as it ended: what it did, how long each stage took."""
        reached = all(box.reached for box in self.mailboxes)
        state = RunState.FAILED if error else (RunState.DONE if reached else RunState.INCOMPLETE)
        return replace(
            self.record,
            ended_at=self.record.started_at + self.watch.total,
            state=state,
            mailboxes=self.mailboxes,
            seconds=dict(self.watch.seconds),
            error=error,
        )


@contextmanager
def opened_job(command: str, config: Config, now: datetime, as_of: datetime, progress: Progress) -> Iterator[Job]:
    """Open the store, take the lock, and put the run on record, however it ends.

    Raises:
        LockedError: another run is at work.
        StoreError: the database cannot be used.
    """
    with Store.open(config.store, config.keep) as store, store.lock():
        number = store.start_run(command, now, as_of, config.sha256)
        record = Run(number, command, now, as_of, None, RunState.STARTED, config_sha256=config.sha256)
        job = Job(config, store, progress, record, as_of)
        try:
            yield job
        except BaseException as error:
            with suppress(StoreError):  # the error at hand is the one to tell, and the next run closes this one
                store.finish_run(job.ended(_why(error)))
            raise
        store.finish_run(job.ended())


def _why(error: BaseException) -> str:
    if isinstance(error, KeyboardInterrupt):
        return "interrupted"
    return str(error) if isinstance(error, LiaisonError) else f"{type(error).__name__}: {error}"

"""The ingest stage: every configured mailbox, each on its own."""

from collections.abc import Callable
from dataclasses import dataclass

from liaison.job import Job
from models.errors import ConfigurationError, LiaisonError, MailboxError
from models.records import MailboxRun


@dataclass(frozen=True, slots=True)
class PollFlags:
    """What a person said aloud to go on after a safety stop."""

    accept_empty: bool = False
    accept_uidvalidity: bool = False


NO_FLAGS = PollFlags()


def poll_all(job: Job, flags: PollFlags = NO_FLAGS) -> tuple[MailboxRun, ...]:
    """Poll every mailbox; one that fails is told in its entry and does not stop the others."""
    return tuple(_poll_one(job, index, flags) for index in range(len(job.config.shape.mailboxes)))


def _poll_one(job: Job, index: int, flags: PollFlags) -> MailboxRun:
    name = job.config.shape.mailboxes[index].name
    advance = job.progress.stage(f"mailbox {name}")
    with job.watch.stage("ingest"):
        try:
            return _polled(job, index, flags, advance)
        except (MailboxError, ConfigurationError) as error:
            return MailboxRun(name, reached=False, error=told(error))


def _polled(job: Job, index: int, flags: PollFlags, advance: Callable[[int, int], None]) -> MailboxRun:
    from ingest.mailbox.opening import open_mailbox
    from ingest.poller import poll
    from ingest.settings import PollSettings

    settings = job.config.mailbox_settings(index)
    polling = PollSettings(accept_empty=flags.accept_empty, accept_uidvalidity=flags.accept_uidvalidity)
    with open_mailbox(settings) as mailbox:
        return poll(mailbox, job.store, job.record.id, polling, scope=settings.scope, progress=advance)


def told(error: LiaisonError) -> str:
    """An error with its next step, as one sentence of a report."""
    sentence = str(error)
    if isinstance(error, ConfigurationError):
        sentence = "; ".join(f"{problem.path}: {problem.message}" for problem in error.problems)
    return f"{sentence} ({error.hint})" if error.hint else sentence

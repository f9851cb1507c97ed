"""The ingest stage: every configured mailbox, each on its own."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison.job import Job
from models.errors import ConfigurationError, LiaisonError, MailboxError
from models.polls import MailboxRun

if TYPE_CHECKING:
    from analysis.processes import ProcessExecutor
    from ingest.parsing import Parse

_MOST_WORKERS = 4
"""The rest of the way in keeps about so many busy."""


@dataclass(frozen=True, slots=True)
class PollFlags:
    """What a person said aloud to go on after a safety stop."""

    accept_empty: bool = False
    accept_uidvalidity: bool = False


NO_FLAGS = PollFlags()


def poll_all(job: Job, flags: PollFlags = NO_FLAGS) -> tuple[MailboxRun, ...]:
    """Poll every mailbox; one that fails is told in its entry and does not stop the others."""
    from ingest.parsing import parse_stage
    from ingest.settings import ParseLimits

    with parse_stage(ParseLimits(), _executor(job.config.shape.ingest.workers)) as parse:
        return tuple(_poll_one(job, index, flags, parse) for index in range(len(job.config.shape.mailboxes)))


def _executor(workers: int | None) -> "ProcessExecutor | None":
    from analysis.processes import ProcessExecutor

    wanted = workers or min(os.cpu_count() or 1, _MOST_WORKERS)
    return ProcessExecutor(wanted) if wanted > 1 else None


def _poll_one(job: Job, index: int, flags: PollFlags, parse: "Parse") -> MailboxRun:
    name = job.config.shape.mailboxes[index].name
    advance = job.progress.stage(f"mailbox {name}")
    with job.watch.stage("ingest"):
        try:
            return _polled(job, index, flags, advance, parse)
        except (MailboxError, ConfigurationError) as error:
            return MailboxRun(name, reached=False, error=told(error))


def _polled(job: Job, index: int, flags: PollFlags, advance: Callable[[int, int], None], parse: "Parse") -> MailboxRun:
    from ingest.mailbox.opening import open_mailbox
    from ingest.poller import poll
    from ingest.settings import PollSettings

    settings = job.config.mailbox_settings(index)
    polling = PollSettings(accept_empty=flags.accept_empty, accept_uidvalidity=flags.accept_uidvalidity)
    with open_mailbox(settings) as mailbox:
        return poll(
            mailbox, job.store, job.record.id, polling, selection=settings.selection, parse=parse, progress=advance
        )


def told(error: LiaisonError) -> str:
    """An error with its next step, as one sentence of a report."""
    if not isinstance(error, ConfigurationError):
        return error.in_full
    sentence = "; ".join(f"{problem.path}: {problem.message}" for problem in error.problems)
    return f"{sentence} ({error.hint})"

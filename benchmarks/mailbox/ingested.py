"""The whole way of a mailbox into a store, as `liaison ingest` goes it, and the threads after it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from analysis.executors import make_executor
from analysis.threads import thread_messages
from ingest.mailbox.imap import ImapMailbox
from ingest.parsing import parse_stage
from ingest.poller import poll
from ingest.settings import ImapSettings, ParseLimits, PollSettings
from models.polls import MailboxRun
from models.store import Store


@dataclass(frozen=True, slots=True)
class Ingested:
    """What came of it."""

    run: MailboxRun
    threads: int


def ingest(settings: ImapSettings, database: Path, workers: int) -> Ingested:
    """Take the mailbox in, and derive the threads."""
    told = take_in(settings, database, workers)
    with Store.open(f"sqlite:///{database}") as store:
        return Ingested(told, len(thread_messages(store.headers(), store.aliases())))


def take_in(settings: ImapSettings, database: Path, workers: int) -> MailboxRun:
    """Fetch, parse, find the new text, store in SQLite: what `liaison ingest` does.

    Args:
        settings: of the account.
        database: the SQLite file, new or not.
        workers: processes that parse; none parse where there are 0, then all happens in this one.
    """
    executor = make_executor("processes", workers) if workers else None
    with Store.open(f"sqlite:///{database}") as store, parse_stage(ParseLimits(), executor) as parse:
        run = store.start_run("benchmark", datetime.now(UTC), None, "")
        with ImapMailbox.open("benchmark", settings) as mailbox:
            return poll(mailbox, store, run, PollSettings(), parse=parse)

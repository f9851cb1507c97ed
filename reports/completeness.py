"""What was not seen: mailboxes, languages, and the digest of everything that was."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from models.judgements import Reading
from models.left_out import in_words
from models.polls import FolderRun, MailboxRun
from models.records import Message
from models.vocabulary import FolderFate, Outcome
from reports.document import FolderLine, LanguageLine, LeftOutLine, MailboxLine

_READ = frozenset({FolderFate.READ, FolderFate.UNCHANGED})


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the store holds of every copy that was ever listed, over all runs.

    Attributes:
        outcomes: (mailbox, outcome) to number of copies.
        left_out: (mailbox, outcome, reason) to number of copies in quarantine or out of scope.
        vanished: mailbox to copies that were listed once and are no more.
        last_reached: mailbox to the start of the last run that reached it.
    """

    outcomes: Mapping[tuple[str, Outcome], int]
    left_out: Mapping[tuple[str, Outcome, str], int] = field(default_factory=dict)
    vanished: Mapping[str, int] = field(default_factory=dict)
    last_reached: Mapping[str, datetime] = field(default_factory=dict)


def mailbox_lines(ledger: Ledger, runs: Sequence[MailboxRun]) -> tuple[MailboxLine, ...]:
    """Account for every copy that was ever listed.

    The ledger's totals stand here and not what one run saw of them, so that a run that finds nothing new writes the
    same report. When a mailbox was reached last is said only where this run did not reach it, for the same reason.

    Args:
        ledger: totals over all runs.
        runs: the configured mailboxes as the run behind the report saw them, in the configuration's order.
    """
    polled = {run.name for run in runs}
    former = sorted({name for name, _ in ledger.outcomes} - polled)
    unpolled = [MailboxRun(name, reached=False, error="no longer configured") for name in former]
    return tuple(_mailbox_line(run, ledger) for run in (*runs, *unpolled))


def _mailbox_line(run: MailboxRun, ledger: Ledger) -> MailboxLine:
    counts = {outcome.value: ledger.outcomes.get((run.name, outcome), 0) for outcome in Outcome}
    return MailboxLine(
        name=run.name,
        seen=sum(counts.values()),
        reached=run.reached,
        last_reached=None if run.reached else ledger.last_reached.get(run.name),
        error=run.error,
        left_out=tuple(
            LeftOutLine(outcome, in_words(code) or code, copies)
            for (name, outcome, code), copies in sorted(ledger.left_out.items())
            if name == run.name
        ),
        folders=tuple(_folder_line(folder) for folder in run.folders if folder.fate not in _READ),
        vanished=ledger.vanished.get(run.name, 0),
        **counts,
    )


def _folder_line(folder: FolderRun) -> FolderLine:
    return FolderLine(folder.folder, folder.fate, folder.error)


def language_lines(messages: Iterable[str], readings: Mapping[str, Reading]) -> tuple[LanguageLine, ...]:
    """Count the messages that were in a language not read, most frequent first.

    Args:
        messages: Message.id of the messages that count.
        readings: by Message.id; a message without one (an automatic reply) was not to be read.
    """
    unread = Counter(readings[each].language for each in messages if each in readings and not readings[each].read)
    ordered = sorted(unread.items(), key=lambda item: (-item[1], item[0]))
    return tuple(LanguageLine(language, count) for language, count in ordered)


def doubtful_journals(messages: Iterable[Message], among: Container[str]) -> tuple[str, ...]:
    """Message-IDs, in order, of mail that its journal report contradicts, as a forged report would.

    Args:
        messages: to look through.
        among: Message.id of those that count.
    """
    return tuple(
        message.message_id
        for message in messages
        if message.id in among and any(problem.code.startswith("journal_") for problem in message.problems)
    )


def facts_digest(messages: Iterable[Message]) -> str:
    """SHA-256 (hex) over id and bytes' hash of every message, by id: equal exactly where the mail is."""
    lines = sorted(f"{message.id} {message.raw_sha256}\n" for message in messages)
    return sha256("".join(lines).encode()).hexdigest()

"""What was not seen: mailboxes, languages, and the digest of everything that was."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from models.judgements import Reading
from models.records import MailboxRun, Message
from models.vocabulary import Outcome
from reports.document import LanguageLine, MailboxLine


def mailbox_lines(
    outcomes: Mapping[tuple[str, Outcome], int],
    runs: Sequence[MailboxRun],
    last_reached: Mapping[str, datetime],
) -> tuple[MailboxLine, ...]:
    """Account for every copy that was ever listed.

    The ledger's totals stand here and not what one run saw of them, so that a run that finds nothing new writes the
    same report. When a mailbox was reached last is said only where this run did not reach it, for the same reason.

    Args:
        outcomes: (mailbox, outcome) to number of copies, over the whole ledger.
        runs: the configured mailboxes as the run behind the report saw them, in the configuration's order.
        last_reached: mailbox to the start of the last run that reached it.
    """
    polled = {run.name: run for run in runs}
    former = sorted({name for name, _ in outcomes} - polled.keys())
    lines = [_mailbox_line(run, outcomes, last_reached.get(run.name)) for run in runs]
    gone = "no longer configured"
    return (
        *lines,
        *(
            _mailbox_line(MailboxRun(name, reached=False, error=gone), outcomes, last_reached.get(name))
            for name in former
        ),
    )


def _mailbox_line(run: MailboxRun, outcomes: Mapping[tuple[str, Outcome], int], last: datetime | None) -> MailboxLine:
    counts = {outcome.value: outcomes.get((run.name, outcome), 0) for outcome in Outcome}
    return MailboxLine(
        name=run.name,
        seen=sum(counts.values()),
        reached=run.reached,
        last_reached=None if run.reached else last,
        error=run.error,
        **counts,
    )


def language_lines(messages: Iterable[str], readings: Mapping[str, Reading]) -> tuple[LanguageLine, ...]:
    """Count the messages that were in a language not read, most frequent first.

    Args:
        messages: Message.id of the messages that count.
        readings: by Message.id; a message without one (an automatic reply) was not to be read.
    """
    unread = Counter(readings[each].language for each in messages if each in readings and not readings[each].read)
    ordered = sorted(unread.items(), key=lambda item: (-item[1], item[0]))
    return tuple(LanguageLine(language, count) for language, count in ordered)


def facts_digest(messages: Iterable[Message]) -> str:
    """SHA-256 (hex) over id and bytes' hash of every message, by id: equal exactly where the mail is."""
    lines = sorted(f"{message.id} {message.raw_sha256}\n" for message in messages)
    return sha256("".join(lines).encode()).hexdigest()

"""Gaps: mailboxes whose mail is unknown since a moment, told with what kept them from being read."""

from datetime import UTC, datetime, timedelta

from liaison.status import STALE_AFTER, find_gaps
from liaison.summary import trouble_lines
from models.polls import FolderRun, MailboxRun, Run
from models.vocabulary import FolderFate, RunState

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
NIGHT = timedelta(days=1)
WHOLE = MailboxRun("journal", reached=True)
LOST = MailboxRun("journal", reached=False, error="mailbox journal: nothing answers at imap.example:993")


def runs(*boxes: MailboxRun) -> list[Run]:
    """One run a night, newest first."""
    return [
        Run(len(boxes) - night, "nightly", NOW - night * NIGHT, None, None, RunState.DONE, (box,))
        for night, box in enumerate(boxes)
    ]


def test_a_mailbox_that_the_last_run_read_whole_has_no_gap() -> None:
    assert list(find_gaps({"journal": NOW}, runs(WHOLE, LOST, WHOLE), NOW)) == []


def test_a_gap_begins_with_the_last_run_that_read_the_mailbox_and_counts_the_tries_since() -> None:
    (gap,) = find_gaps({"journal": NOW - 2 * NIGHT}, runs(LOST, LOST, WHOLE, LOST), NOW)
    assert (gap.since, gap.tries, gap.last) == (NOW - 2 * NIGHT, 2, LOST)


def test_a_mailbox_that_nothing_has_polled_for_long_is_a_gap_without_tries() -> None:
    (gap,) = find_gaps({"journal": NOW - STALE_AFTER - NIGHT}, runs(WHOLE), NOW)
    assert (gap.tries, gap.last) == (0, None)


def test_a_mailbox_that_was_never_read_is_a_gap() -> None:
    (gap,) = find_gaps({"journal": None}, [], NOW)
    assert (gap.since, gap.tries) == (None, 0)


def test_a_mailbox_that_was_stopped_is_not_told_as_unreached() -> None:
    stopped = FolderRun("Sent", FolderFate.STOPPED, error="held 4 messages and now lists none")
    box = MailboxRun("journal", reached=False, folders=(FolderRun("INBOX", FolderFate.READ), stopped))
    assert list(trouble_lines(box)) == ["STOPPED  journal, Sent: held 4 messages and now lists none"]
    assert list(trouble_lines(LOST)) == [f"NOT REACHED  {LOST.error}"]

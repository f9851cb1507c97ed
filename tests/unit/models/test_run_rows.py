"""Runs, their mailboxes and how they ended."""

from datetime import timedelta

import pytest

from models.errors import StoreError
from models.polls import FolderMark, FolderRun, MailboxRun, Run
from models.run_rows import KILLED
from models.store import Store
from models.vocabulary import FolderFate, RunState
from tests.unit.models.building import NOON, start_run

FOLDERS = (
    FolderRun(
        "INBOX",
        FolderFate.READ,
        4,
        123456,
        {"too_large": 1, "before": 2},
        seen=9,
        known=3,
        stored=2,
        duplicate=1,
        out_of_scope=2,
        quarantined=1,
    ),
    FolderRun("Drafts", FolderFate.EXCLUDED, error="drafts"),
    FolderRun("Old", FolderFate.GONE, vanished=3),
)
REACHED = MailboxRun(
    "sample", reached=True, folders=FOLDERS, seen=9, known=3, stored=2, duplicate=1, out_of_scope=2, quarantined=1
)
MISSED = MailboxRun("journal", reached=False, error="no route to host")


def finished(number: int, *mailboxes: MailboxRun, hours: int = 0) -> Run:
    """A run that ended well."""
    return Run(
        id=number,
        command="nightly",
        started_at=NOON + timedelta(hours=hours),
        as_of=NOON,
        ended_at=NOON + timedelta(hours=hours, minutes=1),
        state=RunState.DONE,
        mailboxes=mailboxes,
        seconds={"fetch": 1.25, "read": 0.1},
        config_sha256="c0ffee",
    )


def run_through(store: Store, *mailboxes: MailboxRun, hours: int = 0) -> Run:
    """Start and finish a run."""
    started_at = NOON + timedelta(hours=hours)
    run = finished(store.start_run("nightly", started_at, NOON, "c0ffee"), *mailboxes, hours=hours)
    store.finish_run(run)
    return run


def test_runs_come_back_equal_newest_first(store: Store) -> None:
    runs = [run_through(store, REACHED, MISSED, hours=hours) for hours in range(3)]
    assert store.runs() == runs[::-1]
    assert store.runs(limit=1) == runs[-1:]


def test_a_run_left_open_was_killed_when_the_next_one_starts(store: Store) -> None:
    start_run(store)
    assert [run.state for run in store.runs()] == [RunState.STARTED]
    start_run(store)
    newer, older = store.runs()
    assert (newer.state, older.state, older.error) == (RunState.STARTED, RunState.FAILED, KILLED)


def test_last_reached_leaves_out_runs_that_did_not_reach_the_mailbox(store: Store) -> None:
    first = run_through(store, REACHED, MISSED)
    second = run_through(store, REACHED, MISSED, hours=24)
    run_through(store, MISSED, hours=48)
    assert store.last_reached() == {"sample": second.started_at}
    assert first.started_at < second.started_at


def test_counts_that_lose_a_message_are_refused(store: Store) -> None:
    number = start_run(store)
    lossy = MailboxRun("sample", reached=True, seen=9, stored=8)
    with pytest.raises(StoreError, match="nothing_lost"):
        store.finish_run(finished(number, lossy))
    assert store.runs()[0].state is RunState.STARTED


def test_folders_whose_counts_lose_a_message_are_refused(store: Store) -> None:
    lossy = MailboxRun("sample", reached=False, folders=(FolderRun("INBOX", FolderFate.READ, seen=9, stored=8),))
    with pytest.raises(StoreError, match="nothing_lost"):
        store.finish_run(finished(start_run(store), lossy))


def test_a_folder_that_is_gone_is_told_once_with_what_vanished(store: Store) -> None:
    for folder in ("INBOX", "Old"):
        store.finish_folder(FolderMark("sample", folder, 7, 3, 5, 99))
    run_through(store, REACHED)
    assert {name: mark.messages for name, mark in store.folder_marks("sample").items()} == {"INBOX": 3, "Old": 0}
    assert store.folder_marks("sample")["Old"] == FolderMark("sample", "Old", 7, 0, 5)
    run_through(store, MISSED)
    assert store.vanished() == {"sample": 7}

"""Runs: which command ran when, what each mailbox gave, how it ended."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from models import folder_marks
from models.polls import FolderRun, MailboxRun, Run
from models.rows import grouped, insert_all, row_of
from models.schema import run_folders, run_mailboxes, runs
from models.storable_text import storable
from models.vocabulary import FolderFate, RunState

KILLED = "ended without a word: it was killed, or the machine stopped"
_MAILBOX = tuple(field.name for field in fields(MailboxRun) if field.name != "folders")
_FOLDER = tuple(field.name for field in fields(FolderRun))


def start(
    connection: Connection, command: str, started_at: datetime, as_of: datetime | None, config_sha256: str
) -> int:
    """Open a run and return its id; a run still marked as started is dead, since only one runs at a time."""
    connection.execute(
        update(runs)
        .where(runs.c.state == RunState.STARTED)
        .values(state=RunState.FAILED, ended_at=started_at, error=KILLED)
    )
    row = {
        "command": command,
        "started_at": started_at,
        "as_of": as_of,
        "state": RunState.STARTED,
        "seconds": {},
        "config_sha256": config_sha256,
        "error": "",
    }
    run: int = connection.execute(runs.insert().returning(runs.c.id), row).scalar_one()
    return run


def finish(connection: Connection, run: Run) -> None:
    """Write how a run ended and what its mailboxes and their folders gave.

    The mark of a folder that is gone is emptied with the record that tells of it, so that it is told as vanished once.
    """
    connection.execute(
        update(runs)
        .where(runs.c.id == run.id)
        .values(
            as_of=run.as_of,
            ended_at=run.ended_at,
            state=run.state,
            seconds=dict(run.seconds),
            error=storable(run.error),
        )
    )
    for position, mailbox in enumerate(run.mailboxes):
        connection.execute(run_mailboxes.insert(), {**row_of(mailbox, _MAILBOX), "run": run.id, "position": position})
        insert_all(connection, run_folders, _folder_rows(run.id, mailbox))
        for gone in (folder.folder for folder in mailbox.folders if folder.fate is FolderFate.GONE):
            folder_marks.empty(connection, mailbox.name, gone)


def latest(connection: Connection, limit: int) -> list[Run]:
    """The last runs, newest first."""
    newest = list(connection.execute(select(runs).order_by(runs.c.id.desc()).limit(limit)))
    numbers = [row.id for row in newest]
    query = select(run_mailboxes).where(run_mailboxes.c.run.in_(numbers))
    polled = grouped(connection, query.order_by(run_mailboxes.c.run, run_mailboxes.c.position), "run")
    query = select(run_folders).where(run_folders.c.run.in_(numbers))
    looked_into = grouped(connection, query.order_by(run_folders.c.run, run_folders.c.position), "run")
    return [_run(row, polled.get(row.id, ()), looked_into.get(row.id, ())) for row in newest]


def last_reached(connection: Connection) -> dict[str, datetime]:
    """Mailbox -> start of the last run that reached it."""
    query = (
        select(run_mailboxes.c.name, func.max(runs.c.started_at))
        .join(runs)
        .where(run_mailboxes.c.reached)
        .group_by(run_mailboxes.c.name)
        .order_by(run_mailboxes.c.name)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def vanished(connection: Connection) -> dict[str, int]:
    """Mailbox -> copies that one poll listed and the next one did not, over all runs."""
    query = select(run_folders.c.mailbox, func.sum(run_folders.c.vanished)).group_by(run_folders.c.mailbox)
    return {row[0]: row[1] for row in connection.execute(query.order_by(run_folders.c.mailbox))}


def _folder_rows(run: int, mailbox: MailboxRun) -> list[dict[str, Any]]:
    own = {"run": run, "mailbox": storable(mailbox.name)}
    return [{**own, **row_of(folder, _FOLDER), "position": position} for position, folder in enumerate(mailbox.folders)]


def _run(row: Row[Any], polled: Sequence[Row[Any]], looked_into: Sequence[Row[Any]]) -> Run:
    own = {field.name: getattr(row, field.name) for field in fields(Run) if field.name != "mailboxes"}
    return Run(**own, mailboxes=tuple(_mailbox(mailbox, looked_into) for mailbox in polled))


def _mailbox(row: Row[Any], looked_into: Sequence[Row[Any]]) -> MailboxRun:
    folders = tuple(
        FolderRun(**{name: getattr(folder, name) for name in _FOLDER})
        for folder in looked_into
        if folder.mailbox == row.name
    )
    return MailboxRun(**{name: getattr(row, name) for name in _MAILBOX}, folders=folders)

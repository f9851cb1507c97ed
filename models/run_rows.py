"""Runs: which command ran when, what each mailbox gave, how it ended."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from models.records import MailboxRun, Run
from models.rows import grouped, insert_all, row_of
from models.schema import run_mailboxes, runs
from models.storable_text import storable
from models.vocabulary import RunState

KILLED = "ended without a word: it was killed, or the machine stopped"
_MAILBOX = tuple(field.name for field in fields(MailboxRun))


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
    """Write how a run ended and what its mailboxes gave."""
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
    insert_all(
        connection,
        run_mailboxes,
        [
            {**row_of(mailbox, _MAILBOX), "run": run.id, "position": position}
            for position, mailbox in enumerate(run.mailboxes)
        ],
    )


def latest(connection: Connection, limit: int) -> list[Run]:
    """The last runs, newest first."""
    newest = list(connection.execute(select(runs).order_by(runs.c.id.desc()).limit(limit)))
    query = select(run_mailboxes).where(run_mailboxes.c.run.in_([row.id for row in newest]))
    polled = grouped(connection, query.order_by(run_mailboxes.c.run, run_mailboxes.c.position), "run")
    return [_run(row, polled.get(row.id, ())) for row in newest]


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


def _run(row: Row[Any], polled: Sequence[Row[Any]]) -> Run:
    own = {field.name: getattr(row, field.name) for field in fields(Run) if field.name != "mailboxes"}
    mailboxes = tuple(MailboxRun(**{name: getattr(mailbox, name) for name in _MAILBOX}) for mailbox in polled)
    return Run(**own, mailboxes=mailboxes)

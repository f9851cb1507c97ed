"""Did the last runs go well, how fresh is each mailbox, and what is missing of its mail?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from liaison.output import console, print_json, rfc3339
from liaison.summary import folder_table, mailbox_json, mailbox_table, trouble_lines
from models.left_out import in_words
from models.polls import Copies
from models.vocabulary import Outcome, RunState

if TYPE_CHECKING:
    from rich.console import Console

    from liaison.config import Config
    from models.polls import MailboxRun, Run

STALE_AFTER = timedelta(hours=26)
"""A nightly run that is older than a day and two hours' grace warns; the figure is Zulip's."""

RUNS_SHOWN = 10
_RUNS_SEARCHED = 400


@dataclass(frozen=True, slots=True)
class Gap:
    """A mailbox whose mail is unknown since a moment.

    Attributes:
        since: start of the last run that read it whole, None where none ever did.
        tries: polls since then that did not.
        last: what the newest of these saw, None where nothing was tried.
    """

    mailbox: str
    since: datetime | None
    tries: int
    last: "MailboxRun | None"


@dataclass(frozen=True, slots=True)
class Status:
    """The last runs, how fresh each mailbox is, and what is missing.

    Attributes:
        now: the present moment.
        runs: the last runs, newest first.
        reached: mailbox -> start of the last run that read it whole.
        gaps: mailboxes whose last poll did not, or is older than `STALE_AFTER`.
        left_out: (mailbox, outcome, code of the reason) -> copies in quarantine or out of scope.
        vanished: mailbox -> copies that were listed once and are no more.
        shared_message_ids: Message-IDs that stand on different mails.
        copies: duplicates by where they lay.
    """

    now: datetime
    runs: tuple["Run", ...]
    reached: Mapping[str, datetime | None]
    gaps: tuple[Gap, ...] = ()
    left_out: Mapping[tuple[str, Outcome, str], int] = field(default_factory=dict)
    vanished: Mapping[str, int] = field(default_factory=dict)
    shared_message_ids: int = 0
    copies: Copies = field(default_factory=Copies)

    @property
    def last_poll(self) -> "Run | None":
        """The newest of the runs that polled."""
        return next((run for run in self.runs if run.mailboxes), None)

    @property
    def stale(self) -> tuple[str, ...]:
        """Mailboxes that no run has read whole within `STALE_AFTER`."""
        return tuple(name for name, moment in self.reached.items() if moment is None or self.now - moment > STALE_AFTER)


def read_status(config: "Config", now: datetime) -> Status:
    """Read the runs and the ledger's totals from the store."""
    from models.store import Store

    with Store.open(config.store, config.keep) as store:
        names = [mailbox.name for mailbox in config.shape.mailboxes]
        last = store.last_reached()
        runs = store.runs(_RUNS_SEARCHED)
        reached = {name: last.get(name) for name in names}
        return Status(
            now,
            tuple(runs[:RUNS_SHOWN]),
            reached,
            tuple(find_gaps(reached, runs, now)),
            store.left_out(),
            store.vanished(),
            len(store.shared_message_ids()),
            store.copies(),
        )


def find_gaps(reached: Mapping[str, datetime | None], runs: Sequence["Run"], now: datetime) -> Iterator[Gap]:
    """Mailboxes that the newest poll did not read whole, or that none has for `STALE_AFTER`.

    Args:
        reached: mailbox -> start of the last run that read it whole.
        runs: newest first.
        now: the present moment.
    """
    for name, since in reached.items():
        polls = [box for run in runs for box in run.mailboxes if box.name == name]
        missed = polls[: next((place for place, box in enumerate(polls) if box.reached), len(polls))]
        if missed or since is None or now - since > STALE_AFTER:
            yield Gap(name, since, len(missed), missed[0] if missed else None)


def show_status(config: "Config", now: datetime, *, folders: bool, json: bool) -> None:
    """Print the last runs, per mailbox and stage, and what is missing; with `folders`, each folder of the last poll."""
    status = read_status(config, now)
    if json:
        print_json(_status_json(status))
        return
    _print_status(status)
    if folders and status.last_poll:
        console().print(folder_table(status.last_poll.mailboxes))


def _status_json(status: Status) -> dict[str, Any]:
    return {
        "now": rfc3339(status.now),
        "stale": list(status.stale),
        "mailboxes": {name: moment and rfc3339(moment) for name, moment in status.reached.items()},
        "gaps": [_gap_json(gap) for gap in status.gaps],
        "left_out": [
            {"mailbox": mailbox, "outcome": outcome.value, "reason": code, "copies": copies}
            for (mailbox, outcome, code), copies in status.left_out.items()
        ],
        "vanished": dict(status.vanished),
        "shared_message_ids": status.shared_message_ids,
        "copies": asdict(status.copies),
        "runs": [_run_json(run) for run in status.runs],
    }


def _gap_json(gap: Gap) -> dict[str, Any]:
    return {
        "mailbox": gap.mailbox,
        "since": gap.since and rfc3339(gap.since),
        "tries": gap.tries,
        "last": mailbox_json(gap.last) if gap.last else None,
    }


def _run_json(run: "Run") -> dict[str, Any]:
    return {
        "run": run.id,
        "command": run.command,
        "state": run.state.value,
        "started_at": rfc3339(run.started_at),
        "ended_at": run.ended_at and rfc3339(run.ended_at),
        "as_of": run.as_of and rfc3339(run.as_of),
        "mailboxes": [mailbox_json(box) for box in run.mailboxes],
        "seconds": run.seconds,
        "error": run.error,
    }


def _print_status(status: Status) -> None:
    out = console()
    if not status.runs:
        out.print("No run yet. Type: liaison nightly")
    for run in status.runs:
        out.print(_run_line(run))
    if status.last_poll:
        _print_poll(out, status.last_poll)
    for name, moment in status.reached.items():
        if name not in {gap.mailbox for gap in status.gaps}:
            out.print(f"fresh  {name}: last read {rfc3339(moment) if moment else 'never'}")
    for gap in status.gaps:
        _print_gap(out, gap)
    for line in _missing_lines(status):
        out.print(line)


def _run_line(run: "Run") -> str:
    ended = "" if run.ended_at is None else f" in {(run.ended_at - run.started_at).total_seconds():.0f} s"
    lost = " (killed, or still at work)" if run.state is RunState.STARTED else ""
    head = f"run {run.id}  {run.command}  {rfc3339(run.started_at)}  {run.state.value}{ended}{lost}"
    return f"{head}  {run.error}".rstrip()


def _print_poll(out: "Console", run: "Run") -> None:
    out.print(mailbox_table(run.mailboxes))
    out.print("seconds by stage: " + ", ".join(f"{stage} {spent:g}" for stage, spent in run.seconds.items()))


def _print_gap(out: "Console", gap: Gap) -> None:
    since = f"not read whole since {rfc3339(gap.since)}" if gap.since else "never read whole"
    tries = f", {gap.tries} tr{'y' if gap.tries == 1 else 'ies'} in vain" if gap.tries else ""
    received = "what it received since" if gap.since else "what it holds"
    out.print(f"GAP    {gap.mailbox}: {since}{tries}; {received} is unknown, not silent")
    for line in trouble_lines(gap.last) if gap.last else ():
        out.print(f"       {line}")


def _missing_lines(status: Status) -> Iterator[str]:
    for (mailbox, outcome, code), copies in status.left_out.items():
        what = "in quarantine" if outcome is Outcome.QUARANTINED else "out of scope"
        yield f"{copies:,} {what} of {mailbox}: {in_words(code) or code}"
    for mailbox, copies in status.vanished.items():
        if copies:
            yield f"{copies:,} copies of {mailbox} were listed once and are no more; what was read of them is kept"
    if status.copies.places:
        told = ", ".join(f"{count:,} {words}" for count, words in status.copies.places)
        yield f"the same mail more than once, each kept as one message: {told}"
    if status.shared_message_ids:
        yield f"{status.shared_message_ids:,} Message-IDs stand on mails of different content, which are kept apart"

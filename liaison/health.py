"""Is everything there that a run needs, and did the last runs go well?"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from liaison.output import console, print_json, rfc3339
from liaison.summary import mailbox_json, mailbox_table
from models.errors import ConfigurationError, LiaisonError, ModelMissingError, ReportsNotWrittenError
from models.vocabulary import RunState

if TYPE_CHECKING:
    from liaison.config import Config
    from models.records import Run

STALE_AFTER = timedelta(hours=26)
"""A nightly run that is older than a day and two hours' grace warns; the figure is Zulip's."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: `setting` names it, `exit_code` is 0 where it is well."""

    setting: str
    message: str
    hint: str = ""
    exit_code: int = 0


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Everything that `liaison check` looked at."""

    findings: tuple[Finding, ...]

    @property
    def exit_code(self) -> int:
        """0 where all is well, else the lowest code among the problems: the configuration comes first."""
        return min((finding.exit_code for finding in self.findings if finding.exit_code), default=0)


def run_check(config: "Config") -> CheckResult:
    """Look at store, model and every mailbox; a problem with one does not hide the others."""
    probes: list[tuple[str, Callable[[], str]]] = [
        ("store", lambda: _probe_store(config)),
        ("out", lambda: _probe_out(config.out)),
        ("reading.model", lambda: _probe_model(config)),
    ]
    for index, mailbox in enumerate(config.shape.mailboxes):
        probes.append((f"mailboxes[{index}] ({mailbox.name})", lambda index=index: _probe_mailbox(config, index)))  # type: ignore[misc]
    findings = [_probed(setting, probe) for setting, probe in probes]
    return CheckResult((*findings, *_advice(config)))


def _probed(setting: str, probe: Callable[[], str]) -> Finding:
    try:
        return Finding(setting, probe())
    except ConfigurationError as error:
        problem = error.problems[0]
        return Finding(problem.path, problem.message, problem.hint or error.hint, error.exit_code)
    except LiaisonError as error:
        return Finding(setting, str(error), error.hint, error.exit_code)


def _probe_store(config: "Config") -> str:
    from models.store import Store

    with Store.open(config.store, config.keep) as store:
        return f"{store.dialect}, {sum(store.outcomes().values())} messages in the ledger"


def _probe_out(folder: Path) -> str:
    """The folder is made by the first report; until then its nearest parent tells."""
    nearest = next(place for place in (folder, *folder.parents) if place.exists())
    if not nearest.is_dir():
        raise ReportsNotWrittenError(str(nearest), "is not a folder")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise ReportsNotWrittenError(str(nearest), "this user may not write there")
    return f"reports go to {folder}"


def _probe_model(config: "Config") -> str:
    name = config.analysis.reader.model
    if find_spec(name) is None:
        raise ModelMissingError(name)
    return f"{name} is installed"


def _probe_mailbox(config: "Config", index: int) -> str:
    from ingest.mailbox.opening import open_mailbox

    with open_mailbox(config.mailbox_settings(index)) as mailbox:
        counts = {folder: len(mailbox.select(folder).uids) for folder in mailbox.folders()}
    listed = ", ".join(f"{folder} {count}" for folder, count in counts.items())
    return f"{len(counts)} folder{'' if len(counts) == 1 else 's'}, {sum(counts.values())} messages ({listed})"


def _advice(config: "Config") -> Iterator[Finding]:
    for index, mailbox in enumerate(config.shape.mailboxes):
        if mailbox.imap and mailbox.imap.tls == "none":
            yield Finding(
                f"mailboxes[{index}].imap.tls",
                "password and mail travel in the clear",
                "use implicit or starttls",
            )
    if not config.analysis.relationships:
        yield Finding("relationships", "none is configured, so no report is written", "add a client with a CMO")


def show_check(result: CheckResult, *, json: bool) -> None:
    """Print what was looked at, problems with the next step."""
    if json:
        print_json({"ok": result.exit_code == 0, "findings": [_finding_json(finding) for finding in result.findings]})
        return
    out = console()
    for finding in result.findings:
        mark = "PROBLEM" if finding.exit_code else ("note" if finding.hint else "ok")
        out.print(f"{mark:<8} {finding.setting}: {finding.message}")
        if finding.hint:
            out.print(f"{'':<8} next: {finding.hint}")


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "setting": finding.setting,
        "ok": finding.exit_code == 0,
        "message": finding.message,
        "hint": finding.hint,
    }


@dataclass(frozen=True, slots=True)
class Status:
    """The last runs and how fresh each mailbox is.

    `stale` names mailboxes without a poll that reached them within `STALE_AFTER`.
    """

    now: datetime
    runs: tuple["Run", ...]
    reached: dict[str, datetime | None]

    @property
    def stale(self) -> tuple[str, ...]:
        """Mailboxes whose state is unknown by now."""
        return tuple(name for name, moment in self.reached.items() if moment is None or self.now - moment > STALE_AFTER)


def read_status(config: "Config", now: datetime) -> Status:
    """Read the runs from the store."""
    from models.store import Store

    with Store.open(config.store, config.keep) as store:
        reached = store.last_reached()
        names = [mailbox.name for mailbox in config.shape.mailboxes]
        return Status(now, tuple(store.runs(10)), {name: reached.get(name) for name in names})


def show_status(config: "Config", now: datetime, *, json: bool) -> None:
    """Print the last runs, per mailbox and stage."""
    status = read_status(config, now)
    if json:
        print_json(_status_json(status))
    else:
        _print_status(status)


def _status_json(status: Status) -> dict[str, Any]:
    return {
        "now": rfc3339(status.now),
        "stale": list(status.stale),
        "mailboxes": {name: moment and rfc3339(moment) for name, moment in status.reached.items()},
        "runs": [_run_json(run) for run in status.runs],
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
        ended = "" if run.ended_at is None else f" in {(run.ended_at - run.started_at).total_seconds():.0f} s"
        lost = " (killed, or still at work)" if run.state is RunState.STARTED else ""
        out.print(
            f"run {run.id}  {run.command}  {rfc3339(run.started_at)}  {run.state.value}{ended}{lost}  {run.error}"
        )
    _print_last_seconds(out, status)
    for name, moment in status.reached.items():
        freshness = "never reached" if moment is None else f"last reached {rfc3339(moment)}"
        out.print(f"{'STALE' if name in status.stale else 'fresh'}  {name}: {freshness}")


def _print_last_seconds(out: Any, status: Status) -> None:
    for run in status.runs[:1]:
        if run.mailboxes:
            out.print(mailbox_table(run.mailboxes))
        for box in run.mailboxes:
            if not box.reached:
                out.print(f"NOT REACHED in run {run.id}  {box.error}")
        out.print("seconds by stage: " + ", ".join(f"{stage} {spent:g}" for stage, spent in run.seconds.items()))

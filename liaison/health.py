"""Is everything there that a run needs?"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from liaison.output import console, print_json
from models.errors import (
    ConfigurationError,
    LiaisonError,
    MailboxError,
    ModelMissingError,
    ReportsNotWrittenError,
    UsageError,
)

if TYPE_CHECKING:
    from ingest.mailbox.contract import Folder, FolderStatus, MailSource
    from ingest.settings import MailboxSettings
    from liaison.config import Config

FOLDERS_SHOWN = 20
PATIENCE_SECONDS = 10.0


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
        # the setting names the mailbox already
        message = (
            str(error).removeprefix(f"mailbox {error.mailbox}: ") if isinstance(error, MailboxError) else str(error)
        )
        return Finding(setting, message, error.hint, error.exit_code)


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

    with open_mailbox(_hurried(config.mailbox_settings(index))) as mailbox:
        folders = mailbox.folders()
        wanted = [folder.name for folder in folders if not folder.excluded]
        told = mailbox.statuses(wanted)
        counts = {name: _count(mailbox, name, told.get(name)) for name in wanted}
    return _counted(counts) + _left_out([folder for folder in folders if folder.excluded])


def _hurried(settings: "MailboxSettings") -> "MailboxSettings":
    """The same with little patience: somebody waits for what is wrong."""
    from ingest.settings import ImapSettings

    source = settings.source
    if not isinstance(source, ImapSettings):
        return settings
    return replace(settings, source=replace(source, patience_seconds=min(source.patience_seconds, PATIENCE_SECONDS)))


def _count(mailbox: "MailSource", folder: str, status: "FolderStatus | None") -> int:
    told = status.messages if status else None
    return mailbox.select(folder).messages if told is None else told


def _counted(counts: dict[str, int]) -> str:
    shown = [f"{folder} {count:,}" for folder, count in counts.items()]
    listed = ", ".join(shown[:FOLDERS_SHOWN] + ["..."] * (len(shown) > FOLDERS_SHOWN))
    total = sum(counts.values())
    folders = f"{len(counts)} folder{'' if len(counts) == 1 else 's'}"
    return f"{folders}, {total:,} message{'' if total == 1 else 's'} ({listed})"


def _left_out(folders: "Sequence[Folder]") -> str:
    if not folders:
        return ""
    shown = [f"{folder.name} ({folder.excluded})" for folder in folders[:FOLDERS_SHOWN]]
    return "; left out: " + ", ".join(shown + ["..."] * (len(folders) > FOLDERS_SHOWN))


def _advice(config: "Config") -> Iterator[Finding]:
    for index, mailbox in enumerate(config.shape.mailboxes):
        if mailbox.imap and mailbox.imap.tls == "none":
            yield Finding(
                f"mailboxes[{index}].imap.tls",
                "password and mail travel in the clear",
                "use implicit or starttls",
            )
        if mailbox.scope == "organisations" and not config.analysis.organisations:
            yield Finding(
                f"mailboxes[{index}].scope",
                "no organisation is configured, so that all mail is out of scope",
                "add the companies, or write scope: all",
                exit_code=UsageError.exit_code,
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

"""What a run did, in a screenful."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from liaison.output import console, print_json, rfc3339, shortened
from models.polls import COUNTS
from models.vocabulary import OPEN_STATES, FolderFate, State

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from liaison.nightly import NightlyResult
    from models.polls import FolderRun, MailboxRun

WORST_SHOWN = 5
TROUBLE = {FolderFate.STOPPED: "STOPPED", FolderFate.LOST: "NOT READ"}


def show_nightly(result: "NightlyResult", *, json: bool) -> None:
    """Print the result, for a program or for a person."""
    if json:
        print_json(nightly_json(result))
        return
    out = console()
    if result.mailboxes:
        _show_mailboxes(out, result.mailboxes)
        if result.nothing_new:
            out.print("Nothing new: every message listed is known already.")
    if result.asks:
        _show_asks(out, result)
    _show_worst(out, result)
    for report in _front_pages(result):
        out.print(f"report  {report}")


def nightly_json(result: "NightlyResult") -> dict[str, Any]:
    """The result in the shape that stays: run, as_of, mailboxes, asks, reports, seconds."""
    return {
        "run": result.run,
        "as_of": rfc3339(result.as_of),
        "mailboxes": [mailbox_json(box) for box in result.mailboxes],
        "asks": dict(result.asks),
        "reports": [str(path) for path in result.reports],
        "seconds": dict(result.seconds),
    }


def mailbox_json(box: "MailboxRun") -> dict[str, Any]:
    """One mailbox's counts; seen is the sum of the others. `error` only where it was not read whole."""
    entry: dict[str, Any] = {"name": box.name, **{name: getattr(box, name) for name in COUNTS}}
    entry["reached"] = box.reached
    if not box.reached:
        entry["error"] = box.error
    entry["folders"] = [_folder_json(folder) for folder in box.folders]
    return entry


def _folder_json(folder: "FolderRun") -> dict[str, Any]:
    return {**asdict(folder), "fate": folder.fate.value}


def trouble_lines(box: "MailboxRun") -> Iterator[str]:
    """What kept a mailbox from being read whole, one line each: nothing where nothing did."""
    troubled = [folder for folder in box.folders if folder.fate in TROUBLE]
    if not box.reached and not troubled:
        yield f"NOT REACHED  {box.error}"
    for folder in troubled:
        yield f"{TROUBLE[folder.fate]}  {box.name}, {folder.folder}: {_without_name(box, folder)}"


def _notes(box: "MailboxRun") -> Iterator[str]:
    """What a person may want to know of a mailbox that was read."""
    gone = sum(folder.vanished for folder in box.folders)
    if gone:
        yield f"note  {box.name}: {gone:,} known copies are no longer listed; what was read of them is kept"
    for folder in box.folders:
        if folder.fate is FolderFate.GONE and folder.vanished:  # told by the run that missed it, and not each night
            yield f"note  {box.name}: {_without_name(box, folder)}"


def _without_name(box: "MailboxRun", folder: "FolderRun") -> str:
    return folder.error.removeprefix(f"mailbox {box.name}: ")


def mailbox_table(boxes: Iterable["MailboxRun"]) -> "Table":
    """Counts of each mailbox as a table."""
    from rich.table import Table

    table = Table(title="Messages", title_justify="left", box=None, pad_edge=False)
    table.add_column("mailbox")
    for name in COUNTS:
        table.add_column(name.replace("_", " "), justify="right")
    for box in boxes:
        table.add_row(box.name, *(str(getattr(box, name)) for name in COUNTS))
    return table


def folder_table(boxes: Iterable["MailboxRun"]) -> "Table":
    """What a poll saw of each folder, with the reasons for what is not among the messages."""
    from rich.table import Table

    table = Table(title="Folders of the last poll", title_justify="left", box=None, pad_edge=False)
    for heading in ("mailbox", "folder", "was"):
        table.add_column(heading)
    for name in (*COUNTS, "vanished", "fetched bytes"):
        table.add_column(name.replace("_", " "), justify="right")
    table.add_column("reasons")
    for box in boxes:
        for folder in box.folders:
            counts = [f"{getattr(folder, name):,}" for name in (*COUNTS, "vanished", "fetched_bytes")]
            reasons = ", ".join(f"{code} {count:,}" for code, count in folder.reasons.items())
            table.add_row(box.name, folder.folder, folder.fate.value, *counts, reasons or folder.error)
    return table


def _show_mailboxes(out: "Console", boxes: tuple["MailboxRun", ...]) -> None:
    out.print(mailbox_table(boxes))
    for box in boxes:
        for line in (*trouble_lines(box), *_notes(box)):
            out.print(line)
    if any(box.quarantined for box in boxes):
        out.print("What is in quarantine, and why: liaison quarantine list")
    out.print()


def _show_asks(out: "Console", result: "NightlyResult") -> None:
    still_open = [f"{state.value} {result.asks[state.value]}" for state in State if _counted(result, state)]
    total = sum(result.asks.values())
    out.print(f"Asks between the companies as of {rfc3339(result.as_of)}: {total}")
    out.print(f"  open: {', '.join(still_open) or 'none'}")
    closed = [f"{state.value} {result.asks[state.value]}" for state in State if _closed(result, state)]
    out.print(f"  closed: {', '.join(closed) or 'none'}")
    out.print()


def _counted(result: "NightlyResult", state: State) -> bool:
    return state in OPEN_STATES and state.value in result.asks


def _closed(result: "NightlyResult", state: State) -> bool:
    return state not in OPEN_STATES and state.value in result.asks


def _show_worst(out: "Console", result: "NightlyResult") -> None:
    if not result.worst:
        return
    from rich.table import Table

    table = Table(title="Worst of the limbo register", title_justify="left", box=None, pad_edge=False)
    for heading in ("state", "days", "relationship", "ask", "thread"):
        table.add_column(heading)
    for row in result.worst[:WORST_SHOWN]:
        days = f"{row.wall_hours / 24:.0f}"
        table.add_row(row.state.value, days, row.ask.relationship, shortened(row.ask.quote, 70), row.ask.thread_id[:12])
    out.print(table)
    out.print()


def _front_pages(result: "NightlyResult") -> list[str]:
    pages = [str(path) for path in result.reports if path.suffix == ".html"]
    return pages or [str(path) for path in result.reports[:1]]

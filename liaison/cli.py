"""The command line. Heavy imports stay inside the commands, so that `--help` answers at once."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from liaison.cli_common import NOT_REACHED, Json, present, session_of
from liaison.cli_quarantine import quarantine
from liaison.ending import run
from liaison.moments import in_utc
from models.errors import UsageError

app = typer.Typer(
    name="liaison",
    help="Shows, with evidence, who owns each open ask in the mail between a pharmaceutical company and its "
    "contract manufacturers, which threads are in limbo, and whether both sides keep up their end.",
    epilog="Exit codes: 0 done; 2 usage or configuration; 3 a mailbox was not reached, the rest is done; "
    "4 the store, or the folder of the reports; 5 another run holds the lock; 130 interrupted.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

app.add_typer(quarantine)

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="T",
        help="Judge as of this moment (RFC 3339 or a date); nothing later is looked at.",
    ),
]
AcceptEmpty = Annotated[
    bool, typer.Option("--accept-empty", help="Go on though a folder that held messages lists none.")
]
AcceptUidValidity = Annotated[
    bool,
    typer.Option("--accept-uidvalidity", help="Go on though a server numbered a folder anew (a restore, a migration)."),
]
ReportFormats = Annotated[
    str | None,
    typer.Option("--format", metavar="LIST", help="html,csv,json; what the configuration says where left out."),
]


@app.callback()
def _global(
    context: typer.Context,
    config: Annotated[Path, typer.Option("-c", "--config", help="Configuration file.")] = Path("config.yaml"),
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="Log lines on standard error; errors with their trace.")
    ] = False,
) -> None:
    from liaison.session import Session

    context.obj = Session(config, verbose)


@app.command()
def check(context: typer.Context, json: Json = False) -> None:
    """Read the configuration, open every mailbox, look at store and model; list all problems with the next step."""
    from liaison.health import run_check, show_check

    result = run_check(session_of(context).config)
    show_check(result, json=json)
    raise typer.Exit(result.exit_code)


@app.command()
def nightly(
    context: typer.Context,
    as_of: AsOf = None,
    accept_empty: AcceptEmpty = False,
    accept_uidvalidity: AcceptUidValidity = False,
    json: Json = False,
) -> None:
    """Do the whole job: poll every mailbox, read what is new, judge every ask, write the reports."""
    from liaison.nightly import run_nightly
    from liaison.polling import PollFlags
    from liaison.progress import shown_progress
    from liaison.summary import show_nightly

    session = session_of(context)
    with shown_progress() as progress:
        flags = PollFlags(accept_empty, accept_uidvalidity)
        result = run_nightly(session.config, present(), progress, as_of=_moment(as_of), flags=flags)
    show_nightly(result, json=json)
    raise typer.Exit(0 if result.complete else NOT_REACHED)


@app.command()
def ingest(
    context: typer.Context,
    accept_empty: AcceptEmpty = False,
    accept_uidvalidity: AcceptUidValidity = False,
    json: Json = False,
) -> None:
    """Only poll the mailboxes and keep what is new."""
    from liaison.nightly import run_ingest
    from liaison.polling import PollFlags
    from liaison.progress import shown_progress
    from liaison.summary import show_nightly

    session = session_of(context)
    with shown_progress() as progress:
        result = run_ingest(session.config, present(), progress, flags=PollFlags(accept_empty, accept_uidvalidity))
    show_nightly(result, json=json)
    raise typer.Exit(0 if result.complete else NOT_REACHED)


@app.command()
def analyze(context: typer.Context, as_of: AsOf = None, json: Json = False) -> None:
    """Only read, trace, judge and measure what the store holds."""
    from liaison.nightly import run_analyze
    from liaison.progress import shown_progress
    from liaison.summary import show_nightly

    session = session_of(context)
    with shown_progress() as progress:
        result = run_analyze(session.config, present(), progress, as_of=_moment(as_of))
    show_nightly(result, json=json)


@app.command()
def report(
    context: typer.Context,
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            metavar="MONTH",
            help="Calendar month, for example 2026-10; the current one where left out.",
        ),
    ] = None,
    formats: ReportFormats = None,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Write the reports from what the store holds."""
    from liaison.nightly import run_report
    from liaison.progress import shown_progress
    from liaison.summary import show_nightly

    session = session_of(context)
    with shown_progress() as progress:
        result = run_report(
            session.config, present(), progress, period=period, formats=_formats(formats), as_of=_moment(as_of)
        )
    show_nightly(result, json=json)


@app.command()
def limbo(
    context: typer.Context,
    as_of: AsOf = None,
    relationship: Annotated[
        str | None, typer.Option("--relationship", metavar="ID", help="Only this relationship.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every ask in every state, also inside one company.")] = False,
    json: Json = False,
) -> None:
    """The limbo register: open asks that nobody owns, worst first."""
    from liaison.limbo_view import show_register

    session = session_of(context)
    show_register(session.config, as_of=_moment(as_of), relationship=relationship, every=every, json=json)


@app.command()
def thread(
    context: typer.Context,
    thread_id: Annotated[str, typer.Argument(metavar="ID", help="Thread id, or its first characters.")],
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """One conversation with its asks, owners, states and evidence."""
    from liaison.thread_view import show_thread

    session = session_of(context)
    show_thread(session.config, thread_id, as_of=_moment(as_of), json=json)


@app.command()
def read(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.eml", help="One message as it came, RFC 5322.")],
    json: Json = False,
) -> None:
    """What Liaison sees in one message: new text, asks, addressing, commitments, names, with spans and rules."""
    from liaison.read_view import show_message

    show_message(session_of(context), file, json=json)


@app.command()
def status(
    context: typer.Context,
    folders: Annotated[
        bool, typer.Option("--folders", help="Also each folder of the last poll, with reasons.")
    ] = False,
    json: Json = False,
) -> None:
    """The last runs, every mailbox and stage; stale after 26 hours."""
    from liaison.status import show_status

    show_status(session_of(context).config, present(), folders=folders, json=json)


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--as-of {text}: not a moment", "write 2026-10-31 or 2026-10-31T18:00:00Z") from None
    try:
        return in_utc(moment)
    except ValueError as error:
        raise UsageError(f"--as-of {text}: {error}", "write for example 2026-10-31") from None


def _formats(text: str | None) -> tuple[str, ...] | None:
    if text is None:
        return None
    formats = tuple(part.strip() for part in text.split(",") if part.strip())
    unknown = sorted(set(formats) - {"html", "csv", "json"})
    if unknown or not formats:
        raise UsageError(f"--format {text}: not a list of formats", "write for example html,csv")
    return formats


def main() -> None:
    """Run the command line; whatever ends it early is told in one sentence with the next step."""
    sys.exit(run(app))

"""The commands about the quarantine."""

from typing import Annotated

import typer

from liaison.cli_common import NOT_REACHED, Json, present, session_of

quarantine = typer.Typer(
    name="quarantine",
    help="Copies of mail that could not be kept as messages: list them, look at one, try again.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Key = Annotated[str, typer.Argument(metavar="KEY", help="Key of a copy, or its first characters; see the list.")]


@quarantine.command("list")
def list_all(
    context: typer.Context,
    mailbox: Annotated[str | None, typer.Option("--mailbox", metavar="NAME", help="Only of this mailbox.")] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="CODE", help="Only for this reason, for example too_large.")
    ] = None,
    json: Json = False,
) -> None:
    """Every copy in quarantine with its reason."""
    from liaison.quarantine_view import show_list

    show_list(session_of(context).config, mailbox=mailbox, reason=reason, json=json)


@quarantine.command()
def show(
    context: typer.Context,
    key: Key,
    raw: Annotated[bool, typer.Option("--raw", help="Its bytes on standard output, as they were fetched.")] = False,
    json: Json = False,
) -> None:
    """One copy: where it lies, why it is here, and what can be read of its header."""
    from liaison.quarantine_view import show_one

    show_one(session_of(context).config, key, raw=raw, json=json)


@quarantine.command()
def retry(
    context: typer.Context,
    keys: Annotated[
        list[str] | None, typer.Argument(metavar="[KEY]...", help="Which copies; all of them where none is named.")
    ] = None,
    json: Json = False,
) -> None:
    """Try again: parse kept bytes anew, fetch what was never fetched."""
    from liaison.progress import shown_progress
    from liaison.quarantine_retry import run_retry, show_retry

    with shown_progress() as progress:
        result = run_retry(session_of(context).config, present(), progress, keys=tuple(keys or ()))
    show_retry(result, json=json)
    raise typer.Exit(0 if result.complete else NOT_REACHED)

"""What every command of the command line shares: the session, the present moment, the options that recur."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from liaison.session import Session

NOT_REACHED = 3

Json = Annotated[
    bool, typer.Option("--json", help="Print one JSON document on standard output and nothing else there.")
]


def session_of(context: typer.Context) -> "Session":
    """What this call was told: configuration, verbosity."""
    from liaison.session import Session

    if not isinstance(context.obj, Session):
        raise TypeError(type(context.obj))
    return context.obj


def present() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)

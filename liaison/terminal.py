"""The console that people read: it shows strangers' text and obeys none of it."""

from typing import Any

from rich.console import Console
from rich.text import Text

from liaison.output import leave_unsaid, printable


class MailConsole(Console):
    """A Rich console that prints no control character of any text it is handed."""

    def render_str(self, text: str, **options: Any) -> Text:
        """Make a text printable before Rich styles it; every string and table cell comes through here."""
        return super().render_str(printable(text), **options)

    def on_broken_pipe(self) -> None:
        """Go on in silence where the reader has gone (`| head`), so that the exit code stays the command's."""
        leave_unsaid()

"""What strangers write never drives the reader's terminal."""

import io

from rich.table import Table

from liaison.output import printable, rfc3339
from liaison.terminal import MailConsole
from tests.unit.models.building import NOON

EVIL = "a\x1b[2J b\x9b31m c\x07 d\u202e e\x7f\r f"


def test_a_text_keeps_its_letters_lines_and_tabs_and_loses_what_drives_a_terminal() -> None:
    assert printable("ü\tß\n…") == "ü\tß\n…"
    assert not set("\x1b\x9b\x07\u202e\x7f\r") & set(printable(EVIL))


def test_whatever_is_printed_is_made_printable() -> None:
    file = io.StringIO()
    console = MailConsole(file=file, width=80, markup=False, highlight=False, emoji=False)
    table = Table(EVIL, title=EVIL)
    table.add_row(EVIL)
    console.print(EVIL, style="bold")
    console.print(table)
    assert file.getvalue().count("d\N{REPLACEMENT CHARACTER}") == 4
    assert not set("\x1b\x9b\x07\u202e\x7f\r") & set(file.getvalue())


def test_a_moment_has_four_digits_for_its_year() -> None:
    assert rfc3339(NOON.replace(year=476)).startswith("0476-")

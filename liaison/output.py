"""One way to print: JSON documents for programs, Rich tables for people.

Much of what is printed was written by strangers, and what reads it may close the pipe early (`| head`).
"""

import io
import json
import os
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

_DRIVING = [
    *(code for code in range(0x20) if chr(code) not in "\n\t"),  # C0 controls, ESC among them
    *range(0x7F, 0xA0),  # DEL and the C1 controls
    *(0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),  # order of writing (UAX #9)
]
CONTROL = dict.fromkeys(_DRIVING, "\N{REPLACEMENT CHARACTER}")


def prepare_streams() -> None:
    """Let neither a closed stream nor a character that the terminal's encoding lacks end a command."""
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _open_what_is_closed() -> None:
    """Give descriptors 0 to 2 a file each: else the store's could take their place, and be printed into."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest that is free: this one
    sys.stdout = sys.stdout or _onto(1)
    sys.stderr = sys.stderr or _onto(2)


def _onto(descriptor: int) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.FileIO(descriptor, "w", closefd=False), encoding="utf-8")


def print_json(document: Mapping[str, Any]) -> None:
    """Print one JSON document on standard output and nothing else."""
    # a lone surrogate is left to the stream, which writes it as JSON does: \udc80
    plain = (sys.stdout.encoding or "").lower() != "utf-8"
    text = json.dumps(document, indent=2, ensure_ascii=plain, default=_plain)
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        leave_unsaid()


def leave_unsaid() -> None:
    """Drop what is still to be printed, since its reader has gone; the command ends as it would have."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def rfc3339(moment: datetime) -> str:
    """A moment as RFC 3339 in UTC, seconds resolution: `2026-10-31T18:00:00Z`."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def console() -> "Console":
    """Standard output as a Rich console that takes neither markup nor control characters from mail."""
    from liaison.terminal import MailConsole

    return MailConsole(markup=False, highlight=False, emoji=False)


def printable(text: str) -> str:
    """Text of a stranger without the characters that could drive a terminal or turn its writing round."""
    return text.translate(CONTROL)


def shortened(text: str, width: int = 90) -> str:
    """One line of at most `width` characters, cut at a word with an ellipsis."""
    line = " ".join(printable(text).split())
    if len(line) <= width:
        return line
    return line[: width - 1].rsplit(" ", 1)[0] + "…"


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return rfc3339(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(type(value).__name__)

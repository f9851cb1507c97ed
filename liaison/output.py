"""One way to print: JSON documents for programs, Rich tables for people."""

import json
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

CONTROL = {code: "\N{REPLACEMENT CHARACTER}" for code in [*range(0x20), *range(0x7F, 0xA0)] if chr(code) not in "\n\t"}


def print_json(document: Mapping[str, Any]) -> None:
    """Print one JSON document on standard output and nothing else."""
    json.dump(document, sys.stdout, indent=2, ensure_ascii=False, default=_plain)
    sys.stdout.write("\n")


def rfc3339(moment: datetime) -> str:
    """A moment as RFC 3339 in UTC, seconds resolution: `2026-10-31T18:00:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def console() -> "Console":
    """Standard output as a Rich console that takes no markup from mail."""
    from rich.console import Console

    return Console(markup=False, highlight=False, emoji=False)


def printable(text: str) -> str:
    """Text of a stranger without the control characters that could drive a terminal."""
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

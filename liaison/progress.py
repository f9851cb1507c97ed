"""Progress of long work on standard error: a bar on a terminal, nothing elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

Advance = Callable[[int, int], None]
"""Told how many are done and how many there are (0: not known yet)."""


class Progress(Protocol):
    """Shows how far each stage of a run is."""

    def stage(self, name: str) -> Advance:
        """Begin a stage; call what comes back as the stage advances."""
        ...


class SilentProgress:
    """Shows nothing: for tests, timers and pipes."""

    def stage(self, name: str) -> Advance:
        """Begin a stage that nobody watches."""
        del name
        return lambda _done, _total: None


class _BarProgress:
    def __init__(self, bars: object) -> None:
        self._bars = bars

    def stage(self, name: str) -> Advance:
        from rich.progress import Progress as Bars

        if not isinstance(self._bars, Bars):
            raise TypeError(type(self._bars))
        bars = self._bars
        task = bars.add_task(name, total=None)
        return lambda done, total: bars.update(task, completed=done, total=total or None)


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """Bars on standard error where that is a terminal, silence elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True)
    if not console.is_terminal:
        yield SilentProgress()
        return
    columns = (TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=console, transient=True) as bars:
        yield _BarProgress(bars)

"""Where the time of a run goes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta


class Stopwatch:
    """Wall seconds by stage of a run."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time spent inside to the stage."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = round(self.seconds.get(name, 0.0) + time.perf_counter() - begun, 3)

    @property
    def total(self) -> timedelta:
        """Sum over all stages."""
        return timedelta(seconds=sum(self.seconds.values()))

"""The one seam for work that outgrows a process: lazy input, bounded window, ordered results, errors as values."""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, Protocol, TypeVar

A = TypeVar("A")
B = TypeVar("B")
A_contra = TypeVar("A_contra", contravariant=True)
B_co = TypeVar("B_co", covariant=True)

CHUNK = 32
"""Items handed to a worker at once."""

_WINDOW = 2


@dataclass(frozen=True, slots=True)
class Done(Generic[B]):
    """What the work on one item gave."""

    value: B


@dataclass(frozen=True, slots=True)
class Failed(Generic[A]):
    """An item whose work raised; the others are not touched by it."""

    item: A
    error: str


class Job(Protocol[A_contra, B_co]):
    """Work that can be sent to another process: prepared once there, then done chunk by chunk."""

    def prepare(self) -> Callable[[Sequence[A_contra]], Sequence[B_co]]:
        """Load what the work needs; the returned function does a chunk and keeps order and number."""
        ...


class Executor(Protocol):
    """Runs a job over items; every implementation gives the same results in the order of the items."""

    def run(self, job: Job[A, B], items: Iterable[A]) -> Iterator[Done[B] | Failed[A]]:
        """Take items only as results are taken, a bounded number ahead."""
        ...


class SerialExecutor:
    """Does the work in this process."""

    def run(self, job: Job[A, B], items: Iterable[A]) -> Iterator[Done[B] | Failed[A]]:
        """See `Executor.run`."""
        work: Callable[[Sequence[A]], Sequence[B]] | None = None
        for chunk in chunks(items):
            work = work or job.prepare()
            yield from work_chunk(work, chunk)


class ProcessExecutor:
    """Does the work in `workers` processes, started afresh (spawn), each preparing the job once."""

    def __init__(self, workers: int = 2) -> None:
        self._workers = max(1, workers)

    def run(self, job: Job[A, B], items: Iterable[A]) -> Iterator[Done[B] | Failed[A]]:
        """See `Executor.run`; a chunk whose worker died comes back as failed items."""
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(self._workers, context, initializer=_prepare, initargs=(job,))
        waiting: deque[tuple[list[A], Future[list[Done[B] | Failed[A]]]]] = deque()
        with pool:
            for chunk in chunks(items):
                waiting.append((chunk, pool.submit(_work_in_worker, chunk)))
                if len(waiting) >= self._workers * _WINDOW:
                    yield from _collect(*waiting.popleft())
            while waiting:
                yield from _collect(*waiting.popleft())


def make_executor(name: str, workers: int) -> Executor:
    """The executor that settings name: "serial" or "processes".

    Raises:
        ValueError: another name.
    """
    if name == "serial":
        return SerialExecutor()
    if name == "processes":
        return ProcessExecutor(workers)
    raise ValueError(f"no executor is named {name!r}; serial and processes are")


def chunks(items: Iterable[A], size: int = CHUNK) -> Iterator[list[A]]:
    """Successive lists of `size` items, the last one shorter; the same items always make the same chunks."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def work_chunk(work: Callable[[Sequence[A]], Sequence[B]], chunk: Sequence[A]) -> list[Done[B] | Failed[A]]:
    """Do a chunk; where it raises, do its items one by one, so that only the faulty ones fail."""
    try:
        return [Done(value) for value in work(chunk)]
    except Exception as error:  # noqa: BLE001 - the seam turns whatever work raises into a value
        if len(chunk) == 1:
            return [Failed(chunk[0], f"{type(error).__name__}: {error}")]
        return [result for item in chunk for result in work_chunk(work, [item])]


_prepared: dict[int, Callable[[Sequence[Any]], Sequence[Any]]] = {}


def _prepare(job: Job[Any, Any]) -> None:
    _prepared[os.getpid()] = job.prepare()


def _work_in_worker(chunk: list[Any]) -> list[Any]:
    return work_chunk(_prepared[os.getpid()], chunk)


def _collect(chunk: list[A], future: "Future[list[Done[B] | Failed[A]]]") -> "Iterator[Done[B] | Failed[A]]":
    try:
        yield from future.result()
    except BrokenProcessPool as error:
        yield from (Failed(item, f"the worker ended: {error}") for item in chunk)

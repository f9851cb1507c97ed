"""The one seam for work that outgrows a process: lazy input, bounded window, ordered results, errors as values."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import ClassVar, Generic, Protocol, TypeVar

A = TypeVar("A")
B = TypeVar("B")
A_contra = TypeVar("A_contra", contravariant=True)
B_co = TypeVar("B_co", covariant=True)

CHUNK = 32
"""Items handed to a worker at once, fewer where they are heavy."""

CHUNK_WEIGHT = 2**20
"""What a chunk weighs at most, unless it is one item."""


@dataclass(frozen=True, slots=True)
class Done(Generic[B]):
    """What the work on one item gave."""

    error: ClassVar[str] = ""
    value: B


@dataclass(frozen=True, slots=True)
class Failed(Generic[A]):
    """An item whose work raised, or ended its worker; the others are not touched by it."""

    value: ClassVar[None] = None
    item: A
    error: str


class Job(Protocol[A_contra, B_co]):
    """Work that can be sent to another process: prepared once there, then done chunk by chunk."""

    def prepare(self) -> Callable[[Sequence[A_contra]], Sequence[B_co]]:
        """Load what the work needs; the returned function does a chunk and keeps order and number."""
        ...

    def weigh(self, item: A_contra) -> int:
        """About how many bytes the item holds."""
        ...


Run = Callable[[Iterable[A]], Iterator[Done[B] | Failed[A]]]
"""Takes items only as results are taken, a bounded number and weight ahead."""


class Executor(Protocol):
    """Runs a job over items; every implementation gives the same results in the order of the items."""

    def session(self, job: Job[A, B]) -> AbstractContextManager[Run[A, B]]:
        """Be ready for the job; it is prepared when the first items come and let go at the end."""
        ...


class SerialExecutor:
    """Does the work in this process."""

    @contextmanager
    def session(self, job: Job[A, B]) -> Iterator[Run[A, B]]:
        """See `Executor.session`."""
        work: Callable[[Sequence[A]], Sequence[B]] | None = None

        def run(items: Iterable[A]) -> Iterator[Done[B] | Failed[A]]:
            nonlocal work
            for chunk in chunks(items, job.weigh):
                work = work or job.prepare()
                yield from work_chunk(work, chunk)

        yield run


def chunks(items: Iterable[A], weigh: Callable[[A], int] = lambda _item: 0, size: int = CHUNK) -> Iterator[list[A]]:
    """Successive lists of at most `size` items and `CHUNK_WEIGHT`; the same items always make the same chunks."""
    chunk: list[A] = []
    weight = 0
    for item in items:
        weight += weigh(item)
        if chunk and weight > CHUNK_WEIGHT:
            yield chunk
            chunk, weight = [], weigh(item)
        chunk.append(item)
        if len(chunk) == size:
            yield chunk
            chunk, weight = [], 0
    if chunk:
        yield chunk


def work_chunk(work: Callable[[Sequence[A]], Sequence[B]], chunk: Sequence[A]) -> list[Done[B] | Failed[A]]:
    """Do a chunk; where it raises, do its items one by one, so that only the faulty ones fail."""
    try:
        return [Done(value) for value in work(chunk)]
    except Exception as error:  # noqa: BLE001 - the seam turns whatever work raises into a value
        if len(chunk) == 1:
            return [Failed(chunk[0], f"{type(error).__name__}: {error}")]
        return [result for item in chunk for result in work_chunk(work, [item])]

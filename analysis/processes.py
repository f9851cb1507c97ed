"""Work in several processes of this machine.

Workers are started when the first items come, and afresh after one of them ended: hostile input may exhaust its memory.
Items that were with it are then tried one by one in a process of their own, so that only the one to blame fails.
"""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import Any, Generic

from analysis.execution import A, B, Done, Failed, Job, Run, chunks, work_chunk

WINDOW_WEIGHT = 16 * 2**20
"""What the chunks on their way weigh at most together."""

HEAVY = WINDOW_WEIGHT // 2
"""A heavier item stays here: on its way it would be in memory several times over."""

_CHUNKS_A_WORKER = 3


class ProcessExecutor:
    """Does the work in `workers` processes, each of which prepares the job once."""

    def __init__(self, workers: int = 2) -> None:
        self._workers = max(1, workers)

    @contextmanager
    def session(self, job: Job[A, B]) -> Iterator[Run[A, B]]:
        """See `Executor.session`."""
        crew = _Crew(job, self._workers)
        try:
            yield crew.run
        finally:
            crew.dismiss()


@dataclass(frozen=True, slots=True)
class _Sent(Generic[A, B]):
    """A chunk on its way."""

    chunk: list[A]
    weight: int
    pool: ProcessPoolExecutor
    future: "Future[list[Done[B] | Failed[A]]]"


class _Crew(Generic[A, B]):
    """The workers of one session; where none can be started, the work is done here."""

    def __init__(self, job: Job[A, B], workers: int) -> None:
        self._job = job
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None
        self._has_workers = True
        self._work: Callable[[Sequence[A]], Sequence[B]] | None = None

    def run(self, items: Iterable[A]) -> Iterator[Done[B] | Failed[A]]:
        """See `execution.Run`."""
        sent: deque[_Sent[A, B]] = deque()
        try:
            for chunk in chunks(items, self._job.weigh):
                weight = sum(map(self._job.weigh, chunk))
                while sent and self._is_full(sent, weight):
                    yield from self._collect(sent.popleft())
                if weight > HEAVY or not self._has_workers:
                    yield from self._do_here(chunk)
                else:
                    sent.append(self._send(chunk, weight))
            while sent:
                yield from self._collect(sent.popleft())
        finally:
            for each in sent:
                each.future.cancel()

    def dismiss(self) -> None:
        """Let the workers go; what is waiting is dropped."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _is_full(self, sent: Sequence[_Sent[A, B]], weight: int) -> bool:
        if weight > HEAVY or not self._has_workers or len(sent) >= self._workers * _CHUNKS_A_WORKER:
            return True
        return sum(each.weight for each in sent) + weight > WINDOW_WEIGHT

    def _send(self, chunk: list[A], weight: int) -> _Sent[A, B]:
        try:
            self._pool = self._pool or _start(self._job, self._workers)
            return _Sent(chunk, weight, self._pool, _submit(self._pool, chunk))
        except BrokenProcessPool:
            self.dismiss()
            return self._send(chunk, weight)

    def _collect(self, sent: _Sent[A, B]) -> Iterator[Done[B] | Failed[A]]:
        try:
            yield from sent.future.result()
        except BrokenProcessPool:
            if sent.pool is self._pool:
                self.dismiss()
            yield from self._one_by_one(sent.chunk)

    def _one_by_one(self, items: list[A]) -> Iterator[Done[B] | Failed[A]]:
        alone = _Crew(self._job, 1)
        try:
            self._has_workers = self._has_workers and alone.can_start()
            yield from map(alone.try_one, items) if self._has_workers else self._do_here(items)
        finally:
            alone.dismiss()

    def can_start(self) -> bool:
        """Whether a worker can be started and made ready at all, so that an item is to blame for its end."""
        try:
            return self._send([], 0).future.result() == []
        except BrokenProcessPool:
            self.dismiss()
            return False

    def try_one(self, item: A) -> Done[B] | Failed[A]:
        """The work on one item, failed where it ends the worker."""
        try:
            return self._send([item], 0).future.result()[0]
        except BrokenProcessPool:
            self.dismiss()
            return Failed(item, "the process that worked on it was ended, perhaps for want of memory")

    def _do_here(self, chunk: list[A]) -> list[Done[B] | Failed[A]]:
        self._work = self._work or self._job.prepare()
        return work_chunk(self._work, chunk)


def _start(job: Job[Any, Any], workers: int) -> ProcessPoolExecutor:
    # not forked: a fork copies the locks of threads that it does not copy
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, context, initializer=_prepare, initargs=(job,))


def _submit(pool: ProcessPoolExecutor, chunk: list[A]) -> "Future[list[Done[B] | Failed[A]]]":
    """Hand over a chunk; workers that are started for it inherit that Ctrl-C is none of their business."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(_work_in_worker, chunk)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_prepared: list[Callable[[Sequence[Any]], Sequence[Any]]] = []


def _prepare(job: Job[Any, Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    _prepared[:] = [job.prepare()]


def _end_with_parent() -> None:
    # a killed parent does not close the pipe that its workers read from, for they hold both ends of it
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work_in_worker(chunk: list[Any]) -> list[Any]:
    return work_chunk(_prepared[0], chunk)

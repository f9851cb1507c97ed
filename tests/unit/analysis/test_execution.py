"""Executors: the same ordered results from each, errors as values, and only a window of the input taken."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice

import pytest

from analysis.execution import CHUNK, CHUNK_WEIGHT, Done, Executor, Failed, SerialExecutor, chunks
from analysis.executors import make_executor
from analysis.processes import HEAVY, WINDOW_WEIGHT, ProcessExecutor


@dataclass(frozen=True)
class Halve:
    """Halves numbers, refuses some, and is killed by others."""

    refuse: frozenset[int] = frozenset()
    deadly: frozenset[int] = frozenset()
    weight: int = 0

    def prepare(self) -> Callable[[Sequence[int]], list[int]]:
        return self._work

    def weigh(self, number: int) -> int:  # noqa: ARG002  # all weigh the same
        return self.weight

    def _work(self, numbers: Sequence[int]) -> list[int]:
        return [self._halve(number) for number in numbers]

    def _halve(self, number: int) -> int:
        if number in self.deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        if number in self.refuse:
            raise ValueError(f"{number} is refused")
        return number // 2


def run(executor: Executor, job: Halve, numbers: range) -> list[Done[int] | Failed[int]]:
    with executor.session(job) as session:
        return list(session(numbers))


@pytest.mark.parametrize("executor", [SerialExecutor(), ProcessExecutor(2)])
def test_results_keep_the_order_and_faulty_items_fail_alone(executor: Executor) -> None:
    results = run(executor, Halve(frozenset({3, 40})), range(100))
    assert [result.value for result in results if isinstance(result, Done)] == [
        number // 2 for number in range(100) if number not in {3, 40}
    ]
    assert results[3] == Failed(3, "ValueError: 3 is refused")
    assert results[40] == Failed(40, "ValueError: 40 is refused")


def test_processes_give_what_serial_gives() -> None:
    job = Halve(frozenset({7}))
    assert run(ProcessExecutor(2), job, range(3 * CHUNK)) == run(SerialExecutor(), job, range(3 * CHUNK))


def test_an_item_that_kills_its_worker_fails_alone_and_the_rest_goes_on() -> None:
    results = run(ProcessExecutor(2), Halve(deadly=frozenset({5, 70})), range(8 * CHUNK))
    assert [result.value for result in results] == [
        None if number in {5, 70} else number // 2 for number in range(8 * CHUNK)
    ]
    assert "was ended" in results[70].error


def test_a_session_runs_more_than_once_and_may_be_left_in_the_middle() -> None:
    with ProcessExecutor(2).session(Halve()) as session:
        assert list(islice(session(range(10 * CHUNK)), 2)) == [Done(0), Done(0)]
        assert list(session(range(3))) == [Done(0), Done(0), Done(1)]


def endless(taken: list[int]) -> Iterator[int]:
    for number in count():
        taken.append(number)
        yield number


def test_serial_takes_one_chunk_ahead_of_an_endless_input() -> None:
    taken: list[int] = []
    with SerialExecutor().session(Halve()) as session:
        assert list(islice(session(endless(taken)), 3)) == [Done(0), Done(0), Done(1)]
    assert len(taken) == CHUNK


def test_processes_take_heavy_items_only_as_far_as_the_window_goes() -> None:
    taken: list[int] = []
    with ProcessExecutor(8).session(Halve(weight=WINDOW_WEIGHT // 2)) as session:
        assert next(session(endless(taken))) == Done(0)
    assert len(taken) <= 4


@dataclass(frozen=True)
class TellProcess:
    """Each result is the process that did it; odd items are heavy."""

    def prepare(self) -> Callable[[Sequence[int]], list[int]]:
        return lambda numbers: [os.getpid() for _ in numbers]

    def weigh(self, number: int) -> int:
        return HEAVY + 1 if number % 2 else 1


def test_heavy_items_are_not_sent() -> None:
    with ProcessExecutor(2).session(TellProcess()) as session:
        processes = [result.value for result in session(range(6))]
    assert [process == os.getpid() for process in processes] == [False, True] * 3


@dataclass(frozen=True)
class Unprepared:
    """A job that no other process can be made ready for."""

    home: int

    def prepare(self) -> Callable[[Sequence[int]], list[int]]:
        if os.getpid() != self.home:
            raise OSError("not here")
        return lambda numbers: [-number for number in numbers]

    def weigh(self, number: int) -> int:
        return number % 7


def test_where_no_worker_can_be_started_the_work_is_done_here() -> None:
    with ProcessExecutor(2).session(Unprepared(os.getpid())) as session:
        assert [result.value for result in session(range(10 * CHUNK))] == [-number for number in range(10 * CHUNK)]


def test_no_items_prepare_nothing() -> None:
    assert run(SerialExecutor(), Halve(), range(0)) == []
    assert run(ProcessExecutor(), Halve(), range(0)) == []


def test_chunks_keep_order_and_the_rest() -> None:
    assert list(chunks(range(5), size=2)) == [[0, 1], [2, 3], [4]]


def test_chunks_are_bounded_by_weight() -> None:
    weights = [CHUNK_WEIGHT // 2, CHUNK_WEIGHT // 2, 1, 3 * CHUNK_WEIGHT, 1]
    assert list(chunks(weights, lambda weight: weight)) == [weights[:2], weights[2:3], weights[3:4], weights[4:]]


def test_an_unknown_executor_is_refused() -> None:
    with pytest.raises(ValueError, match="'threads'"):
        make_executor("threads", 2)


def test_executors_by_name() -> None:
    assert isinstance(make_executor("serial", 1), SerialExecutor)
    assert isinstance(make_executor("processes", 2), ProcessExecutor)

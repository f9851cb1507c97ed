"""Executors: the same ordered results from each, errors as values, and only a window of the input taken."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice

import pytest

from analysis.execution import CHUNK, Done, Executor, Failed, ProcessExecutor, SerialExecutor, chunks, make_executor


@dataclass(frozen=True)
class Halve:
    """Halves even numbers and refuses odd ones."""

    refuse: frozenset[int] = frozenset()

    def prepare(self) -> Callable[[Sequence[int]], list[int]]:
        return self._work

    def _work(self, numbers: Sequence[int]) -> list[int]:
        return [self._halve(number) for number in numbers]

    def _halve(self, number: int) -> int:
        if number in self.refuse:
            raise ValueError(f"{number} is refused")
        return number // 2


@pytest.mark.parametrize("executor", [SerialExecutor(), ProcessExecutor(2)])
def test_results_keep_the_order_and_faulty_items_fail_alone(executor: Executor) -> None:
    results = list(executor.run(Halve(frozenset({3, 40})), range(100)))
    assert [result.value for result in results if isinstance(result, Done)] == [
        number // 2 for number in range(100) if number not in {3, 40}
    ]
    assert results[3] == Failed(3, "ValueError: 3 is refused")
    assert results[40] == Failed(40, "ValueError: 40 is refused")


def test_processes_give_what_serial_gives() -> None:
    job = Halve(frozenset({7}))
    assert list(ProcessExecutor(2).run(job, range(3 * CHUNK))) == list(SerialExecutor().run(job, range(3 * CHUNK)))


def test_serial_takes_one_chunk_ahead_of_an_endless_input() -> None:
    taken: list[int] = []

    def numbers() -> Iterator[int]:
        for number in count():
            taken.append(number)
            yield number

    assert list(islice(SerialExecutor().run(Halve(), numbers()), 3)) == [Done(0), Done(0), Done(1)]
    assert len(taken) == CHUNK


def test_no_items_prepare_nothing() -> None:
    assert list(SerialExecutor().run(Halve(), [])) == []


def test_chunks_keep_order_and_the_rest() -> None:
    assert list(chunks(range(5), size=2)) == [[0, 1], [2, 3], [4]]


def test_an_unknown_executor_is_refused() -> None:
    with pytest.raises(ValueError, match="'threads'"):
        make_executor("threads", 2)


def test_executors_by_name() -> None:
    assert isinstance(make_executor("serial", 1), SerialExecutor)
    assert isinstance(make_executor("processes", 2), ProcessExecutor)

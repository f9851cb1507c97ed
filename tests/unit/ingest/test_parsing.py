"""The parse stage: the same results here and elsewhere, in order, lazily; errors wait for what came before."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count, islice

import pytest

from analysis.execution import SerialExecutor
from analysis.processes import ProcessExecutor
from ingest.mailbox.contract import GONE, FetchedMail
from ingest.parsing import Executor, ParseJob, Result, parse_stage
from ingest.settings import ParseLimits
from models.errors import MailboxUnreachableError
from models.records import ParsedMail

LIMITS = ParseLimits()


def mail(uid: int) -> FetchedMail:
    raw = f"From: ana@halden.example\nDate: Mon, 2 Mar 2026 09:30:00 +0100\nSubject: {uid}\n\nPlease confirm {uid}.\n"
    return FetchedMail(uid, raw.encode())


def parsed(mails: list[FetchedMail], executor: Executor | None, alone: int = 5) -> list[tuple[FetchedMail, ParsedMail]]:
    with parse_stage(LIMITS, executor, alone) as parse:
        return list(parse(mails))


@pytest.mark.parametrize("executor", [SerialExecutor(), ProcessExecutor(2)])
def test_elsewhere_gives_what_here_gives(executor: Executor) -> None:
    mails = [*map(mail, range(80)), FetchedMail(80, b"", problem=GONE), FetchedMail(81, b""), mail(82)]
    results = parsed(mails, executor)
    assert results == parsed(mails, None)
    assert [each for each, _ in results] == mails
    assert results[80][1] == ParsedMail(None)
    assert [problem.code for problem in results[81][1].problems] == ["empty"]


class NeverRun:
    """An executor whose session must stay unused."""

    @contextmanager
    def session(self, job: ParseJob) -> Iterator[Callable[[Iterable[tuple[bytes, datetime | None]]], Iterator[Result]]]:
        def run(items: Iterable[tuple[bytes, datetime | None]]) -> Iterator[Result]:
            assert next(iter(items), None) is None, f"{job} was run"
            return iter(())

        yield run


def test_few_messages_are_parsed_here() -> None:
    assert len(parsed([mail(number) for number in range(5)], NeverRun(), alone=5)) == 5


def test_one_stage_serves_folder_after_folder() -> None:
    with parse_stage(LIMITS, SerialExecutor(), alone=3) as parse:
        numbers = [[each.uid for each, _ in parse(map(mail, range(start, start + 4)))] for start in (0, 4, 8)]
    assert numbers == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]


@pytest.mark.parametrize("executor", [None, SerialExecutor()])
def test_mail_is_taken_as_results_are(executor: Executor | None) -> None:
    taken: list[int] = []

    def endless() -> Iterator[FetchedMail]:
        for uid in count():
            taken.append(uid)
            yield mail(uid)

    with parse_stage(LIMITS, executor, alone=2) as parse:
        assert [each.uid for each, _ in islice(parse(endless()), 4)] == [0, 1, 2, 3]
    assert len(taken) < 50


@pytest.mark.parametrize("executor", [None, SerialExecutor()])
def test_what_came_before_a_lost_connection_is_given_out(executor: Executor | None) -> None:
    def broken() -> Iterator[FetchedMail]:
        yield from map(mail, range(7))
        raise MailboxUnreachableError("journal", "the connection was lost", "run again")

    seen: list[int] = []
    with parse_stage(LIMITS, executor, alone=2) as parse, pytest.raises(MailboxUnreachableError, match="was lost"):
        seen.extend(each.uid for each, _ in parse(broken()))
    assert seen == [0, 1, 2, 3, 4, 5, 6]

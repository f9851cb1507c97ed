"""The parse stage: fetched mail in, parsed mail out, in the same order, in this process or in several.

The front door hands in what runs jobs in several processes; here stands only what is asked of it.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Protocol

from ingest.mailbox.contract import FetchedMail
from ingest.parse import parse_message
from ingest.settings import ParseLimits
from models.errors import MailboxError
from models.records import ParsedMail, Problem

Parse = Callable[[Iterable[FetchedMail]], Iterator[tuple[FetchedMail, ParsedMail]]]
"""Mail with what was read in it; takes mail only as results are taken, a bounded number and weight ahead.

Mail without bytes gets neither message nor problems. When fetching fails, what came before is given out first.
"""

ALONE = 1000
"""Messages of a session that are parsed in this process; to start others takes about as long."""

_Raw = tuple[bytes, datetime | None]


class Result(Protocol):
    """What came of one message: a value, or None and an error."""

    @property
    def value(self) -> ParsedMail | None:
        """What was read in it."""

    @property
    def error(self) -> str:
        """Why there is none, "" where there is one."""


class Executor(Protocol):
    """What runs a job in other processes; see `analysis.execution.Executor`."""

    def session(self, job: "ParseJob") -> AbstractContextManager[Callable[[Iterable[_Raw]], Iterator[Result]]]:
        """Be ready for the job."""


@dataclass(frozen=True, slots=True)
class ParseJob:
    """Parsing as a job for an executor."""

    limits: ParseLimits

    def prepare(self) -> Callable[[Sequence[_Raw]], list[ParsedMail]]:
        """Nothing is to be loaded."""
        return self._parse

    def _parse(self, mail: Sequence[_Raw]) -> list[ParsedMail]:
        return [parse_message(raw, internal_at, self.limits) for raw, internal_at in mail]

    def weigh(self, mail: _Raw) -> int:
        """Its size."""
        return len(mail[0])


def parse_here(mail: Iterable[FetchedMail], limits: ParseLimits) -> Iterator[tuple[FetchedMail, ParsedMail]]:
    """Parse in this process, one message after the other."""
    for each in mail:
        yield each, ParsedMail(None) if each.problem else parse_message(each.raw, each.internal_at, limits)


@contextmanager
def parse_stage(limits: ParseLimits, executor: Executor | None = None, alone: int = ALONE) -> Iterator[Parse]:
    """Make ready for parsing, over any number of folders and mailboxes.

    Args:
        limits: bounds on one message.
        executor: parses what comes after the first messages; None to parse everything here.
        alone: how many messages are parsed here before the executor is asked.
    """
    if executor is None:
        yield lambda mail: parse_here(mail, limits)
        return
    with executor.session(ParseJob(limits)) as run:
        yield _Stage(limits, run, alone).parse


class _Stage:
    def __init__(self, limits: ParseLimits, run: Callable[[Iterable[_Raw]], Iterator[Result]], alone: int) -> None:
        self._limits = limits
        self._run = run
        self._alone = alone

    def parse(self, mail: Iterable[FetchedMail]) -> Iterator[tuple[FetchedMail, ParsedMail]]:
        """See `Parse`."""
        rest = iter(mail)
        for each in parse_here(islice(rest, self._alone), self._limits):
            self._alone -= 1
            yield each
        if not self._alone:
            yield from self._elsewhere(rest)

    def _elsewhere(self, mail: Iterator[FetchedMail]) -> Iterator[tuple[FetchedMail, ParsedMail]]:
        sent: deque[FetchedMail] = deque()
        lost: list[MailboxError] = []
        for result in self._run(_sending(mail, sent, lost)):
            each = sent.popleft()
            yield each, ParsedMail(None) if each.problem else result.value or _failed(result.error)
        if lost:
            raise lost[0]


def _failed(error: str) -> ParsedMail:
    return ParsedMail(None, (Problem("unreadable", error),))


def _sending(mail: Iterable[FetchedMail], sent: deque[FetchedMail], lost: list[MailboxError]) -> Iterator[_Raw]:
    """The mail's bytes; what was sent is kept until its result comes, an error until all results came."""
    try:
        for each in mail:
            sent.append(each)
            yield each.raw, each.internal_at
    except MailboxError as error:
        lost.append(error)

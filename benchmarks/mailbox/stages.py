"""Where the time goes: processor time of each step of the way in, one process, message by message."""

import pickle
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from time import process_time
from typing import Any

import mailparser
from sqlalchemy import Engine, event

from analysis.execution import chunks
from analysis.threads import thread_messages
from benchmarks.mailbox.measured import cost_of
from benchmarks.mailbox.served import Served
from ingest.mailbox.contract import FetchedMail
from ingest.mailbox.imap import ImapMailbox
from ingest.mime.framing import frame
from ingest.mime.lean_parser import LeanParser
from ingest.parse import parse_message
from ingest.settings import ParseLimits
from ingest.words.new_text import split_text
from models.polls import Arrival, LedgerKey
from models.records import ParsedMail
from models.store import Store

_LIMITS = ParseLimits()
_BATCH = 200


def stage_table(served: Served, count: int) -> list[str]:
    """A table as lines: milliseconds of CPU a message, and their share of mail-parser alone on the same messages."""
    mail = _fetched(served, count)
    parsed = [parse_message(each.raw, each.internal_at) for each in mail]
    messages = [each.message for each in parsed if each.message]
    contents = [frame(each.raw, _LIMITS).content for each in mail]
    seconds = {
        "mail-parser alone, whole bytes": _spent(lambda: [mailparser.parse_from_bytes(each.raw) for each in mail]),
        "fetch over TLS": _spent(lambda: _fetched(served, count)),
        "parse, all of it": _spent(lambda: [parse_message(each.raw, each.internal_at) for each in mail]),
        "  framing": _spent(lambda: [frame(each.raw, _LIMITS) for each in mail]),
        "  mail-parser on what framing leaves": _spent(lambda: [LeanParser.from_bytes(each) for each in contents]),
        "  new text": _spent(lambda: [split_text(each.body_text, each.sender) for each in messages]),
        "to a worker and back (pickle)": _spent(lambda: _pickled(mail, parsed)),
        **_store_seconds(mail, parsed),
    }
    whole = seconds["mail-parser alone, whole bytes"]
    lines = [f"{'CPU by stage, one process':<40}{'ms a message':>14}{'of mail-parser':>16}"]
    lines += [f"{name:<40}{1000 * spent / len(mail):>14.3f}{spent / whole:>16.2f}" for name, spent in seconds.items()]
    return lines


def _spent(work: Callable[[], object]) -> float:
    return min(cost_of(work).cpu for _ in range(3))


def _fetched(served: Served, count: int) -> list[FetchedMail]:
    with ImapMailbox.open("benchmark", served.settings) as mailbox:
        return list(mailbox.fetch(mailbox.select("INBOX").uids[:count]))


def _pickled(mail: list[FetchedMail], parsed: list[ParsedMail]) -> None:
    for some in chunks([(each.raw, each.internal_at) for each in mail]):
        pickle.loads(pickle.dumps(some))  # noqa: S301  # our own bytes
    for results in chunks(parsed):
        pickle.loads(pickle.dumps(results))  # noqa: S301  # as above


def _store_seconds(mail: list[FetchedMail], parsed: list[ParsedMail]) -> dict[str, float]:
    arrivals = [
        Arrival(LedgerKey("benchmark", "INBOX", 1, number), each.raw, found, each.internal_at)
        for number, (each, found) in enumerate(zip(mail, parsed, strict=True), start=1)
    ]
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{Path(folder) / 'liaison.db'}") as store:
        run = store.start_run("benchmark", datetime.now(UTC), None, "")
        with _statements() as spent:
            begun = process_time()
            for some in chunks(arrivals, size=_BATCH):
                store.record_messages(run, some)
            seconds["store, all of it"] = process_time() - begun
        seconds |= {f"  {name}": value for name, value in sorted(spent.items(), key=lambda item: -item[1])}
        begun = process_time()
        headers, aliases = store.headers(), store.aliases()
        between = process_time()
        thread_messages(headers, aliases)
    return seconds | {"threads: reading headers": between - begun, "threads: deriving": process_time() - between}


@contextmanager
def _statements() -> Iterator[dict[str, float]]:
    """CPU seconds by statement and table, while the context lasts."""
    spent: defaultdict[str, float] = defaultdict(float)
    begun = 0.0

    def before(*_arguments: Any) -> None:
        nonlocal begun
        begun = process_time()

    def after(_connection: Any, _cursor: Any, statement: str, *_arguments: Any) -> None:
        words = statement.replace("(", " ").split()
        table = next((after for word, after in pairwise(words) if word in ("INTO", "FROM")), "")
        spent[f"{words[0]} {table}"] += process_time() - begun

    event.listen(Engine, "before_cursor_execute", before)
    event.listen(Engine, "after_cursor_execute", after)
    try:
        yield spent
    finally:
        event.remove(Engine, "before_cursor_execute", before)
        event.remove(Engine, "after_cursor_execute", after)

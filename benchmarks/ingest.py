"""Whole ingest (fetch, parse, new text, store in SQLite) against mail-parser alone on the same bytes.

    python -m benchmarks.ingest [--mbox samples/halden.mbox] [--messages 2000]

Prints messages a second of both, measured in turn in the same process, their ratio, and each stage's share. On
another machine only the ratio means something.
"""

import re
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import mailparser

from benchmarks.mailbox.options import command_line, repeat
from ingest.mailbox.contract import FetchedMail
from ingest.mailbox.mbox import FOLDER, MboxMailbox
from ingest.parse import parse_message
from ingest.poller import poll
from ingest.settings import PollSettings
from ingest.words.new_text import split_text
from models.store import Store

_ROUNDS = 3
_FROM_LINE = b"From benchmark Mon Mar  2 09:30:00 2026\n"
_LOOKS_LIKE_FROM = re.compile(rb"^(>*From )", re.MULTILINE)


def _fetch(path: Path, count: int) -> list[FetchedMail]:
    with MboxMailbox.open("benchmark", path) as mailbox:
        return list(mailbox.fetch(mailbox.select(FOLDER).uids[:count]))


def _write(path: Path, mail: list[FetchedMail]) -> None:
    with path.open("wb") as file:
        for each in mail:
            file.write(_FROM_LINE + _LOOKS_LIKE_FROM.sub(rb">\1", each.raw) + b"\n")


def _ingest(mail: list[FetchedMail]) -> float:
    with tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{folder}/liaison.db") as store:
        path = Path(folder) / "mail.mbox"
        _write(path, mail)
        run = store.start_run("benchmark", datetime.now(UTC), None, "")
        begin = time.perf_counter()
        with MboxMailbox.open("benchmark", path) as mailbox:
            poll(mailbox, store, run, PollSettings())
        return time.perf_counter() - begin


def _mail_parser_alone(mail: list[FetchedMail]) -> float:
    begin = time.perf_counter()
    for each in mail:
        mailparser.parse_from_bytes(each.raw)
    return time.perf_counter() - begin


def _parse(mail: list[FetchedMail]) -> tuple[float, float]:
    begin = time.perf_counter()
    texts = [parsed.message.body_text for each in mail if (parsed := parse_message(each.raw, each.internal_at)).message]
    between = time.perf_counter()
    for text in texts:
        split_text(text)
    return between - begin, time.perf_counter() - between


def main() -> None:
    """Measure in turn, keep the best of each, print."""
    parser = command_line(__doc__)
    parser.add_argument("--mbox", type=Path, default=Path("samples/halden.mbox"), help="whose messages")
    parser.add_argument("--messages", type=int, default=2000, help="how many of them at most")
    options = parser.parse_args()
    mail = _fetch(options.mbox, options.messages)
    alone, whole, parse, split = [
        min(seconds)
        for seconds in zip(
            *((_mail_parser_alone(mail), _ingest(mail), *_parse(mail)) for _ in range(_ROUNDS)), strict=True
        )
    ]
    print(f"{len(mail)} messages, {sum(len(each.raw) for each in mail) / 1e6:.1f} MB")
    print(f"mail-parser alone    {len(mail) / alone:7.0f} messages/s")
    print(f"whole ingest         {len(mail) / whole:7.0f} messages/s, ratio {alone / whole:.2f}")
    print(f"  parse and new text {parse / whole:7.0%} of it (new text alone {split / whole:.0%})")
    print(f"  fetch and store    {1 - parse / whole:7.0%} of it")
    print(repeat("ingest", options))


if __name__ == "__main__":
    main()

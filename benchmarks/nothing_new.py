"""A poll that finds nothing new in many large folders.

    python -m benchmarks.nothing_new [--folders 100] [--messages 1000] [--rounds 5]

Folders of a private Dovecot, hard-linked from one message; the store's ledger has an outcome for every copy, and a mark
for every folder, as the poll that read them would have left them. Told are the wall time of the poll, of logging in,
and of starting the command (importing what it needs).
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from benchmarks.mailbox.letters import generate
from benchmarks.mailbox.measured import cost_of, middle
from benchmarks.mailbox.options import command_line, repeat
from benchmarks.mailbox.served import settings_for
from ingest.mailbox.contract import FolderStatus
from ingest.mailbox.imap import ImapMailbox
from ingest.parse import parse_message
from ingest.poller import poll
from ingest.selection import fingerprint
from ingest.settings import EVERYTHING, ImapSettings, PollSettings
from models.polls import Arrival, FolderMark, LedgerKey, MailboxRun
from models.store import Store
from models.vocabulary import Keep
from tests.servers.dovecot import Account, run_dovecot
from tests.servers.programs import ProgramMissingError

_NAME = "benchmark"
_BATCH = 2000
_NOW = datetime(2026, 11, 23, tzinfo=UTC)


def main() -> None:
    """Make the folders and the ledger, then poll."""
    parser = command_line(__doc__)
    parser.add_argument("--folders", type=int, default=100, help="how many")
    parser.add_argument("--messages", type=int, default=1000, help="in each")
    parser.add_argument("--rounds", type=int, default=5, help="of which the median is told")
    options = parser.parse_args()
    start = middle([cost_of(_import_all) for _ in range(options.rounds)])
    login, found = [], []
    with _served(options.folders, options.messages) as settings, _store(settings, options.messages) as store:
        for _ in range(options.rounds):
            login.append(cost_of(lambda: ImapMailbox.open(_NAME, settings).close()))
            with ImapMailbox.open(_NAME, settings) as mailbox:
                found.append(cost_of(partial(_poll, mailbox, store)))
    print(f"{options.folders} folders of {options.messages} messages, medians of {options.rounds} rounds")
    for name, cost in (("the poll", middle(found)), ("login and logout", middle(login)), ("start", start)):
        print(f"{name:<18}{cost.wall:7.3f} s   CPU {cost.cpu:.3f} s")
    print(repeat("nothing_new", options))


def _import_all() -> None:
    subprocess.run([sys.executable, "-c", "import ingest.poller, ingest.mailbox.opening, models.store"], check=True)


def _poll(mailbox: ImapMailbox, store: Store) -> MailboxRun:
    told = poll(mailbox, store, store.start_run("benchmark", _NOW, None, ""), PollSettings())
    if told.known != told.seen or not told.reached:
        raise SystemExit(f"there was something new: {replace(told, folders=())}")
    return told


@contextmanager
def _served(folders: int, messages: int) -> Iterator[ImapSettings]:
    try:
        with run_dovecot() as server:
            account = server.new_account()
            for number in range(folders):
                _fill(account, f"Archive/{number:03}", messages)
            yield replace(settings_for(server, account), folders=("Archive/*",))
    except ProgramMissingError as error:
        sys.exit(f"skipped: {error}")


def _fill(account: Account, folder: str, messages: int) -> None:
    (file,) = account.deliver(generate(1), folder)
    place, _, size = file.name.partition(",")
    seconds = int(place.partition(".")[0])
    for number in range(1, messages):
        os.link(file, file.with_name(f"{seconds + number}.M{number}P1.localhost,{size}"))


@contextmanager
def _store(settings: ImapSettings, messages: int) -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{Path(folder) / 'x.db'}", Keep.TEXT) as store:
        run = store.start_run("benchmark", _NOW, None, "")
        with ImapMailbox.open(_NAME, settings) as mailbox:
            names = [listed.name for listed in mailbox.folders() if not listed.excluded]
            for status in mailbox.statuses(names).values():
                if status.messages != messages:
                    raise SystemExit(f"{status.folder} holds {status.messages} of {messages} messages")
                _record(store, run, status)
        yield store


def _record(store: Store, run: int, status: FolderStatus) -> None:
    assert status.messages is not None
    assert status.next_uid is not None
    raw = next(generate(1))
    parsed = parse_message(raw)
    for begin in range(1, status.next_uid, _BATCH):
        uids = range(begin, min(begin + _BATCH, status.next_uid))
        keys = (LedgerKey(_NAME, status.folder, status.uidvalidity, uid) for uid in uids)
        store.record_messages(run, [Arrival(key, raw, parsed) for key in keys])
    store.finish_folder(
        FolderMark(
            _NAME,
            status.folder,
            status.uidvalidity,
            status.messages,
            status.next_uid,
            status.modseq,
            fingerprint(EVERYTHING),
        )
    )


if __name__ == "__main__":
    main()

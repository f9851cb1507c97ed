"""A real IMAP server whose mail comes, moves, goes and is renumbered between polls that are cut or killed.

After every finished poll the store is compared with what another client reads from the server. The history in memory,
by the thousand, is in the tests of `ingest.poller`; here it is a dozen rounds a history. LIAISON_DOVECOT_HISTORIES
raises the number of histories.
"""

import imaplib
import os
import re
import sqlite3
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from random import Random

import pytest

from ingest.mailbox.imap import ImapMailbox
from ingest.mailbox.imap.patience import Patience
from ingest.parse import parse_message
from ingest.poller import poll
from ingest.settings import ImapSettings, PollSettings
from models.errors import MailboxError
from models.polls import MailboxRun
from models.store import Store
from models.vocabulary import FolderFate, Outcome
from tests.contract.mailbox_contract import letter
from tests.servers.dovecot import PASSWORD, Account, Dovecot
from tests.servers.proxy import Line, run_proxy
from tests.system.test_crashes import liaison

HISTORIES = int(os.environ.get("LIAISON_DOVECOT_HISTORIES", "2"))
ROUNDS = 12
FOLDERS = ("INBOX", "Sent", "Projects")
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
ACCEPTING = PollSettings(accept_empty=True, accept_uidvalidity=True, commit_messages=5)
CONFIG = """\
store: sqlite:///liaison.db
mailboxes:
  - name: journal
    imap: {{host: localhost, port: {port}, ca: {ca}, user: "{user}", password: {{file: password}}, folders: ["*"],
            exclude: []}}
"""


class OtherClient:
    """Another mail program, which reads and changes the same mailbox."""

    def __init__(self, dovecot: Dovecot, account: Account) -> None:
        self._dovecot = dovecot
        self._account = account
        self.enter()

    def enter(self) -> None:
        """Connect and log in."""
        context = ssl.create_default_context(cafile=str(self._dovecot.authority))
        self._imap = imaplib.IMAP4_SSL("localhost", self._dovecot.imaps_port, ssl_context=context)
        self._imap.login(self._account.user, self._account.password)

    def folders(self) -> list[str]:
        """Every folder."""
        rows = self._imap.list()[1]
        return sorted(re.sub(rb'^.* "?([^"]*)"?$', rb"\1", row).decode() for row in rows if isinstance(row, bytes))

    def everything(self) -> dict[tuple[str, int, int], bytes]:
        """(folder, UIDVALIDITY, UID) -> bytes."""
        found = {}
        for folder in self.folders():
            self._imap.select(folder, readonly=True)
            uidvalidity = int(self._imap.response("UIDVALIDITY")[1][0] or b"0")
            for part in self._imap.uid("FETCH", "1:*", "(BODY.PEEK[])")[1]:
                if isinstance(part, tuple) and (uid := re.search(rb"UID (\d+)", part[0])):
                    found[folder, uidvalidity, int(uid[1])] = part[1]
            self._imap.unselect()
        return found

    def deliver(self, folder: str, raw: bytes) -> None:
        """Append a message, to a folder that is made if it is not there."""
        if folder not in self.folders():
            self._imap.create(folder)
        self._imap.append(folder, "", imaplib.Time2Internaldate(NOW), raw.replace(b"\n", b"\r\n"))

    def change(self, folder: str, command: str, *arguments: str) -> None:
        """A command about all messages or single ones of a folder."""
        if folder not in self.folders():
            return
        if self._imap.select(folder)[1] != [b"0"]:
            self._imap.uid(command, *arguments)
            self._imap.expunge()
        self._imap.unselect()

    def rename(self, folder: str, to: str) -> None:
        """Rename a folder, where that can be done."""
        self._imap.rename(folder, to)

    def delete(self, folder: str) -> None:
        """Delete a folder, where it is there."""
        self._imap.delete(folder)

    def close(self) -> None:
        """Leave."""
        self._imap.logout()


@dataclass
class History:
    """One mailbox, one store, and what happened to both."""

    dovecot: Dovecot
    account: Account
    client: OtherClient
    folder: Path
    random: Random
    numberings: Iterator[int]

    # --- the other side ---

    def change_something(self) -> None:
        """Deliver, mostly; else move, delete, rename, renumber."""
        deeds = [self.deliver] * 5
        deeds += [self.deliver_again, self.move, self.expunge, self.rename, self.delete, self.renumber]
        folder, other = self.random.sample(FOLDERS, 2)
        self.random.choice(deeds)(folder, other)

    def deliver(self, folder: str, _other: str, /) -> None:
        """Short and long messages, some of them delivered before."""
        for _ in range(self.random.randint(1, 9)):
            body = b"words\n" * self.random.choice([1, 900])
            self.client.deliver(folder, letter(self.random.randint(0, 30), body))

    def deliver_again(self, folder: str, _other: str, /) -> None:
        """Copies of what is there."""
        for raw in list(self.client.everything().values())[:3]:
            self.client.deliver(folder, raw.replace(b"\r\n", b"\n"))

    def move(self, folder: str, other: str, /) -> None:
        """The first messages to another folder."""
        if other in self.client.folders():
            self.client.change(folder, "MOVE", "1:3", other)

    def expunge(self, folder: str, _other: str, /) -> None:
        """Some messages, or all."""
        self.client.change(folder, "STORE", self.random.choice(["1:5", "1:*"]), "+FLAGS", r"(\Deleted)")

    def rename(self, folder: str, other: str, /) -> None:
        """To a name that may be taken: then nothing happens."""
        if "INBOX" not in (folder, other):
            self.client.rename(folder, other)

    def delete(self, folder: str, _other: str, /) -> None:
        """A folder with all mail."""
        if folder != "INBOX":
            self.client.delete(folder)

    def renumber(self, folder: str, _other: str, /) -> None:
        """As a restored server does."""
        if folder in self.client.folders():
            self.client.close()
            self.account.change_uid_validity(next(self.numberings), folder)
            self.client.enter()

    # --- polls ---

    def poll(self, port: int | None = None, patience_seconds: float = 0) -> MailboxRun | None:
        """A poll in this process, through another port where one is given; None where the login failed."""
        source = ImapSettings(
            "localhost",
            self.account.user,
            PASSWORD,
            port=port or self.dovecot.imaps_port,
            ca=self.dovecot.authority,
            folders=("*",),
            exclude=(),
        )
        patience = Patience(patience_seconds, lambda _seconds: None)
        with self.store() as store, suppress(MailboxError):
            run = store.start_run("ingest", NOW, None, "")
            with ImapMailbox.open("journal", source, patience=patience) as mailbox:
                return poll(mailbox, store, run, ACCEPTING)
        return None

    def poll_and_be_cut(self) -> MailboxRun | None:
        """The connection ends after some bytes, and so does every further one."""
        cut = Line(cut_after=self.random.randint(2000, 40_000))
        with run_proxy(self.dovecot.imaps_port, cut) as proxy:
            return self.poll(proxy.port)

    def poll_and_go_on(self) -> MailboxRun | None:
        """The first connections end after some bytes: in an answer, in the middle of a message."""
        cuts = [Line(cut_after=self.random.randint(4000, 40_000)) for _ in range(2)]
        with run_proxy(self.dovecot.imaps_port, *cuts, Line()) as proxy:
            run = self.poll(proxy.port, patience_seconds=60)
        assert run is None or run.reached, run
        return run

    def poll_and_be_killed(self) -> MailboxRun | None:
        """SIGKILL at one of the moments at which something becomes lasting; it tells nothing any more."""
        moment = f"commit {self.random.randint(1, 9)} kill"
        done = liaison(self.folder, "ingest", "--accept-empty", "--accept-uidvalidity", disturbed=moment)
        assert done.returncode in (0, -9), done.stderr
        return None

    def store(self) -> Store:
        return Store.open(f"sqlite:///{self.folder}/liaison.db")

    # --- what must hold ---

    def check(self, run: MailboxRun) -> None:
        """Every copy that another client sees has a row that is true, and every message is there once."""
        there = self.client.everything()
        assert run.reached, run.error
        assert run.seen == len(there)
        assert run.seen == run.known + run.stored + run.duplicate + run.out_of_scope + run.quarantined
        rows = self.ledger()
        for place, raw in there.items():
            message = parse_message(raw).message
            assert message is not None
            assert rows[place] == (rows[place][0], message.id)
        with self.store() as store:
            stored = [message.id for message in store.headers()]
            assert all(store.raw(each) for each in stored)
        outcomes = Counter(outcome for outcome, _ in rows.values())
        assert len(stored) == len(set(stored)) == outcomes[Outcome.STORED]
        assert outcomes.keys() <= {Outcome.STORED, Outcome.DUPLICATE}

    def ledger(self) -> dict[tuple[str, int, int], tuple[str, str | None]]:
        with closing(sqlite3.connect(self.folder / "liaison.db")) as database:
            query = "SELECT folder, uidvalidity, uid, outcome, message_id FROM ledger"
            return {tuple(row[:3]): tuple(row[3:]) for row in database.execute(query)}


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_whatever_happens_every_message_that_a_finished_poll_saw_is_there_once(
    dovecot: Dovecot, account: Account, tmp_path: Path, seed: int
) -> None:
    config = CONFIG.format(port=dovecot.imaps_port, ca=dovecot.authority, user=account.user)
    (tmp_path / "config.yaml").write_text(config, encoding="utf-8")
    (tmp_path / "password").write_text(PASSWORD, encoding="utf-8")
    with closing(OtherClient(dovecot, account)) as client:
        history = History(dovecot, account, client, tmp_path, Random(seed), count(2_000_000_000))  # noqa: S311
        for _ in range(ROUNDS):
            for _ in range(history.random.randint(1, 3)):
                history.change_something()
            ways = [history.poll, history.poll_and_be_cut, history.poll_and_go_on, history.poll_and_be_killed]
            run = history.random.choice(ways)()
            if run is not None and run.reached:
                history.check(run)
        last = history.poll()
        assert last is not None
        history.check(last)
        again = history.poll()
        assert again is not None
        assert again.seen == again.known == last.seen
        # READ: now and then all of a folder is listed whatever its status tells
        assert {each.fate for each in again.folders} <= {FolderFate.UNCHANGED, FolderFate.READ, FolderFate.GONE}

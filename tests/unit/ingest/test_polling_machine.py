"""Whatever happens between polls and during them, no message is lost, doubled, or kept against the selection.

One mailbox in memory, one store in a file. What counts as killed: the files are taken as they lie at that moment, and
the next poll works on those. LIAISON_POLLING_EXAMPLES raises the number of histories that are tried.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from sqlalchemy import event
from sqlalchemy.engine import Engine

from ingest.mailbox.contract import REFUSED, FetchedMail, Folder, FolderState, FolderStatus
from ingest.mailbox.memory import MemoryMailbox
from ingest.numberings import is_of
from ingest.parse import parse_message
from ingest.poller import MOST_ATTEMPTS, poll
from ingest.selection import left_out
from ingest.settings import EVERYTHING, FetchLimits, PollSettings, Selection
from models.errors import MailboxUnreachableError, StoreError
from models.polls import MailboxRun
from models.records import ParsedMail
from models.store import Store
from models.vocabulary import FolderFate, Outcome, RunState
from tests.contract.mailbox_contract import letter

EXAMPLES = int(os.environ.get("LIAISON_POLLING_EXAMPLES", "50"))
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
LONG_AGO = datetime(2020, 3, 2, 10, tzinfo=UTC)
FETCH = FetchLimits(message_bytes=2000)
FOLDERS = ("INBOX", "Sent", "Projects")
FOLDER = st.sampled_from(FOLDERS)
READ = (FolderFate.READ, FolderFate.UNCHANGED)

ELSEWHERE = letter(20).replace(b"corvus", b"press").replace(b"halden", b"news")
EARLIER = letter(21).replace(b"2026", b"2020")
STUBBORN = ELSEWHERE.replace(b"number 20", b"not always handed out")
UNREADABLE = b""
TOO_LARGE = letter(23, b"x" * 70 + b"\n" * 3000)
ODD = (ELSEWHERE, EARLIER, STUBBORN, UNREADABLE, TOO_LARGE)
LETTERS = (
    *map(letter, range(6)),
    letter(1).replace(b"\n", b"\r\n"),
    letter(2).replace(b"<2@corvus.example>", b"<relayed@corvus.example>"),
    letter(3).replace(b"<3@corvus.example>", b"<4@corvus.example>"),
    *ODD,
)
SELECTIONS = (EVERYTHING, Selection(frozenset({"corvus.example"})), Selection(since=date(2025, 1, 1)))


class Upset(Enum):
    """What may happen to mail besides its delivery."""

    MOVE = auto()
    EXPUNGE = auto()
    EMPTY = auto()
    RENUMBER = auto()
    RENAME = auto()
    REMOVE = auto()


class KilledError(BaseException):
    """Stands for SIGKILL."""


class Disturbance:
    """Strikes at the n-th boundary between steps: an answer of the mailbox, a statement or commit of the store."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.steps_left: int | None = None
        self.room_left: int | None = None
        self.remains: Path | None = None

    def step(self) -> None:
        """One boundary; the files are taken as they lie when it strikes."""
        if self.steps_left is None:
            return
        self.steps_left -= 1
        if self.steps_left < 0:
            self.steps_left = None
            self.remains = Path(tempfile.mkdtemp(dir=self.database.parent))
            for path in self.database.parent.glob(f"{self.database.name}*"):
                shutil.copy(path, self.remains)
            raise KilledError

    def execute(self, _connection: Any, cursor: Any, *_rest: Any) -> None:
        """Before a statement: the disk may have room for so many pages more."""
        self.step()
        if self.room_left is not None:
            room, self.room_left = self.room_left, None
            pages = cursor.connection.execute("PRAGMA page_count").fetchone()[0]
            cursor.connection.execute(f"PRAGMA max_page_count = {pages + room}")

    def commit(self, _connection: Any) -> None:
        """Before a commit."""
        self.step()


class Struck(MemoryMailbox):
    """A mailbox whose answers are boundaries too, and which does not always hand out everything."""

    def __init__(self, disturbance: Disturbance) -> None:
        super().__init__("journal")
        self.disturbance = disturbance
        self.stubborn = True
        self.meanwhile: int | None = None

    def folders(self) -> tuple[Folder, ...]:
        self.disturbance.step()
        return super().folders()

    def statuses(self, folders: Sequence[str]) -> dict[str, FolderStatus]:
        self.disturbance.step()
        return super().statuses(folders)

    def select(self, folder: str, first_uid: int = 1) -> FolderState:
        self.disturbance.step()
        state = super().select(folder, first_uid)
        if self.meanwhile is not None and state.uids:
            self.expunge(state.uids[self.meanwhile % len(state.uids)], folder)
            self.deliver(LETTERS[self.meanwhile], folder, NOW)
            self.meanwhile = None
        return state

    def fetch(
        self, uids: Sequence[int], limits: FetchLimits = FETCH, since: date | None = None
    ) -> Iterator[FetchedMail]:
        for mail in super().fetch(uids, limits, since):
            self.disturbance.step()
            refused = self.stubborn and mail.raw == STUBBORN
            yield FetchedMail(mail.uid, b"", mail.internal_at, f"{REFUSED}: not now") if refused else mail


@cache
def parsed(raw: bytes) -> ParsedMail:
    """The letters are few."""
    return parse_message(raw, LONG_AGO if raw == EARLIER else NOW)


def parse(mail: Iterable[FetchedMail]) -> Iterator[tuple[FetchedMail, ParsedMail]]:
    return ((each, ParsedMail(None) if each.problem else parsed(each.raw)) for each in mail)


@cache
def empty_store() -> bytes:
    """A store without rows, as a file: copying it is faster than making it."""
    with tempfile.TemporaryDirectory() as folder:
        Store.open(f"sqlite:///{folder}/empty.db").close()
        return Path(folder, "empty.db").read_bytes()


class PollingMachine(RuleBasedStateMachine):
    """See the module; `shown` are the messages that a finished poll was shown and had to keep."""

    def __init__(self) -> None:
        super().__init__()
        self.home = tempfile.TemporaryDirectory()
        self.disturbance = Disturbance(Path(self.home.name, "liaison.db"))
        self.disturbance.database.write_bytes(empty_store())
        self.store = self.open()
        self.mailbox = Struck(self.disturbance)
        self.selection = EVERYTHING
        self.shown: set[str] = set()
        self.allowed: set[str] = set()
        event.listen(Engine, "before_cursor_execute", self.disturbance.execute)
        event.listen(Engine, "commit", self.disturbance.commit)

    def teardown(self) -> None:
        event.remove(Engine, "before_cursor_execute", self.disturbance.execute)
        event.remove(Engine, "commit", self.disturbance.commit)
        self.store.close()
        self.home.cleanup()

    def open(self) -> Store:
        return Store.open(f"sqlite:///{self.disturbance.database}")

    # --- the other side ---

    @rule(letters=st.lists(st.sampled_from(LETTERS) | st.sampled_from(ODD), min_size=1, max_size=4), folder=FOLDER)
    def deliver(self, letters: list[bytes], folder: str) -> None:
        for raw in letters:
            self.mailbox.deliver(raw, folder, LONG_AGO if raw == EARLIER else NOW)

    @rule(deed=st.sampled_from(Upset), folders=st.permutations(FOLDERS), place=st.integers(0, 5))
    def upset(self, deed: Upset, folders: Sequence[str], place: int) -> None:
        """Whatever else happens to mail; nothing happens where the deed cannot be done."""
        folder, other = folders[:2]
        uids = self.uids(folder)
        there = self.mailbox.listed().keys()
        lasting = folder == "INBOX" or folder not in there
        if deed is Upset.MOVE and uids:
            self.mailbox.move(uids[place % len(uids)], folder, other)
        elif deed is Upset.EXPUNGE and uids:
            self.mailbox.expunge(uids[place % len(uids)], folder)
        elif deed is Upset.EMPTY:
            for uid in uids:
                self.mailbox.expunge(uid, folder)
        elif deed is Upset.RENUMBER and folder in there:
            self.mailbox.renumber(folder)
        elif deed is Upset.RENAME and not lasting and other not in there:
            self.mailbox.rename_folder(folder, other)
        elif deed is Upset.REMOVE and not lasting:
            self.mailbox.remove_folder(folder)

    @rule(stubborn=st.booleans(), tells_status=st.booleans())
    def change_server(self, stubborn: bool, tells_status: bool) -> None:  # noqa: FBT001
        self.mailbox.stubborn, self.mailbox.tells_status = stubborn, tells_status

    # --- polls ---

    @rule(accept=st.booleans(), meanwhile=st.none() | st.integers(0, len(LETTERS) - 1))
    def poll(self, accept: bool = True, meanwhile: int | None = None) -> None:  # noqa: FBT001, FBT002
        before = self.copies()
        self.mailbox.meanwhile = meanwhile
        run = self.run(accept=accept)
        self.mailbox.meanwhile = None
        self.check(run, before & self.copies())

    @rule(answers=st.integers(0, 12), selection=st.sampled_from(SELECTIONS))
    def poll_and_lose_the_connection(self, answers: int, selection: Selection) -> None:
        """Perhaps for another selection, which is then never polled to the end."""
        before = self.copies()
        self.selection = selection
        self.mailbox.disconnect_after(answers)
        try:
            self.check(self.run(accept=True), before)
        except MailboxUnreachableError:
            assert answers == 0
        finally:
            self.mailbox.reconnect()

    @rule(steps=st.integers(0, 80), accept=st.booleans())
    def poll_and_be_killed(self, steps: int, accept: bool) -> None:  # noqa: FBT001
        self.disturbance.steps_left = steps
        try:
            self.run(accept=accept)
        except KilledError:
            self.store.close()
            assert self.disturbance.remains is not None
            self.disturbance.database = self.disturbance.remains / "liaison.db"
            self.store = self.open()
        self.disturbance.steps_left = None

    @rule(room=st.integers(0, 3))
    def poll_without_room_on_the_disk(self, room: int) -> None:
        self.disturbance.room_left = room
        try:
            self.run(accept=True)
        except StoreError as error:
            assert "the disk" in str(error)  # noqa: PT017
        self.disturbance.room_left = None
        self.store.close()
        self.store = self.open()

    @rule(selection=st.sampled_from(SELECTIONS))
    def poll_for_another_selection(self, selection: Selection) -> None:
        self.selection = selection
        self.poll()

    @precondition(lambda self: self.mailbox.tells_status and not self.mailbox.stubborn)
    @rule()
    def poll_twice(self) -> None:
        self.poll()
        self.poll()
        run = self.run(accept=False)
        assert run.seen == run.known
        # READ: now and then all of a folder is listed whatever its status tells
        assert {folder.fate for folder in run.folders} <= {FolderFate.UNCHANGED, FolderFate.READ, FolderFate.GONE}

    @rule(folder=FOLDER, back=st.integers(1, 3), letters=st.lists(st.sampled_from(LETTERS), max_size=2))
    def restore_a_folder(self, folder: str, back: int, letters: list[bytes]) -> None:
        """UIDVALIDITY stays, and fewer messages came since than were lost: else no server could tell."""
        self.poll()
        if uids := self.uids(folder):
            next_uid = max(uids[-1] + 1 - back, 1)
            self.mailbox.restore(folder, next_uid)
            for raw in letters[: uids[-1] - next_uid]:
                self.mailbox.deliver(raw, folder, LONG_AGO if raw == EARLIER else NOW)
        self.poll()

    # --- what must hold ---

    def run(self, *, accept: bool) -> MailboxRun:
        """A poll, on record."""
        messages = (parsed(raw).message for raw in LETTERS)
        self.allowed |= {message.id for message in messages if message and not left_out(message, self.selection)}
        run = self.store.start_run("ingest", NOW, None, "")
        settings = PollSettings(accept_empty=accept, accept_uidvalidity=accept, commit_messages=2, fetch=FETCH)
        told = poll(self.mailbox, self.store, run, settings, selection=self.selection, parse=parse)
        (record,) = self.store.runs(1)
        self.store.finish_run(replace(record, ended_at=NOW, state=RunState.DONE, mailboxes=(told,)))
        return told

    def check(self, run: MailboxRun, copies: set[tuple[str, int, int, bytes]]) -> None:
        """The ledger is true for every copy that lay there throughout, and the store holds what it must and no more."""
        finished = {folder.folder for folder in run.folders if folder.fate in READ}
        ledger = self.ledger()
        marks = self.store.folder_marks("journal")
        for folder, uidvalidity, uid, raw in copies:
            if folder in finished:
                assert is_of(marks[folder].uidvalidity, uidvalidity)
                self.check_copy(raw, *ledger[folder, marks[folder].uidvalidity, uid])
        stored = [message.id for message in self.store.headers()]
        assert len(stored) == len(set(stored))
        assert self.shown <= set(stored) <= self.allowed
        assert all(parsed(self.store.raw(each) or b"").message for each in stored)
        assert sum(row[0] == Outcome.STORED for row in ledger.values()) == len(stored)
        assert run.reached == all(folder.fate not in (FolderFate.LOST, FolderFate.STOPPED) for folder in run.folders)
        listed = self.mailbox.listed()
        assert {folder.folder for folder in run.folders if folder.fate is not FolderFate.GONE} == listed.keys()

    def check_copy(self, raw: bytes, outcome: str, message: str | None, reason: str, attempts: int) -> None:
        mail = parsed(raw).message
        if raw in (UNREADABLE, TOO_LARGE):
            assert (outcome, reason) == (Outcome.QUARANTINED, "empty" if raw == UNREADABLE else "too_large")
        elif raw == STUBBORN and outcome == Outcome.QUARANTINED:
            assert self.mailbox.stubborn or attempts == MOST_ATTEMPTS
        elif outcome == Outcome.OUT_OF_SCOPE:
            assert mail is not None
            assert left_out(mail, self.selection)
        else:
            assert mail is not None
            assert message == mail.id
            self.shown.add(mail.id)

    def ledger(self) -> dict[tuple[str, int, int], tuple[str, str | None, str, int]]:
        with closing(sqlite3.connect(self.disturbance.database)) as database:
            query = "SELECT folder, uidvalidity, uid, outcome, message_id, reason, attempts FROM ledger"
            return {tuple(row[:3]): tuple(row[3:]) for row in database.execute(query)}

    def uids(self, folder: str) -> tuple[int, ...]:
        return MemoryMailbox.select(self.mailbox, folder).uids if folder in self.mailbox.listed() else ()

    def copies(self) -> set[tuple[str, int, int, bytes]]:
        """Folder, UIDVALIDITY, UID and bytes of everything that lies in the mailbox."""
        found = set()
        for folder, raws in self.mailbox.listed().items():
            state = MemoryMailbox.select(self.mailbox, folder)
            found |= {(folder, state.uidvalidity, uid, raw) for uid, raw in zip(state.uids, raws, strict=True)}
        return found


TestPolling = PollingMachine.TestCase
TestPolling.settings = hypothesis_settings(
    max_examples=EXAMPLES,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)

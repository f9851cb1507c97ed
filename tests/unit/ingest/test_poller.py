"""Polls against a real store: every listed message ends as exactly one outcome, whatever happens in between."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from ingest.mailbox.contract import FetchedMail
from ingest.mailbox.memory import MemoryMailbox
from ingest.parse import parse_message
from ingest.poller import poll
from ingest.settings import FetchLimits, PollSettings
from models.errors import MailboxEmptiedError, MailboxUnreachableError, UidValidityChangedError
from models.records import MailboxRun
from models.store import Store
from models.vocabulary import Outcome
from tests.contract.mailbox_contract import letter

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
SETTINGS = PollSettings(commit_messages=2)


class BreakingMailbox(MemoryMailbox):
    """Loses its connection after so many messages of every fetch."""

    breaks_after = 10**9

    def fetch(self, uids: Sequence[int], limits: FetchLimits = FetchLimits()) -> Iterator[FetchedMail]:  # noqa: B008  # immutable
        for count, mail in enumerate(super().fetch(uids, limits)):
            if count >= self.breaks_after:
                raise MailboxUnreachableError(self.name, "the connection was lost")
            yield mail


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open("sqlite://") as opened:
        yield opened


def run_poll(
    store: Store, mailbox: MemoryMailbox, settings: PollSettings = SETTINGS, **options: frozenset[str]
) -> MailboxRun:
    run = store.start_run("ingest", NOW, None, "")
    return poll(mailbox, store, run, settings, **options)  # type: ignore[arg-type]


def mailbox_of(*raws: bytes) -> BreakingMailbox:
    mailbox = BreakingMailbox("journal")
    for raw in raws:
        mailbox.deliver(raw, internal_at=NOW)
    return mailbox


def test_a_first_poll_stores_and_a_second_finds_nothing_new(store: Store) -> None:
    mailbox = mailbox_of(*map(letter, range(5)))
    assert run_poll(store, mailbox) == MailboxRun("journal", reached=True, seen=5, stored=5)
    assert run_poll(store, mailbox) == MailboxRun("journal", reached=True, seen=5, known=5)
    assert [message.subject for message in store.headers()] == [f"number {n}" for n in range(5)]


def test_copies_in_other_folders_are_duplicates_with_a_ledger_row_each(store: Store) -> None:
    mailbox = mailbox_of(letter(1), letter(2))
    mailbox.deliver(letter(1).replace(b"\n", b"\r\n"), "Archive", NOW)
    assert run_poll(store, mailbox) == MailboxRun("journal", reached=True, seen=3, stored=2, duplicate=1)
    assert store.outcomes() == {("journal", Outcome.STORED): 2, ("journal", Outcome.DUPLICATE): 1}


def test_mail_that_cannot_be_read_is_quarantined_with_the_reason(store: Store) -> None:
    mailbox = mailbox_of(letter(1), b"", letter(2, b"x" * 5000))
    small = replace(SETTINGS, fetch=FetchLimits(message_bytes=4000))
    assert run_poll(store, mailbox, small) == MailboxRun("journal", reached=True, seen=3, stored=1, quarantined=2)
    assert [entry.reason for entry in store.quarantined()] == ["empty", "too_large"]
    assert run_poll(store, mailbox, small).known == 3


def test_mail_of_others_leaves_only_its_ledger_row(store: Store) -> None:
    outside = letter(2).replace(b"corvus", b"press").replace(b"halden", b"news")
    inside = letter(3).replace(b"ana@corvus.example", b"ana@lab.corvus.example").replace(b"halden", b"news")
    lookalike = outside.replace(b"press.example", b"notcorvus.example")
    mailbox = mailbox_of(letter(1), outside, inside, lookalike)
    found = run_poll(store, mailbox, scope=frozenset({"corvus.example", "dana@halden.example"}))
    assert found == MailboxRun("journal", reached=True, seen=4, stored=2, out_of_scope=2)
    assert [message.subject for message in store.headers()] == ["number 1", "number 3"]


def test_a_lost_connection_keeps_what_was_recorded_and_the_next_poll_goes_on(store: Store) -> None:
    mailbox = mailbox_of(*map(letter, range(7)))
    mailbox.breaks_after = 5
    with pytest.raises(MailboxUnreachableError):
        run_poll(store, mailbox)
    assert len(store.headers()) == 4
    mailbox.breaks_after = 10**9
    assert run_poll(store, mailbox) == MailboxRun("journal", reached=True, seen=7, known=4, stored=3)


def test_an_emptied_folder_stops_before_anything_is_fetched(store: Store) -> None:
    mailbox = mailbox_of(letter(1))
    run_poll(store, mailbox)
    mailbox.expunge(1)
    mailbox.deliver(letter(2), "Archive")
    with pytest.raises(MailboxEmptiedError):
        run_poll(store, mailbox)
    assert len(store.headers()) == 1
    assert run_poll(store, mailbox, replace(SETTINGS, accept_empty=True)).stored == 1


def test_a_renumbered_folder_is_read_again_once_that_is_accepted(store: Store) -> None:
    mailbox = mailbox_of(letter(1), letter(2))
    run_poll(store, mailbox)
    mailbox.renumber()
    with pytest.raises(UidValidityChangedError):
        run_poll(store, mailbox)
    accepted = run_poll(store, mailbox, replace(SETTINGS, accept_uidvalidity=True))
    assert accepted == MailboxRun("journal", reached=True, seen=2, duplicate=2)
    assert run_poll(store, mailbox).known == 2


def test_progress_counts_up_to_all_that_is_new(store: Store) -> None:
    told: list[tuple[int, int]] = []
    run = store.start_run("ingest", NOW, None, "")
    poll(mailbox_of(*map(letter, range(5))), store, run, SETTINGS, progress=lambda *counts: told.append(counts))
    assert told == [(2, 5), (4, 5), (5, 5)]


class PollingMachine(RuleBasedStateMachine):
    """Delivery, expunge, numbering anew, lost connections and polls in any order."""

    folders = Bundle("folders")

    def __init__(self) -> None:
        super().__init__()
        self.store = Store.open("sqlite://")
        self.mailbox = BreakingMailbox("journal")
        self.listed: set[str] = set()

    @initialize(target=folders)
    def inbox(self) -> str:
        return "INBOX"

    @rule(target=folders)
    def archive(self) -> str:
        self.mailbox.deliver(letter(0), "Archive", NOW)
        return "Archive"

    @rule(folder=folders, number=st.integers(0, 9))
    def deliver(self, folder: str, number: int) -> None:
        self.mailbox.deliver(letter(number), folder, NOW)

    @rule(folder=folders)
    def expunge_first(self, folder: str) -> None:
        uids = self.mailbox.select(folder).uids
        if uids:
            self.mailbox.expunge(uids[0], folder)

    @rule(folder=folders)
    def renumber(self, folder: str) -> None:
        self.mailbox.renumber(folder)

    @rule(breaks_after=st.integers(0, 3))
    def broken_poll(self, breaks_after: int) -> None:
        self.mailbox.breaks_after = breaks_after
        try:
            self.poll()
        except MailboxUnreachableError:
            self.mailbox.breaks_after = 10**9

    @rule()
    def poll(self) -> None:
        anything_goes = replace(SETTINGS, accept_empty=True, accept_uidvalidity=True)
        counts = run_poll(self.store, self.mailbox, anything_goes)
        self.mailbox.breaks_after = 10**9
        self.listed |= {message for folder in self.mailbox.folders() for message in self._ids(folder)}
        parts = counts.known + counts.stored + counts.duplicate + counts.out_of_scope + counts.quarantined
        assert counts.seen == parts
        assert counts.quarantined == 0
        assert self.listed <= {message.id for message in self.store.headers()}

    def _ids(self, folder: str) -> list[str]:
        mail = list(self.mailbox.fetch(self.mailbox.select(folder).uids))
        return [parsed.id for each in mail if (parsed := parse_message(each.raw, NOW).message)]

    @invariant()
    def stored_messages_are_stored_once(self) -> None:
        stored = [message.id for message in self.store.headers()]
        assert (
            len(stored)
            == len(set(stored))
            == sum(count for (_, outcome), count in self.store.outcomes().items() if outcome is Outcome.STORED)
        )

    def teardown(self) -> None:
        self.store.close()


TestPolling = PollingMachine.TestCase
TestPolling.settings = hypothesis_settings(max_examples=25, stateful_step_count=15, deadline=None)

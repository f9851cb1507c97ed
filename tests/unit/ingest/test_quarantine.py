"""Copies in quarantine, tried once more."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ingest.mailbox.memory import MemoryMailbox
from ingest.poller import poll
from ingest.quarantine import Retried, retry
from ingest.settings import EVERYTHING, FetchLimits, ParseLimits, PollSettings, Selection
from models.errors import MailboxUnreachableError
from models.store import Store
from models.vocabulary import Keep, Outcome
from tests.contract.mailbox_contract import letter

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
LARGE = letter(2, b"x" * 5000)
TIGHT = PollSettings(fetch=FetchLimits(message_bytes=4000), parse=ParseLimits(message_bytes=300))
WIDE = PollSettings()


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open("sqlite://") as opened:
        yield opened


@pytest.fixture
def mailbox(store: Store) -> MemoryMailbox:
    """Polled with tight limits: one letter is too large to parse, one too large to fetch, one is stored."""
    mailbox = MemoryMailbox("journal")
    for raw in (letter(0), letter(1, b"y" * 200), LARGE):
        mailbox.deliver(raw, internal_at=NOW)
    poll(mailbox, store, store.start_run("ingest", NOW, None, ""), TIGHT)
    assert [entry.key.uid for entry in store.quarantined()] == [2, 3]
    return mailbox


def retry_all(
    store: Store, mailbox: MemoryMailbox, settings: PollSettings = WIDE, selection: Selection = EVERYTHING
) -> list[Retried]:
    run = store.start_run("quarantine retry", NOW, None, "")
    selections = {"journal": selection}
    return list(retry(store, run, store.quarantined(), settings, lambda _name: mailbox, selections))


def test_with_larger_limits_kept_bytes_are_parsed_and_the_others_fetched(store: Store, mailbox: MemoryMailbox) -> None:
    before = store.quarantined()
    retried = retry_all(store, mailbox)
    assert [each.before for each in retried] == before
    assert [each.after.outcome for each in retried] == [Outcome.STORED] * 2
    assert (store.quarantined(), len(store.headers())) == ([], 3)
    assert store.raw(retried[1].after.message or "") == LARGE


def test_with_the_same_limits_they_stay_and_the_attempts_are_counted(store: Store, mailbox: MemoryMailbox) -> None:
    before = store.quarantined()
    retried = retry_all(store, mailbox, TIGHT)
    assert [each.after for each in retried] == [replace(entry, attempts=2) for entry in before] == store.quarantined()


def test_kept_bytes_need_no_mailbox_and_the_others_say_why_they_were_not_tried(
    store: Store, mailbox: MemoryMailbox
) -> None:
    mailbox.disconnect_after(0)
    kept, unfetched = retry_all(store, mailbox)
    assert kept.after.outcome is Outcome.STORED
    assert unfetched.after == unfetched.before
    assert "the connection was lost (type: liaison ingest)" in unfetched.error


def test_a_mailbox_that_cannot_be_opened_is_told_of_each_copy(store: Store, mailbox: MemoryMailbox) -> None:
    def closed(name: str) -> MemoryMailbox:
        raise MailboxUnreachableError(name, "it is not configured any more")

    run = store.start_run("quarantine retry", NOW, None, "")
    last = list(retry(store, run, store.quarantined(), WIDE, closed, {}))[-1]
    assert last.error == "mailbox journal: it is not configured any more"


def test_a_folder_that_is_refused_keeps_no_other_from_being_tried(store: Store, mailbox: MemoryMailbox) -> None:
    mailbox.deliver(LARGE.replace(b"x", b"z"), "Sent", NOW)
    poll(mailbox, store, store.start_run("ingest", NOW, None, ""), TIGHT)
    mailbox.refuse("INBOX")
    told = {each.before.key.folder: (each.after.outcome, bool(each.error)) for each in retry_all(store, mailbox)}
    assert told == {"INBOX": (Outcome.QUARANTINED, True), "Sent": (Outcome.STORED, False)}


def renumbered(mailbox: MemoryMailbox) -> None:
    mailbox.renumber()


def expunged(mailbox: MemoryMailbox) -> None:
    mailbox.expunge(3)


def restored(mailbox: MemoryMailbox) -> None:
    mailbox.restore("INBOX", 2)
    mailbox.deliver(letter(7), internal_at=NOW)


@pytest.mark.parametrize("deed", [renumbered, expunged, restored])
def test_what_the_mailbox_does_not_list_any_more_is_gone(
    store: Store, mailbox: MemoryMailbox, deed: Callable[[MemoryMailbox], None]
) -> None:
    deed(mailbox)
    gone = retry_all(store, mailbox)[-1].after
    assert (gone.reason, gone.size_bytes, gone.internal_at) == ("gone", len(LARGE), NOW)


def test_what_is_out_of_scope_leaves_nothing_behind(store: Store, mailbox: MemoryMailbox) -> None:
    retried = retry_all(store, mailbox, selection=Selection(frozenset({"elsewhere.example"})))
    assert {each.after.outcome for each in retried} == {Outcome.OUT_OF_SCOPE}
    assert store.quarantined_raw(retried[0].before.key) is None
    assert len(store.headers()) == 1


def test_of_a_numbering_that_was_begun_again_a_copy_can_be_fetched(store: Store, mailbox: MemoryMailbox) -> None:
    mailbox.restore("INBOX", 3)
    accepting = replace(TIGHT, accept_uidvalidity=True)
    poll(mailbox, store, store.start_run("ingest", NOW, None, ""), accepting)
    mailbox.deliver(LARGE.replace(b"x", b"z"), internal_at=NOW)
    poll(mailbox, store, store.start_run("ingest", NOW, None, ""), TIGHT)
    former, current = retry_all(store, mailbox)[-2:]
    assert (former.after.reason, current.after.outcome) == ("gone", Outcome.STORED)


def test_what_a_retry_left_out_is_looked_at_again_by_a_poll_for_another_selection(
    store: Store, mailbox: MemoryMailbox
) -> None:
    retry_all(store, mailbox, selection=Selection(frozenset({"elsewhere.example"})))
    poll(mailbox, store, store.start_run("ingest", NOW, None, ""), WIDE)
    assert len(store.headers()) == 3


def test_bytes_that_were_not_kept_are_fetched_again() -> None:
    with Store.open("sqlite://", Keep.METADATA) as store:
        mailbox = MemoryMailbox("journal")
        mailbox.deliver(letter(1, b"y" * 200), internal_at=NOW)
        poll(mailbox, store, store.start_run("ingest", NOW, None, ""), TIGHT)
        (retried,) = retry_all(store, mailbox)
        assert retried.after.outcome is Outcome.STORED

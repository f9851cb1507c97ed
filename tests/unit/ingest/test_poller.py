"""Polls against a real store: every listed message ends as exactly one outcome, whatever happens in between."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ingest.mailbox.contract import REFUSED, FetchedMail, FolderState, FolderStatus
from ingest.mailbox.memory import MemoryMailbox
from ingest.poller import MOST_ATTEMPTS, poll
from ingest.selection import fingerprint
from ingest.settings import EVERYTHING, FetchLimits, PollSettings, Selection
from models.errors import MailboxUnreachableError
from models.polls import FolderMark, FolderRun, MailboxRun
from models.store import Store
from models.vocabulary import FolderFate, Keep, Outcome
from tests.contract.mailbox_contract import letter

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
SETTINGS = PollSettings(commit_messages=2)
EVERYONE = fingerprint(EVERYTHING)
ACCEPTED = replace(SETTINGS, accept_empty=True, accept_uidvalidity=True)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open("sqlite://") as opened:
        yield opened


def run_poll(
    store: Store,
    mailbox: MemoryMailbox,
    settings: PollSettings = SETTINGS,
    selection: Selection = EVERYTHING,
) -> MailboxRun:
    run = store.start_run("ingest", NOW, None, "")
    return poll(mailbox, store, run, settings, selection=selection)


def mailbox_of(*raws: bytes) -> MemoryMailbox:
    mailbox = MemoryMailbox("journal")
    for raw in raws:
        mailbox.deliver(raw, internal_at=NOW)
    return mailbox


def counts(run: MailboxRun) -> dict[str, int]:
    names = ("seen", "known", "stored", "duplicate", "out_of_scope", "quarantined")
    return {name: number for name in names if (number := getattr(run, name))}


def fates(run: MailboxRun) -> dict[str, FolderFate]:
    return {folder.folder: folder.fate for folder in run.folders}


def subjects(store: Store) -> list[str]:
    return [message.subject for message in store.headers()]


def test_a_first_poll_stores_and_a_second_finds_nothing_new(store: Store) -> None:
    letters = [letter(number) for number in range(5)]
    mailbox = mailbox_of(*letters)
    first = FolderRun("INBOX", FolderFate.READ, seen=5, stored=5, fetched_bytes=sum(map(len, letters)))
    second = FolderRun("INBOX", FolderFate.UNCHANGED, seen=5, known=5)
    assert run_poll(store, mailbox) == MailboxRun("journal", reached=True, seen=5, stored=5, folders=(first,))
    assert run_poll(store, mailbox) == MailboxRun("journal", reached=True, seen=5, known=5, folders=(second,))
    assert subjects(store) == [f"number {n}" for n in range(5)]


def test_without_statuses_a_folder_is_listed_and_nothing_of_it_is_fetched(store: Store) -> None:
    mailbox = MemoryMailbox("journal", tells_status=False)
    mailbox.deliver(letter(1), internal_at=NOW)
    run_poll(store, mailbox)
    assert run_poll(store, mailbox).folders == (FolderRun("INBOX", FolderFate.READ, seen=1, known=1),)


def test_a_poll_asks_only_for_what_came_since_the_last(store: Store) -> None:
    mailbox = mailbox_of(letter(1), letter(2), letter(3))
    run_poll(store, mailbox)
    assert store.folder_marks("journal")["INBOX"].next_uid == 4
    mailbox.expunge(2)
    mailbox.deliver(letter(4), internal_at=NOW)
    (folder,) = run_poll(store, mailbox).folders
    assert (folder.seen, folder.known, folder.stored, folder.vanished) == (3, 2, 1, 1)


def test_what_vanished_is_told_once_by_the_poll_that_is_finished(store: Store) -> None:
    mailbox = mailbox_of(letter(1), letter(2), letter(3))
    run_poll(store, mailbox)
    mailbox.expunge(2)
    mailbox.deliver(letter(4), internal_at=NOW)
    mailbox.disconnect_after(3)
    assert run_poll(store, mailbox).folders[0].vanished == 0
    mailbox.reconnect()
    assert [run_poll(store, mailbox).folders[0].vanished for _ in range(2)] == [1, 0]


def test_copies_in_other_folders_are_duplicates_with_a_ledger_row_each(store: Store) -> None:
    mailbox = mailbox_of(letter(1), letter(2))
    mailbox.deliver(letter(1).replace(b"\n", b"\r\n"), "Archive", NOW)
    assert counts(run_poll(store, mailbox)) == {"seen": 3, "stored": 2, "duplicate": 1}
    assert store.outcomes() == {("journal", Outcome.STORED): 2, ("journal", Outcome.DUPLICATE): 1}


def test_mail_that_cannot_be_read_is_quarantined_with_the_reason(store: Store) -> None:
    large = letter(2, b"x" * 5000)
    mailbox = mailbox_of(letter(1), b"", large)
    small = replace(SETTINGS, fetch=FetchLimits(message_bytes=4000))
    run = run_poll(store, mailbox, small)
    assert counts(run) == {"seen": 3, "stored": 1, "quarantined": 2}
    assert run.folders[0].reasons == {"empty": 1, "too_large": 1}
    assert [(entry.reason, entry.size_bytes) for entry in store.quarantined()] == [
        ("empty", 0),
        ("too_large", len(large)),
    ]
    assert run_poll(store, mailbox, small).known == 3


def test_mail_of_others_leaves_only_its_ledger_row(store: Store) -> None:
    outside = letter(2).replace(b"corvus", b"press").replace(b"halden", b"news")
    inside = letter(3).replace(b"ana@corvus.example", b"ana@lab.corvus.example").replace(b"halden", b"news")
    lookalike = outside.replace(b"press.example", b"notcorvus.example")
    mailbox = mailbox_of(letter(1), outside, inside, lookalike)
    scope = Selection(frozenset({"corvus.example", "dana@halden.example"}))
    run = run_poll(store, mailbox, selection=scope)
    assert counts(run) == {"seen": 4, "stored": 2, "out_of_scope": 2}
    assert run.folders[0].reasons == {"organisations": 2}
    assert subjects(store) == ["number 1", "number 3"]
    assert store.aliases().keys() == {"1@corvus.example", "3@corvus.example"}


def test_of_mail_outside_the_window_only_its_ledger_row_stays(store: Store) -> None:
    mailbox = mailbox_of(letter(1))
    for number, day in ((2, 1), (3, 5)):
        dated = letter(number).replace(b"02 Mar", b"%02d Mar" % day)
        mailbox.deliver(dated, internal_at=NOW.replace(day=day))
    mailbox.deliver(letter(4), internal_at=NOW.replace(year=2020))
    run = run_poll(store, mailbox, selection=Selection(since=date(2026, 3, 2), until=date(2026, 3, 4)))
    assert counts(run) == {"seen": 4, "stored": 1, "out_of_scope": 3}
    assert run.folders[0].reasons == {"after": 1, "before": 2}
    assert subjects(store) == ["number 1"]


def test_of_mail_that_is_left_out_no_word_is_left(tmp_path: Path) -> None:
    outside = letter(2, b"secret words\n").replace(b"corvus", b"press").replace(b"halden", b"news")
    for keep in Keep:
        with Store.open(f"sqlite:///{tmp_path}/{keep}.db", keep) as store:
            run_poll(store, mailbox_of(letter(1), outside), selection=Selection(frozenset({"corvus.example"})))
        kept = (tmp_path / f"{keep}.db").read_bytes()
        assert b"corvus" in kept
        assert not [word for word in (b"press", b"news", b"secret", b"number 2") if word in kept]


def test_another_selection_takes_in_what_was_left_out_and_takes_nothing_out(store: Store) -> None:
    outside = letter(2).replace(b"corvus", b"press").replace(b"halden", b"news")
    mailbox = mailbox_of(letter(1), outside)
    narrow, wide = Selection(frozenset({"corvus.example"})), Selection(frozenset({"press.example"}))
    run_poll(store, mailbox, selection=narrow)
    assert counts(run_poll(store, mailbox, selection=wide)) == {"seen": 2, "known": 1, "stored": 1}
    assert fates(run_poll(store, mailbox, selection=wide)) == {"INBOX": FolderFate.UNCHANGED}
    assert counts(run_poll(store, mailbox, selection=narrow)) == {"seen": 2, "known": 2}


def test_an_excluded_folder_is_told_and_not_read(store: Store) -> None:
    mailbox = MemoryMailbox("journal", ("INBOX", "Drafts"), excluded={"Drafts": "drafts"})
    mailbox.deliver(letter(1), "Drafts", NOW)
    run = run_poll(store, mailbox)
    assert run.reached
    assert run.folders[1] == FolderRun("Drafts", FolderFate.EXCLUDED, error="drafts")
    assert subjects(store) == []


def test_a_lost_connection_keeps_what_came_and_the_next_poll_goes_on(store: Store) -> None:
    mailbox = mailbox_of(*map(letter, range(7)))
    mailbox.deliver(letter(9), "Sent", NOW)
    mailbox.disconnect_after(3 + 5)
    broken = run_poll(store, mailbox)
    assert not broken.reached
    assert fates(broken) == {"INBOX": FolderFate.LOST, "Sent": FolderFate.LOST}
    assert "the connection was lost" in broken.error
    assert (len(store.headers()), broken.stored, broken.folders[0].seen) == (5, 5, 7)
    mailbox.reconnect()
    assert counts(run_poll(store, mailbox)) == {"seen": 8, "known": 5, "stored": 3}


def test_folders_known_to_be_unchanged_are_so_although_the_connection_is_lost_later(store: Store) -> None:
    mailbox = mailbox_of(letter(1))
    mailbox.deliver(letter(2), "Sent", NOW)
    run_poll(store, mailbox)
    mailbox.deliver(letter(3), internal_at=NOW)
    mailbox.disconnect_after(3)
    assert fates(run_poll(store, mailbox)) == {"INBOX": FolderFate.LOST, "Sent": FolderFate.UNCHANGED}


class WatchedMailbox(MemoryMailbox):
    """Notes which folders are looked into."""

    looked_into: tuple[str, ...] = ()

    def select(self, folder: str, first_uid: int = 1) -> FolderState:
        self.looked_into += (folder,)
        return super().select(folder, first_uid)


def test_after_a_lost_connection_no_further_folder_is_asked_for(store: Store) -> None:
    mailbox = WatchedMailbox("journal", ("INBOX", "Sent", "Archive"))
    for folder in ("INBOX", "Sent"):
        mailbox.deliver(letter(1), folder, NOW)
    mailbox.disconnect_after(3)
    assert set(fates(run_poll(store, mailbox)).values()) == {FolderFate.LOST}
    assert mailbox.looked_into == ("INBOX",)


def test_a_connection_lost_before_the_first_folder_leaves_none_read(store: Store) -> None:
    mailbox = mailbox_of(letter(1))
    mailbox.disconnect_after(1)
    assert fates(run_poll(store, mailbox)) == {"INBOX": FolderFate.LOST}
    mailbox.disconnect_after(0)
    with pytest.raises(MailboxUnreachableError):
        run_poll(store, mailbox)


def test_a_refused_folder_is_told_and_the_others_are_read(store: Store) -> None:
    mailbox = mailbox_of(letter(1))
    mailbox.deliver(letter(2), "Sent", NOW)
    mailbox.refuse("INBOX")
    run = run_poll(store, mailbox)
    assert (run.reached, fates(run)) == (False, {"INBOX": FolderFate.LOST, "Sent": FolderFate.READ})
    assert "may not be read (grant" in run.error
    assert subjects(store) == ["number 2"]


def test_an_emptied_folder_stops_and_the_others_are_read_until_that_is_accepted(store: Store) -> None:
    mailbox = mailbox_of(letter(1))
    run_poll(store, mailbox)
    mailbox.expunge(1)
    mailbox.deliver(letter(2), "Archive", NOW)
    stopped = run_poll(store, mailbox)
    assert (stopped.reached, stopped.stored) == (False, 1)
    assert fates(stopped) == {"INBOX": FolderFate.STOPPED, "Archive": FolderFate.READ}
    assert "--accept-empty" in stopped.error
    assert fates(run_poll(store, mailbox))["INBOX"] is FolderFate.STOPPED
    accepted = run_poll(store, mailbox, replace(SETTINGS, accept_empty=True))
    assert (accepted.reached, accepted.folders[0].vanished) == (True, 1)
    assert run_poll(store, mailbox).reached
    mailbox.deliver(letter(3), internal_at=NOW)
    assert run_poll(store, mailbox).stored == 1


def test_a_renumbered_folder_is_read_again_once_that_is_accepted(store: Store) -> None:
    mailbox = mailbox_of(letter(1), letter(2))
    run_poll(store, mailbox)
    mailbox.renumber()
    stopped = run_poll(store, mailbox)
    assert fates(stopped) == {"INBOX": FolderFate.STOPPED}
    assert counts(stopped) == {}
    accepted = run_poll(store, mailbox, replace(SETTINGS, accept_uidvalidity=True))
    assert counts(accepted) == {"seen": 2, "duplicate": 2}
    assert run_poll(store, mailbox).known == 2


def test_an_accepted_numbering_stays_accepted_when_the_poll_breaks_off(store: Store) -> None:
    mailbox = mailbox_of(*map(letter, range(5)))
    run_poll(store, mailbox)
    mailbox.renumber()
    mailbox.disconnect_after(2 + 2 + 2)
    assert not run_poll(store, mailbox, ACCEPTED).reached
    mailbox.reconnect()
    assert counts(run_poll(store, mailbox)) == {"seen": 5, "known": 2, "duplicate": 3}


def test_a_poll_that_was_broken_off_leaves_stops_in_force(store: Store) -> None:
    mailbox = mailbox_of(*map(letter, range(5)))
    mailbox.disconnect_after(3 + 2)
    run_poll(store, mailbox)
    mailbox.reconnect()
    mailbox.renumber()
    assert fates(run_poll(store, mailbox)) == {"INBOX": FolderFate.STOPPED}


def test_a_renamed_folder_is_gone_under_one_name_and_a_duplicate_under_the_other(store: Store) -> None:
    mailbox = mailbox_of(letter(1))
    mailbox.deliver(letter(2), "Projects", NOW)
    run_poll(store, mailbox)
    mailbox.rename_folder("Projects", "Projects 2026")
    run = run_poll(store, mailbox)
    assert run.reached
    assert fates(run) == {
        "INBOX": FolderFate.UNCHANGED,
        "Projects 2026": FolderFate.READ,
        "Projects": FolderFate.GONE,
    }
    assert (run.duplicate, run.folders[-1].vanished) == (1, 1)
    assert "of its 1 copies" in run.folders[-1].error


class RefusingMailbox(MemoryMailbox):
    """Refuses to hand out some UIDs."""

    stubborn = frozenset({2})

    def fetch(self, *arguments: object) -> Iterator[FetchedMail]:
        for mail in super().fetch(*arguments):  # type: ignore[arg-type]
            refused = FetchedMail(mail.uid, b"", problem=f"{REFUSED}: not now")
            yield refused if mail.uid in self.stubborn else mail


def test_a_refused_copy_is_asked_for_again_a_few_times(store: Store) -> None:
    mailbox = RefusingMailbox("journal")
    for number in range(3):
        mailbox.deliver(letter(number), internal_at=NOW)
    first = run_poll(store, mailbox)
    assert (counts(first), first.folders[0].reasons) == ({"seen": 3, "stored": 2, "quarantined": 1}, {"refused": 1})
    for _ in range(MOST_ATTEMPTS - 1):
        assert counts(run_poll(store, mailbox)) == {"seen": 3, "known": 2, "quarantined": 1}
    assert fates(run_poll(store, mailbox)) == {"INBOX": FolderFate.UNCHANGED}
    assert [entry.attempts for entry in store.quarantined()] == [MOST_ATTEMPTS]


def test_a_refused_copy_that_is_handed_out_at_last_is_stored(store: Store) -> None:
    mailbox = RefusingMailbox("journal")
    for number in range(3):
        mailbox.deliver(letter(number), internal_at=NOW)
    run_poll(store, mailbox)
    mailbox.stubborn = frozenset()
    assert counts(run_poll(store, mailbox)) == {"seen": 3, "known": 2, "stored": 1}
    assert store.quarantined() == []
    assert fates(run_poll(store, mailbox)) == {"INBOX": FolderFate.UNCHANGED}


def test_a_refused_copy_that_is_removed_meanwhile_is_gone(store: Store) -> None:
    mailbox = RefusingMailbox("journal")
    for number in range(3):
        mailbox.deliver(letter(number), internal_at=NOW)
    run_poll(store, mailbox)
    mailbox.expunge(2)
    run = run_poll(store, mailbox)
    assert (counts(run), run.folders[0].vanished) == ({"seen": 2, "known": 2}, 1)
    assert [entry.reason for entry in store.quarantined()] == ["gone"]
    assert fates(run_poll(store, mailbox)) == {"INBOX": FolderFate.UNCHANGED}


class VanishingMailbox(MemoryMailbox):
    """Somebody deletes the first message just when it is fetched."""

    def fetch(self, *arguments: object) -> Iterator[FetchedMail]:
        self.expunge(1)
        return super().fetch(*arguments)  # type: ignore[arg-type]


def test_mail_deleted_between_listing_and_fetching_is_told_as_gone(store: Store) -> None:
    mailbox = VanishingMailbox("journal")
    for number in range(2):
        mailbox.deliver(letter(number), internal_at=NOW)
    run = run_poll(store, mailbox)
    assert (counts(run), run.folders[0].reasons) == ({"seen": 2, "stored": 1, "quarantined": 1}, {"gone": 1})


class ForgetfulMailbox(MemoryMailbox):
    """Breaks the contract: answers less than it was asked."""

    def fetch(self, *arguments: object) -> Iterator[FetchedMail]:
        return iter(list(super().fetch(*arguments))[:-1])  # type: ignore[arg-type]


def test_a_folder_that_is_answered_in_part_is_not_marked_as_read(store: Store) -> None:
    mailbox = ForgetfulMailbox("journal")
    for number in range(3):
        mailbox.deliver(letter(number), internal_at=NOW)
    run = run_poll(store, mailbox)
    assert (run.reached, run.stored, store.folder_marks("journal")) == (False, 2, {})
    assert "answered 2 of 3 messages of folder 'INBOX'" in run.error


class StutteringMailbox(MemoryMailbox):
    """Breaks the contract: answers one message twice and another one not at all."""

    def fetch(self, *arguments: object) -> Iterator[FetchedMail]:
        mails = list(super().fetch(*arguments))  # type: ignore[arg-type]
        return iter([*mails[:-1], mails[0]])


def test_one_answer_given_twice_does_not_stand_for_another_one(store: Store) -> None:
    mailbox = StutteringMailbox("journal")
    for number in range(3):
        mailbox.deliver(letter(number), internal_at=NOW)
    run = run_poll(store, mailbox)
    assert (run.reached, store.folder_marks("journal")) == (False, {})
    assert "answered 2 of 3 messages of folder 'INBOX'" in run.error


def test_a_restored_folder_that_gives_uids_again_is_stopped_and_then_read_as_numbered_anew(store: Store) -> None:
    mailbox = mailbox_of(*map(letter, range(4)))
    run_poll(store, mailbox)
    for first, numbering in ((5, 1 + 2**32), (7, 1 + 2**33)):
        mailbox.restore("INBOX", 3)
        mailbox.deliver(letter(first), internal_at=NOW)
        stopped = run_poll(store, mailbox)
        assert fates(stopped) == {"INBOX": FolderFate.STOPPED}
        assert "UIDNEXT 4, 5 was known" in stopped.error
        assert "--accept-uidvalidity" in stopped.error
        assert counts(run_poll(store, mailbox, ACCEPTED)) == {"seen": 3, "stored": 1, "duplicate": 2}
        assert store.folder_marks("journal")["INBOX"].uidvalidity == numbering
        assert fates(run_poll(store, mailbox)) == {"INBOX": FolderFate.UNCHANGED}
        mailbox.deliver(letter(first + 1), internal_at=NOW)
        assert counts(run_poll(store, mailbox)) == {"seen": 4, "known": 3, "stored": 1}


def test_a_server_that_comes_back_to_a_former_uidvalidity_may_have_given_its_uids_again(store: Store) -> None:
    before, between, after = mailbox_of(letter(1)), mailbox_of(letter(2)), mailbox_of(letter(3))
    between.renumber()
    for mailbox in (before, between, after):
        assert counts(run_poll(store, mailbox, ACCEPTED)) == {"seen": 1, "stored": 1}
    assert counts(run_poll(store, after)) == {"seen": 1, "known": 1}
    assert set(store.numberings("journal", "INBOX")) == {1, 2, 1 + 2**32}


def test_what_a_selection_left_out_that_was_never_polled_to_the_end_is_looked_at_again(store: Store) -> None:
    outside = letter(2).replace(b"corvus", b"press").replace(b"halden", b"news")
    mailbox = mailbox_of(letter(0))
    run_poll(store, mailbox)
    for raw in (outside, letter(3), letter(4)):
        mailbox.deliver(raw, internal_at=NOW)
    mailbox.disconnect_after(3 + 2)
    broken = run_poll(store, mailbox, selection=Selection(frozenset({"corvus.example"})))
    assert counts(broken) == {"seen": 4, "known": 1, "stored": 1, "out_of_scope": 1}
    mailbox.reconnect()
    assert counts(run_poll(store, mailbox)) == {"seen": 4, "known": 2, "stored": 2}
    assert len(subjects(store)) == 4


def test_a_folder_that_comes_back_under_its_name_is_listed_whole(store: Store) -> None:
    mailbox = MemoryMailbox("journal", excluded={"Junk": "junk"})
    for folder, number in (("Junk", 1), ("INBOX", 9)):
        mailbox.deliver(letter(number), folder, NOW)
    run = store.start_run("ingest", NOW, None, "")
    told = poll(mailbox, store, run, SETTINGS)
    assert counts(told) == {"seen": 1, "stored": 1}
    # UIDs of the one UIDVALIDITY that some servers have for all folders
    uidvalidity = mailbox.select("Junk").uidvalidity
    store.finish_folder(FolderMark("journal", "Projects", uidvalidity, messages=0, next_uid=2, selection=EVERYONE))
    mailbox.rename_folder("Junk", "Projects")
    assert counts(run_poll(store, mailbox)) == {"seen": 2, "known": 1, "stored": 1}


def test_many_folders_that_fail_are_told_in_a_few_words(store: Store) -> None:
    mailbox = MemoryMailbox("journal", [f"F{number}" for number in range(9)])
    mailbox.refuse(*(f"F{number}" for number in range(9)))
    error = run_poll(store, mailbox).error
    assert error.count("may not be read") == 3
    assert error.endswith("and 6 more folders")


def test_progress_counts_up_to_all_that_is_new(store: Store) -> None:
    mailbox = mailbox_of(*map(letter, range(5)))
    mailbox.deliver(letter(7), "Sent", NOW)
    told: list[tuple[int, int]] = []
    run = store.start_run("ingest", NOW, None, "")
    poll(mailbox, store, run, SETTINGS, progress=lambda *numbers: told.append(numbers))
    assert told == [(2, 5), (4, 5), (5, 5), (6, 6)]


class NextUidTooHigh(MemoryMailbox):
    """Promises UIDs for new mail that are far above those that it then gives."""

    def select(self, folder: str, first_uid: int = 1) -> FolderState:
        state = super().select(folder, first_uid)
        return replace(state, next_uid=1000)

    def statuses(self, folders: Sequence[str]) -> dict[str, FolderStatus]:
        return {name: replace(status, next_uid=1000) for name, status in super().statuses(folders).items()}


class StatusOfYesterday(MemoryMailbox):
    """Tells for ever what it told first."""

    told: dict[str, FolderStatus] | None = None

    def statuses(self, folders: Sequence[str]) -> dict[str, FolderStatus]:
        self.told = self.told or super().statuses(folders)
        return self.told


def test_mail_below_the_next_uid_that_was_told_is_found_by_its_number(store: Store) -> None:
    mailbox = NextUidTooHigh("journal")
    mailbox.deliver(letter(1), internal_at=NOW)
    run_poll(store, mailbox)
    mailbox.deliver(letter(2), internal_at=NOW)
    assert run_poll(store, mailbox).stored == 1
    assert run_poll(store, mailbox).stored == 0


@pytest.mark.parametrize("kind", [NextUidTooHigh, StatusOfYesterday])
def test_mail_that_a_servers_numbers_hide_is_found_in_time(store: Store, kind: type[MemoryMailbox]) -> None:
    mailbox = kind("journal")
    first = mailbox.deliver(letter(1), internal_at=NOW)
    run_poll(store, mailbox)
    mailbox.deliver(letter(2), internal_at=NOW)
    mailbox.expunge(first)
    assert sum(run_poll(store, mailbox).stored for _ in range(100)) == 1


def test_a_mailbox_of_which_nothing_is_left_stops_until_that_is_accepted(store: Store) -> None:
    mailbox = MemoryMailbox("journal")
    mailbox.deliver(letter(1), internal_at=NOW, folder="Projects")
    run_poll(store, mailbox)
    empty = MemoryMailbox("journal")
    for _ in range(2):
        run = run_poll(store, empty)
        assert (run.reached, fates(run)["Projects"]) == (False, FolderFate.STOPPED)
        assert "--accept-empty" in run.error
    run = run_poll(store, empty, ACCEPTED)
    assert (run.reached, fates(run)["Projects"]) == (True, FolderFate.GONE)

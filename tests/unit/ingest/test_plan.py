"""A plan fetches what is new, once, and stops where a folder became another."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.mailbox.contract import FolderState, FolderStatus
from ingest.plan import (
    FolderHistory,
    FolderPlan,
    check_safe,
    first_uid,
    is_drawn,
    is_numbered_anew,
    is_unchanged,
    must_list_all,
    plan_folder,
)
from ingest.settings import PollSettings
from models.errors import MailboxEmptiedError, UidsReusedError, UidValidityChangedError
from models.polls import FolderLedger, FolderMark

CAREFUL = PollSettings()
NEVER_SEEN = FolderHistory("INBOX")
MARK = FolderMark("journal", "INBOX", 7, messages=3, next_uid=5, selection="all")
POLLED = FolderHistory("INBOX", MARK)
STATUS = FolderStatus("INBOX", 7, 3, 5)


def listing(*uids: int, messages: int | None = None, uidvalidity: int = 7, next_uid: int | None = 9) -> FolderState:
    return FolderState("INBOX", uidvalidity, uids, len(uids) if messages is None else messages, next_uid)


def ledger(*uids: int, out_of_scope: frozenset[int] = frozenset()) -> FolderLedger:
    return FolderLedger("INBOX", 7, frozenset(uids), out_of_scope)


def check(history: FolderHistory, state: FolderState, settings: PollSettings = CAREFUL) -> None:
    check_safe("journal", history, state, settings)


def test_a_folder_never_seen_is_new_as_a_whole() -> None:
    assert first_uid(NEVER_SEEN, "all", 1) == 1
    assert plan_folder(NEVER_SEEN, listing(3, 1, 2), ledger()) == FolderPlan((3, 1, 2), (), 0, 0)
    check(NEVER_SEEN, listing())


def test_after_a_finished_poll_only_what_came_since_is_listed_and_the_rest_is_known() -> None:
    assert first_uid(POLLED, "all", 1) == 5
    plan = plan_folder(POLLED, listing(5, 6, messages=5), ledger(5))
    assert plan == FolderPlan(fetch=(6,), lost=(), known=4, vanished=0)
    assert plan.seen == 5


def test_copies_that_vanished_are_counted() -> None:
    assert plan_folder(POLLED, listing(5, 6, messages=3), ledger()).vanished == 2
    of_a_file = replace(POLLED, mark=replace(MARK, next_uid=None))
    assert plan_folder(of_a_file, listing(9, 2, next_uid=None), ledger(1, 2, 3)).vanished == 2
    assert plan_folder(POLLED, listing(1, 2, uidvalidity=8), ledger()).vanished == 0
    assert plan_folder(POLLED, listing(5, messages=9), ledger()).vanished == 0


def test_a_folder_is_unchanged_by_its_status_alone() -> None:
    assert is_unchanged(POLLED, STATUS, "all")
    assert is_unchanged(POLLED, replace(STATUS, modseq=10**9), "all")


FILE = replace(POLLED, mark=replace(MARK, next_uid=None, modseq=77))
FILE_STATUS = FolderStatus("INBOX", 7, None, None, 77)


def test_a_file_is_unchanged_by_its_fingerprint() -> None:
    assert is_unchanged(FILE, FILE_STATUS, "all")
    assert is_unchanged(FILE, replace(FILE_STATUS, messages=3), "all")
    assert not is_unchanged(FILE, replace(FILE_STATUS, messages=2), "all")
    assert not is_unchanged(FILE, replace(FILE_STATUS, modseq=78), "all")
    assert not is_unchanged(POLLED, FILE_STATUS, "all")
    unknown = replace(FILE, mark=replace(MARK, next_uid=None, modseq=None))
    assert not is_unchanged(unknown, replace(FILE_STATUS, modseq=None), "all")


@pytest.mark.parametrize(
    ("history", "status", "selection"),
    [
        (NEVER_SEEN, STATUS, "all"),
        (POLLED, replace(STATUS, messages=2), "all"),
        (POLLED, replace(STATUS, next_uid=6), "all"),
        (POLLED, replace(STATUS, messages=None), "all"),
        (POLLED, replace(STATUS, uidvalidity=8), "all"),
        (POLLED, STATUS, "some"),
        (replace(POLLED, retry={7: frozenset({2})}), STATUS, "all"),
        (replace(POLLED, mark=replace(MARK, next_uid=None)), STATUS, "all"),
    ],
)
def test_a_folder_that_may_hold_something_to_read_is_not_unchanged(
    history: FolderHistory, status: FolderStatus, selection: str
) -> None:
    assert not is_unchanged(history, status, selection)


def test_a_refused_copy_of_another_numbering_keeps_no_folder_from_being_unchanged() -> None:
    assert is_unchanged(replace(POLLED, retry={3: frozenset({2})}), STATUS, "all")


def test_refused_copies_are_asked_for_again_after_the_new_ones() -> None:
    history = replace(POLLED, retry={7: frozenset({2, 3}), 1: frozenset({1})})
    assert first_uid(history, "all", 1) == 2
    plan = plan_folder(history, listing(2, 4, 5, messages=4), ledger(2, 3, 4))
    assert plan == FolderPlan(fetch=(5, 2), lost=(3,), known=2, vanished=0)


def test_another_selection_looks_again_at_what_was_left_out() -> None:
    assert first_uid(POLLED, "some", 1) == 1
    plan = plan_folder(POLLED, listing(1, 2, 4, 5), ledger(1, 2, 3, 4, out_of_scope=frozenset({2, 3})))
    assert plan == FolderPlan(fetch=(5, 2), lost=(), known=2, vanished=0)


def test_files_are_listed_as_a_whole() -> None:
    assert first_uid(replace(POLLED, mark=replace(MARK, next_uid=None)), "all", 1) == 1


def test_a_folder_that_is_numbered_anew_or_counts_backwards_is_listed_as_a_whole() -> None:
    assert must_list_all(POLLED, listing(5, uidvalidity=8))
    assert must_list_all(POLLED, listing(next_uid=4))
    assert not must_list_all(POLLED, listing(5))
    assert not must_list_all(NEVER_SEEN, listing(1))
    assert not must_list_all(POLLED, listing(1, next_uid=None))


@pytest.mark.parametrize("history", [POLLED, FolderHistory("INBOX", numberings={7: 3})])
def test_an_emptied_folder_stops_the_poll_until_that_is_accepted(history: FolderHistory) -> None:
    with pytest.raises(MailboxEmptiedError, match="held 3 messages") as raised:
        check(history, listing())
    assert "--accept-empty" in raised.value.hint
    check(history, listing(), PollSettings(accept_empty=True))


def test_a_falling_uidnext_stops_the_poll_until_that_is_accepted() -> None:
    check(POLLED, listing(1, next_uid=5))
    with pytest.raises(UidsReusedError, match="UIDNEXT 4, 5 was known") as raised:
        check(POLLED, listing(1, next_uid=4))
    assert "--accept-uidvalidity" in raised.value.hint
    check(POLLED, listing(1, next_uid=4), PollSettings(accept_uidvalidity=True))
    check(FolderHistory("INBOX", replace(MARK, messages=0)), listing(1, next_uid=4))


@pytest.mark.parametrize(
    ("history", "state", "anew"),
    [
        (POLLED, listing(1), False),
        (POLLED, listing(1, next_uid=5), False),
        (POLLED, listing(1, next_uid=4), True),
        (POLLED, listing(1, uidvalidity=8), True),
        (replace(POLLED, mark=replace(MARK, uidvalidity=7 + 2**33)), listing(1), False),
        (replace(POLLED, mark=replace(MARK, next_uid=None)), listing(1, next_uid=4), False),
        (POLLED, listing(1, next_uid=None), False),
        (FolderHistory("INBOX", numberings={7: 3}), listing(1), False),
        (FolderHistory("INBOX", numberings={7: 3}), listing(1, uidvalidity=8), True),
        (NEVER_SEEN, listing(1), False),
    ],
)
def test_known_uids_say_nothing_where_a_folder_is_numbered_anew(
    history: FolderHistory,
    state: FolderState,
    anew: bool,  # noqa: FBT001
) -> None:
    assert is_numbered_anew(history, state) == anew


def test_a_numbering_that_was_begun_again_is_still_the_servers() -> None:
    again = replace(POLLED, mark=replace(MARK, uidvalidity=7 + 2**32))
    assert is_unchanged(again, STATUS, "all")
    with pytest.raises(UidValidityChangedError, match="UIDVALIDITY 8, 7 was known"):
        check(again, listing(1, uidvalidity=8))


def test_a_folder_that_held_nothing_is_listed_as_a_whole() -> None:
    assert first_uid(FolderHistory("INBOX", replace(MARK, messages=0)), "all", 1) == 1


def test_a_folder_that_was_empty_when_last_polled_may_stay_so() -> None:
    empty = FolderHistory("INBOX", replace(MARK, messages=0))
    check(empty, listing())
    check(empty, listing(uidvalidity=8))


@pytest.mark.parametrize("history", [POLLED, FolderHistory("INBOX", numberings={5: 4, 7: 3})])
def test_a_new_numbering_stops_the_poll_until_that_is_accepted(history: FolderHistory) -> None:
    for uidvalidity in (8, 5):
        with pytest.raises(UidValidityChangedError, match=f"UIDVALIDITY {uidvalidity}, 7 was known") as raised:
            check(history, listing(1, 2, uidvalidity=uidvalidity))
        assert "--accept-uidvalidity" in raised.value.hint
        check(history, listing(1, 2, uidvalidity=uidvalidity), PollSettings(accept_uidvalidity=True))
    check(history, listing(1, 2))


def test_accepting_a_new_numbering_does_not_accept_an_empty_folder() -> None:
    with pytest.raises(MailboxEmptiedError):
        check(POLLED, listing(uidvalidity=8), PollSettings(accept_uidvalidity=True))


UIDS = st.frozensets(st.integers(1, 60))


@given(listed=UIDS, seen=UIDS, outside=UIDS, retry=UIDS, below=st.integers(0, 9))
def test_every_listed_message_is_either_fetched_or_known(
    listed: frozenset[int], seen: frozenset[int], outside: frozenset[int], retry: frozenset[int], below: int
) -> None:
    history = FolderHistory("INBOX", MARK, retry={7: retry})
    state = listing(*sorted(listed), messages=len(listed) + below)
    plan = plan_folder(history, state, FolderLedger("INBOX", 7, seen, outside & seen))
    assert set(plan.fetch) == listed - (seen - outside - retry)
    assert len(plan.fetch) == len(set(plan.fetch))
    assert set(plan.lost) == retry - listed
    assert plan.seen == state.messages
    assert plan.vanished >= 0


def test_more_mail_below_the_mark_than_it_knew_makes_the_poll_list_all() -> None:
    assert must_list_all(POLLED, listing(messages=4))
    assert must_list_all(POLLED, listing(5, 6, messages=6))
    assert not must_list_all(POLLED, listing(5, 6, messages=5))
    assert not must_list_all(POLLED, listing(2, 5, messages=4))
    assert not must_list_all(POLLED, listing(messages=2))


def test_each_folder_is_listed_as_a_whole_now_and_then() -> None:
    drawn = [run for run in range(1, 321) if is_drawn(POLLED, run)]
    assert 4 <= len(drawn) <= 20
    assert [first_uid(POLLED, "all", run) for run in drawn] == [1] * len(drawn)
    # whatever else takes a number of a run in turn
    assert any(run % 2 for run in drawn)
    assert not all(run % 2 for run in drawn)
    assert not any(is_drawn(FILE, run) or is_drawn(NEVER_SEEN, run) for run in range(1, 321))

"""A plan fetches what is new, once, and stops where a folder became another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.mailbox.contract import FolderState
from ingest.plan import PollPlan, plan_poll
from ingest.settings import PollSettings
from models.errors import MailboxEmptiedError, UidValidityChangedError
from models.records import FolderLedger

UIDS = st.frozensets(st.integers(1, 60))
CAREFUL = PollSettings()
ANYTHING_GOES = PollSettings(accept_empty=True, accept_uidvalidity=True)


def plan(listed: tuple[int, ...], *ledger: FolderLedger, settings: PollSettings = CAREFUL) -> PollPlan:
    return plan_poll("journal", FolderState("INBOX", 7, listed), ledger, settings)


def known(uidvalidity: int, *uids: int) -> FolderLedger:
    return FolderLedger("INBOX", uidvalidity, frozenset(uids))


def test_a_folder_never_seen_is_new_as_a_whole() -> None:
    assert plan((3, 1, 2)) == PollPlan("INBOX", 7, (3, 1, 2), 0)


def test_known_mail_is_not_fetched_again() -> None:
    assert plan((1, 2, 3), known(7, 1, 2)) == PollPlan("INBOX", 7, (3,), 2)


def test_an_empty_folder_that_never_held_mail_is_no_reason_to_stop() -> None:
    assert plan(()).seen == 0


def test_an_emptied_folder_stops_the_poll_until_that_is_accepted() -> None:
    with pytest.raises(MailboxEmptiedError, match="held 2 messages") as raised:
        plan((), known(7, 1, 2))
    assert "--accept-empty" in raised.value.hint
    assert plan((), known(7, 1, 2), settings=PollSettings(accept_empty=True)).seen == 0


def test_a_new_numbering_stops_the_poll_until_that_is_accepted() -> None:
    with pytest.raises(UidValidityChangedError, match="UIDVALIDITY 7, 5 was known") as raised:
        plan((1, 2), known(5, 1, 2))
    assert "--accept-uidvalidity" in raised.value.hint
    assert plan((1, 2), known(5, 1, 2), settings=PollSettings(accept_uidvalidity=True)).new == (1, 2)


def test_a_numbering_accepted_before_does_not_stop_again() -> None:
    assert plan((1, 2), known(5, 1, 2), known(7, 1)).new == (2,)


def test_accepting_a_new_numbering_does_not_accept_an_empty_folder() -> None:
    with pytest.raises(MailboxEmptiedError):
        plan((), known(5, 1, 2), settings=PollSettings(accept_uidvalidity=True))


@given(UIDS, UIDS, st.dictionaries(st.integers(1, 9), UIDS, max_size=3))
def test_every_listed_message_is_either_new_or_known(
    listed: frozenset[int], seen: frozenset[int], others: dict[int, frozenset[int]]
) -> None:
    ledger = [FolderLedger("INBOX", validity, uids) for validity, uids in others.items() if validity != 7]
    ledger.append(FolderLedger("INBOX", 7, seen))
    made = plan(tuple(sorted(listed)), *ledger, settings=ANYTHING_GOES)
    assert set(made.new) == listed - seen
    assert made.seen == len(listed)
    assert made.known == len(listed & seen)

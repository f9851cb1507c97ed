"""The mailbox in memory keeps the contract."""

from collections.abc import Sequence

import pytest

from ingest.mailbox.contract import MailSource
from ingest.mailbox.memory import MemoryMailbox
from tests.contract.mailbox_contract import RECEIVED, MailboxContract, letter


class MemoryPost:
    """Delivers into memory."""

    def __init__(self) -> None:
        self.mailbox = MemoryMailbox("journal")
        self._uids: list[int] = []

    def deliver(self, messages: Sequence[bytes]) -> None:
        self._uids += [self.mailbox.deliver(raw, internal_at=RECEIVED) for raw in messages]

    def remove(self, position: int) -> None:
        self.mailbox.expunge(self._uids[position])

    def open(self) -> MailSource:
        return self.mailbox

    def traces(self) -> object:
        return self.mailbox.select("INBOX")


class TestMemoryMailbox(MailboxContract):
    """The contract, and numbering anew."""

    @pytest.fixture
    def post(self) -> MemoryPost:
        return MemoryPost()

    def test_renumbering_gives_a_new_uidvalidity_and_uids_from_one(self, post: MemoryPost) -> None:
        post.deliver([letter(1), letter(2), letter(3)])
        post.remove(0)
        before = post.mailbox.select("INBOX")
        post.mailbox.renumber()
        after = post.mailbox.select("INBOX")
        assert before.uids == (2, 3)
        assert after.uids == (1, 2)
        assert after.uidvalidity > before.uidvalidity

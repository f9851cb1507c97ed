"""An mbox file keeps the contract; its own traps are in the tests of `ingest.mailbox.mbox`."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from ingest.mailbox.contract import MailSource
from ingest.mailbox.mbox import MboxMailbox
from tests.contract.mailbox_contract import MailboxContract, OneFilePost


class MboxPost(OneFilePost):
    """A file in mboxrd format."""

    def write(self, there: Mapping[int, bytes]) -> None:
        line = b"From ana Mon Mar  2 09:30:00 2026\n"
        self.path.write_bytes(b"".join(line + _quoted(raw) + b"\n" for raw in there.values()))

    def open(self) -> MailSource:
        return MboxMailbox.open("journal", self.path)


def _quoted(raw: bytes) -> bytes:
    return re.sub(rb"^(>*From )", rb">\1", raw, flags=re.MULTILINE)


class TestMboxMailbox(MailboxContract):
    """The contract."""

    @pytest.fixture
    def post(self, tmp_path: Path) -> MboxPost:
        return MboxPost(tmp_path / "mail.mbox")

"""An mbox file keeps the contract; its own traps are in the tests of `ingest.mailbox.mbox`."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.mailbox.contract import MailSource
from ingest.mailbox.mbox import MboxMailbox
from tests.contract.mailbox_contract import MailboxContract


class MboxPost:
    """Appends to a file in mboxrd format."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._messages: list[bytes | None] = []
        self._write()

    def deliver(self, messages: Sequence[bytes]) -> None:
        self._messages += messages
        self._write()

    def remove(self, position: int) -> None:
        self._messages[position] = None
        self._write()

    def open(self) -> MailSource:
        return MboxMailbox.open("journal", self._path)

    def traces(self) -> object:
        return self._path.read_bytes(), self._path.stat().st_mtime_ns, sorted(self._path.parent.iterdir())

    def _write(self) -> None:
        there = [message for message in self._messages if message is not None]
        self._path.write_bytes(b"".join(b"From ana Mon Mar  2 09:30:00 2026\n" + _quoted(raw) + b"\n" for raw in there))


def _quoted(raw: bytes) -> bytes:
    return re.sub(rb"^(>*From )", rb">\1", raw, flags=re.MULTILINE)


class TestMboxMailbox(MailboxContract):
    """The contract."""

    @pytest.fixture
    def post(self, tmp_path: Path) -> MboxPost:
        return MboxPost(tmp_path / "mail.mbox")

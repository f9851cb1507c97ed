"""A Maildir keeps the contract; its own traps are in the tests of `ingest.mailbox.maildir`."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.mailbox.contract import MailSource
from ingest.mailbox.maildir import MaildirMailbox
from tests.contract.mailbox_contract import RECEIVED, MailboxContract


class MaildirPost:
    """Delivers into `new`, as a delivery agent does."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._files: list[Path] = []
        for part in ("cur", "new", "tmp"):
            (path / part).mkdir(parents=True)

    def deliver(self, messages: Sequence[bytes]) -> None:
        for raw in messages:
            file = self._path / "new" / f"{1772443800 + len(self._files)}.M{len(self._files)}P7.mail.example"
            file.write_bytes(raw)
            os.utime(file, (RECEIVED.timestamp(), RECEIVED.timestamp()))
            self._files.append(file)

    def remove(self, position: int) -> None:
        self._files[position].unlink()

    def open(self) -> MailSource:
        return MaildirMailbox.open("journal", self._path)

    def traces(self) -> object:
        return [(path, path.stat().st_mtime_ns) for path in sorted(self._path.rglob("*"))]


class TestMaildirMailbox(MailboxContract):
    """The contract."""

    @pytest.fixture
    def post(self, tmp_path: Path) -> MaildirPost:
        return MaildirPost(tmp_path / "mail")

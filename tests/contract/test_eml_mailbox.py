"""Single files in a folder and in a .zip keep the contract; their traps are in the tests of `ingest.mailbox.eml`."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.mailbox.contract import MailSource
from ingest.mailbox.eml import EmlMailbox
from tests.contract.mailbox_contract import MailboxContract


class FolderPost:
    """Writes one file for each message."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._count = 0
        path.mkdir()

    def deliver(self, messages: Sequence[bytes]) -> None:
        for raw in messages:
            (self._path / f"{self._count:04}.eml").write_bytes(raw)
            self._count += 1

    def remove(self, position: int) -> None:
        (self._path / f"{position:04}.eml").unlink()

    def open(self) -> MailSource:
        return EmlMailbox.open("journal", self._path)

    def traces(self) -> object:
        return [(path, path.stat().st_mtime_ns) for path in sorted(self._path.rglob("*"))]


class ZipPost:
    """Writes the archive anew at every change."""

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
        return EmlMailbox.open("journal", self._path)

    def traces(self) -> object:
        return self._path.read_bytes(), self._path.stat().st_mtime_ns, sorted(self._path.parent.iterdir())

    def _write(self) -> None:
        with zipfile.ZipFile(self._path, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, raw in enumerate(self._messages):
                if raw is not None:
                    archive.writestr(f"{number:04}.eml", raw)


class TestFolderOfFiles(MailboxContract):
    """The contract; a file's time says when it was copied, so it is no moment of arrival."""

    received = None

    @pytest.fixture
    def post(self, tmp_path: Path) -> FolderPost:
        return FolderPost(tmp_path / "mail")


class TestZipOfFiles(MailboxContract):
    """The contract; a file's time says when it was copied, so it is no moment of arrival."""

    received = None

    @pytest.fixture
    def post(self, tmp_path: Path) -> ZipPost:
        return ZipPost(tmp_path / "mail.zip")

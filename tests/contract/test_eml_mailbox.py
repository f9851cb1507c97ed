"""Single files in a folder and in a .zip keep the contract; their traps are in the tests of `ingest.mailbox.eml`."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from ingest.mailbox.contract import MailSource
from ingest.mailbox.eml import EmlMailbox
from tests.contract.mailbox_contract import MailboxContract, OneFilePost


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


class ZipPost(OneFilePost):
    """An archive of single files."""

    def write(self, there: Mapping[int, bytes]) -> None:
        with zipfile.ZipFile(self.path, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, raw in there.items():
                archive.writestr(f"{number:04}.eml", raw)

    def open(self) -> MailSource:
        return EmlMailbox.open("journal", self.path)


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

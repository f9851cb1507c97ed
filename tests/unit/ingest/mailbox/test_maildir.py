"""The traps of Maildirs: flags in names, moved files, sub-folders."""

import gzip
import os
from pathlib import Path

import pytest

from ingest.mailbox.maildir import MaildirMailbox
from models.errors import MailboxRefusedError, MailboxUnreachableError
from tests.contract.mailbox_contract import letter


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    return make_folder(tmp_path / "mail")


def make_folder(path: Path) -> Path:
    for part in ("cur", "new", "tmp"):
        (path / part).mkdir(parents=True)
    return path


def uids(maildir: Path, folder: str = "INBOX") -> tuple[int, ...]:
    return MaildirMailbox.open("journal", maildir).select(folder).uids


def test_a_message_keeps_its_uid_when_it_is_read_and_flagged(maildir: Path) -> None:
    file = maildir / "new" / "1700000001.M1P1.host"
    file.write_bytes(letter(1))
    before = uids(maildir)
    seen = file.rename(maildir / "cur" / "1700000001.M1P1.host:2,S")
    assert uids(maildir) == before
    seen.rename(maildir / "cur" / "1700000001.M1P1.host:2,FRS")
    assert uids(maildir) == before


def test_a_file_renamed_after_it_was_listed_is_still_read(maildir: Path) -> None:
    file = maildir / "new" / "1700000001.M1P1.host"
    file.write_bytes(letter(1))
    mailbox = MaildirMailbox.open("journal", maildir)
    listed = mailbox.select("INBOX").uids
    fetched = mailbox.fetch(listed)
    file.rename(maildir / "cur" / "1700000001.M1P1.host:2,S")
    assert [mail.raw for mail in fetched] == [letter(1)]


def test_order_is_that_of_delivery_whatever_the_length_of_the_number(maildir: Path) -> None:
    for number, second in ((1, 999999999), (2, 1000000000)):
        (maildir / "cur" / f"{second}.M1P1.host:2,").write_bytes(letter(number))
    mailbox = MaildirMailbox.open("journal", maildir)
    assert [mail.raw for mail in mailbox.fetch(mailbox.select("INBOX").uids)] == [letter(1), letter(2)]


def test_sub_folders_are_listed_and_drafts_junk_and_trash_set_aside(maildir: Path) -> None:
    for name in (".Archive", ".Archive.2025", ".Trash", ".Spam", ".Drafts"):
        make_folder(maildir / name)
    (maildir / ".notes").mkdir()
    (maildir / ".Archive.2025" / "cur" / "1700000001.M1P1.host").write_bytes(letter(1))
    folders = MaildirMailbox.open("journal", maildir).folders()
    assert [folder.name for folder in folders if not folder.excluded] == ["INBOX", "Archive", "Archive/2025"]
    assert {folder.name: folder.excluded for folder in folders if folder.excluded} == dict.fromkeys(
        ("Drafts", "Spam", "Trash"), "drafts, junk or trash"
    )
    assert len(uids(maildir, "Archive/2025")) == 1


def test_dot_files_are_no_mail(maildir: Path) -> None:
    (maildir / "cur" / ".nfs0001").write_bytes(b"x")
    assert uids(maildir) == ()


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(MailboxRefusedError, match="no Maildir"):
        MaildirMailbox.open("journal", tmp_path)
    with pytest.raises(MailboxUnreachableError, match="not a folder"):
        MaildirMailbox.open("journal", tmp_path / "gone")


def test_folders_that_lie_in_one_another_are_sub_folders_too(maildir: Path) -> None:
    for name in ("Archive/2025", ".Archive.2025", "Drafts"):
        make_folder(maildir / name)
    (maildir / "Archive" / "2025" / "cur" / "1700000001.M1P1.host").write_bytes(letter(1))
    (maildir / ".Archive.2025" / "cur" / "1700000002.M1P1.host").write_bytes(letter(2))
    mailbox = MaildirMailbox.open("journal", maildir)
    names = [folder.name for folder in mailbox.folders() if not folder.excluded]
    assert names == ["INBOX", "Archive/2025", "Archive/2025 (2)"]
    assert {mail.raw for name in names for mail in mailbox.fetch(mailbox.select(name).uids)} == {letter(1), letter(2)}


def test_what_is_no_ordinary_file_is_named_and_not_opened(maildir: Path) -> None:
    os.mkfifo(maildir / "new" / "pipe")
    (maildir / "new" / "device").symlink_to("/dev/zero")
    mailbox = MaildirMailbox.open("journal", maildir)
    assert [mail.problem for mail in mailbox.fetch(mailbox.select("INBOX").uids)] == [
        "refused: device is no ordinary file",
        "refused: pipe is no ordinary file",
    ]


def test_messages_that_the_server_keeps_compressed_are_unpacked(maildir: Path) -> None:
    (maildir / "cur" / "1700000001.M1P1.host,S=99:2,SZ").write_bytes(gzip.compress(letter(1)))
    (maildir / "cur" / "1700000002.M1P1.host:2,S").write_bytes(b"\x1f\x8bdamaged")
    mailbox = MaildirMailbox.open("journal", maildir)
    good, damaged = mailbox.fetch(mailbox.select("INBOX").uids)
    assert good.raw == letter(1)
    assert damaged.problem.startswith("refused: 1700000002.M1P1.host:2,S: ")

"""The traps of folders and archives of single files: what is mail, what is not, and archives made to harm."""

import gzip
import lzma
import os
import resource
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.mailbox.contract import FetchedMail
from ingest.mailbox.eml import EmlMailbox
from ingest.mailbox.mbox import MboxMailbox
from ingest.settings import FetchLimits
from models.errors import MailboxRefusedError, MailboxUnreachableError
from tests.contract.mailbox_contract import letter

LINE = b"From ana@corvus.example Mon Mar  2 09:30:00 2026\n"


def write(top: Path, **files: bytes) -> Path:
    for name, content in files.items():
        put(top, name, content)
    return top


def put(top: Path, name: str, content: bytes) -> None:
    (top / name).parent.mkdir(parents=True, exist_ok=True)
    (top / name).write_bytes(content)


def pack(path: Path, files: list[tuple[str, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return path


def read(path: Path) -> dict[str, list[FetchedMail]]:
    with EmlMailbox.open("old", path) as mailbox:
        names = [folder.name for folder in mailbox.folders()]
        return {name: list(mailbox.fetch(mailbox.select(name).uids)) for name in names}


def raws(path: Path) -> dict[str, list[bytes]]:
    return {name: [mail.raw for mail in found] for name, found in read(path).items()}


def tree() -> list[tuple[str, bytes]]:
    return [
        ("one.EML", letter(1)),
        ("inbox/two.eml", letter(2)),
        ("Sent/2025/three", letter(3)),
        ("archive.mbox", LINE + letter(4) + b"\n" + LINE + letter(5)),
        ("maildir/cur/1700000001.M1P1.host:2,S", letter(6)),
        ("maildir/tmp/1700000002.M1P1.host", b"half"),
        ("maildir/dovecot-uidlist", b"3 V1 N2"),
        ("maildir/.Archive.2024/new/1700000003.M1P1.host", letter(7)),
        (".DS_Store", b"\0"),
        ("__MACOSX/._one.EML", b"\0"),
    ]


EXPECTED = {
    "INBOX": [letter(1)],
    "./inbox": [letter(2)],
    "Sent/2025": [letter(3)],
    "archive.mbox": [letter(4), letter(5)],
    "maildir": [letter(6)],
    "maildir/Archive/2024": [letter(7)],
}


def test_a_folder_and_a_zip_of_it_give_the_same_mail_in_the_same_folders(tmp_path: Path) -> None:
    for name, content in tree():
        put(tmp_path / "mail", name, content)
    assert raws(tmp_path / "mail") == EXPECTED
    assert raws(pack(tmp_path / "mail.zip", tree())) == EXPECTED


def test_a_zip_in_a_folder_is_read_one_level_deep(tmp_path: Path) -> None:
    inner = pack(tmp_path / "inner.zip", [("a.eml", letter(1))]).read_bytes()
    (tmp_path / "mail").mkdir()
    pack(tmp_path / "mail" / "2024.zip", [("b.eml", letter(2)), ("inner.zip", inner)])
    found = read(tmp_path / "mail")["2024.zip"]
    assert [(mail.raw, mail.problem) for mail in found] == [(letter(2), ""), (b"", "no_mail: 2024.zip/inner.zip")]


def test_files_that_are_no_mail_are_listed_and_named(tmp_path: Path) -> None:
    write(tmp_path, **{"plan.pdf": b"%PDF-1.7", "all.pst": b"!BDN", "report.doc": bytes.fromhex("d0cf11e0a1b11ae1")})
    (tmp_path / "elsewhere").symlink_to("/")
    assert sorted(mail.problem for mail in read(tmp_path)["INBOX"]) == [
        "no_mail: all.pst",
        "no_mail: plan.pdf",
        "no_mail: report.doc",
        "refused: elsewhere: a link to a folder",
    ]


def test_a_from_line_above_a_single_message_makes_no_folder(tmp_path: Path) -> None:
    write(tmp_path, **{"one.eml": LINE + letter(1), "two.eml": LINE + letter(2) + b"\n" + LINE + letter(3)})
    assert raws(tmp_path) == {"INBOX": [LINE + letter(1)], "two.eml": [letter(2), letter(3)]}


def test_renamed_and_touched_files_keep_their_uids_and_other_content_gets_another(tmp_path: Path) -> None:
    def uids() -> tuple[int, ...]:
        with EmlMailbox.open("old", tmp_path) as mailbox:
            return mailbox.select("INBOX").uids

    write(tmp_path, **{"one.eml": letter(1)})
    before = uids()
    (tmp_path / "one.eml").rename(tmp_path / "moved.eml")
    (tmp_path / "moved.eml").touch()
    assert uids() == before
    write(tmp_path, **{"moved.eml": letter(2)})
    assert uids() != before


def test_what_is_told_without_reading_changes_with_the_files(tmp_path: Path) -> None:
    def told() -> object:
        with EmlMailbox.open("old", tmp_path) as mailbox:
            return mailbox.statuses(["INBOX"])["INBOX"]

    write(tmp_path, **{"one.eml": letter(1)})
    before = told()
    assert told() == before
    write(tmp_path, **{"one.eml": letter(1, b"other words\n")})
    assert told() != before


def test_names_in_a_zip_lead_nowhere_and_may_occur_twice(tmp_path: Path) -> None:
    files = [("../../etc/a.eml", letter(1)), ("/b.eml", letter(2)), ("C:\\mail\\c.eml", letter(3)), ("..", letter(4))]
    with pytest.warns(UserWarning, match="Duplicate name"):
        found = raws(pack(tmp_path / "mail.zip", [*files, ("/b.eml", letter(5))]))
    assert found == {
        "INBOX": [letter(2), letter(4), letter(5)],
        "etc": [letter(1)],
        "C:/mail": [letter(3)],
    }


def test_names_without_a_character_set_are_taken_for_utf_8(tmp_path: Path) -> None:
    packed = pack(tmp_path / "mail.zip", [("Entwürfe/a.eml", letter(1))]).read_bytes()
    # without the flag that says so, and once more in letters of no character set
    plain = packed.replace((0x800).to_bytes(2, "little"), b"\0\0")
    (tmp_path / "plain.zip").write_bytes(plain)
    (tmp_path / "odd.zip").write_bytes(plain.replace("ü".encode(), b"\xff\xfe"))
    assert list(raws(tmp_path / "plain.zip")) == ["INBOX", "Entwürfe"]
    assert len(raws(tmp_path / "odd.zip")) == 2
    with EmlMailbox.open("old", tmp_path / "plain.zip") as mailbox:
        assert [folder.excluded for folder in mailbox.folders()] == ["", "drafts, junk or trash"]


def test_an_encrypted_member_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    packed = bytearray(pack(tmp_path / "mail.zip", [("a.eml", letter(1)), ("b.eml", letter(2))]).read_bytes())
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "mail.zip").write_bytes(packed)
    first, second = read(tmp_path / "mail.zip")["INBOX"]
    assert (first.raw, first.problem) == (b"", "refused: a.eml: encrypted")
    assert second.raw == letter(2)


def test_a_damaged_member_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    packed = bytearray(pack(tmp_path / "mail.zip", [("a.eml", letter(1)), ("b.eml", letter(2))]).read_bytes())
    packed[40] ^= 0xFF
    (tmp_path / "mail.zip").write_bytes(packed)
    first, second = read(tmp_path / "mail.zip")["INBOX"]
    assert first.problem.startswith("refused: a.eml: ")
    assert second.raw == letter(2)


def test_a_zip_that_unpacks_out_of_proportion_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.eml", bytes(10**7))
        member = archive.getinfo("a.eml")
        # the same bytes under many names, as in bombs that need no nesting
        archive.filelist += [member] * 200
    with pytest.raises(MailboxRefusedError, match="unpacks to 20"):
        EmlMailbox.open("old", tmp_path / "bomb.zip")


def test_neither_a_folder_nor_a_zip_is_told(tmp_path: Path) -> None:
    write(tmp_path, notes=b"Dear all\n")
    with pytest.raises(MailboxRefusedError, match=r"neither a folder nor a \.zip"):
        EmlMailbox.open("old", tmp_path / "notes")
    with pytest.raises(MailboxUnreachableError, match="gone"):
        EmlMailbox.open("old", tmp_path / "gone")


def test_real_mail_is_the_same_as_mbox_as_files_and_as_a_zip(enron_mboxes: dict[str, Path], tmp_path: Path) -> None:
    mbox = enron_mboxes["andersen.com"]
    with MboxMailbox.open("old", mbox) as mailbox:
        letters = [mail.raw for mail in mailbox.fetch(mailbox.select("INBOX").uids)]
    files = [(f"{number}.eml", raw) for number, raw in enumerate(letters)]
    for name, raw in files:
        put(tmp_path / "mail", name, raw)
    packed = pack(tmp_path / "mail.zip", [*files, ("all.mbox", mbox.read_bytes())])
    expected = sorted(letters)
    assert sorted(raws(tmp_path / "mail")["INBOX"]) == expected
    assert {name: sorted(found) for name, found in raws(packed).items()} == {"INBOX": expected, "all.mbox": expected}


def test_what_is_no_ordinary_file_is_named_and_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.eml")
    (tmp_path / "device.eml").symlink_to("/dev/zero")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "nowhere.eml").symlink_to("gone")
    assert sorted(mail.problem for mail in read(tmp_path)["INBOX"]) == [
        "refused: device.eml: a pipe, socket or device",
        "refused: loop: a link that cannot be followed: Too many levels of symbolic links",
        "refused: nowhere.eml: a link that cannot be followed: No such file or directory",
        "refused: pipe.eml: a pipe, socket or device",
    ]


@pytest.mark.parametrize("magic", ["fd377a585a00", "1f8b08", "425a68", "504b0304"])
def test_damaged_archives_are_named_and_stop_nothing(tmp_path: Path, magic: str) -> None:
    put(tmp_path, "damaged" if magic != "504b0304" else "damaged.zip", bytes.fromhex(magic) + b"damage" * 50)
    put(tmp_path, "one.eml", letter(1))
    found = read(tmp_path)["INBOX"]
    assert [mail.raw for mail in found if not mail.problem] == [letter(1)]
    assert [mail.problem[:16] for mail in found if mail.problem] == ["refused: damaged"]


@given(at=st.integers(0, 2000), damage=st.binary(min_size=1, max_size=8))
def test_a_zip_with_any_damage_is_read_or_refused(at: int, damage: bytes) -> None:
    with tempfile.TemporaryDirectory() as place:
        path = pack(Path(place) / "mail.zip", [(name, content) for name, content in tree() if content != b"\0"])
        content = path.read_bytes()
        at %= len(content)
        path.write_bytes(content[:at] + damage + content[at + len(damage) :])
        with suppress(MailboxRefusedError):
            read(path)
        assert read(Path(place))


def test_single_messages_that_are_kept_compressed_are_unpacked_within_bounds(tmp_path: Path) -> None:
    put(tmp_path, "one", gzip.compress(letter(1)))
    put(tmp_path, "two.eml", lzma.compress(letter(2)))
    put(tmp_path, "bomb.eml", gzip.compress(letter(3) + bytes(10**6)))
    with EmlMailbox.open("old", tmp_path) as mailbox:
        found = list(mailbox.fetch(mailbox.select("INBOX").uids, FetchLimits(message_bytes=10**5)))
    assert {mail.raw or mail.problem for mail in found} == {letter(1), letter(2), "too_large"}


def test_files_of_a_folder_that_is_called_like_an_mbox_are_not_lost(tmp_path: Path) -> None:
    archive = pack(tmp_path / "mail.zip", [("a", LINE + letter(1)), ("a/2.eml", letter(2))])
    assert raws(archive) == {"INBOX": [], "a": [letter(2)], "a (2)": [letter(1)]}


def test_mail_whose_name_begins_like_a_programs_notes_is_mail(tmp_path: Path) -> None:
    put(tmp_path, "dovecot-question.eml", letter(1))
    put(tmp_path, ".hidden.eml", letter(2))
    assert set(raws(tmp_path)["INBOX"]) == {letter(1), letter(2)}


def test_a_folder_that_was_emptied_is_listed_with_nothing_in_it(tmp_path: Path) -> None:
    (tmp_path / "Archive").mkdir()
    assert raws(tmp_path) == {"INBOX": [], "Archive": []}


def test_more_archives_than_a_process_may_open(tmp_path: Path) -> None:
    usual = resource.getrlimit(resource.RLIMIT_NOFILE)
    for number in range(100):
        pack(tmp_path / f"{number:03}.zip", [(f"{number}.eml", letter(number))])
    resource.setrlimit(resource.RLIMIT_NOFILE, (60, usual[1]))
    try:
        found = [mail for some in read(tmp_path).values() for mail in some]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, usual)
    assert [mail.problem for mail in found] == [""] * 100


def test_a_member_that_lost_its_password_is_another_file(tmp_path: Path) -> None:
    path = pack(tmp_path / "mail.zip", [("one.eml", letter(1))])
    plain = path.read_bytes()
    central = plain.index(b"PK\1\2")
    path.write_bytes(plain[:6] + b"\1" + plain[7 : central + 8] + b"\1" + plain[central + 9 :])
    with EmlMailbox.open("old", path) as mailbox:
        locked = mailbox.select("INBOX").uids
    path.write_bytes(plain)
    with EmlMailbox.open("old", path) as mailbox:
        assert mailbox.select("INBOX").uids != locked

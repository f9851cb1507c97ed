"""The traps of mbox files: what separates messages, what only looks like it, and files that are none."""

import bz2
import gzip
import io
import lzma
import os
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.mailbox.compressed import copied
from ingest.mailbox.contract import FetchedMail, FolderState
from ingest.mailbox.file_bytes import FileBytes
from ingest.mailbox.mbox import MboxMailbox
from models.errors import MailboxRefusedError, MailboxUnreachableError

LINE = b"From ana@corvus.example Mon Mar  2 09:30:00 2026\n"
LETTER = b"Subject: one\n\nbody\n"


def read(content: bytes) -> list[FetchedMail]:
    mailbox = MboxMailbox("journal", Path("unused"), FileBytes.of(content))
    return list(mailbox.fetch(mailbox.select("INBOX").uids))


def raws(content: bytes) -> list[bytes]:
    return [mail.raw for mail in read(content)]


def test_an_empty_file_is_an_empty_mailbox(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with MboxMailbox.open("journal", tmp_path / "empty") as mailbox:
        assert mailbox.select("INBOX").uids == ()


def test_a_file_that_is_no_mbox_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Dear all\n")
    with pytest.raises(MailboxRefusedError, match="no mbox"):
        MboxMailbox.open("journal", tmp_path / "notes.txt")


@pytest.mark.parametrize("name", ["gone", "."])
def test_a_file_that_cannot_be_read_is_unreachable(tmp_path: Path, name: str) -> None:
    with pytest.raises(MailboxUnreachableError):
        MboxMailbox.open("journal", tmp_path / name)


def test_the_empty_line_before_the_next_message_belongs_to_neither() -> None:
    assert raws(LINE + LETTER + b"\n" + LINE + LETTER + b"\n") == [LETTER, LETTER]


def test_a_last_message_without_an_end_is_whole() -> None:
    assert raws(LINE + b"Subject: one\n\nbody") == [b"Subject: one\n\nbody"]


def test_line_ends_may_be_mixed() -> None:
    crlf = LINE.replace(b"\n", b"\r\n") + LETTER.replace(b"\n", b"\r\n") + b"\r\n"
    assert raws(crlf + LINE + LETTER) == [LETTER.replace(b"\n", b"\r\n"), LETTER]


@pytest.mark.parametrize(
    "prose",
    [
        b"From Monday on we ship twice a week.\n",  # no date
        b"From ana Mon Mar  2 09:30:00 2026\n",  # no header field below
    ],
)
def test_prose_after_an_empty_line_is_no_separator(prose: bytes) -> None:
    letter = LETTER + b"\n" + prose + b"and so on\n"
    assert raws(LINE + letter + b"\n" + LINE + LETTER) == [letter, LETTER]


def test_an_envelope_line_inside_a_paragraph_is_no_separator() -> None:
    letter = b"Subject: one\n\nlook:\n" + LINE + b"Subject: two\n"
    assert raws(LINE + letter) == [letter]


def test_a_message_cut_off_before_the_next_one_keeps_to_itself() -> None:
    following = LINE + b"Return-Path: <a@b.example>\nFrom: a@b.example\nSubject: two\n\n"
    assert raws(LINE + LETTER + following) == [LETTER, following.removeprefix(LINE).removesuffix(b"\n")]


def test_a_patch_pasted_into_a_message_is_no_separator() -> None:
    patch = b"From " + b"0a" * 20 + b" Mon Sep 17 00:00:00 2001\nFrom: Ana <ana@corvus.example>\nDate: x\n\n"
    letter = LETTER + b"\n" + patch + b"diff\n"
    assert raws(LINE + letter + b"\n" + LINE + LETTER) == [letter, LETTER]
    assert len(raws(patch + b"diff\n\n" + patch)) == 2


def counted(body: bytes) -> bytes:
    return b"Subject: one\nContent-Length: %d\n\n%b" % (len(body), body)


def test_a_true_content_length_ends_a_message_and_nothing_in_it_is_changed() -> None:
    letters = [counted(b"one\n\n" + LINE + LETTER + b">From x\n"), counted(b""), counted(b"two")]
    assert raws(b"".join(LINE + letter + b"\n" for letter in letters)) == letters


def test_quoted_lines_are_restored_where_the_writer_counted_and_quoted() -> None:
    letters = [counted(b"one\n>From x\n"), counted(b"two\n")]
    assert raws(b"".join(LINE + letter + b"\n" for letter in letters))[0].endswith(b"\nFrom x\n")


@pytest.mark.parametrize("length", [0, 3, 10**6, 10**15])
def test_a_false_content_length_is_passed_over(length: int) -> None:
    false = b"Subject: one\nContent-Length: %d\n\nbody\n" % length
    assert raws(LINE + false + b"\n" + LINE + LETTER) == [false, LETTER]
    assert raws(LINE + counted(b"x\n") + b"\n" + LINE + false + b"\n" + LINE + LETTER) == [
        counted(b"x\n"),
        false,
        LETTER,
    ]


@pytest.mark.parametrize("opener", [gzip.open, lzma.open, bz2.open])
def test_compressed_files_are_read(tmp_path: Path, opener: Callable[..., Any]) -> None:
    with opener(tmp_path / "mail", "wb") as file:
        file.write(LINE + LETTER)
    with MboxMailbox.open("journal", tmp_path / "mail") as mailbox:
        assert [mail.raw for mail in mailbox.fetch(mailbox.select("INBOX").uids)] == [LETTER]


@pytest.mark.parametrize("cut", [12, 30])
def test_a_compressed_file_that_does_not_unpack_is_refused(tmp_path: Path, cut: int) -> None:
    (tmp_path / "mail.gz").write_bytes(gzip.compress(LINE + LETTER)[:cut])
    with pytest.raises(MailboxRefusedError, match="does not unpack"):
        MboxMailbox.open("journal", tmp_path / "mail.gz")


def test_what_unpacks_out_of_proportion_is_refused() -> None:
    with pytest.raises(ValueError, match="more than 1000 bytes"):
        copied(io.BytesIO(bytes(1001)), 1000)


def test_the_last_message_waits_while_the_file_grows(tmp_path: Path) -> None:
    path = tmp_path / "mail.mbox"
    path.write_bytes(LINE + LETTER + b"\n" + LINE + b"Subject: two\n\nhal")
    with MboxMailbox.open("journal", path) as mailbox:
        with path.open("ab") as file:
            file.write(b"f\n")
        state = mailbox.select("INBOX")
        assert [mail.raw for mail in mailbox.fetch(state.uids)] == [LETTER]
        assert state.modseq is None
    with MboxMailbox.open("journal", path) as mailbox:
        assert mailbox.select("INBOX").uids[:1] == state.uids
        assert mailbox.select("INBOX").messages == 2


def test_a_file_that_is_cut_while_it_is_read_loses_no_more_than_was_cut(tmp_path: Path) -> None:
    path = tmp_path / "mail.mbox"
    path.write_bytes(LINE + LETTER + b"\n" + LINE + LETTER * 1000)
    with MboxMailbox.open("journal", path) as mailbox:
        uids = mailbox.select("INBOX").uids
        os.truncate(path, len(LINE + LETTER) + 100)
        assert [mail.problem for mail in mailbox.fetch(uids)] == ["", "gone"]


def test_messages_beyond_two_gigabytes_are_read_and_a_huge_one_is_never_held(tmp_path: Path) -> None:
    path = tmp_path / "mail.mbox"
    with path.open("wb") as file:
        file.write(LINE + LETTER + b"\n" + LINE + b"Subject: huge\n\n")
        # a hole, so that no disk is filled
        file.seek(2**31 + 12_345)
        file.write(b"\n\n" + LINE + LETTER)
    tracemalloc.start()
    with MboxMailbox.open("journal", path) as mailbox:
        first, huge, last = mailbox.fetch(mailbox.select("INBOX").uids)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (first.raw, last.raw) == (LETTER, LETTER)
    assert (huge.problem, huge.size_bytes > 2**31) == ("too_large", True)
    assert peak < 10 * 2**20


def test_quoted_from_lines_lose_one_mark() -> None:
    assert raws(LINE + b"Subject: one\n\n>From here\n>>From there\n> From a reply\n") == [
        b"Subject: one\n\nFrom here\n>From there\n> From a reply\n"
    ]


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        (LINE, datetime(2026, 3, 2, 9, 30, tzinfo=UTC)),
        (b"From ana Mon Mar  2 09:30:00 2026 +0200\n", datetime(2026, 3, 2, 7, 30, tzinfo=UTC)),
        (b"From ana Mon Mar  2 09:30:00 +0200 2026\n", datetime(2026, 3, 2, 7, 30, tzinfo=UTC)),
        (b"From - Mon Mar 02 09:30 2026\n", datetime(2026, 3, 2, 9, 30, tzinfo=UTC)),
        (b"From export@localhost Thu Jan  1 00:00:00 1970\n", None),
        (b"From ana Mon Feb 31 09:30:00 2026\n", None),
        (b"From ana\n", None),
    ],
)
def test_the_moment_of_arrival_is_that_of_the_line_if_it_looks_true(line: bytes, moment: datetime | None) -> None:
    assert [mail.internal_at for mail in read(line + LETTER)] == [moment]


def test_a_replaced_file_has_other_uids() -> None:
    def uids(content: bytes) -> tuple[int, ...]:
        return MboxMailbox("journal", Path("unused"), FileBytes.of(content)).select("INBOX").uids

    old = LINE + LETTER + b"\n" + LINE + b"Subject: two\n\n"
    assert set(uids(old)).isdisjoint(uids(old.replace(b"Subject", b"Topic")))


PARAGRAPHS = st.lists(
    st.sampled_from(
        [b"hello", b"", b"From here", b"From ana Mon Mar  2 09:30:00 2026", b">From x", b"> quoted", b"--"]
    ),
    max_size=6,
)


@given(st.lists(PARAGRAPHS, max_size=5))
def test_what_is_written_as_mboxrd_comes_back(bodies: list[list[bytes]]) -> None:
    letters = [b"Subject: x\n\n" + b"".join(line + b"\n" for line in body) for body in bodies]
    quoted = [letter.replace(b"\n>From ", b"\n>>From ").replace(b"\nFrom ", b"\n>From ") for letter in letters]
    assert raws(b"".join(LINE + letter + b"\n" for letter in quoted)) == letters


def test_a_file_that_grew_from_nothing_waits_for_the_next_poll(tmp_path: Path) -> None:
    path = tmp_path / "mail.mbox"
    path.touch()
    with MboxMailbox.open("journal", path) as mailbox:
        path.write_bytes(b"\n")
        assert mailbox.select("INBOX") == FolderState("INBOX", 1, (), 0)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(MailboxRefusedError, match="pipe"):
        MboxMailbox.open("journal", tmp_path / "pipe")


def test_xz_of_several_streams_is_one_file_and_its_window_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "mail.xz"
    path.write_bytes(lzma.compress(LINE + LETTER + b"\n") + bytes(8) + lzma.compress(LINE + LETTER))
    with MboxMailbox.open("journal", path) as mailbox:
        assert mailbox.select("INBOX").messages == 2
    path.write_bytes(lzma.compress(LINE + LETTER)[:-20])
    with MboxMailbox.open("journal", path) as mailbox, pytest.raises(MailboxRefusedError, match="in the middle"):
        mailbox.select("INBOX")
    wide = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 2**28}]
    path.write_bytes(lzma.compress(LINE + LETTER, filters=wide))
    with pytest.raises(MailboxRefusedError, match=r"[Mm]emory"):
        MboxMailbox.open("journal", path)

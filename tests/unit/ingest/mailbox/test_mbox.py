"""The traps of mbox files: what separates messages, what only looks like it, and files that are none."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.mailbox.contract import FetchedMail
from ingest.mailbox.mbox import MboxMailbox
from models.errors import MailboxRefusedError, MailboxUnreachableError

LINE = b"From ana@corvus.example Mon Mar  2 09:30:00 2026\n"
LETTER = b"Subject: one\n\nbody\n"


def read(content: bytes) -> list[FetchedMail]:
    mailbox = MboxMailbox("journal", Path("unused"), content)
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
        return MboxMailbox("journal", Path("unused"), content).select("INBOX").uids

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

"""What every mailbox promises, whatever lies behind it; each backend's tests inherit this class.

A backend brings a `Post`: the other side of the mailbox, where mail is delivered and removed.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar, Protocol

import pytest

from ingest.mailbox.contract import GONE, OUT_OF_WINDOW, TOO_LARGE, FetchedMail, FolderState, MailSource
from ingest.parse import parse_message
from ingest.settings import FetchLimits
from models.errors import MailboxRefusedError

RECEIVED = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


class Post(Protocol):
    """The other side of a mailbox."""

    def deliver(self, messages: Sequence[bytes]) -> None:
        """Add messages to INBOX, received at `RECEIVED`."""

    def remove(self, position: int) -> None:
        """Remove the message that was delivered as number `position`, counted from 0."""

    def open(self) -> MailSource:
        """Open the mailbox as it is now."""

    def traces(self) -> object:
        """Something that differs once anything in the mailbox was changed."""


class OneFilePost(ABC):
    """A post that writes one file anew at every change."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._messages: list[bytes | None] = []
        self._rewrite()

    @abstractmethod
    def write(self, there: Mapping[int, bytes]) -> None:
        """Write the file: number of delivery -> message."""

    def deliver(self, messages: Sequence[bytes]) -> None:
        """See `Post.deliver`."""
        self._messages += messages
        self._rewrite()

    def remove(self, position: int) -> None:
        """See `Post.remove`."""
        self._messages[position] = None
        self._rewrite()

    def traces(self) -> object:
        """See `Post.traces`."""
        return self.path.read_bytes(), self.path.stat().st_mtime_ns, sorted(self.path.parent.iterdir())

    def _rewrite(self) -> None:
        self.write({number: raw for number, raw in enumerate(self._messages) if raw is not None})


@dataclass(frozen=True)
class Reading:
    """An INBOX as it was read in one go."""

    state: FolderState
    mail: tuple[FetchedMail, ...]


def letter(number: int, body: bytes = b"hello\n") -> bytes:
    """A message with LF line ends."""
    return (
        b"From: Ana Ruiz <ana@corvus.example>\nTo: dana@halden.example\nSubject: number %d\n"
        b"Message-ID: <%d@corvus.example>\nDate: Mon, 02 Mar 2026 09:%02d:00 +0000\n\n%b"
    ) % (number, number, number % 60, body)


def read(post: Post) -> Reading:
    """Open, list and fetch everything."""
    with post.open() as mailbox:
        state = mailbox.select("INBOX")
        return Reading(state, tuple(mailbox.fetch(state.uids)))


def lines(raw: bytes) -> list[bytes]:
    """A message's lines, whatever the line ends, without empty ones at the end."""
    return raw.replace(b"\r\n", b"\n").rstrip(b"\n").split(b"\n")


class MailboxContract:
    """The tests; `post` is each backend's own fixture, `received` what it knows of the moment of arrival."""

    received: ClassVar[datetime | None] = RECEIVED

    def test_an_empty_mailbox_has_an_inbox_without_mail(self, post: Post) -> None:
        with post.open() as mailbox:
            assert [folder.excluded for folder in mailbox.folders() if folder.name == "INBOX"] == [""]
            state = mailbox.select("INBOX")
        assert (state.uids, state.messages) == ((), 0)

    def test_every_folder_is_listed_once(self, post: Post) -> None:
        with post.open() as mailbox:
            names = [folder.name for folder in mailbox.folders()]
        assert len(names) == len(set(names))

    def test_mail_is_listed_in_the_order_of_arrival_and_comes_whole(self, post: Post) -> None:
        letters = [letter(number) for number in range(7)]
        post.deliver(letters)
        found = read(post)
        assert [mail.uid for mail in found.mail] == list(found.state.uids)
        assert [lines(mail.raw) for mail in found.mail] == [lines(raw) for raw in letters]
        assert {mail.problem for mail in found.mail} == {""}

    def test_a_folder_tells_how_much_it_holds_and_which_uid_comes_next(self, post: Post) -> None:
        post.deliver([letter(1), letter(2)])
        before = read(post).state
        post.deliver([letter(3)])
        after = read(post).state
        assert (before.messages, after.messages) == (2, 3)
        if before.next_uid is not None:
            assert after.next_uid is not None
            assert max(before.uids) < before.next_uid <= max(after.uids) < after.next_uid

    def test_what_is_told_without_listing_is_what_the_listing_says(self, post: Post) -> None:
        post.deliver([letter(1), letter(2), letter(3)])
        post.remove(0)
        with post.open() as mailbox:
            told = mailbox.statuses(["INBOX", "Nowhere"])
            state = mailbox.select("INBOX")
        assert "Nowhere" not in told
        if status := told.get("INBOX"):
            assert (status.folder, status.uidvalidity) == ("INBOX", state.uidvalidity)
            assert (status.next_uid, status.modseq) == (state.next_uid, state.modseq)
            assert status.messages in (None, state.messages)

    def test_only_what_came_since_need_be_listed(self, post: Post) -> None:
        post.deliver([letter(number) for number in range(3)])
        before = read(post).state
        first = before.next_uid or 1
        with post.open() as mailbox:
            assert mailbox.select("INBOX", first).uids == (before.uids if before.next_uid is None else ())
        post.deliver([letter(3), letter(4)])
        with post.open() as mailbox:
            state = mailbox.select("INBOX", first)
            came = state.uids[-2:]
            assert state.messages == 5
            assert state.uids == (came if before.next_uid is not None else (*before.uids, *came))
            assert [lines(mail.raw) for mail in mailbox.fetch(came)] == [lines(letter(3)), lines(letter(4))]

    def test_mail_below_the_first_uid_can_be_fetched_all_the_same(self, post: Post) -> None:
        post.deliver([letter(1), letter(2)])
        state = read(post).state
        with post.open() as mailbox:
            mailbox.select("INBOX", state.next_uid or 1)
            (mail,) = mailbox.fetch(state.uids[:1])
        assert lines(mail.raw) == lines(letter(1))

    def test_the_moment_of_arrival_is_known(self, post: Post) -> None:
        post.deliver([letter(1)])
        assert [mail.internal_at for mail in read(post).mail] == [self.received]

    def test_only_what_is_asked_for_is_fetched_in_that_order(self, post: Post) -> None:
        post.deliver([letter(number) for number in range(4)])
        with post.open() as mailbox:
            uids = mailbox.select("INBOX").uids
            wanted = [uids[3], uids[1]]
            assert [mail.uid for mail in mailbox.fetch(wanted)] == wanted
            assert list(mailbox.fetch([])) == []

    def test_uids_stay_when_mail_arrives(self, post: Post) -> None:
        post.deliver([letter(1), letter(2)])
        before = read(post).state
        post.deliver([letter(3)])
        after = read(post).state
        assert after.uidvalidity == before.uidvalidity
        assert after.uids[:2] == before.uids
        assert len(set(after.uids)) == 3

    def test_uids_stay_when_other_mail_is_removed(self, post: Post) -> None:
        post.deliver([letter(number) for number in range(3)])
        before = read(post)
        post.remove(1)
        after = read(post)
        assert after.state.uidvalidity == before.state.uidvalidity
        assert after.state.uids == (before.state.uids[0], before.state.uids[2])
        assert [lines(mail.raw) for mail in after.mail] == [lines(letter(0)), lines(letter(2))]

    def test_removed_mail_is_told_as_gone(self, post: Post) -> None:
        post.deliver([letter(1), letter(2)])
        uids = read(post).state.uids
        post.remove(0)
        with post.open() as mailbox:
            mailbox.select("INBOX")
            first, second = mailbox.fetch(uids)
        assert (first.raw, first.problem) == (b"", GONE)
        assert second.problem == ""

    def test_two_copies_of_the_same_message_are_two(self, post: Post) -> None:
        post.deliver([letter(1), letter(1)])
        assert len(set(read(post).state.uids)) == 2

    def test_too_large_a_message_is_named_and_not_fetched(self, post: Post) -> None:
        post.deliver([letter(1), letter(2, b"x" * 70 + b"\n" * 4000)])
        with post.open() as mailbox:
            uids = mailbox.select("INBOX").uids
            small, large = mailbox.fetch(uids, FetchLimits(message_bytes=2000))
        assert small.problem == ""
        assert (large.raw, large.problem, large.internal_at) == (b"", TOO_LARGE, self.received)
        assert large.size_bytes >= len(letter(2, b"x" * 70 + b"\n" * 4000))

    def test_mail_before_the_window_may_be_left_out_and_all_other_mail_comes(self, post: Post) -> None:
        post.deliver([letter(1)])
        with post.open() as mailbox:
            uids = mailbox.select("INBOX").uids
            for days in (-1, 0, 1):
                (mail,) = mailbox.fetch(uids, since=RECEIVED.date() + timedelta(days=days))
                assert (mail.problem, lines(mail.raw)) == ("", lines(letter(1)))
            (old,) = mailbox.fetch(uids, since=RECEIVED.date() + timedelta(days=9))
        assert old.problem in ("", OUT_OF_WINDOW)
        assert (old.problem == OUT_OF_WINDOW) == (old.raw == b"")

    def test_small_batches_give_the_same_mail(self, post: Post) -> None:
        post.deliver([letter(number) for number in range(9)])
        with post.open() as mailbox:
            uids = mailbox.select("INBOX").uids
            at_once = list(mailbox.fetch(uids))
            in_bits = list(mailbox.fetch(uids, FetchLimits(batch_bytes=500, batch_messages=4)))
        assert in_bits == at_once

    def test_lines_that_look_like_an_envelope_stay_in_their_message(self, post: Post) -> None:
        body = b"first\n\nFrom here on we go.\n\n>From quoted\n\n.\n..dots\n"
        post.deliver([letter(1, body), letter(2)])
        found = read(post)
        assert [lines(mail.raw) for mail in found.mail] == [lines(letter(1, body)), lines(letter(2))]

    def test_reading_changes_nothing(self, post: Post) -> None:
        post.deliver([letter(1), letter(2)])
        before = post.traces()
        first = read(post)
        assert read(post) == first
        assert post.traces() == before

    def test_a_folder_that_is_not_there_is_refused(self, post: Post) -> None:
        with post.open() as mailbox, pytest.raises(MailboxRefusedError, match="Nowhere"):
            mailbox.select("Nowhere")

    def test_closing_twice_is_fine(self, post: Post) -> None:
        mailbox = post.open()
        mailbox.close()
        mailbox.close()
        assert mailbox.name == "journal"

    def test_every_backend_gives_the_same_message(self, post: Post) -> None:
        post.deliver([letter(1)])
        (mail,) = read(post).mail
        expected = parse_message(letter(1), self.received)
        assert parse_message(mail.raw, mail.internal_at) == expected

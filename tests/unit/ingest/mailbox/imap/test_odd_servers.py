"""Answers that the protocol allows, or that servers give all the same."""

from datetime import UTC, date, datetime

import pytest

from ingest.mailbox.contract import GONE, OUT_OF_WINDOW, REFUSED, TOO_LARGE, FetchedMail, FolderStatus
from ingest.mailbox.imap import ImapMailbox
from ingest.settings import FetchLimits
from models.errors import MailboxRefusedError, MailboxUnreachableError
from tests.servers.scripted import CLOSE, Script, run_scripted

_EXAMINED = {
    b"EXAMINE": b"* 9 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 100] ok\r\nTAG OK [READ-ONLY] done\r\n"
}
_SEARCHED = {b"UID SEARCH": b"* SEARCH 1 2 3\r\n"}
_AT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


def _described(*uids: int, size: int = 5) -> bytes:
    return b"".join(
        b'* %d FETCH (UID %d RFC822.SIZE %d INTERNALDATE " 2-Mar-2026 09:30:00 +0100")\r\n' % (uid, uid, size)
        for uid in uids
    )


def _body(uid: int, raw: bytes = b"hello") -> bytes:
    return b"* %d FETCH (UID %d BODY[] {%d}\r\n%b)\r\n" % (uid, uid, len(raw), raw)


def _fetch(script: Script, uids: tuple[int, ...], **options: object) -> list[FetchedMail]:
    with run_scripted(_EXAMINED | _SEARCHED | dict(script)) as server:
        mailbox = ImapMailbox.open("journal", server.settings())
        mailbox.select("INBOX")
        found = list(mailbox.fetch(uids, **options))  # type: ignore[arg-type]  # any of fetch's own
        mailbox.close()
    return found


@pytest.mark.parametrize(
    "answer",
    [
        b"* 1 FETCH (UID 1 BODY[] {5}\r\nhello)\r\n",
        b"* 1 FETCH (BODY[] {5}\r\nhello UID 1)\r\n",
        b"* 1 FETCH (FLAGS (\\Seen) UID 1 BODY[] {5}\r\nhello)\r\n",
        b"* 1 fetch (uid 1 body[] {5}\r\nhello)\r\n",
        b"* 1 FETCH (UID 1 BODY[] ~{5}\r\nhello)\r\n",
        b'* 1 FETCH (UID 1 BODY[] "hello")\r\n',
        b"* 10 EXISTS\r\n* 0 RECENT\r\n* 1 FETCH (UID 1 BODY[] {5}\r\nhello)\r\n* OK still here\r\n",
        b"* 1 FETCH (FLAGS (\\Seen))\r\n* 1 FETCH (UID 1 FLAGS ())\r\n* 1 FETCH (UID 1 BODY[] {5}\r\nhello)\r\n",
        b"* 1 FETCH (UID 1 BODY[] {5}\r\nhello)\r\n* 1 FETCH (UID 1 BODY[] {5}\r\nagain)\r\n",
        b"* 5 FETCH (UID 5 BODY[] {5}\r\nother)\r\n* 1 FETCH (UID 1 BODY[] {5}\r\nhello)\r\n",
        b"* 1 FETCH ((((((((\r\n* 1 FETCH (UID 1 BODY[] {5}\r\nhello)\r\n",
        b"* 1 FETCH " + b"(" * 100_000 + b"\r\n* 1 FETCH (UID 1 BODY[] {5}\r\nhello)\r\n",
        b"+ idling\r\n* FLAGS (\\Seen)\r\nx1 OK nobody asked\r\n* 1 FETCH (UID 1 BODY[] {5}\r\nhello)\r\n",
    ],
    ids=[
        *(
            "plain",
            "uid last",
            "flags before",
            "lower case",
            "literal8",
            "quoted",
            "unsolicited",
            "flags only",
            "twice",
        ),
        *("not asked for", "unreadable", "deep", "strange lines"),
    ],
)
def test_a_message_is_read_whatever_the_shape_of_the_answer(answer: bytes) -> None:
    found = _fetch({b"UID FETCH 1 (UID RFC": _described(1), b"UID FETCH 1 (UID BODY": answer}, (1,))
    assert found == [FetchedMail(1, b"hello", _AT)]


@pytest.mark.parametrize(
    "answer",
    [
        b'* 1 FETCH (INTERNALDATE " 2-Mar-2026 09:30:00 +0100" UID 1 RFC822.SIZE 5)\r\n',
        b'* 1 FETCH (UID 1 FLAGS (\\Seen) RFC822.SIZE 5 INTERNALDATE "02-mar-2026 08:30:00 +0000")\r\n',
        b'* 1 FETCH (UID 1 MODSEQ (12) RFC822.SIZE 5 INTERNALDATE "02-Mar-2026 03:30:00 -0500")\r\n',
    ],
)
def test_the_moment_of_arrival_is_read_whatever_the_shape_of_the_answer(answer: bytes) -> None:
    found = _fetch({b"UID FETCH 1 (UID RFC": answer, b"UID FETCH 1 (UID BODY": _body(1)}, (1,))
    assert found == [FetchedMail(1, b"hello", _AT)]


@pytest.mark.parametrize(
    "moment", [b"32-Mar-2026 09:30:00 +0100", b"01-Foo-2026 09:30:00 +0100", b"soon", b"01-Jan-0001 00:00:00 +2359"]
)
def test_an_absurd_moment_of_arrival_is_unknown(moment: bytes) -> None:
    told = b'* 1 FETCH (UID 1 RFC822.SIZE 5 INTERNALDATE "%b")\r\n' % moment
    found = _fetch({b"UID FETCH 1 (UID RFC": told, b"UID FETCH 1 (UID BODY": _body(1)}, (1,))
    assert found == [FetchedMail(1, b"hello")]


def test_what_comes_out_of_order_is_handed_on_in_order() -> None:
    answers = {
        b"UID FETCH 1:3 (UID RFC": _described(3, 1, 2),
        b"UID FETCH 1:3 (UID BODY": _body(3) + _body(1) + _body(2),
    }
    assert [mail.uid for mail in _fetch(answers, (1, 2, 3))] == [1, 2, 3]


def test_a_body_that_is_nil_is_refused_and_one_without_answer_is_gone() -> None:
    script = {
        b"UID FETCH 1:3 (UID RFC": _described(1, 2, 3),
        b"UID FETCH 1:3 (UID BODY": b"* 1 FETCH (UID 1 BODY[] NIL)\r\n" + _body(3),
        b"UID FETCH 1 (UID BODY": b"* 1 FETCH (UID 1 BODY[] nil)\r\n",
        b"UID FETCH 2 (UID BODY": b"",
    }
    first, second, third = _fetch(script, (1, 2, 3))
    assert first.problem == f"{REFUSED}: the server gives no body"
    assert second.problem == GONE
    assert third.raw == b"hello"


def test_a_refused_batch_is_asked_for_message_by_message() -> None:
    script = {
        b"UID FETCH 1:3 (UID RFC": _described(1, 2, 3),
        b"UID FETCH 1:3 (UID BODY": _body(1) + b"TAG NO [SERVERBUG] Internal error\r\n",
        b"UID FETCH 2 (UID BODY": b"TAG NO [SERVERBUG] Internal error in message 2\r\n",
        b"UID FETCH 3 (UID BODY": _body(3),
    }
    first, second, third = _fetch(script, (1, 2, 3))
    assert (first.raw, third.raw) == (b"hello", b"hello")
    assert second.problem == f"{REFUSED}: NO [SERVERBUG] Internal error in message 2"


def test_a_refused_description_does_not_keep_messages_back() -> None:
    script = {
        b"UID FETCH 1:2 (UID RFC": b"TAG NO no sizes today\r\n",
        b"UID FETCH 1 (UID BODY": _body(1),
        b"UID FETCH 2 (UID BODY": _body(2),
    }
    assert [mail.raw for mail in _fetch(script, (1, 2))] == [b"hello", b"hello"]


def test_a_server_that_lies_about_sizes_does_not_fill_the_memory() -> None:
    script = {
        b"UID FETCH 1:2 (UID RFC": _described(1, 2),
        b"UID FETCH 1:2 (UID BODY": _body(1, b"x" * 3_000_000) + _body(2),
    }
    large, small = _fetch(script, (1, 2), limits=FetchLimits(message_bytes=1000))
    assert (large.raw, large.problem, large.size_bytes) == (b"", TOO_LARGE, 3_000_000)
    assert small.raw == b"hello"


def test_what_came_before_the_window_is_not_fetched_with_a_day_to_spare() -> None:
    script = {b"UID FETCH 1 (UID RFC": _described(1), b"UID FETCH 1 (UID BODY": _body(1)}
    assert _fetch(script, (1,), since=date(2026, 3, 3))[0].raw == b"hello"
    assert _fetch(script, (1,), since=date(2026, 3, 4)) == [FetchedMail(1, b"", _AT, OUT_OF_WINDOW, 5)]
    assert _fetch(script, (1,), since=date.min)[0].raw == b"hello"


def test_the_last_message_below_the_first_uid_of_interest_is_not_new() -> None:
    with (
        run_scripted(_EXAMINED | {b"UID SEARCH UID 50:*": b"* SEARCH 49\r\n"}) as server,
        ImapMailbox.open("journal", server.settings()) as mailbox,
    ):
        state = mailbox.select("INBOX", 50)
    assert (state.uids, state.messages, state.next_uid) == ((), 9, 100)


def test_a_server_that_tells_uidnext_only_when_asked_is_asked() -> None:
    script = {
        b"EXAMINE": b"* 2 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n",
        b'STATUS "INBOX" (UIDNEXT)': b"* STATUS INBOX (UIDNEXT 100)\r\n",
        b"UID SEARCH": b"* SEARCH 1 2\r\n",
    }
    with run_scripted(script) as server, ImapMailbox.open("journal", server.settings()) as mailbox:
        assert mailbox.select("INBOX").next_uid == 100
    del script[b'STATUS "INBOX" (UIDNEXT)']
    with run_scripted(script) as server, ImapMailbox.open("journal", server.settings()) as mailbox:
        assert mailbox.select("INBOX").next_uid == 3


def test_nothing_is_searched_where_nothing_can_be_new() -> None:
    with (
        run_scripted(_EXAMINED) as server,
        ImapMailbox.open("journal", server.settings()) as mailbox,
    ):
        assert mailbox.select("INBOX", 100).uids == ()
        assert not [command for command in server.commands if b"SEARCH" in command]


def test_mail_that_comes_and_goes_during_the_search_is_counted_once() -> None:
    answer = b"* 3 EXPUNGE\r\n* SEARCH 98 100 101 (MODSEQ 12)\r\n* 10 EXISTS\r\n"
    with (
        run_scripted(_EXAMINED | {b"UID SEARCH": answer}) as server,
        ImapMailbox.open("journal", server.settings()) as mailbox,
    ):
        state = mailbox.select("INBOX", 90)
    assert (state.uids, state.messages, state.next_uid) == ((98, 100, 101), 9 - 1 + 2, 102)


def test_a_million_uids_are_listed_in_either_way() -> None:
    examined = {b"EXAMINE": b"* 1000000 EXISTS\r\n* OK [UIDVALIDITY 7]\r\n* OK [UIDNEXT 1000001]\r\n"}
    plain = {b"UID SEARCH": b"* SEARCH " + b" ".join(b"%d" % uid for uid in range(1, 1_000_001)) + b"\r\n"}
    extended = {
        b"CAPABILITY": b"* CAPABILITY IMAP4rev1 ESEARCH\r\n",
        b"UID SEARCH RETURN": b'* ESEARCH (TAG "TAG ") UID ALL 1:1000000\r\n',
    }
    for script in (plain, extended):
        with (
            run_scripted(examined | script) as server,
            ImapMailbox.open("journal", server.settings()) as mailbox,
        ):
            state = mailbox.select("INBOX")
        assert (len(state.uids), state.uids[-1], state.messages) == (1_000_000, 1_000_000, 1_000_000)


def test_a_set_that_stands_for_billions_is_not_believed() -> None:
    script = {
        b"CAPABILITY": b"* CAPABILITY IMAP4rev1 ESEARCH\r\n",
        b"UID SEARCH RETURN": b'* ESEARCH (TAG "1") UID ALL 1:4294967295\r\n',
        b"UID SEARCH UID": b"* SEARCH 4 5\r\n",
    }
    with (
        run_scripted(_EXAMINED | script) as server,
        ImapMailbox.open("journal", server.settings()) as mailbox,
    ):
        assert mailbox.select("INBOX").uids == (4, 5)


def test_a_folder_whose_uids_do_not_last_is_refused() -> None:
    with (
        run_scripted({b"EXAMINE": b"* 3 EXISTS\r\n* OK [UIDNOTSTICKY]\r\n"}) as server,
        ImapMailbox.open("journal", server.settings()) as mailbox,
        pytest.raises(MailboxRefusedError, match="UIDs do not last"),
    ):
        mailbox.select("INBOX")


def test_statuses_come_by_whatever_way_the_server_offers() -> None:
    together = {
        b"CAPABILITY": b"* CAPABILITY IMAP4rev1 LIST-STATUS LIST-EXTENDED CONDSTORE\r\n",
        b'LIST "" ("INBOX" "Q&-A")': b'* LIST () "/" INBOX\r\n* STATUS inbox (MESSAGES 3 UIDNEXT 9 UIDVALIDITY 7 '
        b'HIGHESTMODSEQ 12)\r\n* LIST () "/" "Q&-A"\r\n* STATUS "Q&-A" (MESSAGES 0 UIDNEXT 1 UIDVALIDITY 8)\r\n',
    }
    apart = {
        b'STATUS "INBOX" (MESSAGES UIDNEXT UIDVALIDITY)': b"* STATUS INBOX (MESSAGES 3 UIDNEXT 9 UIDVALIDITY 7)\r\n",
        b'STATUS "Q&-A"': b'* status "Q&-A" (messages 0 uidnext 1 uidvalidity 8)\r\n',
        b'STATUS "Nowhere"': b"TAG NO no such folder\r\n",
    }
    with run_scripted(together) as server, ImapMailbox.open("journal", server.settings()) as mailbox:
        assert mailbox.statuses(["INBOX", "Q&A"]) == {
            "INBOX": FolderStatus("INBOX", 7, 3, 9),
            "Q&A": FolderStatus("Q&A", 8, 0, 1),
        }
    with run_scripted(apart) as server, ImapMailbox.open("journal", server.settings()) as mailbox:
        assert mailbox.statuses(["INBOX", "Nowhere", "Q&A"]) == {
            "INBOX": FolderStatus("INBOX", 7, 3, 9),
            "Q&A": FolderStatus("Q&A", 8, 0, 1),
        }


def test_a_goodbye_in_the_middle_is_told_in_the_servers_words() -> None:
    script = {b"UID FETCH 1 (UID RFC": b"* BYE [UNAVAILABLE] down for maintenance \x1b[31m\r\n" + CLOSE}
    with pytest.raises(MailboxUnreachableError, match="down for maintenance") as raised:
        _fetch(script, (1,))
    assert "\x1b" not in str(raised.value)

"""A server that means harm, or is broken beyond sense, costs neither memory nor a night, and ends as one sentence."""

import resource
import zlib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from ingest.mailbox.contract import FetchedMail
from ingest.mailbox.imap import ImapMailbox
from ingest.settings import FetchLimits
from models.errors import MailboxError, MailboxRefusedError, MailboxUnreachableError
from tests.servers.scripted import CLOSE, FOREVER, TRICKLE, Script, ScriptedServer, run_scripted

_MEBIBYTE = 2**20
_FOLDER = {
    b"EXAMINE": b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7]\r\n* OK [UIDNEXT 4]\r\n",
    b"UID SEARCH": b"* SEARCH 1 2 3\r\n",
    b"LIST": b'* LIST () "/" INBOX\r\n',
    b"UID FETCH 1:3 (UID RFC": b"".join(b"* %d FETCH (UID %d RFC822.SIZE 5)\r\n" % (uid, uid) for uid in (1, 2, 3)),
    b"UID FETCH": b"",
}


@pytest.fixture(autouse=True)
def memory() -> Iterator[None]:
    """None of this may take more than the largest answer that is allowed, and some."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    # in KiB on Linux, and never less than at the highest so far
    assert grown < 200 * 1024


def _with(script: Script) -> Script:
    """The folder as this script has it; the longer of two beginnings of a command is meant."""
    return dict(sorted((_FOLDER | dict(script)).items(), key=lambda item: -len(item[0])))


def _open(server: ScriptedServer, timeout_seconds: float = 10.0) -> ImapMailbox:
    return ImapMailbox.open("journal", replace(server.settings(), timeout_seconds=timeout_seconds))


def _polled(script: Script, timeout_seconds: float = 10.0, limits: FetchLimits | None = None) -> list[FetchedMail]:
    with run_scripted(_with(script)) as server, _open(server, timeout_seconds) as mailbox:
        mailbox.folders()
        mailbox.statuses(["INBOX"])
        return list(mailbox.fetch(mailbox.select("INBOX").uids, limits or FetchLimits()))


def _is_one_sentence(error: MailboxError) -> None:
    assert len(f"{error}") < 600
    assert f"{error}".isprintable()
    assert error.hint


@pytest.mark.parametrize(
    "greeting",
    [
        b"* OK " + b"x" * 1000 + FOREVER,
        b"* OK hello\r\n" + FOREVER,
        b"* CAPABILITY IMAP4rev1\r\n" + FOREVER,
        b"* OK [CAPABILITY IMAP4rev1] {1152921504606846976}\r\n",
        b"* OK {99999999999999999999999999}\r\n",
        b"* OK {2000000000}\r\n" + FOREVER,
        b"* OK hello" + TRICKLE,
        b"* BYE go away \x1b[31m\r\n" + CLOSE,
        b"* BYE " + b"go away " * 1000 + b"\r\n" + CLOSE,
        b"\0" * 1000 + FOREVER,
        b"HTTP/1.1 400 Bad Request\r\n\r\n" + CLOSE,
        b"220 mail.example ESMTP ready\r\n",
        b"" + CLOSE,
    ],
)
def test_a_greeting_without_sense_or_end_is_told(greeting: bytes) -> None:
    with run_scripted(_FOLDER, greeting) as server, pytest.raises(MailboxUnreachableError) as raised:
        _open(server, 1.0)
    _is_one_sentence(raised.value)


@pytest.mark.parametrize(
    "script",
    [
        {b"CAPABILITY": b"* CAPABILITY " + b"X" * 1000 + FOREVER},
        {b"CAPABILITY": b"* CAPABILITY IMAP4rev1 {9223372036854775807}\r\n"},
        {b"LOGIN": b"* OK wait\r\n" + FOREVER},
        {b"LOGIN": b"* OK wait" + TRICKLE},
        {b"LOGIN": b"TAG NO " + b"no " * 10_000 + b"\r\n"},
        {b"LOGIN": b"TAG NO \x1b[2J\x1b[31mpwned\r\n"},
        {b"LOGIN": b"* BYE\r\n" + CLOSE},
        {b"LOGIN": CLOSE},
    ],
)
def test_a_login_without_sense_or_end_is_told(script: Script) -> None:
    with run_scripted(_with(script)) as server, pytest.raises(MailboxError) as raised:
        _open(server, 1.0)
    _is_one_sentence(raised.value)


@pytest.mark.parametrize(
    "command", [b"LIST", b"STATUS", b"EXAMINE", b"UID SEARCH", b"UID FETCH 1:3 (UID RFC", b"UID FETCH"]
)
@pytest.mark.parametrize(
    "answer",
    [
        b"* OK still here\r\n" + FOREVER,
        b"* OK still here\r\n" + TRICKLE,
        b"x" * 1000 + FOREVER,
        b"* 1 FETCH (FLAGS ())\r\n" + FOREVER,
        b"* 1 FETCH (UID 1 BODY[] {0}\r\n" + b"{0}\r\n" * 1000 + FOREVER,
        b"* LIST () {1152921504606846976}\r\n",
        b"* 7 FETCH (UID 7 BODY[] {4000000000}\r\n" + b"a" * 1000 + CLOSE,
        b"* BYE enough\r\n" + CLOSE,
        CLOSE,
    ],
    ids=["talk", "trickle", "line", "flags", "literals", "literal", "cut", "bye", "close"],
)
def test_an_answer_without_sense_or_end_is_a_lost_connection(command: bytes, answer: bytes) -> None:
    with pytest.raises(MailboxUnreachableError) as raised:
        _polled({command: answer}, timeout_seconds=1.0)
    _is_one_sentence(raised.value)


_NUMBERS = {
    "other": b"* SEARCH 0 -1 1 2 2 3 4294967296 99999999999999999999 x " + b"9" * 10_000 + b"\r\n",
    "nothing": b"* SEARCH\r\n",
    "none": b"",
}


@pytest.mark.parametrize(("answer", "uids"), [("other", (1, 2, 3)), ("nothing", ()), ("none", ())])
def test_numbers_that_are_no_uids_are_passed_over(answer: str, uids: tuple[int, ...]) -> None:
    with run_scripted(_with({b"UID SEARCH": _NUMBERS[answer]})) as server, _open(server) as mailbox:
        assert mailbox.select("INBOX").uids == uids


def test_a_listing_of_more_than_there_is_is_refused() -> None:
    script = {b"UID SEARCH": b"* SEARCH" + b" 1" * 12_000_000 + b"\r\n"}
    with run_scripted(_with(script)) as server, _open(server) as mailbox:
        with pytest.raises(MailboxRefusedError, match="more messages than it holds") as raised:
            mailbox.select("INBOX")
        _is_one_sentence(raised.value)


def test_a_set_of_more_than_there_is_is_not_believed() -> None:
    script = {
        b"CAPABILITY": b"* CAPABILITY IMAP4rev1 ESEARCH\r\n",
        b"UID SEARCH RETURN": b'* ESEARCH (TAG "x") UID ALL 1' + b",1" * 12_000_000 + b"\r\n",
    }
    with run_scripted(_with(script)) as server, _open(server) as mailbox:
        assert mailbox.select("INBOX").uids == (1, 2, 3)


def test_numbers_that_no_ledger_holds_are_not_handed_on() -> None:
    huge = b"9" * 20
    examined = b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7]\r\n* OK [HIGHESTMODSEQ %b]\r\n" % huge
    described = b"* 1 FETCH (UID 1 RFC822.SIZE %b)\r\n" % huge
    script = _with({b"EXAMINE": examined, b"UID FETCH 1 (UID RFC": described})
    with run_scripted(script) as server, _open(server) as mailbox:
        assert mailbox.select("INBOX").modseq is None
        assert next(mailbox.fetch((1,))).size_bytes < 2**63
    without = {b"EXAMINE": b"* 3 EXISTS\r\n* OK [UIDVALIDITY %b]\r\n" % huge}
    with run_scripted(without) as server, _open(server) as mailbox, pytest.raises(MailboxRefusedError):
        mailbox.select("INBOX")


def test_a_uidnext_below_what_is_there_hides_nothing() -> None:
    script = {b"EXAMINE": b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7]\r\n* OK [UIDNEXT 1]\r\n"}
    with run_scripted(_with(script)) as server, _open(server) as mailbox:
        assert mailbox.select("INBOX").uids == (1, 2, 3)
        assert mailbox.select("INBOX").next_uid == 4
        # told as it is, so that the poll sees that it counts backwards
        assert mailbox.select("INBOX", 3).next_uid == 1


def test_bodies_far_larger_than_promised_and_out_of_order_are_not_heaped_up() -> None:
    bodies = b"".join(b"* 1 FETCH (UID %d BODY[] {%d}\r\n%b)\r\n" % (uid, 10**6, b"x" * 10**6) for uid in (3, 2, 1))
    limits = FetchLimits(batch_bytes=1000, message_bytes=10**6)
    with pytest.raises(MailboxUnreachableError, match="more than it said"):
        _polled({b"UID FETCH 1:3 (UID BODY": bodies}, limits=limits)


def test_a_hundred_thousand_folders_are_listed() -> None:
    listed = b"".join(b'* LIST () "/" "a/../\x07%d"\r\n' % number for number in range(100_000))
    with run_scripted({b"LIST": b'* LIST () "/" INBOX\r\n' + listed}) as server, _open(server) as mailbox:
        assert len(mailbox.folders()) == 100_001


@pytest.mark.parametrize("bomb", ["zeros", "nothing", "end"])
def test_a_compressed_bomb_is_let_go(bomb: str) -> None:
    deflate = zlib.compressobj(wbits=-15)
    begin = deflate.compress(b"* OK compressed\r\n") + deflate.flush(zlib.Z_SYNC_FLUSH)
    packed = {
        "zeros": begin + deflate.compress(b"\0" * 50 * _MEBIBYTE) + deflate.flush(zlib.Z_FULL_FLUSH) + FOREVER,
        "nothing": begin + b"\0\0\0\xff\xff" * 10_000 + FOREVER,
        "end": begin + deflate.flush() + b"x" * 1000 + FOREVER,
    }[bomb]
    script = {b"CAPABILITY": b"* CAPABILITY IMAP4rev1 COMPRESS=DEFLATE\r\n", b"COMPRESS": b"TAG OK go\r\n" + packed}
    with run_scripted(_with(script)) as server:
        settings = replace(server.settings(), compress="always", timeout_seconds=1.0)
        with ImapMailbox.open("journal", settings) as mailbox, pytest.raises(MailboxUnreachableError) as raised:
            mailbox.select("INBOX")
    _is_one_sentence(raised.value)

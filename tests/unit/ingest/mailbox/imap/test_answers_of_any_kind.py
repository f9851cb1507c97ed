"""Whatever a server sends, a pass over messages ends with each of them once, or with a lost connection."""

import io
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from ingest.mailbox.contract import GONE
from ingest.mailbox.imap.complaints import ImapLostError, shown
from ingest.mailbox.imap.fetching import Fetching
from ingest.mailbox.imap.uid_sets import parse_uid_set, uid_set
from ingest.mailbox.imap.wire import Wire
from ingest.settings import FetchLimits

_UIDS = (3, 4, 9)


def _wire(answers: bytes) -> Wire:
    """A connection on which the server has said all that it will ever say."""
    sent: list[bytes] = []
    return Wire(SimpleNamespace(_imap=SimpleNamespace(file=io.BytesIO(answers), send=sent.append)))


def _described(uid: int) -> bytes:
    return b'* 1 FETCH (UID %d RFC822.SIZE 5 INTERNALDATE "02-Mar-2026 09:30:00 +0100")\r\n' % uid


def _body(uid: int) -> bytes:
    raw = b"mail %d" % uid
    return b"* 1 FETCH (UID %d BODY[] {%d}\r\n%b)\r\n" % (uid, len(raw), raw)


_FRAGMENTS = st.sampled_from(
    [
        *(b"* ", b"FETCH ", b"(", b")", b"UID ", b"3 ", b"BODY[] ", b"{5}\r\n", b"hello", b"NIL", b'"', b"\\", b"\r\n"),
        *(b"~{2}\r\n", b"L1 OK\r\n", b"L2 OK done\r\n", b"L1 NO\r\n", b"* BYE\r\n", b"[", b"]", b"{9999999999}\r\n"),
        *(b"RFC822.SIZE ", b"INTERNALDATE ", b"\0", b"\xff", b"* 1 EXPUNGE\r\n", b"+ \r\n", b"EXISTS"),
    ]
)


@given(st.lists(_FRAGMENTS | st.binary(max_size=8), max_size=40))
def test_nonsense_ends_as_a_lost_connection_or_as_answers(fragments: list[bytes]) -> None:
    found = []
    try:
        found += [mail.uid for mail in Fetching(_wire(b"".join(fragments)), _UIDS, FetchLimits())]
    except ImapLostError:
        return
    assert found == list(_UIDS)


@given(st.permutations(_UIDS), st.permutations(_UIDS), st.lists(st.sampled_from([3, 4, 9, 11]), max_size=4))
def test_answers_in_any_order_and_more_than_once_give_each_message_once(
    described: list[int], bodies: list[int], again: list[int]
) -> None:
    answers = b"".join(map(_described, described)) + b"L1 OK\r\n"
    answers += b"".join(map(_body, bodies)) + b"".join(map(_body, again)) + b"L2 OK\r\n"
    mails = list(Fetching(_wire(answers), _UIDS, FetchLimits()))
    assert [(mail.uid, mail.raw) for mail in mails] == [(uid, b"mail %d" % uid) for uid in _UIDS]


@given(st.sets(st.sampled_from(_UIDS)))
def test_what_is_neither_described_nor_there_when_asked_by_itself_is_gone(there: set[int]) -> None:
    commands = len(_UIDS) - len(there) + bool(there)
    ends = b"".join(b"L%d OK\r\n" % number for number in range(2, 2 + commands))
    answers = b"".join(map(_described, there)) + b"L1 OK\r\n" + b"".join(map(_body, there)) + ends
    problems = {mail.uid: mail.problem for mail in Fetching(_wire(answers), _UIDS, FetchLimits())}
    assert problems == {uid: "" if uid in there else GONE for uid in _UIDS}


def test_what_is_not_described_and_there_all_the_same_is_read() -> None:
    answers = (
        _described(3) + _described(9) + b"L1 OK\r\n" + _body(4) + b"L2 OK\r\n" + _body(3) + _body(9) + b"L3 OK\r\n"
    )
    assert [mail.raw for mail in Fetching(_wire(answers), _UIDS, FetchLimits())] == [b"mail 3", b"mail 4", b"mail 9"]


@given(st.sets(st.integers(1, 2**32 - 1), min_size=1))
def test_sets_of_uids_are_read_as_they_were_written(uids: set[int]) -> None:
    assert parse_uid_set(uid_set(sorted(uids)), len(uids)) == tuple(sorted(uids))


@given(st.binary())
def test_the_servers_words_are_fit_for_a_terminal(said: bytes) -> None:
    assert shown(said).isprintable()
    assert len(shown(said)) <= 300

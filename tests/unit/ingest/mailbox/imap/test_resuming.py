"""Connections that are cut, stall or are throttled: what was asked for comes all the same, each message once."""

from collections.abc import Sequence
from itertools import pairwise

import pytest

from ingest.mailbox.contract import REFUSED
from ingest.mailbox.imap import ImapMailbox
from ingest.mailbox.imap.patience import Patience
from ingest.settings import FetchLimits, ImapSettings
from models.errors import MailboxRefusedError, MailboxUnreachableError
from tests.contract.mailbox_contract import letter
from tests.servers.dovecot import Account, Dovecot
from tests.servers.proxy import Line, Proxy, run_proxy
from tests.servers.scripted import CLOSE, Script, ScriptedServer, run_scripted

_SOUND = Line()
_LETTERS = tuple(letter(number, b"x" * 70 + b"\n" * 3000) for number in range(12))


class Pauses:
    """Patience that takes no time and remembers what it was asked to wait."""

    def __init__(self, seconds: float = 300.0) -> None:
        self.taken: list[float] = []
        self.patience = Patience(seconds, self.taken.append)


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


def _settings(account: Account, port: int, timeout_seconds: float = 10.0) -> ImapSettings:
    return ImapSettings(
        "127.0.0.1", account.user, account.password, port=port, tls="none", timeout_seconds=timeout_seconds
    )


def _read_over(account: Account, proxy: Proxy, pauses: Pauses, timeout_seconds: float = 10.0) -> list[bytes]:
    settings = _settings(account, proxy.port, timeout_seconds)
    with ImapMailbox.open("journal", settings, patience=pauses.patience) as mailbox:
        uids = mailbox.select("INBOX").uids
        mails = list(mailbox.fetch(uids, FetchLimits(batch_messages=5)))
    assert [mail.uid for mail in mails] == list(uids)
    assert {mail.problem for mail in mails} == {""}
    return [mail.raw.replace(b"\r\n", b"\n") for mail in mails]


@pytest.mark.parametrize("cuts", [(4_000,), (10_000, 20_000), (1_000, 2_500, 6_000, 9_000, 16_000)])
def test_a_connection_that_is_cut_goes_on_at_the_message(
    dovecot: Dovecot, account: Account, pauses: Pauses, cuts: Sequence[int]
) -> None:
    account.deliver(_LETTERS)
    with run_proxy(dovecot.imap_port, *(Line(cut_after=cut) for cut in cuts), _SOUND) as proxy:
        assert _read_over(account, proxy, pauses) == list(_LETTERS)
        assert proxy.connections == len(cuts) + 1


def test_a_line_that_is_cut_at_any_byte_loses_and_doubles_nothing(
    dovecot: Dovecot, account: Account, pauses: Pauses
) -> None:
    account.deliver(_LETTERS)
    with run_proxy(dovecot.imap_port) as proxy:
        _read_over(account, proxy, pauses)
        total = proxy.answered
    # from the first answer after the login on: an account that cannot be opened at all is told at once
    for cut in range(1_000, total, total // 12):
        with run_proxy(dovecot.imap_port, Line(cut_after=cut), _SOUND) as proxy:
            assert _read_over(account, proxy, pauses) == list(_LETTERS)


def test_a_new_connection_that_is_cut_during_its_login_is_no_refusal(
    dovecot: Dovecot, account: Account, pauses: Pauses
) -> None:
    account.deliver(_LETTERS)
    during_login = (Line(cut_after=cut) for cut in (0, 50, 250, 600))
    with run_proxy(dovecot.imap_port, Line(cut_after=12_345), *during_login, _SOUND) as proxy:
        assert _read_over(account, proxy, pauses) == list(_LETTERS)


def test_a_server_that_stalls_in_the_middle_of_a_message_is_asked_again(
    dovecot: Dovecot, account: Account, pauses: Pauses
) -> None:
    account.deliver(_LETTERS)
    with run_proxy(dovecot.imap_port, Line(stall_after=12_345), _SOUND) as proxy:
        assert _read_over(account, proxy, pauses, timeout_seconds=0.5) == list(_LETTERS)


def test_pauses_grow_and_patience_ends(dovecot: Dovecot, account: Account, pauses: Pauses) -> None:
    account.deliver(_LETTERS)
    with run_proxy(dovecot.imap_port, Line(cut_after=8_000), Line(cut_after=0)) as proxy:
        mailbox = ImapMailbox.open("journal", _settings(account, proxy.port), patience=pauses.patience)
        fetched = mailbox.fetch(mailbox.select("INBOX").uids)
        with pytest.raises(MailboxUnreachableError, match="was lost"):
            list(fetched)
        mailbox.close()
    assert all(later > earlier for earlier, later in pairwise(pauses.taken[:5]))
    assert 200 < sum(pauses.taken) <= 300
    assert max(pauses.taken) <= 60


def test_without_patience_the_first_loss_is_told(dovecot: Dovecot, account: Account) -> None:
    account.deliver(_LETTERS)
    with run_proxy(dovecot.imap_port, Line(cut_after=24_000), _SOUND) as proxy:
        mailbox = ImapMailbox.open("journal", _settings(account, proxy.port), patience=Patience(0))
        fetched = mailbox.fetch(mailbox.select("INBOX").uids)
        whole = [next(fetched).raw.replace(b"\r\n", b"\n"), next(fetched).raw.replace(b"\r\n", b"\n")]
        with pytest.raises(MailboxUnreachableError, match="was lost") as raised:
            list(fetched)
        assert "run again" in raised.value.hint
        assert whole == list(_LETTERS[:2])
        mailbox.close()


def test_a_folder_that_is_numbered_anew_meanwhile_is_not_mixed_up(
    dovecot: Dovecot, account: Account, pauses: Pauses
) -> None:
    account.deliver(_LETTERS)
    with run_proxy(dovecot.imap_port, Line(cut_after=12_000), _SOUND) as proxy:
        mailbox = ImapMailbox.open("journal", _settings(account, proxy.port), patience=pauses.patience)
        state = mailbox.select("INBOX")
        fetched = mailbox.fetch(state.uids)
        next(fetched)
        account.change_uid_validity(state.uidvalidity + 1)
        with pytest.raises(MailboxRefusedError, match="numbered anew"):
            list(fetched)
        mailbox.close()


def test_a_fetch_that_is_left_early_does_not_disturb_what_follows(dovecot: Dovecot, account: Account) -> None:
    account.deliver(_LETTERS)
    account.deliver(_LETTERS[:1], "Archive")
    settings = _settings(account, dovecot.imap_port)
    with ImapMailbox.open("journal", settings) as mailbox:
        left = mailbox.fetch(mailbox.select("INBOX").uids)
        next(left)
        archive = mailbox.select("Archive")
        assert [mail.uid for mail in mailbox.fetch(archive.uids)] == list(archive.uids)
        next(mailbox.fetch(mailbox.select("INBOX").uids)).raw.startswith(b"From")
        assert len(mailbox.folders()) == 2


_INBOX = {
    b"EXAMINE": b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7]\r\n* OK [UIDNEXT 4]\r\n",
    b"UID SEARCH": b"* SEARCH 1 2 3\r\n",
    b"UID FETCH 1:3 (UID RFC": b"".join(b"* %d FETCH (UID %d RFC822.SIZE 5)\r\n" % (uid, uid) for uid in (1, 2, 3)),
    b"UID FETCH 1:3 (UID BODY": b"* 1 FETCH (UID 1 BODY[] {5}\r\nhello)\r\n* 2 FETCH (UID 2 BODY[] {5}\r\nhe" + CLOSE,
    b"UID FETCH 2 (UID RFC": b"* 2 FETCH (UID 2 RFC822.SIZE 5)\r\n",
    b"UID FETCH 3 (UID RFC": b"* 3 FETCH (UID 3 RFC822.SIZE 5)\r\n",
    b"UID FETCH 3 (UID BODY": b"* 3 FETCH (UID 3 BODY[] {5}\r\nhello)\r\n",
}


def _problems(server: ScriptedServer, pauses: Pauses) -> list[str]:
    mailbox = ImapMailbox.open("journal", server.settings(), patience=pauses.patience)
    mails = list(mailbox.fetch(mailbox.select("INBOX").uids))
    mailbox.close()
    return [mail.problem for mail in mails]


def test_a_message_that_breaks_the_server_three_times_is_passed_over(pauses: Pauses) -> None:
    script = _INBOX | {b"UID FETCH 2 (UID BODY": b"* 2 FETCH (UID 2 BODY[] {5}\r\nhe" + CLOSE}
    with run_scripted(script) as server:
        first, second, third = _problems(server, pauses)
        assert server.connections == 4
    assert (first, third) == ("", "")
    assert second.startswith(f"{REFUSED}: the connection broke 3 times at this message: the server closed it after 2")


def test_a_server_that_breaks_at_every_message_is_lost(pauses: Pauses) -> None:
    breaking: Script = {begin: said for begin, said in _INBOX.items() if b"FETCH" not in begin} | {b"UID FETCH": CLOSE}
    with run_scripted(breaking) as server, pytest.raises(MailboxUnreachableError):
        _problems(server, pauses)


@pytest.mark.parametrize(
    ("said", "least"),
    [
        (b"TAG BAD Request is throttled. Suggested Backoff Time: 59321 milliseconds\r\n", 59.321),
        (b"TAG NO [OVERQUOTA] Account exceeded command or bandwidth limits. (Failure)\r\n", 1.0),
        (b"TAG NO [THROTTLED] slow down\r\n", 1.0),
        (b"* BYE [UNAVAILABLE] Server shutting down\r\n" + CLOSE, 1.0),
        (b"TAG BAD User is authenticated but not connected.\r\n", 1.0),
        (b"TAG NO AccessTokenExpired\r\n", 1.0),
        (b"* BYE Session expired, please try again later\r\n" + CLOSE, 1.0),
    ],
)
def test_a_server_that_wants_a_pause_gets_it_and_no_message_is_blamed(
    said: bytes, least: float, pauses: Pauses
) -> None:
    whole = b"* 2 FETCH (UID 2 BODY[] {5}\r\nhello)\r\n"
    with run_scripted(_INBOX | {b"UID FETCH 2 (UID BODY": (said, said, said, said, whole)}) as server:
        assert _problems(server, pauses) == ["", "", ""]
    assert len(pauses.taken) >= 4
    assert max(pauses.taken) >= least


def test_a_message_that_the_server_puts_off_for_ever_is_passed_over(pauses: Pauses) -> None:
    with run_scripted(_INBOX | {b"UID FETCH 2 (UID BODY": b"TAG NO Server Unavailable. 15\r\n"}) as server:
        first, second, third = _problems(server, pauses)
    assert (first, third) == ("", "")
    assert second == f"{REFUSED}: the server put it off 6 times: NO Server Unavailable. 15"


@pytest.mark.parametrize("command", [b"LIST", b"EXAMINE"])
def test_an_account_that_may_log_in_and_do_no_more_is_told_at_once(pauses: Pauses, command: bytes) -> None:
    refusal = b"TAG BAD User is authenticated but not connected.\r\n"
    with run_scripted(_INBOX | {command: refusal}) as server:
        mailbox = ImapMailbox.open("journal", server.settings(), patience=pauses.patience)
        with pytest.raises(MailboxRefusedError, match="not to the mail") as raised:
            mailbox.select("INBOX") if command == b"EXAMINE" else mailbox.folders()
        mailbox.close()
    assert "Add-MailboxPermission" in raised.value.hint
    assert pauses.taken == []


def test_folders_and_statuses_are_asked_for_again_too(pauses: Pauses) -> None:
    script = _INBOX | {
        b"LIST": (CLOSE, b'* LIST () "/" INBOX\r\n'),
        b"STATUS": (b"* BYE\r\n" + CLOSE, b"* STATUS INBOX (MESSAGES 3 UIDNEXT 4 UIDVALIDITY 7)\r\n"),
    }
    with run_scripted(script) as server:
        mailbox = ImapMailbox.open("journal", server.settings(), patience=pauses.patience)
        assert [folder.name for folder in mailbox.folders()] == ["INBOX"]
        assert mailbox.statuses(["INBOX"])["INBOX"].messages == 3
        mailbox.close()


def test_a_refused_login_is_not_tried_again(pauses: Pauses) -> None:
    with run_scripted({b"LOGIN": b"TAG NO [AUTHENTICATIONFAILED] wrong\r\n"}) as server:
        with pytest.raises(MailboxRefusedError, match="wrong"):
            ImapMailbox.open("journal", server.settings(), patience=pauses.patience)
        assert (server.connections, pauses.taken) == (1, [])


def test_a_login_that_is_put_off_again_and_again_is_told_in_the_servers_words(pauses: Pauses) -> None:
    put_off = b"TAG NO [ALERT] Too many simultaneous connections. (Failure)\r\n"
    with run_scripted(_INBOX | {b"LOGIN": put_off}) as server:
        with pytest.raises(MailboxUnreachableError, match="Too many simultaneous") as raised:
            ImapMailbox.open("journal", server.settings(), patience=pauses.patience)
        assert str(raised.value).count("journal") == 1
        assert server.connections > 3


def test_an_alert_is_shown_to_people(pauses: Pauses, caplog: pytest.LogCaptureFixture) -> None:
    alert = b"* OK [ALERT] Your mailbox moves on Sunday\r\n"
    with (
        run_scripted(_INBOX | {b"EXAMINE": alert + b"* 0 EXISTS\r\n* OK [UIDVALIDITY 7]\r\n"}) as server,
        ImapMailbox.open("journal", server.settings(), patience=pauses.patience) as mailbox,
    ):
        mailbox.select("INBOX")
    assert "Your mailbox moves on Sunday" in caplog.text


def test_a_login_that_the_server_puts_off_is_tried_again(pauses: Pauses) -> None:
    put_off = b"TAG NO [UNAVAILABLE] Maximum number of connections from user+IP exceeded\r\n"
    with run_scripted(_INBOX | {b"LOGIN": (put_off, put_off, b"")}) as server:
        with ImapMailbox.open("journal", server.settings(), patience=pauses.patience) as mailbox:
            assert mailbox.select("INBOX").uids == (1, 2, 3)
        assert (server.connections, len(pauses.taken)) == (3, 2)

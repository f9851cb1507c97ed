"""What stands between us and a server is told by name, and mail is read without a trace."""

import socket
import ssl
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.mailbox.connection_failures import told_failure
from ingest.mailbox.imap import ImapMailbox
from ingest.settings import ImapSettings, Tls
from models.errors import MailboxRefusedError, MailboxUnreachableError
from tests.contract.mailbox_contract import letter
from tests.servers.dovecot import Account, Dovecot
from tests.servers.scripted import CLOSE, run_scripted


def settings(dovecot: Dovecot, account: Account, **changes: Any) -> ImapSettings:  # any setting
    plain: dict[str, Any] = {
        "host": "localhost",
        "user": account.user,
        "password": account.password,
        "port": dovecot.imaps_port,
        "ca": dovecot.authority,
        "timeout_seconds": 10.0,
    }
    return ImapSettings(**(plain | changes))


def folders(settings: ImapSettings) -> tuple[str, ...]:
    with ImapMailbox.open("journal", settings) as mailbox:
        return tuple(folder.name for folder in mailbox.folders() if not folder.excluded)


@pytest.mark.parametrize("tls", ["starttls", "none"])
def test_the_other_port_serves_starttls_and_the_clear(dovecot: Dovecot, account: Account, tls: str) -> None:
    account.deliver([letter(1)])
    with ImapMailbox.open("journal", settings(dovecot, account, port=dovecot.imap_port, tls=tls)) as mailbox:
        assert len(mailbox.select("INBOX").uids) == 1


def test_a_wrong_password_is_named_and_not_repeated(dovecot: Dovecot, account: Account) -> None:
    with pytest.raises(MailboxRefusedError, match="refused the login") as raised:
        ImapMailbox.open("journal", settings(dovecot, account, password="swordfish"))
    assert "imap.password" in raised.value.hint
    assert "swordfish" not in f"{raised.value} {raised.value.hint}"


def test_a_password_is_not_shown_by_its_settings(dovecot: Dovecot, account: Account) -> None:
    assert account.password not in repr(settings(dovecot, account))


def test_an_untrusted_certificate_is_named(dovecot: Dovecot, account: Account) -> None:
    with pytest.raises(MailboxUnreachableError, match="certificate") as raised:
        ImapMailbox.open("journal", settings(dovecot, account, ca=None))
    assert "imap.ca" in raised.value.hint


def test_starttls_is_verified_too(dovecot: Dovecot, account: Account) -> None:
    with pytest.raises(MailboxUnreachableError, match="certificate"):
        ImapMailbox.open("journal", settings(dovecot, account, port=dovecot.imap_port, tls="starttls", ca=None))


def test_a_missing_authorities_file_is_named(dovecot: Dovecot, account: Account, tmp_path: Path) -> None:
    with pytest.raises(MailboxRefusedError, match=r"gone\.pem"):
        ImapMailbox.open("journal", settings(dovecot, account, ca=tmp_path / "gone.pem"))


def test_tls_at_a_port_without_it_is_named(dovecot: Dovecot, account: Account) -> None:
    with pytest.raises(MailboxUnreachableError, match="does not speak TLS"):
        ImapMailbox.open("journal", settings(dovecot, account, port=dovecot.imap_port))


def test_a_port_where_nobody_listens_is_named(dovecot: Dovecot, account: Account) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        with pytest.raises(MailboxUnreachableError, match=f"nothing answers at 127.0.0.1:{port}"):
            ImapMailbox.open("journal", settings(dovecot, account, host="127.0.0.1", port=port))


def test_an_unknown_host_and_a_silent_one_are_told_apart() -> None:
    setting = ImapSettings("imap.example", "user", "password", timeout_seconds=5)
    assert "no host of the name 'imap.example'" in str(told_failure("journal", setting, socket.gaierror(-2, "x")))
    assert "did not answer within 5 s" in str(told_failure("journal", setting, TimeoutError()))


@pytest.mark.parametrize(
    ("greeting", "told", "next_step"),
    [
        (
            b"HTTP/1.1 400 Bad Request\r\n\r\n" + CLOSE,
            "is no IMAP server: it says 'HTTP/1.1 400 Bad Request'",
            "imap.port",
        ),
        (b"220 mail.example ESMTP\r\n", "is no IMAP server: it says '220 mail.example ESMTP'", "imap.port"),
        (b"+OK POP3\r\n", "is no IMAP server", "imap.port"),
        (b"* BYE too many of you\r\n" + CLOSE, "turns us away: BYE too many of you", "later"),
        (CLOSE, "closes the connection without a word", "imap.tls"),
        (b"", "did not answer within 0.5 s", "imap.tls: implicit"),
    ],
)
def test_what_listens_there_and_is_no_imap_server_is_told(greeting: bytes, told: str, next_step: str) -> None:
    with run_scripted({}, greeting) as server, pytest.raises(MailboxUnreachableError) as raised:
        ImapMailbox.open("journal", replace(server.settings(), timeout_seconds=0.5))
    assert told in str(raised.value)
    assert next_step in raised.value.hint


@pytest.mark.parametrize(
    ("port", "tls", "error", "next_step"),
    [
        (993, "starttls", TimeoutError(), "imap.tls: implicit"),
        (993, "none", TimeoutError(), "imap.tls: implicit"),
        (143, "implicit", ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number"), "imap.tls: starttls"),
        (143, "implicit", TimeoutError(), "imap.tls: starttls"),
    ],
)
def test_the_other_kind_of_tls_is_named(port: int, tls: Tls, error: Exception, next_step: str) -> None:
    setting = ImapSettings("imap.example", "user", "password", port=port, tls=tls)
    assert next_step in told_failure("journal", setting, error).hint


def test_a_named_folder_that_is_not_there_is_refused_with_those_that_are(dovecot: Dovecot, account: Account) -> None:
    account.folder("Archive/2025")
    with pytest.raises(MailboxRefusedError, match="Archiv/2025") as raised:
        folders(settings(dovecot, account, folders=("INBOX", "Archiv/2025")))
    assert "Archive/2025" in raised.value.hint


def test_patterns_choose_folders_and_leave_out_junk_unless_it_is_named(dovecot: Dovecot, account: Account) -> None:
    for name in ("Archive", "Archive/2025", "Archive/2025/Q1", "Junk", "Übergabe"):
        account.folder(name if name.isascii() else "&ANw-bergabe")
    chosen = {
        pattern: set(folders(settings(dovecot, account, folders=(pattern,))))
        for pattern in ("*", "Archive/*", "Archive/%", "Junk", "inbox")
    }
    assert chosen == {
        "*": {"INBOX", "Archive", "Archive/2025", "Archive/2025/Q1", "Übergabe"},
        "Archive/*": {"Archive/2025", "Archive/2025/Q1"},
        "Archive/%": {"Archive/2025"},
        "Junk": {"Junk"},
        "inbox": {"INBOX"},
    }


def test_each_folder_is_chosen_once(dovecot: Dovecot, account: Account) -> None:
    assert folders(settings(dovecot, account, folders=("INBOX", "*", "INBOX"))) == ("INBOX",)


def test_a_new_uidvalidity_is_seen(dovecot: Dovecot, account: Account) -> None:
    account.deliver([letter(1)])
    with ImapMailbox.open("journal", settings(dovecot, account)) as mailbox:
        before = mailbox.select("INBOX").uidvalidity
    account.change_uid_validity(before + 9)
    with ImapMailbox.open("journal", settings(dovecot, account)) as mailbox:
        assert mailbox.select("INBOX").uidvalidity == before + 9

"""What stands between us and a server is told by name, and mail is read without a trace."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ingest.mailbox.connection_failures import told_failure
from ingest.mailbox.imap import ImapMailbox
from ingest.settings import FetchLimits, ImapSettings
from models.errors import MailboxRefusedError, MailboxUnreachableError
from tests.contract.mailbox_contract import letter
from tests.servers.dovecot import Account, Dovecot


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
        return mailbox.folders()


@pytest.mark.parametrize("tls", ["starttls", "none"])
def test_the_other_port_serves_starttls_and_the_clear(dovecot: Dovecot, account: Account, tls: str) -> None:
    account.deliver([letter(1)])
    with ImapMailbox.open("journal", settings(dovecot, account, port=dovecot.imap_port, tls=tls)) as mailbox:
        assert len(mailbox.select("INBOX").uids) == 1


def test_a_wrong_password_is_named_and_not_repeated(dovecot: Dovecot, account: Account) -> None:
    with pytest.raises(MailboxRefusedError, match="user or password") as raised:
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
    with pytest.raises(MailboxUnreachableError, match=r"gone\.pem"):
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


def test_a_connection_that_breaks_leaves_what_came_before_whole(dovecot: Dovecot, account: Account) -> None:
    account.deliver([letter(number, b"x" * 70 + b"\n" * 3000) for number in range(20)])
    with _breaking_after(dovecot.imap_port, 30_000) as port:
        broken = settings(dovecot, account, host="127.0.0.1", port=port, tls="none", ca=None)
        mailbox = ImapMailbox.open("journal", broken)
        uids = mailbox.select("INBOX").uids
        whole = []
        with pytest.raises(MailboxUnreachableError, match="was lost"):
            whole += [mail.raw for mail in mailbox.fetch(uids, FetchLimits(batch_messages=1))]
        fetched = mailbox.fetch(uids[:1])
        with pytest.raises(MailboxUnreachableError):
            next(fetched)
        mailbox.close()


@contextmanager
def _breaking_after(server_port: int, total: int) -> Iterator[int]:
    """A port that hands one connection through to the server and cuts it after `total` bytes of its answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_hand_through, args=(listener, server_port, total), daemon=True)
        thread.start()
        yield listener.getsockname()[1]
    thread.join(timeout=10)


def _hand_through(listener: socket.socket, server_port: int, total: int) -> None:
    client, _ = listener.accept()
    with client, socket.create_connection(("127.0.0.1", server_port)) as server:
        threading.Thread(target=_copy, args=(client, server), daemon=True).start()
        left = total
        while left > 0 and (data := server.recv(min(left, 4096))):
            client.sendall(data)
            left -= len(data)
        client.shutdown(socket.SHUT_RDWR)


def _copy(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(4096):
            target.sendall(data)
    except OSError:
        # the other side was cut
        return

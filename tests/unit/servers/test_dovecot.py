"""The private IMAP server speaks TLS, keeps the order of delivery, and numbers folders as asked."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from tests.servers.dovecot import Account, Dovecot


def _message(number: int) -> bytes:
    return b"Subject: number %d\r\n\r\nbody\r\n" % number


def _trust(dovecot: Dovecot) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(dovecot.authority))


@contextmanager
def _session(dovecot: Dovecot, account: Account) -> Iterator[imaplib.IMAP4_SSL]:
    with imaplib.IMAP4_SSL("localhost", dovecot.imaps_port, ssl_context=_trust(dovecot)) as imap:
        imap.login(account.user, account.password)
        yield imap


def _uids(imap: imaplib.IMAP4, folder: str = "INBOX") -> list[int]:
    imap.select(f'"{folder}"', readonly=True)
    _, (found,) = imap.uid("search", "ALL")
    return [int(uid) for uid in found.split()]


def _uid_validity(imap: imaplib.IMAP4, folder: str = "INBOX") -> int:
    imap.select(f'"{folder}"', readonly=True)
    _, (value,) = imap.response("UIDVALIDITY")
    assert value is not None
    return int(value)


def test_messages_come_over_implicit_tls_in_the_order_of_delivery(dovecot: Dovecot, account: Account) -> None:
    account.deliver(_message(number) for number in range(120))
    with _session(dovecot, account) as imap:
        assert _uids(imap) == list(range(1, 121))
        _, parts = imap.uid("fetch", "120", "(BODY.PEEK[])")
    assert parts[0][1] == _message(119)


def test_starttls_is_verified_for_the_address_too(dovecot: Dovecot, account: Account) -> None:
    with imaplib.IMAP4("127.0.0.1", dovecot.imap_port) as imap:
        imap.starttls(_trust(dovecot))
        assert imap.login(account.user, account.password)[0] == "OK"


def test_an_unknown_authority_is_not_trusted(dovecot: Dovecot) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        imaplib.IMAP4_SSL("localhost", dovecot.imaps_port, ssl_context=ssl.create_default_context())


def test_a_wrong_password_is_refused(dovecot: Dovecot, account: Account) -> None:
    with (
        imaplib.IMAP4_SSL("localhost", dovecot.imaps_port, ssl_context=_trust(dovecot)) as imap,
        pytest.raises(imaplib.IMAP4.error),
    ):
        imap.login(account.user, "guess")


def test_nested_folders_and_internal_dates(dovecot: Dovecot, account: Account) -> None:
    moment = datetime(2020, 3, 1, 12, 30, tzinfo=UTC)
    account.deliver([_message(1)], "Archive/2020", internal_date=moment)
    with _session(dovecot, account) as imap:
        _, folders = imap.list()
        assert any(row.endswith(b" Archive/2020") for row in folders if isinstance(row, bytes))
        assert _uids(imap, "Archive/2020") == [1]
        _, (row,) = imap.uid("fetch", "1", "(INTERNALDATE)")
    assert b"01-Mar-2020 12:30:00 +0000" in row or b" 1-Mar-2020 12:30:00 +0000" in row


def test_expunged_mail_is_gone_and_its_uid_not_used_again(dovecot: Dovecot, account: Account) -> None:
    files = account.deliver(_message(number) for number in range(3))
    with _session(dovecot, account) as imap:
        assert _uids(imap) == [1, 2, 3]
    account.expunge(files[1:])
    account.deliver([_message(9)])
    with _session(dovecot, account) as imap:
        assert _uids(imap) == [1, 4]


def test_uid_validity_can_be_changed(dovecot: Dovecot, account: Account) -> None:
    files = account.deliver(_message(number) for number in range(3))
    with _session(dovecot, account) as imap:
        before = _uid_validity(imap)
        assert _uids(imap) == [1, 2, 3]
    account.expunge(files[:1])
    account.change_uid_validity(before + 7)
    with _session(dovecot, account) as imap:
        assert _uid_validity(imap) == before + 7
        assert _uids(imap) == [1, 2]

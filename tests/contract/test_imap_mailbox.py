"""An account on a real IMAP server keeps the contract; failures are in the tests of `ingest.mailbox.imap`."""

import imaplib
import ssl
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

from ingest.mailbox.contract import MailSource
from ingest.mailbox.imap import ImapMailbox
from ingest.settings import ImapSettings
from tests.contract.mailbox_contract import RECEIVED, MailboxContract
from tests.servers.dovecot import Account, Dovecot

if TYPE_CHECKING:
    from pathlib import Path


class ImapPost:
    """Delivers into the server's files."""

    def __init__(self, dovecot: Dovecot, account: Account) -> None:
        self._dovecot = dovecot
        self._account = account
        self._files: list[Path] = []

    def deliver(self, messages: Sequence[bytes]) -> None:
        self._files += self._account.deliver(messages, internal_date=RECEIVED)

    def remove(self, position: int) -> None:
        self._account.expunge([self._files[position]])

    def open(self) -> MailSource:
        server, account = self._dovecot, self._account
        settings = ImapSettings(
            "localhost", account.user, account.password, port=server.imaps_port, ca=server.authority
        )
        return ImapMailbox.open("journal", settings)

    def traces(self) -> object:
        context = ssl.create_default_context(cafile=str(self._dovecot.authority))
        with imaplib.IMAP4_SSL("localhost", self._dovecot.imaps_port, ssl_context=context) as imap:
            imap.login(self._account.user, self._account.password)
            imap.select("INBOX", readonly=True)
            return imap.uid("fetch", "1:*", "(FLAGS)")


class TestImapMailbox(MailboxContract):
    """The contract."""

    @pytest.fixture
    def post(self, dovecot: Dovecot, account: Account) -> ImapPost:
        return ImapPost(dovecot, account)

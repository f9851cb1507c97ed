"""A poll leaves no trace on a server: flags, counts, UIDs, modification numbers and bytes are the same afterwards."""

import imaplib

from ingest.mailbox.imap import ImapMailbox
from ingest.settings import ImapSettings
from tests.contract.mailbox_contract import letter
from tests.servers.dovecot import Account, Dovecot
from tests.servers.traces import message_files, seen_by_another_client

_LETTERS = tuple(letter(number) for number in range(25))
_FOLDERS = ("INBOX", "Archive", "Archive/2025")


def test_a_poll_leaves_no_trace(dovecot: Dovecot, account: Account) -> None:
    for folder in _FOLDERS:
        account.deliver(_LETTERS, folder)
    with imaplib.IMAP4("127.0.0.1", dovecot.imap_port) as imap:
        imap.login(account.user, account.password)
        imap.select("Archive")
        imap.uid("store", "3,5", "+FLAGS", "(\\Seen \\Flagged)")
    before = seen_by_another_client(dovecot, account, _FOLDERS)
    settings = ImapSettings(
        "localhost", account.user, account.password, port=dovecot.imaps_port, ca=dovecot.authority, folders=("*",)
    )
    with ImapMailbox.open("journal", settings) as mailbox:
        names = [folder.name for folder in mailbox.folders()]
        mailbox.statuses(names)
        for name in names:
            assert len(list(mailbox.fetch(mailbox.select(name).uids))) == len(_LETTERS)
    assert sorted(names) == sorted(_FOLDERS)
    assert seen_by_another_client(dovecot, account, _FOLDERS) == before


def test_new_mail_stays_new_and_files_stay_as_they_are(dovecot: Dovecot, account: Account) -> None:
    account.deliver(_LETTERS)
    before = message_files(account)
    settings = ImapSettings("localhost", account.user, account.password, port=dovecot.imaps_port, ca=dovecot.authority)
    with ImapMailbox.open("journal", settings) as mailbox:
        mailbox.folders()
        mailbox.statuses(["INBOX"])
        assert len(list(mailbox.fetch(mailbox.select("INBOX").uids))) == len(_LETTERS)
    # still in new/: \Recent was not taken from it
    assert message_files(account) == before
    assert all(name.startswith("new/") for name in before)

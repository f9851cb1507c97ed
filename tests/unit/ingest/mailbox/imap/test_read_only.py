"""A poll leaves no trace on a server: flags, counts, UIDs, modification numbers and bytes are the same afterwards."""

import hashlib
import imaplib
import ssl
from pathlib import Path

from ingest.mailbox.imap import ImapMailbox
from ingest.settings import ImapSettings
from tests.contract.mailbox_contract import letter
from tests.servers.dovecot import Account, Dovecot

_LETTERS = tuple(letter(number) for number in range(25))
_FOLDERS = ("INBOX", "Archive", "Archive/2025")


def _seen_by_another_client(dovecot: Dovecot, account: Account) -> list[object]:
    context = ssl.create_default_context(cafile=str(dovecot.authority))
    told: list[object] = []
    with imaplib.IMAP4_SSL("localhost", dovecot.imaps_port, ssl_context=context) as imap:
        imap.login(account.user, account.password)
        for folder in _FOLDERS:
            told.append(imap.status(f'"{folder}"', "(MESSAGES RECENT UNSEEN UIDNEXT UIDVALIDITY HIGHESTMODSEQ)"))
            imap.select(f'"{folder}"', readonly=True)
            told.append(imap.uid("fetch", "1:*", "(FLAGS MODSEQ INTERNALDATE RFC822.SIZE)"))
    return told


def _message_files(account: Account) -> dict[str, tuple[str, int]]:
    """Every message's file: its folder and name (which holds its flags), the hash of its bytes, its time."""
    return {
        str(file.relative_to(account.home)): (hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_mtime_ns)
        for file in sorted(Path(account.home).rglob("*"))
        if file.is_file() and file.parent.name in {"cur", "new"}
    }


def test_a_poll_leaves_no_trace(dovecot: Dovecot, account: Account) -> None:
    for folder in _FOLDERS:
        account.deliver(_LETTERS, folder)
    with imaplib.IMAP4("127.0.0.1", dovecot.imap_port) as imap:
        imap.login(account.user, account.password)
        imap.select("Archive")
        imap.uid("store", "3,5", "+FLAGS", "(\\Seen \\Flagged)")
    before = _seen_by_another_client(dovecot, account)
    settings = ImapSettings(
        "localhost", account.user, account.password, port=dovecot.imaps_port, ca=dovecot.authority, folders=("*",)
    )
    with ImapMailbox.open("journal", settings) as mailbox:
        names = [folder.name for folder in mailbox.folders()]
        mailbox.statuses(names)
        for name in names:
            assert len(list(mailbox.fetch(mailbox.select(name).uids))) == len(_LETTERS)
    assert sorted(names) == sorted(_FOLDERS)
    assert _seen_by_another_client(dovecot, account) == before


def test_new_mail_stays_new_and_files_stay_as_they_are(dovecot: Dovecot, account: Account) -> None:
    account.deliver(_LETTERS)
    before = _message_files(account)
    settings = ImapSettings("localhost", account.user, account.password, port=dovecot.imaps_port, ca=dovecot.authority)
    with ImapMailbox.open("journal", settings) as mailbox:
        mailbox.folders()
        mailbox.statuses(["INBOX"])
        assert len(list(mailbox.fetch(mailbox.select("INBOX").uids))) == len(_LETTERS)
    # still in new/: \Recent was not taken from it
    assert _message_files(account) == before
    assert all(name.startswith("new/") for name in before)

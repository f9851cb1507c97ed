"""What a poll must leave as it was: an account as another client of the server sees it, and as its files lie."""

import hashlib
import imaplib
from collections.abc import Iterable

from tests.servers.dovecot import Account, Dovecot

_ITEMS = "(MESSAGES RECENT UNSEEN UIDNEXT UIDVALIDITY HIGHESTMODSEQ)"


def seen_by_another_client(dovecot: Dovecot, account: Account, folders: Iterable[str]) -> list[object]:
    """Returns what the server tells of folders and of each message in them: counts, UIDs, flags, MODSEQs."""
    told: list[object] = []
    with imaplib.IMAP4("127.0.0.1", dovecot.imap_port) as imap:
        imap.login(account.user, account.password)
        for folder in folders:
            told.append(imap.status(f'"{folder}"', _ITEMS))
            imap.select(f'"{folder}"', readonly=True)
            told.append(imap.uid("fetch", "1:*", "(FLAGS MODSEQ INTERNALDATE RFC822.SIZE)"))
    return told


def message_files(account: Account) -> dict[str, tuple[str, int]]:
    """Returns every message's file: its folder and name (which holds its flags), the hash of its bytes, its time."""
    return {
        str(file.relative_to(account.home)): (hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_mtime_ns)
        for file in sorted(account.home.rglob("*"))
        if file.is_file() and file.parent.name in {"cur", "new"}
    }

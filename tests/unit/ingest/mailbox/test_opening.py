"""Settings open the mailbox they describe."""

from pathlib import Path

import pytest

from ingest.mailbox.opening import open_mailbox
from ingest.settings import EmlSettings, ImapSettings, MailboxSettings, MaildirSettings, MboxSettings
from tests.servers.dovecot import Account, Dovecot


def test_files(tmp_path: Path) -> None:
    (tmp_path / "mail.mbox").write_bytes(b"From ana Mon Mar  2 09:30:00 2026\nSubject: x\n\n")
    (tmp_path / "maildir" / "cur").mkdir(parents=True)
    (tmp_path / "maildir" / "cur" / "1.x").write_bytes(b"Subject: y\n\n")
    (tmp_path / "single").mkdir()
    (tmp_path / "single" / "one.eml").write_bytes(b"Subject: z\n\n")
    sources = (
        MboxSettings(tmp_path / "mail.mbox"),
        MaildirSettings(tmp_path / "maildir"),
        EmlSettings(tmp_path / "single"),
    )
    for source in sources:
        with open_mailbox(MailboxSettings("old", source)) as mailbox:
            assert (mailbox.name, len(mailbox.select("INBOX").uids)) == ("old", 1)


@pytest.mark.parametrize("folder", ["INBOX"])
def test_a_server(dovecot: Dovecot, account: Account, folder: str) -> None:
    imap = ImapSettings("localhost", account.user, account.password, port=dovecot.imaps_port, ca=dovecot.authority)
    with open_mailbox(MailboxSettings("journal", imap)) as mailbox:
        assert [listed.name for listed in mailbox.folders()] == [folder]

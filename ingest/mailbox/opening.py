"""From settings to an open mailbox."""

from ingest.mailbox.contract import MailSource
from ingest.mailbox.eml import EmlMailbox
from ingest.mailbox.imap import ImapMailbox
from ingest.mailbox.maildir import MaildirMailbox
from ingest.mailbox.mbox import MboxMailbox
from ingest.settings import EmlSettings, ImapSettings, MailboxSettings, MaildirSettings


def open_mailbox(settings: MailboxSettings) -> MailSource:
    """Open the mailbox for reading; use it in a `with` statement.

    Raises:
        MailboxUnreachableError: host, port, TLS, or the file is not there.
        MailboxRefusedError: user, password, or the file is something else.
    """
    source = settings.source
    if isinstance(source, ImapSettings):
        return ImapMailbox.open(settings.name, source)
    if isinstance(source, MaildirSettings):
        return MaildirMailbox.open(settings.name, source.path)
    if isinstance(source, EmlSettings):
        return EmlMailbox.open(settings.name, source.path)
    return MboxMailbox.open(settings.name, source.path)

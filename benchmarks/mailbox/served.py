"""The generated mailbox on a private Dovecot, over loopback with TLS."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.mailbox.letters import generate
from ingest.mailbox.imap import ImapMailbox
from ingest.settings import ImapSettings
from tests.servers.dovecot import PASSWORD, Account, Dovecot, run_dovecot
from tests.servers.programs import ProgramMissingError


@dataclass(frozen=True, slots=True)
class Served:
    """A mailbox on a server.

    Attributes:
        server, account: where its files are.
        settings: how to log in.
    """

    server: Dovecot
    account: Account
    settings: ImapSettings


@contextmanager
def serve(count: int) -> Iterator[Served]:
    """A server with so many messages in INBOX, listed once, so that the server has its index; ends without Dovecot."""
    try:
        with run_dovecot() as server:
            account = server.new_account()
            account.deliver(generate(count))
            served = Served(server, account, settings_for(server, account))
            with ImapMailbox.open("benchmark", served.settings) as mailbox:
                mailbox.select("INBOX")
            yield served
    except ProgramMissingError as error:
        sys.exit(f"skipped: {error}")


def settings_for(server: Dovecot, account: Account, port: int | None = None) -> ImapSettings:
    """How to log in, through another port where one is named."""
    return ImapSettings(
        host=server.host, port=port or server.imaps_port, ca=server.authority, user=account.user, password=PASSWORD
    )

"""What the front door tells the mail-in stage: where mail lies, how to poll it, how much of a message to read."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Tls = Literal["implicit", "starttls", "none"]
"""How a connection is secured: TLS from the first byte, STARTTLS (RFC 9051, 6.2.1), or in the clear."""


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """An account on an IMAP server.

    Attributes:
        host: name that the server's certificate must carry.
        port: 993 for implicit TLS, 143 for the others, by custom.
        tls: how the connection is secured.
        ca: PEM file with the authorities to trust instead of the system's; None for those.
        user, password: what LOGIN sends.
        folders: names, or patterns with "*" (anything) and "%" (anything but "/"); "/" separates levels
            whatever the server uses. Patterns leave out drafts, junk and trash (RFC 6154); names do not.
        timeout_seconds: how long to wait for the connection and for each answer.
    """

    host: str
    user: str
    password: str = field(repr=False)
    port: int = 993
    tls: Tls = "implicit"
    ca: Path | None = None
    folders: tuple[str, ...] = ("INBOX",)
    timeout_seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class MboxSettings:
    """A file of many messages (RFC 4155)."""

    path: Path


@dataclass(frozen=True, slots=True)
class MaildirSettings:
    """A Maildir, with Maildir++ sub-folders where it has any."""

    path: Path


@dataclass(frozen=True, slots=True)
class MailboxSettings:
    """One configured mailbox.

    Attributes:
        name: what reports and the ledger call it.
        source: where its mail lies.
        scope: domains (sub-domains included) and addresses; mail that touches none of them leaves only its
            ledger row behind. None takes everything.
    """

    name: str
    source: ImapSettings | MboxSettings | MaildirSettings
    scope: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How much is asked for at once, and how much of one message is too much.

    Attributes:
        batch_bytes: messages of about this much together in one command (a batch is held in memory).
        batch_messages: at most this many in one command.
        message_bytes: larger messages are not fetched; they are quarantined.
    """

    batch_bytes: int = 16 * 2**20
    batch_messages: int = 500
    message_bytes: int = 50 * 10**6


@dataclass(frozen=True, slots=True)
class ParseLimits:
    """Bounds on one message, so that no stranger's mail holds up a run.

    Attributes:
        message_bytes: larger messages are quarantined.
        header_bytes: of the header section's fields that are read; what is beyond is cut off, and said.
        field_bytes: of one field in the header section; the rest is cut off, and said.
        mime_bytes: of one Content-* field, anywhere; longer ones quarantine the message, because taking parameters
            apart is quadratic in the standard library.
        mime_total_bytes: of all Content-* fields together.
        fields: header fields that are read.
        parts: MIME parts; more are quarantined.
        nesting: MIME boundaries declared; more are quarantined (each level of nesting declares its own).
        text_chars: of readable text; the rest is cut off, and said.
        html_chars: of HTML that is turned into text.
        html_depth: elements inside one another that are followed.
    """

    message_bytes: int = 50 * 10**6
    header_bytes: int = 256 * 2**10
    field_bytes: int = 64 * 2**10
    fields: int = 2000
    mime_bytes: int = 8 * 2**10
    mime_total_bytes: int = 2**20
    parts: int = 1000
    nesting: int = 100
    text_chars: int = 2 * 10**6
    html_chars: int = 2 * 10**6
    html_depth: int = 200


@dataclass(frozen=True, slots=True)
class PollSettings:
    """How a mailbox is polled.

    Attributes:
        accept_empty: go on although a folder that held messages lists none.
        accept_uidvalidity: go on although the server numbered a folder anew.
        commit_messages, commit_bytes: messages written in one transaction.
        fetch: how much is asked for at once.
        parse: bounds on one message.
    """

    accept_empty: bool = False
    accept_uidvalidity: bool = False
    commit_messages: int = 200
    commit_bytes: int = 32 * 2**20
    fetch: FetchLimits = FetchLimits()
    parse: ParseLimits = ParseLimits()

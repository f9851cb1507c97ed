"""What the front door tells the mail-in stage: where mail lies, how to poll it, how much of a message to read."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

Tls = Literal["implicit", "starttls", "none"]
"""How a connection is secured: TLS from the first byte, STARTTLS (RFC 9051, 6.2.1), or in the clear."""


Compress = Literal["auto", "always", "never"]
"""COMPRESS=DEFLATE (RFC 4978): `auto` uses it where the server offers it and is not on this machine."""

SET_ASIDE = ("\\Drafts", "\\Junk", "\\Trash")
"""Folders that patterns leave out unless the settings say otherwise (special uses, RFC 6154)."""


@dataclass(frozen=True, slots=True)
class MicrosoftClient:
    """An application of Microsoft Entra with the permission IMAP.AccessAsApp (client credentials, RFC 6749, 4.4).

    Attributes:
        tenant: directory (tenant) id or its domain.
        client_id, client_secret: of the registered application.
        authority: where tokens come from; another one for national clouds.
        scope: what the token is for.
    """

    tenant: str
    client_id: str
    client_secret: str = field(repr=False)
    authority: str = "https://login.microsoftonline.com"
    scope: str = "https://outlook.office365.com/.default"


@dataclass(frozen=True, slots=True)
class GoogleServiceAccount:
    """A Google service account with domain-wide delegation; it reads the mailbox of `ImapSettings.user`.

    Attributes:
        key_file: the JSON key as Google hands it out.
        scope: what the domain's administrator delegated to it.
    """

    key_file: Path
    scope: str = "https://mail.google.com/"


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """A refresh token at any OAuth 2 server (RFC 6749, section 6)."""

    token_url: str
    client_id: str
    refresh_token: str = field(repr=False)
    client_secret: str = field(default="", repr=False)
    scope: str = ""


OAuthSettings = MicrosoftClient | GoogleServiceAccount | RefreshToken


@dataclass(frozen=True, slots=True)
class ImapSettings:
    r"""An account on an IMAP server.

    Attributes:
        host: name that the server's certificate must carry.
        user: whose mailbox.
        password: what LOGIN or AUTHENTICATE PLAIN sends; "" with `oauth`.
        oauth: where access tokens come from, for XOAUTH2 or OAUTHBEARER (RFC 7628); None for a password.
        port: 993 for implicit TLS, 143 for the others, by custom.
        tls: how the connection is secured.
        ca: PEM file with the authorities to trust instead of the system's; None for those.
        certificate, key: PEM files of our own certificate, for servers that want one; `key` may be in `certificate`.
        folders: names, patterns with "*" (anything) and "%" (anything but "/"), or special uses such as "\Sent"
            (RFC 6154); "/" separates levels whatever the server uses.
        exclude: the same words; what they mean is left out of what patterns mean, not of what names mean.
        timeout_seconds: how long to wait for the connection and for each answer.
        compress: whether to ask for a compressed connection.
        patience_seconds: how long to try again, with growing pauses, when the server closes, throttles or stalls.
    """

    host: str
    user: str
    password: str = field(default="", repr=False)
    oauth: OAuthSettings | None = None
    port: int = 993
    tls: Tls = "implicit"
    ca: Path | None = None
    certificate: Path | None = None
    key: Path | None = None
    folders: tuple[str, ...] = ("INBOX",)
    exclude: tuple[str, ...] = SET_ASIDE
    timeout_seconds: float = 60.0
    compress: Compress = "auto"
    patience_seconds: float = 300.0


@dataclass(frozen=True, slots=True)
class MboxSettings:
    """A file of many messages (RFC 4155)."""

    path: Path


@dataclass(frozen=True, slots=True)
class MaildirSettings:
    """A Maildir, with Maildir++ sub-folders where it has any."""

    path: Path


@dataclass(frozen=True, slots=True)
class EmlSettings:
    """Messages as single files (.eml, .msg), in a folder with sub-folders or in a .zip that may also hold mboxes."""

    path: Path


SourceSettings = ImapSettings | MboxSettings | MaildirSettings | EmlSettings


@dataclass(frozen=True, slots=True)
class Selection:
    """Which mail to keep; of what is left out only the ledger row stays, with the reason.

    Attributes:
        scope: domains (sub-domains included) and addresses; mail that touches none of them is left out. None takes
            everybody's.
        since, until: first and last day, in UTC, of the messages to keep; None for no bound.
    """

    scope: frozenset[str] | None = None
    since: date | None = None
    until: date | None = None


EVERYTHING = Selection()


@dataclass(frozen=True, slots=True)
class MailboxSettings:
    """One configured mailbox.

    Attributes:
        name: what reports and the ledger call it.
        source: where its mail lies.
        selection: which of its mail to keep.
    """

    name: str
    source: SourceSettings
    selection: Selection = EVERYTHING


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
        whole_bytes: bodies up to this much in all go through the parser whole; of longer ones the middles go round it.
        parts: MIME parts; more are quarantined.
        nesting: MIME boundaries declared; more are quarantined (each level of nesting declares its own).
        text_chars: of readable text, all parts together; the rest is cut off, and said.
        html_chars: of HTML that is turned into text.
        html_depth: elements inside one another that are followed.
    """

    message_bytes: int = 50 * 10**6
    header_bytes: int = 256 * 2**10
    field_bytes: int = 64 * 2**10
    fields: int = 2000
    mime_bytes: int = 8 * 2**10
    mime_total_bytes: int = 2**20
    whole_bytes: int = 128 * 2**10
    parts: int = 1000
    nesting: int = 100
    text_chars: int = 10**6
    html_chars: int = 10**6
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

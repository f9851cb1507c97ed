"""The shape of config.yaml's mailboxes: where mail lies, how to get in, which of it to keep."""

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator, model_validator

from ingest.settings import SET_ASIDE
from liaison.shape import URL, Identifier, Shape


class SecretShape(Shape):
    """A secret by where it lies; exactly one of the three."""

    env: str | None = Field(None, description="name of an environment variable that holds it")
    file: Path | None = Field(None, description="file that holds it (first line), relative to config.yaml")
    command: list[str] | None = Field(None, min_length=1, description="command that prints it, as a list of words")

    @model_validator(mode="after")
    def _exactly_one(self) -> "SecretShape":
        if sum(value is not None for value in (self.env, self.file, self.command)) != 1:
            raise ValueError("give exactly one of env, file, command")
        return self


class MicrosoftShape(Shape):
    """An application registered in Microsoft Entra with the permission IMAP.AccessAsApp (client credentials)."""

    tenant: str = Field(min_length=1, description="directory (tenant) id, or its domain")
    client_id: str = Field(min_length=1, description="application (client) id")
    client_secret: SecretShape = Field(description="where the application's secret lies")
    authority: str = Field(
        "https://login.microsoftonline.com", pattern=URL, description="where tokens come from; national clouds differ"
    )
    scope: str = Field("https://outlook.office365.com/.default", min_length=1, description="what the token is for")


class GoogleShape(Shape):
    """A Google service account with domain-wide delegation, which reads the mailbox of `user`."""

    key_file: Path = Field(description="the account's JSON key, as Google hands it out")
    scope: str = Field("https://mail.google.com/", min_length=1, description="what the administrator delegated")


class RefreshTokenShape(Shape):
    """A refresh token of any OAuth 2 server (RFC 6749, section 6)."""

    token_url: str = Field(pattern=URL, description="where tokens come from")
    client_id: str = Field(min_length=1, description="client id")
    client_secret: SecretShape | None = Field(None, description="where the client's secret lies, if it has one")
    refresh_token: SecretShape = Field(description="where the refresh token lies")
    scope: str = Field("", description="what the token is for, where the server wants to be told")


class OAuthShape(Shape):
    """Where access tokens come from; exactly one of the three."""

    microsoft: MicrosoftShape | None = Field(None, description="Microsoft 365 and Exchange Online")
    google: GoogleShape | None = Field(None, description="Google Workspace")
    refresh_token: RefreshTokenShape | None = Field(None, description="any other server")

    @model_validator(mode="after")
    def _exactly_one(self) -> "OAuthShape":
        if sum(value is not None for value in (self.microsoft, self.google, self.refresh_token)) != 1:
            raise ValueError("give exactly one of microsoft, google, refresh_token")
        return self


class ImapShape(Shape):
    """An account on an IMAP server. It is opened read-only."""

    host: str = Field(description="name of the server")
    port: int | None = Field(None, ge=1, le=65535, description="where left out, 993 for implicit TLS, else 143")
    tls: Literal["implicit", "starttls", "none"] = Field(
        "implicit",
        description="`none` sends password and mail in the clear; only for a server on this machine",
    )
    ca: Path | None = Field(None, description="PEM file with the authority's certificate, where it is no public one")
    certificate: Path | None = Field(None, description="PEM file with our own certificate, where the server wants one")
    key: Path | None = Field(None, description="PEM file with its key, where it is not in `certificate`")
    user: str = Field(description="login name; with `oauth`, the mailbox's address")
    password: SecretShape | None = Field(
        None, description="where the password lies: `{env: X}`, `{file: p}` or `{command: [...]}`"
    )
    oauth: OAuthShape | None = Field(None, description="where access tokens come from, in place of a password")
    folders: list[str] = Field(
        ["INBOX"], min_length=1, description="names, patterns (`Archive/*`, `*`) or special uses (`\\Sent`)"
    )
    exclude: list[str] = Field(
        list(SET_ASIDE), description="the same words: what they mean is left out of what patterns mean, not of names"
    )
    timeout: float = Field(
        60.0, gt=0, le=3600, description="seconds without an answer after which the server counts as unreachable"
    )
    patience: float = Field(
        300.0, ge=0, le=86_400, description="seconds in which to try again when the server closes, throttles or stalls"
    )
    compress: Literal["auto", "always", "never"] = Field(
        "auto", description="compressed connection (RFC 4978); `auto`: where offered, and not to this machine"
    )

    @model_validator(mode="after")
    def _one_way_in(self) -> "ImapShape":
        if (self.password is None) == (self.oauth is None):
            raise ValueError("give exactly one of password, oauth")
        if self.key is not None and self.certificate is None:
            raise ValueError("a key without a certificate; name the certificate's PEM file")
        return self

    @field_validator("host")
    @classmethod
    def _name_of_a_host(cls, value: str) -> str:
        try:
            value.encode("idna")  # as the network will write it (RFC 3490)
        except UnicodeError:
            raise ValueError("is no name of a server") from None
        return value


class MailboxShape(Shape):
    """One source of mail; exactly one of imap, mbox, maildir, eml."""

    name: Identifier = Field(description="how reports and the ledger call it; never change it")
    imap: ImapShape | None = Field(None, description="an account on an IMAP server")
    mbox: Path | None = Field(None, description="an mbox file, relative to config.yaml")
    maildir: Path | None = Field(None, description="a Maildir, relative to config.yaml")
    eml: Path | None = Field(
        None, description="a folder of single messages (.eml, .msg), or a .zip of such, relative to config.yaml"
    )
    since: date | None = Field(
        None, description="first day (UTC) of the mail to keep; older mail leaves only its count"
    )
    until: date | None = Field(None, description="last day (UTC) of the mail to keep; later mail leaves only its count")
    scope: Literal["all", "organisations"] = Field(
        "all",
        description="`organisations`: mail that is neither from nor to a configured one leaves only its count",
    )

    @model_validator(mode="after")
    def _exactly_one(self) -> "MailboxShape":
        if sum(value is not None for value in (self.imap, self.mbox, self.maildir, self.eml)) != 1:
            raise ValueError("give exactly one of imap, mbox, maildir, eml")
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"since {self.since} lies after until {self.until}")
        return self

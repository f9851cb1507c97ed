"""From a mailbox of config.yaml to its settings, with every secret fetched from where it lies."""

from dataclasses import dataclass
from pathlib import Path

from ingest.settings import (
    EmlSettings,
    GoogleServiceAccount,
    ImapSettings,
    MaildirSettings,
    MboxSettings,
    MicrosoftClient,
    OAuthSettings,
    RefreshToken,
    SourceSettings,
)
from liaison.config_problems import Location, path_text
from liaison.credentials import resolve_secret
from liaison.mailbox_shape import (
    ImapShape,
    MailboxShape,
    MicrosoftShape,
    OAuthShape,
    RefreshTokenShape,
    SecretShape,
)

IMPLICIT_TLS_PORT, OTHER_PORT = 993, 143


@dataclass(frozen=True, slots=True)
class SettingPlace:
    """Where a setting stands: the folder that relative paths are meant from, the file's name, the setting's path."""

    base: Path
    source: str
    location: Location

    def below(self, *parts: str) -> "SettingPlace":
        """A setting inside this one."""
        return SettingPlace(self.base, self.source, (*self.location, *parts))

    def secret(self, shape: SecretShape | None, name: str) -> str:
        """The secret under `name`, "" where none is configured.

        Raises:
            ConfigurationError: it is not where the configuration says.
        """
        path = path_text((*self.location, name))
        return resolve_secret(shape, self.base, self.source, path) if shape else ""

    def file(self, path: Path | None) -> Path | None:
        """A file that the setting names, from the configuration's folder."""
        return self.base / path if path else None


def source_settings(shape: MailboxShape, place: SettingPlace) -> SourceSettings:
    """Where the mailbox's mail lies and how to get in.

    Raises:
        ConfigurationError: a secret is not where the configuration says.
    """
    if shape.mbox is not None:
        return MboxSettings(place.base / shape.mbox)
    if shape.maildir is not None:
        return MaildirSettings(place.base / shape.maildir)
    if shape.eml is not None:
        return EmlSettings(place.base / shape.eml)
    if shape.imap is None:  # the shape's validator allows no mailbox without a source
        raise AssertionError(shape.name)
    return _imap(shape.imap, place.below("imap"))


def _imap(shape: ImapShape, place: SettingPlace) -> ImapSettings:
    return ImapSettings(
        host=shape.host,
        user=shape.user,
        password=place.secret(shape.password, "password"),
        oauth=_oauth(shape.oauth, place.below("oauth")) if shape.oauth else None,
        port=shape.port or (IMPLICIT_TLS_PORT if shape.tls == "implicit" else OTHER_PORT),
        tls=shape.tls,
        ca=place.file(shape.ca),
        certificate=place.file(shape.certificate),
        key=place.file(shape.key),
        folders=tuple(shape.folders),
        exclude=tuple(shape.exclude),
        timeout_seconds=shape.timeout,
        compress=shape.compress,
        patience_seconds=shape.patience,
    )


def _oauth(shape: OAuthShape, place: SettingPlace) -> OAuthSettings:
    if shape.microsoft is not None:
        return _microsoft(shape.microsoft, place.below("microsoft"))
    if shape.google is not None:
        return GoogleServiceAccount(place.base / shape.google.key_file, shape.google.scope)
    if shape.refresh_token is None:  # the shape's validator allows no section without a source
        raise AssertionError(place.location)
    return _refresh_token(shape.refresh_token, place.below("refresh_token"))


def _microsoft(shape: MicrosoftShape, place: SettingPlace) -> MicrosoftClient:
    return MicrosoftClient(
        tenant=shape.tenant,
        client_id=shape.client_id,
        client_secret=place.secret(shape.client_secret, "client_secret"),
        authority=shape.authority,
        scope=shape.scope,
    )


def _refresh_token(shape: RefreshTokenShape, place: SettingPlace) -> RefreshToken:
    return RefreshToken(
        token_url=shape.token_url,
        client_id=shape.client_id,
        refresh_token=place.secret(shape.refresh_token, "refresh_token"),
        client_secret=place.secret(shape.client_secret, "client_secret"),
        scope=shape.scope,
    )

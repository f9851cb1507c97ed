"""From settings to the source of tokens. The libraries behind it are loaded only where they are asked for."""

from ingest.settings import GoogleServiceAccount, ImapSettings, MicrosoftClient
from ingest.tokens.contract import TokenSource


def token_source(settings: ImapSettings) -> TokenSource | None:
    """Where the account's tokens come from, None for one with a password."""
    oauth = settings.oauth
    if oauth is None:
        return None
    if isinstance(oauth, MicrosoftClient):
        from ingest.tokens.microsoft import MicrosoftTokens  # noqa: PLC0415

        return MicrosoftTokens(oauth, settings.timeout_seconds)
    if isinstance(oauth, GoogleServiceAccount):
        from ingest.tokens.google import GoogleTokens  # noqa: PLC0415

        return GoogleTokens(oauth, settings.user)
    from ingest.tokens.refresh import RefreshTokens  # noqa: PLC0415

    return RefreshTokens(oauth, settings.timeout_seconds)

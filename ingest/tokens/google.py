"""Tokens for Google Workspace: a service account with domain-wide delegation (RFC 7523), through google-auth."""

from typing import Any

from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from google.auth.transport.requests import Request
from google.oauth2.service_account import Credentials

from ingest.settings import GoogleServiceAccount
from ingest.tokens.contract import TokenError

_CONSOLE = "Google Admin > Security > API controls > Domain-wide delegation"
_WORDS = {
    "Invalid JWT Signature": (
        "the key was deleted or replaced",
        "make a new key: Google Cloud > IAM > Service accounts > Keys",
    ),
    "account not found": ("there is no such service account any more", "make a new one, with its delegation"),
    "disabled_client": ("the service account is disabled", "enable it: Google Cloud > IAM > Service accounts"),
    "unauthorized_client": (
        "the service account has no delegation for this scope",
        f"{_CONSOLE}: add the account's client id with the scope https://mail.google.com/",
    ),
    "access_denied": ("the domain's administrator does not allow it", f"look at {_CONSOLE}"),
    "invalid_grant": (
        "the mailbox's user is not known to the domain, or this machine's clock is wrong",
        "look at imap.user, and at the clock",
    ),
    "invalid_scope": ("the scope is not valid", "leave oauth.google.scope out"),
    "invalid_client": (
        "the key belongs to no service account",
        "make a new key: Google Cloud > IAM > Service accounts",
    ),
    "account_deleted": ("the service account was deleted", "make a new one, with its delegation"),
}
"""What Google's error codes (RFC 6749, section 5.2) and words mean here, and what to do; the first that fits counts."""


class GoogleTokens:
    """Tokens with which a service account reads one user's mailbox."""

    def __init__(self, settings: GoogleServiceAccount, user: str) -> None:
        self._settings = settings
        self._user = user
        self._credentials: Any = None  # google-auth's classes are untyped

    def token(self) -> str:
        """See `TokenSource.token`; google-auth counts a token as expired some minutes early."""
        credentials = self._loaded()
        if not credentials.valid:
            _refresh(credentials)
        return str(credentials.token)

    def _loaded(self) -> Any:
        if self._credentials is None:
            self._credentials = _from_file(self._settings, self._user)
        return self._credentials


def _from_file(settings: GoogleServiceAccount, user: str) -> Any:
    try:
        key_file = str(settings.key_file)
        return Credentials.from_service_account_file(  # type: ignore[no-untyped-call]
            key_file, scopes=[settings.scope], subject=user
        )
    except OSError as error:
        message = f"the key file {settings.key_file} cannot be read: {error.strerror}"
        raise TokenError(message, "look at oauth.google.key_file") from None
    except (ValueError, GoogleAuthError):
        message = f"{settings.key_file} is no key of a Google service account"
        hint = "take the JSON key as Google Cloud hands it out: IAM > Service accounts > Keys"
        raise TokenError(message, hint) from None


def _refresh(credentials: Any) -> None:
    try:
        credentials.refresh(Request())
    except TransportError:
        message = "no tokens: Google's token server was not reached"
        raise TokenError(message, "look at the network", temporary=True) from None
    except RefreshError as error:
        raise _refusal(error) from None


def _refusal(error: RefreshError) -> TokenError:
    said = " ".join(str(part) for part in error.args)
    if error.retryable:
        return TokenError("no tokens: Google's token server has trouble", "run again later", temporary=True)
    for code, (words, hint) in _WORDS.items():
        if code in said:
            return TokenError(f"Google gives no token: {words} ({code})", hint)
    first = str(error.args[0]) if error.args else "no reason is given"
    return TokenError(f"Google gives no token: {' '.join(first.split())[:300]}", "look at oauth.google")

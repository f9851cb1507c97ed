"""Tokens by a refresh token at any OAuth 2 server (RFC 6749, section 6)."""

import logging
import math
import time
from typing import Any
from urllib.parse import urlsplit

import requests

from ingest.settings import RefreshToken
from ingest.tokens.contract import TokenError

logger = logging.getLogger(__name__)

_EARLY_SECONDS = 120.0
"""A token is renewed this long before it expires: a login takes a while."""

_UNTOLD_SECONDS = 600.0
"""How long a token is believed to last where the server does not say."""

_SERVER_FAULT, _TOO_MANY = 500, 429
_WORDS = {
    "invalid_grant": (
        "the refresh token is expired, revoked or used up",
        "have a new one issued, from a client whose refresh tokens are not replaced at each use",
    ),
    "invalid_client": ("client_id or client_secret is wrong", "look at oauth.refresh_token"),
    "unauthorized_client": ("the client may not use refresh tokens", "look at the client's registration"),
    "invalid_scope": ("the scope is not valid", "look at oauth.refresh_token.scope"),
}
"""What the error codes of RFC 6749, section 5.2, mean here, and what to do."""


class RefreshTokens:
    """Tokens of one client; a refresh token that the server replaces is used from then on, in this run."""

    def __init__(self, settings: RefreshToken, timeout_seconds: float) -> None:
        self._settings = settings
        self._timeout = timeout_seconds
        self._refresh_token = settings.refresh_token
        self._token = ""
        self._until = 0.0

    def token(self) -> str:
        """See `TokenSource.token`."""
        if time.monotonic() >= self._until:
            self._keep(self._asked())
        return self._token

    def _asked(self) -> dict[str, Any]:
        form = {
            "grant_type": "refresh_token",
            "client_id": self._settings.client_id,
            "client_secret": self._settings.client_secret,
            "refresh_token": self._refresh_token,
            "scope": self._settings.scope,
        }
        filled = {name: value for name, value in form.items() if value}
        try:
            answer = requests.post(self._settings.token_url, data=filled, timeout=self._timeout, allow_redirects=False)
        except requests.RequestException as error:
            raise self._unreached(type(error).__name__) from None
        if answer.status_code >= _SERVER_FAULT:
            raise self._unreached(f"HTTP {answer.status_code}")
        told = _json(answer)
        if "access_token" not in told:
            raise _refusal(told, answer.status_code)
        return told

    def _keep(self, told: dict[str, Any]) -> None:
        replaced = str(told.get("refresh_token") or self._refresh_token)
        if replaced != self._refresh_token:
            self._refresh_token = replaced
            # where it does stop working, the next run is refused in words that name the way out: see `_WORDS`
            logger.warning(
                "%s replaced the refresh token; if the configured one stops working, have the client keep its tokens",
                urlsplit(self._settings.token_url).netloc,
            )
        self._token = str(told["access_token"])
        self._until = time.monotonic() + _seconds(told.get("expires_in")) - _EARLY_SECONDS

    def _unreached(self, why: str) -> TokenError:
        message = f"no tokens: {urlsplit(self._settings.token_url).netloc} was not reached ({why})"
        return TokenError(message, "look at the network, and at oauth.refresh_token.token_url", temporary=True)


def _json(answer: requests.Response) -> dict[str, Any]:
    try:
        told = answer.json()
    except requests.JSONDecodeError:
        return {}
    return told if isinstance(told, dict) else {}


def _seconds(told: object) -> float:
    try:
        seconds = float(str(told))
    except ValueError:
        return _UNTOLD_SECONDS
    return seconds if math.isfinite(seconds) else _UNTOLD_SECONDS


def _refusal(told: dict[str, Any], status: int) -> TokenError:
    code = str(told.get("error", ""))
    if status == _TOO_MANY or code == "temporarily_unavailable":
        return TokenError("no tokens: the token server has too much to do", "run again later", temporary=True)
    shown = "".join(char for char in code[:100] if char.isprintable())
    words, hint = _WORDS.get(code, (shown or f"HTTP {status}", "look at oauth.refresh_token"))
    return TokenError(f"the token server gives no token: {words}", hint)

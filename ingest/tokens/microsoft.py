"""Tokens for Microsoft 365 with an application's own credentials (RFC 6749, section 4.4), through msal."""

import re
from typing import Any
from urllib.parse import urlsplit

import msal
from requests import RequestException

from ingest.settings import MicrosoftClient
from ingest.tokens.contract import TokenError

_CODE = re.compile(r"AADSTS(\d{4,8})")
_APP = "Microsoft Entra > App registrations"
_WORDS = {
    7000215: ("the client secret is wrong", f"{_APP} > Certificates & secrets: take the secret's Value, not its ID"),
    7000222: ("the client secret has expired", f"{_APP} > Certificates & secrets: make a new one"),
    700016: ("the tenant has no application of this client_id", f"look at client_id and tenant in {_APP}"),
    90002: ("there is no such tenant", "look at oauth.microsoft.tenant"),
    900023: ("the tenant is neither an id nor a domain", "look at oauth.microsoft.tenant"),
    65001: (
        "the application lacks an administrator's consent",
        f"{_APP} > API permissions: IMAP.AccessAsApp of Office 365 Exchange Online, then Grant admin consent",
    ),
    70011: ("the scope is not valid", "leave oauth.microsoft.scope out; it ends with /.default"),
    1002012: ("the scope is not valid for an application", "leave oauth.microsoft.scope out; it ends with /.default"),
    500011: ("the tenant does not know Exchange Online", "look at the tenant's licences, and at oauth.microsoft.scope"),
    53003: ("a Conditional Access policy forbids it", "ask the tenant's administrator to except the application"),
    7000112: ("the application is disabled", "Microsoft Entra > Enterprise applications: enable it"),
}
"""What Microsoft's error codes mean (AADSTS...), and what to do."""

_NOT_NOW = {90033, 90055, 50196}
"""Codes that pass: too many requests, a transient error."""


class MicrosoftTokens:
    """Tokens of one application; msal keeps them and renews them five minutes before they expire."""

    def __init__(self, settings: MicrosoftClient, timeout_seconds: float) -> None:
        self._settings = settings
        self._timeout = timeout_seconds
        self._application: msal.ConfidentialClientApplication | None = None

    def token(self) -> str:
        """See `TokenSource.token`."""
        try:
            result = self._app().acquire_token_for_client([self._settings.scope])
        except RequestException as error:
            host = urlsplit(self._settings.authority).netloc
            message = f"no tokens: {host} was not reached ({type(error).__name__})"
            raise TokenError(message, "look at the network, and at oauth.microsoft.authority", temporary=True) from None
        except ValueError:
            # what msal answers where the authority does not describe itself for this tenant
            message = f"no tokens: {self._settings.authority} knows no tenant {self._settings.tenant!r}"
            raise TokenError(message, "look at oauth.microsoft.tenant and oauth.microsoft.authority") from None
        if "access_token" in result:
            return str(result["access_token"])
        raise _refusal(result)

    def _app(self) -> msal.ConfidentialClientApplication:
        if self._application is None:
            self._application = msal.ConfidentialClientApplication(
                self._settings.client_id,
                client_credential=self._settings.client_secret,
                authority=f"{self._settings.authority.rstrip('/')}/{self._settings.tenant}",
                # the authority is the configuration's own word; asking Microsoft whether it is one would be a detour
                instance_discovery=False,
                timeout=self._timeout,
            )
        return self._application


def _refusal(result: dict[str, Any]) -> TokenError:
    said = str(result.get("error_description") or result.get("error") or "no reason is given")
    codes = [int(code) for code in [*result.get("error_codes", ()), *_CODE.findall(said)]]
    if not _NOT_NOW.isdisjoint(codes) or result.get("error") in {"temporarily_unavailable", "server_error"}:
        message = f"no tokens: Microsoft has trouble: {' '.join(said.split())[:300]}"
        return TokenError(message, "run again later", temporary=True)
    for code in codes:
        if code in _WORDS:
            words, hint = _WORDS[code]
            return TokenError(f"Microsoft gives no token: {words} (AADSTS{code})", hint)
    return TokenError(f"Microsoft gives no token: {' '.join(said.split())[:300]}", "look at oauth.microsoft")

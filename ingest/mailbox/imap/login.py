"""Logging in: PLAIN or LOGIN with a password, OAUTHBEARER or XOAUTH2 with a token, by what the server offers."""

import json
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import LoginError

from ingest.settings import ImapSettings
from ingest.tokens.contract import TokenSource


def log_in(client: IMAPClient, settings: ImapSettings, tokens: TokenSource | None) -> None:
    """Log in, with a token where the account has a source of tokens, else with the password.

    Raises:
        LoginError: the server refuses, or offers no way that fits; nothing secret is part of the message.
        TokenError: no token can be had.
    """
    offered = frozenset(client.capabilities())
    if tokens is not None:
        _with_token(client, settings, tokens.token(), offered)
    else:
        _with_password(client, settings, offered)


def _with_password(client: IMAPClient, settings: ImapSettings, offered: frozenset[bytes]) -> None:
    if b"AUTH=PLAIN" in offered:
        # PLAIN (RFC 4616) before LOGIN: it is the one that takes every character
        client.plain_login(settings.user, settings.password)
    elif b"LOGINDISABLED" in offered:
        ways = ", ".join(sorted(way.decode("ascii", "replace") for way in offered if way.startswith(b"AUTH=")))
        raise LoginError(f"the server takes no password on this connection; it offers {ways or 'nothing else'}")
    elif not (settings.user + settings.password).isascii():
        raise LoginError("the server offers LOGIN only, which takes no letters beyond ASCII")
    else:
        client.login(settings.user, settings.password)


def _with_token(client: IMAPClient, settings: ImapSettings, token: str, offered: frozenset[bytes]) -> None:
    for mechanism, make in (("OAUTHBEARER", _oauthbearer), ("XOAUTH2", _xoauth2)):
        if b"AUTH=" + mechanism.encode() in offered:
            exchange = _Exchange(make(settings, token), b"\x01" if mechanism == "OAUTHBEARER" else b"")
            try:
                client.sasl_login(mechanism, exchange)
            except LoginError as error:
                raise LoginError(exchange.told or str(error)) from None
            return
    raise LoginError("the server takes no access tokens: it offers neither OAUTHBEARER nor XOAUTH2")


def _oauthbearer(settings: ImapSettings, token: str) -> bytes:
    """RFC 7628, section 3.1."""
    user = settings.user.replace("=", "=3D").replace(",", "=2C")
    return f"n,a={user},\x01host={settings.host}\x01port={settings.port}\x01auth=Bearer {token}\x01\x01".encode()


def _xoauth2(settings: ImapSettings, token: str) -> bytes:
    """As Google and Microsoft document it."""
    return f"user={settings.user}\x01auth=Bearer {token}\x01\x01".encode()


class _Exchange:
    """Our side of the exchange: the token, and, where the server then says what is wrong, the word that ends it."""

    def __init__(self, first: bytes, end: bytes) -> None:
        self._first = first
        self._end = end
        self.told = ""

    def __call__(self, challenge: bytes) -> bytes:
        if not challenge:
            return self._first
        self.told = _refusal(challenge)
        return self._end


def _refusal(challenge: bytes) -> str:
    """The server's words about a token, which come as JSON (RFC 7628, section 3.2.2)."""
    try:
        told: Any = json.loads(challenge)
    except ValueError:
        told = {}
    status = str(told.get("status", "")) if isinstance(told, dict) else ""
    scope = str(told.get("scope", "")) if isinstance(told, dict) else ""
    wanted = f"; it wants the scope {scope}" if scope else ""
    return f"the token was refused: {status or 'no reason is given'}{wanted}"[:300]

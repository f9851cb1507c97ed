"""For everything that can stand between us and a server: one sentence that says which it was, and the next step."""

import re
import socket
import ssl

from ingest.settings import ImapSettings, MicrosoftClient
from models.errors import MailboxUnreachableError

_EXCHANGE = re.compile(r"(?:outlook|office365)\.|exchange", re.IGNORECASE)
_ACCESS = (
    "in Exchange Online PowerShell: New-ServicePrincipal for the application, then "
    "Add-MailboxPermission -User <its object id> -AccessRights FullAccess; see docs/mailboxes.md"
)
_CLEAR_PORT, _TLS_PORT = 143, 993
_LONGEST = 300
# how the library shows the server's bytes
_QUOTED = re.compile(r"^(?:unexpected response: )?b(['\"])(?:\* )?(.{0,300}?)\1?$")
_HINTS = (
    ("application-specific password", "Google wants an app password or, better, oauth.google; see docs/mailboxes.md"),
    ("web browser", "Google blocked the login: use oauth.google, or an app password; see docs/mailboxes.md"),
    ("basicauthblocked", "Microsoft 365 takes no passwords over IMAP: use oauth.microsoft; see docs/mailboxes.md"),
    ("not connected", _ACCESS),
    ("imap access is disabled", "the administrator must allow IMAP for this user"),
    ("not enabled for imap", "the user or the administrator must turn IMAP on in the account's settings"),
    ("imap is disabled", "the administrator must allow IMAP for this user"),
    ("takes no password on this connection", "use imap.tls: implicit or starttls, or oauth"),
    ("neither oauthbearer nor xoauth2", "use imap.password, or look at imap.host"),
    ("beyond ascii", "choose a password of ASCII letters, digits and signs"),
    ("invalid_request", "look at imap.user: it must be the mailbox that the token is for"),
)
"""What servers say when they refuse a login (in lower case, in part), and what to do."""


def told_failure(name: str, settings: ImapSettings, error: Exception) -> MailboxUnreachableError:
    """The failure to connect as the error to raise: DNS, port, certificate, TLS or the server's own words."""
    message, hint = _told(settings, error)
    return MailboxUnreachableError(name, message, hint)


def login_hint(settings: ImapSettings, said: str) -> str:
    """What to do about a refused login, by the server's words and the kind of account."""
    lowered = said.lower()
    for words, hint in _HINTS:
        if words in lowered:
            return hint
    if isinstance(settings.oauth, MicrosoftClient):
        return f"the token was given, the mailbox was not: {_ACCESS}"
    if settings.oauth is not None:
        return "look at imap.user and imap.oauth: the token must be for this user and for mail"
    if _EXCHANGE.search(settings.host):
        return "Microsoft 365 takes no passwords over IMAP: use oauth.microsoft; see docs/mailboxes.md"
    return "look at imap.user and imap.password"


def _told(settings: ImapSettings, error: Exception) -> tuple[str, str]:
    where = f"{settings.host}:{settings.port}"
    match error:
        case socket.gaierror():
            told = f"no host of the name {settings.host!r} is known", "look at imap.host and the name server"
        case ConnectionRefusedError():
            told = f"nothing answers at {where}", "look at imap.host and imap.port, and whether the server is up"
        case ssl.SSLCertVerificationError():
            told = _certificate(settings, error, where)
        case ssl.SSLError():
            told = _tls(settings, error, where)
        case TimeoutError():
            told = _silent(settings, where)
        case _:
            told = _said(settings, str(error), where)
    return told


def _said(settings: ImapSettings, said: str, where: str) -> tuple[str, str]:
    """What the library makes of a server that speaks, but not as it should."""
    words = "".join(char if char.isprintable() else " " for char in said[:_LONGEST]).strip()
    unquoted = _QUOTED.sub(r"\2", words)
    if said == "None" or "unexpected response" in said:
        unquoted = "" if said == "None" else unquoted
        return f"{where} is no IMAP server{f': it says {unquoted!r}' if unquoted else ''}", "look at imap.port"
    if "BYE" in said[:12]:
        return f"{where} turns us away: {unquoted}", "run again later; if it stays so, ask the server's operator"
    if said.endswith("EOF"):
        hint = "look at imap.port and imap.tls; some servers do so to addresses that they do not know"
        return f"{where} closes the connection without a word", hint
    return f"{where}: {words or 'no reason is given'}", _port_hint(settings)


def _silent(settings: ImapSettings, where: str) -> tuple[str, str]:
    hint = _port_hint(settings)
    if settings.tls != "implicit" and settings.port != _TLS_PORT:
        hint = "look at imap.port; a server that waits for TLS is silent too: imap.tls: implicit"
    return f"{where} did not answer within {settings.timeout_seconds:g} s", hint


def _port_hint(settings: ImapSettings) -> str:
    """What to look at, the port's custom first."""
    if settings.tls == "implicit" and settings.port == _CLEAR_PORT:
        return "port 143 begins in the clear: imap.tls: starttls, or imap.port: 993"
    if settings.tls != "implicit" and settings.port == _TLS_PORT:
        return "port 993 speaks TLS from the first byte: imap.tls: implicit"
    if settings.tls == "implicit":
        return "look at imap.port; where TLS begins with STARTTLS: imap.tls: starttls"
    return "look at imap.host, imap.port and imap.tls"


def _tls(settings: ImapSettings, error: ssl.SSLError, where: str) -> tuple[str, str]:
    # one that Python itself raises has no reason
    said = getattr(error, "reason", None) or str(error)
    reason = said.upper().replace(" ", "_")
    if "CERTIFICATE_REQUIRED" in reason or "HANDSHAKE_FAILURE" in reason:
        return f"{where} wants a certificate of ours", "name its PEM file in imap.certificate (and imap.key)"
    if "PROTOCOL_VERSION" in reason or "UNSUPPORTED_PROTOCOL" in reason:
        return f"{where} speaks no TLS newer than 1.1", "its operator must allow TLS 1.2 or 1.3"
    return f"{where} does not speak TLS: {said}", _port_hint(settings)


# OpenSSL's numbers for what is wrong with a certificate (x509_vfy.h)
_EXPIRED, _NOT_YET, _OTHER_HOST, _OTHER_ADDRESS = 10, 9, 62, 64


def _certificate(settings: ImapSettings, error: ssl.SSLCertVerificationError, where: str) -> tuple[str, str]:
    match error.verify_code:
        case code if code in (_EXPIRED, _NOT_YET):
            hint = "the server's operator must renew it; if it is valid, look at this machine's clock"
        case code if code in (_OTHER_HOST, _OTHER_ADDRESS):
            hint = "imap.host must be the name that the certificate carries"
        case _ if settings.ca:
            hint = f"imap.ca ({settings.ca}) must hold the authority that signed it"
        case _:
            hint = "if a private authority signed it, name its PEM file in imap.ca"
    return f"the certificate of {where} is not trusted: {error.verify_message}", hint

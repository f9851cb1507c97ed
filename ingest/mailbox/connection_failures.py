"""For everything that can stand between us and a server: one sentence that says which it was, and the next step."""

import socket
import ssl

from ingest.settings import ImapSettings
from models.errors import MailboxUnreachableError


def told_failure(name: str, settings: ImapSettings, error: Exception) -> MailboxUnreachableError:
    """The failure to connect as the error to raise: DNS, port, certificate, TLS or the server's own words."""
    message, hint = _told(settings, error)
    return MailboxUnreachableError(name, message, hint)


def _told(settings: ImapSettings, error: Exception) -> tuple[str, str]:
    where = f"{settings.host}:{settings.port}"
    match error:
        case socket.gaierror():
            told = f"no host of the name {settings.host!r} is known", "look at imap.host and the name server"
        case ConnectionRefusedError():
            told = f"nothing answers at {where}", "look at imap.port"
        case ssl.SSLCertVerificationError():
            told = f"the certificate of {where} is not trusted: {error.verify_message}", _certificate_hint(settings)
        case ssl.SSLError():
            told = f"{where} does not speak TLS: {error.reason or error}", "look at imap.port and imap.tls"
        case TimeoutError():
            told = f"{where} did not answer within {settings.timeout_seconds:g} s", "look at imap.port and imap.tls"
        case FileNotFoundError() | PermissionError() | IsADirectoryError():
            told = f"the authorities' file {settings.ca} cannot be read: {error.strerror}", "look at imap.ca"
        case _:
            told = f"{where}: {error}", "look at imap.host, imap.port and imap.tls"
    return told


def _certificate_hint(settings: ImapSettings) -> str:
    if settings.ca:
        return f"imap.ca ({settings.ca}) must hold the authority that signed it, and imap.host the name it carries"
    return "if a private authority signed it, name its PEM file in imap.ca; imap.host must be the name it carries"

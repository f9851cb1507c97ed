"""TLS as the settings want it: whom to trust, what to show of ourselves."""

import ssl
from pathlib import Path

from ingest.mailbox.imap.pace import PacedTlsSocket
from ingest.settings import ImapSettings
from models.errors import MailboxRefusedError


def tls_context(name: str, settings: ImapSettings) -> ssl.SSLContext:
    """A context that verifies certificate and host name, with TLS 1.2 or newer.

    Args:
        name: the mailbox's, for errors.
        settings: the authorities and our own certificate, where there are any.

    Raises:
        MailboxRefusedError: a file cannot be read or holds something else.
    """
    context = _trusting(name, settings.ca) if settings.ca else ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.sslsocket_class = PacedTlsSocket
    if settings.certificate:
        _show(name, context, settings.certificate, settings.key)
    return context


def _trusting(name: str, authorities: Path) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=str(authorities))
    except ssl.SSLError:
        message = f"{authorities} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)"
        raise MailboxRefusedError(name, message, "look at imap.ca") from None
    except OSError as error:
        raise MailboxRefusedError(name, f"{authorities}: {error.strerror}", "look at imap.ca") from None


def _show(name: str, context: ssl.SSLContext, certificate: Path, key: Path | None) -> None:
    try:
        # without an answer for the passphrase OpenSSL would ask on the terminal, and a nightly run would wait
        context.load_cert_chain(certificate, key, password="")
    except ssl.SSLError as error:
        message = f"{certificate}{f' with {key}' if key else ''} is no certificate with its key: {error.reason}"
        hint = "imap.certificate and imap.key must be PEM, belong together, and have no passphrase"
        raise MailboxRefusedError(name, message, hint) from None
    except OSError as error:
        where = key if key and certificate.exists() else certificate
        raise MailboxRefusedError(name, f"{where}: {error.strerror}", "look at imap.certificate and imap.key") from None

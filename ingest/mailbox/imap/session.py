"""From settings to a session: connected, secured by TLS, logged in."""

from contextlib import suppress

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from ingest.mailbox.connection_failures import login_hint, told_failure
from ingest.mailbox.imap.complaints import is_temporary, shown
from ingest.mailbox.imap.login import log_in
from ingest.mailbox.imap.pace import PacedClient
from ingest.mailbox.imap.tls import tls_context
from ingest.settings import ImapSettings
from ingest.tokens.contract import TokenError
from ingest.tokens.opening import token_source
from models.errors import MailboxError, MailboxRefusedError, MailboxUnreachableError


class SessionOpener:
    """Opens sessions for one account, as often as the connection is lost; tokens are kept between them."""

    def __init__(self, name: str, settings: ImapSettings) -> None:
        self._name = name
        self._settings = settings
        self._tokens = token_source(settings)

    def open(self) -> IMAPClient:
        """Connect and log in.

        Raises:
            MailboxUnreachableError: host name, port, TLS or certificate, the token server, or the server says "later".
            MailboxRefusedError: user, password or token; trying again would not help.
        """
        try:
            return self._logged_in()
        except TokenError as error:
            kind = MailboxUnreachableError if error.temporary else MailboxRefusedError
            raise kind(self._name, str(error), error.hint) from None
        except LoginError as error:
            if lost := _loss_behind(error):
                raise told_failure(self._name, self._settings, lost) from None
            raise self._refusal(_said(error)) from None
        except (IMAPClientError, OSError, ValueError, MemoryError, OverflowError) as error:
            # the last three: lengths and words that no server means, which the library takes at their word
            raise told_failure(self._name, self._settings, error) from None

    def _logged_in(self) -> IMAPClient:
        settings = self._settings
        context = tls_context(self._name, settings)
        client = PacedClient(
            settings.host,
            settings.port,
            ssl=settings.tls == "implicit",
            ssl_context=context if settings.tls == "implicit" else None,
            timeout=settings.timeout_seconds,
        )
        try:
            if settings.tls == "starttls":
                self._require_starttls(client)
                client.starttls(context)
            log_in(client, settings, self._tokens)
            # asked for while what may come is still bounded
            client.capabilities()
            client.trust()
        except BaseException:
            hang_up(client)
            raise
        return client

    def _require_starttls(self, client: IMAPClient) -> None:
        if client.has_capability("STARTTLS"):
            return
        where = f"{self._settings.host}:{self._settings.port}"
        raise MailboxRefusedError(
            self._name,
            f"{where} does not offer STARTTLS, so that password and mail would travel in the clear; nothing was sent",
            "if it never did, use imap.tls: implicit; if it used to, somebody on the way may have taken it out",
        )

    def _refusal(self, said: str) -> MailboxError:
        if is_temporary(said):
            return MailboxUnreachableError(self._name, f"{self._settings.host} says: {said}", "run again later")
        return MailboxRefusedError(
            self._name, f"{self._settings.host} refused the login: {said}", login_hint(self._settings, said)
        )


def hang_up(client: IMAPClient) -> None:
    """Let go of the connection without a word to the server."""
    with suppress(OSError):
        client.shutdown()


def _loss_behind(error: BaseException) -> IMAPClientAbortError | None:
    """The lost connection that the library tells as a refused login."""
    behind = error.__context__
    while behind is not None and not isinstance(behind, IMAPClientAbortError):
        behind = behind.__context__
    return behind


def _said(error: Exception) -> str:
    """The server's words without the notation of bytes that the library leaves around them."""
    said = error.args[0] if error.args else ""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return shown(text.removeprefix("b'").removesuffix("'").encode("utf-8", "replace"))

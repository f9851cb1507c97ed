"""A connection that is made when it is needed, and made again when it was lost, with the same folder examined."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from imapclient import IMAPClient

from ingest.mailbox.imap.complaints import ImapLoggedOutError, ImapLostError, ImapRefusedError, is_temporary, told_loss
from ingest.mailbox.imap.compression import compress
from ingest.mailbox.imap.patience import Patience
from ingest.mailbox.imap.selecting import examine
from ingest.mailbox.imap.session import hang_up
from ingest.mailbox.imap.wire import Wire
from ingest.settings import Compress
from models.errors import MailboxRefusedError, MailboxUnreachableError

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Selected:
    """The folder that is being read.

    Attributes:
        folder: its name.
        written: the same as the server writes it, quoted.
        uidvalidity: what makes its UIDs mean the same messages.
    """

    folder: str
    written: bytes
    uidvalidity: int


@dataclass(slots=True)
class Connection:
    """The one connection of a mailbox.

    Attributes:
        mailbox: its name, for errors.
        host: whom it is connected to, for errors.
        connect: makes a session that is logged in, each time with fresh credentials.
        compress: whether to compress.
        patience: how long to try again.
        hint: what to do about an account that may log in and do no more, by the server's words.
    """

    mailbox: str
    host: str
    connect: Callable[[], IMAPClient]
    compress: Compress
    patience: Patience
    hint: Callable[[str], str]
    _wire: Wire | None = None
    _examined: Selected | None = None
    _reached: bool = False

    def open(self) -> None:
        """Connect for the first time: only a server that says "not now" is asked again.

        Raises:
            MailboxUnreachableError: host name, port, TLS or certificate.
            MailboxRefusedError: user or password.
        """
        self.run(lambda _wire: None)
        self._reached = True

    def run(self, step: Callable[[Wire], _T]) -> _T:
        """What a step on the connection returns; a lost connection is made again.

        Raises:
            ImapRefusedError: the server answered NO or BAD.
            MailboxUnreachableError: the connection was lost for good.
            MailboxRefusedError: the login was refused.
        """
        try:
            return self._tried(step)
        except ImapLostError as error:
            return self.try_again(lambda: self._tried(step), error)

    def try_again(self, step: Callable[[], _T], failure: ImapLostError) -> _T:
        """What a step returns that has just lost the connection, and makes it again by itself.

        Raises:
            MailboxUnreachableError: it was lost for good.
            MailboxRefusedError: the login was refused.
        """
        try:
            return self.patience.retry(step, failure)
        except ImapLostError as error:
            self.drop()
            if isinstance(error.__cause__, MailboxUnreachableError) and not self._reached:
                raise error.__cause__ from None
            raise MailboxUnreachableError(
                self.mailbox,
                f"the connection to {self.host} was lost: {error}",
                "run again: what was read so far is kept",
            ) from None

    def wire_into(self, selected: Selected) -> Wire:
        """The connection with a folder examined.

        Raises:
            ImapLostError: the connection was lost.
            MailboxRefusedError: the folder is not there any more, or is another.
        """
        wire = self.wire()
        if self._examined != selected:
            try:
                self._examine_again(wire, selected)
            except ImapLostError as error:
                self.check_admitted(wire, error)
                raise
        return wire

    def wire(self) -> Wire:
        """The connection, made where there is none.

        Raises:
            ImapLostError: it cannot be made now.
            MailboxUnreachableError: it cannot be made, and never was.
            MailboxRefusedError: the login was refused.
        """
        if self._wire is None:
            self._examined = None
            self._wire = self._connected()
        return self._wire

    def check_admitted(self, wire: Wire, error: ImapLostError) -> None:
        """Tell a session that expired, which is made anew, from an account that may log in and do no more.

        Raises:
            MailboxRefusedError: the server did nothing that it was asked since the login.
        """
        if isinstance(error, ImapLoggedOutError) and not wire.proven:
            message = f"{self.host} lets us in, but not to the mail: {error}"
            raise MailboxRefusedError(self.mailbox, message, self.hint(str(error))) from None

    def note_examined(self, selected: Selected | None) -> None:
        """Remember which folder the server has open."""
        self._examined = selected

    def drop(self) -> None:
        """Let go of the connection; the next step makes a new one."""
        if self._wire is not None:
            hang_up(self._wire.client)
        self._wire = None

    def close(self) -> None:
        """Log out; a lost connection is let go."""
        if self._wire is None:
            return
        with suppress(ImapLostError, ImapRefusedError):
            # the answer is BYE, which is a loss like any other
            self._wire.run(b"LOGOUT")
        self.drop()

    def _tried(self, step: Callable[[Wire], _T]) -> _T:
        wire = self.wire()
        try:
            return step(wire)
        except ImapLostError as error:
            self.drop()
            self.check_admitted(wire, error)
            raise

    def _connected(self) -> Wire:
        try:
            wire = Wire(self.connect())
        except MailboxUnreachableError as error:
            said = str(error).removeprefix(f"mailbox {self.mailbox}: ")
            if self._reached or is_temporary(said):
                raise told_loss(said) from error
            raise
        try:
            compress(wire, self.compress)
        except ImapLostError:
            hang_up(wire.client)
            raise
        return wire

    def _examine_again(self, wire: Wire, selected: Selected) -> None:
        try:
            uidvalidity = examine(wire, selected.written).uidvalidity
        except ImapRefusedError as error:
            raise MailboxRefusedError(
                self.mailbox, f"folder {selected.folder!r} is not there any more: {error}", "type: liaison ingest"
            ) from None
        if uidvalidity != selected.uidvalidity:
            raise MailboxRefusedError(
                self.mailbox, f"folder {selected.folder!r} was numbered anew during the poll", "type: liaison ingest"
            )
        self._examined = selected

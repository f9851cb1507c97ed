"""A fetch that goes on where it stopped when the connection was lost, and passes over a message that loses it again."""

from collections.abc import Iterator, Sequence
from datetime import date

from ingest.mailbox.contract import REFUSED, FetchedMail
from ingest.mailbox.imap.complaints import ImapLoggedOutError, ImapLostError, ImapThrottledError
from ingest.mailbox.imap.connection import Connection, Selected
from ingest.mailbox.imap.fetching import Fetching
from ingest.settings import FetchLimits

_MOST_BREAKDOWNS = 3
# Exchange says "Server Unavailable" for ever of a message that it cannot put into words
_MOST_PUT_OFFS = 6
# when one message after the other "breaks" the server, it is the server that is broken
_MOST_PASSED_OVER = 2


class ResumingFetch:
    """Messages of one folder in their order, over as many connections as it takes."""

    def __init__(
        self, connection: Connection, selected: Selected, uids: Sequence[int], limits: FetchLimits, since: date | None
    ) -> None:
        """Plan; nothing is sent yet.

        Args:
            connection: what to read over.
            selected: the folder, which may have to be examined again.
            uids: which messages, each once.
            limits: sizes of batches and of messages.
            since: the first day to read.
        """
        self._connection = connection
        self._selected = selected
        self._uids = uids
        self._limits = limits
        self._since = since
        self._done = 0
        self._breakdowns = 0
        self._put_offs = 0
        self._passed_over = 0
        self._fetching: Fetching | None = None
        self._stream: Iterator[FetchedMail] = iter(())

    def mails(self) -> Iterator[FetchedMail]:
        """All messages.

        Raises:
            MailboxUnreachableError: the connection was lost for good.
            MailboxRefusedError: the folder is not there any more, or the login is refused.
        """
        try:
            while self._done < len(self._uids):
                try:
                    mail = self._next()
                except ImapLostError as error:
                    mail = self._connection.try_again(self._next, error)
                self._done += 1
                yield mail
        finally:
            self.leave()

    def leave(self) -> None:
        """Stop where it is; a connection with answers on their way is of no more use."""
        if self._fetching is not None and self._fetching.broken_off:
            self._connection.drop()
        self._fetching = None

    def _next(self) -> FetchedMail:
        try:
            if self._fetching is None:
                self._start()
            mail = next(self._stream)
        except ImapLostError as error:
            self._blame(error)
            self._break_off()
            if self._passed_over >= _MOST_PASSED_OVER:
                raise
            if self._breakdowns >= _MOST_BREAKDOWNS:
                return self._pass_over(f"the connection broke {self._breakdowns} times at this message: {error}")
            if self._put_offs >= _MOST_PUT_OFFS:
                return self._pass_over(f"the server put it off {self._put_offs} times: {error}")
            raise
        self._breakdowns = self._put_offs = self._passed_over = 0
        return mail

    def _blame(self, error: ImapLostError) -> None:
        """Hold against the message what may be its fault: not a pause of so many seconds, nor an expired session."""
        if self._fetching is None or isinstance(error, ImapLoggedOutError):
            return
        if isinstance(error, ImapThrottledError):
            self._put_offs += error.refused and not error.pause_seconds
        else:
            self._breakdowns += 1

    def _start(self) -> None:
        wire = self._connection.wire_into(self._selected)
        rest = self._uids[self._done :]
        self._fetching = Fetching(wire, rest, self._limits, self._since, gently=self._breakdowns + self._put_offs > 0)
        self._stream = iter(self._fetching)

    def _break_off(self) -> None:
        self._connection.drop()
        self._fetching = None

    def _pass_over(self, why: str) -> FetchedMail:
        self._breakdowns = self._put_offs = 0
        self._passed_over += 1
        return FetchedMail(self._uids[self._done], b"", problem=f"{REFUSED}: {why}")

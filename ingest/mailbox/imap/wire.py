"""A session after login, spoken line by line: any number of commands on the way, responses one by one.

imapclient sends one command, waits, and holds the whole answer. Over a long line most of that is waiting, and a
mailbox of ten years is read message by message anyway. So the wire uses the connection that imapclient opened, and
leaves the meaning of responses to `responses`.
"""

import io
import logging
from collections.abc import Callable, Iterator, Sequence

from imapclient import IMAPClient

from ingest.mailbox.imap.complaints import ImapLostError, shown, told_loss, told_refusal
from ingest.mailbox.imap.responses import LITERAL, Answer, Response

_LOG = logging.getLogger(__name__)
# answers to SEARCH name every UID of a folder in one line: room for three million, more with ESEARCH
_LONGEST_LISTING = 2**25
_LONGEST_LINE = 2**20
_LISTINGS = (b"* SEARCH ", b"* ESEARCH ")
_LONGEST_LITERAL = 2**20
# what a literal may claim to be: more is skipped by nobody
_LONGEST_SKIPPED = 2**32
# responses to one command, which are kept until it ends: room for the names of a quarter of a million folders
_MOST_RESPONSES = 2**18
_MOST_ALERTS = 10
_SKIPPED_AT_ONCE = 2**20
_STATUSES = frozenset({b"OK ", b"NO ", b"BAD", b"BYE", b"PRE"})
# few enough that neither side waits for the other to read first
_BYTES_AT_ONCE = 2**15


class Wire:
    """Commands out, responses in.

    Attributes:
        client: the session.
        proven: whether the server did anything that it was asked since the login.
    """

    def __init__(self, client: IMAPClient) -> None:
        self.client = client
        # the library has no public way to send a second command before the first is answered
        self._imap = client._imap  # noqa: SLF001
        self._number = 0
        self._under_way: set[bytes] = set()
        self._alerts: set[str] = set()
        self._start_anew: Callable[[], None] = getattr(getattr(self._imap, "sock", None), "start_anew", _nothing)
        self.proven = False

    def offers(self, *capabilities: str) -> bool:
        """Whether the server offers all of these."""
        return all(self.client.has_capability(capability) for capability in capabilities)

    def peer(self) -> str:
        """The address that it is connected to."""
        return str(self.client.socket().getpeername()[0])

    def rewire(
        self, reading: Callable[[io.BufferedReader], io.BufferedReader], sending: Callable[[bytes], bytes]
    ) -> None:
        """Put something between this end and the connection.

        Args:
            reading: what to read from, made from what was read from before.
            sending: what to send for given bytes.
        """
        send: Callable[[bytes], None] = self._imap.send
        self._imap.file = reading(self._imap.file)
        self._imap.send = lambda data: send(sending(data))

    def send(self, commands: Sequence[bytes]) -> list[bytes]:
        """Send commands in one go; returns their tags."""
        first = self._number + 1
        self._number += len(commands)
        tags = [b"L%d" % number for number in range(first, self._number + 1)]
        self._under_way.update(tags)
        try:
            self._imap.send(b"".join(b"%b %b\r\n" % pair for pair in zip(tags, commands, strict=True)))
        except (OSError, ValueError) as error:
            raise _told(error) from None
        return tags

    def receive(self, longest_literal: int = _LONGEST_LITERAL) -> Response:
        """The next response.

        Args:
            longest_literal: longer ones are read and dropped.

        Raises:
            ImapLostError: the server closed, stalled, or says that it has enough.
        """
        try:
            line = self._line()
            if line.startswith(b"* "):
                return self._untagged(line, longest_literal)
        except (OSError, ValueError) as error:
            raise _told(error) from None
        tag, _, rest = line.partition(b" ")
        if tag not in self._under_way:
            return Response([line])
        self._under_way.remove(tag)
        self._start_anew()
        ended = _ended(line, tag, rest)
        self.proven = self.proven or ended.refused is None
        return ended

    def run(self, command: bytes) -> list[Response]:
        """The untagged responses to one command.

        Raises:
            ImapRefusedError: the server answered NO or BAD.
            ImapLostError: as `receive`.
        """
        (answer,) = self.run_all([command])
        if answer.end.refused:
            raise answer.end.refused
        return answer.untagged

    def run_all(self, commands: Sequence[bytes]) -> Iterator[Answer]:
        """The answers to commands that are sent without waiting for one another.

        Raises:
            ImapLostError: as `receive`.
        """
        for together in _in_turn(commands):
            for tag in self.send(together):
                yield self._answer(tag)

    def _answer(self, tag: bytes) -> Answer:
        untagged: list[Response] = []
        length = 0
        while (response := self.receive()).tag != tag:
            untagged.append(response)
            length += response.length
            if length > _LONGEST_LISTING or len(untagged) > _MOST_RESPONSES:
                raise ImapLostError("an answer without end")
        return Answer(untagged, response)

    def _line(self) -> bytes:
        line: bytes = self._imap.file.readline(_LONGEST_LINE)
        if len(line) == _LONGEST_LINE and line[:10].upper().startswith(_LISTINGS):
            line += self._imap.file.readline(_LONGEST_LISTING - _LONGEST_LINE)
        if not line.endswith(b"\n"):
            raise ImapLostError("the server closed it" if len(line) < _LONGEST_LINE else "a line without end")
        return line

    def _untagged(self, line: bytes, longest_literal: int) -> Response:
        response = Response([line])
        if line[2:5].upper() in _STATUSES:
            self._hear(line)
            return response
        kept, lines = 0, len(line)
        # most lines end otherwise, and the comparison is cheaper than the expression
        while line.endswith(b"}\r\n") and (literal := LITERAL.search(line)):
            size = int(literal[1])
            if size > _LONGEST_SKIPPED or lines > _LONGEST_LINE:
                raise ImapLostError(f"a response without end, or a part of it of {size:.3g} bytes")
            if size > longest_literal - kept:
                response.oversized = max(size, response.oversized)
                self._skip(size)
                response.parts.append(b"")
            else:
                response.parts.append(self._read(size))
                kept += size
            line = self._line()
            lines += len(line)
            response.parts.append(line)
        return response

    def _hear(self, line: bytes) -> None:
        if line[2:5].upper() == b"BYE":
            raise told_loss(shown(line[6:]) or "the server said goodbye")
        # RFC 9051, section 7.1: people must get to see it, which is once
        if b"[ALERT]" in line[:40].upper() and len(self._alerts) < _MOST_ALERTS:
            said = shown(line[2:])
            if said not in self._alerts:
                _LOG.warning("the mail server says: %s", said)
            self._alerts.add(said)

    def _read(self, size: int) -> bytes:
        data: bytes = self._imap.file.read(size)
        if len(data) < size:
            raise ImapLostError(f"the server closed it after {len(data):,} of {size:,} bytes of a message")
        return data

    def _skip(self, size: int) -> None:
        for start in range(0, size, _SKIPPED_AT_ONCE):
            self._read(min(_SKIPPED_AT_ONCE, size - start))


def _in_turn(commands: Sequence[bytes]) -> Iterator[list[bytes]]:
    together: list[bytes] = []
    for command in commands:
        if together and sum(map(len, together)) + len(command) > _BYTES_AT_ONCE:
            yield together
            together = []
        together.append(command)
    if together:
        yield together


def _told(error: OSError | ValueError) -> ImapLostError:
    # ValueError: a file that was closed already
    if isinstance(error, TimeoutError):
        return ImapLostError("the server stopped answering")
    return ImapLostError(str(error))


def _ended(line: bytes, tag: bytes, rest: bytes) -> Response:
    if rest[:3].upper() in {b"OK ", b"OK\r", b"OK\n"}:
        return Response([line], tag=tag)
    error = told_refusal(shown(rest))
    if isinstance(error, ImapLostError):
        raise error
    return Response([line], tag=tag, refused=error)


def _nothing() -> None:
    """What is done where there is nothing to do."""

"""Sockets that a server cannot hold for ever: neither by a byte now and then, nor by talk before the login.

A timeout bounds one silence. A server that sends a byte just before each of them ends would never be silent, so
silences are also added up: every KiB that comes pays for a second of them, and a command that is answered for all.
"""

import socket
import ssl
import time
from typing import TYPE_CHECKING, Any

from imapclient import IMAPClient
from imapclient.imap4 import IMAP4WithTimeout

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BYTES_A_SECOND = 1024
_BYTES_BEFORE_LOGIN = 2**18
_BUFFER_BYTES = 2**16
_SOON_SECONDS = 0.001


class _Paced:
    """What a socket must have above it to be one of these."""

    _silence = 60.0
    _left = 60.0
    _may_come: int | None = _BYTES_BEFORE_LOGIN

    def settimeout(self, value: float | None, /) -> None:
        """Set how long one silence may last, and all of them together."""
        self._silence = self._left = 60.0 if value is None else value
        super().settimeout(value)  # type: ignore[misc]  # of the socket below

    def start_anew(self) -> None:
        """A command was sent or answered: silences are forgiven."""
        self._left = self._silence

    def trust(self) -> None:
        """The login is over: any number of bytes may come."""
        self._may_come = None

    def makefile(self, mode: str = "rb", buffering: int | None = None, **options: Any) -> Any:
        """A file to read from, with more room than usual: mail is larger than web pages' lines."""
        return super().makefile(mode, buffering or _BUFFER_BYTES, **options)  # type: ignore[misc]

    def sendall(self, data: Any, flags: int = 0) -> None:
        """Send all of it."""
        self.start_anew()
        super().sendall(data, flags)  # type: ignore[misc]

    def recv_into(self, buffer: "WriteableBuffer", *more: int) -> int:
        """Receive some of what is there.

        Raises:
            TimeoutError: nothing comes, or next to nothing.
            OSError: the connection broke, or too much comes before the login.
        """
        before = time.monotonic()
        limited = self._left < self._silence
        came = self._received_soon(buffer, *more) if limited else self._received(buffer, *more)
        self._left += came / _BYTES_A_SECOND - (time.monotonic() - before)
        if came and self._left <= 0:
            raise TimeoutError("next to nothing comes")
        self._left = min(self._left, self._silence)
        if self._may_come is not None:
            self._count(came)
        return came

    def _received_soon(self, buffer: "WriteableBuffer", *more: int) -> int:
        super().settimeout(max(self._left, _SOON_SECONDS))  # type: ignore[misc]
        try:
            return self._received(buffer, *more)
        finally:
            super().settimeout(self._silence)  # type: ignore[misc]

    def _received(self, buffer: "WriteableBuffer", *more: int) -> int:
        came: int = super().recv_into(buffer, *more)  # type: ignore[misc]
        return came

    def _count(self, came: int) -> None:
        self._may_come = (self._may_come or 0) - came
        if self._may_come < 0:
            raise OSError(f"more than {_BYTES_BEFORE_LOGIN:,} bytes came before the login")


class PacedSocket(_Paced, socket.socket):
    """A connection in the clear."""


class PacedTlsSocket(_Paced, ssl.SSLSocket):  # type: ignore[misc]  # the same in fewer words
    """A connection secured by TLS; a context makes such ones by its `sslsocket_class`."""


class _PacedImap(IMAP4WithTimeout):  # type: ignore[misc]  # the library is untyped
    def _create_socket(self, timeout: float | None = None) -> socket.socket:
        made = super()._create_socket(timeout)
        wait = made.gettimeout()
        paced = PacedSocket(made.family, made.type, made.proto, fileno=made.detach())
        paced.settimeout(wait)
        return paced


class PacedClient(IMAPClient):  # type: ignore[misc]  # the library is untyped
    """imapclient on paced sockets, given a context that makes such ones where it is to speak TLS."""

    def _create_IMAP4(self) -> Any:  # noqa: N802  the library's name
        if self.ssl:
            return super()._create_IMAP4()
        return _PacedImap(self.host, self.port, self._timeout.connect)

    def trust(self) -> None:
        """The login is over: any number of bytes may come."""
        paced = self.socket()
        if isinstance(paced, _Paced):
            paced.trust()

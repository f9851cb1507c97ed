"""COMPRESS=DEFLATE (RFC 4978): mail shrinks to a third or less, which a slow line notices.

To this machine itself nothing is compressed unless the settings want it: both ends would only burn the processor time
that parsing needs, and save bytes that cost nothing.
"""

import io
import ipaddress
import zlib
from typing import TYPE_CHECKING

from ingest.mailbox.imap.complaints import ImapRefusedError
from ingest.mailbox.imap.wire import Wire
from ingest.settings import Compress

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_READ_BYTES = 2**16
# a stream can go on for ever without saying a byte
_MOST_READS_FOR_NOTHING = 1000
# neither zlib's nor gzip's header, the greatest window
_RAW_DEFLATE = -15


def compress(wire: Wire, wanted: Compress) -> bool:
    """Compress what the session says from now on, where that is wanted and offered; returns whether it does.

    Raises:
        ImapLostError: the connection ended.
    """
    if wanted == "never" or not wire.offers("COMPRESS=DEFLATE") or (wanted == "auto" and _is_here(wire.peer())):
        return False
    try:
        wire.run(b"COMPRESS DEFLATE")
    except ImapRefusedError:
        # something below compresses already, or the server thinks better of it: slower, but well
        return False
    deflating = zlib.compressobj(wbits=_RAW_DEFLATE)
    wire.rewire(
        lambda file: io.BufferedReader(Inflating(file), _READ_BYTES),
        lambda data: deflating.compress(data) + deflating.flush(zlib.Z_SYNC_FLUSH),
    )
    return True


class Inflating(io.RawIOBase):
    """What a file of compressed bytes says; never more of it in memory than was asked for."""

    def __init__(self, source: io.BufferedReader) -> None:
        self._source = source
        self._inflate = zlib.decompressobj(_RAW_DEFLATE)
        self._ahead = b""

    def readable(self) -> bool:
        """It is made for reading."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill some of the buffer; 0 at the end.

        Raises:
            OSError: it is not compressed, or the source broke.
        """
        view = memoryview(buffer)
        for _ in range(_MOST_READS_FOR_NOTHING):
            data = self._ahead or self._source.read1(_READ_BYTES)
            if not data:
                return 0
            try:
                plain = self._inflate.decompress(data, len(view))
            except zlib.error as error:
                raise OSError(f"compressed bytes that mean nothing: {error}") from None
            self._ahead = self._inflate.unconsumed_tail
            if plain:
                view[: len(plain)] = plain
                return len(plain)
            if self._inflate.eof:
                raise OSError("the compressed bytes have an end")
        raise OSError("compressed bytes that stand for nothing")

    def close(self) -> None:
        """Close the source too."""
        self._source.close()
        super().close()


def _is_here(peer: str) -> bool:
    try:
        return ipaddress.ip_address(peer.partition("%")[0]).is_loopback
    except ValueError:
        return False

"""Compressed files, unpacked into a temporary file that no name leads to and that goes when it is closed."""

import bz2
import gzip
import io
import lzma
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Protocol

from models.errors import MailboxRefusedError


class Readable(Protocol):
    """What can be read in blocks."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, none at the end."""


_BLOCK = 1 << 20
_MOST_MEMORY = 2**27
"""What xz -9 needs is half of it; the format allows a sender to ask for 1.5 GiB."""


class _Xz:
    """Unpacks .xz in bounded memory, which lzma.open does not offer."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._stream = _xz_stream()

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; streams that follow one another are one file (xz(1))."""
        content = packed = b""
        while not content:
            if self._stream.eof:
                packed = self._stream.unused_data.lstrip(b"\0") or self._file.read(_BLOCK).lstrip(b"\0")
                if not packed:
                    break
                self._stream = _xz_stream()
            elif self._stream.needs_input:
                packed = self._file.read(_BLOCK)
                if not packed:
                    raise EOFError("it ends in the middle")
            content = self._stream.decompress(packed, size)
            packed = b""
        return content


def _xz_stream() -> lzma.LZMADecompressor:
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MOST_MEMORY)


_MAGIC: tuple[tuple[bytes, Callable[[IO[bytes]], Readable]], ...] = (
    (b"\x1f\x8b", gzip.open),
    (b"\xfd7zXZ\x00", _Xz),
    (b"BZh", bz2.open),
)
DAMAGED = (EOFError, lzma.LZMAError, zlib.error, ValueError, OSError)
"""What unpacking answers; gzip's own error is an OSError."""

_ALWAYS_FINE = 2**30
_MOST_TIMES_LARGER = 200
"""Mail compresses to a fifth or a tenth; what grows more than this was made to fill a disk."""


def open_plain(name: str, path: Path) -> IO[bytes]:
    """Open a file for reading, unpacked where it is compressed by gzip, xz or bzip2.

    Raises:
        OSError: it is not there or may not be read.
        MailboxRefusedError: what it was compressed with does not unpack, or it grows out of all proportion.
    """
    file = path.open("rb", buffering=0)
    source = reader(file)
    if source is file:
        return file
    with _told(name, path), file:
        return copied(source, most_bytes(path.stat().st_size))


def read_head(name: str, path: Path, size: int) -> bytes:
    """The first bytes that come out of a file.

    Raises:
        OSError, MailboxRefusedError: as `open_plain`.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        # opening a pipe waits for a writer
        raise MailboxRefusedError(name, f"{path} is a pipe, socket or device", "name an ordinary file")
    with _told(name, path), path.open("rb") as file:
        return reader(file).read(size)


@contextmanager
def _told(name: str, path: Path) -> Iterator[None]:
    try:
        yield
    except DAMAGED as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise MailboxRefusedError(
            name, f"{path} does not unpack: {error}", "unpack it by hand and name what comes out"
        ) from None


def reader(file: IO[bytes]) -> Readable:
    """What gives the plain bytes of a file: itself, or what unpacks it."""
    head = file.read(len(_MAGIC[1][0]))
    file.seek(0)
    return next((opener(file) for magic, opener in _MAGIC if head.startswith(magic)), file)


def unpacked(content: bytes, most: int) -> bytes:
    """A message's bytes, unpacked where each is kept compressed (as Dovecot can); beyond `most` they are cut off.

    Raises:
        One of `DAMAGED`.
    """
    file = io.BytesIO(content)
    source = reader(file)
    if source is file:
        return content
    blocks, size = [], 0
    while size <= most and (block := source.read(_BLOCK)):
        blocks.append(block)
        size += len(block)
    return b"".join(blocks)


def copied(source: Readable, most: int) -> IO[bytes]:
    """The bytes in a temporary file.

    Raises:
        ValueError: there are more than `most`.
    """
    with ExitStack() as closing:
        plain = closing.enter_context(tempfile.TemporaryFile())
        while block := source.read(_BLOCK):
            if plain.tell() + len(block) > most:
                raise ValueError(f"more than {most} bytes come out of it")
            plain.write(block)
        closing.pop_all()
        return plain


def most_bytes(packed: int) -> int:
    """How much a compressed file of this size may unpack to."""
    return max(_ALWAYS_FINE, _MOST_TIMES_LARGER * packed)

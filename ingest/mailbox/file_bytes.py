"""The bytes of a file that other programs may write to: read in blocks, never held whole.

A memory map would do less work, but a file that is cut while it is mapped ends the process (SIGBUS).
"""

import io
import os
from collections.abc import Iterator
from typing import IO, Self

_BLOCK = 1 << 20


class FileBytes:
    """A file as it was long when it was opened."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.size = file.seek(0, os.SEEK_END)

    @classmethod
    def of(cls, content: bytes) -> Self:
        """Bytes in memory as if they were a file."""
        return cls(io.BytesIO(content))

    def part(self, start: int, end: int) -> bytes:
        """Bytes from `start` to `end`; fewer where the file ends or was cut meanwhile."""
        start = max(0, start)
        self._file.seek(start)
        return self._file.read(max(0, min(end, self.size) - start))

    def blocks(self, start: int, end: int) -> Iterator[bytes]:
        """The same, a block at a time."""
        for at in range(start, end, _BLOCK):
            yield self.part(at, min(at + _BLOCK, end))

    def find_all(self, needle: bytes, start: int, end: int | None = None) -> Iterator[int]:
        """Where `needle`, which does not overlap itself, stands from `start` on, whole before `end`."""
        overlap = len(needle) - 1
        last = self.size if end is None else min(end, self.size)
        for at in range(start, last, _BLOCK):
            block = self.part(at, min(at + _BLOCK + overlap, last))
            found = block.find(needle)
            while found != -1:
                yield at + found
                found = block.find(needle, found + len(needle))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

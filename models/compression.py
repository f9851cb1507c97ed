"""Kept bytes, compressed (RFC 8878)."""

from collections.abc import Callable

import zstandard

_LEVEL = 3


def packer() -> Callable[[bytes], bytes]:
    """What compresses bytes, for use by one thread; the frame says how many they were."""
    return zstandard.ZstdCompressor(level=_LEVEL).compress


def unpack(content: bytes) -> bytes:
    """The bytes that a `packer` compressed."""
    return zstandard.ZstdDecompressor().decompress(content)

"""Long bodies are taken out before the parser and read from the original bytes where a part's content is wanted.

mail-parser holds a message several times over and decodes every part; ten times a message's size is what that takes.
What lies between two lines that start with "--" holds no boundary delimiter (RFC 2046, 5.1.1), so its middle can be
left out without touching MIME structure. A mark stands in its place, made of characters that every transfer encoding
lets through.
"""

import binascii
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOTAL_KEPT = 3 * 2**20
_MOST_KEPT = 32 * 2**10
_LEAST_KEPT = 512
_TAIL = 256
_SEPARATORS = 4000
_SEARCHED_BYTES = 10**9
_CHUNK = 2**20
_MARK_DIGITS = 8
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_NOT_BASE64 = bytes(set(range(256)) - set(_BASE64))
_MOST_STRANGE = 16
_BOUNDARY = re.compile(
    rb"boundary(\*?)[0-9*]{0,4}[ \t\n]{0,20}=[ \t\n]{0,20}(?:\"([^\"\n]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Excised:
    """A body with marks for what was left out.

    Attributes:
        skeleton: what the parser is given.
        original: what the marks stand for is a part of.
        prefix: how each mark begins; a number and padding follow.
        spans: start, end and length of padding of each mark, by its number.
    """

    skeleton: bytes
    original: bytes = b""
    prefix: bytes = b""
    spans: tuple[tuple[int, int, int], ...] = ()

    def pieces(self, data: bytes) -> Iterator[memoryview]:
        """`data`, taken from the skeleton, with what was left out put back, in pieces and uncopied."""
        kept, whole = memoryview(data), memoryview(self.original)
        at = 0
        while self.prefix and (mark := data.find(self.prefix, at)) >= 0:
            yield kept[at:mark]
            number = mark + len(self.prefix)
            start, end, padding = self.spans[int(data[number : number + _MARK_DIGITS])]
            yield whole[start:end]
            at = number + _MARK_DIGITS + padding
        yield kept[at:]

    def restore(self, data: bytes, most: int | None = None) -> bytes:
        """`data` with what was left out put back, no more than `most` bytes of it."""
        if not self.prefix or self.prefix not in data:
            return data[:most]
        found = bytearray()
        for piece in self.pieces(data):
            found += piece if most is None else piece[: most - len(found)]
        return bytes(found)


WHOLE = Excised(b"")
"""Nothing was left out."""


def excise(original: bytes, start: int, whole_bytes: int) -> Excised | None:
    """Leave out the middles of long bodies after `start`; None where there are too many boundaries to look for.

    Bodies of at most `whole_bytes` in all stay as they are.
    """
    if len(original) - start <= whole_bytes:
        return Excised(original[start:])
    cuts = _separators(original, start)
    if cuts is None:
        return None
    kept = min(_MOST_KEPT, whole_bytes, max(_LEAST_KEPT, _TOTAL_KEPT // len(cuts)))
    prefix = b"Excised+" + hashlib.sha256(original).hexdigest()[:32].encode()
    pieces: list[bytes] = []
    spans: list[tuple[int, int, int]] = []
    for begin, end in zip(cuts, [*cuts[1:], len(original)], strict=True):
        if end - begin <= 2 * kept + _TAIL:
            pieces.append(original[begin:end])
            continue
        left, right = begin + kept, end - min(_TAIL, kept)
        # base64 without a multiple of four characters would be a defect that the message does not have
        padding = (right - left - original.count(b"\n", left, right)) % 4
        mark = prefix + b"%08d" % len(spans) + b"A" * padding
        spans.append((left, right, padding))
        pieces += [original[begin:left], mark, original[right:end]]
    return Excised(b"".join(pieces), original, prefix, tuple(spans))


def _separators(original: bytes, start: int) -> list[int] | None:
    """Where a boundary delimiter may begin, with `start` itself."""
    if original.count(b"\n--", start) <= _SEPARATORS:
        return _found(original, b"\n--", start)
    boundaries = _declared(original)
    if boundaries is None or len(boundaries) * len(original) > _SEARCHED_BYTES:
        return None
    cuts = {start}
    for boundary in boundaries:
        if original.count(b"\n--" + boundary, start) + len(cuts) > _SEPARATORS:
            return None
        cuts.update(_found(original, b"\n--" + boundary, start))
    return sorted(cuts)


def _found(original: bytes, wanted: bytes, start: int) -> list[int]:
    cuts = [start]
    at = original.find(wanted, start)
    while at >= 0:
        if at > start:
            cuts.append(at)
        at = original.find(wanted, at + 1)
    return cuts


def _declared(original: bytes) -> set[bytes] | None:
    """Boundaries that any Content-Type field declares; None where one is declared in pieces (RFC 2231)."""
    found: set[bytes] = set()
    for begin in range(0, len(original), _CHUNK):
        chunk = original[begin : begin + _CHUNK + 1000]
        if b"boundary" not in chunk.lower():
            continue
        for pieces, quoted, plain in _BOUNDARY.findall(chunk):
            if pieces or len(found) > _SEPARATORS:
                return None
            found.add(quoted or plain)
    return found


def is_base64(body: bytes) -> bool:
    """Whether a body that is declared to be base64 looks it: some programs declare it and write plain text."""
    sample = body[:_LEAST_KEPT]
    strange = len(sample.translate(None, _BASE64 + b"\r\n\t ")) + sample.count(b" ")
    return strange * _MOST_STRANGE <= len(sample)


def from_base64(body: bytes) -> bytes:
    """The decoded bytes, as leniently as `digest` reads them."""
    return b"".join(_from_base64(iter([memoryview(body)])))


def digest(pieces: Iterator[memoryview], encoding: str) -> tuple[int, str]:
    """Length and SHA-256 of a decoded body that comes in pieces; of other encodings than base64, as it stands."""
    sha256 = hashlib.sha256()
    size = 0
    for decoded in _from_base64(pieces) if encoding == "base64" else map(bytes, _chunks(pieces)):
        sha256.update(decoded)
        size += len(decoded)
    return size, sha256.hexdigest()


def _chunks(pieces: Iterator[memoryview]) -> Iterator[memoryview]:
    for piece in pieces:
        for at in range(0, len(piece), _CHUNK):
            yield piece[at : at + _CHUNK]


def _from_base64(pieces: Iterator[memoryview]) -> Iterator[bytes]:
    """Decodes leniently, as the standard library does: what is no base64 is skipped, padding ends it."""
    rest = b""
    for chunk in _chunks(pieces):
        rest += bytes(chunk).translate(None, _NOT_BASE64)
        body, padding, _ = rest.partition(b"=")
        if padding:
            rest = body
            break
        whole = len(rest) // 4 * 4
        yield binascii.a2b_base64(rest[:whole])
        rest = rest[whole:]
    # a single character left over carries no byte
    usable = len(rest) - (len(rest) % 4 == 1)
    yield binascii.a2b_base64(rest[:usable] + b"=" * (-usable % 4))

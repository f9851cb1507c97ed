"""Sets of UIDs as the protocol writes them: `1:3,7` (RFC 9051, section 9, sequence-set)."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from operator import lt

_RANGE = re.compile(rb"(\d{1,10})(?::(\d{1,10}))?")


def uid_set(uids: Iterable[int]) -> bytes:
    """UIDs in their order, with what follows one another as ranges."""
    return b",".join(b"%d" % first if first == last else b"%d:%d" % (first, last) for first, last in _runs(uids))


def parse_uid_set(text: bytes, most: int) -> tuple[int, ...]:
    """The UIDs of a set, ascending.

    Args:
        text: as the server wrote it.
        most: how many there can be; two numbers could stand for four billion.

    Raises:
        ValueError: no set of UIDs, or more than `most`.
    """
    uids: list[int] = []
    start = 0
    while start <= len(text):
        # split() would hold all parts at once, which are larger than what they mean
        end = text.find(b",", start)
        end = len(text) if end < 0 else end
        numbers = _parsed_range(text[start:end])
        if len(uids) + len(numbers) > most:
            raise ValueError("more UIDs than messages")
        uids.extend(numbers)
        start = end + 1
    return tuple(uids) if all(map(lt, uids, islice(uids, 1, None))) else tuple(sorted(set(uids)))


def _parsed_range(text: bytes) -> range:
    found = _RANGE.fullmatch(text)
    if not found:
        raise ValueError(f"no set of UIDs: {text[:40]!r}")
    first, last = int(found[1]), int(found[2] or found[1])
    return range(min(first, last), max(first, last) + 1)


def _runs(uids: Iterable[int]) -> Iterator[tuple[int, int]]:
    first = last = 0
    for uid in uids:
        if first and uid == last + 1:
            last = uid
            continue
        if first:
            yield first, last
        first = last = uid
    if first:
        yield first, last

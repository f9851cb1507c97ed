"""UIDs for mailboxes that have none: derived from what a message is, so nothing is written beside the mail.

A position would not do: once a message in the middle is deleted, later ones would take the numbers of mail that is
known, and never be read. Nor would the 32 bits of IMAP (RFC 9051, section 2.3.1.1): the ledger also remembers
messages that are gone, and among a million of those one new message in 4,000 would be taken for known.
"""

import hashlib
from collections.abc import Iterable

_LARGEST = 2**63 - 1
"""What the ledger's column holds."""

UNCHANGING = 1
"""The UIDVALIDITY of mailboxes whose UIDs come from the messages themselves."""


def number_all(keys: Iterable[bytes]) -> tuple[int, ...]:
    """One UID for each key, in order; equal keys and colliding hashes take the next free number."""
    taken: set[int] = set()
    return tuple(_free_number(key, taken) for key in keys)


def fingerprint(*parts: object) -> int:
    """A number that changes with the parts; stands in for HIGHESTMODSEQ (RFC 7162) where files have none."""
    return _number(repr(parts).encode(errors="surrogateescape"))


def _free_number(key: bytes, taken: set[int]) -> int:
    number = _number(key)
    while number in taken:
        number = number % _LARGEST + 1
    taken.add(number)
    return number


def _number(key: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(key, digest_size=8).digest()) & _LARGEST or 1

"""UIDs for mailboxes that have none: derived from what a message is, so nothing is written beside the mail.

A position would not do: once a message in the middle is deleted, later ones would take the numbers of mail that is
known, and never be read.
"""

import hashlib
from collections.abc import Iterable

_LARGEST = 2**32 - 1
"""UIDs are non-zero 32-bit numbers (RFC 9051, section 2.3.1.1)."""

UNCHANGING = 1
"""The UIDVALIDITY of mailboxes whose UIDs come from the messages themselves."""


def number_all(keys: Iterable[bytes]) -> tuple[int, ...]:
    """One UID for each key, in order; equal keys and colliding hashes take the next free number."""
    taken: set[int] = set()
    return tuple(_free_number(key, taken) for key in keys)


def _free_number(key: bytes, taken: set[int]) -> int:
    number = int.from_bytes(hashlib.blake2b(key, digest_size=4).digest()) or 1
    while number in taken:
        number = number % _LARGEST + 1
    taken.add(number)
    return number

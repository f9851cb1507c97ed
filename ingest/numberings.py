"""What a folder's UIDs are valid for, as the ledger has it.

A server may be restored from a backup, keep its UIDVALIDITY, and give UIDs to other messages than before. What the
ledger knows of a UID must not be taken for the new message's outcome. So the ledger's number of a numbering is the
server's UIDVALIDITY in the lower 32 bits (RFC 9051, section 2.3.1.1), and above them how often the server had come back
to it when that was accepted: 0 on every server that keeps to the standard.
"""

from collections.abc import Container

_AGAIN = 2**32


def told(numbering: int) -> int:
    """The UIDVALIDITY that the server tells of a numbering."""
    return numbering % _AGAIN


def is_of(numbering: int, uidvalidity: int) -> bool:
    """Whether a numbering is one of those that the server calls so."""
    return numbering >= uidvalidity and (numbering - uidvalidity) % _AGAIN == 0


def unused(uidvalidity: int, used: Container[int]) -> int:
    """A numbering of this UIDVALIDITY that the ledger has no rows of."""
    numbering = uidvalidity
    while numbering in used:
        numbering += _AGAIN
    return numbering

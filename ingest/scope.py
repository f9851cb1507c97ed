"""Whose mail a mailbox is read for: domains, their sub-domains, and single addresses."""

from models.records import Message


def in_scope(message: Message, scope: frozenset[str] | None) -> bool:
    """Whether From or a recipient is of one of the domains or addresses; None takes everything."""
    if scope is None:
        return True
    addresses = (message.sender.address, *(recipient.address for recipient in message.recipients))
    return any(_is_in(address, scope) for address in addresses)


def _is_in(address: str, scope: frozenset[str]) -> bool:
    labels = address.rpartition("@")[2].split(".")
    return address in scope or any(".".join(labels[start:]) in scope for start in range(len(labels)))

"""Whose mail is kept."""

from dataclasses import replace

import pytest

from ingest.parse import parse_message
from ingest.scope import in_scope
from tests.contract.mailbox_contract import letter


@pytest.mark.parametrize(
    ("scope", "inside"),
    [
        (None, True),
        (frozenset(), False),
        (frozenset({"corvus.example"}), True),
        (frozenset({"example"}), True),
        (frozenset({"dana@halden.example"}), True),
        (frozenset({"eva@halden.example", "vus.example"}), False),
    ],
)
def test_domains_their_sub_domains_and_addresses(scope: frozenset[str] | None, inside: bool) -> None:  # noqa: FBT001
    message = parse_message(letter(1)).message
    assert message is not None
    assert in_scope(message, scope) is inside


def test_a_message_to_nobody_is_of_nobodys_scope() -> None:
    message = parse_message(letter(1)).message
    assert message is not None
    lonely = replace(message, sender=replace(message.sender, address=""), recipients=())
    assert not in_scope(lonely, frozenset({"corvus.example"}))

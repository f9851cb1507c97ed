"""Odd mails by name, as bytes and parsed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.parse import parse_message
from models.records import Message

_FOLDER = Path(__file__).parent.parent.parent / "fixtures" / "mail"


@pytest.fixture(scope="session")
def odd_mail() -> Callable[[str], bytes]:
    """Bytes of one of the named odd mails."""
    return lambda name: (_FOLDER / f"{name}.eml").read_bytes()


@pytest.fixture(scope="session")
def parsed(odd_mail: Callable[[str], bytes]) -> Callable[[str], Message]:
    """One of the named odd mails as a message, which it must be."""

    def parse(name: str) -> Message:
        message = parse_message(odd_mail(name)).message
        assert message is not None
        return message

    return parse

"""Odd mails by name."""

from collections.abc import Callable
from pathlib import Path

import pytest

_FOLDER = Path(__file__).parent.parent.parent / "fixtures" / "mail"


@pytest.fixture(scope="session")
def odd_mail() -> Callable[[str], bytes]:
    """Bytes of one of the named odd mails."""
    return lambda name: (_FOLDER / f"{name}.eml").read_bytes()

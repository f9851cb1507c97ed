"""Domain names in one form."""

import pytest

from models.domains import ascii_domain


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("Halden.Example.", "halden.example"),
        ("müller.example", "xn--mller-kva.example"),
        ("XN--MLLER-KVA.example", "xn--mller-kva.example"),
        ("[10.0.0.1]", "[10.0.0.1]"),
        ("ü" * 300, "ü" * 300),
        ("ü..example", "ü..example"),
        ("", ""),
    ],
)
def test_one_form(domain: str, expected: str) -> None:
    assert ascii_domain(domain) == expected

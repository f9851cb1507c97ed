"""Secrets: from a variable, a file, a command; never part of an error."""

import sys
from pathlib import Path

import pytest

from liaison.credentials import resolve_secret
from liaison.mailbox_shape import SecretShape
from models.errors import ConfigurationError


def resolved(secret: SecretShape, base: Path) -> str:
    return resolve_secret(secret, base, "config.yaml", "mailboxes[0].imap.password")


def test_a_file_s_first_line_is_the_secret(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s3cret\nnot this\n", encoding="utf-8")
    assert resolved(SecretShape(file=Path("secret")), tmp_path) == "s3cret"


def test_what_a_command_prints_is_the_secret(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "print('from a vault')"]
    assert resolved(SecretShape(command=command), tmp_path) == "from a vault"


def test_a_failing_command_is_named_without_what_it_printed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; print('leak'); sys.exit(1)"]
    with pytest.raises(ConfigurationError) as caught:
        resolved(SecretShape(command=command), tmp_path)
    assert "failed" in str(caught.value)
    assert "leak" not in str(caught.value)


def test_an_empty_secret_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="empty"):
        resolved(SecretShape(file=Path("secret")), tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="nowhere"):
        resolved(SecretShape(file=Path("nowhere")), tmp_path)

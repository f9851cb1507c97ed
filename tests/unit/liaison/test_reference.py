"""The references in docs/ say what the code does."""

from pathlib import Path

from liaison.reference import command_reference, configuration_reference

DOCS = Path(__file__).parents[3] / "docs"


def test_every_command_and_option_is_documented_as_it_is() -> None:
    assert (DOCS / "commands.md").read_text(encoding="utf-8") == command_reference(), "type: make docs"


def test_every_setting_is_documented_as_it_is() -> None:
    assert (DOCS / "configuration.md").read_text(encoding="utf-8") == configuration_reference(), "type: make docs"


def test_every_setting_has_a_meaning() -> None:
    assert "| None |" not in configuration_reference()

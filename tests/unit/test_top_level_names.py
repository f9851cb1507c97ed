"""Our top-level packages are ours alone: no other installed distribution brings one of the same name."""

import tomllib
from importlib.metadata import Distribution, distributions
from pathlib import Path

import pytest

_PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
_PACKAGES: list[str] = _PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]


def _top_level_names(distribution: Distribution) -> set[str]:
    # the list of files, not top_level.txt: it is what lands in site-packages
    return {file.parts[0].removesuffix(".py") for file in distribution.files or ()}


def test_the_packages_are_those_of_the_design() -> None:
    assert sorted(_PACKAGES) == ["analysis", "ingest", "liaison", "models", "reports"]


@pytest.mark.parametrize("package", _PACKAGES)
def test_no_other_distribution_owns(package: str) -> None:
    owners = {found.name for found in distributions() if package in _top_level_names(found)}
    assert owners <= {"liaison"}

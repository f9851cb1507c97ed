"""The reader's version: what it is made of, hashed, without loading the model."""

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from pathlib import Path

from models.errors import ModelMissingError

_SUFFIXES = (".py", ".yaml")
_TOPICS = frozenset({"topics.py", "topics.yaml"})


@cache
def reader_version(model: str) -> str:
    """Hash over the pattern files, this package's sources, the topics and the model's name and version.

    Raises:
        ModelMissingError: no such package is installed.
    """
    digest = hashlib.sha256(_model_version(model).encode())
    for entry in _sources():
        digest.update(entry.name.encode() + b"\0" + entry.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _model_version(model: str) -> str:
    spec = find_spec(model)
    if spec is None or spec.origin is None:
        raise ModelMissingError(model)
    meta = json.loads(Path(spec.origin).with_name("meta.json").read_text(encoding="utf-8"))
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


def _sources() -> Iterator[Traversable]:
    """Files that a reading depends on, in a fixed order."""
    package = resources.files("analysis.language")
    yield from _sorted(package)
    yield from _sorted(package.joinpath("patterns"))
    yield from (entry for entry in _sorted(resources.files("analysis")) if entry.name in _TOPICS)


def _sorted(folder: Traversable) -> list[Traversable]:
    files = (entry for entry in folder.iterdir() if entry.is_file() and entry.name.endswith(_SUFFIXES))
    return sorted(files, key=lambda entry: entry.name)

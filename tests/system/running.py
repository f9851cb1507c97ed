"""Running Liaison as its user does: as a process of its own, in a folder of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class SampleRun:
    """A folder with the repository's own configuration and sample, and what its first nightly run printed."""

    folder: Path
    result: dict[str, Any]


def liaison(folder: Path, *words: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "liaison", *words]
    full = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "160"} | (env or {})
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=full, check=False)


def as_json(done: subprocess.CompletedProcess[str]) -> Any:
    return json.loads(done.stdout)


def all_files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}

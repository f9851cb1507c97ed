"""The measured error rates of the detectors, as they were when somebody last ran `python -m benchmarks.accuracy`."""

import json
from importlib.resources import files

from reports.document import DetectorRate

FILE_NAME = "error_rates.json"


def load_error_rates() -> tuple[DetectorRate, ...]:
    """Read the rates that were measured last; none where nothing was measured."""
    path = files("reports").joinpath(FILE_NAME)
    if not path.is_file():
        return ()
    return tuple(DetectorRate(**entry) for entry in json.loads(path.read_text(encoding="utf-8"))["rates"])

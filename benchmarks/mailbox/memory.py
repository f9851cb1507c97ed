"""How much memory a process and those that it started took at most, as Linux counts it (VmHWM in proc(5))."""

import re
import time
from collections.abc import Callable
from pathlib import Path

_PROC = Path("/proc")
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


def peaks(process: int, has_ended: Callable[[], object], every: float = 0.05) -> dict[int, int]:
    """Process id -> peak in bytes, of the process and all below it, looked at until it has ended."""
    found: dict[int, int] = {}
    while not has_ended():
        found.update({each: peak for each in _family(process) if (peak := _peak(each))})
        time.sleep(every)
    return found


def _family(root: int) -> list[int]:
    family = [root]
    for each in family:
        family += [int(child) for child in _read(_PROC / str(each) / "task" / str(each) / "children").split()]
    return family


def _peak(process: int) -> int:
    match = _PEAK.search(_read(_PROC / str(process) / "status"))
    return 1024 * int(match[1]) if match else 0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError:
        # it has ended meanwhile
        return ""

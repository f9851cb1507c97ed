"""The slowest and the hungriest of hostile messages: crafted ones, and those of a folder.

    python -m benchmarks.hostile [FOLDER]

Each crafted message is parsed in a process of its own, a folder's in one; CPU seconds and growth of the process's peak
memory are printed for the worst, and how messages ended: stored with which problems, or quarantined and why.
"""

import os
import pickle
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ingest.parse import parse_message
from tests.worst_mail import WORST_MAIL

_NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
_SHOWN = 12
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Ending:
    """How one message ended, and what it took."""

    name: str
    size: int
    seconds: float
    grown_kb: int
    quarantined: bool
    problems: tuple[str, ...]


def _parsed(name: str, make: Callable[[], bytes]) -> Ending:
    raw = make()
    _reset_peak()
    before, begin = _peak_kb(), time.process_time()
    parsed = parse_message(raw, _NOW)
    seconds = time.process_time() - begin
    codes = tuple(dict.fromkeys(problem.code for problem in parsed.problems))
    return Ending(name, len(raw), seconds, _peak_kb() - before, parsed.message is None, codes)


def _reset_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak_kb() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def measure_apart(makers: Mapping[str, Callable[[], bytes]]) -> list[Ending]:
    """Parse messages one after the other in a child, whose memory is its own and whose CPU seconds are bounded."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if not child:
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
            with os.fdopen(write_end, "wb") as answer:
                pickle.dump([_parsed(name, make) for name, make in makers.items()], answer)
        finally:
            # whatever was raised is the parent's to notice: the child must not go on with the parent's work
            os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as answer:
        told = answer.read()
    os.waitpid(child, 0)
    if told:
        return list(pickle.loads(told))  # noqa: S301  # our own child's words
    return [Ending(name, 0, _SECONDS, 0, quarantined=True, problems=("died",)) for name in makers]


def _files(folder: Path) -> dict[str, Callable[[], bytes]]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != ".SOURCE")
    return {str(path.relative_to(folder)): path.read_bytes for path in paths}


def _show(title: str, endings: list[Ending]) -> None:
    print(f"\n{title}: {len(endings)} messages, {sum(ending.quarantined for ending in endings)} quarantined")
    for heading, key in (("slowest", "seconds"), ("hungriest", "grown_kb")):
        print(f"  {heading}")
        for ending in sorted(endings, key=lambda each: -getattr(each, key))[:_SHOWN]:
            print(
                f"    {ending.seconds:6.2f} s {ending.grown_kb / 1024:6.0f} MB"
                f" {ending.size / 1e6:8.2f} MB long  {ending.name}"
            )
    reasons = Counter(
        f"{'quarantined' if ending.quarantined else 'stored'}: {code}"
        for ending in endings
        for code in ending.problems or ("no problem",)
    )
    print("  endings")
    for reason, count in reasons.most_common():
        print(f"    {count:6} {reason}")


def main(folders: list[Path]) -> None:
    """Measure and print."""
    _show("crafted", [ending for name, make in WORST_MAIL.items() for ending in measure_apart({name: make})])
    for folder in folders:
        _show(str(folder), measure_apart(_files(folder)))


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])

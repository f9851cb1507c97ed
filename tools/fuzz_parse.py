"""Fuzzes `ingest.parse.parse_message` with atheris: whatever the bytes, it neither raises, nor dawdles, nor hoards.

    python tools/fuzz_parse.py FINDINGS SEEDS... [libFuzzer options, such as -max_total_time=3600]

SEEDS are folders of messages; FINDINGS receives one file for each new kind of finding (`raises-*`, `differs-*` where LF
and CRLF are not read alike, `slow-*` for more than 2 s of CPU, `large-*` for more than 200 MB), and the run goes on.
Python's own limit on recursion stays in force. atheris is no requirement of Liaison; beside it:

    uv venv .fuzz && uv pip install --python .fuzz/bin/python atheris -r requirements/run.txt
    PYTHONPATH=. .fuzz/bin/python tools/fuzz_parse.py findings tests/fixtures/mail -max_total_time=3600
"""

import hashlib
import resource
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["ingest", "models", "mailparser", "email", "icalendar"]):
    from ingest.parse import parse_message
    from models.records import ParsedMail

_NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
_SLOW_SECONDS = 2.0
_LARGE_KB = 200 * 2**10
# one message in so many is read with both line ends
_BOTH_WAYS = 8


class _Findings:
    """Messages that were not read as they should be, each kind once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kinds: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, kind: str, about: str, raw: bytes) -> None:
        digest = hashlib.sha256((kind + about).encode()).hexdigest()[:12]
        if digest not in self.kinds:
            self.kinds.add(digest)
            (self.folder / f"{kind}-{digest}.eml").write_bytes(raw)
            (self.folder / f"{kind}-{digest}.txt").write_text(about)
            print(f"finding {kind}-{digest}: {about.strip().splitlines()[-1][:200]}", flush=True)


def _watched(raw: bytes, findings: _Findings) -> ParsedMail | None:
    begin, before = time.process_time(), _peak_kb()
    try:
        parsed = parse_message(raw, _NOW)
    except Exception:  # noqa: BLE001  # to find these is what this program is for
        findings.keep("raises", _where(traceback.format_exc()), raw)
        return None
    seconds, grown = time.process_time() - begin, _peak_kb() - before
    if seconds > _SLOW_SECONDS:
        findings.keep("slow", f"{seconds:.0f} s, {len(raw)} bytes", raw)
    if grown > _LARGE_KB:
        findings.keep("large", f"{grown >> 10} MB, {len(raw)} bytes", raw)
    return parsed


def _where(trace: str) -> str:
    """The trace without its values, so that the same mistake is one finding."""
    return "\n".join(line for line in trace.splitlines() if line.lstrip().startswith("File ")) + trace[-300:]


def _peak_kb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _check(raw: bytes, findings: _Findings) -> None:
    unix = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    parsed = _watched(unix, findings)
    if parsed is None:
        return
    if parsed.message is None and not parsed.problems:
        findings.keep("unexplained", "no message and no reason", raw)
    if hashlib.sha256(raw).digest()[0] % _BOTH_WAYS == 0 and parsed != _watched(unix.replace(b"\n", b"\r\n"), findings):
        findings.keep("differs", str(len(raw)), raw)


def main() -> None:
    """Fuzz until libFuzzer's options say to stop."""
    findings = _Findings(Path(sys.argv[1]))
    atheris.Setup([sys.argv[0], *sys.argv[2:]], lambda raw: _check(raw, findings))
    atheris.Fuzz()


if __name__ == "__main__":
    main()

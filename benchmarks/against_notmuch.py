"""The whole way in against the programs that keep a mailbox on a disk and index it: mbsync, then notmuch new.

    python -m benchmarks.against_notmuch [--messages 5000] [--workers 2] [--rounds 3]

The same generated mailbox on the same private Dovecot over loopback with TLS. `notmuch new` finds threads as Liaison
does, and indexes all text for search, which Liaison does not; Liaison finds the new text, which notmuch does not. Both
programs are in Debian (packages isync and notmuch); without them the benchmark says so and measures nothing. mbsync
runs with `FSync no`: as Liaison, it does not wait for the disk message by message.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.mailbox.ingested import ingest
from benchmarks.mailbox.measured import Cost, cost_of, middle, rate
from benchmarks.mailbox.options import command_line, repeat
from benchmarks.mailbox.served import Served, serve

_MBSYNC = """\
FSync no

IMAPAccount served
Host localhost
Port {port}
User {user}
Pass {password}
SSLType IMAPS
CertificateFile {authority}
SystemCertificates no

IMAPStore far
Account served

MaildirStore near
Inbox {folder}/mail/INBOX
Path {folder}/mail/

Channel all
Far :far:
Near :near:
Patterns INBOX
Create Near
Sync Pull
SyncState *
"""
_NOTMUCH = """\
[database]
path={folder}/mail
[user]
name=Benchmark
primary_email=benchmark@mail.example
[new]
tags=new
"""


def main() -> None:
    """Measure in turn and print the medians."""
    parser = command_line(__doc__)
    parser.add_argument("--messages", type=int, default=5000, help="in the mailbox")
    parser.add_argument("--workers", type=int, default=2, help="processes that parse")
    parser.add_argument("--rounds", type=int, default=3, help="of which the median is told")
    options = parser.parse_args()
    missing = [program for program in ("mbsync", "notmuch") if shutil.which(program) is None]
    if missing:
        print(f"skipped: {' and '.join(missing)} not installed (apt-get install isync notmuch)")
        return
    rounds: list[tuple[Cost, Cost, Cost]] = []
    with serve(options.messages) as served:
        rounds.extend(_round(served, options.workers) for _ in range(options.rounds))
    ours, mbsync, notmuch = (middle(list(costs)) for costs in zip(*rounds, strict=True))
    theirs = Cost(mbsync.wall + notmuch.wall, mbsync.cpu + notmuch.cpu)
    print(f"{options.messages} messages, {options.workers} workers, medians of {options.rounds} rounds")
    for name, cost in (("liaison", ours), ("mbsync", mbsync), ("notmuch new", notmuch), ("both programs", theirs)):
        print(f"{name:<14}{rate(options.messages, cost)}")
    print(f"liaison is {theirs.wall / ours.wall:.1f} x as fast, with {theirs.cpu / ours.cpu:.1f} x less CPU")
    print(repeat("against_notmuch", options))


def _round(served: Served, workers: int) -> tuple[Cost, Cost, Cost]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = cost_of(lambda: ingest(served.settings, folder / "liaison.db", workers))
        return ours, *_programs(served, folder)


def _programs(served: Served, folder: Path) -> tuple[Cost, Cost]:
    (folder / "mail").mkdir()
    settings = served.settings
    synchronise, index = folder / "mbsyncrc", folder / "notmuchrc"
    synchronise.write_text(
        _MBSYNC.format(
            port=settings.port, user=settings.user, password=settings.password, authority=settings.ca, folder=folder
        ),
        encoding="utf-8",
    )
    index.write_text(_NOTMUCH.format(folder=folder), encoding="utf-8")
    environment = {**os.environ, "NOTMUCH_CONFIG": str(index), "HOME": str(folder)}
    return (
        cost_of(lambda: _run(["mbsync", "-q", "-c", str(synchronise), "all"], environment)),
        cost_of(lambda: _run(["notmuch", "new", "--quiet"], environment)),
    )


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stderr or done.stdout}")


if __name__ == "__main__":
    main()

"""Memory of taking mail in (fetch, parse, store) at several sizes of a mailbox, and with the largest message allowed.

    python -m benchmarks.memory_use [--messages 2000 6000] [--workers 2] [--largest 49900000]

Each runs in a process of its own; told are the peaks (resident set) of it, of its workers, and their sum. Linux only.
"""

import sys
import tempfile
from base64 import encodebytes
from pathlib import Path
from random import Random
from subprocess import PIPE, Popen

from benchmarks.mailbox.memory import peaks
from benchmarks.mailbox.options import command_line, repeat
from benchmarks.mailbox.served import Served, serve

_INGEST = """\
import sys
from pathlib import Path
from benchmarks.mailbox.ingested import take_in
from ingest.settings import ImapSettings
host, port, ca, user, password, database, workers = sys.argv[1:]
if __name__ == "__main__":
    settings = ImapSettings(host=host, port=int(port), ca=Path(ca), user=user, password=password)
    print(take_in(settings, Path(database), int(workers)).stored)
"""


def main() -> None:
    """Print a line for each size."""
    parser = command_line(__doc__)
    parser.add_argument("--messages", type=int, nargs="+", default=[2000, 6000], help="sizes of the mailbox")
    parser.add_argument("--workers", type=int, default=2, help="processes that parse")
    parser.add_argument("--largest", type=int, default=49_900_000, help="bytes of one more message; 0 for none")
    options = parser.parse_args()
    print(f"{'messages':>10}{'largest':>12}{'ingesting':>12}{'workers':>24}{'together':>12}")
    for messages in options.messages:
        with serve(messages) as served:
            _tell(served, messages, 0, options.workers)
            if options.largest:
                served.account.deliver([_large(options.largest)])
                _tell(served, messages + 1, options.largest, options.workers)
    print(repeat("memory_use", options))


def _tell(served: Served, messages: int, largest: int, workers: int) -> None:
    settings = served.settings
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "whole_way_in.py"
        program.write_text(_INGEST, encoding="utf-8")
        account = [settings.host, str(settings.port), str(settings.ca), settings.user, settings.password]
        command = [sys.executable, str(program), *account, str(Path(folder) / "liaison.db"), str(workers)]
        with Popen(command, stdout=PIPE, text=True, env={"PYTHONPATH": str(Path.cwd())}) as process:
            found = peaks(process.pid, lambda: process.poll() is not None)
            stored = process.stdout.read() if process.stdout else ""
    if stored.strip() != str(messages):
        raise SystemExit(f"{stored.strip() or 'none'} of {messages} messages were stored")
    first, *others = (peak / 2**20 for peak in found.values())
    told = ", ".join(f"{peak:.0f}" for peak in sorted(others, reverse=True))
    print(f"{messages:>10}{largest / 1e6:>9.1f} MB{first:>9.0f} MB{told:>21} MB{first + sum(others):>9.0f} MB")


def _large(size: int) -> bytes:
    fields = (
        b"From: ana.abel@halden.example\r\nTo: ben.brandt@corvus.example\r\nSubject: the scans\r\n"
        b"Date: Mon, 02 Mar 2026 09:30:00 +0000\r\nMessage-ID: <scans@mail1.halden.example>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="mix"\r\n\r\n'
        b"--mix\r\nContent-Type: text/plain\r\n\r\nHere they are.\r\n"
        b'--mix\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="scans.pdf"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n"
    )
    encoded = encodebytes(Random(1).randbytes((size - len(fields) - 100) * 54 // 78)).replace(b"\n", b"\r\n")
    return fields + encoded + b"--mix--\r\n"


if __name__ == "__main__":
    main()

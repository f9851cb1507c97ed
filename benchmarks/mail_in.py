"""A whole mailbox from an IMAP server into the store, against mail-parser alone on the same bytes.

    python -m benchmarks.mail_in [--messages 5000] [--workers 2] [--rounds 3] [--stages 2000]

The mailbox is generated (see benchmarks/mailbox/letters.py) and served by a private Dovecot over loopback with TLS.
Measured in turn: fetch, parse, new text, store in SQLite and threads with worker processes; and mail-parser alone on
one core. The ratio is of the first one's messages a second to twice the second one's: what two cores could do at best
if they did nothing but parse. Dovecot's own work stands in the wall time, not in the CPU time.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

import mailparser

from benchmarks.mailbox.ingested import Ingested, ingest
from benchmarks.mailbox.letters import generate
from benchmarks.mailbox.measured import Cost, cost_of, middle, rate
from benchmarks.mailbox.options import command_line, repeat
from benchmarks.mailbox.served import Served, serve
from benchmarks.mailbox.stages import stage_table

_SAMPLE = 5000


def main() -> None:
    """Measure in turn, print the medians and the ratio."""
    options = _options()
    sample = list(generate(min(options.messages, _SAMPLE)))
    whole: list[Cost] = []
    alone: list[Cost] = []
    with serve(options.messages) as served:
        for _ in range(options.rounds):
            alone.append(cost_of(lambda: _parse_alone(sample)))
            whole.append(_ingest_anew(served, options.workers, options.messages))
        table = stage_table(served, options.stages)
    _tell(options, middle(whole), middle(alone), len(sample))
    print("\n".join(table))


def _options() -> argparse.Namespace:
    parser = command_line(__doc__)
    parser.add_argument("--messages", type=int, default=5000, help="in the mailbox")
    parser.add_argument("--workers", type=int, default=2, help="processes that parse")
    parser.add_argument("--rounds", type=int, default=3, help="of which the median is told")
    parser.add_argument("--stages", type=int, default=2000, help="messages of the table by stage")
    return parser.parse_args()


def _parse_alone(sample: Sequence[bytes]) -> None:
    for raw in sample:
        mailparser.parse_from_bytes(raw)


def _ingest_anew(served: Served, workers: int, messages: int) -> Cost:
    results: list[Ingested] = []
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "liaison.db"
        cost = cost_of(lambda: results.append(ingest(served.settings, database, workers)))
    if results[0].run.stored != messages:
        raise SystemExit(f"not all were stored: {results[0].run}")
    return cost


def _tell(options: argparse.Namespace, whole: Cost, alone: Cost, sample: int) -> None:
    messages = options.messages
    ratio = (messages / whole.wall) / (2 * sample / alone.wall)
    print(f"{messages} messages, {options.workers} workers, medians of {options.rounds} rounds")
    print(f"mail-parser alone  {rate(sample, alone)}  (one core, {sample} of them)")
    print(f"whole ingest       {rate(messages, whole)}")
    print(f"ratio to twice mail-parser alone {ratio:.2f}")
    print(f"CPU a message to mail-parser's   {(whole.cpu / messages) / (alone.cpu / sample):.2f}")
    print(repeat("mail_in", options))


if __name__ == "__main__":
    main()

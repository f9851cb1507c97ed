"""How fast messages are recorded, beside plain inserts of the very same rows into tables without any constraint.

    python -m benchmarks.store [--messages 5000]

Prints rows a second for each `keep`, and the ratio to `sqlite3.executemany` in the same process: trust the ratio.
"""

import random
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.mailbox.options import command_line, repeat
from models.polls import Arrival, LedgerKey
from models.records import Attachment, Message, NamedAddress, ParsedMail, Recipient
from models.schema import metadata
from models.store import Store
from models.vocabulary import Keep

BATCH = 500
WORDS = ("batch", "release", "deviation", "order", "please", "confirm", "the", "shipment", "for", "Friday", "thanks")
START = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    """Record messages with each `keep` and print the figures."""
    parser = command_line(__doc__)
    parser.add_argument("--messages", type=int, default=5000, help="how many")
    options = parser.parse_args()
    count = options.messages
    arrivals = [make_arrival(number, random.Random(number)) for number in range(1, count + 1)]
    for keep in Keep:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "liaison.db"
            ours = seconds_of_store(path, keep, arrivals)
            rows = rows_of(path)
            plain = seconds_of_plain_inserts(Path(folder) / "plain.db", rows)
        total = sum(map(len, rows.values()))
        print(
            f"keep={keep:8} {count / ours:8,.0f} messages/s {total / ours:9,.0f} rows/s"
            f"   plain {total / plain:9,.0f} rows/s   ratio {plain / ours:.2f}"
        )
    print(repeat("store", options))


def make_arrival(number: int, dice: random.Random) -> Arrival:
    """A message of about 13 kB on the wire, 2 kB of text and three recipients."""
    text = " ".join(dice.choices(WORDS, k=300))
    message = Message(
        id=sha256(str(number).encode()).hexdigest(),
        message_id=f"{number}@halden.example",
        raw_sha256=sha256(text.encode()).hexdigest(),
        size_bytes=13_000,
        sender=NamedAddress("dana.cole@halden.example", "Dana Cole"),
        recipients=tuple(Recipient(f"person{place}@corvus.example", f"Person {place}") for place in range(3)),
        subject=text[:50],
        sent_at=START + timedelta(minutes=number),
        received_at=START + timedelta(minutes=number, seconds=4),
        at=START + timedelta(minutes=number),
        references=(f"{number - 1}@halden.example",),
        body_text=text,
        new_text=text[:700],
        attachments=(Attachment("coa.pdf", "application/pdf", 9000, "0" * 64),),
    )
    raw = text.encode() + dice.randbytes(8000).hex().encode()[:11_000]
    return Arrival(LedgerKey("journal", "INBOX", 1, number), raw, ParsedMail(message), internal_at=START)


def seconds_of_store(path: Path, keep: Keep, arrivals: list[Arrival]) -> float:
    """Wall seconds of `record_messages` in batches, the run and the schema apart."""
    with Store.open(f"sqlite:///{path}", keep) as store:
        run = store.start_run("benchmark", START, None, "")
        begun = perf_counter()
        for place in range(0, len(arrivals), BATCH):
            store.record_messages(run, arrivals[place : place + BATCH])
        return perf_counter() - begun


def rows_of(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that the store wrote, by table."""
    with closing(sqlite3.connect(path)) as database:
        return {table: database.execute(f"SELECT * FROM {table}").fetchall() for table in metadata.tables}  # noqa: S608


def seconds_of_plain_inserts(path: Path, rows: dict[str, list[tuple[Any, ...]]]) -> float:
    """Wall seconds of `executemany` of these rows, as many transactions, no constraint, no index."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        for name, table in metadata.tables.items():
            columns = ", ".join(f'"{column.name}"' for column in table.columns)
            database.execute(f"CREATE TABLE {name} ({columns})")
        begun = perf_counter()
        for name, some in rows.items():
            insert_plainly(database, name, some)
        return perf_counter() - begun


def insert_plainly(database: sqlite3.Connection, table: str, rows: list[tuple[Any, ...]]) -> None:
    """Insert in transactions of `BATCH` rows."""
    for place in range(0, len(rows), BATCH):
        holes = ", ".join("?" * len(rows[0]))
        database.executemany(f"INSERT INTO {table} VALUES ({holes})", rows[place : place + BATCH])  # noqa: S608
        database.commit()


if __name__ == "__main__":
    main()

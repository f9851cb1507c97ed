"""How much of some mailboxes is the same mail twice, what is merged, and what looks the same but is kept apart.

    python -m benchmarks.duplicates [--show] [PATH...]     # mbox files and folders of .eml files; else the sample

Near pairs are two mails that are not merged, of one sender and subject, sent within two minutes of each other (or at
the same minute of another hour, as where a copy's time zone was lost), and alike in more than 90 of 100 words. They
are for a person to read (`--show` prints their Message-IDs). Counts only, never text.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path

from ingest.identity import subject_core
from ingest.mailbox.mbox import FOLDER, MboxMailbox
from ingest.parse import parse_message
from models.records import Message

SAMPLE = Path(__file__).parents[1] / "samples" / "halden.mbox"
NEAR = timedelta(minutes=2)
HOUR = timedelta(hours=1)
SHIFTED = timedelta(hours=14)
ALIKE = 0.9


def main() -> None:
    """Print the shares of the mailboxes together, since one may hold another's copies."""
    paths = [Path(argument) for argument in sys.argv[1:] if argument != "--show"] or [SAMPLE]
    mail = [message for path in paths for message in _messages(path)]
    copies = _copies(mail)
    distinct = [group[0] for group in copies]
    merged = Counter(kind for group in copies for kind in _kinds(group))
    print(f"{len(mail)} messages, {len(distinct)} mails, {len(mail) - len(distinct)} duplicates")
    for kind in ("same bytes", "same Message-ID, other bytes", "other Message-ID"):
        print(f"  merged, {kind:<28} {merged[kind]:>5}  {merged[kind] / len(mail):.2%}")
    print(f"  kept apart under one Message-ID      {_shared_ids(distinct):>5}")
    near = list(_near(distinct))
    print(f"  kept apart, near pairs               {len(near):>5}")
    if "--show" in sys.argv:
        for first, second in near:
            print(f"    {first.sent_at} {first.message_id} | {second.sent_at} {second.message_id}")


def _messages(path: Path) -> Iterator[Message]:
    for raw, internal_at in _files(path) if path.is_dir() else _mbox(path):
        message = parse_message(raw, internal_at).message
        if message:
            yield message


def _files(folder: Path) -> Iterator[tuple[bytes, datetime | None]]:
    return ((path.read_bytes(), None) for path in sorted(folder.rglob("*.eml")))


def _mbox(path: Path) -> Iterator[tuple[bytes, datetime | None]]:
    with MboxMailbox.open(path.stem, path) as mailbox:
        for mail in mailbox.fetch(mailbox.select(FOLDER).uids):
            yield mail.raw, mail.internal_at


def _copies(mail: Iterable[Message]) -> list[list[Message]]:
    groups = defaultdict(list)
    for message in mail:
        groups[message.id].append(message)
    return list(groups.values())


def _kinds(group: Sequence[Message]) -> Iterator[str]:
    first = group[0]
    for copy in group[1:]:
        if copy.raw_sha256 == first.raw_sha256:
            yield "same bytes"
        elif copy.message_id == first.message_id:
            yield "same Message-ID, other bytes"
        else:
            yield "other Message-ID"


def _shared_ids(distinct: Iterable[Message]) -> int:
    uses = Counter(message.message_id for message in distinct if message.message_id)
    return sum(count > 1 for count in uses.values())


def _near(distinct: Iterable[Message]) -> Iterator[tuple[Message, Message]]:
    groups = defaultdict(list)
    for message in distinct:
        groups[message.sender.address, subject_core(message.subject)].append(message)
    for group in groups.values():
        yield from (pair for pair in combinations(group, 2) if _is_near(*pair) and _is_alike(*pair))


def _is_near(first: Message, second: Message) -> bool:
    if first.sent_at is None or second.sent_at is None:
        return False
    apart = abs(first.sent_at - second.sent_at)
    over = apart % HOUR
    return apart <= SHIFTED and min(over, HOUR - over) <= NEAR


def _is_alike(first: Message, second: Message) -> bool:
    matcher = SequenceMatcher(None, first.body_text.split(), second.body_text.split(), autojunk=False)
    return matcher.real_quick_ratio() > ALIKE and matcher.quick_ratio() > ALIKE and matcher.ratio() > ALIKE


if __name__ == "__main__":
    main()

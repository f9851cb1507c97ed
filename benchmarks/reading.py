"""Words a second of the Reader against the whole spaCy model over the same new texts.

python benchmarks/reading.py [MBOX] [--messages N] [--model NAME]
"""

import argparse
import hashlib
import mailbox
import sys
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent))

import spacy

from analysis.language.reader import Reader
from analysis.settings import DEFAULT_MODEL, ReaderSettings
from ingest.parse import parse_message

DEFAULT_MBOX = Path(__file__).parent.parent / "samples" / "halden.mbox"
BATCH = 32


def new_texts(path: Path, messages: int) -> list[str]:
    """New texts of the first messages of an mbox, empty ones left out."""
    parsed = (parse_message(mail.as_bytes()).message for mail in islice(mailbox.mbox(path), messages))
    return [message.new_text for message in parsed if message and message.new_text.strip()]


def words_a_second(words: int, work: Callable[[], Iterable[object]]) -> float:
    """Drain what `work` yields and divide."""
    started = perf_counter()
    for _ in work():
        pass
    return words / (perf_counter() - started)


def main() -> None:
    """Measure both over the same texts, twice, and print the better figures with their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mbox", nargs="?", type=Path, default=DEFAULT_MBOX)
    parser.add_argument("--messages", type=int, default=300)
    parser.add_argument("--model", default=DEFAULT_MODEL)
    options = parser.parse_args()
    texts = new_texts(options.mbox, options.messages)
    words = sum(len(text.split()) for text in texts)
    hashed = [(hashlib.sha256(text.encode()).hexdigest(), text) for text in texts]
    reader = Reader(ReaderSettings(model=options.model))
    whole = spacy.load(options.model)
    ours = max(words_a_second(words, lambda: reader.read(hashed)) for _ in range(2))
    theirs = max(words_a_second(words, lambda: whole.pipe(texts, batch_size=BATCH)) for _ in range(2))
    print(f"{len(texts)} texts, {words} words")
    print(f"reader {ours:,.0f} words/s, whole model {theirs:,.0f} words/s, ratio {ours / theirs:.1f}")


if __name__ == "__main__":
    main()

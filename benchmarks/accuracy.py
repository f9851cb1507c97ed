"""How often the detectors are right, on labelled mail; writes what the reports print as their error rates.

    python -m benchmarks.accuracy [FOLDER]          # with parakweet-train.tsv, requests/ and limbo/; ../shared/labels

The sentences are split 70 to 30 by hash: the rules were made on the 70, the figures are those of the 30. Whole messages
and conversations were seen while the rules were made, so their figures flatter, and say so.
"""

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from analysis.derivation import rules_version
from analysis.evaluation import LIMBO, Judged, evaluate_limbo
from analysis.language.reader import Reader
from analysis.settings import OwnershipSettings, ReaderSettings
from ingest.parse import parse_message
from ingest.words.new_text import split_text
from models.judgements import Reading
from reports.document import DetectorRate
from reports.error_rates import FILE_NAME

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "reports" / FILE_NAME
TUNED_SHARE = 70
LEAST = OwnershipSettings().minimum_confidence
Pairs = Sequence[tuple[bool, bool]]
"""(found, labelled)."""


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Labelled mail, and whether it was seen while the rules were made."""

    name: str
    seen: bool


SENTENCES = LabelledSet("sentences of Enron mail, held-back 30 %", seen=False)
MESSAGES = LabelledSet("Enron messages on which two people agree", seen=True)
CONVERSATIONS = LabelledSet("conversations of public engineering lists", seen=True)


def main() -> None:
    """Measure everything, print it, and write the file that the reports read."""
    labels = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "labels"
    if not labels.is_dir():
        sys.exit(f"no labelled mail at {labels}: name its folder")
    reader = Reader(ReaderSettings())
    rates = [
        _rate(reader, "ask sentences", SENTENCES, _sentences(labels, reader)),
        _rate(reader, "asks, whole message", MESSAGES, _requests(labels, reader)),
        *_conversations(labels, reader),
    ]
    for rate in rates:
        seen = " (seen while the rules were made)" if rate.seen else ""
        print(
            f"{rate.detector:<22} n {rate.n:>5}  P {rate.precision:.3f}  R {rate.recall:.3f}  {rate.labelled_set}{seen}"
        )
    TARGET.write_text(json.dumps({"rates": [asdict(rate) for rate in rates]}, indent=1) + "\n", encoding="utf-8")


def _rate(reader: Reader, detector: str, labels: LabelledSet, pairs: Pairs) -> DetectorRate:
    found, labelled = [label for hit, label in pairs if hit], [hit for hit, label in pairs if label]
    return DetectorRate(
        detector=detector,
        labelled_set=labels.name,
        n=len(pairs),
        precision=round(sum(found) / len(found), 3),
        recall=round(sum(labelled) / len(labelled), 3),
        seen=labels.seen,
        measured_on=datetime.now(UTC).date().isoformat(),
        reader=reader.version,
        rules=rules_version(),
    )


def _sentences(labels: Path, reader: Reader) -> Pairs:
    lines = (labels / "parakweet-train.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t", 1) for line in lines]
    kept = [(label == "Yes", text) for label, text in rows if _held_back(text)]
    return list(zip(_asks(reader, (text for _, text in kept)), (label for label, _ in kept), strict=True))


def _held_back(text: str) -> bool:
    return int(sha256(text.encode()).hexdigest()[:8], 16) % 100 >= TUNED_SHARE


def _asks(reader: Reader, texts: Iterable[str]) -> Iterator[bool]:
    for reading in reader.read((sha256(text.encode()).hexdigest(), text) for text in texts):
        yield _any_ask(reading)


def _any_ask(reading: Reading) -> bool:
    return any(not ask.weak and ask.span.confidence >= LEAST for ask in reading.asks)


def _requests(labels: Path, reader: Reader) -> Pairs:
    with (labels / "requests" / "labels.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["annotator1"] == row["annotator2"]]
    texts = [_new_text(labels / "requests" / row["file"]) for row in rows]
    return list(zip(_asks(reader, texts), (row["annotator1"] == "1" for row in rows), strict=True))


def _new_text(path: Path) -> str:
    message = parse_message(path.read_bytes(), datetime(2000, 1, 1, tzinfo=UTC)).message
    return message.new_text if message else ""


def _conversations(labels: Path, reader: Reader) -> Iterator[DetectorRate]:
    scores = evaluate_limbo(labels / "limbo", reader, lambda body: split_text(body).new_text)
    limbo = [(each.state == LIMBO, each.label["state"] == LIMBO) for each in scores.judged if each.label["state"]]
    yield _rate(reader, "limbo", CONVERSATIONS, limbo)
    yield _rate(reader, "owner", CONVERSATIONS, [*_owners(scores.judged)])


def _owners(judged: Iterable[Judged]) -> Iterator[tuple[bool, bool]]:
    """An owner named wrongly is both one found in vain and one missed."""
    for each in (each for each in judged if "owner" not in each.label["disputed"]):
        right = each.owner == each.label["owner"]
        if right:
            yield each.owner is not None, each.label["owner"] is not None
        else:
            yield each.owner is not None, False
            yield False, each.label["owner"] is not None


if __name__ == "__main__":
    main()

"""Hand-labelled lines of real mail, matched with what our rules say of them."""

import difflib
import hashlib
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import mailparser

from ingest.mailbox.mbox import FOLDER, MboxMailbox
from ingest.mime.bodies import Body, read_body
from ingest.mime.framing import frame
from ingest.parse import parse_message
from ingest.settings import ParseLimits
from ingest.words.new_text import split_text

LABELS = Path(__file__).parent / "labels" / "new_text.json"
UNSCORED = frozenset("b?")
_LIMITS = ParseLimits()
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in where a message tells no date."""
_RUN = re.compile(r"(\d+)([a-z?])")
_FLOWED = re.compile(rb"(format\s*=\s*\"?)flowed", re.IGNORECASE)
_INSIGNIFICANT = re.compile(r"[\s>]+")


@dataclass(frozen=True, slots=True)
class LabelledMail:
    """One message: what was labelled of it and what was found.

    Attributes:
        lines: text, label and found kind of each line that is scored and still stands in the text.
        unmatched: labelled lines that no longer stand there.
    """

    key: str
    corpus: str
    html: bool
    language: str
    half: str
    lines: tuple[tuple[str, str, str], ...]
    unmatched: int


def labelled_mail(corpora: Path, scratch: Path) -> Iterator[LabelledMail]:
    """Each labelled message that the corpora hold.

    Args:
        corpora: the folder of archives.
        scratch: where they may be unpacked.
    """
    labels = {entry["key"]: entry for entry in json.loads(LABELS.read_text(encoding="utf-8"))}
    for raw in _raw_messages(corpora, scratch):
        entry = labels.pop(hashlib.sha256(_canonical(raw)).hexdigest(), None)
        if entry is not None and (matched := _matched(entry, raw)) is not None:
            yield matched


def _raw_messages(corpora: Path, scratch: Path) -> Iterator[bytes]:
    for archive in sorted(corpora.glob("*.tar.xz")):
        with tarfile.open(archive) as tar:
            tar.extractall(scratch / archive.stem, filter="data")
    for compressed in sorted(corpora.glob("*.mbox.xz")):
        _unpack(compressed, scratch / compressed.stem)
    for path in sorted(path for folder in (scratch, corpora) for path in folder.rglob("*") if path.is_file()):
        if path.suffix == ".mbox":
            yield from _of_mbox(path)
        elif path.suffix != ".xz":
            yield path.read_bytes()


def _unpack(compressed: Path, target: Path) -> None:
    import lzma  # noqa: PLC0415  # only here
    import shutil  # noqa: PLC0415  # only here

    with lzma.open(compressed) as source, target.open("wb") as sink:
        shutil.copyfileobj(source, sink)


def _of_mbox(path: Path) -> Iterator[bytes]:
    with MboxMailbox.open(path.stem, path) as mailbox:
        for mail in mailbox.fetch(mailbox.select(FOLDER).uids):
            if mail.raw:
                yield mail.raw


def _canonical(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _matched(entry: dict[str, Any], raw: bytes) -> LabelledMail | None:
    message = parse_message(raw, _UNDATED).message
    if message is None:
        return None
    body = _body(raw)
    kinds = split_text(body.text, message.sender, subject=message.subject, structure=body.structure).kinds
    # labelled before flowed lines were joined: each of them is told what the joined line is told
    apart = _body(_FLOWED.sub(rb"\1fixed", raw)).text.split("\n")
    found = _projected(list(zip(body.text.split("\n"), kinds, strict=True)), apart)
    labels = [label for count, label in _RUN.findall(entry["lines"]) for _ in range(int(count)) if label != "b"]
    scored, unmatched = _aligned(list(zip(entry["hashes"], labels, strict=True)), found)
    return LabelledMail(
        entry["key"], entry["corpus"], entry["html"], entry["language"], entry["half"], tuple(scored), unmatched
    )


def _body(raw: bytes) -> Body:
    framed = frame(raw, _LIMITS)
    return read_body(mailparser.parse_from_bytes(framed.content).message, _LIMITS, framed.excised)


def _projected(found: list[tuple[str, str]], apart: list[str]) -> list[tuple[str, str]]:
    """The kinds of joined lines, given to the lines that they were joined from."""
    kinds = "".join(kind * len(_INSIGNIFICANT.sub("", line)) for line, kind in found)
    at, given = 0, []
    for line in apart:
        length = len(_INSIGNIFICANT.sub("", line))
        given.append((line, kinds[at : at + 1] if length else _lone(line)))
        at += length
    return [(line, kind) for line, kind in given if line.strip()]


def _lone(line: str) -> str:
    return "q" if ">" in line else "b"


def _aligned(labels: list[tuple[str, str]], found: list[tuple[str, str]]) -> tuple[list[tuple[str, str, str]], int]:
    hashes = [hashlib.sha256(line.strip().encode()).hexdigest()[:6] for line, _ in found]
    matcher = difflib.SequenceMatcher(None, [digest for digest, _ in labels], hashes, autojunk=False)
    pairs = [
        (*found[block.b + step], labels[block.a + step][1])
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    ]
    scored = [(line, label, kind) for line, kind, label in pairs if label not in UNSCORED]
    return scored, len(labels) - len(pairs)

"""Comparing judgements with labels, on conversations written here and a reader that knows four sentences."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from analysis.evaluation import evaluate_limbo
from models.judgements import AskSpan, Reading, ReplyCues, Span
from models.vocabulary import AskKind

ASKS = ("Does it build?", "Kurt, does it build?")
LIST = "talk@lists.open.example"


class FourSentences:
    """Reads two questions, and counts the words of everything else."""

    def read(self, texts: Iterable[tuple[str, str]]) -> Iterator[Reading]:
        for digest, text in texts:
            asked = text in ASKS
            names = ("Kurt",) if text.startswith("Kurt") else ()
            span = AskSpan(
                Span(0, len(text), text, "by_hand", 0.9), AskKind.QUESTION, names, "vocative" if names else ""
            )
            yield Reading(
                digest, "by hand", asks=(span,) if asked else (), reply=ReplyCues(0 if asked else len(text.split()))
            )


def mail(number: int, who: str, body: str, to: str = LIST) -> dict[str, object]:
    return {
        "message_id": f"<{number}>",
        "date": f"2026-03-0{number}T10:00:00+01:00",
        "from": [[who, f"{who.lower()}@{who.lower()}.example"]],
        "to": [["", to]],
        "cc": [["Kurt Weber", "kurt@kurt.example"]],
        "subject": "Re: build" if number > 1 else "build",
        "body": body,
    }


CONVERSATIONS = [
    ("limbo", "group", None, [mail(1, "Ana", "Does it build?")]),
    (
        "answered",
        "group",
        "ben@ben.example",
        [mail(1, "Ana", "Does it build?"), mail(2, "Ben", "It does on mine.", "ana@ana.example")],
    ),
    ("owned", "named", "kurt@kurt.example", [mail(1, "Ana", "Kurt, does it build?")]),
    ("no_ask", "none", None, [mail(1, "Ana", "It builds.")]),
    ("answered", "group", "ben@ben.example", [mail(1, "Ana", "Does it build?")]),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    items, labels = [], []
    for number, (state, addressing, owner, messages) in enumerate(CONVERSATIONS):
        items.append({"item": str(number), "as_of": "2026-03-15T10:00:00+00:00", "messages": messages})
        label = {"item": str(number), "state": state, "addressing": addressing, "owner": owner}
        labels.append(label | {"has_ask": state != "no_ask", "disputed": []})
    for name, rows in (("items.jsonl", items), ("labels.jsonl", labels)):
        (tmp_path / name).write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return tmp_path


def test_figures_are_shares_of_what_is_labelled(folder: Path) -> None:
    scores = evaluate_limbo(folder, FourSentences(), str)
    assert [each.state for each in scores.judged] == ["limbo", "answered", "owned", "no_ask", "limbo"]
    assert (scores.n, scores.state, scores.owner, scores.addressing, scores.asks) == (5, 0.8, 0.8, 1.0, 1.0)
    assert (scores.precision, scores.recall) == (0.5, 1.0)


def test_labels_on_which_readers_differ_do_not_count(folder: Path) -> None:
    labels = [json.loads(line) for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()]
    labels[-1] |= {"state": None, "owner": None, "disputed": ["state", "owner"]}
    (folder / "labels.jsonl").write_text("\n".join(map(json.dumps, labels)), encoding="utf-8")
    scores = evaluate_limbo(folder, FourSentences(), str)
    assert (scores.state, scores.owner, scores.precision) == (1.0, 1.0, 1.0)

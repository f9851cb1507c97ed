"""The topics of client-CMO correspondence, from `topics.yaml`: marker words and default clocks.

A topic's durations stay text here, as a clause's do; `analysis.clocks` gives them meaning. A topic never lets
an ask expire: what `silence` quotes was seen in published agreements and binds nobody until a relationship's
clause says so.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML

GENERAL = "general"
"""The topic of an ask that no other topic's words mark."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of correspondence.

    Attributes:
        name: as clauses, spans and asks call it ("batch_record_review").
        words: lemmas or phrases that mark it; "DEV-#" stands for DEV- with a number.
        ack: default time to acknowledge, as text ("1 BD").
        answer: default time to answer in substance, as text ("10 BD").
        source: where the defaults were seen; "default" for a proposal of Liaison's own.
        silence: effects of silence seen in published agreements, for reading only; "" where none was.
    """

    name: str
    words: tuple[str, ...]
    ack: str
    answer: str
    source: str
    silence: str = ""


@cache
def load_topics() -> tuple[Topic, ...]:
    """Read every topic, in the order of `topics.yaml`; the last is `general`."""
    text = files("analysis").joinpath("topics.yaml").read_text(encoding="utf-8")
    return tuple(_topic(entry) for entry in YAML(typ="safe", pure=True).load(text))


def _topic(entry: dict[str, object]) -> Topic:
    words = entry["words"]
    assert isinstance(words, list)
    return Topic(
        name=str(entry["topic"]),
        words=tuple(str(word) for word in words),
        ack=str(entry["ack"]),
        answer=str(entry["answer"]),
        source=str(entry["source"]),
        silence=str(entry.get("silence", "")),
    )

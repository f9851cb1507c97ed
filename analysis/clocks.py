"""Clocks: how long the obliged side has, by topic, relationship and direction, and where that is written.

Defaults come from `topics.yaml`; a clause of the relationship's agreement overrides them, field by field.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from analysis.topics import GENERAL, Topic
from models.companies import Clause, Relationship
from models.judgements import Clock, Duration
from models.vocabulary import Role

EVERY_TOPIC = "*"
"""The topic of a clause that holds whatever the ask is about."""

_DURATION = re.compile(r"\s*(\d{1,4}(?:\.\d{1,3})?)\s*(BD|CD|h)\s*", re.IGNORECASE)
_UNITS = {"bd": "BD", "cd": "CD", "h": "h"}


def parse_duration(text: str) -> Duration:
    """Read a clock's length.

    Args:
        text: an amount and its unit: "1 BD" (business days), "30 CD" (calendar days), "24 h" (hours on the
            wall).

    Raises:
        ValueError: for any other text; the message says what would do.
    """
    match = _DURATION.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no duration; write an amount and BD, CD or h, for example '2 BD'")
    return Duration(float(match[1]), _UNITS[match[2].lower()])


@dataclass(frozen=True)
class ClockBook:
    """Every clock of a configuration.

    Attributes:
        topics: the topics with their default clocks; one of them is `general`.
        relationships: whose clauses override the defaults.
    """

    topics: Sequence[Topic]
    relationships: Sequence[Relationship] = ()
    _topics: dict[str, Topic] = field(init=False, repr=False, compare=False)
    _clauses: dict[str, tuple[Clause, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_topics", {topic.name: topic for topic in self.topics})
        object.__setattr__(self, "_clauses", {each.id: each.clauses for each in self.relationships})

    def clock(self, topic: str, relationship: str | None = None, obliged_role: Role | None = None) -> Clock:
        """Find the clock of an ask.

        Of the clauses that set a duration, the one that names the topic beats one for every topic ("*"), then
        one that names the obliged role beats one for both, then the first written wins. Durations that no
        clause sets are the topic's defaults, but silence has an effect only by a clause.

        Args:
            topic: a topic's name; an unknown one has the clock of `general`.
            relationship: the relationship's id, None where the companies have none.
            obliged_role: role of the side that has to answer; None leaves out the clauses that bind one role.

        Raises:
            ValueError: where a duration of the topic or clause is not one.
        """
        default = self._topics.get(topic) or self._topics[GENERAL]
        clauses = self._applying(topic, relationship, obliged_role)
        ack = next((clause for clause in clauses if clause.ack), None)
        answer = next((clause for clause in clauses if clause.answer), None)
        silence = next((clause for clause in clauses if clause.silence), None)
        cited = list(dict.fromkeys(clause for clause in (ack, answer, silence) if clause))
        return Clock(
            topic=topic,
            ack=parse_duration(ack.ack if ack and ack.ack else default.ack),
            answer=parse_duration(answer.answer if answer and answer.answer else default.answer),
            source="; ".join(clause.text for clause in cited) or default.source,
            clause=", ".join(clause.id for clause in cited),
            silence=parse_duration(silence.silence) if silence and silence.silence else None,
            silence_means=silence.silence_means if silence else "",
        )

    def _applying(self, topic: str, relationship: str | None, role: Role | None) -> list[Clause]:
        clauses = self._clauses.get(relationship or "", ())
        return sorted(_matching(clauses, topic, role), key=lambda clause: _generality(clause, topic))


def _matching(clauses: Sequence[Clause], topic: str, role: Role | None) -> Iterator[Clause]:
    for clause in clauses:
        if clause.topic in {topic, EVERY_TOPIC} and clause.obliged in {None, role}:
            yield clause


def _generality(clause: Clause, topic: str) -> tuple[bool, bool]:
    return (clause.topic != topic, clause.obliged is None)

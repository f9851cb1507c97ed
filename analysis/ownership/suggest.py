"""Who might take an ask that nobody owns: whoever of the obliged side has answered such asks before, or nobody."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from analysis.ownership.conversation import TraceContext
from analysis.ownership.owners import departure_of
from analysis.ownership.standing import progress_of
from models.judgements import Ask
from models.vocabulary import EventKind

ENOUGH = 3
"""Answers from which on a person's history says something."""

RECENT = timedelta(days=90)
"""Who has answered nothing for so long may not be there any more, though no mail says so."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A person and why, in words; both empty where history says nothing."""

    person: str = ""
    reason: str = ""


NOBODY = Suggestion()


@dataclass(frozen=True, slots=True)
class _Answer:
    ask: str
    at: datetime
    person: str
    topic: str


class History:
    """Who answered what, by the side that was obliged and the side that asked.

    Built from every ask; a suggestion looks only at answers given before the moment it is made for.
    """

    def __init__(self, asks: Iterable[Ask], as_of: datetime, context: TraceContext) -> None:
        self._as_of = as_of
        self._context = context
        self._answers: defaultdict[tuple[str, str], list[_Answer]] = defaultdict(list)
        for ask in asks:
            self._remember(ask)

    def suggest(self, ask: Ask) -> Suggestion:
        """The person who answered most asks like this one: of its topic, else of any topic between the two sides."""
        answers = self._answers[_sides(ask)]
        alike = [answer for answer in answers if answer.topic == ask.topic]
        since = self._as_of - RECENT
        of_topic = f"on {ask.topic.replace('_', ' ')}"
        return _leader(alike, of_topic, since) or _leader(answers, "on all topics", since) or NOBODY

    def _remember(self, ask: Ask) -> None:
        closing = progress_of(ask, self._as_of, self._context).closing
        if closing is None or closing.kind is not EventKind.ANSWERED or not self._can_answer(closing.person, ask):
            return
        self._answers[_sides(ask)].append(_Answer(ask.id, closing.at, closing.person, ask.topic))

    def _can_answer(self, person: str, ask: Ask) -> bool:
        party = self._context.directory.party(person)
        of_obliged = bool(ask.obliged) and party.organisation == ask.obliged and party.id != ask.asker
        return of_obliged and not party.is_group and departure_of(person, self._as_of, self._context) is None


def _sides(ask: Ask) -> tuple[str, str]:
    return ask.asking, ask.obliged


def _leader(answers: list[_Answer], about: str, since: datetime) -> Suggestion | None:
    """Of those who answered since a moment, the person with most answers ever; None below `ENOUGH`."""
    latest = {answer.person: answer.at for answer in sorted(answers, key=lambda answer: (answer.at, answer.ask))}
    counts = Counter(answer.person for answer in answers if latest[answer.person] >= since)
    if not counts:
        return None
    person = max(sorted(counts), key=lambda one: (counts[one], latest[one]))
    if counts[person] < ENOUGH:
        return None
    reason = f"answered {counts[person]} of {len(answers)} such asks {about}, last on {latest[person]:%Y-%m-%d}"
    return Suggestion(person, reason)

"""An ask while its thread is walked: the ask and what has happened to it so far."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from analysis.ownership.conversation import Turn
from models.judgements import Ask, AskEvent, Evidence
from models.vocabulary import EventKind

CLOSING = frozenset({EventKind.ANSWERED, EventKind.DECLINED, EventKind.WITHDRAWN})
"""Events that close an ask."""


class Side(StrEnum):
    """Where the writer of a message stands towards an ask."""

    ASKER = "asker"
    COLLEAGUE = "colleague"
    OBLIGED = "obliged"
    OTHER = "other"


@dataclass(slots=True)
class Matter:
    """An ask being traced.

    Attributes:
        ask: the ask as it was opened; its events are not used while tracing.
        text: all the words that ask it.
        subject: base subject of the asking message.
        carriers: messages that put the matter before the obliged side: the asking one, chasers, the asker's
            replies.
        events: what has happened, in time order.
    """

    ask: Ask
    text: str
    subject: str
    carriers: set[str]
    events: list[AskEvent] = field(default_factory=list)

    @property
    def closed(self) -> bool:
        """Whether the last closing event still stands; a later chaser reopens the ask."""
        deciding = [event.kind for event in self.events if event.kind in CLOSING or event.kind is EventKind.CHASER]
        return bool(deciding) and deciding[-1] in CLOSING

    @property
    def waiting(self) -> bool:
        """Whether the obliged side's question back has not been answered yet."""
        words = {EventKind.ASKED_BACK, EventKind.ASKER_REPLIED, EventKind.CHASER} | CLOSING
        last = [event.kind for event in self.events if event.kind in words]
        return bool(last) and last[-1] is EventKind.ASKED_BACK

    def side(self, turn: Turn) -> Side:
        """Where a turn's writer stands; of an ask that obliges nobody known, everybody else is obliged."""
        ask, writer = self.ask, turn.writer
        if writer.id == ask.asker:
            return Side.ASKER
        if ask.asking and writer.organisation == ask.asking and not ask.internal:
            return Side.COLLEAGUE
        return Side.OBLIGED if ask.obliged in {"", writer.organisation} else Side.OTHER

    def gave_to(self, person: str) -> bool:
        """Whether the ask was put to a person by name, or assigned to them."""
        giving = {EventKind.ADDRESSED, EventKind.ASSIGNED}
        return any(event.kind in giving and event.person == person for event in self.events)

    def happened(
        self, kind: EventKind, turn: Turn, evidence: Evidence, person: str | None = None, detail: str = ""
    ) -> None:
        """Record an event of this turn; the person is its writer unless another is given."""
        who = turn.writer.id if person is None else person
        self.events.append(AskEvent(kind, turn.message.at, turn.message.id, who, evidence, detail))

    def finished(self) -> Ask:
        """The ask with everything that happened to it."""
        return replace(self.ask, events=tuple(self.events))

"""Tracing the asks of one thread: walking its messages in time order and recording what each does to the open asks."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.ownership import evidence
from analysis.ownership.asking import asking_effects
from analysis.ownership.conversation import Conversation, TraceContext, Turn, recipient_parties, take_turns
from analysis.ownership.gathering import GatheredAsk, gather_asks
from analysis.ownership.implicit import implicit_ask
from analysis.ownership.matter import Matter, Side
from analysis.ownership.naming import Scene
from analysis.ownership.opening import open_matters
from analysis.ownership.replies import Reply, absence_effect, colleague_effects, decides, reply_effects
from analysis.subjects import read_subject
from models.judgements import Ask
from models.records import Message
from models.vocabulary import AutoKind, EventKind, RecipientKind


def trace_asks(conversation: Conversation, context: TraceContext) -> list[Ask]:
    """Every ask of a thread with everything that happened to it, in the order in which they were asked.

    Args:
        conversation: the thread; its messages in time order.
        context: the companies and what the whole mail knows.
    """
    walk = _Walk(conversation.thread.id, context, take_turns(conversation, context))
    for position in range(len(walk.turns)):
        walk.take(position)
    return [matter.finished() for matter in walk.matters]


@dataclass(slots=True)
class _Walk:
    thread_id: str
    context: TraceContext
    turns: tuple[Turn, ...]
    matters: list[Matter] = field(default_factory=list)

    def take(self, position: int) -> None:
        """Let one message do to the asks so far what it does, then open its own."""
        scene = Scene(self.turns[position], self.turns[:position], self.context)
        if scene.turn.human:
            asks = self._asks(scene)
            asks = self._effects_of_asking_side(scene, asks)
            self._effects_of_reply(scene, asks)
            self._open(scene, asks)
        elif scene.turn.message.auto is AutoKind.OUT_OF_OFFICE:
            for matter in self._put_before(scene.turn):
                absence_effect(matter, scene.turn)

    def _asks(self, scene: Scene) -> tuple[GatheredAsk, ...]:
        turn, minimum = scene.turn, self.context.settings.minimum_confidence
        to_group = goes_to_group(turn.message, self.context)
        asks = gather_asks(turn.reading, turn.message.new_text, minimum, to_group=to_group)
        if asks or scene.earlier or not turn.reading.read or not to_group:
            return asks
        implicit = implicit_ask(turn.message)
        found = implicit is not None and implicit.span.confidence >= minimum
        return (GatheredAsk(implicit, (implicit,)),) if found and implicit else ()

    def _effects_of_asking_side(self, scene: Scene, asks: tuple[GatheredAsk, ...]) -> tuple[GatheredAsk, ...]:
        """Let the message act on its own side's asks; the asks in it that are not merely those again."""
        own = [
            matter for matter in self._in_branch(scene.turn) if matter.side(scene.turn) in {Side.ASKER, Side.COLLEAGUE}
        ]
        repeated: set[GatheredAsk] = set()
        for matter in own:
            _drift(matter, scene.turn)
            repeated.update(asking_effects(matter, scene, asks))
        return tuple(ask for ask in asks if ask not in repeated)

    def _effects_of_reply(self, scene: Scene, asks: tuple[GatheredAsk, ...]) -> None:
        before = self._put_before(scene.turn)
        before += self._left_open(scene.turn, before)
        sharing = sum(not matter.closed for matter in before)
        for matter in before:
            reply = Reply(scene, matter, _distance(matter, scene.turn), asks, sharing)
            if matter.side(scene.turn) is Side.COLLEAGUE:
                colleague_effects(reply)
            else:
                _drift(matter, scene.turn)
                reply_effects(reply)

    def _open(self, scene: Scene, asks: tuple[GatheredAsk, ...]) -> None:
        """Open what is asked; advice and decisions in a reply to what the writer was asked are that reply."""
        before = self._put_before(scene.turn)
        decided = any(decides(Reply(scene, matter, _distance(matter, scene.turn), asks)) for matter in before)
        for ask in asks:
            if not (before and ask.advice) and not (decided and ask.instruction):
                self.matters.extend(open_matters(ask, scene, self.thread_id))

    def _in_branch(self, turn: Turn) -> list[Matter]:
        branch = set(turn.branch)
        return [matter for matter in self.matters if matter.carriers & branch]

    def _put_before(self, turn: Turn) -> list[Matter]:
        """The asks that the nearest earlier message of the branch which puts any puts before the writer.

        Asks that oblige the writer's own organisation come before those that oblige another.
        """
        return self._nearest(turn, {Side.OBLIGED}) or self._nearest(turn, {Side.OTHER, Side.COLLEAGUE})

    def _left_open(self, turn: Turn, answered: Sequence[Matter]) -> list[Matter]:
        """Asks of whom the message answers that the writer was given by name and has left open so far.

        Somebody who answers the asker further on in the thread, even another of their messages, has read these too.
        """
        answered_people = self._answers_whom(turn)
        return [
            matter
            for matter in self.matters
            if matter not in answered
            and not matter.closed
            and matter.side(turn) is Side.OBLIGED
            and matter.ask.asker in answered_people
            and matter.gave_to(turn.writer.id)
        ]

    def _answers_whom(self, turn: Turn) -> set[str]:
        """Who wrote the message that this one refers to, and whom it is written to as one of few."""
        people = {party.id for party in recipient_parties(turn.message, self.context, RecipientKind.TO)}
        parents = {before.writer.id for before in self.turns if before.message.id in turn.branch[: min(turn.linked, 1)]}
        return parents | (people if len(people) < self.context.settings.group_from else set())

    def _nearest(self, turn: Turn, sides: set[Side]) -> list[Matter]:
        concerned = [matter for matter in self.matters if matter.side(turn) in sides]
        for identity in turn.branch:
            found = [matter for matter in concerned if identity in matter.carriers]
            if found:
                return found
        return []


def _distance(matter: Matter, turn: Turn) -> int:
    """How many references lead from a message to one that put the ask; 0 where none does."""
    linked = turn.branch[: turn.linked]
    return next((steps for steps, identity in enumerate(linked, start=1) if identity in matter.carriers), 0)


def _drift(matter: Matter, turn: Turn) -> None:
    """Record once that the thread goes on under another subject while the ask is open."""
    if matter.closed or any(event.kind is EventKind.SUBJECT_DRIFT for event in matter.events):
        return
    if matter.subject and read_subject(turn.message.subject).base not in {"", matter.subject}:
        grounds = evidence.from_header(turn.message, "base_subject", 0.9)
        matter.happened(EventKind.SUBJECT_DRIFT, turn, grounds, detail=turn.message.subject)


def goes_to_group(message: Message, context: TraceContext) -> bool:
    """Whether a message went to a list or a group address."""
    return bool(message.list_id) or any(party.is_group for party in recipient_parties(message, context))

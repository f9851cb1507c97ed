"""Promises in a thread: who said that they or a colleague will do what, and by when."""

from collections.abc import Iterator

from analysis.ownership.conversation import Conversation, TraceContext, Turn, take_turns
from analysis.ownership.due import due_on
from analysis.ownership.naming import Scene
from models.judgements import Commitment


def commitments_in(conversation: Conversation, context: TraceContext) -> Iterator[Commitment]:
    """Every promise that a person wrote in the thread, in time order; `by` is "" where the name is unresolved."""
    if not any(reading.commitments for reading in conversation.readings.values()):
        return
    turns = take_turns(conversation, context)
    for position, turn in enumerate(turns):
        if turn.human:
            yield from _commitments(Scene(turn, turns[:position], context), conversation.thread.id)


def _commitments(scene: Scene, thread_id: str) -> Iterator[Commitment]:
    turn = scene.turn
    for promise in turn.reading.commitments:
        yield Commitment(
            thread_id=thread_id,
            message_id=turn.message.id,
            by=scene.person(promise.by_name).person if promise.by_name else turn.writer.id,
            span=promise.span,
            made_at=turn.message.at,
            due_on=due_on(promise.due_text, turn.message.at, zone_of(turn, scene.context))
            if promise.due_text
            else None,
        )


def zone_of(turn: Turn, context: TraceContext) -> str:
    """IANA name of the zone that a turn's writer works in; UTC where nobody configured one."""
    organisation = context.directory.organisation(turn.writer.organisation)
    return organisation.working_time.time_zone if organisation else "UTC"

"""Who left, as the mail says it: "my last day is Friday" of the writer, "taking over from Kurt" of the one named."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from analysis.ownership import evidence
from analysis.ownership.conversation import Conversation, Departure, TraceContext, Turn, take_turns
from analysis.ownership.due import due_on
from analysis.ownership.naming import Scene
from models.judgements import NamedCue
from models.vocabulary import AutoKind

OWN = re.compile(
    r"\b(my last (?:working )?day|i(?: am|['’]m| will be|['’]ll be) (?:leaving|moving on|retiring)"
    r"|leaving the company|after i leave)\b",
    re.IGNORECASE,
)
OTHERS = re.compile(
    r"\b(tak(?:e|es|en|ing) over (?:\w+ ){0,4}?from|replac(?:e|es|ing)|succeed(?:s|ing)?|has left|no longer with)\b",
    re.IGNORECASE,
)


LINGERING = timedelta(days=21)
"""Who still writes this long after leaving has not left, only a project or a role."""


def departures_in(conversations: Sequence[Conversation], context: TraceContext) -> tuple[Departure, ...]:
    """Every departure that the mail announces, the first announcement of each person, in time order."""
    found: dict[str, Departure] = {}
    told = [departure for conversation in conversations for departure in _told(conversation, context)]
    for departure in sorted(told, key=lambda item: (item.at, item.evidence.message_id, item.person)):
        found.setdefault(departure.person, departure)
    return tuple(_with_return(departure, conversations, context) for departure in found.values())


def _with_return(departure: Departure, conversations: Sequence[Conversation], context: TraceContext) -> Departure:
    later = [
        message.at
        for conversation in conversations
        for message in conversation.messages
        if message.at > departure.at + LINGERING
        and message.auto is AutoKind.NONE
        and context.directory.party(message.sender.address).id == departure.person
    ]
    return replace(departure, back_at=min(later, default=None))


def _told(conversation: Conversation, context: TraceContext) -> Iterable[Departure]:
    if not any(cue.kind == "handoff" for reading in conversation.readings.values() for cue in reading.cues):
        return
    turns = take_turns(conversation, context)
    for position, turn in enumerate(turns):
        for cue in turn.reading.cues:
            if turn.human and cue.kind == "handoff":
                yield from _departures(cue, Scene(turn, turns[:position], context))


def _departures(cue: NamedCue, scene: Scene) -> Iterable[Departure]:
    if OWN.search(cue.span.text):
        yield _departure(scene.turn.writer.id, cue, scene.turn)
    elif OTHERS.search(cue.span.text) and len(cue.names) == 1:
        named = scene.person(cue.names[0])
        if named.person and named.person != scene.turn.writer.id:
            yield _departure(named.person, cue, scene.turn)


def _departure(person: str, cue: NamedCue, turn: Turn) -> Departure:
    """Since the day that the line with the cue names, else since the message."""
    text = turn.message.new_text
    line = text[text.rfind("\n", 0, cue.span.start) + 1 : cue.span.start] + text[cue.span.start :].partition("\n")[0]
    last_day = due_on(line, turn.message.at)
    ends = datetime.combine(last_day + timedelta(days=1), time(), UTC) if last_day else turn.message.at
    return Departure(person, max(ends, turn.message.at), evidence.from_words(turn.message, cue.span))

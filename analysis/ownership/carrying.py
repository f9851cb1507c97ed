"""Who takes, is given, refuses or passes on an ask, by the words of a later message."""

import re

from analysis.ownership import evidence
from analysis.ownership.conversation import Turn, recipient_parties
from analysis.ownership.due import due_on
from analysis.ownership.matter import Matter, Side
from analysis.ownership.naming import NamedPerson, Scene
from analysis.ownership.promises import zone_of
from models.judgements import AskEvent, CommitmentSpan, NamedCue, Span
from models.vocabulary import EventKind

PASSED_ON = frozenset({EventKind.ASSIGNED, EventKind.REFUSED, EventKind.HANDED_ON})
"""Events by which a writer makes the ask somebody else's."""

BY_ASKING_SIDE = "by the asking side"
"""How the detail of an ASSIGNED event begins that the asking side caused."""

PASSING = re.compile(
    r"\b(forward|pass(?:ed|ing)?\b|hand(?:ed|ing)|rout(?:ed|ing)|redirect|escalat|loop|cop(?:ied|ying)|cc|turn)",
    re.IGNORECASE,
)


def carrying_effects(matter: Matter, scene: Scene) -> frozenset[EventKind]:
    """Record who takes, is given, refuses or passes on the ask; returns the kinds in which somebody known did."""
    before = len(matter.events)
    for cue in scene.turn.reading.cues:
        _cue_effect(matter, scene, cue)
    for commitment in scene.turn.reading.commitments:
        _commitment_effect(matter, scene, commitment)
    return note_passing_on(matter, scene.turn.message.id, before)


def note_passing_on(matter: Matter, message_id: str, before: int) -> frozenset[EventKind]:
    """The kinds of events since a count of them in which somebody known did something.

    A message that passes the ask on puts it before whoever it passes it to: what answers that message answers it.
    """
    kinds = frozenset(event.kind for event in matter.events[before:] if event.person)
    if kinds & {EventKind.ASSIGNED, EventKind.HANDED_ON}:
        matter.carriers.add(message_id)
    return kinds


def _cue_effect(matter: Matter, scene: Scene, cue: NamedCue) -> None:
    match cue.kind:
        case "assignment":
            assign(matter, scene, cue)
        case "refusal":
            matter.happened(EventKind.REFUSED, scene.turn, evidence.from_words(scene.turn.message, cue.span))
        case "handing_on":
            _hand_on(matter, scene, cue)


def assign(matter: Matter, scene: Scene, cue: NamedCue) -> None:
    """Record that a message gives the ask to the first person it names; to nobody where the name is unresolved."""
    for named in scene.people(cue.names[:1]):
        assign_to(matter, scene.turn, named, cue.span)


def given_by_asking_side(event: AskEvent) -> bool:
    """Whether it was the asking side that gave the ask to somebody: then nobody has acknowledged it yet."""
    return event.kind is EventKind.ASSIGNED and event.detail.startswith(BY_ASKING_SIDE)


def assign_to(matter: Matter, turn: Turn, named: NamedPerson, span: Span) -> None:
    """Record that a message gives the ask to somebody; whoever gives it to themselves volunteers."""
    kind = EventKind.VOLUNTEERED if named.person == turn.writer.id else EventKind.ASSIGNED
    asking = matter.side(turn) in {Side.ASKER, Side.COLLEAGUE}
    detail = "; ".join(filter(None, (BY_ASKING_SIDE if asking else "", named.detail)))
    if named.person != matter.ask.asker:
        matter.happened(kind, turn, evidence.from_words(turn.message, span), named.person, detail)


def _hand_on(matter: Matter, scene: Scene, cue: NamedCue) -> None:
    """Handing on to one person whom the message also goes to gives it to them; to anybody else only announces it."""
    turn, context = scene.turn, scene.context
    people = tuple(named for named in scene.people(cue.names) if named.person != turn.writer.id)
    receiving = {party.id for party in recipient_parties(turn.message, context)} - {matter.ask.asker}
    given = [named for named in people if named.person in receiving]
    if len(given) == 1 and not context.directory.party(given[0].person).is_group:
        assign_to(matter, turn, given[0], cue.span)
    elif any(named.person for named in people) or PASSING.search(cue.span.text):
        detail = ", ".join(named.detail or f"to {named.person}" for named in people)
        matter.happened(EventKind.HANDED_ON, turn, evidence.from_words(turn.message, cue.span), detail=detail)


def _commitment_effect(matter: Matter, scene: Scene, commitment: CommitmentSpan) -> None:
    turn = scene.turn
    if commitment.by_name:
        assign_to(matter, turn, scene.person(commitment.by_name), commitment.span)
        return
    grounds = evidence.from_words(turn.message, commitment.span)
    matter.happened(EventKind.VOLUNTEERED, turn, grounds, detail=_due_detail(scene, commitment))


def _due_detail(scene: Scene, commitment: CommitmentSpan) -> str:
    """How an event keeps the date of a promise; `promised_by` reads it."""
    if not commitment.due_text:
        return ""
    due = due_on(commitment.due_text, scene.turn.message.at, zone_of(scene.turn, scene.context))
    return f"due {due.isoformat()}" if due else ""


def promised_by(event: AskEvent) -> str:
    """The ISO date up to which a volunteer promised to act, "" where no date was said."""
    return event.detail.removeprefix("due ") if event.detail.startswith("due ") else ""

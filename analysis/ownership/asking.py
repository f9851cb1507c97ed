"""What a later message of the asking side does to its own ask.

It withdraws or settles it, repeats it, puts it to somebody else after a refusal, or answers a question back.
"""

from collections.abc import Sequence
from datetime import timedelta

from analysis.ownership import evidence
from analysis.ownership.carrying import assign
from analysis.ownership.conversation import recipient_parties
from analysis.ownership.gathering import GatheredAsk
from analysis.ownership.matter import Matter, Side
from analysis.ownership.naming import Scene
from analysis.ownership.restating import own_words, same_ask
from models.vocabulary import EventKind, RecipientKind

SAME_BREATH = timedelta(hours=2)
"""An ask put again this soon was put right, not chased."""


TURNING_AWAY = frozenset({EventKind.REFUSED, EventKind.HANDED_ON})
SPOKEN = frozenset(
    {
        EventKind.ACTING,
        EventKind.ANSWERED,
        EventKind.ASKED_BACK,
        EventKind.ASSIGNED,
        EventKind.DECLINED,
        EventKind.VOLUNTEERED,
    }
)
"""Events by which somebody keeps the ask, or is given it, so that it need not be put to another."""

SETTLING_WORDS = 25
"""Words of substance beside which "that works" or "never mind" no longer settles the matter: there is more to say."""


def asking_effects(matter: Matter, scene: Scene, asks: tuple[GatheredAsk, ...]) -> tuple[GatheredAsk, ...]:
    """Record what the asking side's message does to its ask; returns the asks in it that only repeat this one."""
    if _settled(matter, scene, asks):
        return ()
    silence = _into_silence(matter, scene)
    repeating = tuple(ask for ask in asks if repeats(ask, matter, into_silence=silence))
    if not repeating and asks and _redirected(matter, scene):
        repeating = asks[:1]
        _turn_to(matter, scene, asks[0])
    elif repeating:
        _chase(matter, scene, repeating[0])
    elif matter.waiting and not scene.turn.reading.reply.thanks_only:
        _answer_back(matter, scene)
    if not matter.closed:
        _give(matter, scene)
    return repeating


def repeats(ask: GatheredAsk, matter: Matter, *, into_silence: bool = False) -> bool:
    """Whether an ask of the asking side is an earlier one again.

    While that one is open: by its words, or because it says so; to somebody who writes again into silence,
    the subject counts among the words. Once it is closed both are needed, for people ask further about what
    they were told; only then does it open again.
    """
    if matter.closed:
        return ask.chaser and (not own_words(ask.text) or same_ask(ask.text, matter.text))
    known = f"{matter.subject} {matter.text}" if into_silence else matter.text
    return ask.chaser or same_ask(ask.text, known) or (into_silence and not own_words(ask.text))


def _redirected(matter: Matter, scene: Scene) -> bool:
    """Somebody refused the open ask or passed it on, and the asker turns to others than them."""
    turn = scene.turn
    if matter.closed or turn.writer.id != matter.ask.asker:
        return False
    words = [event for event in matter.events if event.kind in {*SPOKEN, *TURNING_AWAY}]
    if not words or words[-1].kind not in TURNING_AWAY or words[-1].message_id not in turn.branch[: turn.linked]:
        return False
    main = {party.id for party in recipient_parties(turn.message, scene.context, RecipientKind.TO)}
    return bool(main) and words[-1].person not in main


def _turn_to(matter: Matter, scene: Scene, ask: GatheredAsk) -> None:
    """Record whom the asker asks instead: who is called by name, else the only one written to, else nobody yet."""
    turn = scene.turn
    matter.carriers.add(turn.message.id)
    grounds = evidence.from_words(turn.message, ask.main.span)
    main = [party for party in recipient_parties(turn.message, scene.context, RecipientKind.TO) if not party.is_group]
    called = [named.person for named in scene.people(ask.main.names[:1]) if named.person]
    for person in called or ([main[0].id] if len(main) == 1 else []):
        if person not in {matter.ask.asker, turn.writer.id}:
            matter.happened(EventKind.ADDRESSED, turn, grounds, person, "asked instead")


def _into_silence(matter: Matter, scene: Scene) -> bool:
    """The asker writes again in the thread and nobody else has done anything about the ask."""
    others = any(event.person != matter.ask.asker and event.kind is not EventKind.ADDRESSED for event in matter.events)
    return not others and scene.turn.writer.id == matter.ask.asker


def _settled(matter: Matter, scene: Scene, asks: Sequence[GatheredAsk]) -> bool:
    """Withdrawn by the asking side, or solved by the asker's own word; either says that nothing is wanted any more."""
    turn, cues = scene.turn, scene.turn.reading.reply
    if matter.closed or asks or cues.substance_words > SETTLING_WORDS:
        return False
    if cues.withdraws is not None:
        weight = 1.0 if matter.side(turn) is Side.ASKER else 0.8
        matter.happened(EventKind.WITHDRAWN, turn, evidence.from_words(turn.message, cues.withdraws, weight))
        return True
    if cues.closes is None or matter.side(turn) is not Side.ASKER:
        return False
    helper = _last_helper(matter) or turn.writer.id
    grounds = evidence.from_words(turn.message, cues.closes)
    matter.happened(EventKind.ANSWERED, turn, grounds, helper, "the asker says so")
    return True


def _last_helper(matter: Matter) -> str:
    helping = {
        EventKind.ACTING,
        EventKind.ASKED_BACK,
        EventKind.VOLUNTEERED,
        EventKind.ACKNOWLEDGED,
        EventKind.HANDED_ON,
    }
    return next((event.person for event in reversed(matter.events) if event.kind in helping), "")


def _chase(matter: Matter, scene: Scene, ask: GatheredAsk) -> None:
    turn = scene.turn
    matter.carriers.add(turn.message.id)
    grounds = evidence.from_words(turn.message, ask.main.span)
    if ask.chaser or turn.message.at - matter.ask.asked_at > SAME_BREATH:
        matter.happened(EventKind.CHASER, turn, grounds)
    for named in scene.people(ask.main.names[:1]):
        if named.person not in {matter.ask.asker, turn.writer.id}:
            matter.happened(EventKind.ADDRESSED, turn, grounds, named.person, named.detail)


def _answer_back(matter: Matter, scene: Scene) -> None:
    reading, message = scene.turn.reading, scene.turn.message
    if reading.reply.substance_words or reading.asks or message.attachments or not reading.read:
        matter.carriers.add(message.id)
        matter.happened(EventKind.ASKER_REPLIED, scene.turn, evidence.from_header(message, "asker_replied", 0.8))


def _give(matter: Matter, scene: Scene) -> None:
    for cue in scene.turn.reading.cues:
        if cue.kind == "assignment":
            assign(matter, scene, cue)

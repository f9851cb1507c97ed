"""What a message by anybody but the asking side does to an ask.

Words decide first (a name given, a promise, a refusal), then how much the message says:

- An *answer* says something of substance. A direct reply may be short; one that follows without a reference
  must say more.
- A question in it to somebody else by name hands the ask to them, or is another matter.
- "Yes" or "no" answers a question, whatever is asked further.
- An instruction ("hold the batch") answers a question or proposal to which it is a direct reply.
- Mostly questions: it *asks back*. Questions beside a verdict or the wanted information do not turn an answer
  into one.
- A promise is not delivery: whoever was asked to do something and says that it will be done owns it, and has
  not answered. The same holds for whoever passes it on. Enough substance beside the promise, or an
  attachment, answers all the same.
- Words that put the matter off ("still working on it") make their writer act on it and do not answer.
- Receipt and thanks *acknowledge*.

Which of several asks in one message a sentence answers cannot be told from new text alone, so a substantive
reply answers all of them, with a confidence that says so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.ownership import evidence
from analysis.ownership.carrying import PASSED_ON, assign_to, carrying_effects, note_passing_on
from analysis.ownership.conversation import Turn, recipient_parties
from analysis.ownership.delegating import delegates, put_to_others
from analysis.ownership.gathering import GatheredAsk
from analysis.ownership.matter import Matter, Side
from analysis.ownership.naming import Scene
from models.judgements import Evidence
from models.records import Absence, Attachment
from models.vocabulary import AskKind, EventKind, RecipientKind

DIRECT_WORDS = 1
"""Words of substance that make a direct reply an answer."""
FOLLOWING_WORDS = 8
"""Words of substance that make a message an answer which follows in the thread without referring to the ask."""
BESIDE_PROMISE = 25
"""Words of substance that answer although their writer also promises what was asked."""
DECLINING_WORDS = 25
"""Words of substance beyond which a reply with words of refusal in it says something else in the first place."""
BESIDE_PASSING_ON = 60
"""Words of substance that answer although their writer passes the ask on."""
BESIDE_NAMING = 15
"""The same for a question, where who will do it is part of what the asker wants to know."""
UNREAD_WORDS = 5
"""Words in a language that is not read from which on their writer counts as acting."""

DOING = frozenset({AskKind.REQUEST, AskKind.REVIEW, AskKind.APPROVAL})
"""Kinds of ask that a promise does not satisfy."""


DECIDABLE = frozenset({AskKind.QUESTION, AskKind.PROPOSAL, AskKind.APPROVAL})
"""Kinds of ask that an instruction decides."""

MOSTLY_QUESTIONS = 2
"""A reply mostly asks back where this many times its questions' words outnumber its words of substance."""
BEGINNING_QUESTION = 6
"""The same for a reply that begins with a question."""
BEGINNING_LINES = 3
"""A greeting and a blank line may stand before the beginning."""

DONE = re.compile(
    r"(?:^|[.!?:,\n]\s{0,4})(?:(?:I|we)(?:['’]ve| have)? (?:just |now |already )?|it (?:is|was|has been) |both |all )?"
    r"(?:processed|done|sent|approved|signed|merged|applied|fixed|released|completed|uploaded|shipped|reviewed|returned|countersigned"
    r"|confirmed|accepted|agreed|submitted|issued|updated|delivered)\b",
    re.IGNORECASE,
)
VERDICT = re.compile(
    r"(?:\s{0,4}(?:hi|hello|dear)\b[^\n]{0,40}\n)?\s{0,4}(?:yes|yep|yeah|no|nope|correct|right|exactly)\s{0,2}[,.;:!\n-]",
    re.IGNORECASE,
)
OPEN_QUESTION = re.compile(r"\W*(?:what|when|where|which|who|whom|whose|why|how)\b", re.IGNORECASE)
HOLDING = re.compile(
    r"\b(?:(?:I|we)(?: am| are|['’]m|['’]re) (?:still |currently |just )?"
    r"(?:working on|looking into|checking|waiting (?:for|on))"
    r"|still (?:working|waiting|looking|checking|pending|open)"
    r"|(?:won['’]t|will not) get to|(?:get|be|come) back (?:to|with) you|not yet (?:ready|done|finished|available))\b",
    re.IGNORECASE,
)
DECORATION = re.compile(r"\.(vcf|p7s|p7m|asc|gif)$|^image\d+\.|^(logo|signature)", re.IGNORECASE)
DELIVERING = re.compile(
    r"\b(attached|enclosed|please find|here (is|are)|see below|done|sent|uploaded|completed)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Reply:
    """A message by somebody else than the asking side, seen from one ask.

    Attributes:
        scene: the message and what went before.
        matter: the ask.
        distance: how many references lead to a message that put this ask; 0 where none does.
        asks: what it asks itself.
        sharing: how many open asks it may answer at once.
    """

    scene: Scene
    matter: Matter
    distance: int
    asks: tuple[GatheredAsk, ...]
    sharing: int = 1

    @property
    def turn(self) -> Turn:
        """The message."""
        return self.scene.turn

    @property
    def direct(self) -> bool:
        """It answers a message that put the ask."""
        return self.distance == 1


def reply_effects(reply: Reply) -> None:
    """Record on the ask everything that a reply does to it."""
    if reply.matter.closed and not _adds_to_answer(reply):
        return
    carried = carrying_effects(reply.matter, reply.scene)
    reply, delegated = _delegate(reply)
    carried |= delegated
    if not reply.turn.reading.read:
        _unread_effect(reply)
        return
    verdict = _verdict(reply, carried)
    if verdict is not None:
        kind, grounds, detail = verdict
        reply.matter.happened(kind, reply.turn, grounds, detail=detail)


def _delegate(reply: Reply) -> tuple[Reply, frozenset[EventKind]]:
    """Give the ask to whom the reply asks instead; the reply that is left asks only the asking side."""
    before = len(reply.matter.events)
    others = put_to_others(reply.asks, reply.matter, reply.scene)
    for ask, named in others.items():
        if delegates(ask, reply.matter):
            assign_to(reply.matter, reply.turn, named, ask.main.span)
    kinds = note_passing_on(reply.matter, reply.turn.message.id, before)
    return replace(reply, asks=tuple(ask for ask in reply.asks if ask not in others)), kinds


def _adds_to_answer(reply: Reply) -> bool:
    """After an answer only who refers to the ask's messages, and does not ask on, still speaks to it."""
    return bool(reply.distance) and not reply.asks and _substance(reply) >= FOLLOWING_WORDS


def _unread_effect(reply: Reply) -> None:
    if len(reply.turn.message.new_text.split()) >= UNREAD_WORDS:
        grounds = evidence.from_header(reply.turn.message, "language_not_read", 0.4)
        reply.matter.happened(EventKind.ACTING, reply.turn, grounds, detail="written in a language that is not read")


Verdict = tuple[EventKind, Evidence, str]


def _verdict(reply: Reply, carried: frozenset[EventKind]) -> Verdict | None:
    """What the message as a whole does to the ask, None where it does nothing."""
    cues = reply.turn.reading.reply
    delivered = bool(delivered_attachments(reply.turn.message.attachments))
    if cues.thanks_only and not delivered and not _says_done(reply):
        return None
    answers = delivered or _answers(reply, carried)
    if cues.declines is not None and not carried and _substance(reply) <= DECLINING_WORDS:
        return EventKind.DECLINED, evidence.from_words(reply.turn.message, cues.declines), ""
    if answers:
        return EventKind.ANSWERED, _answer_evidence(reply, delivered=delivered), _sharing_detail(reply)
    if reply.asks:
        return EventKind.ASKED_BACK, evidence.from_words(reply.turn.message, reply.asks[0].main.span), ""
    return _lesser_verdict(reply, carried)


def _lesser_verdict(reply: Reply, carried: frozenset[EventKind]) -> Verdict | None:
    cues, message = reply.turn.reading.reply, reply.turn.message
    if HOLDING.search(message.new_text):
        return EventKind.ACTING, evidence.from_header(message, "holding_reply", 0.6), ""
    if cues.acknowledges is not None:
        return EventKind.ACKNOWLEDGED, evidence.from_words(message, cues.acknowledges), ""
    if cues.substance_words >= FOLLOWING_WORDS and not carried:
        return EventKind.ACTING, evidence.from_header(message, "substance_aside", 0.5), ""
    if cues.substance_words and not carried:
        return EventKind.ACKNOWLEDGED, evidence.from_header(message, "few_words", 0.4), ""
    return None


def _answers(reply: Reply, carried: frozenset[EventKind]) -> bool:
    substance = _substance(reply)
    if (_says_done(reply) or _says_yes_or_no(reply) or decides(reply)) and not carried & PASSED_ON:
        return True
    if substance < (DIRECT_WORDS if reply.direct else FOLLOWING_WORDS):
        return False
    if _mostly_asks_back(reply, substance):
        return False
    if carried & PASSED_ON:
        asks_to_know = reply.matter.ask.kind is AskKind.QUESTION and EventKind.REFUSED not in carried
        return substance >= (BESIDE_NAMING if asks_to_know else BESIDE_PASSING_ON)
    return not _puts_off(reply, carried) or substance >= BESIDE_PROMISE


def _puts_off(reply: Reply, carried: frozenset[EventKind]) -> bool:
    """Promises what was asked for later, or says that it is still being worked on."""
    text = reply.turn.message.new_text
    promised = EventKind.VOLUNTEERED in carried and reply.matter.ask.kind in DOING and not DELIVERING.search(text)
    return promised or bool(HOLDING.search(text))


def _says_done(reply: Reply) -> bool:
    """Says in so many words that what was asked is done; however short, that answers."""
    return reply.matter.ask.kind in DOING and bool(DONE.search(reply.turn.message.new_text))


def decides(reply: Reply) -> bool:
    """Decides a question or proposal, in a direct reply, by saying what to do."""
    decidable = reply.matter.ask.kind in DECIDABLE and reply.direct
    return decidable and bool(reply.asks) and all(ask.instruction for ask in reply.asks)


def _says_yes_or_no(reply: Reply) -> bool:
    """Begins a direct reply to a question that takes it with yes or no."""
    asked = reply.matter.ask
    open_question = asked.kind is not AskKind.QUESTION or OPEN_QUESTION.match(asked.quote)
    return reply.direct and not open_question and bool(VERDICT.match(reply.turn.message.new_text))


def _substance(reply: Reply) -> int:
    """Words of substance apart from those that only pass the ask on; promises are not counted by the reading itself."""
    reading = reply.turn.reading
    return max(0, reading.reply.substance_words - sum(len(cue.span.text.split()) for cue in reading.cues))


def _mostly_asks_back(reply: Reply, substance: int) -> bool:
    """Questions outweigh what is stated; more must be stated to outweigh a question that the reply begins with."""
    questions = [ask for ask in reply.asks if "?" in ask.text]
    if not questions:
        return False
    words = sum(len(ask.text.split()) for ask in questions)
    begins = reply.turn.message.new_text[: questions[0].spans[0].span.start].count("\n") + 1
    return substance < words * (BEGINNING_QUESTION if begins <= BEGINNING_LINES else MOSTLY_QUESTIONS)


def _answer_evidence(reply: Reply, *, delivered: bool) -> Evidence:
    surely = 0.85 if reply.direct else 0.6
    rule = "attachment" if delivered else "substance_in_reply" if reply.direct else "substance_following"
    shared = 0.8 if reply.sharing > 1 else 1.0
    outside = 0.8 if reply.matter.side(reply.turn) is Side.OTHER else 1.0
    return evidence.from_header(reply.turn.message, rule, round(surely * shared * outside, 3))


def _sharing_detail(reply: Reply) -> str:
    return f"one reply to {reply.sharing} asks" if reply.sharing > 1 else ""


def delivered_attachments(attachments: Sequence[Attachment]) -> tuple[Attachment, ...]:
    """Attachments that deliver something: no logos, cards, signatures of the mail itself."""
    return tuple(item for item in attachments if item.filename and not DECORATION.search(item.filename))


def colleague_effects(reply: Reply) -> None:
    """Record a colleague's answer: substance written to the asker, and to nobody of the obliged side in To."""
    turn, ask, context = reply.turn, reply.matter.ask, reply.scene.context
    addressed = recipient_parties(turn.message, context, RecipientKind.TO)
    to_asker = any(party.id == ask.asker for party in addressed)
    obliged = any(party.organisation == ask.obliged for party in addressed)
    if to_asker and not obliged and not reply.asks and _substance(reply) >= FOLLOWING_WORDS:
        grounds = evidence.from_header(turn.message, "colleague_of_asker", 0.5)
        reply.matter.happened(EventKind.ANSWERED, turn, grounds, detail="answered from the asking side")


def absence_effect(matter: Matter, turn: Turn) -> None:
    """Record an out-of-office reply on an open ask that it concerns."""
    if matter.side(turn) in {Side.OBLIGED, Side.OTHER} and not matter.closed:
        grounds = evidence.from_header(turn.message, "auto_reply", 0.9)
        matter.happened(EventKind.OUT_OF_OFFICE, turn, grounds, detail=_days_away(turn.message.absence))


def _days_away(absence: Absence | None) -> str:
    """When somebody is away and back, as far as they say it; names are left to those who may show them."""
    if absence is None:
        return ""
    away = f"away from {absence.away_from}" if absence.away_from else ""
    back = f"back on {absence.returns_on}" if absence.returns_on else ""
    return ", ".join(filter(None, (away, back)))

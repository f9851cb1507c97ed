"""Who owns an ask as of a moment: the latest person for whom the strongest basis holds.

A claim ends when its person refuses later, or leaves. Nobody of the asking side owns what that side asks of
others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from analysis.ownership.conversation import Departure, TraceContext
from analysis.ownership.opening import STANDING_RULE
from models.judgements import Ask, AskEvent, Evidence
from models.vocabulary import EventKind, OwnerBasis

BASES = {
    EventKind.ASSIGNED: OwnerBasis.ASSIGNED,
    EventKind.VOLUNTEERED: OwnerBasis.VOLUNTEERED,
    EventKind.ACTING: OwnerBasis.ACTING,
    EventKind.ANSWERED: OwnerBasis.ACTING,
    EventKind.DECLINED: OwnerBasis.ACTING,
    EventKind.ASKED_BACK: OwnerBasis.ACTING,
    EventKind.ADDRESSED: OwnerBasis.ADDRESSED,
}
STRENGTH = {basis: strength for strength, basis in enumerate(reversed(OwnerBasis))}


@dataclass(frozen=True, slots=True)
class Owner:
    """The person accountable for an ask, on which basis and on what grounds."""

    person: str
    basis: OwnerBasis
    at: datetime
    evidence: Evidence


def owner_of(ask: Ask, events: Sequence[AskEvent], as_of: datetime, context: TraceContext) -> Owner | None:
    """The owner on the events up to `as_of`, None where nobody is.

    Of several people called by name in one message the first is the owner until another speaks up.
    """
    claims = [claim for claim in claims_on(ask, events, context) if stands(claim, events, as_of, context)]
    if not claims:
        return None
    strongest = max(STRENGTH[claim.basis] for claim in claims)
    fitting = [claim for claim in claims if STRENGTH[claim.basis] == strongest]
    latest = max(claim.at for claim in fitting)
    return next(claim for claim in fitting if claim.at == latest)


def claims_on(ask: Ask, events: Sequence[AskEvent], context: TraceContext) -> list[Owner]:
    """Everything that ever made somebody the owner, in time order, whether or not it still stands."""
    return [
        Owner(event.person, basis_of(event), event.at, event.evidence)
        for event in events
        if event.kind in BASES and may_own(event.person, ask, context)
    ]


def basis_of(event: AskEvent) -> OwnerBasis:
    """The basis that an event gives its person."""
    if event.kind is EventKind.ADDRESSED and event.evidence.rule == STANDING_RULE:
        return OwnerBasis.STANDING
    return BASES[event.kind]


def may_own(person: str, ask: Ask, context: TraceContext) -> bool:
    """Whether a person is somebody, and not of the side that asks."""
    if not person or person == ask.asker:
        return False
    return ask.internal or not ask.asking or context.directory.party(person).organisation != ask.asking


def stands(claim: Owner, events: Sequence[AskEvent], as_of: datetime, context: TraceContext) -> bool:
    """Whether a claim's person has neither refused nor left since."""
    refused = any(event.kind is EventKind.REFUSED and _ends(event, claim) for event in events)
    return not refused and departure_of(claim.person, as_of, context) is None


def _ends(refusal: AskEvent, claim: Owner) -> bool:
    """A refusal ends earlier claims; beside an answer ("I cannot help with X, but ...") it does not unsay it."""
    if refusal.person != claim.person or refusal.at < claim.at:
        return False
    return refusal.message_id != claim.evidence.message_id or claim.basis is not OwnerBasis.ACTING


def departure_of(person: str, as_of: datetime, context: TraceContext) -> Departure | None:
    """When a person left, if that was known by `as_of`."""
    return next((item for item in context.departures if item.person == person and item.holds(as_of)), None)

"""Which organisation an ask obliges, before it is asked which person."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.names import resolve_name
from analysis.ownership.conversation import TraceContext, Turn, participants, recipient_parties
from analysis.ownership.gathering import GatheredAsk
from models.judgements import Party
from models.records import Relationship
from models.vocabulary import RecipientKind

MAIN = (RecipientKind.TO, RecipientKind.ENVELOPE)


@dataclass(frozen=True, slots=True)
class ObligedSide:
    """An organisation that an ask obliges ("" where nobody can say) and the relationship that this falls under."""

    organisation: str
    relationship: Relationship | None


def obliged_sides(
    gathered: GatheredAsk, turn: Turn, earlier: Sequence[Turn], context: TraceContext
) -> tuple[ObligedSide, ...]:
    """Every side that an ask obliges; never empty.

    The organisation of the person called by name; else the other organisations in To, else in Cc, else, where
    the ask went to a list that belongs to nobody here, the organisation of whoever it answers; else the
    asker's own, where only colleagues were written to. Of several other organisations those count that have a
    relationship with the asker's; where none has, the most frequent one, without a relationship.
    """
    asking = turn.writer.organisation
    named = _named_organisations(gathered, turn, earlier, context)
    others = named or _other_organisations(turn, earlier, context)
    if not others:
        return (ObligedSide(asking if _only_colleagues(turn, context) else "", None),)
    related = [(organisation, context.relationship(asking, organisation)) for organisation in dict.fromkeys(others)]
    sides = tuple(ObligedSide(organisation, found) for organisation, found in related if found is not None)
    return sides or (ObligedSide(_most_frequent(others), None),)


def _named_organisations(
    gathered: GatheredAsk, turn: Turn, earlier: Sequence[Turn], context: TraceContext
) -> tuple[str, ...]:
    people = tuple(party for party in participants((*earlier, turn), context) if party.id != turn.writer.id)
    found = (resolve_name(name, people, ()).party for name in gathered.main.names)
    return tuple(dict.fromkeys(party.organisation for party in found if party is not None and party.organisation))


def _other_organisations(turn: Turn, earlier: Sequence[Turn], context: TraceContext) -> tuple[str, ...]:
    for kinds in (MAIN, (RecipientKind.CC, RecipientKind.BCC)):
        found = _others(recipient_parties(turn.message, context, *kinds), turn.writer.organisation, context)
        if found:
            return found
    return _others(_answered_writers(turn, earlier), turn.writer.organisation, context)


def _others(parties: Iterable[Party], asking: str, context: TraceContext) -> tuple[str, ...]:
    return tuple(
        party.organisation
        for party in parties
        if party.organisation not in {"", asking} and not _neutral_list(party, context)
    )


def _neutral_list(party: Party, context: TraceContext) -> bool:
    """A list run by a host that is no configured company says nothing of whom it obliges."""
    return party.is_group and context.directory.organisation(party.organisation) is None


def _answered_writers(turn: Turn, earlier: Sequence[Turn]) -> tuple[Party, ...]:
    writers = {before.message.id: before.writer for before in earlier}
    return tuple(writers[identity] for identity in turn.branch if identity in writers)


def _only_colleagues(turn: Turn, context: TraceContext) -> bool:
    asking = turn.writer.organisation
    recipients = recipient_parties(turn.message, context)
    return bool(asking) and bool(recipients) and all(party.organisation == asking for party in recipients)


def _most_frequent(organisations: Sequence[str]) -> str:
    """The most frequent, the first of several equals."""
    counts = Counter(organisations)
    return max(dict.fromkeys(organisations), key=lambda organisation: counts[organisation])

"""Which organisation an ask obliges, before it is asked which person."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.identities import MACHINE
from analysis.names import resolve_called, resolve_name
from analysis.ownership.conversation import TraceContext, Turn, participants, recipient_parties
from analysis.ownership.gathering import GatheredAsk
from analysis.subjects import read_subject
from models.companies import Relationship
from models.judgements import Party
from models.vocabulary import RecipientKind

MAIN = (RecipientKind.TO,)
_HIDDEN = (RecipientKind.BCC, RecipientKind.ENVELOPE)

CIRCULAR = 8
"""A mail to people of this many other organisations, or more, is a circular: it obliges none of them in particular."""


@dataclass(frozen=True, slots=True)
class ObligedSide:
    """An organisation that an ask obliges ("" where nobody can say) and the relationship that this falls under."""

    organisation: str
    relationship: Relationship | None


def obliged_sides(
    gathered: GatheredAsk, turn: Turn, earlier: Sequence[Turn], context: TraceContext
) -> tuple[ObligedSide, ...]:
    """Every side that an ask obliges; never empty.

    The organisation of the person called by name, even where it is none of the relationship's; the asker's own,
    where only colleagues were written to (a mail passed on among them, too); nobody's, where a circular calls
    nobody. Else what the To-recipients are: other organisations; somebody of no known company; only colleagues whom
    the asker answers, and whom the ask then obliges, whoever reads along in Cc. Where To holds nobody but lists that
    belong to nobody here, or the words speak to all, the organisations in Cc; else the organisation of whoever the
    message answers. Of several other organisations those count that have a relationship with the asker's; where
    none has, the most frequent one, without a relationship.
    """
    called = _called_organisations(gathered, turn, earlier, context)
    if called:
        return _sides(called, turn, context)
    if _only_colleagues(turn, context):
        return (ObligedSide(turn.writer.organisation, None),)
    if _is_circular(turn, context):
        return (ObligedSide("", None),)
    near = None if gathered.main.plural else _written_to_alone(turn, earlier, context)
    if near is not None:
        return (ObligedSide(near, None),)
    others = _other_organisations(turn, earlier, context)
    if others:
        return _sides(others, turn, context)
    return (ObligedSide("", None),)


def _is_circular(turn: Turn, context: TraceContext) -> bool:
    people = (party for party in recipient_parties(turn.message, context) if not party.is_group)
    return len({party.organisation for party in people} - {"", turn.writer.organisation}) >= CIRCULAR


def _sides(others: Sequence[str], turn: Turn, context: TraceContext) -> tuple[ObligedSide, ...]:
    asking = turn.writer.organisation
    related = [(organisation, context.relationship(asking, organisation)) for organisation in dict.fromkeys(others)]
    sides = tuple(ObligedSide(organisation, found) for organisation, found in related if found is not None)
    return sides or (ObligedSide(_most_frequent(others), None),)


def _called_organisations(
    gathered: GatheredAsk, turn: Turn, earlier: Sequence[Turn], context: TraceContext
) -> tuple[str, ...]:
    """Organisations of the people called by name, "" for somebody of no known company."""
    here = tuple(party for party in recipient_parties(turn.message, context) if party.id != turn.writer.id)
    around = tuple(party for party in participants((*earlier, turn), context) if party.id != turn.writer.id)
    found = (resolve_name(name, here, around).party or resolve_called(name, here).party for name in gathered.main.names)
    return tuple(dict.fromkeys(party.organisation for party in found if party is not None))


def _written_to_alone(turn: Turn, earlier: Sequence[Turn], context: TraceContext) -> str | None:
    """The asker's organisation in talk among colleagues, "" for somebody of no company; None for anybody else in To."""
    asking = turn.writer.organisation
    main = [party for party in recipient_parties(turn.message, context, *MAIN) if _may_answer(party, turn)]
    if not main or any(_neutral_list(party, context) for party in main):
        return None
    organisations = {party.organisation for party in main}
    if organisations - {"", asking}:
        return None
    if "" in organisations:
        return ""
    wrote = {before.writer.id for before in earlier}
    answers = read_subject(turn.message.subject).is_reply or any(party.id in wrote for party in main)
    return asking if answers else None


def _may_answer(party: Party, turn: Turn) -> bool:
    return party.id != turn.writer.id and party.basis != MACHINE


def _other_organisations(turn: Turn, earlier: Sequence[Turn], context: TraceContext) -> tuple[str, ...]:
    for kinds in (MAIN, (RecipientKind.CC, *_HIDDEN)):
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
    # whom only the envelope knows may have got it from somebody's mailbox: the writer did not choose them
    chosen = recipient_parties(turn.message, context, *MAIN, RecipientKind.CC, RecipientKind.BCC)
    recipients = chosen or recipient_parties(turn.message, context)
    return bool(asking) and bool(recipients) and all(party.organisation == asking for party in recipients)


def _most_frequent(organisations: Sequence[str]) -> str:
    """The most frequent, the first of several equals."""
    counts = Counter(organisations)
    return max(dict.fromkeys(organisations), key=lambda organisation: counts[organisation])

"""Who is meant by a name that a message speaks of, and what is said where nobody can be told."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.names import resolve_name
from analysis.ownership.conversation import TraceContext, Turn, participants
from models.judgements import Party


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A name as written and the Party.id that it means, "" where that cannot be said; then `detail` says why."""

    name: str
    person: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """A turn with everything said before it, against which names and references are understood."""

    turn: Turn
    earlier: Sequence[Turn]
    context: TraceContext

    def person(self, name: str) -> NamedPerson:
        """Resolve a name to somebody in the thread, else to a colleague of theirs seen before; never guesses."""
        people = participants((*self.earlier, self.turn), self.context)
        colleagues = _colleagues(people, self.context)
        found = resolve_name(name, people, colleagues)
        if found.party is None:
            return NamedPerson(name, "", found.detail or f"the name {name!r} is unresolved")
        return NamedPerson(name, found.party.id)

    def people(self, names: Sequence[str]) -> tuple[NamedPerson, ...]:
        """Resolve several names, in order."""
        return tuple(self.person(name) for name in names)


def _colleagues(people: Sequence[Party], context: TraceContext) -> tuple[Party, ...]:
    organisations = dict.fromkeys(party.organisation for party in people if party.organisation)
    known = {party.id for party in people}
    return tuple(
        colleague
        for organisation in organisations
        if context.directory.organisation(organisation) is not None
        for colleague in context.directory.colleagues(organisation)
        if colleague.id not in known
    )

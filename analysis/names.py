"""Names: which person a name in the words means, or why that cannot be said.

People who take part come before their colleagues. Of several ways to match, the strongest decides; two people
who match equally well leave the name unresolved. Nobody is guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.name_matching import AskedName, begins_like, strongest_matches
from models.judgements import Party


@dataclass(frozen=True, slots=True)
class NameResolution:
    """Whom a name means.

    Attributes:
        party: the person, None where unresolved.
        basis: "participant", "colleague", or "unresolved".
        detail: how it was matched ("given name or alias", "nickname", "surname", ...), or why not, naming those who
            match.
    """

    party: Party | None
    basis: str
    detail: str


def resolve_name(name: str, participants: Sequence[Party], colleagues: Sequence[Party] = ()) -> NameResolution:
    """Find the person whom a name means.

    Args:
        name: as written: "Kurt", "Dr. Weber", "Ruiz, Ana", "A. Ruiz", "AR", "@aruiz".
        participants: who takes part in the conversation; groups among them are left out.
        colleagues: who else may be meant, looked at only where no participant matches.
    """
    asked = AskedName.of(name)
    if not asked.words:
        return NameResolution(None, "unresolved", f"{name!r} holds no name")
    for basis, candidates in (("participant", participants), ("colleague", colleagues)):
        how, found = strongest_matches(asked, candidates)
        if len(found) == 1:
            return NameResolution(found[0], basis, how)
        if found:
            people = " and ".join(party.name or party.id for party in found)
            return NameResolution(None, "unresolved", f"{name!r} may be {people} ({how})")
    return NameResolution(None, "unresolved", f"{name!r} is nobody known")


def resolve_called(name: str, recipients: Sequence[Party]) -> NameResolution:
    """Find the recipient to whom a name speaks that matches nobody's name, by how an address begins.

    Somebody whom the words speak to is among the recipients. Where the mail shows no name for some of them, the one
    whose address begins like the name is meant ("Sunny" is sunnsr25@, "Cindy" is cburnette@), as long as no other
    nameless one does.

    Args:
        name: as written.
        recipients: of the message that calls the name.
    """
    how, found = begins_like(AskedName.of(name), recipients)
    if len(found) == 1:
        return NameResolution(found[0], "participant", how)
    return NameResolution(None, "unresolved", f"{name!r} is nobody known")

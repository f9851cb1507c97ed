"""Recipients: which of a message's recipients are the side that an ask obliges, and how many people that is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.identities import MACHINE
from analysis.parties import Directory
from models.judgements import Party
from models.records import Message
from models.vocabulary import RecipientKind

_CARBON = frozenset({RecipientKind.CC})
_HIDDEN = frozenset({RecipientKind.BCC, RecipientKind.ENVELOPE})


@dataclass(frozen=True, slots=True)
class Circle:
    """The recipients as an ask sees them: nobody twice, without machines and the sender.

    Attributes:
        sender: who asks.
        to, cc, groups_to, groups_cc: people and groups of the obliged side.
        own_side: all other people.
        fan_out, fan_out_exact: how many people of the obliged side, and whether groups' sizes are known.
        outside: people in To who are no colleagues of the sender, of whatever company.
    """

    sender: Party
    to: tuple[Party, ...]
    cc: tuple[Party, ...]
    groups_to: tuple[Party, ...]
    groups_cc: tuple[Party, ...]
    own_side: tuple[Party, ...]
    fan_out: int
    fan_out_exact: bool
    outside: int = 0

    @classmethod
    def of(cls, message: Message, directory: Directory, obliged: str, *, everyone: bool) -> "Circle":
        """Sort a message's recipients; hidden ones count only where no visible one is of the obliged side.

        Whom a journal envelope shows to be reached through a group was not written to: the group was, and they are
        its members.
        """
        sender = directory.party(message.sender.address)
        shown = _parties(message, directory, frozenset({RecipientKind.TO}), sender)
        carbon = [party for party in _parties(message, directory, _CARBON, sender) if party not in shown]
        theirs = _Side(directory, sender, obliged, everyone=everyone)
        to, cc = theirs.pick(shown), theirs.pick(carbon)
        if not to and not cc:
            to = theirs.pick(_parties(message, directory, _HIDDEN, sender))
        people = [party for party in (*to, *cc) if not party.is_group]
        groups = [party for party in (*to, *cc) if party.is_group]
        shares = [_Share.of(group, message, theirs) for group in groups]
        return cls(
            sender=sender,
            to=tuple(party for party in to if not party.is_group),
            cc=tuple(party for party in cc if not party.is_group),
            groups_to=tuple(party for party in to if party.is_group),
            groups_cc=tuple(party for party in cc if party.is_group),
            own_side=tuple(party for party in (*shown, *carbon) if party not in people and not party.is_group),
            fan_out=_fan_out(people, shares),
            fan_out_exact=all(share.exact for share in shares),
            outside=sum(not party.is_group and party.organisation != sender.organisation for party in shown),
        )

    @property
    def people(self) -> tuple[Party, ...]:
        """The persons of the obliged side, To before Cc."""
        return self.to + self.cc

    @property
    def groups(self) -> tuple[Party, ...]:
        """The groups that reach the obliged side, To before Cc."""
        return self.groups_to + self.groups_cc

    @property
    def cc_only(self) -> bool:
        """Nobody of the obliged side is a To-recipient, but somebody is in Cc."""
        return not self.to and not self.groups_to and bool(self.cc or self.groups_cc)


@dataclass(frozen=True, slots=True)
class _Side:
    """Who counts as the obliged side."""

    directory: Directory
    sender: Party
    obliged: str
    everyone: bool

    def pick(self, parties: Iterable[Party]) -> list[Party]:
        """Keep the people and groups of the obliged side, and the groups of no configured company."""
        return [party for party in parties if self._counts(party)]

    def _counts(self, party: Party) -> bool:
        if self.everyone or party.organisation == self.obliged:
            return True
        return party.is_group and self._is_neutral(party)

    def members_seen(self, group: Party) -> frozenset[str]:
        """People of the obliged side who were seen to write with the group among the recipients."""
        return self.directory.observed_members(group.id, None if self.everyone else self.obliged)

    def _is_neutral(self, group: Party) -> bool:
        return group.organisation != self.sender.organisation and not self.directory.organisation(group.organisation)


def _parties(message: Message, directory: Directory, kinds: frozenset[RecipientKind], sender: Party) -> list[Party]:
    written = (each for each in message.recipients if each.kind in kinds and each.address and not each.via)
    found = (directory.party(each.address) for each in written)
    return [party for party in dict.fromkeys(found) if party.id != sender.id and party.basis != MACHINE]


@dataclass(frozen=True, slots=True)
class _Share:
    """What a group adds to the fan-out.

    Attributes:
        members: people of the obliged side whom it is known to reach.
        size: how many it reaches in all, None where that is only known of `members`.
        exact: whether it reaches nobody else.
    """

    members: frozenset[str]
    size: int | None
    exact: bool

    @classmethod
    def of(cls, group: Party, message: Message, side: _Side) -> "_Share":
        """The members that this message's own journal envelope shows, else those seen elsewhere."""
        reached = _reached_through(group, message, side)
        members = reached or side.members_seen(group) - {side.sender.id}
        return cls(members, group.size, exact=group.size is not None or bool(reached))


def _reached_through(group: Party, message: Message, side: _Side) -> frozenset[str]:
    found = (side.directory.party(each.address) for each in message.recipients if each.via in group.addresses)
    people = (party for party in found if party.id != side.sender.id and party.basis != MACHINE)
    return frozenset(party.id for party in side.pick(people) if party.id != group.id)


def _fan_out(people: Sequence[Party], groups: Iterable[_Share]) -> int:
    """People of the obliged side who were reached; somebody named beside their group counts once."""
    reached = {person.id for person in people}
    unseen = 0
    for group in groups:
        unseen += int(not group.members) if group.size is None else max(0, group.size - len(group.members))
        reached |= group.members
    return len(reached) + unseen

"""Parties: which person or group, of which organisation, is behind an address.

The configuration speaks first, then the domain. Addresses are one person's only if the configuration says so,
or if they carry the same name inside one organisation; never across organisations by name alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from analysis.identities import (
    best_name,
    cluster_addresses,
    configured_people,
    gather_sightings,
    judge_alone,
    make_group,
    organisation_of,
)
from models.companies import Organisation
from models.judgements import Party
from models.records import Message
from models.vocabulary import RecipientKind

__all__ = ["Directory", "organisation_of", "resolve"]

_VISIBLE = frozenset({RecipientKind.TO, RecipientKind.CC})


@dataclass(frozen=True)
class Directory:
    """Who is behind every address; made by `resolve`.

    Attributes:
        organisations: the configured organisations by id.
        known: the party of every address that was configured or seen.
        domains: organisation id by configured domain.
        observed: for a group's id, the ids of its members: those whom the newest journal envelope shows to be reached
            through it, else the people seen to write with it among the recipients.
    """

    organisations: Mapping[str, Organisation] = field(default_factory=dict)
    known: Mapping[str, Party] = field(default_factory=dict)
    domains: Mapping[str, str] = field(default_factory=dict)
    observed: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def party(self, address: str) -> Party:
        """Find who is behind an address; one never seen before is judged by its words alone."""
        address = address.lower()
        return self.known.get(address) or judge_alone(address, "", organisation_of(address, self.domains))

    def organisation(self, organisation_id: str) -> Organisation | None:
        """Find a configured organisation; None for the others."""
        return self.organisations.get(organisation_id)

    def parties(self) -> tuple[Party, ...]:
        """List every configured or seen party once, by id."""
        return tuple(sorted({party.id: party for party in self.known.values()}.values(), key=lambda each: each.id))

    def colleagues(self, organisation_id: str) -> tuple[Party, ...]:
        """List the people of an organisation, by id; users of free mail ("") are no colleagues."""
        return self._people.get(organisation_id, ()) if organisation_id else ()

    def observed_members(self, group_id: str, organisation: str | None = None) -> frozenset[str]:
        """Party ids of the people known to read what a group gets: by a journal envelope, else those who write to it.

        For a group of a configured organisation only its own people count.

        Args:
            group_id: Party.id of the group.
            organisation: only this organisation's people, everybody's where None.
        """
        seen = self.observed.get(group_id, frozenset())
        if organisation is None:
            return seen
        return frozenset(person for person in seen if self.party(person).organisation == organisation)

    @cached_property
    def _people(self) -> dict[str, tuple[Party, ...]]:
        gathered: dict[str, list[Party]] = defaultdict(list)
        for party in self.parties():
            if not party.is_group:
                gathered[party.organisation].append(party)
        return {organisation: tuple(people) for organisation, people in gathered.items()}


def resolve(organisations: Sequence[Organisation], messages: Iterable[Message]) -> Directory:
    """Find out who is behind every address that is configured or occurs in mail.

    Args:
        organisations: who the companies are, by configuration.
        messages: the mail; neither its order nor its texts matter.
    """
    messages = tuple(messages)
    domains = {domain.lower(): each.id for each in organisations for domain in each.domains}
    sightings = gather_sightings(messages)
    known = {party.id: party for party in _configured_groups(organisations)}
    groups = frozenset(known)
    for people in cluster_addresses(organisations, sightings, domains, groups):
        party = people.party(sightings.names, domains)
        known.update(dict.fromkeys(party.addresses, party))
    for address in sorted(sightings.lists - groups - configured_people(organisations)):
        known[address] = make_group(
            address, organisation_of(address, domains), "list", best_name(sightings.names[address])
        )
    by_id = {each.id: each for each in organisations}
    return Directory(by_id, known, domains, _observed(messages, known, by_id))


def _configured_groups(organisations: Sequence[Organisation]) -> Iterator[Party]:
    for organisation in organisations:
        for group in organisation.groups:
            address = group.address.lower()
            size = group.size if group.size is not None else len(group.members) or None
            yield Party(address, "", (address,), organisation.id, is_group=True, size=size, basis="configured")


def _observed(
    messages: Sequence[Message], known: Mapping[str, Party], configured: Mapping[str, Organisation]
) -> dict[str, frozenset[str]]:
    members: dict[str, set[str]] = defaultdict(set)
    for message in messages:
        writer = known.get(message.sender.address)
        if writer is not None and not writer.is_group:
            for group in _groups_written_to(message, known):
                if group.organisation == writer.organisation or group.organisation not in configured:
                    members[group.id].add(writer.id)
    return {group: frozenset(people) for group, people in members.items()} | _expanded(messages, known)


def _expanded(messages: Sequence[Message], known: Mapping[str, Party]) -> dict[str, frozenset[str]]:
    """Members of groups as journal envelopes show them; the newest envelope counts, because people come and go."""
    members: dict[str, frozenset[str]] = {}
    telling = [message for message in messages if any(recipient.via for recipient in message.recipients)]
    for message in sorted(telling, key=lambda each: (each.at, each.id)):
        shown: dict[str, set[str]] = defaultdict(set)
        for recipient in message.recipients:
            group, member = known.get(recipient.via), known.get(recipient.address)
            if group is not None and group.is_group and member is not None and not member.is_group:
                shown[group.id].add(member.id)
        members.update({group_id: frozenset(people) for group_id, people in shown.items()})
    return members


def _groups_written_to(message: Message, known: Mapping[str, Party]) -> Iterator[Party]:
    for recipient in message.recipients:
        party = known.get(recipient.address)
        if party is not None and party.is_group and recipient.kind in _VISIBLE and not recipient.via:
            yield party

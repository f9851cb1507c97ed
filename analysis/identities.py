"""Identities: which addresses are one person's, and of which organisation.

The rules stand in `analysis.parties`, which makes a directory of what is found here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.email_addresses import (
    clean_name,
    domain_of,
    is_free_mail,
    is_list_host,
    is_machine,
    is_role,
    names_group,
    registered_domain,
)
from analysis.name_words import name_key
from models.companies import Organisation
from models.judgements import Party
from models.records import Message

MACHINE = "machine"
"""`Party.basis` of an address that nobody reads (no-reply, bounces); it is a group of size 0."""


def organisation_of(address: str, domains: Mapping[str, str]) -> str:
    """Give the organisation of an address: by the longest configured domain, else the registered one."""
    domain = domain_of(address)
    labels = domain.split(".")
    for start in range(len(labels)):
        configured = domains.get(".".join(labels[start:]))
        if configured is not None:
            return configured
    return "" if not domain or is_free_mail(domain) else registered_domain(domain)


@dataclass(frozen=True)
class Sightings:
    """Display names by address, and the addresses of groups: mailing lists' own, and those that envelopes expand."""

    names: defaultdict[str, Counter[str]]
    lists: frozenset[str]


def gather_sightings(messages: Sequence[Message]) -> Sightings:
    """Collect the cleaned display names of every address, and which addresses List-Ids and envelopes call groups."""
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    lists = set()
    for message in messages:
        names[message.sender.address][clean_name(message.sender.display_name)] += 1
        list_id = message.list_id.lower().replace("@", ".")
        for recipient in message.recipients:
            names[recipient.address][clean_name(recipient.display_name)] += 1
            if list_id and recipient.address.replace("@", ".") == list_id:
                lists.add(recipient.address)
            if recipient.via:
                lists.add(recipient.via)
    names.pop("", None)
    return Sightings(names, frozenset(lists))


def best_name(names: Counter[str]) -> str:
    """The name seen most often; of equals the longest, then the alphabetically first."""
    seen = [name for name in names if name]
    return min(seen, key=lambda name: (-names[name], -len(name), name), default="")


def _full(names: Counter[str]) -> str:
    """The best name that tells somebody from others: one of two words or more."""
    return best_name(Counter({name: count for name, count in names.items() if name_key(name)}))


def configured_people(organisations: Sequence[Organisation]) -> frozenset[str]:
    """List every address of a configured person."""
    people = (person for organisation in organisations for person in organisation.people)
    return frozenset(address.lower() for person in people for address in person.addresses)


@dataclass(frozen=True)
class _Cluster:
    """Addresses taken to be one party's, with why."""

    organisation: str
    addresses: tuple[str, ...]
    canonical: str
    name: str = ""
    basis: str = ""

    def party(self, names: Mapping[str, Counter[str]], domains: Mapping[str, str]) -> Party:
        """Make the party of the cluster."""
        seen: Counter[str] = Counter()
        for address in self.addresses:
            seen.update(names.get(address, {}))
        name = self.name or _full(seen) or best_name(seen)
        if not self.basis:
            return judge_alone(self.canonical, name, organisation_of(self.canonical, domains))
        return Party(self.canonical, name, tuple(sorted(self.addresses)), self.organisation, basis=self.basis)


def cluster_addresses(
    organisations: Sequence[Organisation],
    sightings: Sightings,
    domains: Mapping[str, str],
    groups: frozenset[str],
) -> Iterator[_Cluster]:
    """Put addresses together: the configured people's, then those of one name inside one organisation."""
    configured = configured_people(organisations)
    alike: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for address in sorted(sightings.names.keys() - configured - groups):
        organisation = organisation_of(address, domains)
        may_share = organisation and address not in sightings.lists and _may_be_person(address)
        name = _full(sightings.names[address])
        key = name_key(name) if may_share and not names_group(name) else ()
        alike[organisation, key or (address,)].append(address)
    for organisation_ in organisations:
        for person in organisation_.people:
            own = [address.lower() for address in person.addresses]
            more = alike.pop((organisation_.id, name_key(person.name) or ("",)), [])
            yield _Cluster(organisation_.id, tuple(own + more), own[0], person.name, "configured")
    for (organisation, _), addresses in alike.items():
        for same in _told_apart(addresses):
            yield _Cluster(organisation, same, same[0], basis="display_name" if len(same) > 1 else "")


def _told_apart(addresses: Sequence[str]) -> list[tuple[str, ...]]:
    """Part namesakes again: a company that numbers its addresses (j.smith2) has two of one name."""
    bare = Counter("".join(letter for letter in address if not letter.isdigit()) for address in addresses)
    if max(bare.values()) > 1:
        return [(address,) for address in addresses]
    return [tuple(addresses)]


def _may_be_person(address: str) -> bool:
    return not (is_machine(address) or is_role(address) or is_list_host(domain_of(address)))


def judge_alone(address: str, name: str, organisation: str) -> Party:
    """Make the party of an address that is nobody else's: a machine, a list, a role or a person, by its words."""
    if is_machine(address):
        return Party(address, name, (address,), organisation, is_group=True, size=0, basis=MACHINE)
    if is_list_host(domain_of(address)):
        return make_group(address, organisation, "list", name)
    if is_role(address) or names_group(name):
        return make_group(address, organisation, "role", name)
    return Party(address, name, (address,), organisation, basis="domain" if organisation else "free_mail")


def make_group(address: str, organisation: str, basis: str, name: str) -> Party:
    """Make a group whose size nobody has said."""
    return Party(address, name, (address,), organisation, is_group=True, size=None, basis=basis)

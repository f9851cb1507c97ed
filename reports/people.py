"""How a report names people, groups and companies."""

from dataclasses import dataclass, field

from analysis.frames import PartyBook
from models.companies import Organisation, PointOfContact, Relationship, WorkingTime
from models.vocabulary import Role
from reports.document import Person, Side
from reports.words import WEEKDAYS


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is who: parties by address, and configured organisations.

    Attributes:
        directory: knows the party behind every address; never fails.
        organisations: by organisation id.
    """

    directory: PartyBook
    organisations: dict[str, Organisation]
    _known: dict[str, Person] = field(default_factory=dict)

    def person(self, address: str) -> Person:
        """Name whoever is behind an address or Party.id."""
        if address not in self._known:
            party = self.directory.party(address)
            organisation = self.organisation(party.organisation)
            self._known[address] = Person(party.id, party.name, organisation, party.is_group, party.size)
        return self._known[address]

    def maybe(self, address: str | None) -> Person | None:
        """Name whoever is behind an address, nobody behind none."""
        return self.person(address) if address else None

    def organisation(self, organisation_id: str) -> str:
        """The configured name of an organisation, else its id, which is its domain."""
        known = self.organisations.get(organisation_id)
        return known.name if known else organisation_id

    def side(self, relationship: Relationship, role: Role) -> Side:
        """One company of a relationship with its calendar and points of contact."""
        ends = {
            Role.CLIENT: (relationship.client, relationship.client_contacts),
            Role.CMO: (relationship.cmo, relationship.cmo_contacts),
        }
        organisation_id, contacts = ends[role]
        known = self.organisations.get(organisation_id)
        calendar = known.working_time if known else WorkingTime()
        return Side(
            id=organisation_id,
            name=self.organisation(organisation_id),
            role=role,
            time_zone=calendar.time_zone,
            hours=f"{calendar.opens:%H:%M}-{calendar.closes:%H:%M}",
            weekdays=_weekdays(calendar.weekdays),
            holidays=calendar.holidays,
            closed=tuple(day.isoformat() for day in sorted(calendar.closed)),
            contacts=self._contacts(contacts),
        )

    def _contacts(self, contacts: tuple[PointOfContact, ...]) -> tuple[Person, ...]:
        return tuple(self.person(address) for address in dict.fromkeys(each.address for each in contacts))


def _weekdays(weekdays: frozenset[int]) -> str:
    """Write days that follow each other as "Mon-Fri", others as "Mon, Wed, Fri"."""
    numbers = sorted(weekdays)
    if len(numbers) > 1 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{WEEKDAYS[numbers[0]]}-{WEEKDAYS[numbers[-1]]}"
    return ", ".join(WEEKDAYS[number] for number in numbers)

"""What no single setting can know: references between settings, zones, countries, topics, double entries."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import available_timezones

from analysis.topics import load_topics
from liaison.config_problems import Location, line_of, path_text
from liaison.config_shape import ConfigShape, OrganisationShape, RelationshipShape
from models.errors import SettingProblem
from models.vocabulary import Role


def cross_check(shape: ConfigShape, document: Any) -> tuple[SettingProblem, ...]:
    """Return every problem between settings, in the file's order."""
    found = [*_double_entries(shape), *_organisations(shape), *_relationships(shape)]
    problems = [
        SettingProblem(path_text(location), message, hint, line_of(document, location))
        for location, message, hint in found
    ]
    return tuple(sorted(problems, key=lambda problem: (problem.line or 0, problem.path)))


Found = tuple[Location, str, str]

FRONT_PAGE = "index"
"""A relationship's id names its files, and this name is taken."""


def _double_entries(shape: ConfigShape) -> Iterator[Found]:
    yield from _twice("mailboxes", "name", [mailbox.name for mailbox in shape.mailboxes])
    yield from _twice("organisations", "id", [organisation.id for organisation in shape.organisations])
    yield from _twice("relationships", "id", [relationship.id for relationship in shape.relationships])
    domains = [domain for organisation in shape.organisations for domain in organisation.domains]
    for domain, count in Counter(domains).items():
        if count > 1:
            yield (
                ("organisations",),
                f"the domain {domain} belongs to {count} organisations",
                "leave it with one",
            )


def _twice(section: str, key: str, values: list[str]) -> Iterator[Found]:
    seen: set[str] = set()
    for index, value in enumerate(values):
        if value in seen:
            yield (section, index, key), f"{value!r} stands here a second time", "choose another"
        seen.add(value)


def _organisations(shape: ConfigShape) -> Iterator[Found]:
    zones = available_timezones()
    for index, organisation in enumerate(shape.organisations):
        where: Location = ("organisations", index)
        if organisation.time_zone not in zones:
            yield (
                (*where, "time_zone"),
                f"no such time zone: {organisation.time_zone}",
                "for example Europe/Berlin",
            )
        yield from _holidays(where, organisation)


def _holidays(where: Location, organisation: OrganisationShape) -> Iterator[Found]:
    if not organisation.holidays:
        return
    from holidays import list_supported_countries

    country, _, subdivision = organisation.holidays.partition("-")
    countries = list_supported_countries()
    if country not in countries:
        yield (
            (*where, "holidays"),
            f"no holidays are known for {country!r}",
            "a country code such as DE, US, IN",
        )
    elif subdivision and subdivision not in countries[country]:
        known = ", ".join(countries[country]) or "none"
        yield (*where, "holidays"), f"{country} has no subdivision {subdivision!r}", f"known: {known}"


def _relationships(shape: ConfigShape) -> Iterator[Found]:
    roles = {organisation.id: organisation.role for organisation in shape.organisations}
    topics = {topic.name for topic in load_topics()} | {"*"}
    for index, relationship in enumerate(shape.relationships):
        where: Location = ("relationships", index)
        if relationship.id == FRONT_PAGE:
            yield (*where, "id"), f"{FRONT_PAGE!r} is the name of the front page", "choose another"
        yield from _sides(where, relationship, roles)
        yield from _topics(where, relationship, topics)


def _sides(where: Location, relationship: RelationshipShape, roles: dict[str, Role | None]) -> Iterator[Found]:
    for side, role in ((relationship.client, Role.CLIENT), (relationship.cmo, Role.CMO)):
        if side not in roles:
            yield (
                (*where, role.value),
                f"no organisation has the id {side!r}",
                f"known: {', '.join(sorted(roles)) or 'none, organisations is empty'}",
            )
        elif roles[side] not in (role, None):
            yield (*where, role.value), f"{side!r} has the role {roles[side]}", f"name a {role.value}"
    if relationship.client == relationship.cmo:
        yield (*where, "cmo"), "is the client itself", "name the other company"


def _topics(where: Location, relationship: RelationshipShape, topics: set[str]) -> Iterator[Found]:
    for index, clause in enumerate(relationship.clauses):
        yield from _unknown((*where, "clauses", index, "topic"), [clause.topic], topics)
    for side in ("client", "cmo"):
        for index, contact in enumerate(getattr(relationship.points_of_contact, side)):
            named = [] if isinstance(contact, str) else contact.topics
            yield from _unknown((*where, "points_of_contact", side, index, "topics"), named, topics)


def _unknown(where: Location, named: Iterable[str], topics: set[str]) -> Iterator[Found]:
    for topic in named:
        if topic not in topics:
            yield where, f"no such topic: {topic!r}", f"known: {', '.join(sorted(topics))}"

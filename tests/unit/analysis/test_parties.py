"""Who is behind an address."""

import random

import pytest

from analysis.identities import MACHINE
from analysis.parties import Directory, resolve
from models.companies import GroupAddress, KnownPerson, Organisation
from models.records import Message
from models.vocabulary import Role
from tests.unit.analysis.mails import mail

HALDEN = Organisation("halden", "Halden Pharma", Role.CLIENT, ("halden.example",))
CORVUS = Organisation(
    "corvus",
    "Corvus Biologics",
    Role.CMO,
    ("corvus.example", "corvus.co.uk"),
    people=(KnownPerson("Ana Ruiz", ("Ana.Ruiz@corvus.example", "ana.ruiz@freemail.example")),),
    groups=(
        GroupAddress("quality@corvus.example", size=14),
        GroupAddress("falcon@corvus.example", members=("ana.ruiz@corvus.example", "bo@corvus.example")),
    ),
)
LABS = Organisation("labs", "Corvus Labs", None, ("labs.corvus.example",))


def directory(*messages: Message) -> Directory:
    """Who is who among Halden, Corvus and these messages' people."""
    return resolve((HALDEN, CORVUS, LABS), messages)


def seen(*people: str) -> Directory:
    """Who is who where these "Display_Name=address" wrote."""
    return directory(*(mail(str(n), sender=each) for n, each in enumerate(people)))


@pytest.mark.parametrize(
    ("address", "organisation", "basis"),
    [
        ("kurt@corvus.example", "corvus", "domain"),
        ("kurt@mail.eu.corvus.example", "corvus", "domain"),
        ("kurt@labs.corvus.example", "labs", "domain"),
        ("kurt@notcorvus.example", "notcorvus.example", "domain"),
        ("kurt@dept.other.co.uk", "other.co.uk", "domain"),
        ("KURT@Corvus.Example", "corvus", "domain"),
        ("kurt@gmail.com", "", "free_mail"),
        ("ana.ruiz@freemail.example", "corvus", "configured"),
        ("nonsense", "", "free_mail"),
        ("", "", "free_mail"),
    ],
)
def test_the_organisation_of_an_address_never_seen(address: str, organisation: str, basis: str) -> None:
    party = directory().party(address)
    assert (party.organisation, party.basis, party.is_group) == (organisation, basis, False)


def test_a_configured_person_has_all_their_addresses() -> None:
    ana = directory().party("ana.ruiz@freemail.example")
    assert (ana.id, ana.name) == ("ana.ruiz@corvus.example", "Ana Ruiz")
    assert ana.addresses == ("ana.ruiz@corvus.example", "ana.ruiz@freemail.example")


def test_a_configured_person_is_recognised_by_name_in_the_own_organisation_only() -> None:
    known = seen("Ruiz,_Ana=aruiz@corvus.co.uk", "Ana_Ruiz=ana@gmail.com", "Ana_Ruiz=ana.ruiz@halden.example")
    assert known.party("aruiz@corvus.co.uk").id == "ana.ruiz@corvus.example"
    assert known.party("ana@gmail.com").id == "ana@gmail.com"
    assert known.party("ana.ruiz@halden.example").id == "ana.ruiz@halden.example"


def test_one_name_inside_one_organisation_is_one_person() -> None:
    kurt = seen("Kurt_Weber=kweber@corvus.example", "Weber,_Kurt=kurt@us.corvus.example").party(
        "kurt@us.corvus.example"
    )
    assert (kurt.id, kurt.basis) == ("kurt@us.corvus.example", "display_name")
    assert kurt.addresses == ("kurt@us.corvus.example", "kweber@corvus.example")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kurt_Weber=kurt@corvus.example", "Kurt_Weber=kurt@halden.example"),
        ("Kurt=kurt@corvus.example", "Kurt=kurt.weber@corvus.example"),
        ("Kurt_Weber=kurt.weber@corvus.example", "Kurt_Weber=kurt.weber2@corvus.example"),
        ("Kurt_Weber=kurt@gmail.com", "Kurt_Weber=weber@gmail.com"),
        ("Corvus_Quality=qa@corvus.example", "Corvus_Quality=qc@corvus.example"),
    ],
    ids=["two companies", "first name only", "numbered namesakes", "free mail", "roles"],
)
def test_two_people_stay_two(one: str, other: str) -> None:
    known = seen(one, other)
    assert known.party(one.partition("=")[2]).id != known.party(other.partition("=")[2]).id


def test_the_name_seen_most_often_is_kept() -> None:
    known = seen("kurt@corvus.example", "Kurt=kurt@corvus.example", *["Weber,_Kurt=kurt@corvus.example"] * 2)
    assert known.party("kurt@corvus.example").name == "Kurt Weber"


def test_configured_groups_have_their_size() -> None:
    known = directory()
    quality, falcon = known.party("quality@corvus.example"), known.party("falcon@corvus.example")
    assert (quality.is_group, quality.size, quality.basis) == (True, 14, "configured")
    assert (falcon.is_group, falcon.size) == (True, 2)


def test_a_mailing_list_is_recognised_by_its_list_id() -> None:
    posted = mail("a", to="project@code.example", list_id="project.code.example")
    project = directory(posted).party("project@code.example")
    assert (project.is_group, project.size, project.basis) == (True, None, "list")


def test_roles_lists_and_machines_are_groups_by_their_words() -> None:
    known = directory()
    bases = [known.party(each).basis for each in ("qa@x.example", "dev@lists.x.example", "no-reply@x.example")]
    assert bases == ["role", "list", MACHINE]
    assert known.party("no-reply@x.example").size == 0


def test_members_of_a_group_are_counted_as_seen() -> None:
    letters = [
        mail(str(n), sender=sender, to="qa@corvus.example", cc="dev@lists.x.example")
        for n, sender in enumerate(
            ["kurt@corvus.example", "bo@corvus.example", "bo@corvus.example", "dana@halden.example"]
        )
    ]
    known = directory(*letters)
    assert len(known.observed_members("qa@corvus.example")) == 2
    assert len(known.observed_members("dev@lists.x.example")) == 3
    assert known.observed_members("falcon@corvus.example") == frozenset()


def test_colleagues_are_the_people_of_an_organisation() -> None:
    known = seen("kurt@corvus.example", "qa@corvus.example", "someone@gmail.com", "dana@halden.example")
    expected = ["ana.ruiz@corvus.example", "ana@corvus.example", "kurt@corvus.example"]
    assert [party.id for party in known.colleagues("corvus")] == expected
    assert known.colleagues("") == ()
    assert known.organisation("corvus") == CORVUS
    assert known.organisation("other.example") is None


def test_the_order_of_messages_does_not_matter() -> None:
    letters = [
        mail(str(n), sender=f"{name}=p{n % 5}@{domain}", to="qa@corvus.example p1@corvus.example")
        for n, (name, domain) in enumerate(
            (name, domain)
            for name in ("Kurt_Weber", "Weber,_Kurt", "Bo_Li", "Kurt")
            for domain in ("corvus.example", "us.corvus.example", "gmail.com")
        )
    ]
    shuffled = letters.copy()
    random.Random(1).shuffle(shuffled)  # noqa: S311 - a seeded shuffle is what is wanted
    assert directory(*shuffled) == directory(*letters)

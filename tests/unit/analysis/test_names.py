"""Whom a name in the words means."""

import pytest

from analysis.names import resolve_called, resolve_name
from models.judgements import Party


def person(name: str, *addresses: str) -> Party:
    """A person of Corvus."""
    return Party(addresses[0], name, addresses, "corvus")


ANA = person("Ana María Ruiz", "ana.ruiz@corvus.example")
KURT = person("Kurt Müller", "k-mueller@corvus.example")
ROBERT = person("", "robert.jones@corvus.example")
JOHN = person("John Smith", "jsmith@corvus.example")
JANE = person("Jane Smith", "jane.smith@corvus.example")
PIET = person("Piet van der Berg", "pvdb@corvus.example")
VIJAY = person("", "vijaykhemka@corvus.example")
LIU = person("", "xliu@corvus.example")
CIRCLE = (ANA, KURT, ROBERT, JOHN, JANE, PIET, VIJAY, LIU)


@pytest.mark.parametrize(
    ("name", "party", "how"),
    [
        ("Ana", ANA, "given name or alias"),
        ("ana", ANA, "given name or alias"),
        ("Ana Ruiz", ANA, "full name"),
        ("Ruiz, Ana", ANA, "full name"),
        ("Ruiz Ana", ANA, "full name"),
        ("A. Ruiz", ANA, "short form of the full name"),
        ("Ana R.", ANA, "short form of the full name"),
        ("Dr. Ruiz", ANA, "surname"),
        ("AMR", ANA, "initials"),
        ("@ana.ruiz", ANA, "full name"),
        ("ana.ruiz@corvus.example", ANA, "address"),
        ("Müller", KURT, "surname"),
        ("Mueller", KURT, "surname"),
        ("Muller", KURT, "surname"),
        ("Herr Müller", KURT, "surname"),
        ("Kurt Muller", KURT, "full name"),
        ("Bob", ROBERT, "nickname"),
        ("Rob Jones", ROBERT, "short form of the full name"),
        ("Johnny", JOHN, "nickname"),
        ("John", JOHN, "given name or alias"),
        ("jsmith", JOHN, "given name or alias"),
        ("Piet Berg", PIET, "full name"),
        ("van der Berg", PIET, "surname"),
        ("Vijay", VIJAY, "part of the local part"),
        ("Vijay Khemka", VIJAY, "local part"),
        ("X. Liu", LIU, "part of the local part"),
        ("Liu", LIU, "part of the local part"),
    ],
)
def test_a_name_means_a_participant(name: str, party: Party, how: str) -> None:
    found = resolve_name(name, CIRCLE)
    assert (found.party, found.basis, found.detail) == (party, "participant", how)


@pytest.mark.parametrize("name", ["Team", "all", "Michelle", "", "Dr.", "R", "Smithson", "Maria Jones"])
def test_a_name_of_nobody_stays_unresolved_and_says_so(name: str) -> None:
    found = resolve_name(name, CIRCLE)
    assert (found.party, found.basis) == (None, "unresolved")
    assert repr(name) in found.detail


def test_two_matches_leave_a_name_unresolved_and_both_are_named() -> None:
    found = resolve_name("Smith", CIRCLE)
    assert found.party is None
    assert "John Smith" in found.detail
    assert "Jane Smith" in found.detail


def test_the_stronger_match_wins() -> None:
    rob, robert = person("Rob Hall", "rob@corvus.example"), person("Robert Dean", "dean@corvus.example")
    assert resolve_name("Rob", (rob, robert)).party == rob
    assert resolve_name("Bob", (rob, robert)).party is None


def test_participants_come_before_colleagues() -> None:
    other = person("Ana Berg", "ana.berg@corvus.example")
    assert resolve_name("Ana", (ANA,), (other,)).party == ANA
    found = resolve_name("Ana", (KURT,), (other,))
    assert (found.party, found.basis) == (other, "colleague")


def test_two_participants_are_not_told_apart_by_colleagues() -> None:
    assert resolve_name("Smith", (JOHN, JANE), (person("Smith", "smith@corvus.example"),)).party is None


def test_a_person_listed_twice_is_one_person() -> None:
    assert resolve_name("Kurt", (KURT, KURT)).party == KURT


def test_a_group_is_nobody() -> None:
    quality = Party("ana@corvus.example", "Ana", ("ana@corvus.example",), "corvus", is_group=True, size=None)
    assert resolve_name("Ana", (quality,)).party is None


def test_names_in_other_scripts_are_compared_as_written() -> None:
    xu = person("许晓菡", "xu@corvus.example")
    assert resolve_name("许晓菡", (xu, KURT)).party == xu


@pytest.mark.parametrize(
    ("name", "address"), [("Sunny", "sunnsr25"), ("Cindy", "cburnette"), ("Cindy B.", None), ("Paul", None)]
)
def test_a_called_name_means_the_one_nameless_recipient_whose_address_begins_like_it(
    name: str, address: str | None
) -> None:
    nameless = [
        person("", f"{local}@corvus.example") for local in ("sunnsr25", "cburnette", "samiller", "chris.germany")
    ]
    found = resolve_called(name, (*nameless, person("Claire Low", "clow@corvus.example")))
    assert (found.party.id if found.party else None) == (f"{address}@corvus.example" if address else None)


def test_an_initial_that_two_nameless_recipients_share_tells_nobody() -> None:
    two = (person("", "samiller@corvus.example"), person("", "sstone@corvus.example"))
    assert resolve_called("Stacy", two).party is None

"""What addresses and display names say by themselves."""

import pytest

from analysis.email_addresses import (
    clean_name,
    is_free_mail,
    is_list_host,
    is_machine,
    is_role,
    names_group,
    registered_domain,
)


@pytest.mark.parametrize(
    ("display_name", "name"),
    [
        ("Ana Ruiz", "Ana Ruiz"),
        ("Ruiz, Ana", "Ana Ruiz"),
        ("Ruiz, Ana (External)", "Ana Ruiz"),
        ("[EXT] Ana Ruiz", "Ana Ruiz"),
        ("'Ana Ruiz' via Project Falcon", "Ana Ruiz"),
        ("'Ana Ruiz'", "Ana Ruiz"),
        ("Ana Ruiz, PhD", "Ana Ruiz"),
        ("Ana  Ruiz - External", "Ana Ruiz"),
        ("ana.ruiz@corvus.example", ""),
        ("openbmc @ lists . example", ""),
        ("", ""),
        ("Ruiz, Ana, Corvus", "Ruiz, Ana, Corvus"),
    ],
)
def test_a_display_name_becomes_a_name(display_name: str, name: str) -> None:
    assert clean_name(display_name) == name


@pytest.mark.parametrize(
    ("domain", "registered"),
    [
        ("corvus.example", "corvus.example"),
        ("mail.eu.corvus.example", "corvus.example"),
        ("mail.halden.co.uk", "halden.co.uk"),
        ("halden.com.br", "halden.com.br"),
        ("in.ibm.com", "ibm.com"),
        ("co.uk", "co.uk"),
        ("localhost", "localhost"),
    ],
)
def test_the_registered_domain(domain: str, registered: str) -> None:
    assert registered_domain(domain) == registered


@pytest.mark.parametrize("address", ["quality@x.example", "qa.team@x.example", "all-staff@x.example", "qc2@x.example"])
def test_roles(address: str) -> None:
    assert is_role(address)


@pytest.mark.parametrize("address", ["ana.ruiz@x.example", "dz4list@x.example", "quality.ana@x.example", "5@x.example"])
def test_people_are_no_roles(address: str) -> None:
    assert not is_role(address)


@pytest.mark.parametrize("local", ["noreply", "no-reply", "do_not_reply", "MAILER-DAEMON", "list-bounces+a=b"])
def test_machines(local: str) -> None:
    assert is_machine(f"{local}@x.example")


def test_other_words_about_addresses() -> None:
    assert is_free_mail("gmail.com")
    assert not is_free_mail("corvus.example")
    assert is_list_host("lists.corvus.example")
    assert not is_list_host("corvus.example")
    assert not is_machine("reply@corvus.example")
    assert names_group("Corvus Quality Team")
    assert not names_group("Ana Team-Ruiz")

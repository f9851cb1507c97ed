"""The people and lists, each with an own way of writing; the people stand in `people.toml`."""

import tomllib
from pathlib import Path
from typing import Any

from samples.cast import (
    CORVUS,
    DANA_LEAVES,
    HALDEN,
    JONAS_STARTS,
    MERIDIAN,
    ORGANISATIONS,
    SUNIL_ANNOUNCED,
    SUNIL_STOPS,
    Group,
    Organisation,
    Person,
)
from samples.voices import Voice

QUALITY = (
    "deviation",
    "out_of_specification",
    "batch_record_review",
    "capa",
    "complaint",
    "rejection",
    "audit",
    "inspection",
    "recall",
)
RECORDS = ("batch_record_review", "deviation", "capa", "complaint", "out_of_specification", "documents")
SUPPLY = ("supply_delay", "forecast", "purchase_order", "general", "meeting")
FILING = ("regulatory_filing", "change_control", "documents", "inspection")
TRANSFER = ("technology_transfer", "change_control", "documents", "general")
MONEY = ("commercial", "purchase_order", "rejection")

_SETS = {
    "QUALITY": QUALITY,
    "RECORDS": RECORDS,
    "SUPPLY": SUPPLY,
    "FILING": FILING,
    "TRANSFER": TRANSFER,
    "MONEY": MONEY,
}
_PHONES = {"halden": "+49 30 5550-1{}", "corvus": "(908) 555-01{}", "meridian": "+91 40 5550 01{}"}
_COMPANIES = {company.id: company for company in ORGANISATIONS}
_TERMS = {"dana": {"until": DANA_LEAVES}, "jonas": {"since": JONAS_STARTS}, "sunil": {"until": SUNIL_STOPS}}


def _person(key: str, row: dict[str, Any]) -> Person:
    company = _COMPANIES[row.pop("company")]
    row["address"] = f"{row.pop('mailbox')}@{company.domain}"
    row["areas"] = tuple(topic for area in row["areas"] for topic in _SETS.get(area, (area,)))
    row["relationships"] = tuple(row.get("relationships", ()))
    row["phone"] = _PHONES[company.id].format(sum(map(ord, row["name"])) % 90 + 10)
    row["voice"] = _voice(row["voice"])
    row |= _TERMS.get(key, {})
    return Person(key=key, organisation=company, **row)


def _voice(row: dict[str, Any]) -> Voice:
    frozen: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return Voice(**frozen)


def _people() -> dict[str, Person]:
    rows = tomllib.loads((Path(__file__).parent / "people.toml").read_text("utf-8"))
    return {key: _person(key, row) for key, row in rows.items()}


PEOPLE: dict[str, Person] = _people()
"""Everybody, by key."""

SUCCESSORS = {"dana": ("jonas", DANA_LEAVES), "sunil": ("kavitha", SUNIL_ANNOUNCED)}
"""Who stands in for whom, and from when anybody knows."""


def _group(company: Organisation, mailbox: str, name: str, members: str, size: int, areas: tuple[str, ...]) -> Group:
    return Group(f"{mailbox}@{company.domain}", name, company, tuple(members.split()), size, areas)


_CMC = "elena pauline kurt ayse miriam sauer lukas katrin dana"
_PROJECT = "ana shira bill tamara marcus priya joanne ethan"

GROUPS = (
    _group(HALDEN, "halden-cmc-team", "Halden CMC Team", _CMC, 9, (*FILING, *TRANSFER)),
    _group(HALDEN, "quality-external", "Quality External Supply", "sauer miriam lukas lindner", 6, QUALITY),
    _group(HALDEN, "supply-planning", "Halden Supply Planning", "sabine tomasz nadia", 5, (*SUPPLY, *MONEY)),
    _group(CORVUS, "quality", "Corvus Quality", "linda marcus joanne", 14, QUALITY),
    _group(CORVUS, "halden-project", "Halden Project Team", _PROJECT, 11, (*TRANSFER, *FILING, *SUPPLY)),
    _group(CORVUS, "orders", "Corvus Orders", "kevin tamara ethan", 5, MONEY),
    _group(MERIDIAN, "supply", "Supply Chain Meridian", "kavitha arun sunil vikram", 9, (*SUPPLY, *MONEY)),
    _group(MERIDIAN, "qa", "QA Meridian", "krishnan deepa", 7, (*QUALITY, *FILING, *TRANSFER)),
)
"""Distribution lists and role mailboxes."""


def colleagues(organisation: Organisation) -> list[Person]:
    """List a company's people in the order of the cast."""
    return [person for person in PEOPLE.values() if person.organisation is organisation]

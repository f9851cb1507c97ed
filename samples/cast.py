"""Who there is: companies, people, distribution lists and relationships."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from samples.voices import Voice
from samples.worktime import WorkTime


@dataclass(frozen=True)
class Organisation:
    """A company: its identifier, role, domain, calendar, and what stands under its mails."""

    id: str
    name: str
    role: str
    domain: str
    worktime: WorkTime
    street: str
    disclaimer: str = ""


@dataclass(frozen=True)
class Person:
    """Somebody who writes.

    Attributes:
        key: short name used by the script.
        areas: topics that the person answers for; the first is the main one, "*" is all.
        weight: how often the person writes, relative to colleagues.
        since, until: when the person is at work for this relationship; `until` is the last mail.
        relationships: the identifiers of those the person works on, empty for all of the company's.
    """

    key: str
    name: str
    address: str
    organisation: Organisation = field(repr=False)
    title: str
    formal: str
    phone: str
    areas: tuple[str, ...]
    voice: Voice = field(repr=False)
    weight: float = 1.0
    since: datetime = datetime(2020, 1, 1, tzinfo=UTC)
    until: datetime = datetime(2030, 1, 1, tzinfo=UTC)
    relationships: tuple[str, ...] = ()
    other_address: str = ""
    display: str = ""

    @property
    def first(self) -> str:
        """First name."""
        return self.name.split()[0]

    @property
    def last(self) -> str:
        """Last name."""
        return self.name.split()[-1]

    def works(self, relationship: str, moment: datetime) -> bool:
        """Tell whether the person is there for a relationship at a moment."""
        return self.since <= moment <= self.until and (not self.relationships or relationship in self.relationships)


@dataclass(frozen=True)
class Group:
    """A distribution list or role mailbox with the keys of its members; `size` counts those never seen, too."""

    address: str
    name: str
    organisation: Organisation = field(repr=False)
    members: tuple[str, ...]
    size: int
    areas: tuple[str, ...]


Party = Person | Group


@dataclass(frozen=True)
class Relationship:
    """The client with one contract manufacturer; points of contact and decision makers by key."""

    id: str
    client: Organisation
    cmo: Organisation
    client_contacts: tuple[str, ...]
    decision_makers: tuple[str, ...]
    products: tuple[str, ...]

    def side(self, organisation: Organisation) -> str:
        """Give `client` or `cmo`."""
        return "client" if organisation is self.client else "cmo"

    def other(self, organisation: Organisation) -> Organisation:
        """Give the company on the other side."""
        return self.cmo if organisation is self.client else self.client


HALDEN = Organisation(
    "halden",
    "Halden Pharma",
    "client",
    "halden.example",
    WorkTime("Europe/Berlin", "DE", ("2025-12-24", "2025-12-29", "2025-12-30", "2025-12-31", "2026-01-02")),
    "Halden Pharma GmbH, Am Nordhafen 7, 13353 Berlin",
    "Halden Pharma GmbH, Sitz der Gesellschaft: Berlin, Amtsgericht Charlottenburg HRB 00000\n"
    "This e-mail may contain confidential information. If you are not the intended recipient please inform the "
    "sender and delete it.",
)
CORVUS = Organisation(
    "corvus",
    "Corvus Biologics",
    "cmo",
    "corvus.example",
    WorkTime("America/New_York", "US", ("2025-11-28", "2025-12-24", "2025-12-26", "2025-12-31")),
    "Corvus Biologics, Inc., 400 Foundry Road, Raritan Falls, NJ",
    "CONFIDENTIALITY NOTICE: The contents of this email message and any attachments are intended solely for the "
    "addressee(s) and may contain confidential and/or privileged information. If you have received this message in "
    "error, please immediately alert the sender by reply email and then delete this message.",
)
MERIDIAN = Organisation(
    "meridian",
    "Meridian Sterile",
    "cmo",
    "meridian-sterile.example",
    WorkTime("Asia/Kolkata", "IN", ("2025-12-26",)),
    "Meridian Sterile Pvt. Ltd., Plot 88, Pharma SEZ, Hyderabad 502 000",
    "Disclaimer: The information contained in this electronic message is intended for the exclusive use of the "
    "addressee(s). Please consider the environment before printing this mail.",
)
ORGANISATIONS = (HALDEN, CORVUS, MERIDIAN)

RELATIONSHIPS = (
    Relationship(
        "halden-corvus",
        HALDEN,
        CORVUS,
        ("dana", "jonas"),
        ("roth", "greg"),
        ("Lumivant 50 mg/mL PFS", "Halocept 20 mg vials", "Lumivant 25 mg PFS"),
    ),
    Relationship(
        "halden-meridian",
        HALDEN,
        MERIDIAN,
        ("katrin",),
        ("roth", "gupta"),
        ("Ostrevan 5 mL eye drops", "Ferrovane 2 mg/mL ampoules"),
    ),
)

DANA_LEAVES = datetime(2026, 3, 27, 16, 0, tzinfo=UTC)
JONAS_STARTS = datetime(2026, 2, 16, 7, 0, tzinfo=UTC)
SUNIL_STOPS = datetime(2026, 4, 17, 11, 30, tzinfo=UTC)
SUNIL_ANNOUNCED = datetime(2026, 5, 20, 6, 10, tzinfo=UTC)

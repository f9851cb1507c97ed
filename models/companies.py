"""Who the companies are: words of the configuration that every layer shares, as frozen dataclasses."""

from dataclasses import dataclass
from datetime import date, time

from models.vocabulary import Role


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person named in the configuration, with every address they write from."""

    name: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupAddress:
    """A distribution list, role mailbox or mailing list; size or members where known."""

    address: str
    size: int | None = None
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """An organisation's calendar: zone, weekly hours, days off.

    Attributes:
        time_zone: IANA name.
        opens, closes: local wall-clock times of a working day.
        weekdays: Monday is 0.
        holidays: country code of the `holidays` library ("DE", "US"), perhaps with subdivision ("DE-HE"); "" for none.
        closed: further closed dates (company shutdowns).
    """

    time_zone: str = "UTC"
    opens: time = time(9)
    closes: time = time(17)
    weekdays: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    holidays: str = ""
    closed: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Organisation:
    """A company, known by its e-mail domains (sub-domains included) and its people's other addresses."""

    id: str
    name: str
    role: Role | None
    domains: tuple[str, ...]
    people: tuple[KnownPerson, ...] = ()
    groups: tuple[GroupAddress, ...] = ()
    working_time: WorkingTime = WorkingTime()


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of an agreement that overrides default clocks.

    `obliged` says whom it binds: a role, or None for both. `ack`, `answer`, `silence` are durations as text ("1 BD",
    "30 CD", "24 h"), None where the clause is silent about them. `silence_means` is the contractual effect in words.
    """

    id: str
    text: str
    topic: str
    obliged: Role | None = None
    ack: str | None = None
    answer: str | None = None
    silence: str | None = None
    silence_means: str = ""


@dataclass(frozen=True, slots=True)
class PointOfContact:
    """The person who carries a relationship for one side; `topics` empty means every topic."""

    address: str
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relationship:
    """One client with one CMO."""

    id: str
    client: str
    cmo: str
    client_contacts: tuple[PointOfContact, ...] = ()
    cmo_contacts: tuple[PointOfContact, ...] = ()
    decision_makers: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()

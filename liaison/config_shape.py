"""The shape of config.yaml as pydantic models; docs/configuration.md is made from every field's description.

Only `liaison.config` uses these; lower layers are handed their own settings dataclasses.
"""

from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, StringConstraints, field_validator, model_validator

from analysis.settings import DEFAULT_MODEL
from liaison.moments import in_utc
from models.vocabulary import Keep, Role

IDENTIFIER, ADDRESS = r"^[a-z0-9][a-z0-9_-]*$", r"^[^@\s]+@[^@\s]+$"
DOMAIN, DURATION = r"^[^@\s/]+\.[^@\s/]+$", r"^[0-9]{1,4}(\.[0-9]{1,4})? ?(BD|CD|h)$"
PACKAGE = r"^[A-Za-z_][A-Za-z0-9_]{0,99}$"
WANTED = {
    IDENTIFIER: "lower-case letters, digits, - and _, beginning with a letter or digit",
    ADDRESS: "an e-mail address such as dana.cole@example.com",
    DOMAIN: "a domain such as example.com",
    DURATION: "a duration such as 2 BD (business days), 30 CD (calendar days) or 24 h",
    PACKAGE: "the name of a Python package such as en_core_web_sm",
}
"""What a text of each form looks like, in words."""

Identifier = Annotated[str, StringConstraints(pattern=IDENTIFIER, max_length=64)]
Address = Annotated[str, StringConstraints(pattern=ADDRESS, to_lower=True)]
Domain = Annotated[str, StringConstraints(pattern=DOMAIN, to_lower=True)]
DurationText = Annotated[str, StringConstraints(pattern=DURATION)]
PackageName = Annotated[str, StringConstraints(pattern=PACKAGE)]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Shape(BaseModel):
    """Base: unknown keys are errors, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _no_nul(cls, value: object) -> object:
        if any(isinstance(text, str) and "\0" in text for text in (value if isinstance(value, list) else [value])):
            raise ValueError("holds a NUL character, which no name, path or address can")
        return value


class SecretShape(Shape):
    """A secret by where it lies; exactly one of the three."""

    env: str | None = Field(None, description="name of an environment variable that holds it")
    file: Path | None = Field(None, description="file that holds it (first line), relative to config.yaml")
    command: list[str] | None = Field(None, min_length=1, description="command that prints it, as a list of words")

    @model_validator(mode="after")
    def _exactly_one(self) -> "SecretShape":
        if sum(value is not None for value in (self.env, self.file, self.command)) != 1:
            raise ValueError("give exactly one of env, file, command")
        return self


class ImapShape(Shape):
    """An account on an IMAP server. It is opened read-only."""

    host: str = Field(description="name of the server")
    port: int = Field(993, ge=1, le=65535, description="993 for implicit TLS, 143 for STARTTLS")
    tls: Literal["implicit", "starttls", "none"] = Field(
        "implicit",
        description="`none` sends password and mail in the clear; only for a server on this machine",
    )
    ca: Path | None = Field(None, description="file with the authority's certificate, where it is not a public one")
    user: str = Field(description="login name")
    password: SecretShape = Field(description="where the password lies: `{env: X}`, `{file: p}` or `{command: [...]}`")
    folders: list[str] = Field(["INBOX"], min_length=1, description="names or patterns (`Archive/*`, `*`)")
    timeout: float = Field(
        60.0, gt=0, le=3600, description="seconds without an answer after which the server counts as unreachable"
    )

    @field_validator("host")
    @classmethod
    def _name_of_a_host(cls, value: str) -> str:
        try:
            value.encode("idna")  # as the network will write it (RFC 3490)
        except UnicodeError:
            raise ValueError("is no name of a server") from None
        return value


class MailboxShape(Shape):
    """One source of mail; exactly one of imap, mbox, maildir."""

    name: Identifier = Field(description="how reports and the ledger call it; never change it")
    imap: ImapShape | None = Field(None, description="an account on an IMAP server")
    mbox: Path | None = Field(None, description="an mbox file, relative to config.yaml")
    maildir: Path | None = Field(None, description="a Maildir, relative to config.yaml")
    scope: Literal["all", "organisations"] = Field(
        "all",
        description="`organisations`: mail that is neither from nor to a configured one leaves only its count",
    )

    @model_validator(mode="after")
    def _exactly_one(self) -> "MailboxShape":
        if sum(value is not None for value in (self.imap, self.mbox, self.maildir)) != 1:
            raise ValueError("give exactly one of imap, mbox, maildir")
        return self


class PersonShape(Shape):
    """Somebody who writes from more than one address, or from outside the company's domains."""

    name: str = Field(min_length=1, description="as reports print it")
    addresses: list[Address] = Field(min_length=1, description="every address of this person")


class GroupShape(Shape):
    """A distribution list or role mailbox."""

    address: Address = Field(description="its address")
    size: int | None = Field(None, ge=1, description="how many people read it, where you know")
    members: list[Address] = Field([], description="who reads it, where you know")


class OrganisationShape(Shape):
    """A company."""

    id: Identifier = Field(description="short name that relationships refer to")
    name: str = Field(min_length=1, description="as reports print it")
    role: Role | None = Field(None, description="`client`, `cmo`, or nothing for a third party")
    domains: list[Domain] = Field(min_length=1, description="e-mail domains; sub-domains are included")
    time_zone: str = Field("UTC", description="IANA name, for example Europe/Berlin")
    working_hours: str = Field("09:00-17:00", description="local opening and closing time of a working day")
    working_days: list[Weekday] = Field(["mon", "tue", "wed", "thu", "fri"], min_length=1, description="working days")
    holidays: str = Field("", description="country, optionally with subdivision: `DE`, `DE-HE`, `US-NJ`")
    closed: list[date] = Field([], description="further closed days (company shutdowns)")
    people: list[PersonShape] = Field([], description="people whose addresses the domains do not tell")
    groups: list[GroupShape] = Field([], description="distribution lists and role mailboxes")

    @field_validator("working_hours")
    @classmethod
    def _opens_before_it_closes(cls, value: str) -> str:
        opens, closes = parse_hours(value)
        if opens >= closes:
            raise ValueError(f"opens at {opens:%H:%M}, closes at {closes:%H:%M}; write for example 09:00-17:00")
        return value


class ContactShape(Shape):
    """A point of contact for certain topics."""

    address: Address = Field(description="whose")
    topics: list[str] = Field([], description="topics of docs/metrics.md; empty for all")


class PointsOfContactShape(Shape):
    """Who carries the relationship on each side; an address alone means every topic."""

    client: list[Address | ContactShape] = Field([], description="the client's side")
    cmo: list[Address | ContactShape] = Field([], description="the CMO's side")


class SilenceShape(Shape):
    """What the agreement says silence means; `accepted after 7 BD` says both in short."""

    after: DurationText = Field(description="`7 BD`, `30 CD`, `24 h`")
    means: str = Field("deemed accepted", description="the contractual effect, in words")

    @model_validator(mode="before")
    @classmethod
    def _in_short(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        means, _, after = value.rpartition(" after ")
        return {"after": after.strip()} | ({"means": means.strip()} if means else {})


class ClauseShape(Shape):
    """A clause of an agreement that overrides the default clocks of a topic."""

    id: str = Field(min_length=1, description="as the agreement numbers it: `QA 7.3`")
    text: str = Field(min_length=1, description="its words; findings cite them")
    topic: str = Field(description="a topic, or `*` for every one")
    from_: Role | None = Field(None, alias="from", description="whose asks it is about; nothing for both")
    ack: DurationText | None = Field(None, description="time to name an owner or a date: `1 BD`")
    answer: DurationText | None = Field(None, description="time to answer in substance: `10 BD`")
    silence: SilenceShape | None = Field(None, description="when silence binds, and to what")


class RelationshipShape(Shape):
    """One client with one CMO."""

    id: Identifier = Field(description="short name; names the report's files")
    client: str = Field(description="organisation id")
    cmo: str = Field(description="organisation id")
    points_of_contact: PointsOfContactShape = Field(PointsOfContactShape(), description="who carries it, by side")
    decision_makers: list[Address] = Field([], description="whom the monthly call should reach")
    clauses: list[ClauseShape] = Field([], description="clauses that override the clocks of topics.yaml")


class ReadingShape(Shape):
    """How new text is read."""

    executor: Literal["serial", "processes"] = Field("serial", description="`processes` reads on several cores")
    workers: int = Field(2, ge=1, le=64, description="processes, with `executor: processes`")
    model: PackageName = Field(DEFAULT_MODEL, description="installed spaCy package; `en_core_web_sm` serves too")
    matrix_products: Literal["auto", "numpy", "blis"] = Field(
        "auto", description="`auto` measures once which is faster here; results are the same"
    )


class OwnershipShape(Shape):
    """When an ask counts as sent to a group, and how patient Liaison is."""

    group_from: int = Field(5, ge=2, le=10_000, description="this many people of the obliged side are a group")
    minimum_confidence: float = Field(0.5, ge=0, le=1, description="asks below it are not traced")
    grace_hours: float = Field(0.0, ge=0, le=10_000, description="business hours added to every acknowledgement clock")


class MeasuresShape(Shape):
    """Thresholds of the measures."""

    too_few: int = Field(20, ge=1, le=1_000_000, description="comparisons below this n are greyed")
    contact_band: tuple[FiniteFloat, FiniteFloat] = Field((1.5, 4.0), description="target band of effective contacts")
    window_days: int = Field(90, ge=7, le=3660, description="rolling window in calendar days")


class ReportShape(Shape):
    """What is written."""

    formats: list[Literal["html", "csv", "json"]] = Field(["html", "csv", "json"], min_length=1, description="formats")


class ConfigShape(Shape):
    """The whole of config.yaml."""

    store: str = Field("sqlite:///liaison.db", description="`sqlite:///file` or `postgresql+psycopg://user@host/name`")
    keep: Keep = Field(Keep.RAW, description="`raw`, `text` or `metadata`: how much of each message the store keeps")
    out: Path = Field(Path("out"), description="folder of the reports, one sub-folder per day")
    as_of: datetime | None = Field(
        None, description="fix the moment that is judged (demonstrations, audits); nothing for now"
    )
    mailboxes: list[MailboxShape] = Field(min_length=1, description="where mail comes from")
    organisations: list[OrganisationShape] = Field([], description="the companies")
    relationships: list[RelationshipShape] = Field([], description="client with CMO, one report each")
    reading: ReadingShape = Field(ReadingShape(), description="how new text is read")
    ownership: OwnershipShape = Field(OwnershipShape(), description="thresholds of ownership")
    measures: MeasuresShape = Field(MeasuresShape(), description="thresholds of the measures")
    report: ReportShape = Field(ReportShape(), description="what is written")

    @field_validator("as_of")
    @classmethod
    def _as_of_in_utc(cls, value: datetime | None) -> datetime | None:
        return None if value is None else in_utc(value)


def parse_hours(text: str) -> tuple[time, time]:
    """Read "09:00-17:00".

    Raises:
        ValueError: the text is not two times with a hyphen between.
    """
    opens, separator, closes = text.partition("-")
    if not separator:
        raise ValueError(f"{text!r} is not a span of times; write for example 09:00-17:00")
    hours = time.fromisoformat(opens.strip()), time.fromisoformat(closes.strip())
    if any(hour.tzinfo for hour in hours):
        raise ValueError(f"{text!r} names a time zone, which time_zone: does; write for example 09:00-17:00")
    return hours

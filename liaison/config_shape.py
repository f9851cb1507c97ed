"""The shape of config.yaml as pydantic models; docs/configuration.md is made from every field's description.

Only `liaison.config` uses these; lower layers are handed their own settings dataclasses.
"""

from datetime import date, datetime, time
from pathlib import Path
from typing import Literal

from pydantic import Field, FiniteFloat, field_validator, model_validator

from analysis.settings import DEFAULT_MODEL
from liaison.mailbox_shape import MailboxShape
from liaison.moments import in_utc
from liaison.shape import Address, Domain, DurationText, Identifier, PackageName, Shape, Weekday
from models.vocabulary import Keep, Role


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


class IngestShape(Shape):
    """How mail is taken in."""

    workers: int | None = Field(
        None, ge=1, le=64, description="processes that parse large polls; nothing for as many as cores, up to 4"
    )


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
    ingest: IngestShape = Field(IngestShape(), description="how mail is taken in")
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

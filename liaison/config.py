"""Read config.yaml: the one place that does. Everything below is handed its own settings dataclass."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from analysis.settings import AnalysisSettings, MeasureSettings, OwnershipSettings, ReaderSettings
from ingest.settings import MailboxSettings, Selection
from liaison.config_checks import cross_check
from liaison.config_problems import problems_of, syntax_problem
from liaison.config_shape import (
    ClauseShape,
    ConfigShape,
    ContactShape,
    OrganisationShape,
    RelationshipShape,
    parse_hours,
)
from liaison.mailbox_config import SettingPlace, source_settings
from liaison.shape import WEEKDAYS, Address
from models.companies import Clause, GroupAddress, KnownPerson, Organisation, PointOfContact, Relationship, WorkingTime
from models.errors import ConfigurationError, SettingProblem
from models.vocabulary import Keep, Role


@dataclass(frozen=True, slots=True)
class Config:
    """A configuration that was read and found right.

    Attributes:
        path: the file; relative paths in it are meant from its folder.
        sha256: of the file's bytes; stands on every report.
        store: database URL with an absolute path for SQLite.
        as_of: the fixed moment to judge, None for now.
        shape: the validated file, for what needs secrets (`mailbox_settings`).
    """

    path: Path
    sha256: str
    store: str
    keep: Keep
    out: Path
    as_of: datetime | None
    analysis: AnalysisSettings
    formats: tuple[str, ...]
    shape: ConfigShape

    @property
    def base(self) -> Path:
        """Folder that relative paths are meant from."""
        return self.path.parent

    def mailbox_settings(self, index: int) -> MailboxSettings:
        """Settings of the mailbox at `index`, its secret resolved.

        Raises:
            ConfigurationError: the secret is not where the configuration says.
        """
        shape = self.shape.mailboxes[index]
        place = SettingPlace(self.base, str(self.path), ("mailboxes", index))
        return MailboxSettings(shape.name, source_settings(shape, place), self.selection(index))

    def selection(self, index: int) -> Selection:
        """Which mail of the mailbox at `index` to keep."""
        shape = self.shape.mailboxes[index]
        scope = self._scope() if shape.scope == "organisations" else None
        return Selection(scope, shape.since, shape.until)

    def _scope(self) -> frozenset[str]:
        organisations = self.analysis.organisations
        domains = {domain for organisation in organisations for domain in organisation.domains}
        people = {address for o in organisations for person in o.people for address in person.addresses}
        groups = {group.address for o in organisations for group in o.groups}
        return frozenset(domains | people | groups)


def load_config(path: Path) -> Config:
    """Read and check the configuration.

    Raises:
        ConfigurationError: with every problem at once, each with its path, line and what to do.
    """
    raw = _read(path)
    document = _parse(path, raw)
    try:
        shape = ConfigShape.model_validate(document)
    except ValidationError as error:
        raise ConfigurationError(str(path), problems_of(error, document)) from None
    problems = cross_check(shape, document)
    if problems:
        raise ConfigurationError(str(path), problems)
    return _config(path.resolve(), hashlib.sha256(raw).hexdigest(), shape)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        problem = SettingProblem("(file)", f"cannot be read: {error.strerror}", "name it: liaison -c FILE ...")
        raise ConfigurationError(str(path), (problem,)) from None


def _parse(path: Path, raw: bytes) -> object:
    try:
        document = YAML(typ="rt").load(raw)
    except MarkedYAMLError as error:
        raise ConfigurationError(str(path), (syntax_problem(error),)) from None
    except RecursionError:
        raise ConfigurationError(str(path), (SettingProblem("(file)", "not YAML: nested too deep"),)) from None
    except (YAMLError, ValueError) as error:  # ValueError: a number or a date that cannot be
        problem = SettingProblem("(file)", f"not YAML: {str(error).splitlines()[0]}", "look for dates and long numbers")
        raise ConfigurationError(str(path), (problem,)) from None
    return CommentedMap() if document is None else document


def _config(path: Path, sha256: str, shape: ConfigShape) -> Config:
    return Config(
        path=path,
        sha256=sha256,
        store=_absolute_store(shape.store, path.parent),
        keep=shape.keep,
        out=path.parent / shape.out,
        as_of=shape.as_of,
        analysis=_analysis(shape),
        formats=tuple(shape.report.formats),
        shape=shape,
    )


def _absolute_store(url: str, base: Path) -> str:
    scheme, separator, name = url.partition(":///")
    if scheme not in ("sqlite", "sqlite+pysqlite") or name == ":memory:":
        return url
    return f"{scheme}{separator}{base / name}"


def _analysis(shape: ConfigShape) -> AnalysisSettings:
    return AnalysisSettings(
        organisations=tuple(_organisation(organisation) for organisation in shape.organisations),
        relationships=tuple(_relationship(relationship) for relationship in shape.relationships),
        reader=ReaderSettings(**shape.reading.model_dump()),
        ownership=OwnershipSettings(**shape.ownership.model_dump()),
        measures=MeasureSettings(**shape.measures.model_dump()),
    )


def _organisation(shape: OrganisationShape) -> Organisation:
    return Organisation(
        id=shape.id,
        name=shape.name,
        role=shape.role,
        domains=tuple(shape.domains),
        people=tuple(KnownPerson(person.name, tuple(person.addresses)) for person in shape.people),
        groups=tuple(GroupAddress(group.address, group.size, tuple(group.members)) for group in shape.groups),
        working_time=_working_time(shape),
    )


def _working_time(shape: OrganisationShape) -> WorkingTime:
    opens, closes = parse_hours(shape.working_hours)
    return WorkingTime(
        time_zone=shape.time_zone,
        opens=opens,
        closes=closes,
        weekdays=frozenset(WEEKDAYS.index(day) for day in shape.working_days),
        holidays=shape.holidays,
        closed=frozenset(shape.closed),
    )


def _relationship(shape: RelationshipShape) -> Relationship:
    return Relationship(
        id=shape.id,
        client=shape.client,
        cmo=shape.cmo,
        client_contacts=tuple(_contact(contact) for contact in shape.points_of_contact.client),
        cmo_contacts=tuple(_contact(contact) for contact in shape.points_of_contact.cmo),
        decision_makers=tuple(shape.decision_makers),
        clauses=tuple(_clause(clause) for clause in shape.clauses),
    )


def _contact(shape: Address | ContactShape) -> PointOfContact:
    if isinstance(shape, str):
        return PointOfContact(shape)
    return PointOfContact(shape.address, tuple(shape.topics))


def _clause(shape: ClauseShape) -> Clause:
    other = {Role.CLIENT: Role.CMO, Role.CMO: Role.CLIENT}
    return Clause(
        id=shape.id,
        text=shape.text,
        topic=shape.topic,
        obliged=other[shape.from_] if shape.from_ else None,
        ack=shape.ack,
        answer=shape.answer,
        silence=shape.silence.after if shape.silence else None,
        silence_means=shape.silence.means if shape.silence else "",
    )

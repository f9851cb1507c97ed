"""What a report says, before anything is rendered: one frozen, format-free object for one relationship.

Every renderer is given the same `Document`. Moments are aware datetimes in UTC, ages are business days of the obliged
side unless a name says otherwise, and every order is fixed by `reports.build`.
"""

from dataclasses import dataclass
from datetime import datetime

from analysis.frames import Direction
from analysis.metrics.contacts import BandVerdict
from analysis.metrics.figures import Figure
from analysis.metrics.measures import PeriodMeasures
from models.polls import Copies
from models.vocabulary import (
    Addressing,
    AskKind,
    AutoKind,
    EventKind,
    FolderFate,
    Outcome,
    OwnerBasis,
    ReasonCode,
    RecipientKind,
    Role,
    State,
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person or group as a report names it.

    Attributes:
        address: Party.id.
        name: display name, "" where none was seen.
        organisation: the organisation's configured name, else its domain, else "".
        is_group: a distribution list, role mailbox or mailing list of `size` people where known.
    """

    address: str
    name: str = ""
    organisation: str = ""
    is_group: bool = False
    size: int | None = None

    @property
    def label(self) -> str:
        """The name, else the address."""
        return self.name or self.address


@dataclass(frozen=True, slots=True)
class Side:
    """One company of the relationship, with the calendar that its clocks run in.

    `hours` is "09:00-17:00", `weekdays` "Mon-Fri", `holidays` the country code of the holiday calendar ("" for none),
    `closed` further closed days, "2026-12-24". `contacts` are the configured points of contact.
    """

    id: str
    name: str
    role: Role
    time_zone: str
    hours: str
    weekdays: str
    holidays: str = ""
    closed: tuple[str, ...] = ()
    contacts: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a statement comes from.

    Attributes:
        thread, number: thread id and the message's place in it, from 1; 0 where the message is not in the thread.
        message: Message.id.
        rule, confidence: what found it, and how sure it is, in [0, 1].
        quote: the words, "" where it was the header fields.
    """

    thread: str
    number: int
    message: str
    rule: str
    confidence: float
    quote: str = ""


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """Why an ask is where it is: code, its n where it has one, the same in words, and the ground."""

    code: ReasonCode
    count: int | None
    words: str
    ground: Ground


@dataclass(frozen=True, slots=True)
class ClockLine:
    """The clock an ask runs against, as text ("1 BD"), and where it is written; `clause` is "" for a default."""

    topic: str
    ack: str
    answer: str
    source: str
    clause: str = ""
    silence: str = ""
    silence_means: str = ""


@dataclass(frozen=True, slots=True)
class EventLine:
    """One step in the life of an ask."""

    kind: EventKind
    at: datetime
    person: Person | None
    ground: Ground
    detail: str = ""


@dataclass(frozen=True, slots=True)
class AskLine:
    """One ask of the relationship as of the report's moment.

    Attributes:
        id, thread, message: Ask.id, Thread.id and Message.id.
        subject: of the thread.
        direction: from the asking to the obliged side; `asking` and `obliged` are those organisations' names.
        owner: None where nobody owns it; `owner_ground` is None exactly then.
        age_days: business days of the obliged side; `wall_days` on the wall.
        clock_share: age over the answer clock.
        suggested_owner: None where history says nothing; `suggestion` gives the reason in words.
    """

    id: str
    thread: str
    message: str
    subject: str
    state: State
    late: bool
    kind: AskKind
    topic: str
    direction: Direction
    quote: str
    rule: str
    confidence: float
    asker: Person
    asking: str
    obliged: str
    addressing: Addressing
    addressees: tuple[Person, ...]
    fan_out: int
    fan_out_exact: bool
    asked_at: datetime
    owner: Person | None
    owner_basis: OwnerBasis
    owner_ground: Ground | None
    reasons: tuple[ReasonLine, ...]
    chasers: int
    acknowledged_at: datetime | None
    answered_at: datetime | None
    answered_by: Person | None
    closed_at: datetime | None
    age_days: float
    wall_days: float
    clock: ClockLine
    clock_share: float
    ack_due: datetime
    answer_due: datetime
    silence_due: datetime | None
    suggested_owner: Person | None
    suggestion: str
    history: tuple[EventLine, ...] = ()


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A figure of one month: `value` is None where it is not defined or not reached."""

    month: str
    value: float | None
    n: int


@dataclass(frozen=True, slots=True)
class ScoreFigure:
    """What one company's figure is, with its last six months. `note` adds words to it."""

    side: str
    figure: Figure
    trend: tuple[TrendPoint, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A claim of the article, the measure that tests it, and what it is for each company.

    Attributes:
        claim: what the article says.
        measure: name of the figure; `meaning` says it in a sentence.
        client, cmo: the figure of the company it describes: who was asked, or who wrote.
        reference: target or survey figure to hold it against, "" where there is none.
        chapter: anchor of the chapter with the evidence.
    """

    claim: str
    measure: str
    meaning: str
    client: ScoreFigure
    cmo: ScoreFigure
    reference: str
    chapter: str


@dataclass(frozen=True, slots=True)
class DirectionChapter:
    """Every measure of asks and messages from `speaking` to `receiving` (organisations' names).

    `window` is over the rolling window, `month` over the report's calendar month (None where it is out of reach).
    """

    direction: Direction
    speaking: str
    receiving: str
    window: PeriodMeasures
    month: PeriodMeasures | None


@dataclass(frozen=True, slots=True)
class ContactLine:
    """Who carries one company's side in one period."""

    side: str
    period: str
    people: int
    leading: Person | None
    answer_share: Figure
    message_share: Figure
    effective: Figure
    verdict: BandVerdict | None
    band: tuple[float, float]


@dataclass(frozen=True, slots=True)
class TrafficLine:
    """Messages from one company to the other in one month; `running` months are not over."""

    month: str
    speaking: str
    receiving: str
    direction: Direction
    messages: int
    running: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that a statement rests on: half-open offsets into the message's new text, and what was seen there.

    `start` and `end` are None where the header fields were the ground. `ask` is the Ask.id.
    """

    start: int | None
    end: int | None
    label: str
    ask: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class RecipientLine:
    """A recipient and the field it stood in."""

    kind: RecipientKind
    person: Person


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One message of a thread, as its reader would see it.

    Attributes:
        number: its place in the thread, from 1.
        id: Message.id; `message_id` the Message-ID; `raw_sha256` of its bytes.
        sent_at: the Date header field; `received_at` what the servers noted; both None where unknown.
        text: the new text, cut after so many characters; `omitted` says how many are not shown.
        marks: in order of their place.
    """

    number: int
    id: str
    message_id: str
    raw_sha256: str
    sender: Person
    recipients: tuple[RecipientLine, ...]
    subject: str
    sent_at: datetime | None
    received_at: datetime | None
    auto: AutoKind
    text: str
    omitted: int
    attachments: tuple[str, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """A conversation with open asks: messages in time order, and the ids of its asks.

    Without asks it holds only those messages that statements about asks of other conversations rest on.
    """

    id: str
    subject: str
    messages: tuple[MessageLine, ...]
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOutLine:
    """Copies of a mailbox that are not among the messages: how many, in quarantine or out of scope, and why."""

    outcome: Outcome
    reason: str
    copies: int


@dataclass(frozen=True, slots=True)
class FolderLine:
    """A folder that the run behind this report did not read: what became of it, and why in words."""

    folder: str
    fate: FolderFate
    why: str


@dataclass(frozen=True, slots=True)
class MailboxLine:
    """What became of every copy that a mailbox has ever listed: seen is the sum of the other four.

    `reached` is whether the run behind this report read every folder of it; where not, `last_reached` says when one
    last did (None: never) and `error` why. `vanished` copies were listed once and are no more: they are kept.
    """

    name: str
    seen: int
    stored: int
    duplicate: int
    out_of_scope: int
    quarantined: int
    reached: bool
    last_reached: datetime | None = None
    error: str = ""
    left_out: tuple[LeftOutLine, ...] = ()
    folders: tuple[FolderLine, ...] = ()
    vanished: int = 0

    @property
    def troubled(self) -> tuple[FolderLine, ...]:
        """Folders that were to be read and were not."""
        return tuple(line for line in self.folders if line.fate in (FolderFate.STOPPED, FolderFate.LOST))


@dataclass(frozen=True, slots=True)
class LanguageLine:
    """Messages of the relationship in a language that Liaison does not read: no ask can have been found in them."""

    language: str
    messages: int


@dataclass(frozen=True, slots=True)
class DetectorRate:
    """The measured error rate of one detector on one labelled set.

    Attributes:
        n: labels.
        seen: the set was seen while the rules were made, so that the figures flatter.
        measured_on: date, ISO 8601.
        reader, rules: versions that were measured.
    """

    detector: str
    labelled_set: str
    n: int
    precision: float | None
    recall: float | None
    seen: bool = False
    measured_on: str = ""
    reader: str = ""
    rules: str = ""


@dataclass(frozen=True, slots=True)
class Versions:
    """What the report was made with: enough to make it again. Hashes are SHA-256 in hex.

    `facts` is of the ids and bytes' hashes of every message up to the report's moment, `messages` their number.
    """

    liaison: str
    config: str
    reader: str
    rules: str
    parser: str
    facts: str
    messages: int


@dataclass(frozen=True, slots=True)
class Document:
    """A report on one relationship.

    Attributes:
        relationship: Relationship.id.
        as_of: the moment; nothing after it was looked at.
        period: the calendar month of the monthly figures, "2026-10"; `window` names the rolling window,
            `window_days` is its length.
        attention: the limbo register, worst first.
        owned_late, owned, waiting, closed: the other asks; late ones by age over clock, the rest by date.
        not_measured: claims of the article that no figure here tests.
        detectors: empty where nothing was measured.
    """

    relationship: str
    client: Side
    cmo: Side
    as_of: datetime
    period: str
    window: str
    window_days: int
    attention: tuple[AskLine, ...]
    owned_late: tuple[AskLine, ...]
    owned: tuple[AskLine, ...]
    waiting: tuple[AskLine, ...]
    closed: tuple[AskLine, ...]
    scorecard: tuple[ScoreLine, ...]
    not_measured: tuple[str, ...]
    directions: tuple[DirectionChapter, ...]
    contacts: tuple[ContactLine, ...]
    traffic: tuple[TrafficLine, ...]
    threads: tuple[ThreadPage, ...]
    mailboxes: tuple[MailboxLine, ...]
    copies: Copies
    shared_message_ids: int
    doubtful_journals: tuple[str, ...]
    unread_languages: tuple[LanguageLine, ...]
    detectors: tuple[DetectorRate, ...]
    versions: Versions

    @property
    def title(self) -> str:
        """Both companies' names, client first."""
        return f"{self.client.name} and {self.cmo.name}"

    @property
    def asks(self) -> tuple[AskLine, ...]:
        """Every ask of the relationship: the register first, closed ones last."""
        return self.attention + self.owned_late + self.owned + self.waiting + self.closed

    def side(self, direction: Direction) -> Side:
        """The company that is obliged by asks in this direction."""
        return self.cmo if direction.obliged is Role.CMO else self.client

    def in_state(self, *states: State) -> tuple[AskLine, ...]:
        """The asks in these states, in the report's order."""
        return tuple(ask for ask in self.asks if ask.state in states)

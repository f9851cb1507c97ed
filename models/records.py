"""Facts and configuration words as frozen dataclasses: what mail says, who the companies are, what a poll saw.

Facts are written once and never changed. All moments are aware datetimes in UTC. Addresses are lower-case
`local@domain` strings. Judgements (spans, asks, states) are in `models.judgements`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from models.vocabulary import AutoKind, Outcome, RecipientKind, Role, RunState


@dataclass(frozen=True, slots=True)
class NamedAddress:
    """An address with its display name, as a header field writes it (RFC 5322, 3.4); both may be empty."""

    address: str
    display_name: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One address that a message went to, and where it stood."""

    address: str
    display_name: str = ""
    kind: RecipientKind = RecipientKind.TO


@dataclass(frozen=True, slots=True)
class Attachment:
    """What is known of an attachment without keeping it."""

    filename: str
    content_type: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something odd about a message: a stable code and the detail in words. Bad mail is data."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One mail, deduplicated.

    Attributes:
        id: SHA-256 (hex) of what makes a mail the same mail: sender, Date instant, subject without reply
            prefixes, folded body text without list footer, attachments' hashes. Copies in other folders, from other
            mailboxes or under another Message-ID have the same id.
        message_id: the Message-ID without angle brackets, "" where there is none.
        raw_sha256: SHA-256 of the bytes with line ends as CRLF.
        size_bytes: length of those bytes.
        sender: the From address (mended where a mailing list rewrote it).
        subject: decoded, folded to one line.
        in_reply_to, references: Message-IDs without angle brackets, in order.
        sent_at: the Date header field, None where missing or unreadable.
        received_at: the newest Received field, else INTERNALDATE or the mbox From line; None where unknown.
        at: the instant that every later stage uses: `sent_at` where it is plausible beside `received_at`, else that.
        body_text: the whole readable text, from text/plain or from HTML.
        new_text: what the writer wrote in this message: no quotes, no signature, no disclaimer.
        signature: the signature block that was cut off, "" where none was seen.
        auto: person or machine.
        list_id: List-Id or list address where a mailing list delivered it, else "".
        thread_index: Thread-Index header field (Outlook), "" where absent.
        calendar_method: METHOD of a text/calendar part (RFC 5546), "" where there is none.
        has_html: the text came from HTML.
        parser_version: version of the parser that derived `body_text` and `new_text`.
    """

    id: str
    message_id: str
    raw_sha256: str
    size_bytes: int
    sender: NamedAddress
    recipients: tuple[Recipient, ...]
    subject: str
    sent_at: datetime | None
    received_at: datetime | None
    at: datetime
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    reply_to: str = ""
    body_text: str = ""
    new_text: str = ""
    signature: str = ""
    auto: AutoKind = AutoKind.NONE
    list_id: str = ""
    thread_index: str = ""
    calendar_method: str = ""
    has_html: bool = False
    attachments: tuple[Attachment, ...] = ()
    problems: tuple[Problem, ...] = ()
    parser_version: str = ""


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """What parsing one message's bytes gave: a message, or None with the problems that sent it to quarantine."""

    message: Message | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerKey:
    """Where one copy of a message lies: RFC 9051's unique identifier, with the account in front."""

    account: str
    folder: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What became of one listed copy. `message` is the Message.id for stored and duplicate copies, else None."""

    key: LedgerKey
    outcome: Outcome
    message: str | None
    reason: str = ""
    internal_at: datetime | None = None
    size_bytes: int = 0
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class Arrival:
    """One listed copy on its way into the store: fetched bytes and what parsing gave.

    `parsed` is None for a copy that could not be fetched (then `reason` says why: it is quarantined). `out_of_scope`
    copies leave no content behind, only their ledger row.
    """

    key: LedgerKey
    raw: bytes
    parsed: ParsedMail | None
    internal_at: datetime | None = None
    out_of_scope: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FolderLedger:
    """What the ledger knows of one folder: its UIDVALIDITY and the UIDs with an outcome."""

    folder: str
    uidvalidity: int
    uids: frozenset[int]


@dataclass(frozen=True, slots=True)
class MailboxRun:
    """What one poll of one mailbox saw; seen = known + stored + duplicate + out_of_scope + quarantined."""

    name: str
    reached: bool
    seen: int = 0
    known: int = 0
    stored: int = 0
    duplicate: int = 0
    out_of_scope: int = 0
    quarantined: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command that changes the store. `seconds` maps stage names to wall seconds."""

    id: int
    command: str
    started_at: datetime
    as_of: datetime | None
    ended_at: datetime | None
    state: RunState
    mailboxes: tuple[MailboxRun, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    config_sha256: str = ""
    error: str = ""


# --- who the companies are: words of the configuration that every layer shares ---


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

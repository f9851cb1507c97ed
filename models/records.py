"""What mail says, as frozen dataclasses; polls have theirs in `models.polls`, companies in `models.companies`.

Facts are written once and never changed. All moments are aware datetimes in UTC. Addresses are lower-case
`local@domain` strings. Judgements (spans, asks, states) are in `models.judgements`.
"""

from dataclasses import dataclass
from datetime import date, datetime

from models.vocabulary import (
    AutoKind,
    DateSource,
    EmbeddedKind,
    MeetingSource,
    RecipientKind,
)


@dataclass(frozen=True, slots=True)
class NamedAddress:
    """An address with its display name, as a header field writes it (RFC 5322, 3.4); both may be empty."""

    address: str
    display_name: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One address that a message went to, and where it stood.

    `via` is the group through which it was reached, where a journal envelope says so; "" else.
    """

    address: str
    display_name: str = ""
    kind: RecipientKind = RecipientKind.TO
    via: str = ""


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
class Attendee:
    """Somebody invited to a meeting: `answer` is PARTSTAT in lower case (RFC 5545, 3.2.12), "" where none is told."""

    address: str
    display_name: str = ""
    answer: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Meeting:
    """What one message says of a meeting (RFC 5545, RFC 5546).

    Attributes:
        source: a text/calendar part, or the words of a plain-text invitation.
        method: REQUEST, CANCEL, REPLY, COUNTER ... in upper case, "" where none is told.
        uid: what all messages about one meeting share; "" in plain text.
        sequence: revision of the invitation.
        organiser: who called it.
        attendees: who is invited; in a REPLY, whose answer it is.
        starts_at, ends_at: moments, None where they cannot be told; a whole day begins at its midnight, in the
            event's zone where it names one.
        all_day: the event has dates and no times.
        recurrence: the RRULE value, "" for a single meeting.
        recurrence_id: start of the one occurrence that is meant, None where all are.
        summary, location: as written, on one line.
        status: STATUS in lower case, "" where none is told.
    """

    source: MeetingSource
    method: str = ""
    uid: str = ""
    sequence: int = 0
    organiser: NamedAddress = NamedAddress("")
    attendees: tuple[Attendee, ...] = ()
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    all_day: bool = False
    recurrence: str = ""
    recurrence_id: datetime | None = None
    summary: str = ""
    location: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class EmbeddedMessage:
    """An earlier mail inside this one: a reply's or forward's header block with text, or an attached message.

    Attributes:
        kind: `quoted` below an attribution or header block, `forwarded`, or `attached` (message/rfc822).
        sender: as far as it is told; either part may be empty.
        sent_at: the moment, where date, time and zone (the carrying message's, where none is told) can be read.
        sent: the date as it stands there.
        to: the recipients as they stand there, on one line.
        subject: as it stands there.
        message_id: of attached messages, "" else.
        start, end: half-open span of its text in the carrying message's `body_text`; 0, 0 for attached messages.
    """

    kind: EmbeddedKind
    sender: NamedAddress = NamedAddress("")
    sent_at: datetime | None = None
    sent: str = ""
    to: str = ""
    subject: str = ""
    message_id: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class ContactCard:
    """What a signature says of the writer; each part "" where it is not told."""

    name: str = ""
    title: str = ""
    organisation: str = ""
    phones: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """What an out-of-office reply says.

    Attributes:
        person: who is away; the writer where nobody else is named.
        away_from, returns_on: first day of absence and first day back, None where they are not told.
        cover: whom to turn to meanwhile; either part may be empty.
        language: of the notice, ISO 639-1, "" where it was told by header fields alone.
    """

    person: NamedAddress
    away_from: date | None = None
    returns_on: date | None = None
    cover: tuple[NamedAddress, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryFailure:
    """One recipient that a message did not reach (RFC 3464): enhanced status code, what the server said."""

    address: str
    status: str = ""
    detail: str = ""
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One mail, deduplicated.

    Attributes:
        id: SHA-256 (hex) of what makes a mail the same mail: sender, To, Date instant, subject without reply
            prefixes, folded body text without list footer, attachments' hashes, calendar events. Copies in other
            folders, from other mailboxes or under another Message-ID have the same id.
        message_id: the Message-ID without angle brackets, "" where there is none.
        raw_sha256: SHA-256 of the bytes with line ends as CRLF.
        size_bytes: length of those bytes.
        sender: the From address (mended where a mailing list rewrote it).
        subject: decoded, folded to one line.
        in_reply_to, references: Message-IDs without angle brackets, in order.
        sent_at: the Date header field, None where missing or unreadable.
        received_at: the newest Received field, else INTERNALDATE or the mbox From line; None where unknown.
        at: the instant that every later stage uses: `sent_at` unless what the first relay or the mailbox stamped speaks
            against it, else that.
        at_source: where `at` was taken from.
        body_text: the whole readable text, from text/plain or from HTML.
        new_text: what the writer wrote in this message: no quotes, no signature, no disclaimer.
        signature: the signature block that was cut off, "" where none was seen.
        auto: person or machine.
        list_id: List-Id or list address where a mailing list delivered it, else "".
        thread_index: Thread-Index header field (Outlook), "" where absent.
        calendar_method: METHOD of a text/calendar part (RFC 5546), "" where there is none.
        meetings: what it says of meetings.
        has_html: the text came from HTML.
        embedded: earlier mails that it carries, in the order of the text.
        contact: what its signature says of the writer, None where there is none.
        absence: what an out-of-office reply says, None in all other mail.
        failures: whom a bounce says was not reached.
        journaled: it came inside a journal report, so that its recipients are those of the envelope too.
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
    at_source: DateSource = DateSource.DATE
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
    meetings: tuple[Meeting, ...] = ()
    has_html: bool = False
    embedded: tuple[EmbeddedMessage, ...] = ()
    contact: ContactCard | None = None
    absence: Absence | None = None
    failures: tuple[DeliveryFailure, ...] = ()
    journaled: bool = False
    attachments: tuple[Attachment, ...] = ()
    problems: tuple[Problem, ...] = ()
    parser_version: str = ""


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """What parsing one message's bytes gave: a message, or None with the problems that sent it to quarantine."""

    message: Message | None
    problems: tuple[Problem, ...] = ()

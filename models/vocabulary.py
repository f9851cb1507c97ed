"""The closed lists of words that records, tables and reports share.

Every member's value is what stands in the store, in JSON and in CSV, so a value never changes once released.
"""

from enum import StrEnum


class Role(StrEnum):
    """What an organisation is in a relationship."""

    CLIENT = "client"
    CMO = "cmo"


class Outcome(StrEnum):
    """What became of one message that a server listed; every listed message ends as exactly one."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    OUT_OF_SCOPE = "out_of_scope"
    QUARANTINED = "quarantined"


class RecipientKind(StrEnum):
    """Where a recipient stands: a destination field (RFC 5322, 3.6.3) or a journal envelope."""

    TO = "to"
    CC = "cc"
    BCC = "bcc"
    ENVELOPE = "envelope"


class AutoKind(StrEnum):
    """Who wrote a message: a person, or a machine and of which kind (RFC 3834, RFC 3464)."""

    NONE = "none"
    OUT_OF_OFFICE = "out_of_office"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    RECEIPT = "receipt"
    BULK = "bulk"
    MEETING = "meeting"


class DateSource(StrEnum):
    """Where a message's moment was taken from: its Date field, a relay's Received field, or the mailbox."""

    DATE = "date"
    RECEIVED = "received"
    MAILBOX = "mailbox"


class MeetingSource(StrEnum):
    """Where a message says something of a meeting: a text/calendar part, or its words."""

    CALENDAR = "calendar"
    TEXT = "text"


class EmbeddedKind(StrEnum):
    """How an earlier mail stands inside another one."""

    QUOTED = "quoted"
    FORWARDED = "forwarded"
    ATTACHED = "attached"


class FolderFate(StrEnum):
    """What a poll did with a folder.

    `read` to its end; `unchanged` since the last poll, by the server's word; `excluded` by the settings; `stopped` for
    safety; `lost` with the connection or refused; `gone`: it held mail before and the server lists it no more.
    """

    READ = "read"
    UNCHANGED = "unchanged"
    EXCLUDED = "excluded"
    STOPPED = "stopped"
    LOST = "lost"
    GONE = "gone"


class AskKind(StrEnum):
    """What an ask wants."""

    QUESTION = "question"
    REQUEST = "request"
    REVIEW = "review"
    APPROVAL = "approval"
    PROPOSAL = "proposal"
    NOTIFICATION = "notification"
    IMPLICIT = "implicit"


class Addressing(StrEnum):
    """To whom the words and headers give an ask (design: the life of an ask, 1)."""

    NAMED = "named"
    PLURAL = "plural"
    GROUP = "group"


class OwnerBasis(StrEnum):
    """Why somebody is the owner of an ask, strongest first."""

    ASSIGNED = "assigned"
    VOLUNTEERED = "volunteered"
    ACTING = "acting"
    ADDRESSED = "addressed"
    STANDING = "standing"
    NONE = "none"


class State(StrEnum):
    """State of an ask as of a moment."""

    ANSWERED = "answered"
    OWNED = "owned"
    WAITING = "waiting"
    WATCH = "watch"
    LIMBO = "limbo"
    STRANDED = "stranded"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class EventKind(StrEnum):
    """What a later message (or the asking message itself) does to an ask."""

    ASKED = "asked"
    ADDRESSED = "addressed"
    ASSIGNED = "assigned"
    VOLUNTEERED = "volunteered"
    ACTING = "acting"
    REFUSED = "refused"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    DECLINED = "declined"
    ASKED_BACK = "asked_back"
    ASKER_REPLIED = "asker_replied"
    CHASER = "chaser"
    HANDED_ON = "handed_on"
    OUT_OF_OFFICE = "out_of_office"
    WITHDRAWN = "withdrawn"
    SUBJECT_DRIFT = "subject_drift"


class ReasonCode(StrEnum):
    """Why an ask is where it is (design: the life of an ask, 6)."""

    FAN_OUT = "FAN_OUT"
    GROUP_ADDRESS = "GROUP_ADDRESS"
    CC_ONLY = "CC_ONLY"
    OWNER_SILENT = "OWNER_SILENT"
    OWNER_LEFT = "OWNER_LEFT"
    OUT_OF_OFFICE = "OUT_OF_OFFICE"
    HANDED_ON_UNANSWERED = "HANDED_ON_UNANSWERED"
    CHASED = "CHASED"
    PROMISE_BROKEN = "PROMISE_BROKEN"
    ANSWERED_OFF_THREAD = "ANSWERED_OFF_THREAD?"
    SUBJECT_DRIFT = "SUBJECT_DRIFT"


class Keep(StrEnum):
    """How much of a message the store keeps.

    `raw`: the bytes, compressed, and all text. `text`: all text. `metadata`: header fields and the new text only.
    """

    RAW = "raw"
    TEXT = "text"
    METADATA = "metadata"


class RunState(StrEnum):
    """How a run ended, or that it has not."""

    STARTED = "started"
    DONE = "done"
    INCOMPLETE = "incomplete"
    FAILED = "failed"


OPEN_OWNERLESS = frozenset({State.WATCH, State.LIMBO, State.STRANDED, State.EXPIRED})
"""States that the limbo register lists."""

OPEN_STATES = OPEN_OWNERLESS | {State.OWNED, State.WAITING}
"""States of an ask that nobody has closed."""

"""What polls saw and did: the ledger of copies, marks of folders, runs. Facts, as `models.records`; moments in UTC."""

from dataclasses import dataclass, field, fields
from datetime import datetime

from models.records import ParsedMail
from models.vocabulary import FolderFate, Outcome, RunState


@dataclass(frozen=True, slots=True)
class LedgerKey:
    """Where one copy of a message lies: RFC 9051's unique identifier, with the account in front.

    `uidvalidity` is the server's, and in the bits above the lower 32 how often the server began anew under it.
    """

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

    `parsed` is None for a copy that could not be fetched (then `reason` says why: it is quarantined, and `size_bytes`
    is what the mailbox told). `out_of_scope` copies leave no content behind, only their ledger row with the reason.
    """

    key: LedgerKey
    raw: bytes
    parsed: ParsedMail | None
    internal_at: datetime | None = None
    out_of_scope: bool = False
    reason: str = ""
    size_bytes: int = 0


@dataclass(frozen=True, slots=True)
class FolderLedger:
    """The UIDs with an outcome of one numbering of a folder, from a first UID on.

    `out_of_scope`: those of them that another selection may want; asked for only where the selection changed.
    """

    folder: str
    uidvalidity: int
    uids: frozenset[int]
    out_of_scope: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class FolderMark:
    """Where the last finished poll of a folder stood, so that the next one asks only for what came since.

    Attributes:
        uidvalidity: what the other numbers are valid for.
        messages: how many the folder listed.
        next_uid: every UID below it that the folder lists has an outcome; None where UIDs do not grow (files).
        modseq: HIGHESTMODSEQ (RFC 7162), or a fingerprint of files; None where there is neither.
        selection: what the poll was asked to keep (scope, date window), hashed; another one looks at what was left out
            of scope again.
    """

    account: str
    folder: str
    uidvalidity: int
    messages: int
    next_uid: int | None = None
    modseq: int | None = None
    selection: str = ""


@dataclass(frozen=True, slots=True)
class Copies:
    """Copies of stored messages over the whole ledger, by where they lay, each counted once.

    Attributes:
        stored: messages, to take shares of.
        other_mailbox: the stored copy lay in another mailbox.
        other_folder: in another folder of the same mailbox.
        same_folder: in the same folder, delivered twice.
        renumbered: in the same folder, which the server numbered anew.
        message_ids: further Message-IDs under which stored messages came.
    """

    stored: int = 0
    other_mailbox: int = 0
    other_folder: int = 0
    same_folder: int = 0
    renumbered: int = 0
    message_ids: int = 0

    @property
    def places(self) -> tuple[tuple[int, str], ...]:
        """How many lay where, in words; what did not occur is left out."""
        told = (
            (self.other_mailbox, "in another mailbox"),
            (self.other_folder, "in another folder"),
            (self.same_folder, "delivered twice"),
            (self.renumbered, "in a folder that was numbered anew"),
            (self.message_ids, "under a further Message-ID"),
        )
        return tuple((count, words) for count, words in told if count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What became of the messages that were listed; seen = known + stored + duplicate + out_of_scope + quarantined."""

    seen: int = 0
    known: int = 0
    stored: int = 0
    duplicate: int = 0
    out_of_scope: int = 0
    quarantined: int = 0


COUNTS = tuple(count.name for count in fields(Counts))


@dataclass(frozen=True, slots=True)
class FolderRun(Counts):
    """What one poll saw of one folder; the counts add up where it was read.

    Attributes:
        fate: whether it was read, and why not.
        vanished: copies that the last finished poll listed and this one does not.
        fetched_bytes: of the messages that were fetched.
        reasons: why copies were quarantined or left out of scope -> how many.
        error: what went wrong, in words with the next step, or why it was left out; "" else.
    """

    folder: str
    fate: FolderFate
    vanished: int = 0
    fetched_bytes: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    error: str = ""


@dataclass(frozen=True, slots=True)
class MailboxRun(Counts):
    """What one poll of one mailbox saw: the sums over its folders.

    `reached`: every folder that was asked for was read to its end. `folders`: one entry a folder, also those left out.
    """

    name: str
    reached: bool
    error: str = ""
    folders: tuple[FolderRun, ...] = ()


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

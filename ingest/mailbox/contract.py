"""The one contract of every mailbox: list folders, look into one, fetch by UID. Nothing in it can change mail."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, Self

from ingest.settings import FetchLimits

TOO_LARGE = "too_large"
GONE = "gone"
REFUSED = "refused"
OUT_OF_WINDOW = "out_of_window"
NO_MAIL = "no_mail"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that the mailbox lists.

    Attributes:
        name: what the mailbox calls it.
        excluded: why the settings leave it out, in words; "" where it is to be read.
    """

    name: str
    excluded: str = ""


@dataclass(frozen=True, slots=True)
class FolderStatus:
    """What a mailbox tells of a folder without listing it (STATUS, RFC 9051, section 6.3.11).

    Attributes:
        uidvalidity: as long as it stays, a UID means the same message (RFC 9051, section 2.3.1.1).
        messages: how many it holds, None where only reading it tells (mbox): then `modseq` alone says whether it
            changed.
        next_uid: greater than every UID in it; new mail gets this one or a greater one; None where UIDs do not grow.
        modseq: HIGHESTMODSEQ (RFC 7162), or a fingerprint of files; None where there is neither.
    """

    folder: str
    uidvalidity: int
    messages: int | None
    next_uid: int | None
    modseq: int | None = None


@dataclass(frozen=True, slots=True)
class FolderState:
    """What a folder lists now.

    Attributes:
        folder: its name.
        uidvalidity: as long as it stays, a UID means the same message (RFC 9051, section 2.3.1.1).
        uids: UIDs from the first one asked for, in the order of arrival.
        messages: how many it holds in all, those below the first UID asked for included.
        next_uid: greater than every UID in it, None where UIDs do not grow (files).
        modseq: HIGHESTMODSEQ (RFC 7162), or a fingerprint of files; None where there is neither.
    """

    folder: str
    uidvalidity: int
    uids: tuple[int, ...]
    messages: int
    next_uid: int | None = None
    modseq: int | None = None


@dataclass(frozen=True, slots=True)
class FetchedMail:
    """One message's bytes, or why there are none.

    Attributes:
        uid: which message.
        raw: its bytes, empty where `problem` says why.
        internal_at: when the mailbox got it (INTERNALDATE, mbox From line, file time); None where unknown.
        problem: `TOO_LARGE`, `GONE` (expunged after it was listed), `REFUSED` with detail, `NO_MAIL` with
            the name of a file that is none, or `OUT_OF_WINDOW`; "" where all is well.
        size_bytes: how large the mailbox says it is, where it was not fetched; 0 where that is unknown.
    """

    uid: int
    raw: bytes
    internal_at: datetime | None = None
    problem: str = ""
    size_bytes: int = 0


class MailSource(Protocol):
    """A mailbox that is open for reading."""

    @property
    def name(self) -> str:
        """What reports and the ledger call it."""

    def folders(self) -> tuple[Folder, ...]:
        """Every folder of the mailbox, each once, also those that the settings leave out.

        Raises:
            MailboxUnreachableError: the mailbox does not answer.
            MailboxRefusedError: a folder or pattern of the settings means none that is there.
        """

    def statuses(self, folders: Sequence[str]) -> dict[str, FolderStatus]:
        """What can be told of folders without looking into them; those that it cannot be told of are left out.

        Raises:
            MailboxUnreachableError: the mailbox does not answer.
        """

    def select(self, folder: str, first_uid: int = 1) -> FolderState:
        """Look into a folder without changing it; `fetch` then reads from this one.

        Args:
            folder: one of `folders()`.
            first_uid: UIDs below it need not be listed; mailboxes whose UIDs do not grow list all.

        Raises:
            MailboxUnreachableError: the mailbox does not answer.
            MailboxRefusedError: the folder is not there or may not be read.
        """

    def fetch(self, uids: Sequence[int], limits: FetchLimits = ..., since: date | None = None) -> Iterator[FetchedMail]:
        """Messages of the selected folder, each exactly once, in the order of `uids`.

        Args:
            uids: which.
            limits: how much to ask for at once, and how large one message may be.
            since: a mailbox that can tell without fetching that a message came before this day (with a day to spare for
                time zones) may answer `OUT_OF_WINDOW` for it.

        Raises:
            MailboxUnreachableError: the connection was lost for good; what was yielded before is whole.
        """

    def close(self) -> None:
        """Leave; safe to call twice and after a lost connection."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc_info: object) -> None: ...

"""The one contract of every mailbox: list folders, look into one, fetch by UID. Nothing in it can change mail."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, Self

from ingest.settings import FetchLimits

TOO_LARGE = "too_large"
GONE = "gone"
REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FolderState:
    """What a folder lists now.

    Attributes:
        folder: its name.
        uidvalidity: as long as it stays, a UID means the same message (RFC 9051, section 2.3.1.1).
        uids: every message's UID, in the order of arrival.
    """

    folder: str
    uidvalidity: int
    uids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FetchedMail:
    """One message's bytes, or why there are none.

    Attributes:
        uid: which message.
        raw: its bytes, empty where `problem` says why.
        internal_at: when the mailbox got it (INTERNALDATE, mbox From line, file time); None where unknown.
        problem: `TOO_LARGE`, `GONE` (expunged after it was listed) or `REFUSED` with detail, "" where all is well.
    """

    uid: int
    raw: bytes
    internal_at: datetime | None = None
    problem: str = ""


class MailSource(Protocol):
    """A mailbox that is open for reading."""

    @property
    def name(self) -> str:
        """What reports and the ledger call it."""

    def folders(self) -> tuple[str, ...]:
        """Names of the folders to read, each once.

        Raises:
            MailboxUnreachableError: the mailbox does not answer.
            MailboxRefusedError: a folder that was asked for is not there.
        """

    def select(self, folder: str) -> FolderState:
        """Look into a folder without changing it; `fetch` then reads from this one.

        Raises:
            MailboxUnreachableError: the mailbox does not answer.
            MailboxRefusedError: the folder is not there or may not be read.
        """

    def fetch(self, uids: Sequence[int], limits: FetchLimits = ...) -> Iterator[FetchedMail]:
        """Messages of the selected folder, each exactly once, in the order of `uids`.

        Raises:
            MailboxUnreachableError: the connection was lost; what was yielded before is whole.
        """

    def close(self) -> None:
        """Leave; safe to call twice and after a lost connection."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc_info: object) -> None: ...

"""A mailbox in memory: for trying things out, and the plainest statement of what the contract means."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Self

from ingest.mailbox.contract import GONE, OUT_OF_WINDOW, TOO_LARGE, FetchedMail, Folder, FolderState, FolderStatus
from ingest.settings import FetchLimits
from models.errors import MailboxRefusedError, MailboxUnreachableError

_EVERYTHING = FetchLimits()
_ZONES = timedelta(days=1)


@dataclass
class _Folder:
    uidvalidity: int
    next_uid: int = 1
    mail: dict[int, FetchedMail] = field(default_factory=dict)

    def add(self, raw: bytes, internal_at: datetime | None) -> int:
        uid, self.next_uid = self.next_uid, self.next_uid + 1
        self.mail[uid] = FetchedMail(uid, raw, internal_at)
        return uid


class MemoryMailbox:
    """Folders of messages that can be delivered, moved, expunged and numbered anew, and a connection that can be lost.

    Every numbering of a folder has a UIDVALIDITY of its own, as a server's should (RFC 9051, section 2.3.1.1).

    Args:
        name: what reports and the ledger call it.
        folders: that are there from the beginning.
        excluded: folders to leave out -> why.
        tells_status: whether it answers `statuses`.
    """

    def __init__(
        self,
        name: str,
        folders: Sequence[str] = ("INBOX",),
        *,
        excluded: Mapping[str, str] | None = None,
        tells_status: bool = True,
    ) -> None:
        self.name = name
        self.tells_status = tells_status
        self._numberings = count(1)
        self._folders = {folder: self._new_folder() for folder in folders}
        self._excluded = dict(excluded or {})
        self._refused: set[str] = set()
        self._selected = ""
        self._answers_left: int | None = None

    # --- the other side: where mail is delivered and removed ---

    def deliver(self, raw: bytes, folder: str = "INBOX", internal_at: datetime | None = None) -> int:
        """Add a message at the end of a folder, which is made if it is not there; returns its UID."""
        if folder not in self._folders:
            self._folders[folder] = self._new_folder()
        return self._folders[folder].add(raw, internal_at)

    def expunge(self, uid: int, folder: str = "INBOX") -> None:
        """Remove a message for good; its UID is not used again."""
        del self._folders[folder].mail[uid]

    def move(self, uid: int, folder: str, to: str) -> int:
        """Move a message to the end of another folder (RFC 6851); returns its UID there."""
        mail = self._folders[folder].mail.pop(uid)
        return self.deliver(mail.raw, to, mail.internal_at)

    def rename_folder(self, folder: str, to: str) -> None:
        """Give a folder another name; its UIDVALIDITY and UIDs stay. `to` must be free."""
        if to in self._folders:
            msg = f"folder {to!r} is there already"
            raise ValueError(msg)
        self._folders[to] = self._folders.pop(folder)

    def remove_folder(self, folder: str) -> None:
        """Remove a folder with its mail; one that is made later under its name is numbered anew."""
        del self._folders[folder]

    def renumber(self, folder: str = "INBOX") -> None:
        """Number a folder anew, as a server does after a restore: new UIDVALIDITY, UIDs from 1."""
        old = self._folders[folder]
        new = self._folders[folder] = self._new_folder()
        for mail in old.mail.values():
            new.add(mail.raw, mail.internal_at)

    def restore(self, folder: str, next_uid: int) -> None:
        """Put a folder back to where it stood before a UID was given, as a backup does that keeps UIDVALIDITY."""
        found = self._folders[folder]
        found.next_uid = next_uid
        found.mail = {uid: mail for uid, mail in found.mail.items() if uid < next_uid}

    def refuse(self, *folders: str) -> None:
        """Refuse to open these folders, and only these, from now on."""
        self._refused = set(folders)

    def disconnect_after(self, answers: int) -> None:
        """Lose the connection after so many answers: listings, selections and messages count alike."""
        self._answers_left = answers

    def reconnect(self) -> None:
        """Answer again."""
        self._answers_left = None

    def listed(self) -> dict[str, tuple[bytes, ...]]:
        """Every folder's messages, in order of arrival."""
        return {name: tuple(mail.raw for mail in folder.mail.values()) for name, folder in self._folders.items()}

    # --- the mailbox, as the contract has it ---

    def folders(self) -> tuple[Folder, ...]:
        """All folders."""
        self._answer()
        return tuple(Folder(name, self._excluded.get(name, "")) for name in self._folders)

    def statuses(self, folders: Sequence[str]) -> dict[str, FolderStatus]:
        """The state of folders, without their listings."""
        self._answer()
        known = [(name, self._folders[name]) for name in folders if name in self._folders and self.tells_status]
        return {
            name: FolderStatus(name, folder.uidvalidity, len(folder.mail), folder.next_uid) for name, folder in known
        }

    def select(self, folder: str, first_uid: int = 1) -> FolderState:
        """Look into a folder.

        Raises:
            MailboxRefusedError: there is none of this name, or it is refused.
        """
        self._answer()
        if folder not in self._folders:
            raise MailboxRefusedError(self.name, f"folder {folder!r} is not there", "deliver something to it first")
        if folder in self._refused:
            raise MailboxRefusedError(self.name, f"folder {folder!r} may not be read", "grant the right to read it")
        self._selected = folder
        found = self._folders[folder]
        uids = tuple(uid for uid in found.mail if uid >= first_uid)
        return FolderState(folder, found.uidvalidity, uids, len(found.mail), found.next_uid)

    def fetch(
        self, uids: Sequence[int], limits: FetchLimits = _EVERYTHING, since: date | None = None
    ) -> Iterator[FetchedMail]:
        """Messages of the selected folder, in the order of `uids`."""
        for uid in uids:
            self._answer()
            yield _bounded(uid, self._folders[self._selected].mail.get(uid), limits, since)

    def close(self) -> None:
        """Nothing to leave."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def _new_folder(self) -> _Folder:
        return _Folder(next(self._numberings))

    def _answer(self) -> None:
        if self._answers_left is None:
            return
        if self._answers_left == 0:
            raise MailboxUnreachableError(self.name, "the connection was lost", "type: liaison ingest")
        self._answers_left -= 1


def _bounded(uid: int, mail: FetchedMail | None, limits: FetchLimits, since: date | None) -> FetchedMail:
    if mail is None:
        return FetchedMail(uid, b"", problem=GONE)
    size = len(mail.raw)
    if since is not None and mail.internal_at is not None and mail.internal_at.date() < since - _ZONES:
        return FetchedMail(uid, b"", mail.internal_at, OUT_OF_WINDOW, size)
    if size > limits.message_bytes:
        return FetchedMail(uid, b"", mail.internal_at, TOO_LARGE, size)
    return mail

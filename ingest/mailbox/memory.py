"""A mailbox in memory: for trying things out, and the plainest statement of what the contract means."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from ingest.mailbox.contract import GONE, TOO_LARGE, FetchedMail, FolderState
from ingest.settings import FetchLimits
from models.errors import MailboxRefusedError

_EVERYTHING = FetchLimits()


@dataclass
class _Folder:
    uidvalidity: int = 1
    next_uid: int = 1
    mail: dict[int, FetchedMail] = field(default_factory=dict)

    def add(self, raw: bytes, internal_at: datetime | None) -> int:
        uid, self.next_uid = self.next_uid, self.next_uid + 1
        self.mail[uid] = FetchedMail(uid, raw, internal_at)
        return uid


class MemoryMailbox:
    """Folders of messages that can be delivered, expunged and numbered anew."""

    def __init__(self, name: str, folders: Sequence[str] = ("INBOX",)) -> None:
        self.name = name
        self._folders = {folder: _Folder() for folder in folders}
        self._selected = ""

    def deliver(self, raw: bytes, folder: str = "INBOX", internal_at: datetime | None = None) -> int:
        """Add a message at the end of a folder, which is made if it is not there; returns its UID."""
        return self._folders.setdefault(folder, _Folder()).add(raw, internal_at)

    def expunge(self, uid: int, folder: str = "INBOX") -> None:
        """Remove a message for good; its UID is not used again."""
        del self._folders[folder].mail[uid]

    def renumber(self, folder: str = "INBOX") -> None:
        """Number a folder anew, as a server does after a restore: new UIDVALIDITY, UIDs from 1."""
        old = self._folders[folder]
        new = self._folders[folder] = _Folder(uidvalidity=old.uidvalidity + 1)
        for mail in old.mail.values():
            new.add(mail.raw, mail.internal_at)

    def folders(self) -> tuple[str, ...]:
        """Names of all folders."""
        return tuple(self._folders)

    def select(self, folder: str) -> FolderState:
        """Look into a folder.

        Raises:
            MailboxRefusedError: there is none of this name.
        """
        if folder not in self._folders:
            raise MailboxRefusedError(self.name, f"folder {folder!r} is not there", "deliver something to it first")
        self._selected = folder
        return FolderState(folder, self._folders[folder].uidvalidity, tuple(self._folders[folder].mail))

    def fetch(self, uids: Sequence[int], limits: FetchLimits = _EVERYTHING) -> Iterator[FetchedMail]:
        """Messages of the selected folder, in the order of `uids`."""
        for uid in uids:
            mail = self._folders[self._selected].mail.get(uid)
            if mail is None:
                yield FetchedMail(uid, b"", problem=GONE)
            elif len(mail.raw) > limits.message_bytes:
                yield FetchedMail(uid, b"", mail.internal_at, problem=TOO_LARGE)
            else:
                yield mail

    def close(self) -> None:
        """Nothing to leave."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

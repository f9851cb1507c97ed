"""A Maildir as a mailbox, with Maildir++ sub-folders; read without moving or renaming a single file.

UIDs come from the unique part of a file's name, which stays when another program sets flags or moves a message from
`new` to `cur`.
"""

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Self

from ingest.mailbox.compressed import DAMAGED, unpacked
from ingest.mailbox.contract import GONE, REFUSED, TOO_LARGE, FetchedMail, Folder, FolderState, FolderStatus
from ingest.mailbox.numbering import UNCHANGING, fingerprint, number_all
from ingest.mailbox.patterns import is_set_aside
from ingest.mailbox.trees import in_words
from ingest.settings import FetchLimits
from models.errors import MailboxRefusedError, MailboxUnreachableError
from models.storable_text import storable

INBOX = "INBOX"
SET_ASIDE = "drafts, junk or trash"
_EVERYTHING = FetchLimits()
_FIRST_TRUE_SECOND = 631_152_000
"""1 January 1990, before there were Maildirs."""


class MaildirMailbox:
    """A Maildir, opened for reading. Sub-folders of drafts, junk and trash are left out."""

    def __init__(self, name: str, path: Path, sub_folders: Mapping[str, Path]) -> None:
        self.name = name
        self._path = path
        self._sub_folders = sub_folders
        self._folder = path
        self._unique_names: dict[int, str] = {}

    @classmethod
    def open(cls, name: str, path: Path) -> Self:
        """Open the folder.

        Raises:
            MailboxUnreachableError: it is not there, or a folder in it may not be looked into.
            MailboxRefusedError: it is no Maildir.
        """
        if not path.is_dir():
            raise MailboxUnreachableError(name, f"{path} is not a folder", "look at maildir: in config.yaml")
        if not (path / "cur").is_dir():
            raise MailboxRefusedError(name, f"{path} is no Maildir: it has no cur", "look at maildir: in config.yaml")
        try:
            return cls(name, path, _sub_folders(path))
        except OSError as error:
            told = f"{error.filename or path}: {error.strerror or error}"
            raise MailboxUnreachableError(name, told, "look at its rights") from None

    def folders(self) -> tuple[Folder, ...]:
        """INBOX and the sub-folders, "/" between levels."""
        return (Folder(INBOX), *(Folder(name, SET_ASIDE * is_set_aside(name)) for name in sorted(self._sub_folders)))

    def statuses(self, folders: Sequence[str]) -> dict[str, FolderStatus]:
        """How many files each folder has, and whether they are others than before; their names tell that."""
        told = {}
        for folder in folders:
            try:
                names = _names(self._place(folder))
            except OSError:
                continue
            told[folder] = FolderStatus(folder, UNCHANGING, len(names), None, fingerprint(*names))
        return told

    def select(self, folder: str, first_uid: int = 1) -> FolderState:  # noqa: ARG002  # hashes do not grow
        """List a folder.

        Raises:
            MailboxRefusedError: there is none of this name, or it may not be read.
        """
        self._folder = self._place(folder)
        try:
            names = _names(self._folder)
        except OSError as error:
            raise MailboxRefusedError(self.name, f"folder {folder!r}: {error.strerror}", "look at its rights") from None
        uids = number_all(name.encode(errors="surrogateescape") for name in names)
        self._unique_names = dict(zip(uids, names, strict=True))
        return FolderState(folder, UNCHANGING, uids, len(uids), modseq=fingerprint(*names))

    def fetch(
        self,
        uids: Sequence[int],
        limits: FetchLimits = _EVERYTHING,
        since: date | None = None,  # noqa: ARG002  # the file's time is no word on the message's day
    ) -> Iterator[FetchedMail]:
        """Messages by UID, wherever their files are by now."""
        files = {_unique(path): path for path in _files(self._folder)}
        for uid in uids:
            name = self._unique_names.get(uid, "")
            yield self._read(uid, name, files.get(name), limits)

    def _read(self, uid: int, name: str, path: Path | None, limits: FetchLimits) -> FetchedMail:
        # a mail program may rename the file between listing and reading
        for candidate in (path, *self._folder.glob(f"*/{_escape(name)}*")) if name else ():
            mail = _content(uid, candidate, limits) if candidate else None
            if mail is not None:
                return mail
        return FetchedMail(uid, b"", problem=GONE)

    def _place(self, folder: str) -> Path:
        return self._path if folder == INBOX else self._sub_folders.get(folder, self._path / f".{folder}")

    def close(self) -> None:
        """Nothing is held open."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()


def _sub_folders(top: Path) -> dict[str, Path]:
    """Sub-folders by name: ".Archive.2025" of Maildir++, and "Archive/2025" as other programs nest them."""
    found: dict[str, Path] = {}
    for place, inner, _ in os.walk(top, onerror=_raise):
        inner[:] = sorted(set(inner) - {"cur", "new", "tmp"})
        for path in (Path(place, name) for name in inner):
            if (path / "cur").is_dir():
                parts = path.relative_to(top).parts
                name = storable("/".join(part[1:].replace(".", "/") if part[0] == "." else part for part in parts))
                found[_free(name, found)] = path
    return found


def _free(name: str, taken: Mapping[str, Path]) -> str:
    number, free = 1, name
    while free in taken or free == INBOX:
        number += 1
        free = f"{name} ({number})"
    return free


def _raise(error: OSError) -> None:
    raise error


def _names(folder: Path) -> list[str]:
    return sorted({_unique(path) for path in _files(folder)}, key=_arrival)


def _files(folder: Path) -> list[Path]:
    found = [path for part in ("new", "cur") if (folder / part).exists() for path in (folder / part).iterdir()]
    if not found and not (folder / "cur").is_dir():
        raise FileNotFoundError(2, "not there", str(folder))
    return [path for path in found if not path.name.startswith(".")]


def _unique(path: Path) -> str:
    return path.name.partition(":")[0]


def _escape(name: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)


def _arrival(name: str) -> tuple[int, str]:
    """Names begin with the second of delivery, so this is the order of arrival."""
    second = name.partition(".")[0]
    return (int(second) if second.isdecimal() and len(second) < 20 else 0, name)  # noqa: PLR2004  # a sane clock


def _content(uid: int, path: Path, limits: FetchLimits) -> FetchedMail | None:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            # reading a pipe may wait forever, and a device may never end
            return FetchedMail(uid, b"", problem=f"{REFUSED}: {storable(path.name)} is no ordinary file")
        received = _received(path, status.st_mtime)
        if status.st_size > limits.message_bytes:
            return FetchedMail(uid, b"", received, problem=TOO_LARGE, size_bytes=status.st_size)
        raw = unpacked(path.read_bytes(), limits.message_bytes)
    except FileNotFoundError:
        return None
    except DAMAGED as error:
        return FetchedMail(uid, b"", problem=f"{REFUSED}: {storable(path.name)}: {in_words(error)}"[:500])
    if len(raw) > limits.message_bytes:
        return FetchedMail(uid, b"", received, problem=TOO_LARGE, size_bytes=len(raw))
    return FetchedMail(uid, raw, received)


def _received(path: Path, changed: float) -> datetime:
    """The earlier of the file's time and of the second in its name: copying a Maildir often loses the former."""
    second = _arrival(_unique(path))[0]
    return datetime.fromtimestamp(min(changed, second) if second > _FIRST_TRUE_SECOND else changed, UTC)

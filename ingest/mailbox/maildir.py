"""A Maildir as a mailbox, with Maildir++ sub-folders; read without moving or renaming a single file.

UIDs come from the unique part of a file's name, which stays when another program sets flags or moves a message from
`new` to `cur`.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from ingest.mailbox.contract import GONE, TOO_LARGE, FetchedMail, FolderState
from ingest.mailbox.numbering import UNCHANGING, number_all
from ingest.mailbox.patterns import is_set_aside
from ingest.settings import FetchLimits
from models.errors import MailboxRefusedError, MailboxUnreachableError

INBOX = "INBOX"
_EVERYTHING = FetchLimits()


class MaildirMailbox:
    """A Maildir, opened for reading. Sub-folders of drafts, junk and trash are left out."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self._path = path
        self._folder = path
        self._unique_names: dict[int, str] = {}

    @classmethod
    def open(cls, name: str, path: Path) -> Self:
        """Open the folder.

        Raises:
            MailboxUnreachableError: it is not there.
            MailboxRefusedError: it is no Maildir.
        """
        if not path.is_dir():
            raise MailboxUnreachableError(name, f"{path} is not a folder", "look at maildir: in config.yaml")
        if not (path / "cur").is_dir():
            raise MailboxRefusedError(name, f"{path} is no Maildir: it has no cur", "look at maildir: in config.yaml")
        return cls(name, path)

    def folders(self) -> tuple[str, ...]:
        """INBOX and the sub-folders, "/" between levels."""
        names = sorted(path.name[1:].replace(".", "/") for path in self._path.glob(".?*") if (path / "cur").is_dir())
        return (INBOX, *(name for name in names if not is_set_aside(name)))

    def select(self, folder: str) -> FolderState:
        """List a folder.

        Raises:
            MailboxRefusedError: there is none of this name, or it may not be read.
        """
        self._folder = self._path if folder == INBOX else self._path / ("." + folder.replace("/", "."))
        try:
            names = sorted({_unique(path) for path in _files(self._folder)}, key=_arrival)
        except OSError as error:
            raise MailboxRefusedError(self.name, f"folder {folder!r}: {error.strerror}", "look at its rights") from None
        uids = number_all(name.encode(errors="surrogateescape") for name in names)
        self._unique_names = dict(zip(uids, names, strict=True))
        return FolderState(folder, UNCHANGING, uids)

    def fetch(self, uids: Sequence[int], limits: FetchLimits = _EVERYTHING) -> Iterator[FetchedMail]:
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

    def close(self) -> None:
        """Nothing is held open."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()


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
        received = datetime.fromtimestamp(status.st_mtime, UTC)
        if status.st_size > limits.message_bytes:
            return FetchedMail(uid, b"", received, problem=TOO_LARGE)
        return FetchedMail(uid, path.read_bytes(), received)
    except FileNotFoundError:
        return None

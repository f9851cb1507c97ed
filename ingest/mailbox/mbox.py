"""An mbox file, perhaps compressed, as a mailbox: one folder.

UIDs are hashes of the whole messages with their From_ lines: anything less (sizes, heads and tails) would save half
of the processor's time, none of the disk's, and take two mails for one some day. A file that is as it was at the last
poll is not read at all.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Self

from ingest.mailbox.compressed import open_plain, read_head
from ingest.mailbox.contract import GONE, TOO_LARGE, FetchedMail, Folder, FolderState, FolderStatus
from ingest.mailbox.file_bytes import FileBytes
from ingest.mailbox.mbox_format import Place, find_places, from_line_date, is_mbox
from ingest.mailbox.numbering import UNCHANGING, fingerprint, number_all
from ingest.settings import FetchLimits
from models.errors import MailboxRefusedError, MailboxUnreachableError

FOLDER = "INBOX"
_EVERYTHING = FetchLimits()
_HEAD = 1000
_ESCAPED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_LOOK = "look at mbox: in config.yaml"


class MboxMailbox:
    """A file of messages, opened for reading."""

    def __init__(self, name: str, path: Path, content: FileBytes | None = None) -> None:
        self.name = name
        self._path = path
        # taken before anything is read: what is written from here on is seen as a change
        self._modseq = _modseq(path)
        self._content = content
        self._places: dict[int, Place] = {}

    @classmethod
    def open(cls, name: str, path: Path) -> Self:
        """Look at the file's beginning.

        Raises:
            MailboxUnreachableError: it is not there or may not be read.
            MailboxRefusedError: it is not an mbox.
        """
        mailbox = cls(name, path)
        try:
            head = read_head(name, path, _HEAD)
        except OSError as error:
            raise MailboxUnreachableError(name, f"{path}: {error.strerror or error}", _LOOK) from None
        if head.strip() and not is_mbox(head):
            raise MailboxRefusedError(name, f"{path} is no mbox: it does not begin with a From line", _LOOK)
        return mailbox

    def folders(self) -> tuple[Folder, ...]:
        """The one folder."""
        return (Folder(FOLDER),)

    def statuses(self, folders: Sequence[str]) -> dict[str, FolderStatus]:
        """Whether the file is another than before; how many messages it holds, only reading it tells."""
        if FOLDER not in folders or self._modseq is None:
            return {}
        return {FOLDER: FolderStatus(FOLDER, UNCHANGING, None, None, self._modseq)}

    def select(self, folder: str, first_uid: int = 1) -> FolderState:  # noqa: ARG002  # hashes do not grow
        """Find every message in the file.

        The last one is left for the next poll where the file grew meanwhile: its end may still be on its way.

        Raises:
            MailboxUnreachableError: the file is gone.
            MailboxRefusedError: another folder than the one there is, or the file does not unpack.
        """
        if folder != FOLDER:
            raise MailboxRefusedError(self.name, f"an mbox has no folder {folder!r}", f"its only one is {FOLDER}")
        numbered = number_places(self._opened())
        changed = _modseq(self._path) != self._modseq
        if changed and numbered:
            numbered.popitem()
        self._places = numbered
        return FolderState(folder, UNCHANGING, tuple(numbered), len(numbered), modseq=None if changed else self._modseq)

    def fetch(
        self,
        uids: Sequence[int],
        limits: FetchLimits = _EVERYTHING,
        since: date | None = None,  # noqa: ARG002  # as above
    ) -> Iterator[FetchedMail]:
        """Messages by UID; mboxrd's `>From` is turned back into `From`."""
        for uid in uids:
            place = self._places.get(uid)
            yield read_place(self._opened(), uid, place, limits) if place else FetchedMail(uid, b"", problem=GONE)

    def _opened(self) -> FileBytes:
        """The plain bytes; a compressed file is only unpacked when it must be read."""
        if self._content is None:
            try:
                self._content = FileBytes(open_plain(self.name, self._path))
            except OSError as error:
                raise MailboxUnreachableError(self.name, f"{self._path}: {error.strerror or error}", _LOOK) from None
        return self._content

    def close(self) -> None:
        """Let go of the file."""
        if self._content is not None:
            self._content.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()


def number_places(content: FileBytes) -> dict[int, Place]:
    """Every message of an mbox under its UID, in order."""
    places = find_places(content)
    return dict(zip(number_all(_digest(content, place) for place in places), places, strict=True))


def read_place(content: FileBytes, uid: int, place: Place, limits: FetchLimits) -> FetchedMail:
    """One message of an mbox; `GONE` where the file was cut after it was listed."""
    received = from_line_date(content.part(place.line, place.start))
    if place.end - place.start > limits.message_bytes:
        return FetchedMail(uid, b"", received, problem=TOO_LARGE, size_bytes=place.end - place.start)
    raw = content.part(place.start, place.end)
    if len(raw) < place.end - place.start:
        return FetchedMail(uid, b"", problem=GONE)
    return FetchedMail(uid, _ESCAPED_FROM.sub(rb"\1", raw) if place.quoted else raw, received)


def _digest(content: FileBytes, place: Place) -> bytes:
    digest = hashlib.sha256()
    for block in content.blocks(place.line, place.end):
        digest.update(block)
    return digest.digest()


def _modseq(path: Path) -> int | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return fingerprint(status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)

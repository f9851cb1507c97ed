"""Messages as single files (.eml, .msg) in a folder or a .zip, with mboxes and Maildirs among them, as a mailbox.

Every folder is a folder of the mailbox, the top is INBOX; every mbox is a folder of its own. A file that is
no mail is listed all the same and told as `NO_MAIL`, so that nobody takes an archive for read that was not. UIDs
come from the contents; the files' times say when they were copied, so they are no moments of arrival.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self

from ingest.mailbox.compressed import copied, most_bytes, reader, unpacked
from ingest.mailbox.contract import GONE, NO_MAIL, REFUSED, TOO_LARGE, FetchedMail, Folder, FolderState, FolderStatus
from ingest.mailbox.file_bytes import FileBytes
from ingest.mailbox.file_kinds import Kind, kind_of, mail_folder, maildirs
from ingest.mailbox.maildir import INBOX, SET_ASIDE
from ingest.mailbox.mbox import number_places, read_place
from ingest.mailbox.numbering import UNCHANGING, fingerprint, number_all
from ingest.mailbox.patterns import is_set_aside
from ingest.mailbox.trees import UNREADABLE, File, files_of, folders_of, in_words
from ingest.settings import FetchLimits
from models.errors import MailboxRefusedError

if TYPE_CHECKING:
    from ingest.mailbox.mbox_format import Place

_EVERYTHING = FetchLimits()
_BLOCK = 1 << 20


@dataclass(slots=True)
class _Group:
    """A folder of the mailbox: single files, or one mbox."""

    files: list[File] = field(default_factory=list)
    mbox: File | None = None

    def modseq(self) -> int:
        return fingerprint(*((file.name, file.stamp) for file in (*self.files, *([self.mbox] if self.mbox else []))))


class EmlMailbox:
    """Files of single messages, listed when the mailbox was opened."""

    def __init__(self, name: str, path: Path, files: Sequence[File], folders: Sequence[str]) -> None:
        self.name = name
        self._path = path
        self._groups = _grouped(files, folders)
        self._files: dict[int, File] = {}
        self._content: FileBytes | None = None
        self._places: dict[int, Place] = {}
        self._opened = ExitStack()

    @classmethod
    def open(cls, name: str, path: Path) -> Self:
        """List the files.

        Raises:
            MailboxUnreachableError: the folder or .zip is not there or may not be read.
            MailboxRefusedError: it is neither, or the .zip looks like a bomb.
        """
        return cls(name, path, files_of(name, path), folders_of(path))

    def folders(self) -> tuple[Folder, ...]:
        """Folders and mboxes, and INBOX; drafts, junk and trash are left out."""
        return tuple(Folder(name, SET_ASIDE * is_set_aside(_without_ending(name))) for name in self._groups)

    def statuses(self, folders: Sequence[str]) -> dict[str, FolderStatus]:
        """How many files each folder has, and whether they are others than before."""
        told = {}
        for folder in folders:
            if group := self._groups.get(folder):
                count = None if group.mbox else len(group.files)
                told[folder] = FolderStatus(folder, UNCHANGING, count, None, group.modseq())
        return told

    def select(self, folder: str, first_uid: int = 1) -> FolderState:  # noqa: ARG002  # hashes do not grow
        """Read a folder's files to tell which they are.

        Raises:
            MailboxRefusedError: there is none of this name, or its mbox does not unpack.
        """
        group = self._groups.get(folder)
        if group is None:
            raise MailboxRefusedError(self.name, f"{self._path} has no folder {folder!r}", "type: liaison check")
        self._let_go()
        if group.mbox:
            self._content = self._mbox(group.mbox)
            self._places = number_places(self._content)
        else:
            self._files = dict(zip(number_all(map(_key, group.files)), group.files, strict=True))
        uids = tuple(self._places or self._files)
        return FolderState(folder, UNCHANGING, uids, len(uids), modseq=group.modseq())

    def fetch(
        self,
        uids: Sequence[int],
        limits: FetchLimits = _EVERYTHING,
        since: date | None = None,  # noqa: ARG002  # a file's time is no word on the message's day
    ) -> Iterator[FetchedMail]:
        """Messages by UID."""
        for uid in uids:
            place, file = self._places.get(uid), self._files.get(uid)
            if place and self._content:
                yield read_place(self._content, uid, place, limits)
            else:
                yield _read(uid, file, limits) if file else FetchedMail(uid, b"", problem=GONE)

    def _mbox(self, file: File) -> FileBytes:
        try:
            opened = self._opened.enter_context(file.open())
            source = reader(opened)
            if source is not opened or file.is_member:
                opened = self._opened.enter_context(copied(source, most_bytes(file.size)))
            return FileBytes(opened)
        except UNREADABLE as error:
            raise MailboxRefusedError(self.name, f"{file.name}: {in_words(error)}", "unpack it by hand") from None

    def _let_go(self) -> None:
        self._opened.close()
        self._files, self._places, self._content = {}, {}, None

    def close(self) -> None:
        """Let go of the files."""
        self._let_go()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()


def _grouped(files: Sequence[File], folders: Sequence[str]) -> dict[str, _Group]:
    among = maildirs((*folders, *(file.folder for file in files)))
    # a folder that was emptied is still a folder
    listed = ("", *(folder for each in folders if (folder := mail_folder(each, among)) is not None))
    groups = {_folder_name(folder): _Group() for folder in listed}
    mboxes = []
    for file in files:
        kind = kind_of(file)
        folder = mail_folder(file.folder, among)
        if folder is None or kind is Kind.NOTE:
            continue
        if kind is Kind.MBOX:
            mboxes.append(file)
        else:
            groups.setdefault(_folder_name(folder), _Group()).files.append(file)
    for file in mboxes:
        # a folder of single files may bear the same name: ".Archive" of a Maildir, or anything in a .zip
        groups[_free(_folder_name(file.name), groups)] = _Group(mbox=file)
    return groups


def _folder_name(path: str) -> str:
    # the top is INBOX, so what is called so below it needs another name
    return (path if path.upper() != INBOX else f"./{path}") if path else INBOX


def _free(name: str, groups: dict[str, _Group]) -> str:
    """The name, with a number where a .zip has it twice."""
    number, free = 1, name
    while free in groups:
        number += 1
        free = f"{name} ({number})"
    return free


def _without_ending(name: str) -> str:
    return name.removesuffix(".mbox").removesuffix(".mbx")


def _key(file: File) -> bytes:
    """What the file is: its content's hash; in a .zip, which knows a checksum, that and the size."""
    if file.is_member or file.problem:
        # with the reason, so that it is another file once its password is gone
        return repr((file.problem, file.stamp) if file.problem else file.stamp).encode()
    digest = hashlib.sha256()
    try:
        with file.open() as opened:
            while block := opened.read(_BLOCK):
                digest.update(block)
    except UNREADABLE:
        return repr((file.name, file.stamp)).encode()
    return digest.digest()


def _read(uid: int, file: File, limits: FetchLimits) -> FetchedMail:
    problem, raw = _refusal(file, limits), b""
    if not problem:
        try:
            with file.open() as opened:
                raw = unpacked(opened.read(limits.message_bytes), limits.message_bytes)
        except FileNotFoundError:
            problem = GONE
        except UNREADABLE as error:
            problem = f"{REFUSED}: {file.name}: {in_words(error)}"[:500]
    if len(raw) > limits.message_bytes:
        problem = TOO_LARGE
    return FetchedMail(uid, b"", problem=problem, size_bytes=file.size) if problem else FetchedMail(uid, raw)


def _refusal(file: File, limits: FetchLimits) -> str:
    """Why a file is not to be read, "" where it is."""
    if file.problem:
        return f"{REFUSED}: {file.name}: {file.problem}"
    if kind_of(file) is Kind.ODD:
        return f"{NO_MAIL}: {file.name}"
    return TOO_LARGE * (file.size > limits.message_bytes)

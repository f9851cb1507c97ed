"""The files of a folder or of a .zip, listed and read alike.

No member of a .zip is ever written under its name, and no name of one is opened as a path.
"""

import os
import stat
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Protocol

from ingest.mailbox.compressed import DAMAGED, most_bytes
from models.errors import MailboxRefusedError, MailboxUnreachableError
from models.storable_text import storable

_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
UNREADABLE = (*DAMAGED, RuntimeError, LookupError, struct.error, zipfile.BadZipFile)
"""What a damaged or encrypted archive answers; RuntimeError is zipfile's word for a password and for what it cannot."""


class _Opener(Protocol):
    def __call__(self) -> IO[bytes]: ...


@dataclass(frozen=True, slots=True)
class File:
    """One file of a tree.

    Attributes:
        name: its path in the tree, "/" between levels, fit to be stored and shown.
        size: in bytes.
        stamp: differs once the file is another, as far as that can be told without reading it.
        open: gives its bytes; raises one of `UNREADABLE`.
        problem: why it cannot be read at all, in words.
        is_member: of a .zip, so that its bytes can only be read from the front.
    """

    name: str
    size: int
    stamp: object
    open: _Opener
    problem: str = ""
    is_member: bool = False

    @property
    def folder(self) -> str:
        """The path of the folder it is in, "" for the top."""
        return self.name.rpartition("/")[0]

    @property
    def ending(self) -> str:
        """What follows the last dot of its name, in lower case."""
        return os.path.splitext(self.name)[1].lower()  # noqa: PTH122  # a member's name is no path of this machine


def files_of(name: str, path: Path) -> list[File]:
    """The files of a folder, or of a .zip; those of a .zip in a folder stand below its name.

    Raises:
        MailboxUnreachableError: it is not there or may not be read.
        MailboxRefusedError: it is neither a folder nor a .zip, or the .zip looks like a bomb.
    """
    try:
        archives = _Archives()
        if path.is_dir():
            return [inner for file in _folder_files(path) for inner in _with_members(name, file, archives)]
        return list(_members(name, path, "", archives))
    except OSError as error:
        raise MailboxUnreachableError(
            name, f"{error.filename or path}: {error.strerror or error}", "look at eml: in config.yaml"
        ) from None
    except UNREADABLE:
        raise MailboxRefusedError(
            name, f"{path} is neither a folder nor a .zip", "look at eml: in config.yaml"
        ) from None


def folders_of(path: Path) -> list[str]:
    """The folders in a folder that have none below them, empty ones too; a .zip's are told by its members."""
    found = sorted(Path(place) for place, inner, _ in os.walk(path) if not inner and Path(place) != path)
    return [storable(folder.relative_to(path).as_posix()) for folder in found if folder.name != "__MACOSX"]


def _folder_files(top: Path) -> Iterator[File]:
    for folder, inner, names in os.walk(top, onerror=_raise):
        inner.sort()
        place = Path(folder)
        links = [name for name in inner if (place / name).is_symlink()]
        for name in sorted([*names, *links], key=os.fsencode):
            # one that goes while the folder is listed is not there
            if os.path.lexists(place / name):
                yield _file(top, place / name)


def _raise(error: OSError) -> None:
    raise error


def _file(top: Path, path: Path) -> File:
    name = storable(path.relative_to(top).as_posix())
    try:
        status = path.stat()
    except OSError as error:
        return File(name, 0, str(error), partial(path.open, "rb"), f"a link that cannot be followed: {error.strerror}")
    stamp = (status.st_size, status.st_mtime_ns)
    return File(name, status.st_size, stamp, partial(path.open, "rb"), _not_ordinary(status.st_mode))


def _not_ordinary(mode: int) -> str:
    """Why a file is not opened: reading a pipe may wait forever, and a device may never end."""
    if stat.S_ISREG(mode):
        return ""
    return "a link to a folder" if stat.S_ISDIR(mode) else "a pipe, socket or device"


def in_words(error: BaseException) -> str:
    """What an error says, without its number and the path that it repeats."""
    return getattr(error, "strerror", "") or str(error) or type(error).__name__


class _Archives:
    """The .zip files of a tree, one open at a time: a folder may hold more of them than a process may open."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._archive: zipfile.ZipFile | None = None

    def at(self, path: Path) -> zipfile.ZipFile:
        """The archive, open."""
        if self._archive is None or path != self._path:
            if self._archive:
                self._archive.close()
            # it is closed when the last member's `open` is let go
            self._path, self._archive = path, zipfile.ZipFile(path)
        return self._archive

    def open(self, path: Path, member: zipfile.ZipInfo) -> IO[bytes]:
        """A member's bytes."""
        return self.at(path).open(member)


def _with_members(name: str, file: File, archives: _Archives) -> Iterator[File]:
    if file.ending != ".zip" or file.problem:
        yield file
        return
    try:
        with file.open() as opened:
            path = Path(opened.name)
        yield from _members(name, path, f"{file.name}/", archives)
    except (*UNREADABLE, MailboxRefusedError) as error:
        yield File(file.name, file.size, file.stamp, file.open, f"a .zip that does not open: {in_words(error)}"[:300])


def _members(name: str, path: Path, prefix: str, archives: _Archives) -> Iterator[File]:
    members = [member for member in archives.at(path).infolist() if not member.is_dir()]
    unpacked = sum(member.file_size for member in members)
    if unpacked > most_bytes(path.stat().st_size):
        raise MailboxRefusedError(
            name, f"{path} unpacks to {unpacked} bytes, which mail does not", "unpack it by hand and name the folder"
        )
    for number, member in enumerate(members):
        yield _member(partial(archives.open, path, member), member, prefix, number)


def _member(opener: _Opener, member: zipfile.ZipInfo, prefix: str, number: int) -> File:
    return File(
        name=prefix + (_inner_name(member) or f"member {number}"),
        size=member.file_size,
        stamp=(member.CRC, member.file_size),
        open=opener,
        problem="encrypted" if member.flag_bits & _ENCRYPTED else "",
        is_member=True,
    )


def _inner_name(member: zipfile.ZipInfo) -> str:
    """The name without what leads out of the archive; many programs write UTF-8 and do not say so."""
    name = member.filename
    if not member.flag_bits & _UTF8_NAME:
        try:
            name = name.encode("cp437").decode()
        except UnicodeError:
            name = member.filename
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return storable("/".join(parts))

"""What a file among mail files is, by its first bytes and its name, and which folder it belongs to."""

import re
from collections.abc import Iterable
from enum import Enum

from ingest.mailbox.compressed import reader
from ingest.mailbox.file_bytes import FileBytes
from ingest.mailbox.mbox_format import find_places, is_mbox
from ingest.mailbox.trees import UNREADABLE, File

_HEAD = 2000
_OUTLOOK = bytes.fromhex("d0cf11e0a1b11ae1")
_MAIL_ENDINGS = frozenset({".eml", ".msg", ".mail", ".nws"})
_NOT_READ_ENDINGS = frozenset({".pst", ".ost", ".olm", ".nsf", ".dbx", ".zip", ".7z", ".rar", ".tar"})
_FIELD = re.compile(
    rb"^(?:Return-Path|Received|From|To|Cc|Subject|Date|Message-ID|MIME-Version|Delivered-To|Reply-To|Sender"
    rb"|Content-Type|X-[A-Za-z0-9-]{1,60})[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_FIELDS_OF_MAIL = 2
_NOTES = frozenset({"thumbs.db", "desktop.ini", "maildirfolder", "maildirsize", "subscriptions", "uidvalidity"})
_NOTES_BEGIN = ("dovecot", "courierimap")
_PARTS = ("cur", "new")


class Kind(Enum):
    """What a file is."""

    MAIL = "mail"
    MBOX = "mbox"
    ODD = "odd"
    NOTE = "note"
    """What systems and mail programs leave beside mail."""


def kind_of(file: File) -> Kind:
    """By its first bytes; a file that cannot be read counts as mail, so that fetching it says why."""
    if _is_note(file):
        return Kind.NOTE
    if file.problem:
        return Kind.MAIL
    if file.ending in _NOT_READ_ENDINGS:
        return Kind.ODD
    try:
        with file.open() as opened:
            head = reader(opened).read(_HEAD)
            # some programs write a From_ line above a single message
            if file.ending in _MAIL_ENDINGS and is_mbox(head) and len(find_places(FileBytes(opened))) == 1:
                return Kind.MAIL
    except UNREADABLE:
        return Kind.MAIL
    return _kind_by_head(head, file.ending)


def _is_note(file: File) -> bool:
    path, _, base = file.name.rpartition("/")
    if base.startswith("._") or "__MACOSX" in path.split("/"):
        return True
    is_single = file.ending in _MAIL_ENDINGS
    return not is_single and (base.startswith((".", *_NOTES_BEGIN)) or base.lower() in _NOTES)


def _kind_by_head(head: bytes, ending: str) -> Kind:
    if is_mbox(head):
        return Kind.MBOX
    is_single = ending in _MAIL_ENDINGS
    if head.startswith(_OUTLOOK):
        # other programs of its maker write the same container
        return Kind.MAIL if is_single or not ending else Kind.ODD
    header = head.partition(b"\n\n")[0].partition(b"\r\n\r\n")[0]
    return Kind.MAIL if is_single or len(_FIELD.findall(header)) >= _FIELDS_OF_MAIL else Kind.ODD


def maildirs(folders: Iterable[str]) -> frozenset[str]:
    """Folders that are Maildirs: they have a `cur` or `new`."""
    return frozenset(folder.rpartition("/")[0] for folder in folders if folder.rpartition("/")[2] in _PARTS)


def mail_folder(place: str, among: frozenset[str]) -> str | None:
    """The folder of the mailbox that files of a folder are in, "" for the top; None for what is being delivered."""
    above, _, last = place.rpartition("/")
    if above in among and last == "tmp":
        return None
    folder = above if above in among and last in _PARTS else place
    # Maildir++ writes sub-folders as ".Archive.2025"
    return "/".join(part[1:].replace(".", "/") if part.startswith(".") else part for part in folder.split("/"))

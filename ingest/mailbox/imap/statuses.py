"""What can be told of folders without looking into them: STATUS, for all folders in one round trip.

HIGHESTMODSEQ is not asked for: whoever asks makes a server keep modification numbers from then on (RFC 7162, section
3.1), which would leave a trace, and UIDNEXT with the count of messages tells all that Liaison wants to know.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.mailbox.contract import FolderStatus
from ingest.mailbox.imap.complaints import ImapRefusedError
from ingest.mailbox.imap.folder_names import quoted, read_name
from ingest.mailbox.imap.folders import AccountFolders
from ingest.mailbox.imap.responses import Response
from ingest.mailbox.imap.wire import Wire

_ITEMS = b"(MESSAGES UIDNEXT UIDVALIDITY)"
# command lines of at most 8,192 bytes (RFC 7162, section 4), with room for the rest of the command
_NAMES_BYTES = 7000
_WILDCARDS = frozenset(b"*%")


def folder_statuses(wire: Wire, folders: AccountFolders, names: Sequence[str]) -> dict[str, FolderStatus]:
    """What STATUS tells of folders; those that are refused are left out.

    Raises:
        ImapLostError: the connection ended.
    """
    questions = list(_questions(wire, folders, names))
    found = {}
    answers = wire.run_all([question.command for question in questions])
    for question, answer in zip(questions, answers, strict=True):
        for response in answer.untagged:
            if status := _status(response, question.meant):
                found[status.folder] = status
    return found


@dataclass(frozen=True, slots=True)
class _Question:
    """A command, and the folders that it asks about by their written names."""

    command: bytes
    meant: Mapping[bytes, str]


def _questions(wire: Wire, folders: AccountFolders, names: Sequence[str]) -> Iterator[_Question]:
    together = wire.offers("LIST-STATUS", "LIST-EXTENDED")
    batch: dict[bytes, str] = {}
    for name in names:
        try:
            written = folders.quoted(name)
        except ImapRefusedError:
            continue
        if not together or not _WILDCARDS.isdisjoint(written):
            yield _Question(b"STATUS %b %b" % (written, _ITEMS), {written: name})
            continue
        if sum(map(len, batch)) + len(written) > _NAMES_BYTES:
            yield _asked_together(batch)
            batch = {}
        batch[written] = name
    if batch:
        yield _asked_together(batch)


def _asked_together(batch: Mapping[bytes, str]) -> _Question:
    # RFC 5258, section 3; RFC 5819
    return _Question(b'LIST "" (%b) RETURN (STATUS %b)' % (b" ".join(batch), _ITEMS), batch)


def _status(response: Response, meant: Mapping[bytes, str]) -> FolderStatus | None:
    match response.items():
        case (bytes(word), bytes() | int() as told, tuple(pairs), *_) if word.upper() == b"STATUS":
            name = _meant(told if isinstance(told, bytes) else b"%d" % told, meant)
        case _:
            return None
    named = zip(pairs[::2], pairs[1::2], strict=False)
    numbers = {key.upper(): value for key, value in named if isinstance(key, bytes) and isinstance(value, int)}
    if name is None or not {b"UIDVALIDITY", b"MESSAGES", b"UIDNEXT"} <= numbers.keys():
        return None
    return FolderStatus(name, numbers[b"UIDVALIDITY"], numbers[b"MESSAGES"], numbers[b"UIDNEXT"])


def _meant(written: bytes, meant: Mapping[bytes, str]) -> str | None:
    if len(meant) == 1:
        # some servers write the name in another way than they were asked
        return next(iter(meant.values()))
    if name := meant.get(quoted(written)):
        return name
    told = read_name(written)
    return told if told in meant.values() else None

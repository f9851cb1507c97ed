"""One poll of one mailbox: every folder on its own. Every listed message ends with exactly one outcome.

A folder in which nothing changed is not looked into; one that is not safe to read is stopped, and the others are read.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from ingest.folder_poll import FolderTally, Poll, read_folder
from ingest.mailbox.contract import REFUSED, Folder, FolderStatus, MailSource
from ingest.parsing import Parse, parse_here
from ingest.plan import FolderHistory, is_drawn, is_unchanged
from ingest.selection import fingerprint
from ingest.settings import EVERYTHING, PollSettings, Selection
from models.errors import MailboxEmptiedError, MailboxError, MailboxUnreachableError, SafetyStopError
from models.polls import COUNTS, FolderMark, FolderRun, LedgerKey, MailboxRun
from models.storable_text import storable
from models.store import Store
from models.vocabulary import FolderFate

MOST_ATTEMPTS = 5
"""How often a copy that the mailbox refuses is asked for before only a person's word asks again."""

Progress = Callable[[int, int], None]
"""Called with how many new messages are done and how many there are, as far as that is known."""

_TOLD = 3
_UNREAD = (FolderFate.STOPPED, FolderFate.LOST)


def poll(
    mailbox: MailSource,
    store: Store,
    run: int,
    settings: PollSettings,
    *,
    selection: Selection = EVERYTHING,
    parse: Parse | None = None,
    progress: Progress | None = None,
) -> MailboxRun:
    """Read what is new in a mailbox into the store.

    Args:
        mailbox: open for reading.
        store: open for writing.
        run: number of the run that this poll is part of.
        settings: limits, and what a person accepted.
        selection: which mail to keep.
        parse: the parse stage; None to parse in this process.
        progress: told after each batch.

    Returns:
        What became of every folder, and their counts together.

    Raises:
        MailboxUnreachableError: the mailbox does not say which folders it has.
        MailboxRefusedError: the settings name a folder that is not there.
    """
    working = Poll(mailbox, store, run, settings, selection, parse or partial(parse_here, limits=settings.parse))
    listed = mailbox.folders()
    wanted = [folder.name for folder in listed if not folder.excluded]
    known = _Known(store.folder_marks(mailbox.name), tuple(store.ledger_folders(mailbox.name)))
    reading = _Round(working, _histories(working, known, wanted), progress)
    reading.ask_statuses(wanted)
    runs = tuple(map(reading.run, listed))
    return _told(mailbox.name, (*runs, *_gone(working, known, runs)))


@dataclass(frozen=True, slots=True)
class _Known:
    """What the store knew of a mailbox before the poll: folders' marks, and the folders that the ledger holds."""

    marks: Mapping[str, FolderMark]
    folders: tuple[str, ...]


@dataclass(slots=True)
class _Round:
    """All folders of a mailbox, one after the other, until the connection is lost."""

    poll: Poll
    histories: Mapping[str, FolderHistory]
    progress: Progress | None
    statuses: Mapping[str, FolderStatus] = field(default_factory=dict)
    lost: str = ""
    done: int = 0
    total: int = 0

    def ask_statuses(self, folders: Sequence[str]) -> None:
        """Ask what can be told of folders without looking into them."""
        try:
            self.statuses = self.poll.mailbox.statuses(folders)
        except MailboxUnreachableError as error:
            self.lost = error.in_full

    def run(self, folder: Folder) -> FolderRun:
        """What becomes of one folder."""
        if folder.excluded:
            return FolderRun(folder.name, FolderFate.EXCLUDED, error=folder.excluded)
        history, status = self.histories[folder.name], self.statuses.get(folder.name)
        drawn = not self.lost and is_drawn(history, self.poll.run)
        if not drawn and status is not None and is_unchanged(history, status, fingerprint(self.poll.selection)):
            return FolderRun(folder.name, FolderFate.UNCHANGED, seen=history.held, known=history.held)
        if self.lost:
            return FolderRun(folder.name, FolderFate.LOST, error=self.lost)
        return self._read(history)

    def _read(self, history: FolderHistory) -> FolderRun:
        tally = FolderTally()
        try:
            read_folder(self.poll, history, tally, self._advance())
        except SafetyStopError as error:
            return tally.told(history.folder, FolderFate.STOPPED, error.in_full)
        except MailboxError as error:
            if isinstance(error, MailboxUnreachableError):
                self.lost = error.in_full
            return tally.told(history.folder, FolderFate.LOST, error.in_full)
        return tally.told(history.folder, FolderFate.READ)

    def _advance(self) -> Progress:
        """Progress of one folder, told as progress of all."""
        done_before, total_before = self.done, self.total

        def advance(done: int, total: int) -> None:
            self.done, self.total = done_before + done, total_before + total
            if self.progress and done:
                self.progress(self.done, self.total)

        return advance


def _histories(poll: Poll, known: _Known, folders: Iterable[str]) -> dict[str, FolderHistory]:
    name = poll.mailbox.name
    seen = frozenset(known.folders) - known.marks.keys()
    retry = _by_folder(poll.store.retriable(name, REFUSED, MOST_ATTEMPTS))
    return {
        folder: FolderHistory(
            folder,
            known.marks.get(storable(folder)),
            poll.store.numberings(name, folder) if storable(folder) in seen else {},
            retry.get(storable(folder), {}),
        )
        for folder in folders
    }


def _by_folder(keys: Iterable[LedgerKey]) -> dict[str, dict[int, frozenset[int]]]:
    found: defaultdict[str, defaultdict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for key in keys:
        found[key.folder][key.uidvalidity].add(key.uid)
    return {folder: {number: frozenset(uids) for number, uids in some.items()} for folder, some in found.items()}


def _gone(poll: Poll, known: _Known, runs: Sequence[FolderRun]) -> list[FolderRun]:
    """Folders that held mail before and are not listed any more.

    Where nothing at all is left, an archive was perhaps not mounted: that is a safety stop, as for an emptied folder.
    """
    there = {storable(run.folder) for run in runs}
    stops = not poll.settings.accept_empty and not any(run.seen or run.fate is FolderFate.LOST for run in runs)
    gone = [each for each in known.folders if each not in there]
    return [_gone_run(poll, each, known.marks.get(each), stops=stops) for each in gone]


def _gone_run(poll: Poll, folder: str, mark: FolderMark | None, *, stops: bool) -> FolderRun:
    name = poll.mailbox.name
    if stops and mark and mark.messages:
        return FolderRun(folder, FolderFate.STOPPED, error=MailboxEmptiedError(name, folder, mark.messages).in_full)
    copies = sum(poll.store.numberings(name, folder).values())
    told = (
        f"mailbox {name}: folder {folder!r} is not listed any more; what was kept of its {copies} copies stays in the"
        " store (if it was renamed, they are read again as duplicates)"
    )
    return FolderRun(folder, FolderFate.GONE, vanished=mark.messages if mark else 0, error=told)


def _told(name: str, folders: tuple[FolderRun, ...]) -> MailboxRun:
    errors = list(dict.fromkeys(folder.error for folder in folders if folder.fate in _UNREAD))
    return MailboxRun(
        name=name,
        reached=not errors,
        **{count: sum(getattr(folder, count) for folder in folders) for count in COUNTS},
        error="; ".join(errors[:_TOLD]) + (f"; and {len(errors) - _TOLD} more folders" if len(errors) > _TOLD else ""),
        folders=folders,
    )

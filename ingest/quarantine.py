"""Copies in quarantine, tried once more: kept bytes are parsed anew, what was never fetched is asked for again."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.folder_poll import arrival
from ingest.mailbox.contract import GONE, FetchedMail, MailSource
from ingest.parsing import parse_here
from ingest.plan import FolderHistory, is_numbered_anew
from ingest.selection import fingerprint
from ingest.settings import EVERYTHING, PollSettings, Selection
from models.errors import ConfigurationError, MailboxError, MailboxRefusedError
from models.polls import LedgerEntry, LedgerKey
from models.store import Store
from models.vocabulary import Outcome

Place = tuple[str, int]
"""A folder and its numbering."""


@dataclass(frozen=True, slots=True)
class Retried:
    """What became of a copy.

    Attributes:
        before: its entry as it was.
        after: its entry now; the same where it could not be tried.
        error: why it could not be tried, "" where it was.
    """

    before: LedgerEntry
    after: LedgerEntry
    error: str = ""


@dataclass(frozen=True, slots=True)
class _Retry:
    store: Store
    run: int
    settings: PollSettings
    selections: Mapping[str, Selection]

    def record(self, key: LedgerKey, mail: FetchedMail) -> LedgerEntry:
        """Parse and record one copy."""
        ((_, parsed),) = parse_here([mail], self.settings.parse)
        selection = self.selections.get(key.account, EVERYTHING)
        (entry,) = self.store.record_messages(self.run, [arrival(key, mail, parsed, selection)])
        if entry.outcome is Outcome.OUT_OF_SCOPE:
            self._let_look_again(key, selection)
        return entry

    def _let_look_again(self, key: LedgerKey, selection: Selection) -> None:
        """A poll for another selection, also for the one that the folder was polled for, may want the copy."""
        mark = self.store.folder_marks(key.account).get(key.folder)
        if mark and mark.selection != fingerprint(selection):
            self.store.finish_folder(replace(mark, selection=""))


def retry(
    store: Store,
    run: int,
    entries: Sequence[LedgerEntry],
    settings: PollSettings,
    open_mailbox: Callable[[str], MailSource],
    selections: Mapping[str, Selection],
) -> Iterator[Retried]:
    """Try copies again, those first whose bytes are kept; each is told as soon as it was recorded.

    Args:
        store: open for writing.
        run: number of the run that this is part of.
        entries: copies in quarantine.
        settings: limits; larger ones take in what was too large before.
        open_mailbox: opens the mailbox of that name; what it raises is told of every copy that lies there.
        selections: mailbox -> which of its mail to keep.
    """
    retrying = _Retry(store, run, settings, selections)
    unfetched: defaultdict[str, list[LedgerEntry]] = defaultdict(list)
    for entry in entries:
        raw = store.quarantined_raw(entry.key)
        if raw is None:
            unfetched[entry.key.account].append(entry)
        else:
            yield Retried(entry, retrying.record(entry.key, FetchedMail(entry.key.uid, raw, entry.internal_at)))
    for account, some in unfetched.items():
        yield from _refetched(retrying, account, some, open_mailbox)


def _refetched(
    retrying: _Retry, account: str, entries: Iterable[LedgerEntry], open_mailbox: Callable[[str], MailSource]
) -> Iterator[Retried]:
    left = {entry.key: entry for entry in entries}
    try:
        with open_mailbox(account) as mailbox:
            for place, some in _places(left.values()).items():
                for retried in _of_place(retrying, mailbox, place, some):
                    del left[retried.before.key]
                    yield retried
    except (MailboxError, ConfigurationError) as error:
        yield from (Retried(entry, entry, error.in_full) for entry in left.values())


def _places(entries: Iterable[LedgerEntry]) -> dict[Place, dict[int, LedgerEntry]]:
    places: defaultdict[Place, dict[int, LedgerEntry]] = defaultdict(dict)
    for entry in entries:
        places[entry.key.folder, entry.key.uidvalidity][entry.key.uid] = entry
    return dict(places)


def _of_place(
    retrying: _Retry, mailbox: MailSource, place: Place, entries: dict[int, LedgerEntry]
) -> Iterator[Retried]:
    left = dict(entries)
    try:
        for mail in _asked_again(retrying, mailbox, place, sorted(entries)):
            entry = left.pop(mail.uid)
            yield Retried(entry, retrying.record(entry.key, mail))
    except MailboxRefusedError as error:
        yield from (Retried(entry, entry, error.in_full) for entry in left.values())


def _asked_again(retrying: _Retry, mailbox: MailSource, place: Place, uids: Sequence[int]) -> Iterator[FetchedMail]:
    folder, numbering = place
    state = mailbox.select(folder, uids[0])
    # a copy of a former numbering cannot be asked for by its UID; a poll reads it under its new one
    history = _history(retrying.store, mailbox.name, folder)
    is_current = history.numbering == numbering and not is_numbered_anew(history, state)
    listed = frozenset(state.uids) if is_current else frozenset()
    yield from (FetchedMail(uid, b"", problem=GONE) for uid in uids if uid not in listed)
    if asked := [uid for uid in uids if uid in listed]:
        yield from mailbox.fetch(asked, retrying.settings.fetch)


def _history(store: Store, account: str, folder: str) -> FolderHistory:
    mark = store.folder_marks(account).get(folder)
    return FolderHistory(folder, mark, {} if mark else store.numberings(account, folder))

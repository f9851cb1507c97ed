"""What a poll will do with a folder, as data: from where to list it, what to fetch, whether to go on. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zlib import crc32

from ingest.mailbox.contract import FolderState, FolderStatus
from ingest.numberings import is_of, told
from ingest.settings import PollSettings
from models.errors import MailboxEmptiedError, UidsReusedError, UidValidityChangedError
from models.polls import FolderLedger, FolderMark

_RUNS_A_CHECK = 32


@dataclass(frozen=True, slots=True)
class FolderHistory:
    """What earlier polls left of a folder.

    Attributes:
        folder: its name.
        mark: where the last finished poll stood, None where none was finished.
        numberings: numbering (`ingest.numberings`) -> copies with an outcome, the one written to last at the end;
            looked up only where there is no mark.
        retry: numbering -> UIDs to ask for once more.
    """

    folder: str
    mark: FolderMark | None = None
    numberings: Mapping[int, int] = field(default_factory=dict)
    retry: Mapping[int, frozenset[int]] = field(default_factory=dict)

    @property
    def numbering(self) -> int | None:
        """The one that is known, None for a folder never seen."""
        return self.mark.uidvalidity if self.mark else next(reversed(self.numberings), None)

    @property
    def held(self) -> int:
        """How many copies it held; where no poll was finished, of how many something became."""
        return self.mark.messages if self.mark else sum(self.numberings.values())


@dataclass(frozen=True, slots=True)
class FolderPlan:
    """The plan for one folder.

    Attributes:
        fetch: UIDs to fetch: those never seen in the order of arrival, then those to look at once more.
        lost: UIDs that were to be asked for once more and are not listed any more.
        known: how many listed copies keep their outcome.
        vanished: copies that the last finished poll listed and the folder does not.
    """

    fetch: tuple[int, ...]
    lost: tuple[int, ...]
    known: int
    vanished: int

    @property
    def seen(self) -> int:
        """How many messages the folder lists."""
        return self.known + len(self.fetch)


def is_unchanged(history: FolderHistory, status: FolderStatus, selection: str) -> bool:
    """Whether a folder holds just what it held when its last poll was finished, and nothing of it is to be asked again.

    On a server new mail raises UIDNEXT (RFC 9051, section 2.3.1.1), and with the same UIDNEXT as many messages are the
    same ones; HIGHESTMODSEQ is not asked, since it also grows when somebody reads their mail. Of files, whose UIDs do
    not grow, the fingerprint tells.
    """
    mark = history.mark
    if mark is None or mark.selection != selection or not is_of(mark.uidvalidity, status.uidvalidity):
        return False
    if history.retry.get(mark.uidvalidity) or status.messages not in (None, mark.messages):
        return False
    if status.next_uid is not None:
        return status.messages is not None and status.next_uid == mark.next_uid
    return mark.next_uid is None and status.modseq is not None and status.modseq == mark.modseq


def is_drawn(history: FolderHistory, run: int) -> bool:
    """Whether all of a folder is listed in this run whatever its server tells of it.

    Servers have been seen to give a UIDNEXT that is too high, or counts from yesterday; mail that these hid is found
    this way, if late. The lot falls on every folder once in thirty-two runs or so, and on few in the same run. Files
    need none: what they hold is told by themselves.
    """
    mark = history.mark
    if mark is None or mark.next_uid is None:
        return False
    return crc32(f"{run} {history.folder}".encode("utf-8", "replace")) % _RUNS_A_CHECK == 0


def first_uid(history: FolderHistory, selection: str, run: int) -> int:
    """From which UID on a folder must be listed.

    One that held nothing is listed whole, which costs no more: what it holds now may have been renamed to it with
    UIDs that say nothing of when they came.
    """
    mark = history.mark
    if mark is None or mark.next_uid is None or mark.selection != selection or is_drawn(history, run):
        return 1
    if not mark.messages:
        return 1
    return min([mark.next_uid, *history.retry.get(mark.uidvalidity, frozenset())])


def is_numbered_anew(history: FolderHistory, state: FolderState) -> bool:
    """Whether known UIDs say nothing of the messages that bear them now."""
    known = history.numbering
    return known is not None and (not is_of(known, state.uidvalidity) or _counts_backwards(history.mark, state))


def _counts_backwards(mark: FolderMark | None, state: FolderState) -> bool:
    if mark is None or mark.next_uid is None or state.next_uid is None:
        return False
    return state.next_uid < mark.next_uid


def must_list_all(history: FolderHistory, state: FolderState) -> bool:
    """Whether a listing from `first_uid` on cannot be relied on.

    The folder is numbered anew, counts backwards, or holds more below the mark than it did: new mail got UIDs below the
    UIDNEXT that was told.
    """
    mark = history.mark
    if mark is None or state.next_uid is None or mark.next_uid is None:
        return False
    if is_numbered_anew(history, state):
        return True
    return state.messages - sum(uid >= mark.next_uid for uid in state.uids) > mark.messages


def check_safe(mailbox: str, history: FolderHistory, state: FolderState, settings: PollSettings) -> None:
    """Stop where a folder became another one and nobody accepted that.

    Raises:
        UidValidityChangedError: the folder held messages under another UIDVALIDITY. Once accepted, everything is
            fetched again and ends as a duplicate.
        UidsReusedError: the folder held messages, and its UIDNEXT fell. The same follows.
        MailboxEmptiedError: the folder held messages and lists none.
    """
    if history.held and not settings.accept_uidvalidity:
        _check_numbering(mailbox, history, state)
    if history.held and not state.messages and not settings.accept_empty:
        raise MailboxEmptiedError(mailbox, state.folder, history.held)


def _check_numbering(mailbox: str, history: FolderHistory, state: FolderState) -> None:
    known, mark = history.numbering, history.mark
    if known is not None and not is_of(known, state.uidvalidity):
        raise UidValidityChangedError(mailbox, state.folder, told(known), state.uidvalidity)
    if _counts_backwards(mark, state):
        raise UidsReusedError(mailbox, state.folder, mark.next_uid or 0, state.next_uid or 0)  # type: ignore[union-attr]


def plan_folder(history: FolderHistory, state: FolderState, ledger: FolderLedger) -> FolderPlan:
    """Compare what a folder lists with what the ledger knows.

    Args:
        history: what earlier polls left.
        state: what the folder lists, under the ledger's numbering; copies below the first UID asked for have an
            outcome, by the mark's meaning.
        ledger: UIDs of the same numbering that have an outcome, as far down as the listing goes.
    """
    retry = history.retry.get(state.uidvalidity, frozenset())
    listed = frozenset(state.uids)
    new = tuple(uid for uid in state.uids if uid not in ledger.uids)
    again = tuple(uid for uid in state.uids if uid in ledger.uids and (uid in retry or uid in ledger.out_of_scope))
    below = max(state.messages - len(state.uids), 0)
    return FolderPlan(
        fetch=new + again,
        lost=tuple(sorted(retry - listed)),
        known=below + len(state.uids) - len(new) - len(again),
        vanished=_vanished(history.mark, state, len(new)),
    )


def _vanished(mark: FolderMark | None, state: FolderState, new: int) -> int:
    """By arithmetic; where UIDs do not grow, a poll that was killed makes it a lower bound."""
    if mark is None or mark.uidvalidity != state.uidvalidity:
        return 0
    came = new if mark.next_uid is None else sum(uid >= mark.next_uid for uid in state.uids)
    return max(mark.messages + came - state.messages, 0)

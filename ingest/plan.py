"""What a poll will do, as data: which UIDs are new, and whether it is safe to go on. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.mailbox.contract import FolderState
from ingest.settings import PollSettings
from models.errors import MailboxEmptiedError, UidValidityChangedError
from models.records import FolderLedger


@dataclass(frozen=True, slots=True)
class PollPlan:
    """The plan for one folder.

    Attributes:
        folder, uidvalidity: what it was made for.
        new: UIDs to fetch, in the order of arrival.
        known: how many listed UIDs have an outcome already.
    """

    folder: str
    uidvalidity: int
    new: tuple[int, ...]
    known: int

    @property
    def seen(self) -> int:
        """How many messages the folder lists."""
        return len(self.new) + self.known


def plan_poll(mailbox: str, state: FolderState, ledger: Sequence[FolderLedger], settings: PollSettings) -> PollPlan:
    """Compare what a folder lists with what the ledger knows.

    Args:
        mailbox: its name, for the errors.
        state: what the folder lists now.
        ledger: what is known of the folder, one entry for each UIDVALIDITY ever seen, newest last.
        settings: whether a person accepted a renumbered or emptied folder.

    Raises:
        UidValidityChangedError: the folder is known under other UIDVALIDITYs only, and nobody accepted that. Once
            accepted, everything is fetched again and ends as a duplicate.
        MailboxEmptiedError: the folder held messages and lists none, and nobody accepted that.
    """
    held = [entry for entry in ledger if entry.uids]
    known = next((entry.uids for entry in held if entry.uidvalidity == state.uidvalidity), None)
    if held and known is None and not settings.accept_uidvalidity:
        raise UidValidityChangedError(mailbox, state.folder, held[-1].uidvalidity, state.uidvalidity)
    if held and not state.uids and not settings.accept_empty:
        raise MailboxEmptiedError(mailbox, state.folder, len(held[-1].uids if known is None else known))
    new = tuple(uid for uid in state.uids if uid not in (known or ()))
    return PollPlan(state.folder, state.uidvalidity, new, len(state.uids) - len(new))

"""An account on an IMAP server as a mailbox: the contract, over a connection that may be lost and made again."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Self, TypeVar

from imapclient import IMAPClient

from ingest.mailbox.connection_failures import login_hint
from ingest.mailbox.contract import FetchedMail, Folder, FolderState, FolderStatus
from ingest.mailbox.imap.complaints import ImapRefusedError, shown
from ingest.mailbox.imap.connection import Connection, Selected
from ingest.mailbox.imap.folders import AccountFolders, list_folders
from ingest.mailbox.imap.patience import Patience
from ingest.mailbox.imap.resuming import ResumingFetch
from ingest.mailbox.imap.selecting import look_into
from ingest.mailbox.imap.session import SessionOpener
from ingest.mailbox.imap.statuses import folder_statuses
from ingest.mailbox.imap.wire import Wire
from ingest.mailbox.patterns import choose_folders
from ingest.settings import FetchLimits, ImapSettings
from models.errors import MailboxRefusedError

_T = TypeVar("_T")
_EVERYTHING = FetchLimits()
_NAMES_TOLD = 30


class ImapMailbox:
    """An account on a server, connected and logged in."""

    def __init__(self, name: str, settings: ImapSettings, connection: Connection) -> None:
        self.name = name
        self._settings = settings
        self._connection = connection
        self._folders = AccountFolders()
        self._selected: Selected | None = None
        self._fetch: ResumingFetch | None = None

    @classmethod
    def open(
        cls,
        name: str,
        settings: ImapSettings,
        *,
        connect: Callable[[], IMAPClient] | None = None,
        patience: Patience | None = None,
    ) -> Self:
        """Connect and log in.

        Args:
            name: what reports and the ledger call the mailbox.
            settings: where, how and what.
            connect: makes a session that is logged in; by the settings where None.
            patience: how long to try again; by the settings where None.

        Raises:
            MailboxUnreachableError: host name, port, TLS or certificate.
            MailboxRefusedError: user or password.
        """
        connection = Connection(
            name,
            settings.host,
            connect or SessionOpener(name, settings).open,
            settings.compress,
            patience or Patience(settings.patience_seconds),
            partial(login_hint, settings),
        )
        connection.open()
        return cls(name, settings, connection)

    def folders(self) -> tuple[Folder, ...]:
        """Every folder, with why the settings leave it out; those of others only where a pattern means them.

        Raises:
            MailboxRefusedError: a name or pattern of the settings means nothing that is there.
            MailboxUnreachableError: the connection was lost for good.
        """
        self._leave()
        self._folders = self._answered("to list the folders", self._list)
        choice = choose_folders(self._folders.listed, self._settings.folders, self._settings.exclude)
        if choice.unmatched:
            words = ", ".join(f"'{word}'" for word in choice.unmatched)
            raise MailboxRefusedError(self.name, f"no folder {words} on the server", self._told_folders())
        chosen = (Folder(folder) for folder in choice.chosen)
        return (*chosen, *(Folder(folder, reason) for folder, reason in choice.left_out.items()))

    def statuses(self, folders: Sequence[str]) -> dict[str, FolderStatus]:
        """What STATUS tells of folders; those that are refused are left out.

        Raises:
            MailboxUnreachableError: the connection was lost for good.
        """
        self._leave()
        return self._connection.run(lambda wire: folder_statuses(wire, self._folders, folders))

    def select(self, folder: str, first_uid: int = 1) -> FolderState:
        """EXAMINE a folder and list its UIDs from `first_uid` on.

        Raises:
            MailboxRefusedError: it is not there, may not be read, or its UIDs do not last.
            MailboxUnreachableError: the connection was lost for good.
        """
        self._leave()
        self._selected = None
        self._connection.note_examined(None)
        state, written = self._answered(f"folder {folder!r}", lambda wire: self._look_into(wire, folder, first_uid))
        self._selected = Selected(folder, written, state.uidvalidity)
        self._connection.note_examined(self._selected)
        return state

    def fetch(
        self, uids: Sequence[int], limits: FetchLimits = _EVERYTHING, since: date | None = None
    ) -> Iterator[FetchedMail]:
        """Messages of the selected folder in the order of `uids`; see `MailSource.fetch`.

        Raises:
            MailboxUnreachableError: the connection was lost for good; what was yielded before is whole.
            MailboxRefusedError: a new connection finds the folder gone or numbered anew.
        """
        self._leave()
        if self._selected is None:
            raise MailboxRefusedError(self.name, "no folder is selected", "select one first")
        self._fetch = ResumingFetch(self._connection, self._selected, tuple(dict.fromkeys(uids)), limits, since)
        return self._fetch.mails()

    def close(self) -> None:
        """Log out; a lost connection is let go."""
        self._leave()
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def _list(self, wire: Wire) -> AccountFolders:
        return list_folders(wire, self._settings.folders)

    def _look_into(self, wire: Wire, folder: str, first_uid: int) -> tuple[FolderState, bytes]:
        written = self._folders.quoted(folder)
        return look_into(wire, folder, written, first_uid), written

    def _answered(self, what: str, step: Callable[[Wire], _T]) -> _T:
        try:
            return self._connection.run(step)
        except ImapRefusedError as error:
            message = f"the server refused {what}: {error}"
            raise MailboxRefusedError(self.name, message, "look at imap.folders and the account's rights") from None

    def _leave(self) -> None:
        if self._fetch is not None:
            self._fetch.leave()
        self._fetch = None

    def _told_folders(self) -> str:
        paths = sorted(folder.path for folder in self._folders.listed)
        more = f", and {len(paths) - _NAMES_TOLD} more" if len(paths) > _NAMES_TOLD else ""
        return f"there are: {', '.join(shown(path.encode('utf-8', 'replace')) for path in paths[:_NAMES_TOLD])}{more}"

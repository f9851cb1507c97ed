"""An account on an IMAP server as a mailbox, through imapclient.

Read-only by construction: EXAMINE instead of SELECT, BODY.PEEK[] instead of BODY[] (RFC 9051, sections 6.3.3 and
6.4.5). Messages are asked for in lists of UIDs sized by RFC822.SIZE; imapclient holds one answer whole.
"""

import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any, Self

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from ingest.mailbox.connection_failures import told_failure
from ingest.mailbox.contract import GONE, REFUSED, TOO_LARGE, FetchedMail, FolderState
from ingest.mailbox.patterns import ListedFolder, choose_folders
from ingest.settings import FetchLimits, ImapSettings
from models.errors import MailboxRefusedError, MailboxUnreachableError

_EVERYTHING = FetchLimits()
_BODY = b"BODY[]"
_SIZE = b"RFC822.SIZE"
_DATE = b"INTERNALDATE"


class ImapMailbox:
    """An account on a server, connected and logged in."""

    def __init__(self, name: str, settings: ImapSettings, client: IMAPClient) -> None:
        self.name = name
        self._settings = settings
        self._client = client

    @classmethod
    def open(cls, name: str, settings: ImapSettings) -> Self:
        """Connect and log in.

        Raises:
            MailboxUnreachableError: host name, port, TLS or certificate.
            MailboxRefusedError: user or password.
        """
        try:
            return cls(name, settings, _logged_in(settings))
        except LoginError as error:
            raise MailboxRefusedError(
                name, f"{settings.host} refused user or password: {_said(error)}", "look at imap.user and imap.password"
            ) from None
        except (IMAPClientError, OSError) as error:
            raise told_failure(name, settings, error) from None

    def folders(self) -> tuple[str, ...]:
        """The folders that the settings' names and patterns mean.

        Raises:
            MailboxRefusedError: one that is named is not there.
        """
        with self._answering():
            listed = [_listed(*row) for row in self._client.list_folders()]
        chosen, missing = choose_folders(listed, self._settings.folders)
        if missing:
            there = ", ".join(folder.path for folder in listed[:20])
            raise MailboxRefusedError(
                self.name, f"no folder {', '.join(map(repr, missing))} on the server", f"there are: {there}"
            )
        return tuple(chosen)

    def select(self, folder: str) -> FolderState:
        """EXAMINE a folder and list its UIDs.

        Raises:
            MailboxRefusedError: it is not there, may not be read, or has no UIDVALIDITY.
        """
        with self._answering(f"folder {folder!r}"):
            answer = self._client.select_folder(folder, readonly=True)
            uids = self._client.search("ALL") if answer.get(b"EXISTS") else []
        if b"UIDVALIDITY" not in answer:
            raise MailboxRefusedError(self.name, f"folder {folder!r} has no lasting UIDs", "leave it out of folders")
        return FolderState(folder, int(answer[b"UIDVALIDITY"]), tuple(sorted(map(int, uids))))

    def fetch(self, uids: Sequence[int], limits: FetchLimits = _EVERYTHING) -> Iterator[FetchedMail]:
        """Messages by UID, in commands of at most `limits.batch_messages` messages and about `limits.batch_bytes`."""
        for start in range(0, len(uids), limits.batch_messages):
            chunk = uids[start : start + limits.batch_messages]
            sizes = self._sizes(chunk)
            for batch in _batches(chunk, sizes, limits):
                yield from self._fetch_batch(batch, sizes, limits)

    def _sizes(self, uids: Sequence[int]) -> dict[int, int]:
        answer = self._ask(uids, [_SIZE])
        return {uid: int(items[_SIZE]) for uid, items in answer.items() if _SIZE in items}

    def _fetch_batch(self, uids: Sequence[int], sizes: dict[int, int], limits: FetchLimits) -> Iterator[FetchedMail]:
        wanted = [uid for uid in uids if sizes.get(uid, 0) <= limits.message_bytes]
        answer = self._ask(wanted, [b"BODY.PEEK[]", _DATE])
        for uid in uids:
            if uid in wanted:
                yield _mail(uid, answer.get(uid))
            else:
                yield FetchedMail(uid, b"", problem=TOO_LARGE)

    def _ask(self, uids: Sequence[int], items: list[bytes]) -> dict[int, Any]:
        """One FETCH; where the server or its answer is at fault, message by message."""
        if not uids:
            return {}
        with self._answering():
            try:
                return dict(self._client.fetch(uids, items))
            except IMAPClientAbortError:
                raise
            except (IMAPClientError, ValueError) as error:
                if len(uids) == 1:
                    return {uids[0]: {REFUSED: str(error)}}
        return {uid: found for single in uids for uid, found in self._ask([single], items).items()}

    @contextmanager
    def _answering(self, what: str = "") -> Iterator[None]:
        try:
            yield
        except (IMAPClientAbortError, OSError) as error:
            message = f"the connection to {self._settings.host} was lost: {error}"
            raise MailboxUnreachableError(self.name, message, "run again: what was read so far is kept") from None
        except IMAPClientError as error:
            message = f"the server refused{' ' * bool(what)}{what}: {error}"
            raise MailboxRefusedError(self.name, message, "look at imap.folders and the account's rights") from None

    def close(self) -> None:
        """Log out; a lost connection is let go."""
        try:
            self._client.logout()
        except (IMAPClientError, OSError):
            _hang_up(self._client)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()


def _logged_in(settings: ImapSettings) -> IMAPClient:
    context = ssl.create_default_context(cafile=str(settings.ca) if settings.ca else None)
    client = IMAPClient(
        settings.host,
        settings.port,
        ssl=settings.tls == "implicit",
        ssl_context=context if settings.tls == "implicit" else None,
        timeout=settings.timeout_seconds,
    )
    # else INTERNALDATE comes as a naive time of this machine's zone
    client.normalise_times = False
    try:
        if settings.tls == "starttls":
            client.starttls(context)
        client.login(settings.user, settings.password)
    except (IMAPClientError, OSError):
        _hang_up(client)
        raise
    return client


def _hang_up(client: IMAPClient) -> None:
    with suppress(OSError):
        client.shutdown()


def _listed(flags: Sequence[bytes], delimiter: bytes | None, name: str) -> ListedFolder:
    separator = delimiter.decode("ascii", "replace") if delimiter else "/"
    lowered = frozenset(flag.decode("ascii", "replace").lower() for flag in flags)
    return ListedFolder(name, name.replace(separator, "/"), lowered)


def _batches(uids: Sequence[int], sizes: dict[int, int], limits: FetchLimits) -> Iterator[list[int]]:
    batch: list[int] = []
    total = 0
    for uid in uids:
        size = min(sizes.get(uid, 0), limits.message_bytes)
        if batch and total + size > limits.batch_bytes:
            yield batch
            batch, total = [], 0
        batch.append(uid)
        total += size
    if batch:
        yield batch


def _mail(uid: int, items: dict[Any, Any] | None) -> FetchedMail:
    if items is None:
        return FetchedMail(uid, b"", problem=GONE)
    if REFUSED in items or not isinstance(items.get(_BODY), bytes):
        return FetchedMail(uid, b"", problem=f"{REFUSED}: {items.get(REFUSED, 'no body')}")
    return FetchedMail(uid, items[_BODY], _utc(items.get(_DATE)))


def _utc(moment: datetime | None) -> datetime | None:
    try:
        return moment.astimezone(UTC) if moment is not None and moment.tzinfo else None
    except OverflowError:
        return None


def _said(error: Exception) -> str:
    """The server's words without the notation of bytes that the library leaves around them."""
    said = error.args[0] if error.args else ""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return text.removeprefix("b'").removesuffix("'")

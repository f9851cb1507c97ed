"""Messages of the folder that is being examined, over one connection, with the next commands always on the way.

First a chunk of messages is described (size, moment of arrival), then what is to be read of it is asked for in
batches. Each chunk's description is asked for some chunks before its turn, and before the bodies of those: its answer
is there when they have come, and a long line never runs dry. What comes is handed on at once: in memory is one message,
and those that came before their turn.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from itertools import islice

from ingest.mailbox.contract import GONE, OUT_OF_WINDOW, REFUSED, TOO_LARGE, FetchedMail
from ingest.mailbox.imap.complaints import ImapLostError
from ingest.mailbox.imap.fetch_answers import BODY, DESCRIPTION, Description, read_body, read_description
from ingest.mailbox.imap.responses import Response
from ingest.mailbox.imap.uid_sets import uid_set
from ingest.mailbox.imap.wire import Wire
from ingest.settings import FetchLimits

# eleven bytes each: as many commands as may be under way fit into the buffers on the way, even to a server that reads
# none while it writes
_MOST_UIDS = 350
_DESCRIPTION_BYTES = 100
_MOST_UNDER_WAY = 16
# descriptions: a fast server gives the bodies of one chunk in less than a long round trip
_CHUNKS_AHEAD = 3
# responses between two that answer what was asked, large ones counted as several
_MOST_TALK = 2**17
_TALK_BYTES = 2**14
_UNKNOWN = Description()


class _Kind(Enum):
    DESCRIBE = 1
    READ = 2
    READ_ALONE = 3


@dataclass(frozen=True, slots=True)
class _Command:
    kind: _Kind
    uids: tuple[int, ...]
    size: int


class Fetching:
    """One pass over messages; ends when all are there or the connection is lost.

    Attributes:
        broken_off: whether answers are still on their way, so that the connection is of no more use.
    """

    def __init__(
        self, wire: Wire, uids: Iterable[int], limits: FetchLimits, since: date | None = None, *, gently: bool = False
    ) -> None:
        """Plan the pass.

        Args:
            wire: a session with the folder examined.
            uids: which messages, each once.
            limits: sizes of batches and of messages.
            since: the first day to read, in UTC; a day to spare is left.
            gently: one message in one command, then two, then four: for a server that broke down before.
        """
        self._wire = wire
        self._limits = limits
        self._uids = tuple(uids)
        self._rest = iter(self._uids)
        self._first_moment = _start(since)
        self._most = min(limits.batch_messages, _MOST_UIDS)
        self._step = 1 if gently else self._most
        self._window = 2 * limits.batch_bytes
        self._queue: deque[_Command] = deque()
        self._under_way: dict[bytes, _Command] = {}
        self._occupied = 0
        self._held = 0
        self._most_held = self._window + limits.message_bytes
        self._talk = 0
        self._undescribed: set[int] = set()
        self._described: dict[int, Description] = {}
        self._unread: dict[int, Description] = {}
        self._results: dict[int, FetchedMail] = {}
        self._bodiless: set[int] = set()

    @property
    def broken_off(self) -> bool:
        """Whether answers are still on their way."""
        return bool(self._under_way)

    def __iter__(self) -> Iterator[FetchedMail]:
        """The messages in the order asked for.

        Raises:
            ImapLostError: the connection ended; what came before is whole.
        """
        for _ in range(_CHUNKS_AHEAD if self._step == self._most else 1):
            self._describe_next()
        for uid in self._uids:
            while uid not in self._results:
                if self._queue:
                    self._send()
                self._take(self._wire.receive(self._limits.message_bytes))
            mail = self._results.pop(uid)
            self._occupied -= len(mail.raw)
            self._held -= len(mail.raw)
            yield mail

    def _send(self) -> None:
        commands: list[_Command] = []
        while self._queue and self._may_go(self._queue[0], len(self._under_way) + len(commands)):
            command = self._queue.popleft()
            self._occupied += command.size
            commands.append(command)
        if commands:
            tags = self._wire.send([_line(command) for command in commands])
            self._under_way.update(zip(tags, commands, strict=True))

    def _may_go(self, command: _Command, under_way: int) -> bool:
        if not under_way:
            return True
        if self._step < self._most or under_way >= _MOST_UNDER_WAY:
            return False
        return command.kind is _Kind.READ_ALONE or self._occupied + command.size <= self._window

    def _take(self, response: Response) -> None:
        self._talk += 1 + response.length // _TALK_BYTES
        if self._talk > _MOST_TALK:
            raise ImapLostError("the server talks without end, and not of what it is asked")
        if command := self._under_way.pop(response.tag, None):
            self._finish(command, response)
        elif len(response.parts) > 1 or not self._undescribed:
            self._take_body(response)
        elif told := read_description(response):
            uid, description = told
            if uid in self._undescribed and uid not in self._described:
                self._described[uid] = description
                self._talk = 0
        else:
            self._take_body(response)

    def _take_body(self, response: Response) -> None:
        told = read_body(response)
        if told is None or (description := self._unread.get(told[0])) is None:
            return
        uid, body = told
        if body.oversized > 0:
            self._settle(FetchedMail(uid, b"", description.internal_at, TOO_LARGE, body.oversized))
        elif body.raw is None:
            self._bodiless.add(uid)
        else:
            # what was under way is now held, until its turn comes
            self._occupied += len(body.raw)
            self._held += len(body.raw)
            if self._held > self._most_held:
                raise ImapLostError("the server sends more than it said, and not in its order")
            self._settle(FetchedMail(uid, body.raw, description.internal_at))

    def _settle(self, mail: FetchedMail) -> None:
        self._talk = 0
        self._unread.pop(mail.uid, None)
        self._results[mail.uid] = mail

    def _finish(self, command: _Command, end: Response) -> None:
        self._talk = 0
        self._occupied -= command.size
        self._step = min(2 * self._step, self._most)
        match command.kind:
            case _Kind.DESCRIBE:
                self._finish_description(command.uids, end)
            case _Kind.READ:
                left = [uid for uid in command.uids if uid in self._unread]
                self._queue.extendleft(self._alone(uid) for uid in reversed(left))
            case _Kind.READ_ALONE:
                self._finish_alone(command.uids[0], end)

    def _finish_description(self, uids: Sequence[int], end: Response) -> None:
        self._undescribed.difference_update(uids)
        told = {uid: self._described.pop(uid, _UNKNOWN) for uid in uids}
        wanted = [uid for uid in uids if self._is_wanted(uid, told[uid])]
        # servers have been seen to leave one out that is there: what is not described is asked for by itself
        known = [] if end.refused else [uid for uid in wanted if told[uid] is not _UNKNOWN]
        unknown = [uid for uid in wanted if end.refused or told[uid] is _UNKNOWN]
        commands = [*map(self._alone, unknown), *self._batches(known)]
        if self._step < self._most:
            # gently: nothing else may come between the server and the message that it is asked for
            self._queue.extend(commands)
            self._describe_next()
        else:
            self._describe_next()
            self._queue.extend(commands)

    def _is_wanted(self, uid: int, description: Description) -> bool:
        if problem := self._left_out(description):
            self._settle(FetchedMail(uid, b"", description.internal_at, problem, description.size))
            return False
        self._unread[uid] = description
        return True

    def _left_out(self, description: Description) -> str:
        if self._first_moment and description.internal_at and description.internal_at < self._first_moment:
            return OUT_OF_WINDOW
        return TOO_LARGE if description.size > self._limits.message_bytes else ""

    def _finish_alone(self, uid: int, end: Response) -> None:
        description = self._unread.get(uid)
        if description is None:
            return
        if end.refused:
            self._settle(FetchedMail(uid, b"", description.internal_at, f"{REFUSED}: {end.refused}", description.size))
        elif uid in self._bodiless:
            told = f"{REFUSED}: the server gives no body"
            self._settle(FetchedMail(uid, b"", description.internal_at, told, description.size))
        else:
            self._settle(FetchedMail(uid, b"", description.internal_at, GONE, description.size))

    def _describe_next(self) -> None:
        chunk = tuple(islice(self._rest, self._step))
        if chunk:
            self._undescribed.update(chunk)
            self._queue.append(_Command(_Kind.DESCRIBE, chunk, _DESCRIPTION_BYTES * len(chunk)))

    def _alone(self, uid: int) -> _Command:
        return _Command(_Kind.READ_ALONE, (uid,), self._unread[uid].size)

    def _batches(self, uids: Sequence[int]) -> Iterator[_Command]:
        """Commands whose answers come in the order asked for: servers answer by ascending UID."""
        batch: list[int] = []
        total = 0
        for uid in uids:
            size = self._unread[uid].size
            if batch and (total + size > self._limits.batch_bytes or len(batch) >= self._step or uid < batch[-1]):
                yield _Command(_Kind.READ, tuple(batch), total)
                batch, total = [], 0
            batch.append(uid)
            total += size
        if batch:
            yield _Command(_Kind.READ, tuple(batch), total)


def _line(command: _Command) -> bytes:
    items = DESCRIPTION if command.kind is _Kind.DESCRIBE else BODY
    return b"UID FETCH %b %b" % (uid_set(command.uids), items)


def _start(since: date | None) -> datetime | None:
    if since is None:
        return None
    spared = max(since, date.min + timedelta(days=1)) - timedelta(days=1)
    return datetime.combine(spared, time(), UTC)

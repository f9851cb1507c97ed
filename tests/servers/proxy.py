"""A line between a client and a server that can be long, and can break: bytes pass unchanged, TLS or not.

with run_proxy(dovecot.imap_port, Line(cut_after=30_000), Line(stall_after=500), Line()) as proxy:
    ...  # the first connection to proxy.port is cut, the second stalls, all others are sound
"""

import queue
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

_HOST = "127.0.0.1"
_CHUNK_BYTES = 2**16
_CHUNKS_ON_THE_WAY = 512
_JOIN_SECONDS = 10.0


@dataclass(frozen=True)
class Line:
    """How one connection behaves.

    Attributes:
        cut_after: Bytes of the server's answers after which it is closed; None for never.
        stall_after: Bytes of the server's answers after which nothing more comes; None for never.
        round_trip_seconds: How long a question and its answer take, however much they are.
    """

    cut_after: int | None = None
    stall_after: int | None = None
    round_trip_seconds: float = 0.0


@dataclass
class Proxy:
    """A listening proxy.

    Attributes:
        port: Where clients connect, on 127.0.0.1.
        connections: How many connected so far.
        answered: How many bytes of the server's answers went through, on all lines together.
    """

    port: int
    connections: int = 0
    answered: int = 0
    sockets: list[socket.socket] = field(default_factory=list, repr=False)


@contextmanager
def run_proxy(server_port: int, *lines: Line) -> Iterator[Proxy]:
    """Hands connections through to a port of this machine: the first over the first line, and so on.

    Args:
        server_port: Where the server listens.
        lines: The last one is every further connection's too; a sound line where there is none.
    """
    with socket.create_server((_HOST, 0)) as listener:
        proxy = Proxy(listener.getsockname()[1])
        thread = threading.Thread(target=_accept, args=(listener, server_port, lines or (Line(),), proxy), daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            # closing alone does not wake a thread that accepts
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            for used in proxy.sockets:
                _hang_up(used)
    thread.join(_JOIN_SECONDS)


def _accept(listener: socket.socket, server_port: int, lines: tuple[Line, ...], proxy: Proxy) -> None:
    with suppress(OSError):
        while True:
            client, _ = listener.accept()
            line = lines[min(proxy.connections, len(lines) - 1)]
            proxy.connections += 1
            server = socket.create_connection((_HOST, server_port))
            for used in (client, server):
                used.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            proxy.sockets += (client, server)
            _join(client, server, line, proxy)


def _join(client: socket.socket, server: socket.socket, line: Line, proxy: Proxy) -> None:
    ends = (
        (client, server, Line(round_trip_seconds=line.round_trip_seconds), Proxy(0)),
        (server, client, line, proxy),
    )
    for end in ends:
        on_the_way: queue.Queue[tuple[float, bytes]] = queue.Queue(_CHUNKS_ON_THE_WAY)
        threading.Thread(target=_receive, args=(*end[:3:2], on_the_way), daemon=True).start()
        threading.Thread(target=_deliver, args=(*end[:2], on_the_way, end[3]), daemon=True).start()


def _receive(source: socket.socket, line: Line, on_the_way: queue.Queue[tuple[float, bytes]]) -> None:
    """Takes what comes, up to where the line breaks, and notes when it is due; the end is told by no bytes."""
    left = min((limit for limit in (line.cut_after, line.stall_after) if limit is not None), default=None)
    with suppress(OSError):
        while left != 0 and (data := source.recv(_CHUNK_BYTES if left is None else min(left, _CHUNK_BYTES))):
            left = None if left is None else left - len(data)
            on_the_way.put((time.monotonic() + line.round_trip_seconds / 2, data))
    if left == 0 and line.stall_after is not None:
        return
    on_the_way.put((0.0, b""))


def _deliver(
    source: socket.socket, target: socket.socket, on_the_way: queue.Queue[tuple[float, bytes]], proxy: Proxy
) -> None:
    with suppress(OSError):
        while (item := on_the_way.get())[1]:
            # the length of the line is what is being tried out
            time.sleep(max(0.0, item[0] - time.monotonic()))
            # counted first: who has read an answer finds it counted
            proxy.answered += len(item[1])
            target.sendall(item[1])
    for used in (source, target):
        _hang_up(used)


def _hang_up(used: socket.socket) -> None:
    with suppress(OSError):
        used.shutdown(socket.SHUT_RDWR)
    used.close()

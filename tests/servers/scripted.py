r"""An IMAP server that says what it is told to: for answers that no server installed here gives.

with run_scripted({b"EXAMINE": b"* 1 EXISTS\r\n* OK [UIDVALIDITY 9]\r\n"}) as server:
    ...  # ImapSettings("127.0.0.1", "user", "password", port=server.port, tls="none")
"""

import socket
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import cycle

from ingest.settings import ImapSettings

CLOSE = b"!close"
"""At the end of an answer: closes the connection there."""

FOREVER = b"!forever"
"""At the end of an answer: says it again and again, as long as somebody listens."""

TRICKLE = b"!trickle"
"""At the end of an answer: says it byte by byte, again and again, with a pause before each."""

TRICKLE_SECONDS = 0.1

_HOST = "127.0.0.1"
_JOIN_SECONDS = 10.0
_ALWAYS = {b"LOGIN": b"", b"LOGOUT": b"* BYE see you\r\n", b"CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n"}

Script = Mapping[bytes, bytes | Sequence[bytes]]
"""What is answered to commands that begin like this: always the same, or one after the other, the last one for good.

"TAG" stands for the command's tag; where no line begins with it, "TAG OK done" follows.
"""


@dataclass
class ScriptedServer:
    """A listening server.

    Attributes:
        port: On 127.0.0.1.
        script: What it answers.
        greeting: What it says first.
        commands: What it was asked so far, without tags, on all connections.
        connections: How many connected so far.
    """

    port: int
    script: Script
    greeting: bytes = b"* OK ready\r\n"
    commands: list[bytes] = field(default_factory=list)
    connections: int = 0
    _used: dict[bytes, int] = field(default_factory=dict)

    def settings(self, folders: tuple[str, ...] = ("INBOX",)) -> ImapSettings:
        """Settings of an account here that gives up at once."""
        return ImapSettings(
            _HOST,
            "user",
            "password",
            port=self.port,
            tls="none",
            folders=folders,
            timeout_seconds=10,
            patience_seconds=0,
        )

    def answer(self, tag: bytes, command: bytes) -> bytes:
        """What is said to a command."""
        self.commands.append(command)
        for begin, said in {**_ALWAYS, **self.script}.items():
            if command.upper().startswith(begin.upper()):
                text = said if isinstance(said, bytes) else said[min(self._use(begin), len(said) - 1)]
                ended = b"\r\nTAG " in b"\r\n" + text or text.endswith((CLOSE, FOREVER, TRICKLE))
                return (text if ended else text + b"TAG OK done\r\n").replace(b"TAG ", tag + b" ")
        return tag + b" BAD what?\r\n"

    def _use(self, begin: bytes) -> int:
        self._used[begin] = self._used.get(begin, -1) + 1
        return self._used[begin]


@contextmanager
def run_scripted(script: Script, greeting: bytes = b"* OK ready\r\n") -> Iterator[ScriptedServer]:
    """Listens on a port of this machine until the end."""
    with socket.create_server((_HOST, 0)) as listener:
        server = ScriptedServer(listener.getsockname()[1], script, greeting)
        thread = threading.Thread(target=_accept, args=(listener, server), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
    thread.join(_JOIN_SECONDS)


def _accept(listener: socket.socket, server: ScriptedServer) -> None:
    with suppress(OSError):
        while True:
            client, _ = listener.accept()
            server.connections += 1
            threading.Thread(target=_serve, args=(client, server), daemon=True).start()


def _serve(client: socket.socket, server: ScriptedServer) -> None:
    with client, suppress(OSError), client.makefile("rb") as file:
        _say(client, server.greeting)
        if server.greeting.endswith(CLOSE):
            return
        for line in file:
            tag, _, command = line.rstrip(b"\r\n").partition(b" ")
            said = server.answer(tag, command)
            _say(client, said)
            if said.endswith(CLOSE) or command.upper().startswith(b"LOGOUT"):
                return


def _say(client: socket.socket, said: bytes) -> None:
    if said.endswith(FOREVER):
        text = said.removesuffix(FOREVER)
        again = text * (2**16 // len(text) + 1)
        while True:
            client.sendall(again)
    if said.endswith(TRICKLE):
        for byte in cycle(said.removesuffix(TRICKLE)):
            # how slow it is is what is being tried out
            time.sleep(TRICKLE_SECONDS)
            client.sendall(bytes((byte,)))
    client.sendall(said.removesuffix(CLOSE))

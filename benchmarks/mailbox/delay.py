"""A proxy that makes a line long: every byte arrives half a round trip later; how many are on the way is not limited.

    python -m benchmarks.mailbox.delay PORT_OF_THE_SERVER SECONDS_OF_A_ROUND_TRIP

Prints the port that it listens on, and serves until it is ended.
"""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from subprocess import PIPE, Popen

_AT_ONCE = 2**18


async def serve(port: int, round_trip: float) -> None:
    """Pass connections on, for ever."""

    async def pass_on(near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        far, forth = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(_carry(near, forth, round_trip / 2), _carry(far, back, round_trip / 2))

    server = await asyncio.start_server(pass_on, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def _carry(source: asyncio.StreamReader, target: asyncio.StreamWriter, delay: float) -> None:
    loop = asyncio.get_running_loop()
    way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
    delivery = asyncio.create_task(_deliver(way, target))
    while data := await source.read(_AT_ONCE):
        way.put_nowait((loop.time() + delay, data))
    way.put_nowait((loop.time() + delay, b""))
    await delivery


async def _deliver(way: "asyncio.Queue[tuple[float, bytes]]", target: asyncio.StreamWriter) -> None:
    loop = asyncio.get_running_loop()
    with suppress(ConnectionError):
        while True:
            due, data = await way.get()
            await asyncio.sleep(due - loop.time())
            if not data:
                break
            target.write(data)
            await target.drain()
    target.close()


@contextmanager
def long_line(port: int, round_trip: float) -> Iterator[int]:
    """The port of such a proxy, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.mailbox.delay", str(port), str(round_trip)]
    with Popen(command, stdout=PIPE, text=True) as process:
        assert process.stdout
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2])))

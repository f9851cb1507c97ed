"""A line that breaks does so at the byte it is told to, and a long one takes its time."""

import socket
import time

from tests.servers.dovecot import Dovecot
from tests.servers.proxy import Line, Proxy, run_proxy


def _greeted(proxy: Proxy) -> bytes:
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=5) as client:
        client.sendall(b"a LOGOUT\r\n")
        said = b""
        while data := client.recv(4096):
            said += data
    return said


def test_a_sound_line_hands_everything_through(dovecot: Dovecot) -> None:
    with run_proxy(dovecot.imap_port) as proxy:
        said = _greeted(proxy)
        assert said.startswith(b"* OK ")
        assert said.endswith(b"a OK Logout completed.\r\n")
        assert proxy.answered == len(said)


def test_lines_break_one_after_the_other_where_they_are_told_to(dovecot: Dovecot) -> None:
    with run_proxy(dovecot.imap_port, Line(cut_after=7), Line(cut_after=0), Line()) as proxy:
        assert len(_greeted(proxy)) == 7
        assert _greeted(proxy) == b""
        assert len(_greeted(proxy)) > 7
        assert proxy.connections == 3


def test_a_line_that_stalls_stays_open(dovecot: Dovecot) -> None:
    with (
        run_proxy(dovecot.imap_port, Line(stall_after=7)) as proxy,
        socket.create_connection(("127.0.0.1", proxy.port), timeout=0.3) as client,
    ):
        assert client.recv(4096) == b"* OK [C"
        try:
            more = client.recv(4096)
        except TimeoutError:
            more = b"nothing"
        assert more == b"nothing"


def test_a_long_line_takes_its_time(dovecot: Dovecot) -> None:
    with run_proxy(dovecot.imap_port, Line(round_trip_seconds=0.2)) as proxy:
        begun = time.monotonic()
        assert _greeted(proxy).startswith(b"* OK ")
        assert time.monotonic() - begun >= 0.2

"""Compressed connections give the same mail for fewer bytes, and are used only where they help."""

import io
import zlib

import pytest

from ingest.mailbox.contract import FetchedMail
from ingest.mailbox.imap import ImapMailbox
from ingest.mailbox.imap.compression import Inflating
from ingest.mailbox.imap.patience import Patience
from ingest.settings import Compress, ImapSettings
from tests.contract.mailbox_contract import letter
from tests.servers.dovecot import Account, Dovecot
from tests.servers.proxy import Line, run_proxy
from tests.servers.scripted import run_scripted

_LETTERS = tuple(letter(number, b"Please release batch %d.\n" % number * 400) for number in range(40))


def _read(dovecot: Dovecot, account: Account, compress: Compress, *lines: Line) -> tuple[list[FetchedMail], int]:
    with run_proxy(dovecot.imaps_port, *lines) as proxy:
        settings = ImapSettings(
            "localhost", account.user, account.password, port=proxy.port, ca=dovecot.authority, compress=compress
        )
        pauses: list[float] = []
        patience = Patience(300, pauses.append)
        with ImapMailbox.open("journal", settings, patience=patience) as mailbox:
            return list(mailbox.fetch(mailbox.select("INBOX").uids)), proxy.answered


def test_compressed_mail_is_the_same_in_fewer_bytes(dovecot: Dovecot, account: Account) -> None:
    account.deliver(_LETTERS)
    plain, plain_bytes = _read(dovecot, account, "never")
    compressed, compressed_bytes = _read(dovecot, account, "always")
    assert compressed == plain
    assert compressed_bytes < plain_bytes / 5


def test_nothing_is_compressed_to_this_machine_unless_it_is_wanted(dovecot: Dovecot, account: Account) -> None:
    account.deliver(_LETTERS)
    assert _read(dovecot, account, "auto")[1] > sum(map(len, _LETTERS))


def test_a_compressed_connection_that_is_cut_goes_on(dovecot: Dovecot, account: Account) -> None:
    account.deliver(_LETTERS)
    sound, answered = _read(dovecot, account, "always")
    assert _read(dovecot, account, "always", Line(cut_after=answered - 600), Line())[0] == sound


def test_a_server_that_thinks_better_of_it_is_read_as_it_is() -> None:
    script = {
        b"CAPABILITY": b"* CAPABILITY IMAP4rev1 COMPRESS=DEFLATE\r\n",
        b"COMPRESS": b"TAG NO [COMPRESSIONACTIVE] TLS compresses already\r\n",
        b"EXAMINE": b"* 0 EXISTS\r\n* OK [UIDVALIDITY 7]\r\n",
    }
    with run_scripted(script) as server:
        with ImapMailbox.open("journal", server.settings()) as mailbox:
            assert mailbox.select("INBOX").messages == 0
        assert b"COMPRESS DEFLATE" not in server.commands
        always = ImapSettings("127.0.0.1", "user", "password", port=server.port, tls="none", compress="always")
        with ImapMailbox.open("journal", always) as mailbox:
            assert mailbox.select("INBOX").messages == 0
        assert b"COMPRESS DEFLATE" in server.commands


def test_inflating_holds_no_more_than_is_asked_for() -> None:
    deflate = zlib.compressobj(wbits=-15)
    packed = deflate.compress(b"\0" * 50_000_000) + deflate.flush(zlib.Z_SYNC_FLUSH)
    inflating = Inflating(io.BufferedReader(io.BytesIO(packed)))
    buffer = bytearray(1000)
    assert inflating.readinto(buffer) == 1000
    assert len(inflating._ahead) <= len(packed)  # noqa: SLF001 - what it holds is the point
    assert len(io.BufferedReader(inflating).read()) == 50_000_000 - 1000


def test_bytes_that_are_not_compressed_are_an_error_of_the_connection() -> None:
    with pytest.raises(OSError, match="mean nothing"):
        Inflating(io.BufferedReader(io.BytesIO(b"\xff* OK hello"))).read(10)

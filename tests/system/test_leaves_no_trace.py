"""`liaison ingest` on a real server: flags, counts, UIDs, modification numbers and files are the same afterwards."""

import hashlib
import imaplib
from pathlib import Path

import pytest

from tests.contract.mailbox_contract import letter
from tests.servers.dovecot import Account, Dovecot
from tests.servers.proxy import Line, run_proxy
from tests.system.running import as_json, liaison

_LETTERS = tuple(letter(number, b"Please release batch %d.\n" % number * 100) for number in range(25))
_FOLDERS = ("INBOX", "Archive", "Archive/2025")
_ITEMS = "(MESSAGES RECENT UNSEEN UIDNEXT UIDVALIDITY HIGHESTMODSEQ)"
_CONFIG = """
store: sqlite:///liaison.db
mailboxes:
  - name: journal
    imap:
      host: localhost
      port: {port}
      tls: {tls}
      compress: {compress}
      ca: {ca}
      user: {user}
      password: {{env: JOURNAL_PASSWORD}}
      folders: ["*"]
organisations:
  - {{id: halden, name: Halden Pharma, role: client, domains: [halden.example], time_zone: Europe/Berlin}}
  - {{id: corvus, name: Corvus Biologics, role: cmo, domains: [corvus.example], time_zone: Europe/Berlin}}
relationships:
  - {{id: halden-corvus, client: halden, cmo: corvus}}
"""


def _seen_by_another_client(dovecot: Dovecot, account: Account) -> list[object]:
    told: list[object] = []
    with imaplib.IMAP4("127.0.0.1", dovecot.imap_port) as imap:
        imap.login(account.user, account.password)
        for folder in _FOLDERS:
            told.append(imap.status(f'"{folder}"', _ITEMS))
            imap.select(f'"{folder}"', readonly=True)
            told.append(imap.uid("fetch", "1:*", "(FLAGS MODSEQ INTERNALDATE RFC822.SIZE)"))
    return told


def _message_files(account: Account) -> dict[str, tuple[str, int]]:
    return {
        str(file.relative_to(account.home)): (hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_mtime_ns)
        for file in sorted(Path(account.home).rglob("*"))
        if file.is_file() and file.parent.name in {"cur", "new"}
    }


@pytest.mark.parametrize(
    ("tls", "compress", "lines"),
    [
        ("implicit", "always", ()),
        ("starttls", "never", ()),
        ("starttls", "always", (Line(cut_after=12_000), Line(cut_after=15_000), Line())),
        ("implicit", "never", (Line(cut_after=40_000), Line())),
    ],
    ids=["compressed", "starttls", "cut and compressed", "cut"],
)
def test_a_whole_run_leaves_no_trace(
    dovecot: Dovecot, account: Account, tmp_path: Path, tls: str, compress: str, lines: tuple[Line, ...]
) -> None:
    for folder in _FOLDERS[1:]:
        account.deliver(_LETTERS, folder)
    with imaplib.IMAP4("127.0.0.1", dovecot.imap_port) as imap:
        imap.login(account.user, account.password)
        imap.select("Archive")
        imap.uid("store", "3,5", "+FLAGS", "(\\Seen \\Flagged)")
    # nobody has opened this one: its mail is \Recent, in new/
    account.deliver([letter(100 + number) for number in range(25)])
    files, seen = _message_files(account), _seen_by_another_client(dovecot, account)
    server_port = dovecot.imaps_port if tls == "implicit" else dovecot.imap_port
    with run_proxy(server_port, *(lines or (Line(),))) as proxy:
        config = _CONFIG.format(port=proxy.port, tls=tls, compress=compress, ca=dovecot.authority, user=account.user)
        (tmp_path / "config.yaml").write_text(config)
        done = liaison(tmp_path, "ingest", "--json", env={"JOURNAL_PASSWORD": account.password})
        connections = proxy.connections
    assert done.returncode == 0, done.stderr
    (box,) = as_json(done)["mailboxes"]
    assert (box["seen"], box["stored"], box["duplicate"], box["quarantined"]) == (75, 50, 25, 0)
    assert connections >= len(lines)
    assert account.password not in done.stdout + done.stderr
    assert _seen_by_another_client(dovecot, account) == seen
    assert _message_files(account) == files
    assert sum(name.startswith("new/") for name in files) == 25

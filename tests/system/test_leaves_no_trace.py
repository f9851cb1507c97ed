"""`liaison ingest` on a real server: flags, counts, UIDs, modification numbers and files are the same afterwards."""

import imaplib
from pathlib import Path

import pytest

from tests.contract.mailbox_contract import letter
from tests.servers.dovecot import Account, Dovecot
from tests.servers.proxy import Line, run_proxy
from tests.servers.traces import message_files, seen_by_another_client
from tests.system.running import as_json, liaison

_LETTERS = tuple(letter(number, b"Please release batch %d.\n" % number * 100) for number in range(25))
_FOLDERS = ("INBOX", "Archive", "Archive/2025")
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
    files, seen = message_files(account), seen_by_another_client(dovecot, account, _FOLDERS)
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
    assert seen_by_another_client(dovecot, account, _FOLDERS) == seen
    assert message_files(account) == files
    assert sum(name.startswith("new/") for name in files) == 25

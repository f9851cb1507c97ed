r"""A private Dovecot: IMAP on loopback ports, TLS with a fresh certificate, any number of mailboxes.

    with run_dovecot() as dovecot:
        account = dovecot.new_account()
        account.deliver([b"Subject: hello\r\n\r\nhi\r\n"])

Every user name is known and has the same password, so that each test can have a mailbox of its own.
Folder names are separated by "/". UIDs follow the order of delivery.
"""

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path

from tests.servers.certificates import Certificates, write_certificates
from tests.servers.programs import find_program, free_ports

PASSWORD = "correct-horse-battery-staple"
_START_SECONDS = 10.0
_POLL_SECONDS = 0.02

_CONFIGURATION = """\
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{certificates.certificate}
ssl_key = <{certificates.key}
mail_location = maildir:{root}/mail/%u
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 1
mailbox_list_index = no
mail_max_userip_connections = 100
auth_failure_delay = 0
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={root}/mail/%u
}}
protocol imap {{
  mail_plugins = imap_zlib
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = {imaps_port}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
"""
_UNPRIVILEGED = """\
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
"""


class DovecotFailedError(RuntimeError):
    """Dovecot did not start; the message holds the end of its log."""


@dataclass
class Account:
    """One mailbox on the server, seen from its files.

    Attributes:
        user: The name to log in with; the password is `PASSWORD`.
        home: Its Maildir++ folder.
        owner: The user id that the server reads mail as.
    """

    user: str
    home: Path
    owner: int
    password: str = PASSWORD
    _numbers: Iterator[int] = field(default_factory=lambda: count(1), repr=False)

    def folder(self, name: str = "INBOX") -> Path:
        """Returns the Maildir of a folder, made if it is not there yet."""
        path = self.home if name.upper() == "INBOX" else self.home / ("." + name.replace("/", "."))
        for part in ("cur", "new", "tmp"):
            (path / part).mkdir(parents=True, exist_ok=True)
        if not (path / "maildirfolder").exists() and path != self.home:
            (path / "maildirfolder").touch()
        self._give_to_server(path)
        return path

    def deliver(
        self, messages: Iterable[bytes], folder: str = "INBOX", internal_date: datetime | None = None
    ) -> list[Path]:
        """Puts messages into a folder as new mail, in order; returns their files.

        Args:
            messages: Whole messages, as bytes; the server shows bare line feeds as CRLF.
            folder: The folder's name, nested ones with "/".
            internal_date: What INTERNALDATE shows for them; the moment of delivery where None.
        """
        target = self.folder(folder) / "new"
        return [self._write(target, content, internal_date) for content in messages]

    def expunge(self, files: Iterable[Path]) -> None:
        """Removes delivered messages, as another mail client would.

        Args:
            files: What `deliver` returned; the server may have moved and renamed them since.
        """
        for file in files:
            unique = file.name.split(":")[0]
            for found in file.parent.parent.glob(f"*/{unique}*"):
                found.unlink()

    def remove_folder(self, name: str) -> None:
        """Deletes a folder with all mail; delivered to again, it gets a new UIDVALIDITY."""
        folder = self.folder(name)
        shutil.rmtree(folder)

    def change_uid_validity(self, uid_validity: int, folder: str = "INBOX") -> None:
        """Renumbers a folder: a new UIDVALIDITY, and UIDs from 1 in the order of delivery."""
        path = self.folder(folder)
        for index in path.glob("dovecot*"):
            index.unlink()
        (path / "dovecot-uidlist").write_text(f"3 V{uid_validity} N1 G{uid_validity:032x}\n")
        self._give_to_server(path)

    def _write(self, target: Path, content: bytes, internal_date: datetime | None) -> Path:
        # the server numbers new files in the order of their names
        number = next(self._numbers)
        file = target / f"{1_000_000_000 + number}.M{number}P1.localhost,S={len(content)}"
        file.write_bytes(content)
        if internal_date is not None:
            os.utime(file, (internal_date.timestamp(), internal_date.timestamp()))
        return file

    def _give_to_server(self, folder: Path) -> None:
        if os.getuid() != 0:
            return
        for path in (self.home, folder, *folder.iterdir()):
            os.chown(path, self.owner, -1)


@dataclass
class Dovecot:
    """A running server.

    Attributes:
        host: The loopback address it listens on; the certificate also names `localhost`.
        imap_port: The port for STARTTLS.
        imaps_port: The port for implicit TLS.
        authority: The PEM file with the authority that signed its certificate.
        root: The folder of everything it writes.
        configuration: Its configuration file, for doveadm.
    """

    host: str
    imap_port: int
    imaps_port: int
    authority: Path
    root: Path
    configuration: Path
    owner: int
    _numbers: Iterator[int] = field(default_factory=lambda: count(1), repr=False)

    def account(self, user: str) -> Account:
        """Returns the mailbox of `user`, empty where it is new."""
        account = Account(user, self.root / "mail" / user, self.owner)
        account.folder()
        return account

    def new_account(self) -> Account:
        """Returns an empty mailbox that no other test uses."""
        return self.account(f"user{next(self._numbers)}@mail.example")

    def log(self) -> str:
        """Returns what the server has logged so far."""
        path = self.root / "dovecot.log"
        return path.read_text(errors="replace") if path.exists() else ""


@contextmanager
def run_dovecot(more: str = "") -> Iterator[Dovecot]:
    """Starts a private Dovecot and stops it at the end; everything it wrote is removed.

    Args:
        more: further lines of its configuration, before the ones that let everybody in by password.

    Raises:
        ProgramMissingError: Dovecot is not installed.
        DovecotFailedError: It is, but did not start to listen.
    """
    program = find_program("dovecot", "dovecot-imapd")
    # not pytest's tmp_path: the path of a Unix socket is limited to 107 bytes
    with tempfile.TemporaryDirectory(prefix="dovecot-", ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        root.chmod(0o755)
        server = _configure(root, more)
        process = subprocess.Popen([program, "-F", "-c", server.configuration], stderr=subprocess.DEVNULL)
        try:
            _wait_until_ready(server, process)
            yield server
        finally:
            process.terminate()
            process.wait()


def _configure(root: Path, more: str) -> Dovecot:
    certificates = write_certificates(root)
    user = pwd.getpwnam("mail") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    imap_port, imaps_port = free_ports(2)
    (root / "mail").mkdir()
    if os.getuid() == 0:
        os.chown(root / "mail", user.pw_uid, -1)
    configuration = root / "dovecot.conf"
    configuration.write_text(more + _configuration(root, certificates, user, imap_port, imaps_port))
    return Dovecot("127.0.0.1", imap_port, imaps_port, certificates.authority, root, configuration, user.pw_uid)


def _configuration(
    root: Path, certificates: Certificates, user: pwd.struct_passwd, imap_port: int, imaps_port: int
) -> str:
    template = _CONFIGURATION if os.getuid() == 0 else _CONFIGURATION + _UNPRIVILEGED
    return template.format(
        root=root,
        certificates=certificates,
        user=user.pw_name,
        group=grp.getgrgid(user.pw_gid).gr_name,
        password=PASSWORD,
        imap_port=imap_port,
        imaps_port=imaps_port,
    )


def _wait_until_ready(server: Dovecot, process: subprocess.Popen[bytes]) -> None:
    for _ in range(int(_START_SECONDS / _POLL_SECONDS)):
        if _greets(server.host, server.imap_port):
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(_POLL_SECONDS)
            break
    raise DovecotFailedError("Dovecot did not start:\n" + server.log()[-2000:])


def _greets(host: str, port: int) -> bool:
    with suppress(OSError), socket.create_connection((host, port), timeout=1) as connection:
        return connection.recv(100).startswith(b"* OK")
    return False

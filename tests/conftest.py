"""What tests may ask for: the shared folder's real mail, private servers, a browser."""

import fcntl
import lzma
import os
import shutil
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.servers import chromium
from tests.servers.dovecot import Account, Dovecot, run_dovecot
from tests.servers.postgresql import Postgresql, run_postgresql
from tests.servers.programs import ProgramMissingError, find_program

_ROOT = Path(__file__).parent.parent

# how long an example takes says something about the machine, not about the code
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder with real mail, which the repository does not hold: LIAISON_SHARED or ../shared."""
    folder = Path(os.environ.get("LIAISON_SHARED", _ROOT.parent / "shared"))
    if not (folder / "corpora").is_dir():
        pytest.skip(f"no real mail here: {folder}/corpora is absent (set LIAISON_SHARED)")
    return folder


@pytest.fixture(scope="session")
def openbmc_mbox(shared_folder: Path, run_folder: Path) -> Path:
    """The 7,069 messages of the public OpenBMC list, unpacked, as one mbox."""

    def unpack(folder: Path) -> None:
        packed = shared_folder / "corpora" / "openbmc-2019-2021.mbox.xz"
        with lzma.open(packed) as source, (folder / "openbmc.mbox").open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)

    return _once(run_folder / "openbmc", unpack) / "openbmc.mbox"


@pytest.fixture(scope="session")
def enron_mboxes(shared_folder: Path, run_folder: Path) -> dict[str, Path]:
    """The five mboxes of Enron's mail with outside organisations, by their domain ("ge.com")."""
    folder = _once(run_folder / "enron", _untar(shared_folder / "corpora" / "enron-partners.tar.xz"))
    return {path.stem: path for path in sorted(folder.glob("*.mbox"))}


@pytest.fixture(scope="session")
def hostile_mail(shared_folder: Path, run_folder: Path) -> list[Path]:
    """The files of 1,231 broken, odd and legacy messages, sorted by path."""
    folder = _once(run_folder / "hostile", _untar(shared_folder / "corpora" / "hostile-mail.tar.xz"))
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != ".SOURCE")


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One temporary folder for the whole run, the same for every worker."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """A private IMAP server; `dovecot.new_account()` is a mailbox of one's own."""
    _require("dovecot", "dovecot-imapd")
    with run_dovecot() as server:
        yield server


@pytest.fixture
def account(dovecot: Dovecot) -> Account:
    """An empty mailbox on the IMAP server that no other test uses."""
    return dovecot.new_account()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    """A private PostgreSQL server."""
    _require("initdb", "postgresql", *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True))
    with run_postgresql() as server:
        yield server


@pytest.fixture
def postgresql_url(postgresql: Postgresql) -> Iterator[str]:
    """The SQLAlchemy URL of an empty PostgreSQL database that this test has alone."""
    with postgresql.new_database() as url:
        yield url


@pytest.fixture(scope="session")
def take_screenshot() -> Callable[..., Path]:
    """`tests.servers.chromium.take_screenshot`, once Chromium is known to be there."""
    _require("chromium", "chromium")
    return chromium.take_screenshot


@pytest.fixture(scope="session")
def dump_dom() -> Callable[[Path | str], str]:
    """`tests.servers.chromium.dump_dom`, once Chromium is known to be there."""
    _require("chromium", "chromium")
    return chromium.dump_dom


def _require(program: str, package: str, *folders: Path) -> None:
    # a missing server is a failure to set up, never a silent skip
    try:
        find_program(program, package, *folders)
    except ProgramMissingError as error:
        pytest.fail(str(error), pytrace=False)


def _untar(packed: Path) -> Callable[[Path], None]:
    def unpack(folder: Path) -> None:
        with tarfile.open(packed) as archive:
            # Debian 12's Python 3.11.2 has no filters yet
            archive.extraction_filter = getattr(tarfile, "data_filter", lambda member, _path: member)
            archive.extractall(folder)  # noqa: S202

    return unpack


def _once(folder: Path, fill: Callable[[Path], None]) -> Path:
    """Fills `folder` unless an earlier caller, perhaps of another worker, has done so."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            partial = folder.with_suffix(".partial")
            shutil.rmtree(partial, ignore_errors=True)
            partial.mkdir()
            fill(partial)
            partial.rename(folder)
    return folder

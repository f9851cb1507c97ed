"""What a run leaves behind when it is killed, interrupted, out of room or in another's way, and how the next mends it.

The command line runs in processes of its own, on the first messages of the sample. A disturbance strikes at a
transaction's commit or at a file's renaming: the moments at which what is lasting changes.
"""

import hashlib
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
MESSAGES = 40
CONFIG = (ROOT / "config.yaml").read_text(encoding="utf-8")
DISTURBED = """
import os, sys
from signal import SIGINT, SIGKILL
from sqlalchemy import event
from sqlalchemy.engine import Engine

what, number, deed = sys.argv.pop(1).split()
seen = []

def strike(kind):
    seen.append(kind)
    if seen.count(what) == int(number) and kind == what:
        if deed == "pause":
            print("paused", flush=True)
            sys.stdin.read()
        os.kill(os.getpid(), SIGINT if deed == "interrupt" else SIGKILL)

event.listen(Engine, "commit", lambda _connection: strike("commit"))
sys.addaudithook(lambda name, _arguments: strike("rename") if name == "os.rename" else None)
from liaison.cli import main
main()
"""
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "160"}


def liaison(
    folder: Path, *words: str, disturbed: str = "", before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    started = ["-c", DISTURBED, disturbed] if disturbed else ["-m", "liaison"]
    return subprocess.run(
        [sys.executable, *started, *words],
        cwd=folder,
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        check=False,
        preexec_fn=before,
    )


def new_folder(folder: Path) -> Path:
    """A folder with the repository's configuration, judged when the mail at the sample's beginning ends."""
    sample = (ROOT / "samples" / "halden.mbox").read_bytes()
    (folder / "halden.mbox").write_bytes(b"\nFrom ".join(sample.split(b"\nFrom ")[:MESSAGES]))
    config = CONFIG.replace("samples/halden.mbox", "halden.mbox").replace("as_of: 2026-10-31", "as_of: 2025-11-25")
    (folder / "config.yaml").write_text(config.replace("[html, csv, json]", "[csv, json]"), encoding="utf-8")
    return folder


def reports(folder: Path) -> dict[str, bytes]:
    out = folder / "out"
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def figures(folder: Path, *queries: str) -> list[Any]:
    """The first figure that each query gives."""
    store = sqlite3.connect(folder / "liaison.db")
    answers = [store.execute(query).fetchone()[0] for query in queries]
    store.close()
    return answers


def limited_to(size: int) -> Callable[[], None]:
    """No file may grow beyond `size` bytes: what a full disk or a quota does to a program."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = new_folder(tmp_path_factory.mktemp("undisturbed"))
    done = liaison(folder, "nightly", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["mailboxes"][0]["stored"] == MESSAGES
    return folder


@pytest.fixture
def finished(undisturbed: Path, tmp_path: Path) -> Path:
    """A copy of the folder after an undisturbed run."""
    return shutil.copytree(undisturbed, tmp_path / "finished")


def test_runs_killed_at_every_stage_lose_nothing_and_the_next_ends_as_if_undisturbed(
    undisturbed: Path, tmp_path: Path
) -> None:
    folder = new_folder(tmp_path)
    stages = [
        "commit 1 kill",  # the schema
        "commit 3 kill",  # the first batch of messages, after schema and run
        "commit 3 kill",  # the folder's mark, after run and messages
        "commit 3 kill",  # readings, after run and mark
        "commit 3 kill",  # judgements, after run and readings
        "commit 4 kill",  # a metric's values, after run, judgements and the metric's start
        "rename 4 kill",  # a report in the midst of the others
    ]
    assert [liaison(folder, "nightly", disturbed=stage).returncode for stage in stages] == [-9] * len(stages)
    assert len(reports(folder)) < len(reports(undisturbed))
    last = liaison(folder, "nightly", "--json")
    assert last.returncode == 0, last.stderr
    assert json.loads(last.stdout)["mailboxes"][0]["known"] == MESSAGES
    assert reports(folder) == reports(undisturbed)
    copies = "SELECT count(*) FROM ledger", "SELECT count(DISTINCT message_id) FROM ledger"
    assert figures(folder, *copies, "SELECT count(*) FROM messages") == [MESSAGES] * 3
    assert figures(folder, "SELECT count(*) FROM runs WHERE state = 'failed' AND error LIKE '%killed%'") == [6]
    assert figures(folder, "SELECT count(*) FROM metric_fills WHERE state <> 'DONE'") == [0]


def test_a_second_run_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", DISTURBED, "commit 3 pause", "ingest"],
        cwd=folder,
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"paused\n"
        second = liaison(folder, "nightly", "--json")
        holder.kill()
    assert (second.returncode, second.stdout) == (5, "")
    assert f"process {holder.pid} since" in second.stderr
    assert "next: " in second.stderr


def test_an_interrupted_run_says_so_without_a_trace_and_stands_on_record(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    done = liaison(folder, "ingest", disturbed="commit 3 interrupt")
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.startswith("liaison: interrupted")
    assert len(done.stderr.splitlines()) == 2
    assert figures(folder, "SELECT error FROM runs", "SELECT count(*) FROM messages") == ["interrupted", 0]


def test_without_room_for_the_store_nothing_is_half_written_and_the_next_run_mends(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    full = liaison(folder, "ingest", "--json", before=limited_to(200_000))
    assert (full.returncode, full.stdout) == (4, "")
    assert len(full.stderr.splitlines()) == 2
    assert figures(folder, "SELECT count(*) FROM messages", "SELECT count(*) FROM ledger") == [0, 0]
    again = liaison(folder, "ingest", "--json")
    assert json.loads(again.stdout)["mailboxes"][0]["stored"] == MESSAGES


def test_without_room_for_the_reports_the_former_ones_stand(finished: Path) -> None:
    before = reports(finished)
    full = liaison(finished, "report", "--json", before=limited_to(50_000))
    assert (full.returncode, full.stdout) == (4, "")
    assert "the reports cannot be written" in full.stderr
    assert "Traceback" not in full.stderr
    assert reports(finished) == before


def _garble(folder: Path) -> None:
    (folder / "liaison.db").write_bytes(bytes(range(256)) * 400)


def _damage(folder: Path) -> None:
    content = bytearray((folder / "liaison.db").read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    (folder / "liaison.db").write_bytes(content)


def _shorten(folder: Path) -> None:
    os.truncate(folder / "liaison.db", 100_000)


def _renumber(folder: Path) -> None:
    store = sqlite3.connect(folder / "liaison.db")
    store.execute("UPDATE alembic_version SET version_num = '9999'")
    store.commit()
    store.close()


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (_garble, "no SQLite database"),
        (_damage, "damaged"),
        (_shorten, "damaged"),
        (_renumber, "newer than this version's"),
    ],
)
def test_a_store_that_cannot_be_used_is_told_in_a_sentence(
    finished: Path, harm: Callable[[Path], None], told: str
) -> None:
    harm(finished)
    done = liaison(finished, "limbo", "--json")
    assert (done.returncode, done.stdout) == (4, "")
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 2


@pytest.mark.parametrize("words", [("limbo", "--all"), ("limbo", "--all", "--json")])
def test_a_reader_that_closes_the_pipe_early_is_no_error(undisturbed: Path, words: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "liaison", *words]
    with subprocess.Popen(
        command, cwd=undisturbed, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as printing:
        assert printing.stdout is not None
        assert printing.stderr is not None
        printing.stdout.close()
        said = printing.stderr.read()
    assert (printing.returncode, said) == (0, b"")


def test_postgresql_gives_the_same_register_and_reports(undisturbed: Path, tmp_path: Path, postgresql_url: str) -> None:
    folder = new_folder(tmp_path)
    config = folder / "config.yaml"
    text = config.read_text(encoding="utf-8").replace("store: sqlite:///liaison.db", f"store: {postgresql_url}")
    config.write_text(text, encoding="utf-8")
    done = liaison(folder, "nightly")
    assert done.returncode == 0, done.stderr
    register = liaison(folder, "limbo", "--all", "--json").stdout
    assert register == liaison(undisturbed, "limbo", "--all", "--json").stdout
    assert _without_configuration(folder) == _without_configuration(undisturbed)


def _without_configuration(folder: Path) -> dict[str, bytes]:
    """The reports but for the configuration's hash, which differs with the store's name."""
    sha256 = hashlib.sha256((folder / "config.yaml").read_bytes()).hexdigest().encode()
    return {name: content.replace(sha256, b"") for name, content in reports(folder).items()}

"""The command line as its user calls it: on the sample mailbox, in a folder of its own, as separate processes."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.system.running import ROOT, SampleRun, all_files, as_json, liaison


def test_nightly_accounts_for_every_message(sample_run: SampleRun) -> None:
    (box,) = sample_run.result["mailboxes"]
    outcomes = ("known", "stored", "duplicate", "out_of_scope", "quarantined")
    assert box["reached"]
    assert box["seen"] > 1000
    assert box["seen"] == sum(box[outcome] for outcome in outcomes)
    assert box["known"] == 0


def test_nightly_writes_a_report_a_relationship_and_a_front_page(sample_run: SampleRun) -> None:
    folder, result = sample_run.folder, sample_run.result
    written = {Path(path).name for path in result["reports"]}
    assert {"index.html", "halden-corvus.html", "halden-meridian.html", "halden-corvus.json"} <= written
    assert all((folder / path).is_file() for path in result["reports"])


def test_a_second_run_finds_nothing_new_says_so_and_writes_the_same_bytes(sample_run: SampleRun) -> None:
    folder = sample_run.folder
    before = all_files(folder / "out")
    again = liaison(folder, "nightly")
    assert again.returncode == 0, again.stderr
    assert "Nothing new" in again.stdout
    assert all_files(folder / "out") == before


def test_the_register_s_quotes_stand_in_the_messages_they_name(sample_run: SampleRun) -> None:
    folder = sample_run.folder
    asks = as_json(liaison(folder, "limbo", "--json"))["asks"]
    assert asks
    for ask in asks[:3]:
        thread = as_json(liaison(folder, "thread", ask["thread"], "--json"))
        (asking,) = [message for message in thread["messages"] if message["message_id"] == ask["message_id"]]
        assert ask["quote"] in asking["new_text"]
        assert ask["state"] in {"watch", "limbo", "stranded", "expired"}
        assert ask["owner"] is None


def test_the_register_of_a_past_moment_knows_nothing_later(sample_run: SampleRun) -> None:
    folder = sample_run.folder
    past = as_json(liaison(folder, "limbo", "--as-of", "2026-03-31", "--all", "--json"))
    assert past["as_of"] == "2026-03-31T00:00:00Z"
    assert past["asks"]
    assert all(ask["asked_at"] <= past["as_of"] for ask in past["asks"])


def test_a_report_of_a_past_month_stands_beside_the_others(sample_run: SampleRun) -> None:
    folder = sample_run.folder
    done = liaison(folder, "report", "--period", "2026-03", "--format", "json", "--json")
    assert done.returncode == 0, done.stderr
    result = as_json(done)
    assert result["as_of"] == "2026-04-01T00:00:00Z"
    assert {Path(path).suffix for path in result["reports"]} == {".json"}


def test_status_shows_the_runs_and_that_the_mailbox_is_fresh(sample_run: SampleRun) -> None:
    status = as_json(liaison(sample_run.folder, "status", "--json"))
    assert status["stale"] == []
    assert "nightly" in {run["command"] for run in status["runs"]}
    assert set(status["runs"][-1]["seconds"]) >= {"ingest", "read", "trace", "measure", "report"}


def test_check_finds_all_well(sample_run: SampleRun) -> None:
    done = liaison(sample_run.folder, "check", "--json")
    assert done.returncode == 0
    assert as_json(done)["ok"] is True


def test_read_shows_the_spans_of_one_message(sample_run: SampleRun, tmp_path: Path) -> None:
    mail = tmp_path / "one.eml"
    mail.write_text(
        "From: Dana Cole <dana.cole@halden.example>\nTo: Kevin Brandt <kevin.brandt@corvus.example>\n"
        "Date: Mon, 2 Mar 2026 10:00:00 +0100\nMessage-ID: <one@halden.example>\nSubject: PO 4500\n\n"
        "Hi Kevin,\n\nCould you please confirm PO 4500 by Friday?\n\nBest,\nDana\n",
        encoding="utf-8",
    )
    seen = as_json(liaison(sample_run.folder, "read", str(mail), "--json"))
    (ask,) = [ask for ask in seen["asks"] if not ask["weak"]]
    assert seen["new_text"][ask["start"] : ask["end"]] == ask["text"]
    assert "confirm PO 4500" in ask["text"]
    assert (ask["addressing"], ask["addressees"]) == ("named", ["kevin.brandt@corvus.example"])


def test_a_lost_mailbox_is_told_and_the_others_are_done(tmp_path: Path) -> None:
    shutil.copy(ROOT / "samples" / "halden.mbox", tmp_path)
    lines = (tmp_path / "halden.mbox").read_bytes().splitlines(keepends=True)
    (tmp_path / "halden.mbox").write_bytes(b"".join(lines[:400]))
    (tmp_path / "config.yaml").write_text(
        "mailboxes:\n  - {name: gone, mbox: nowhere.mbox}\n  - {name: here, mbox: halden.mbox}\n", encoding="utf-8"
    )
    done = liaison(tmp_path, "nightly", "--json")
    assert done.returncode == 3, done.stderr
    gone, here = as_json(done)["mailboxes"]
    assert (gone["reached"], here["reached"]) == (False, True)
    assert "nowhere.mbox" in gone["error"]
    assert here["stored"] > 0


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["-c", "nowhere.yaml", "check"], 2, "liaison -c FILE"),
        (["limbo", "--as-of", "yesterday"], 2, "not a moment"),
        (["report", "--period", "2026-13"], 2, "not a month"),
        (["report", "--format", "docx"], 2, "not a list of formats"),
        (["limbo", "--relationship", "nobody"], 2, "no such relationship"),
        (["thread", "zzz"], 2, "no thread, message or ask"),
        (["read", "nowhere.eml"], 2, "nowhere.eml"),
        (["nightyl"], 2, "No such command"),
    ],
)
def test_a_mistake_is_one_sentence_with_the_next_step(
    sample_run: SampleRun, words: list[str], code: int, told: str
) -> None:
    done = liaison(sample_run.folder, *words)
    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("closed", ["0<&-", "1>&-", "2>&-", "0<&- 1>&- 2>&-"])
def test_closed_streams_change_nothing_but_what_can_be_read(sample_run: SampleRun, closed: str) -> None:
    command = f"exec {sys.executable} -m liaison ingest --json {closed}"
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=sample_run.folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert ("1>&-" in closed) == (done.stdout == "")


def test_a_store_that_cannot_be_opened_has_its_own_code(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("store: sqlite:////nowhere/x.db\nmailboxes: [{name: a, mbox: a}]\n", "utf-8")
    done = liaison(tmp_path, "status")
    assert done.returncode == 4
    assert "Traceback" not in done.stderr


def test_a_run_at_work_locks_out_another_and_a_killed_one_does_not(sample_run: SampleRun) -> None:
    folder = sample_run.folder
    hold = (
        "import sys; from pathlib import Path; from liaison.config import load_config; from models.store import Store\n"
        "store = Store.open(load_config(Path('config.yaml')).store)\n"
        "with store.lock():\n    print('held', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        refused = liaison(folder, "ingest")
        holder.send_signal(signal.SIGKILL)
    assert refused.returncode == 5
    assert "another run" in refused.stderr
    assert liaison(folder, "ingest").returncode == 0


def test_help_loads_none_of_the_heavy_libraries() -> None:
    probe = (
        "import sys; sys.argv = ['liaison', '--help']\nfrom liaison.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = ('spacy', 'pandas', 'numpy', 'sqlalchemy', 'altair', 'pydantic')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"

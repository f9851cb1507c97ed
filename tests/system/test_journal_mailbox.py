"""A journal mailbox from its reports to the register: whom an ask reached through a group is counted, nobody twice."""

from pathlib import Path
from typing import Any

import pytest

from tests.system.running import ROOT, as_json, liaison

CONFIG = """
store: sqlite:///liaison.db
mailboxes:
  - {name: journal, mbox: journal.mbox}
organisations:
  - {id: halden, name: Halden Pharma, role: client, domains: [halden.example], time_zone: Europe/Berlin}
  - {id: corvus, name: Corvus Biologics, role: cmo, domains: [corvus.example], time_zone: Europe/Berlin}
relationships:
  - {id: halden-corvus, client: halden, cmo: corvus}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report, one about the same message that came back undelivered, its copy in Sent, a report without message."""
    folder = tmp_path_factory.mktemp("journal")
    mails = ROOT / "tests" / "fixtures" / "mail"
    names = ("journal_microsoft365", "journal_returned", "journaled_message", "journal_without_message")
    raws = [(mails / f"{name}.eml").read_text() for name in names]
    (folder / "journal.mbox").write_text("".join(f"From journal Mon Mar  2 09:30:00 2026\n{raw}\n" for raw in raws))
    (folder / "config.yaml").write_text(CONFIG)
    return folder


@pytest.fixture(scope="module")
def nightly(folder: Path) -> Any:
    done = liaison(folder, "nightly", "--as-of", "2026-03-20", "--json")
    assert done.returncode == 0, done.stderr
    return as_json(done)


def test_every_report_has_its_outcome(nightly: Any) -> None:
    (box,) = nightly["mailboxes"]
    counts = {outcome: box[outcome] for outcome in ("seen", "stored", "duplicate", "quarantined")}
    assert counts == {"seen": 4, "stored": 1, "duplicate": 2, "quarantined": 1}


def test_the_ask_counts_whom_the_group_reached(nightly: Any, folder: Path) -> None:
    (ask,) = as_json(liaison(folder, "limbo", "--as-of", "2026-03-20", "--all", "--json"))["asks"]
    assert (ask["relationship"], ask["addressing"]) == ("halden-corvus", "group")
    assert (ask["fan_out"], ask["fan_out_exact"]) == (3, True)

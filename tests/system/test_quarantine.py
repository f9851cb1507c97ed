"""The quarantine and the gaps as their user sees them: listed, looked at, tried again, never lost."""

from pathlib import Path

import pytest

from tests.system.running import as_json, liaison

CONFIG = """\
store: sqlite:///kept.db
mailboxes:
  - {name: saved, maildir: mail}
  - {name: away, mbox: absent.mbox}
"""
DEEP = "\n".join(
    [
        "From: Ana Ruiz <ana@corvus.example>",
        "Subject: deep",
        "Date: Mon, 2 Mar 2026 09:30:00 +0000",
        "MIME-Version: 1.0",
    ]
    + [f'Content-Type: multipart/mixed; boundary="b{level}"\n\n--b{level}' for level in range(120)]
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A configuration with two bad copies in a Maildir and a mailbox that is not there, ingested once."""
    place = tmp_path_factory.mktemp("quarantine")
    (place / "config.yaml").write_text(CONFIG, encoding="utf-8")
    for part in ("cur", "new", "tmp"):
        (place / "mail" / part).mkdir(parents=True)
    (place / "mail" / "cur" / "1.empty").touch()
    (place / "mail" / "cur" / "2.deep").write_text(DEEP, encoding="utf-8")
    done = liaison(place, "ingest")
    assert done.returncode == 3, done.stderr
    assert "NOT REACHED" in done.stdout
    return place


def test_the_list_has_every_copy_with_its_reason_in_words(folder: Path) -> None:
    copies = as_json(liaison(folder, "quarantine", "list", "--json"))["quarantined"]
    assert {copy["reason"].split(":")[0] for copy in copies} == {"empty", "nested_too_deep"}
    assert all(copy["meaning"] for copy in copies)
    listed = liaison(folder, "quarantine", "list")
    assert all(copy["key"] in listed.stdout for copy in copies)
    only = as_json(liaison(folder, "quarantine", "list", "--reason", "empty", "--json"))["quarantined"]
    assert [copy["reason"] for copy in only] == ["empty"]
    assert as_json(liaison(folder, "quarantine", "list", "--mailbox", "away", "--json"))["quarantined"] == []


def test_one_copy_is_shown_with_its_header_and_given_out_as_it_came(folder: Path) -> None:
    (deep,) = as_json(liaison(folder, "quarantine", "list", "--reason", "nested_too_deep", "--json"))["quarantined"]
    shown = liaison(folder, "quarantine", "show", deep["key"][:6])
    assert "Subject: deep" in shown.stdout
    assert "as attacks have them" in shown.stdout
    assert liaison(folder, "quarantine", "show", deep["key"], "--raw").stdout == DEEP


@pytest.mark.parametrize("words", [["show", "ffffffffff"], ["show", ""], ["retry", "nonsense"]])
def test_a_key_that_means_no_single_copy_is_told(folder: Path, words: list[str]) -> None:
    done = liaison(folder, "quarantine", *words)
    assert done.returncode == 2
    assert "liaison quarantine list" in done.stderr


def test_trying_again_changes_nothing_where_nothing_changed_but_counts_the_attempt(folder: Path) -> None:
    tried = as_json(liaison(folder, "quarantine", "retry", "--json"))
    assert [copy["outcome"] for copy in tried["copies"]] == ["quarantined", "quarantined"]
    copies = as_json(liaison(folder, "quarantine", "list", "--json"))["quarantined"]
    assert min(copy["attempts"] for copy in copies) == 2


def test_status_shows_the_gap_and_what_is_left_out(folder: Path) -> None:
    status = as_json(liaison(folder, "status", "--json"))
    (gap,) = status["gaps"]
    assert (gap["mailbox"], gap["since"], gap["tries"]) == ("away", None, 1)
    assert {(each["mailbox"], each["reason"]) for each in status["left_out"]} == {
        ("saved", "empty"),
        ("saved", "nested_too_deep"),
    }
    shown = liaison(folder, "status").stdout
    assert "GAP    away: never read whole, 1 try in vain" in shown
    assert "1 in quarantine of saved: no bytes, or nothing but white space" in shown


def test_each_folder_of_the_last_poll_is_shown_with_its_reasons(folder: Path) -> None:
    assert liaison(folder, "ingest", "--accept-empty").returncode == 3
    shown = liaison(folder, "status", "--folders").stdout
    (line,) = [line for line in shown.splitlines() if line.startswith("saved") and "INBOX" in line]
    assert "unchanged" in line or "read" in line

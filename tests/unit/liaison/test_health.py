"""`liaison check`: every finding names its setting once, and says what to do."""

from pathlib import Path

from liaison.config import load_config
from liaison.health import CheckResult, Finding, run_check


def checked(folder: Path, mailbox: str) -> CheckResult:
    path = folder / "config.yaml"
    path.write_text(f"mailboxes: [{mailbox}]\n", encoding="utf-8")
    (folder / "mail.mbox").write_bytes(b"From a Mon Mar  2 09:30:00 2026\nSubject: hello\n\nhi\n")
    return run_check(load_config(path))


def finding(result: CheckResult, setting: str) -> Finding:
    (found,) = [each for each in result.findings if each.setting == setting]
    return found


def test_a_mailbox_that_is_well_tells_its_folders_and_messages(tmp_path: Path) -> None:
    told = finding(checked(tmp_path, "{name: old, mbox: mail.mbox}"), "mailboxes[0] (old)")
    assert (told.exit_code, told.message) == (0, "1 folder, 1 message (INBOX 1)")


def test_a_mailbox_that_is_not_there_is_named_once(tmp_path: Path) -> None:
    result = checked(tmp_path, "{name: old, mbox: absent.mbox}")
    told = finding(result, "mailboxes[0] (old)")
    assert result.exit_code == 3
    assert "old" not in told.message
    assert told.hint


def test_a_scope_without_companies_would_keep_nothing_and_is_a_problem(tmp_path: Path) -> None:
    result = checked(tmp_path, "{name: old, mbox: mail.mbox, scope: organisations}")
    assert result.exit_code == 2
    assert "all mail is out of scope" in finding(result, "mailboxes[0].scope").message

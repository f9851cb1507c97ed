"""Mailboxes of config.yaml: every way in, which mail to keep, and secrets that stay secret."""

from datetime import date
from pathlib import Path
from textwrap import indent

import pytest

from ingest.settings import (
    SET_ASIDE,
    EmlSettings,
    GoogleServiceAccount,
    ImapSettings,
    MailboxSettings,
    MicrosoftClient,
    RefreshToken,
    Selection,
)
from liaison.config import load_config
from models.errors import ConfigurationError

ACCOUNT = "imap: {host: imap.example, user: journal@halden.example, %s}"
PASSWORD = "password: {env: LIAISON_TEST_SECRET}"
MICROSOFT = "oauth: {microsoft: {tenant: halden.example, client_id: app, client_secret: {env: LIAISON_TEST_SECRET}}}"
REFRESH = (
    "oauth: {refresh_token: {token_url: https://login.example/token, client_id: app, "
    "refresh_token: {env: LIAISON_TEST_SECRET}}}"
)


def written(folder: Path, mailbox: str) -> Path:
    path = folder / "config.yaml"
    path.write_text("mailboxes:\n  - name: journal\n" + indent(mailbox, "    ") + "\n", encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISON_TEST_SECRET", "hunter2")


def settings(folder: Path, mailbox: str) -> MailboxSettings:
    return load_config(written(folder, mailbox)).mailbox_settings(0)


def imap(folder: Path, words: str) -> ImapSettings:
    source = settings(folder, ACCOUNT % words).source
    assert isinstance(source, ImapSettings)
    return source


def problems(folder: Path, mailbox: str) -> dict[str, str]:
    with pytest.raises(ConfigurationError) as caught:
        load_config(written(folder, mailbox))
    assert "hunter2" not in str(caught.value)
    return {problem.path: problem.message for problem in caught.value.problems}


def test_an_application_of_microsoft_brings_its_secret_and_the_usual_places(tmp_path: Path) -> None:
    source = imap(tmp_path, MICROSOFT)
    assert source.oauth == MicrosoftClient("halden.example", "app", "hunter2")
    assert source.password == ""
    assert "hunter2" not in repr(source)


def test_a_service_account_s_key_file_is_meant_from_the_configuration(tmp_path: Path) -> None:
    assert imap(tmp_path, "oauth: {google: {key_file: key.json}}").oauth == GoogleServiceAccount(tmp_path / "key.json")


def test_a_refresh_token_may_come_without_a_client_secret(tmp_path: Path) -> None:
    assert imap(tmp_path, REFRESH).oauth == RefreshToken("https://login.example/token", "app", "hunter2")


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("folders: [INBOX]", "mailboxes[0].imap"),
        (f"{PASSWORD}, {MICROSOFT}", "mailboxes[0].imap"),
        ("oauth: {}", "mailboxes[0].imap.oauth"),
        (MICROSOFT.replace("{env", "{evn"), "mailboxes[0].imap.oauth.microsoft.client_secret.evn"),
        (REFRESH.replace("https:", "http:"), "mailboxes[0].imap.oauth.refresh_token.token_url"),
        (f"{PASSWORD}, key: own.pem", "mailboxes[0].imap"),
        (f"{PASSWORD}, compress: sometimes", "mailboxes[0].imap.compress"),
    ],
)
def test_a_way_in_that_cannot_be_is_told_with_its_path(tmp_path: Path, words: str, path: str) -> None:
    assert path in problems(tmp_path, ACCOUNT % words)


def test_a_secret_written_into_the_file_is_not_repeated(tmp_path: Path) -> None:
    written_out = MICROSOFT.replace("{env: LIAISON_TEST_SECRET}", "hunter2")
    assert "mailboxes[0].imap.oauth.microsoft.client_secret" in problems(tmp_path, ACCOUNT % written_out)


@pytest.mark.parametrize(("tls", "port"), [("implicit", 993), ("starttls", 143), ("none", 143)])
def test_the_port_follows_from_how_the_connection_is_secured(tmp_path: Path, tls: str, port: int) -> None:
    assert imap(tmp_path, f"{PASSWORD}, tls: {tls}").port == port
    assert imap(tmp_path, f"{PASSWORD}, tls: {tls}, port: 1993").port == 1993


def test_drafts_junk_and_trash_are_excluded_unless_the_file_says_otherwise(tmp_path: Path) -> None:
    assert imap(tmp_path, PASSWORD).exclude == SET_ASIDE
    assert imap(tmp_path, rf"{PASSWORD}, exclude: [\Junk, Private/*]").exclude == ("\\Junk", "Private/*")
    assert imap(tmp_path, f"{PASSWORD}, exclude: []").exclude == ()


def test_a_date_window_is_part_of_the_selection(tmp_path: Path) -> None:
    found = settings(tmp_path, "eml: saved.zip\nsince: 2024-01-01\nuntil: 2024-12-31")
    assert found.source == EmlSettings(tmp_path / "saved.zip")
    assert found.selection == Selection(None, date(2024, 1, 1), date(2024, 12, 31))


def test_a_window_that_ends_before_it_begins_is_told(tmp_path: Path) -> None:
    assert "lies after" in problems(tmp_path, "eml: a\nsince: 2025-01-01\nuntil: 2024-01-01")["mailboxes[0]"]

"""Every way in, on a real server: passwords, tokens of Microsoft, Google and others, certificates of our own."""

import logging
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.mailbox.connection_failures import login_hint
from ingest.mailbox.imap import ImapMailbox
from ingest.mailbox.imap.patience import Patience
from ingest.mailbox.imap.session import SessionOpener
from ingest.poller import poll
from ingest.settings import (
    GoogleServiceAccount,
    ImapSettings,
    MicrosoftClient,
    OAuthSettings,
    PollSettings,
    RefreshToken,
    Tls,
)
from models.errors import MailboxError, MailboxRefusedError, MailboxUnreachableError
from models.store import Store
from tests.contract.mailbox_contract import letter
from tests.servers.certificates import write_certificates
from tests.servers.dovecot import PASSWORD, Account, Dovecot, run_dovecot
from tests.servers.programs import ProgramMissingError, find_program
from tests.servers.proxy import Line, run_proxy
from tests.servers.tokens import CLIENT, SECRET, TENANT, TokenServer, run_token_server


@pytest.fixture(scope="module")
def tokens() -> Iterator[TokenServer]:
    # not pytest's folder: the IMAP server, which is another user, reads the keys in it
    with tempfile.TemporaryDirectory(prefix="tokens-") as folder, run_token_server(Path(folder)) as server:
        yield server


@pytest.fixture(scope="module")
def server(tokens: TokenServer) -> Iterator[Dovecot]:
    try:
        find_program("dovecot", "dovecot-imapd")
    except ProgramMissingError as error:
        pytest.skip(str(error))
    with run_dovecot(tokens.dovecot_configuration) as dovecot:
        yield dovecot


@pytest.fixture(autouse=True)
def trusting(tokens: TokenServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Token servers are trusted as the system says; requests, below all three libraries, takes it from here."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tokens.authority))
    tokens.expires_in, tokens.delegated, tokens.rotates, tokens.refusal = 3600, True, False, None
    tokens.asked.clear()


@pytest.fixture
def mailbox(server: Dovecot, tokens: TokenServer) -> Account:
    account = server.new_account()
    tokens.user = account.user
    return account


def settings(server: Dovecot, mailbox: Account, oauth: OAuthSettings | None = None) -> ImapSettings:
    return ImapSettings(
        "localhost",
        mailbox.user,
        "" if oauth else mailbox.password,
        oauth,
        port=server.imaps_port,
        ca=server.authority,
        timeout_seconds=10.0,
    )


def microsoft(tokens: TokenServer) -> MicrosoftClient:
    return MicrosoftClient(TENANT, CLIENT, SECRET, authority=tokens.url)


def refresh(tokens: TokenServer) -> RefreshToken:
    return RefreshToken(tokens.token_url, CLIENT, tokens.refresh_token)


def logs_in(account: ImapSettings) -> bool:
    client = SessionOpener("journal", account).open()
    try:
        return bool(client.select_folder("INBOX", readonly=True))
    finally:
        client.logout()


def refusal(account: ImapSettings) -> MailboxError:
    with pytest.raises(MailboxError) as caught:
        SessionOpener("journal", account).open()
    told = f"{caught.value} {caught.value.hint}"
    assert SECRET not in told
    assert PASSWORD not in told
    return caught.value


def test_an_application_of_microsoft_gets_in(server: Dovecot, mailbox: Account, tokens: TokenServer) -> None:
    assert logs_in(settings(server, mailbox, microsoft(tokens)))
    assert tokens.asked == ["client_credentials"]


def test_a_service_account_of_google_gets_in(server: Dovecot, mailbox: Account, tokens: TokenServer) -> None:
    assert logs_in(settings(server, mailbox, GoogleServiceAccount(tokens.key_file)))
    assert tokens.asked == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]


def test_a_refresh_token_gets_in(server: Dovecot, mailbox: Account, tokens: TokenServer) -> None:
    assert logs_in(settings(server, mailbox, refresh(tokens)))


@pytest.mark.parametrize("kind", ["microsoft", "google", "refresh"])
@pytest.mark.parametrize(("expires_in", "asked"), [(3600, 1), (60, 2)])
def test_a_token_serves_until_shortly_before_it_expires(
    server: Dovecot, mailbox: Account, tokens: TokenServer, kind: str, expires_in: int, asked: int
) -> None:
    tokens.expires_in = expires_in
    oauth: dict[str, OAuthSettings] = {
        "microsoft": microsoft(tokens),
        "google": GoogleServiceAccount(tokens.key_file),
        "refresh": refresh(tokens),
    }
    opener = SessionOpener("journal", settings(server, mailbox, oauth[kind]))
    for _ in range(2):
        opener.open().logout()
    assert len(tokens.asked) == asked


def test_a_refresh_token_that_is_replaced_is_used_and_told(
    server: Dovecot, mailbox: Account, tokens: TokenServer, caplog: pytest.LogCaptureFixture
) -> None:
    tokens.rotates, tokens.expires_in = True, 60
    opener = SessionOpener("journal", settings(server, mailbox, refresh(tokens)))
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            opener.open().logout()
    assert "replaced the refresh token" in caplog.text
    assert "refresh-" not in caplog.text


def test_a_token_that_expires_in_mid_run_is_replaced_and_never_told(
    server: Dovecot, mailbox: Account, tokens: TokenServer, caplog: pytest.LogCaptureFixture
) -> None:
    tokens.expires_in = 60  # less than the time that a token must have left at a login
    mailbox.deliver([letter(number, b"x" * 70 + b"\n" * 3000) for number in range(12)])
    plain = settings(server, mailbox, microsoft(tokens))
    pauses: list[float] = []
    lines = (Line(cut_after=20_000), Line(cut_after=20_000), Line())
    with (
        caplog.at_level(logging.DEBUG),
        run_proxy(server.imaps_port, *lines) as proxy,
        Store.open("sqlite://") as store,
    ):
        account = replace(plain, port=proxy.port)
        with ImapMailbox.open("journal", account, patience=Patience(300, pauses.append)) as source:
            run = store.start_run("ingest", datetime(2026, 3, 2, 10, tzinfo=UTC), None, "")
            polled = poll(source, store, run, PollSettings())
    assert (polled.reached, polled.stored, polled.quarantined) == (True, 12, 0)
    assert len(tokens.asked) == proxy.connections == 3
    assert "auth=Bearer" not in caplog.text
    assert SECRET not in caplog.text
    assert "eyJ" not in caplog.text


def test_what_microsoft_says_is_told_in_words(server: Dovecot, mailbox: Account, tokens: TokenServer) -> None:
    right = microsoft(tokens)
    for wrong, told in (
        (replace(right, client_secret="x"), "secret is wrong"),
        (replace(right, client_id="x"), "no application of this client_id"),
        (replace(right, tenant="nobody.example"), "no tenant 'nobody.example'"),
    ):
        error = refusal(settings(server, mailbox, wrong))
        assert isinstance(error, MailboxRefusedError)
        assert told in str(error)
        assert error.hint


def test_a_missing_delegation_names_the_console(server: Dovecot, mailbox: Account, tokens: TokenServer) -> None:
    tokens.delegated = False
    error = refusal(settings(server, mailbox, GoogleServiceAccount(tokens.key_file)))
    assert "no delegation" in str(error)
    assert "Domain-wide delegation" in error.hint


@pytest.mark.parametrize(
    ("kind", "status", "document", "told"),
    [
        ("google", 400, {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}, "key was deleted"),
        (
            "google",
            400,
            {"error": "invalid_grant", "error_description": "Invalid grant: account not found"},
            "any more",
        ),
        (
            "google",
            400,
            {"error": "invalid_grant", "error_description": "Invalid email or User ID"},
            "user is not known",
        ),
        ("google", 401, {"error": "disabled_client", "error_description": "disabled"}, "account is disabled"),
        ("microsoft", 401, {"error": "invalid_client", "error_codes": [7000222]}, "secret has expired"),
        ("microsoft", 400, {"error": "x", "error_description": "AADSTS53003: Access blocked"}, "Conditional Access"),
        ("refresh", 400, {"error": "invalid_grant"}, "used up"),
        ("refresh", 400, {"error": "\x1b[31m" + "x" * 5000}, "gives no token"),
        ("refresh", 302, {}, "HTTP 302"),
    ],
)
def test_a_refused_token_is_told_in_words(
    server: Dovecot,
    mailbox: Account,
    tokens: TokenServer,
    kind: str,
    status: int,
    document: dict[str, object],
    told: str,
) -> None:
    tokens.refusal = (status, document)
    error = refusal(settings(server, mailbox, _oauth(kind, tokens)))
    assert isinstance(error, MailboxRefusedError)
    assert told in str(error)
    assert error.hint
    assert len(str(error)) < 500
    assert str(error).isprintable()


@pytest.mark.parametrize(
    ("kind", "status", "document"),
    [
        ("microsoft", 400, {"error": "temporarily_unavailable", "error_description": "AADSTS90033: transient"}),
        ("microsoft", 400, {"error": "invalid_request", "error_codes": [90055]}),
        ("refresh", 503, {}),
        ("refresh", 429, {"error": "slow_down"}),
    ],
)
def test_a_token_server_in_trouble_is_a_passing_trouble(
    server: Dovecot, mailbox: Account, tokens: TokenServer, kind: str, status: int, document: dict[str, object]
) -> None:
    tokens.refusal = (status, document)
    assert isinstance(refusal(settings(server, mailbox, _oauth(kind, tokens))), MailboxUnreachableError)


def _oauth(kind: str, tokens: TokenServer) -> OAuthSettings:
    if kind == "google":
        return GoogleServiceAccount(tokens.key_file)
    return microsoft(tokens) if kind == "microsoft" else refresh(tokens)


def test_a_key_file_that_is_none_is_named(
    server: Dovecot, mailbox: Account, tokens: TokenServer, tmp_path: Path
) -> None:
    for content in (None, "no JSON", "{}"):
        path = tmp_path / "key.json"
        if content is not None:
            path.write_text(content)
        error = refusal(settings(server, mailbox, GoogleServiceAccount(path)))
        assert str(path) in str(error)


def test_a_used_up_refresh_token_is_told(server: Dovecot, mailbox: Account, tokens: TokenServer) -> None:
    error = refusal(settings(server, mailbox, replace(refresh(tokens), refresh_token="old")))
    assert "expired, revoked or used up" in str(error)


def test_a_token_server_that_is_not_reached_is_a_passing_trouble(server: Dovecot, mailbox: Account) -> None:
    nowhere = "https://127.0.0.1:1"
    for oauth in (
        MicrosoftClient(TENANT, CLIENT, SECRET, authority=nowhere),
        RefreshToken(f"{nowhere}/token", CLIENT, "refresh"),
    ):
        error = refusal(settings(server, mailbox, oauth))
        assert isinstance(error, MailboxUnreachableError)
        assert "127.0.0.1:1 was not reached" in str(error)


def test_a_token_for_somebody_else_is_refused_in_words(server: Dovecot, mailbox: Account, tokens: TokenServer) -> None:
    tokens.user = "somebody@else.example"
    error = refusal(settings(server, mailbox, refresh(tokens)))
    assert "refused the login" in str(error)
    assert "imap.oauth" in error.hint


def test_a_password_of_any_letters_is_sent(server: Dovecot, mailbox: Account) -> None:
    assert logs_in(settings(server, mailbox))
    error = refusal(replace(settings(server, mailbox), password="pässwörd 密码"))
    assert isinstance(error, MailboxRefusedError)
    assert "imap.password" in error.hint


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Dovecot, Path, Path]]:
    """A server that wants a certificate of ours, and one that it believes, with its key."""
    ours = write_certificates(tmp_path_factory.mktemp("ours"))
    authorities = Path(tempfile.mkdtemp(prefix="authority-"))
    authorities.chmod(0o755)
    known = authorities / "authority.pem"
    known.write_bytes(ours.authority.read_bytes())
    wants = f"ssl_ca = <{known}\nssl_verify_client_cert = yes\nauth_ssl_require_client_cert = yes\n"
    with run_dovecot(wants + "ssl_require_crl = no\n") as dovecot:
        yield dovecot, ours.certificate, ours.key


def test_our_own_certificate_opens_a_server_that_wants_one(strict: tuple[Dovecot, Path, Path], tmp_path: Path) -> None:
    server, certificate, key = strict
    plain = settings(server, server.new_account())
    assert logs_in(replace(plain, certificate=certificate, key=key))
    both = tmp_path / "both.pem"
    both.write_bytes(certificate.read_bytes() + key.read_bytes())
    assert logs_in(replace(plain, certificate=both))
    assert isinstance(refusal(plain), MailboxRefusedError)


def test_files_that_are_no_certificates_are_named(server: Dovecot, mailbox: Account, tmp_path: Path) -> None:
    text = tmp_path / "text.pem"
    text.write_text("not a certificate\n")
    plain = settings(server, mailbox)
    for path in (text, tmp_path / "absent.pem"):
        for setting, changed in (
            ("imap.ca", replace(plain, ca=path)),
            ("imap.certificate", replace(plain, certificate=path)),
        ):
            error = refusal(changed)
            assert setting in error.hint
            assert str(path) in str(error)


@pytest.mark.parametrize(
    ("host", "oauth", "said", "told"),
    [
        ("imap.gmail.com", None, "[ALERT] Application-specific password required: https://support...", "app password"),
        ("outlook.office365.com", None, "LOGIN failed.", "oauth.microsoft"),
        ("outlook.office365.com", MicrosoftClient("t", "c", "s"), "AUTHENTICATE failed.", "Add-MailboxPermission"),
        (
            "outlook.office365.com",
            MicrosoftClient("t", "c", "s"),
            "User is authenticated but not connected.",
            "FullAcc",
        ),
        ("imap.gmail.com", None, "[ALERT] IMAP access is disabled for your domain.", "administrator"),
        ("mail.halden.example", None, "[AUTHENTICATIONFAILED] Authentication failed.", "imap.password"),
    ],
)
def test_what_servers_say_leads_to_the_next_step(host: str, oauth: OAuthSettings | None, said: str, told: str) -> None:
    assert told in login_hint(ImapSettings(host, "journal@halden.example", oauth=oauth), said)


def _scripted(lines: dict[bytes, bytes]) -> Iterator[tuple[int, list[bytes]]]:
    """A server in the clear that answers each command with a line of its own; what it heard is kept."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with suppress(OSError), listening.accept()[0] as connection, connection.makefile("rb") as reading:
                connection.sendall(b"* OK ready\r\n")
                for line in reading:
                    heard.append(line)
                    tag, command = line.split(maxsplit=2)[:2]
                    connection.sendall(lines.get(command.upper(), b"%b OK done\r\n").replace(b"%b", tag))
                    if command.upper() == b"STARTTLS":
                        return

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1], heard
    thread.join(5)


_OFFERS = b"* CAPABILITY IMAP4rev1%s\r\n%%b OK done\r\n"


@pytest.mark.parametrize(
    ("tls", "offered", "told"),
    [
        ("starttls", b" AUTH=PLAIN", "does not offer STARTTLS"),
        ("none", b" LOGINDISABLED AUTH=GSSAPI", "takes no password on this connection; it offers AUTH=GSSAPI"),
    ],
)
def test_a_password_is_not_sent_where_the_server_does_not_keep_it_secret(tls: Tls, offered: bytes, told: str) -> None:
    for port, heard in _scripted({b"CAPABILITY": _OFFERS % offered}):
        error = refusal(ImapSettings("127.0.0.1", "journal", PASSWORD, port=port, tls=tls, timeout_seconds=5.0))
        assert told in str(error)
        assert error.hint
        assert PASSWORD.encode() not in b"".join(heard)
        assert not [line for line in heard if b"LOGIN" in line or b"AUTH" in line]


def test_what_is_slipped_in_before_tls_begins_is_not_believed() -> None:
    injected = b"%b OK begin\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n* OK injected\r\n"
    script = {b"CAPABILITY": _OFFERS % b" STARTTLS", b"STARTTLS": injected}
    for port, heard in _scripted(script):
        error = refusal(ImapSettings("127.0.0.1", "journal", PASSWORD, port=port, tls="starttls", timeout_seconds=5.0))
        assert isinstance(error, MailboxUnreachableError)
        assert PASSWORD.encode() not in b"".join(heard)


def test_a_server_that_is_busy_is_a_passing_trouble() -> None:
    script = {
        b"CAPABILITY": _OFFERS % b"",
        b"LOGIN": b"%b NO [UNAVAILABLE] Temporary authentication failure.\r\n",
    }
    for port, _ in _scripted(script):
        error = refusal(ImapSettings("127.0.0.1", "journal", "secret", port=port, tls="none", timeout_seconds=5.0))
        assert isinstance(error, MailboxUnreachableError)
        assert "Temporary authentication failure" in str(error)


def test_a_server_without_token_mechanisms_is_told(tokens: TokenServer) -> None:
    for port, heard in _scripted({b"CAPABILITY": _OFFERS % b" AUTH=PLAIN"}):
        oauth = RefreshToken(tokens.token_url, CLIENT, tokens.refresh_token)
        error = refusal(ImapSettings("127.0.0.1", "journal", oauth=oauth, port=port, tls="none", timeout_seconds=5.0))
        assert "neither OAUTHBEARER nor XOAUTH2" in str(error)
        assert not [line for line in heard if b"AUTHENTICATE" in line]

r"""A token server over HTTPS on loopback, in the manners of Microsoft Entra, Google, and plain OAuth 2 (RFC 6749).

    with run_token_server(folder) as server:
        server.authority      # for msal: {authority}/{tenant}, client SECRET
        server.token_url      # for refresh tokens, REFRESH_TOKEN
        server.key_file       # a service account's key whose tokens come from here

Its tokens are JSON Web Tokens that a Dovecot with `server.dovecot_configuration` believes without asking anybody.
"""

import base64
import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.servers.certificates import write_certificates

CLIENT, SECRET, REFRESH_TOKEN, TENANT = "liaison-app", "client-secret", "refresh-1", "halden.example"
SCOPE_OF_GOOGLE = "https://mail.google.com/"
_AUDIENCE_OF_GOOGLE = "https://oauth2.googleapis.com/token"
_SIGNING_KEY = b"a signing key of the tests, of thirty-two bytes or more"


@dataclass
class TokenServer:
    """A running server.

    Attributes:
        authority: PEM file with the authority that signed its certificate.
        url: where it listens.
        key_file: a Google service account's key.
        user: whom its tokens are for.
        expires_in: seconds that the next tokens last.
        delegated: whether the service account may act for the user.
        asked: grant types that it was asked for, in order.
        refresh_token: the one that it takes; replaced after each use where `rotates`.
        refusal: status and document that every request is answered with; None to look at it.
    """

    authority: Path
    url: str
    key_file: Path
    public_key: Any
    dovecot_configuration: str
    user: str = ""
    expires_in: int = 3600
    delegated: bool = True
    rotates: bool = False
    refresh_token: str = REFRESH_TOKEN
    refusal: tuple[int, dict[str, Any]] | None = None
    asked: list[str] = field(default_factory=list)

    @property
    def token_url(self) -> str:
        """Where refresh tokens are taken."""
        return f"{self.url}/token"

    def new_token(self) -> str:
        """Returns a token for `user` that lasts `expires_in` seconds."""
        now = int(time.time())
        claims = {"email": self.user, "sub": self.user, "iat": now - 5, "nbf": now - 5, "exp": now + self.expires_in}
        claims |= {"jti": f"{len(self.asked)}"}
        return jwt.encode(claims, _SIGNING_KEY, algorithm="HS256")

    def answer(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Returns status and document for a request of a token."""
        grant = form.get("grant_type", "")
        self.asked.append(grant)
        if self.refusal:
            return self.refusal
        if grant == "client_credentials":
            return self._client_credentials(form)
        if grant == "refresh_token":
            return self._refresh(form)
        return self._assertion(form)

    def _given(self) -> tuple[int, dict[str, Any]]:
        return 200, {"token_type": "Bearer", "expires_in": self.expires_in, "access_token": self.new_token()}

    def _client_credentials(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if form.get("client_id") != CLIENT:
            said = f"AADSTS700016: Application with identifier '{form.get('client_id')}' was not found in the directory"
            return 400, {"error": "unauthorized_client", "error_description": said, "error_codes": [700016]}
        if form.get("client_secret") != SECRET:
            said = "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent is the value"
            return 401, {"error": "invalid_client", "error_description": said, "error_codes": [7000215]}
        return self._given()

    def _refresh(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if form.get("refresh_token") != self.refresh_token:
            return 400, {"error": "invalid_grant"}
        status, document = self._given()
        if self.rotates:
            self.refresh_token = document["refresh_token"] = f"refresh-{len(self.asked) + 1}"
        return status, document

    def _assertion(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        claims = jwt.decode(form["assertion"], self.public_key, algorithms=["RS256"], audience=_AUDIENCE_OF_GOOGLE)
        if not self.delegated or claims["scope"] != SCOPE_OF_GOOGLE:
            said = "Client is unauthorized to retrieve access tokens using this method, or client not authorized"
            return 401, {"error": "unauthorized_client", "error_description": said}
        if claims["sub"] != self.user:
            return 400, {"error": "invalid_grant", "error_description": "Invalid email or User ID"}
        return self._given()


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, *arguments: Any, server_state: TokenServer) -> None:
        self._state = server_state
        super().__init__(*arguments)

    def do_GET(self) -> None:
        """How an authority describes itself (OpenID Connect Discovery 1.0)."""
        tenant = self.path.split("/")[1]
        if tenant != TENANT:
            self._say(400, {"error": "invalid_tenant", "error_description": "AADSTS90002: Tenant not found"})
            return
        base = f"{self._state.url}/{tenant}"
        endpoints = {"authorization_endpoint": f"{base}/authorize", "token_endpoint": f"{base}/oauth2/v2.0/token"}
        self._say(200, endpoints | {"issuer": f"{base}/v2.0"})

    def do_POST(self) -> None:
        """A request of a token."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._say(*self._state.answer({name: values[0] for name, values in parse_qs(body).items()}))

    def log_message(self, *_arguments: object) -> None:
        """Nothing on standard error."""

    def _say(self, status: int, document: dict[str, Any]) -> None:
        content = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def run_token_server(folder: Path) -> Iterator[TokenServer]:
    """Starts the server on a free port of localhost; its files go into `folder`."""
    certificates = write_certificates(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates.certificate, certificates.key)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    state = TokenServer(certificates.authority, "", folder / "key.json", key.public_key(), _dovecot(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, server_state=state))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    state.url = f"https://localhost:{server.server_port}"
    state.key_file.write_text(json.dumps(_service_account(key, state.token_url)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _service_account(key: rsa.RSAPrivateKey, token_url: str) -> dict[str, str]:
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return {
        "type": "service_account",
        "client_email": "liaison@project.iam.gserviceaccount.example",
        "private_key_id": "1",
        "private_key": pem.decode(),
        "token_uri": token_url,
    }


def _dovecot(folder: Path) -> str:
    """A Dovecot that checks the tokens' signatures itself (its local validation)."""
    keys = folder / "keys" / "default" / "HS256"
    keys.mkdir(parents=True)
    (keys / "default").write_text(base64.b64encode(_SIGNING_KEY).decode())
    settings = folder / "dovecot-oauth2.conf.ext"
    settings.write_text(
        "introspection_mode = local\nusername_attribute = email\n"
        f"local_validation_key_dict = fs:posix:prefix={folder}/keys/\n"
    )
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    return (
        "auth_mechanisms = plain login oauthbearer xoauth2\n"
        f"passdb {{\n  driver = oauth2\n  mechanisms = oauthbearer xoauth2\n  args = {settings}\n}}\n"
    )

"""A small OpenID Connect provider on loopback, for tests: real requests, real signatures, invented accounts.

It does what the standard asks of one: a code that serves once, PKCE, the client's secret, an ID token signed
with RS256. What it should do wrong is set on it.
"""

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT: Final = "mesa-no-discriminacion"
SECRET: Final = "a secret: with/signs&that=need % care"
KEY: Final = RSAKey.generate_key(2048, {"use": "sig", "kid": "first"})
Claims = dict[str, Any]


def signed(claims: Claims) -> str:
    """Return an ID token as this provider signs it."""
    return jwt.encode({"alg": "RS256", "kid": "first"}, claims, KEY)


@dataclass
class CityProvider:
    """What the provider says and whom it vouches for.

    Attributes:
        account: what it calls whoever signs in next.
        now: what time it is there.
        other: claims that are other than they should be; None leaves one out.
        sign: makes the token of the claims.
        described: what is other in its description of itself.
        asked: every request, by path.
    """

    issuer: str
    now: Callable[[], float]
    account: str = "city-account-1"
    other: Claims = field(default_factory=dict)
    sign: Callable[[Claims], str] = signed
    described: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    problem: str = ""
    status: int = 200
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def description(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256"],
            **self.described,
        }

    def authorize(self, query: dict[str, str]) -> str:
        """Return where the browser is sent after its person signed in."""
        assert query["response_type"] == "code" and query["client_id"] == CLIENT
        assert query["scope"] == "openid" and query["code_challenge_method"] == "S256"
        back = {"state": query["state"]}
        if self.problem:
            return f"{query['redirect_uri']}?{urlencode({**back, 'error': self.problem})}"
        code = secrets.token_urlsafe(16)
        self._codes[code] = {**query, "account": self.account}
        return f"{query['redirect_uri']}?{urlencode({**back, 'code': code, 'iss': self.issuer})}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        pair = base64.b64decode(authorization.removeprefix("Basic ")).decode().split(":")
        asked = self._codes.pop(form.get("code", ""), None)
        if [unquote(one) for one in pair] != [CLIENT, SECRET]:
            return 401, {"error": "invalid_client"}
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if (
            asked is None
            or form.get("grant_type") != "authorization_code"
            or form.get("redirect_uri") != asked["redirect_uri"]
            or challenge.decode().rstrip("=") != asked["code_challenge"]
        ):
            return 400, {"error": "invalid_grant"}
        now = int(self.now())
        claims = {
            "iss": self.issuer, "sub": asked["account"], "aud": CLIENT, "nonce": asked["nonce"],
            "iat": now, "exp": now + 300, "auth_time": now, **self.other,
        }  # fmt: skip
        token = self.sign({name: value for name, value in claims.items() if value is not None})
        return 200, {"id_token": token, "access_token": secrets.token_urlsafe(), "token_type": "Bearer"}

    def keys(self) -> dict[str, Any]:
        return {"keys": [KEY.as_dict(private=False)]}


@contextmanager
def running_provider(now: Callable[[], float]) -> Iterator[CityProvider]:
    """Run a provider on a free port of loopback, until the test is over."""

    class Answers(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            path, query = self._asked()
            if provider.status != 200:
                self._json(provider.status, {})
            elif path == "/.well-known/openid-configuration":
                self._json(200, provider.description())
            elif path == "/keys":
                self._json(200, provider.keys())
            elif path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.authorize(query))
                self.send_header("Content-Length", "0")
                self.end_headers()
            else:
                self._json(404, {})

        def do_POST(self) -> None:
            self._asked()
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._json(*provider.token(form, self.headers.get("Authorization", "")))

        def _asked(self) -> tuple[str, dict[str, str]]:
            parts = urlsplit(self.path)
            provider.asked.append(parts.path)
            return parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()}

        def _json(self, status: int, told: dict[str, Any]) -> None:
            content = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    provider = CityProvider(f"http://127.0.0.1:{server.server_address[1]}", now)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

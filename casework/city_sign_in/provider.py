"""The provider of the city's sign-in: asked at its own origin, over TLS, and never for more than who it is.

No redirection is followed. Tokens are looked at and forgotten; none is kept and none is used to ask further.
"""

import base64
import http.client
import json
import ssl
import threading
import time
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

from casework.city_sign_in.errors import CitySilent, NotVouched
from casework.city_sign_in.id_token import FRESH, subject_in
from casework.city_sign_in.ways import Way
from casework.settings import CaseworkSettings

ANSWER: Final = "/city-sign-in"
"""Where the provider sends people back, below the address of the desk."""
SECONDS: Final = 5
MOST_SECONDS: Final = 10
LARGEST: Final = 262_144
KNOWN_FOR: Final = 600
"""Seconds for which the provider's description is good."""
AT_ONCE: Final = threading.BoundedSemaphore(4)
"""So many may wait for the provider, so that a slow one holds up nobody's work."""
WAITS: Final = 1.0
"""Seconds for which others wait their turn; then they are told that the provider is silent."""
SILENT_FOR: Final = 10.0
"""Seconds for which a provider that did not describe itself is not asked again."""
MOST_TOKENS: Final = 30
"""Tokens asked for in a minute by all together: whoever is at the door could have the desk ask for many."""
A_MINUTE: Final = 60.0
MANY_WAIT: Final = "many_wait"


@dataclass(frozen=True, slots=True)
class Described:
    """A provider as it describes itself. `in_form` is set where the secret goes in the form only."""

    authorization: str
    token: str
    keys: str
    in_form: bool


class Provider:
    """What this process knows of the configured provider."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Described, float]] = {}
        self._failed: dict[str, tuple[CitySilent | NotVouched, float]] = {}
        self._tokens: deque[float] = deque()
        self._turn = threading.Lock()

    def address(self, settings: CaseworkSettings, way: Way) -> str:
        """Return where a browser goes to be vouched for.

        Raises:
            CitySilent, NotVouched: the provider does not describe itself, or as somebody else.
        """
        asked = {
            "response_type": "code",
            "client_id": settings.oidc_client_id,
            "redirect_uri": settings.desk_at + ANSWER,
            "scope": "openid",
            "state": way.state,
            "nonce": way.nonce,
            "code_challenge": way.challenge,
            "code_challenge_method": "S256",
            "max_age": str(FRESH),
        }
        to = self._described(settings).authorization
        return f"{to}{'&' if urlsplit(to).query else '?'}{urlencode(asked)}"

    def subject(self, settings: CaseworkSettings, code: str, way: Way, at: datetime) -> str:
        """Return for whom the provider vouches with this code.

        Raises:
            CitySilent, NotVouched: see `id_token.subject_in`; many asked just now.
        """
        self._take_a_turn(time.monotonic())
        there = self._described(settings)
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": settings.desk_at + ANSWER,
            "client_id": settings.oidc_client_id,
            "code_verifier": way.verifier,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        secret = secret_of(settings)
        if secret and there.in_form:
            form["client_secret"] = secret
        elif secret:
            pair = f"{quote(settings.oidc_client_id, safe='')}:{quote(secret, safe='')}"
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        answer = _asked(settings, there.token, urlencode(form).encode(), headers)
        return subject_in(
            answer.get("id_token"),
            _asked(settings, there.keys),
            issuer=settings.oidc_issuer,
            client_id=settings.oidc_client_id,
            nonce=way.nonce,
            at=at,
        )

    def _described(self, settings: CaseworkSettings) -> Described:
        issuer, now = settings.oidc_issuer, time.monotonic()
        known = self._known.get(issuer)
        if known and now - known[1] < KNOWN_FOR:
            return known[0]
        failed = self._failed.get(issuer)
        if failed and now - failed[1] < SILENT_FOR:
            raise type(failed[0])(**failed[0].detail)
        try:
            found = self._described_by(settings, issuer)
        except (CitySilent, NotVouched) as error:
            if error.detail.get("why") != MANY_WAIT:
                self._failed = {issuer: (error, time.monotonic())}
            raise
        self._known, self._failed = {issuer: (found, now)}, {}
        return found

    def _take_a_turn(self, now: float) -> None:
        """Raise CitySilent if too many tokens were asked for in the last minute."""
        with self._turn:
            while self._tokens and now - self._tokens[0] >= A_MINUTE:
                self._tokens.popleft()
            if len(self._tokens) >= MOST_TOKENS:
                raise CitySilent(why="many_ask")
            self._tokens.append(now)

    def _described_by(self, settings: CaseworkSettings, issuer: str) -> Described:
        told = _asked(settings, issuer.rstrip("/") + "/.well-known/openid-configuration")
        if told.get("issuer") != issuer:
            raise NotVouched(why="described_issuer")
        ways = told.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return Described(
            authorization=_own(issuer, told.get("authorization_endpoint")),
            token=_own(issuer, told.get("token_endpoint")),
            keys=_own(issuer, told.get("jwks_uri")),
            in_form="client_secret_basic" not in ways,
        )


def secret_of(settings: CaseworkSettings) -> str:
    """Return the desk's secret at the provider, empty if it has none; raise CitySilent if unreadable."""
    try:
        kept = settings.oidc_client_secret
        return kept.read_text("utf-8").strip() if kept is not None else ""
    except (OSError, UnicodeDecodeError):
        raise CitySilent(why="secret_file") from None


def _own(issuer: str, address: object) -> str:
    """Return an address of the provider if it stands at the issuer's own origin."""
    if not isinstance(address, str) or _origin(address) != _origin(issuer):
        raise NotVouched(why="described_elsewhere")
    return address


def _origin(address: str) -> tuple[str, str | None, int | None]:
    try:
        parts = urlsplit(address)
        return parts.scheme, parts.hostname, parts.port
    except ValueError:
        raise NotVouched(why="described_address") from None


def _asked(
    settings: CaseworkSettings, address: str, form: bytes | None = None, headers: dict[str, str] | None = None
) -> dict[str, Any]:
    """Return what the provider answers, as an object of JSON."""
    if not AT_ONCE.acquire(timeout=WAITS):
        raise CitySilent(why=MANY_WAIT)
    try:
        status, content = _fetched(settings, address, form, {"Accept": "application/json", **(headers or {})})
    except (OSError, http.client.HTTPException) as error:
        raise CitySilent(why=type(error).__name__) from None
    finally:
        AT_ONCE.release()
    if status >= 500:
        raise CitySilent(why=f"status_{status}")
    if status != 200:
        raise NotVouched(why=f"status_{status}")
    try:
        told = json.loads(content)
    except ValueError:
        raise NotVouched(why="answer_form") from None
    if not isinstance(told, dict):
        raise NotVouched(why="answer_form")
    return told


def _fetched(
    settings: CaseworkSettings, address: str, form: bytes | None, headers: dict[str, str]
) -> tuple[int, bytes]:
    where, until = urlsplit(address), time.monotonic() + MOST_SECONDS
    host, port = where.hostname or "", where.port
    link: http.client.HTTPConnection
    if where.scheme == "https":
        context = ssl.create_default_context(cafile=settings.oidc_ca)
        link = http.client.HTTPSConnection(host, port, timeout=SECONDS, context=context)
    else:
        link = http.client.HTTPConnection(host, port, timeout=SECONDS)
    try:
        path = (where.path or "/") + (f"?{where.query}" if where.query else "")
        link.request("POST" if form is not None else "GET", path, form, headers)
        answer, content = link.getresponse(), b""
        while part := answer.read1(16_384):
            content += part
            if len(content) > LARGEST or time.monotonic() > until:
                raise TimeoutError
        return answer.status, content
    finally:
        link.close()

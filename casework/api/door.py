"""The other door to the desk's pages: `/api/v1/<path>` is the page `/<language>/<path>`, told in JSON.

It stands inside the security headers and outside everything else. It looks nothing up and lets nobody in:
it writes the page's own address into the request, says that a program asks, and turns what comes back.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from casework.api.acts import acts, form_of
from casework.api.errors import NotJson, OnlyForPeople
from casework.done import DONE
from office.errors import NotFound
from office.languages import Language, UnknownLanguage
from office.web.forms import Form
from office.web.problems import PROGRAM, answer

PREFIX: Final = "/api/v1/"
BELOW_LANGUAGE: Final = "/{language}/"
JSON: Final = "application/json"
NOT_FOR_PROGRAMS: Final = frozenset(
    {"partner", "partner/answer", "languages", "sign-in/city", "sign-in/city/pass-phrase"}
    | {"my-city-sign-in", "my-city-sign-in/linking", "my-city-sign-in/unlinking"}
    | {"cases/{number}/profile", "cases/{number}/profile/removal"}
    | {"cases/{number}/profile/opening", "cases/{number}/profile/withdrawal"}
)
"""Pages for bodies outside the office, who bring a code and have no sign-in; the page about languages; the
city's sign-in, a way through a browser to a page of the city and back; what somebody is, for people only."""
SPOKEN: Final = "language"
"""The name in an address's query that says in which language sentences come."""


class Program:
    """How a program asks for a page: stands in the request's scope."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def form(self, request: Request, body: bytes) -> Form:
        """Return the form that the page would have sent, made of a JSON object.

        Raises:
            NotJson: the body is none.
            FieldUnknown, FieldOfAnotherKind, FormDamaged, TooManyFields: see `form_of`.
        """
        path = getattr(request.scope.get("route"), "path", "")
        return form_of(acts().get(path.removeprefix(BELOW_LANGUAGE), {}), object_in(body))


def object_in(body: bytes) -> dict[str, Any]:
    """Return the JSON object of a body; each name once, no numbers that JSON has not. Raise NotJson."""
    try:
        sent = json.loads(body.decode("utf-8"), object_pairs_hook=_each_once, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise NotJson from None
    if not isinstance(sent, dict):
        raise NotJson
    return sent


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


def _no_number(_written: str) -> None:
    raise ValueError


class OtherDoor:
    """ASGI middleware: see the module.

    Args:
        app: what answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._own: frozenset[str] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX) or self._is_own(scope):
            await self.app(scope, receive, send)
            return
        pages = scope["app"].state.desk.pages
        request = Request(scope)
        query = parse_qsl(request.url.query, keep_blank_values=True)
        wished = [value for name, value in query if name == SPOKEN]
        spoken: Mapping[str, Language] = {one.tag: one for one in pages.languages}
        language = spoken.get(wished[-1]) if wished else pages.language_of(request)
        inner = page_asked(scope, language or pages.languages[0], query)
        if language is None:
            await answer(Request(inner), UnknownLanguage())(inner, receive, send)
        elif _without(NOT_FOR_PROGRAMS).fullmatch(scope["path"].removeprefix(PREFIX)):
            await answer(Request(inner), NotFound())(inner, receive, send)
        elif scope["method"] == "POST" and not _is_json(scope):
            await answer(Request(inner), NotJson(), status=415)(inner, receive, send)
        else:
            await self.app(inner, receive, Turned(inner, language, receive, send))

    def _is_own(self, scope: Scope) -> bool:
        """Say whether something of its own answers at this address, and no page."""
        if self._own is None:
            self._own = frozenset(getattr(one, "path", "") for one in scope["app"].routes)
        return scope["path"] in self._own


@cache
def _without(addresses: frozenset[str]) -> re.Pattern[str]:
    """Return what matches these addresses, whatever stands at a name in braces; of none, nothing."""
    written = (re.sub(r"\\{[a-z_]+\\}", "[^/]+", re.escape(one)) for one in sorted(addresses))
    return re.compile("|".join(written) or "(?!)")


def page_asked(scope: Scope, language: Language, query: list[tuple[str, str]]) -> Scope:
    """Return the request for the page of an address of programs."""
    below = scope["path"].removeprefix(PREFIX)
    path = f"/{language.tag}/{below}"
    kept = urlencode([pair for pair in query if pair[0] != SPOKEN])
    return {
        **scope,
        "path": path,
        "raw_path": path.encode("utf-8"),
        "query_string": kept.encode("ascii"),
        PROGRAM: Program(language),
    }


def methods_at(scope: Scope) -> list[str]:
    """Return the methods of an address, of all its routes: one route alone tells only its own."""
    found: set[str] = set()
    for one in scope["app"].routes:
        if one.matches(scope)[0] is not Match.NONE:
            found |= getattr(one, "methods", None) or set()
    return sorted(found)


def _is_json(scope: Scope) -> bool:
    kind = Headers(scope=scope).get("content-type", "")
    return kind.partition(";")[0].strip().lower() == JSON


class Turned:
    """What sends the page's answer on: "go on to another page" becomes what was done; no page goes out."""

    def __init__(self, scope: Scope, language: Language, receive: Receive, send: Send) -> None:
        self.scope, self.language = scope, language
        self.receive, self.send = receive, send
        self.instead: Response | None = None

    async def __call__(self, message: Message) -> None:
        """Send one part of the answer, or what is sent instead of all of it."""
        if message["type"] == "http.response.start":
            if message["status"] == 405:
                MutableHeaders(scope=message)["allow"] = ", ".join(methods_at(self.scope))
            self.instead = self._instead(message)
            if self.instead is not None:
                await self.instead(self.scope, self.receive, self.send)
        if self.instead is None:
            await self.send(message)

    def _instead(self, message: Message) -> Response | None:
        headers = MutableHeaders(raw=list(message["headers"]))
        if 300 <= message["status"] < 400 and "location" in headers:
            if is_elsewhere(headers["location"]):
                return answer(Request(self.scope), OnlyForPeople(), status=406)
            return self._gone_on(message["status"], headers)
        if headers.get("content-type", "").startswith("text/html"):
            return answer(Request(self.scope), OnlyForPeople(), status=406)
        return None

    def _gone_on(self, status: int, headers: MutableHeaders) -> Response:
        at, done = below(headers["location"], self.language)
        if self.scope["method"] != "POST":
            told = Response(status_code=status, headers={"location": at})
        else:
            said = self.language.gettext(DONE[done]) if done in DONE else None
            body = {"done": done or None, "said": said, "at": at}
            told = Response(json.dumps(body, ensure_ascii=False), 200, media_type=JSON)
            told.headers["content-language"] = self.language.tag
        for value in headers.getlist("set-cookie"):
            told.headers.append("set-cookie", value)
        return told


def is_elsewhere(location: str) -> bool:
    """Say whether an address is not one of ours; a program is never sent there."""
    parts = urlsplit(location)
    return bool(parts.scheme or parts.netloc)


def below(location: str, language: Language) -> tuple[str, str]:
    """Return the address for programs of a page's address, and the word that says what was done."""
    parts = urlsplit(location)
    query = parse_qsl(parts.query, keep_blank_values=True)
    done = next((value for name, value in query if name == "done"), "")
    rest = urlencode([pair for pair in query if pair[0] != "done"])
    path = PREFIX + parts.path.removeprefix(f"/{language.tag}/").lstrip("/")
    return f"{path}?{rest}" if rest else path, done

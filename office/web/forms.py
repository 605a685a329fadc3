"""Forms: who may send one, how large it may be, and how it is read.

A form is taken only from our own pages. Browsers say so themselves: `Sec-Fetch-Site` where they know it,
else `Origin`. Older ones that say neither (or `Origin: null`, which our own `Referrer-Policy` makes some
of them send) get a cookie that is the same for everybody and that browsers never send along from
another site; it identifies nobody, and newer browsers never receive it.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from office.errors import Invalid, OfficeError, Refused, TooLarge
from office.web.problems import PROGRAM, answer

BODY_LIMIT: Final = 256 * 1024
"""Bytes of a form without attachments: some forty pages of text in any script."""
DRAINED: Final = 64 * 1024 * 1024
"""Bytes of a too large body that are still read and thrown away, so that browsers show our answer."""
STREAM_PATIENCE: Final = 60.0
"""Seconds for the next bytes of a body that is read as it comes."""
FIELDS_LIMIT: Final = 500
_COOKIE: Final = "own_site"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
# What a page elsewhere can send without asking us first (Fetch standard, "CORS-safelisted").
_FORM_TYPES: Final = frozenset({"", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain"})
OWN_SITE: Final = {"Sec-Fetch-Site": "same-origin"}
"""What a browser says of a form of our own; for tests and scripts."""


class FromElsewhere(Refused):
    """A form was sent by a page of another site."""

    code = "from_elsewhere"
    sentence = "This was not sent from our own page, so it was not taken. Please open our page and try again."


class FormDamaged(Invalid):
    """The bytes of a form are not text."""

    code = "form_damaged"
    sentence = (
        "Some characters arrived damaged, so nothing was taken. "
        "Go back in your browser: what you wrote is still there."
    )


class FormKindUnknown(Invalid):
    """The body is not a plain form."""

    code = "form_kind_unknown"
    sentence = "This was not sent as a form of ours. Please open our page and try again."


class TooManyFields(TooLarge):
    """A form has more fields than any of ours."""

    code = "too_many_fields"
    sentence = "This form has more answers than we ask for, so nothing was taken."


class Form(dict[str, list[str]]):
    """What was filled in: each field with all its values, exactly as typed."""

    def one(self, name: str, otherwise: str = "") -> str:
        """Return the last value of a field, or `otherwise` if it was not sent."""
        values = self.get(name)
        return values[-1] if values else otherwise

    def all(self, name: str) -> list[str]:
        """Return every value of a field."""
        return self.get(name, [])


def form_in(body: bytes) -> Form:
    """Return the fields of a urlencoded body.

    Line ends are made one kind; a NUL or another control character is refused, for no keyboard
    makes one and no store should meet one.

    Raises:
        FormDamaged: the bytes are not UTF-8, or hold control characters.
        TooManyFields: there are more than any form of ours has.
    """
    try:
        pairs = parse_qsl(
            body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=FIELDS_LIMIT
        )
    except UnicodeDecodeError:
        raise FormDamaged from None
    except ValueError:
        raise TooManyFields from None
    form = Form()
    for name, value in pairs:
        form.setdefault(as_typed(name), []).append(as_typed(value))
    return form


def as_typed(text: str) -> str:
    """Return a text with line ends of one kind; raise FormDamaged if it holds what no keyboard makes."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if any(_is_control(character) for character in text):
        raise FormDamaged
    return text


def _is_control(character: str) -> bool:
    return (
        (character < " " and character not in "\n\t")
        or character == "\x7f"
        or "\ud800" <= character <= "\udfff"
    )


async def read_form(request: Request) -> Form:
    """Return the form of a request; empty if it has no body. A program's is made of what it sent.

    Raises:
        FormKindUnknown: the body is of another kind.
        FormDamaged, TooManyFields: see `form_in`.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    if (program := request.scope.get(PROGRAM)) is not None:
        sent: Form = program.form(request, body)
        return sent
    if not body:
        return Form()
    if kind != "application/x-www-form-urlencoded":
        raise FormKindUnknown
    return form_in(body)


def is_from_own_site(scope: Scope) -> bool:
    """Return whether a request that changes something comes from our own pages, or from no browser."""
    headers = Headers(scope=scope)
    said = headers.get("sec-fetch-site")
    if said is not None:
        return said in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is not None and origin != "null":
        return _names_host(origin, scope, headers.get("host", ""))
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _FORM_TYPES:
        return True
    return Request(scope).cookies.get(_COOKIE) == "1"


def _names_host(origin: str, scope: Scope, host: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:  # no browser says such a thing
        return False
    ordinary = {"http": ":80", "https": ":443"}.get(parts.scheme, "")
    named = parts.netloc.lower().removesuffix(ordinary)
    return bool(host) and named == host.lower().removesuffix(ordinary)


class FormGate:
    """ASGI middleware: refuses forms sent from elsewhere, and bodies that are too large.

    Args:
        app: what answers.
        body_limit: bytes of a body.
        larger: path prefixes with a limit of their own.
        streamed: tells of a path how many bytes its page reads as they come, or None if it does not.
    """

    def __init__(
        self,
        app: ASGIApp,
        body_limit: int = BODY_LIMIT,
        larger: Sequence[tuple[str, int]] = (),
        streamed: Callable[[str], int | None] = lambda _: None,
    ) -> None:
        self.app = app
        self.streamed = streamed
        self.body_limit = body_limit
        self.larger = tuple(larger)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer why not."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["method"] in _SAFE:
            await self.app(scope, receive, self._with_cookie(scope, send))
            return
        most = self.streamed(scope["path"])
        if most is not None:
            await self._let_stream(most, scope, receive, send)
            return
        limit = next(
            (size for prefix, size in self.larger if scope["path"].startswith(prefix)), self.body_limit
        )
        body = await _body_within(limit, scope, receive)
        if body is None:
            await self._refuse(scope, receive, send, TooLarge(limit=str(limit)))
            return
        if not is_from_own_site(scope):
            await self._refuse(scope, receive, send, FromElsewhere())
            return
        await self.app(scope, _replayed(body, receive), send)

    async def _let_stream(self, most: int, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a body through as it comes, if it comes from our own pages and is not too large."""
        declared = Headers(scope=scope).get("content-length", "")
        if not is_from_own_site(scope):
            await self._refuse(scope, receive, send, FromElsewhere())
        elif declared.isdecimal() and int(declared) > most:
            await _body_within(0, scope, receive)
            await self._refuse(scope, receive, send, TooLarge(limit=str(most)))
        else:
            await self.app(scope, _streamed(receive, most), send)

    @staticmethod
    async def _refuse(scope: Scope, receive: Receive, send: Send, error: OfficeError) -> None:
        await answer(Request(scope), error)(scope, receive, send)

    @staticmethod
    def _with_cookie(scope: Scope, send: Send) -> Send:
        headers = Headers(scope=scope)
        if "sec-fetch-site" in headers or f"{_COOKIE}=1" in headers.get("cookie", ""):
            return send
        secure = "; Secure" if scope.get("scheme") == "https" else ""

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = MutableHeaders(scope=message)
                if given.get("content-type", "").startswith("text/html"):
                    given.append("set-cookie", f"{_COOKIE}=1; Path=/; HttpOnly; SameSite=Strict{secure}")
            await send(message)

        return send_with_cookie


async def _body_within(limit: int, scope: Scope, receive: Receive) -> bytes | None:
    """Return the whole body, or None if it is larger than `limit`; counts what really arrives."""
    kept: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"".join(kept) if size <= limit else None
        chunk = message.get("body", b"")
        size += len(chunk)
        if size <= limit:
            kept.append(chunk)
        else:
            kept.clear()
        if not message.get("more_body", False) or size > DRAINED:
            return b"".join(kept) if size <= limit else None


def _replayed(body: bytes, receive: Receive) -> Receive:
    has_been_read = False

    async def again() -> Message:
        nonlocal has_been_read
        if has_been_read:
            return await receive()
        has_been_read = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _streamed(receive: Receive, most: int) -> Receive:
    """Return what gives the body as it comes, and ends it where it is too long or nothing comes any more."""
    size = 0

    async def limited() -> Message:
        nonlocal size
        try:
            message = await asyncio.wait_for(receive(), STREAM_PATIENCE)
        except TimeoutError:
            return {"type": "http.disconnect"}
        size += len(message.get("body", b""))
        return message if size <= most else {"type": "http.disconnect"}

    return limited

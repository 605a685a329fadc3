"""Reads what a browser sent, as much of it as can be kept, and says what was wrong with the rest.

The office's own reader refuses a damaged form whole. Here nobody should have to type their story twice:
damaged signs are taken out, an overlong body is cut, and the page comes back with what is left.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote_to_bytes

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from intake_api.files.streamed_forms import streamed_limit

KEPT: Final = 240 * 1024
"""Bytes of a body that are kept: below the office's limit for forms, above any story we take."""
DRAINED: Final = 64 * 1024 * 1024
"""Bytes that are still read and thrown away, so that the browser shows our answer."""
MOST_FIELDS: Final = 200
WAS_CUT: Final = "body_was_cut"
CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
FORM: Final = "application/x-www-form-urlencoded"


@dataclass(slots=True)
class Given:
    """What was filled in, exactly as far as it could be read.

    Attributes:
        fields: each field with all its values.
        damaged: fields in which signs had to be taken out.
        is_cut: the body was larger than any form of ours and was cut.
        has_too_many: there were more fields than any form of ours has.
        is_no_form: the body is of another kind, and none of it was read.
    """

    fields: dict[str, list[str]] = field(default_factory=dict)
    damaged: set[str] = field(default_factory=set)
    is_cut: bool = False
    has_too_many: bool = False
    is_no_form: bool = False

    def all(self, name: str) -> list[str]:
        """Return every value of a field that says something."""
        return [value for value in self.fields.get(name, []) if value.strip()]

    def one(self, name: str) -> str:
        """Return the first value of a field, or an empty text."""
        values = self.all(name)
        return values[0] if values else ""

    @classmethod
    def of(cls, fields: Mapping[str, list[str]]) -> "Given":
        """Return fields that came from elsewhere (an API body, a kept draft), cleaned in the same way."""
        given = cls()
        for name, values in fields.items():
            for value in values:
                text, is_damaged = cleaned(value)
                given.fields.setdefault(name, []).append(text)
                if is_damaged:
                    given.damaged.add(name)
        return given


def cleaned(text: str) -> tuple[str, bool]:
    """Return `text` with one kind of line end and without control signs, and whether any were there."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    kept, removed = CONTROLS.subn("", plain)
    return kept, bool(removed)


def form_of(body: bytes) -> Given:
    """Return the fields of a urlencoded body; never fails."""
    given = Given()
    pieces = body.split(b"&", MOST_FIELDS)
    if len(pieces) > MOST_FIELDS:
        given.has_too_many = True
        pieces = pieces[:MOST_FIELDS]
    for piece in pieces:
        if not piece:
            continue
        name, _, value = piece.partition(b"=")
        plain_name, _ = _read(name)
        text, is_damaged = _read(value)
        given.fields.setdefault(plain_name, []).append(text)
        if is_damaged:
            given.damaged.add(plain_name)
    return given


async def read_given(request: Request) -> Given:
    """Return the form of a request; empty if it has no body."""
    body = await request.body()
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if body and kind != FORM:
        return Given(is_no_form=True)
    given = form_of(body)
    given.is_cut = bool(request.scope.get("state", {}).get(WAS_CUT, False))
    return given


class CutLongBodies:
    """ASGI middleware: hands on no more than `KEPT` bytes of a form and tells that it was longer.

    Bodies under `/api/` are left to the office's own gate, which refuses them; those with files pass it as
    they come, within limits of their own.
    """

    def __init__(self, app: ASGIApp, kept: int = KEPT) -> None:
        self.app = app
        self.kept = kept

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with its body cut if need be."""
        is_form = scope["type"] == "http" and scope["method"] == "POST"
        if not is_form or scope["path"].startswith("/api/") or streamed_limit(scope["path"]) is not None:
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        passed = read = 0

        async def cut() -> Message:
            nonlocal passed, read
            message = await receive()
            if message["type"] != "http.request":
                return message
            body: bytes = message.get("body", b"")
            read += len(body)
            room = self.kept - passed
            passed += min(len(body), room)
            if len(body) <= room:
                return message
            state[WAS_CUT] = True
            while message.get("more_body", False) and read < DRAINED:
                message = await receive()
                if message["type"] != "http.request":
                    break
                read += len(message.get("body", b""))
            return {"type": "http.request", "body": _whole_signs(body[:room]), "more_body": False}

        await self.app(scope, cut, send)


def _whole_signs(cut: bytes) -> bytes:
    # A percent sequence cut in two would look like damage the person did not do.
    tail = cut.rfind(b"%", -2)
    cut = cut[:tail] if tail >= 0 else cut
    while cut[-3:-2] == b"%" and cut[-2:-1] in b"89ABCDEFabcdef":
        cut = cut[:-3]
    return cut


def _read(part: bytes) -> tuple[str, bool]:
    raw = unquote_to_bytes(part.replace(b"+", b" "))
    text = raw.decode("utf-8", errors="ignore")
    kept, has_controls = cleaned(text)
    return kept, has_controls or len(text.encode()) != len(raw)

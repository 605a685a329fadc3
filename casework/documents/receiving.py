"""A file on its way to a case: who may not open the case is turned away before a byte of it is read.

It stands outside the turns of the desk, so that a slow line takes nobody's, and holds no transaction while it
reads. What is read lies in memory only, no more than a file may have; the rest of what is larger is thrown
away as it comes, whatever length was announced.
"""

import asyncio
import re
import time
from base64 import b64decode
from dataclasses import dataclass, field, replace
from typing import Annotated, Final
from weakref import WeakKeyDictionary

from fastapi import Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from casework.api.errors import FieldOfAnotherKind
from casework.cases.access import case_for
from casework.documents.rules import LARGEST
from casework.doors import COOKIE, acting, desk_of, person_of
from office.errors import OfficeError
from office.stores.errors import StoreUnavailable
from office.web.forms import (
    BODY_LIMIT,
    DRAINED,
    FIELDS_LIMIT,
    Form,
    FormDamaged,
    TooManyFields,
    as_typed,
    read_form,
)
from office.web.multipart import FormBroken, FormReader, Part
from office.web.problems import PROGRAM, is_for_program

ADDRESS: Final = re.compile(r"/[A-Za-z-]+/cases/(?P<number>[^/]+)/documents")
FILE: Final = "document_file"
FILE_NAME: Final = "document_file_name"
"""How a program says what its file is called."""
WHOLE_FORM: Final = LARGEST + BODY_LIMIT
"""Bytes of a form with the largest file and everything that is noted of it."""
WHOLE_OBJECT: Final = LARGEST * 4 // 3 + BODY_LIMIT
"""The same of a program, whose file comes in base64."""
NO_LIMIT_OF_THE_GATE: Final = 2**62
"""The gate of forms lets such a body through as it comes: it is counted here, and its words are kept."""
AT_ONCE: Final = 4
"""Forms that are held in memory at one time; the others wait, unread."""
SILENCE: Final = 60.0
"""Seconds for the next bytes."""
LONGEST: Final = 15 * 60.0
CHUNK: Final = 256 * 1024
IS_CUT: Final = "documents.is_cut"
"""Where a request says whether more came than was read; None where nothing was, for the door is shut."""
RECEIVED: Final = "documents.received"


@dataclass(slots=True)
class Upload:
    """What came in one form.

    Attributes:
        form: what was typed.
        clear: the file; None if none was chosen.
        name: what it is called where it came from.
        is_too_large: it has more bytes than a file may have, so nothing of it is there.
        is_broken: the line broke before its end, so nothing of it is there.
    """

    form: Form = field(default_factory=Form)
    clear: bytes | None = None
    name: str = ""
    is_too_large: bool = False
    is_broken: bool = False

    def __repr__(self) -> str:
        return "Upload(…)"


def streamed(path: str) -> int | None:
    """Say of a path that its body is read as it comes; None for all others."""
    return NO_LIMIT_OF_THE_GATE if ADDRESS.fullmatch(path) else None


class UploadDoor:
    """ASGI middleware: see the module.

    Args:
        app: what answers. It finds a body that is whole, cut off, or empty for whoever may not come in.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._places = WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore]()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask at the door, read as much as is right, and let the pages answer."""
        found = ADDRESS.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if found is None or scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        room = await run_in_threadpool(_room, Request(scope), found["number"])
        if not room:
            await self.app({**scope, IS_CUT: None}, _given(b"", receive), send)
            return
        places = self._places.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE))
        async with places:
            body, is_cut = await _read(receive, room)
            await self.app({**scope, IS_CUT: is_cut}, _given(body, receive), send)


def _room(request: Request, number: str) -> int:
    """Return how many bytes are read of a request: a file, only the words, or nothing.

    Whoever may not open the case is told so by the page, as for any other address of it. The words of
    somebody whose session ended by itself are read to be given back, and so are those that meet a store out
    of reach; no file is.
    """
    desk, person = desk_of(request), person_of(request)
    if person is None:
        return BODY_LIMIT if desk.book.ended(request.cookies.get(COOKIE, ""), desk.clock.now()) else 0
    try:
        with desk.sessions.begin() as session:
            case_for(session, replace(acting(person, desk, session), sends=True), number)
    except StoreUnavailable:
        return BODY_LIMIT
    except OfficeError:
        return 0
    return WHOLE_OBJECT if is_for_program(request) else WHOLE_FORM


async def _read(receive: Receive, most: int) -> tuple[bytes, bool]:
    """Return a body, and whether it has more bytes than `most`; of one that has, only its beginning."""
    kept, size, until = bytearray(), 0, time.monotonic() + LONGEST
    while True:
        try:
            message = await asyncio.wait_for(receive(), min(SILENCE, until - time.monotonic()))
        except TimeoutError:
            break
        chunk = message.get("body", b"")
        size += len(chunk)
        if size <= most:
            kept += chunk
        elif len(kept) > BODY_LIMIT:
            del kept[BODY_LIMIT:]
        if message["type"] == "http.disconnect" or not message.get("more_body", False) or size > DRAINED:
            break
    return bytes(kept), size > most


def _given(body: bytes, receive: Receive) -> Receive:
    """Return what gives a body that was read, in parts, so that others have their turn between them."""
    at = 0
    is_over = False

    async def again() -> Message:
        nonlocal at, is_over
        if is_over:
            return await receive()
        await asyncio.sleep(0)
        part = body[at : at + CHUNK]
        at += CHUNK
        is_over = at >= len(body)
        return {"type": "http.request", "body": part, "more_body": not is_over}

    return again


async def read_upload(request: Request) -> Upload:
    """Return what came in a form with a file; it is read once for a request.

    Raises:
        FormDamaged, TooManyFields, FormKindUnknown: see `office.web.forms`.
    """
    if RECEIVED not in request.scope:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        is_cut = request.scope.get(IS_CUT, False)
        if is_cut is None:
            request.scope[RECEIVED] = Upload()
        elif is_for_program(request):
            request.scope[RECEIVED] = await _in_an_object(request)
        elif IS_CUT in request.scope and kind == "multipart/form-data":
            request.scope[RECEIVED] = await _in_parts(request)
        else:
            request.scope[RECEIVED] = Upload(await read_form(request))
    received: Upload = request.scope[RECEIVED]
    return received


UploadDep = Annotated[Upload, Depends(read_upload)]


async def form_sent(request: Request) -> Form:
    """Return what was typed into a form of any page, also one with a file."""
    return (await read_upload(request)).form


async def _in_an_object(request: Request) -> Upload:
    """Return what a program sent; of an object that is cut off nothing can be read.

    Raises:
        FieldOfAnotherKind: the file is not written in base64.
        TooLarge: more is typed than in any form without a file.
    """
    if request.scope.get(IS_CUT):
        return Upload(is_too_large=True)
    body = await request.body()
    return await run_in_threadpool(_object_in, request, body)


def _object_in(request: Request, body: bytes) -> Upload:
    form: Form = request.scope[PROGRAM].form(request, body)
    upload = Upload(form, name=form.pop(FILE_NAME, [""])[-1])
    if (written := form.pop(FILE, None)) is not None:
        try:
            clear = b64decode(written[-1], validate=True)
        except ValueError:
            raise FieldOfAnotherKind(field=FILE) from None
        upload.is_too_large = len(clear) > LARGEST
        upload.clear = None if upload.is_too_large else clear
    return upload


async def _in_parts(request: Request) -> Upload:
    upload = Upload()
    try:
        async for part in FormReader(request).parts():
            if part.filename is None:
                _keep(upload.form, part.name, await _taken(part, BODY_LIMIT))
            elif part.name == FILE:
                await _keep_file(upload, part)
    except FormBroken:
        upload.clear = None
        is_empty = not upload.form and not upload.name
        upload.is_too_large = bool(request.scope[IS_CUT])
        upload.is_broken = not upload.is_too_large and not is_empty
    return upload


def _keep(form: Form, name: str, value: bytes) -> None:
    try:
        written = value.decode("utf-8")
    except UnicodeDecodeError:
        raise FormDamaged from None
    form.setdefault(as_typed(name), []).append(as_typed(written))
    if sum(len(values) for values in form.values()) > FIELDS_LIMIT:
        raise TooManyFields


async def _keep_file(upload: Upload, part: Part) -> None:
    upload.name = part.filename or ""
    clear = await _taken(part, LARGEST + 1)
    if len(clear) > LARGEST:
        upload.is_too_large = True
    elif upload.name or clear:  # a browser sends an empty file without a name where none was chosen
        upload.clear = clear


async def _taken(part: Part, most: int) -> bytes:
    kept = bytearray()
    async for chunk in part.chunks():
        kept += chunk[: most - len(kept)]
    return bytes(kept)

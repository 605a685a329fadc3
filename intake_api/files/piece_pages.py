"""Files piece by piece, for our own script: what was acknowledged is kept, so a bad line costs one piece.

`begin` says which piece is missing first, also of a file that was begun before a break, and under which name
the file is kept; `piece` takes one; `end` has the whole file looked into. What is wrong is told as
`application/problem+json` in the person's language.
"""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from intake_api.bodies import read_given
from intake_api.door import Door
from intake_api.drafts.keeping import Kept
from intake_api.files.errors import FileNotWhole
from intake_api.files.pages import PURPOSES
from intake_api.files.places import Place, ReportPlace, ReturnPlace, SentElsewhere
from office.errors import NotFound
from office.sealing.pieces import PIECE_BYTES


def routes(door: Door) -> APIRouter:
    """Return the routes for pieces of reports' and of messages' files."""
    router = APIRouter(include_in_schema=False)
    for place in (ReportPlace(door), ReturnPlace(door)):
        _add(router, door, place)
    return router


def _add(router: APIRouter, door: Door, place: Place) -> None:
    root = f"/{{language}}/{place.prefix}/files"

    @router.post(f"{root}/begin")
    async def begin(request: Request, language: str) -> Response:
        """Note that a file comes, and say with which piece to begin or go on."""
        given = await read_given(request)
        size = given.one("size")
        purpose = PURPOSES.get(given.one("purpose"), "evidence")
        try:
            kept, file_id, number = await door.uploads.begin(
                await place.begin(request),
                given.one("name"),
                int(size) if size.isdecimal() and len(size) < 16 else 0,
                purpose,
                given.one("mark"),
            )
        except SentElsewhere:
            raise NotFound from None
        name = kept.draft.held.name_of(file_id)
        told = {"id": str(file_id), "next": number, "bytes": PIECE_BYTES, "name": name}
        return place.remember(JSONResponse(told), request, kept)

    @router.post(f"{root}/piece/{{file_id}}/{{number}}")
    async def piece(request: Request, file_id: UUID, number: int) -> Response:
        """Keep one piece, then say which is the next."""
        kept = await _kept(place, request)
        clear = bytearray()
        try:
            async for chunk in request.stream():
                clear += chunk
        except ClientDisconnect:
            raise FileNotWhole from None
        return JSONResponse({"next": await door.uploads.put(kept, file_id, number, bytes(clear))})

    @router.post(f"{root}/end/{{file_id}}")
    async def end(request: Request, file_id: UUID) -> Response:
        """Look into the file, and add it."""
        await door.uploads.end(await _kept(place, request), file_id)
        return JSONResponse({"added": True})


async def _kept(place: Place, request: Request) -> Kept:
    try:
        kept = await place.find(request)
    except SentElsewhere:
        raise NotFound from None
    if kept is None:
        raise FileNotWhole
    return kept

"""Files for programs: each is sent by itself, and named in the report by the word that is given for it.

The word opens the sealed draft in which the file waits, so nothing is kept here about who sent it; it waits
as many days as a draft.
"""

from dataclasses import dataclass, field
from typing import Final

from fastapi import APIRouter
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse

from intake_api.api.described import refusals
from intake_api.api.models import NUMBERS, FileKept, NewReport
from intake_api.door import Door
from intake_api.drafts.keeping import Draft, Kept, dropping
from intake_api.files.errors import FileNotWhole, FilesGone
from intake_api.files.held import Held, noted
from intake_api.files.names import has_number, name_to_keep, plain_name
from intake_api.files.piece_store import sending_files
from intake_api.form.answers import Correction
from intake_api.letterbox import Desk
from office.errors import OfficeError
from office.handover.report import SentFile
from office.identity_numbers import find, removed
from office.languages import Language

BYTES: Final = "application/octet-stream"
NAMELESS: Final = "file"


def routes(door: Door) -> APIRouter:
    """Return the route that takes a file."""
    router = APIRouter(prefix="/api/v1")

    @router.post(
        "/files",
        status_code=201,
        summary="Send a file that a report will name",
        response_model=FileKept,
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {BYTES: {"schema": {"type": "string", "format": "binary"}}},
            }
        },
        responses=refusals(
            (413, "The file is larger than 40 MB."),
            (422, "The file is empty, of a kind we do not take, locked, damaged or infected: see `type`."),
            (429, "Too much was sent; wait as long as `Retry-After` says."),
            (503, "Nothing was kept: there is no room for files, too many wait, no key, or no mailbox."),
        ),
    )
    async def file(request: Request) -> JSONResponse:
        """Keep one file, sealed, until a report names its `file` word; what nobody names is deleted.

        The body is the file itself. What it is, is found out from its content.
        """
        door.keys.ready()
        kept = await door.drafts.begin(Draft())
        try:
            kept = await door.uploads.take(kept, NAMELESS, "evidence", request.stream())
        except ClientDisconnect:
            await door.drafts.drop(kept.code)
            raise FileNotWhole from None
        except OfficeError:
            await door.drafts.drop(kept.code)
            raise
        sent = kept.draft.held.files[0]
        told = FileKept(file=kept.code, media_type=sent.media_type, size=sent.size, sha256=sent.sha256)
        return JSONResponse(told.model_dump(), 201, {"Cache-Control": "no-store"})

    return router


@dataclass(slots=True)
class NamedFiles:
    """The files and links that a report of a program names."""

    held: Held = Held()
    waiting: list[Kept] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)

    def give(self, desk: Desk, case_number: str) -> None:
        """Give the files to a case, inside the commit of the report; raise FilesGone."""
        for kept in self.waiting:
            sending_files(kept.draft.held.files, kept.draft.held.code, case_number)(desk)
            dropping(desk, kept.code)


async def named_files(door: Door, language: Language, report: NewReport) -> NamedFiles:
    """Return the files that are named, as they wait; a word that opens nothing is to be corrected.

    So is the number of a document in a name or a link, if nobody said what to do with it.
    """
    named = NamedFiles(corrections=_undecided(report, language))
    now, sent = door.clock.now(), list[SentFile]()
    cleans = report.identity_numbers == "remove"
    for place, one in enumerate(report.files):
        kept = await door.drafts.find(one.file)
        if kept is None or not _is_one_file(kept) or any(kept.code == it.code for it in named.waiting):
            named.corrections.append(Correction(f"/files/{place}/file", language.gettext(FilesGone.sentence)))
            continue
        named.waiting.append(kept)
        name = name_to_keep(one.name) if cleans else plain_name(one.name)
        sent.append(kept.draft.held.files[0].model_copy(update={"name": name, "purpose": one.purpose}))
    links = [removed(link) if cleans else link for link in report.links]
    addresses = dict.fromkeys(link.strip() for link in links if link.strip())
    named.held = Held(files=tuple(sent), links=tuple(noted(one, now) for one in addresses))
    return named


def _undecided(report: NewReport, language: Language) -> list[Correction]:
    if report.identity_numbers is not None:
        return []
    places = [f"/files/{place}/name" for place, one in enumerate(report.files) if has_number(one.name)]
    places += [f"/links/{place}" for place, link in enumerate(report.links) if find(link)]
    return [Correction(place, language.gettext(NUMBERS)) for place in places]


def _is_one_file(kept: Kept) -> bool:
    # A draft that somebody writes in a browser is not taken apart by a program that has its code.
    return len(kept.draft.held.files) == 1 and not kept.draft.answers

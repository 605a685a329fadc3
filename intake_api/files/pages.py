"""The pages on which files are added, without a script: one form, read as it comes, one sentence per file.

What is wrong with one file never costs another one, nor what was typed. The programs and our own script
send piece by piece (`piece_pages`).
"""

from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from intake_api.bodies import Given, cleaned, read_given
from intake_api.door import Door
from intake_api.drafts.keeping import Draft, Kept
from intake_api.files.errors import FileNotWhole, TooManyFiles, Wrong
from intake_api.files.held import Purpose
from intake_api.files.names import name_to_keep
from intake_api.files.places import Place, ReportPlace, ReturnPlace, SentElsewhere
from office.errors import Unavailable
from office.handover.report import MOST_FILES
from office.identity_numbers import numbers_in, removed
from office.languages import Language, mark
from office.web.multipart import FormBroken, FormReader, Part
from office.web.problems import wants_json

LINKS: Final = "online_links"
LONGEST_LINK: Final = 2000
MOST_FIELDS: Final = 20
"""Fields of one form that are held in memory; ours have fewer."""
MOST_TRIED: Final = 2 * MOST_FILES
"""Files of one form that are looked into, those that are refused included."""
PURPOSES: Final[dict[str, Purpose]] = {"evidence": "evidence", "mandate": "mandate"}
ARRIVED: Final = "arrived"
"""Said by our script: the files chosen came before, piece by piece."""
NOTHING_CHOSEN: Final = mark("Choose a file first")
LINKS_TOO_MANY: Final = mark(
    "We take up to %(most)s addresses, one on each line, of up to %(long)s characters"
)


@dataclass(slots=True)
class Sent:
    """What came in one form: the draft with what was taken, and what was wrong with the rest.

    Attributes:
        kept: the draft with the files that were taken, and with the links if nothing was wrong with them.
        given: the fields that are no files.
        wrong: the files that were not taken, by name, each with a sentence.
        files: how many came.
        too_many: what is wrong with the links.
        numbers: of documents, in links that are new; somebody must decide on them first.
    """

    kept: Kept
    given: Given = field(default_factory=Given)
    wrong: list[tuple[str, str]] = field(default_factory=list)
    files: int = 0
    too_many: str = ""
    numbers: list[str] = field(default_factory=list)

    @property
    def then(self) -> str:
        """Where to go on."""
        return step_in(self.given.one("then"))

    @property
    def is_empty(self) -> bool:
        """Whether no file came, neither now nor piece by piece before."""
        return not (self.files or self.wrong or self.given.one(ARRIVED))


def routes(door: Door) -> APIRouter:
    """Return the routes for files of reports and of messages."""
    router = APIRouter(include_in_schema=False)
    for place in (ReportPlace(door), ReturnPlace(door)):
        _add(router, door, place)
    return router


def _add(router: APIRouter, door: Door, place: Place) -> None:
    async def show(request: Request, language: str) -> Response:
        """Show what was added and ask for more."""
        spoken = door.pages.spoken(language)
        try:
            kept = await place.find(request)
        except SentElsewhere as elsewhere:
            return elsewhere.answer(spoken)
        return page_of(door, place, request, spoken, kept, Given())

    async def add(request: Request, language: str) -> Response:
        """Take the files of a form, one by one, as they come."""
        spoken = door.pages.spoken(language)
        try:
            sent = await _received(door, place, request, spoken)
        except SentElsewhere as elsewhere:
            return elsewhere.answer(spoken)
        except Unavailable as trouble:
            if wants_json(request):
                raise
            sentence = spoken.gettext(trouble.sentence)
            return door.pages.render(request, "trouble.html", spoken, 503, sentence=sentence)
        name = _name_of(request)
        if sent.is_empty and sent.given.one("go") == "add":
            sent.wrong.append(("", spoken.gettext(NOTHING_CHOSEN)))
        if name == "files" and LINKS in sent.given.fields:
            await _note_links(door, spoken, sent)
        if sent.wrong and wants_json(request):
            answer: Response = JSONResponse({"title": sent.wrong[0][1]}, 422)
        elif sent.wrong or sent.too_many or sent.numbers:
            answer = page_of(door, place, request, spoken, sent.kept, sent.given, sent)
        else:
            query = f"?then={sent.then}" if sent.then else ""
            here = f"{place.prefix}/{name}{query}"
            to = f"/{spoken.tag}/{here if sent.given.one('go') == 'add' else place.onward(sent.then)}"
            answer = JSONResponse({"to": to}) if wants_json(request) else RedirectResponse(to, 303)
        return place.remember(answer, request, sent.kept)

    async def remove(request: Request, language: str) -> Response:
        """Take one file away again."""
        spoken = door.pages.spoken(language)
        given = await read_given(request)
        name = "voice" if given.one("page") == "voice" else "files"
        try:
            kept = await place.find(request)
            if kept is not None:
                await door.uploads.remove(kept, UUID(given.one("id")))
        except SentElsewhere as elsewhere:
            return elsewhere.answer(spoken)
        except ValueError:
            pass  # no file has such an id
        then = step_in(given.one("then"))
        query = f"?then={then}" if then else ""
        return RedirectResponse(f"/{spoken.tag}/{place.prefix}/{name}{query}", 303)

    for name in ("files", "voice"):
        router.add_api_route(f"/{{language}}/{place.prefix}/{name}", show, methods=["GET"])
        router.add_api_route(f"/{{language}}/{place.prefix}/{name}", add, methods=["POST"])
    router.add_api_route(f"/{{language}}/{place.prefix}/files/remove", remove, methods=["POST"])


async def _received(door: Door, place: Place, request: Request, language: Language) -> Sent:
    sent = Sent(await place.begin(request))
    is_voice, fields = _name_of(request) == "voice", 0
    try:
        async for part in FormReader(request).parts():
            if part.filename is None and fields < MOST_FIELDS:
                fields += 1
                text, _ = cleaned(await part.text())
                sent.given.fields.setdefault(part.name, []).append(text)
            elif part.filename and sent.files < MOST_TRIED:
                await _take(door, language, sent, part, is_voice=is_voice)
            elif part.filename:
                sent.wrong.append((name_to_keep(part.filename), language.gettext(TooManyFiles.sentence)))
    except FormBroken:
        sentence = language.gettext(FileNotWhole.sentence)
        if all(told != sentence for _, told in sent.wrong):
            sent.wrong.append(("", sentence))
    return sent


async def _note_links(door: Door, language: Language, sent: Sent) -> None:
    """Note the links; a number of a document in a new one is pointed out first."""
    addresses = [line.strip() for line in sent.given.one(LINKS).split("\n") if line.strip()]
    if len(addresses) > MOST_FILES or any(len(one) > LONGEST_LINK for one in addresses):
        most, longest = language.number(MOST_FILES), language.number(LONGEST_LINK)
        sent.too_many = language.gettext(LINKS_TOO_MANY, most=most, long=longest)
        return
    before = {one.address for one in sent.kept.draft.held.links}
    numbers = numbers_in("\n".join(one for one in addresses if one not in before))
    choice = sent.given.one("numbers")
    if numbers and choice not in ("remove", "keep"):
        sent.numbers = numbers
        return
    if choice == "remove":
        addresses = [one if one in before else removed(one) for one in addresses]
    sent.kept = await door.uploads.note_links(sent.kept, addresses)


async def _take(door: Door, language: Language, sent: Sent, part: Part, *, is_voice: bool) -> None:
    name = part.filename or ""
    sent.files += 1
    try:
        if is_voice and sent.given.one("alter") == "yes":
            sent.kept = await door.uploads.take_altered(sent.kept, name, part.chunks())
        else:
            purpose = "voice" if is_voice else PURPOSES.get(sent.given.one("purpose"), "evidence")
            sent.kept = await door.uploads.take(sent.kept, name, purpose, part.chunks())
    except Wrong as error:
        sent.wrong.append((name_to_keep(name), language.gettext(error.sentence)))
        sent.kept = await door.drafts.find(sent.kept.code) or sent.kept


def _name_of(request: Request) -> str:
    return request.url.path.rpartition("/")[2]


def step_in(then: str) -> str:
    """Return the name of a step if this can be one, or an empty text."""
    return then if then.replace("_", "").isalnum() and then.isascii() and len(then) <= 60 else ""


def page_of(
    door: Door,
    place: Place,
    request: Request,
    language: Language,
    kept: Kept | None,
    given: Given,
    sent: Sent | None = None,
) -> Response:
    """Return the page on which files are added, or a voice is recorded, with what was wrong."""
    name = _name_of(request)
    then = step_in(given.one("then") or request.query_params.get("then", ""))
    held = (kept.draft if kept else Draft()).held
    typed = {LINKS: given.one(LINKS) or "\n".join(one.address for one in held.links)}
    wrong, numbers = (sent.wrong, sent.numbers) if sent else ([], [])
    corrections = {LINKS: sent.too_many} if sent and sent.too_many else {}
    return door.pages.render(
        request,
        f"{name}.html",
        language,
        422 if sent else 200,
        page=door.form.beside(name),
        whose=place.prefix,
        held=held,
        wrong=wrong,
        numbers=numbers,
        corrections=corrections,
        given={**typed, "purpose": given.one("purpose") or "evidence", "alter": given.one("alter") or "no"},
        then=then,
        back=f"/{language.tag}/{place.onward(then)}",
    )

"""What a program is told instead of a page: the page's shape, or what must be corrected (RFC 9457)."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from casework.api.errors import OnlyForPeople, RefusedNow, ToBeCorrected
from casework.api.refusals import heading, reasons
from casework.api.shapes import AT_THE_DOOR, SHAPES
from casework.api.shown import AtTheDoor, Page, Shown
from casework.forms import NUMBERS
from casework.showing import View
from casework.transactions import REFUSED
from office.errors import OfficeError, Refused, Unavailable
from office.languages import Language
from office.web.pages import Pages
from office.web.problems import PROBLEM_JSON, answer, is_for_program

KIND: Final = "page"
SAID: Final = ("corrections", "numbers", "changed")
"""Names under which a page is told what to correct, where numbers await a word, and why it was refused."""
BY_STATUS: Final[Mapping[int, type[OfficeError]]] = {403: Refused, 409: RefusedNow, 503: Unavailable}
"""What a refusal is called whose own code nobody left, by the status of its page."""


def kind_of(name: str) -> str:
    """Return what the page of a template is called: its name without the ending."""
    return name.removesuffix(".html")


def _told(language: Language, name: str, status: int, shown: Shown) -> Response:
    body = {KIND: kind_of(name), **shown.model_dump(mode="json")}
    return JSONResponse(body, status, {"Content-Language": language.tag})


def _problem(
    language: Language, name: str, status: int, context: Mapping[str, Any], code: str | None = None
) -> Response:
    """Return what must be corrected, or why an act was refused."""
    changed = str(context.get("changed") or context.get("damage") or "")
    is_correction = status != 409 and context.get("corrections")
    error = ToBeCorrected if is_correction else BY_STATUS.get(status, ToBeCorrected)
    code = code or error.code
    told: dict[str, Any] = {
        "type": f"/problems/{code}",
        "title": changed or language.gettext(heading(name, context) or error.sentence),
        "status": status,
        "code": code,
        **{told: context[told] for told in SAID if context.get(told)},
    }
    if told.get(NUMBERS):  # how many there are in each text; the numbers themselves are never repeated
        told[NUMBERS] = {name: len(found) for name, found in told[NUMBERS].items()}
    if refused := reasons(name, context):
        told["refused"] = refused
        if context.get("may_write_why"):
            told["may_write_why"] = True
    return JSONResponse(told, status, {"Content-Language": language.tag}, media_type=PROBLEM_JSON)


class DeskPages(Pages):
    """The desk's pages; a program is told what they show."""

    def render(
        self, request: Request, name: str, language: Language | str, status: int = 200, **context: Any
    ) -> Response:
        """Return a page of the door, for which nobody need be signed in, or what a program is told of it."""
        if not is_for_program(request):
            return super().render(request, name, language, status, **context)
        spoken = self.spoken(language)
        if status >= 400:
            return _problem(spoken, name, status, context)
        if name not in AT_THE_DOOR:
            return answer(request, OnlyForPeople(), status=406)
        return _told(spoken, name, status, AT_THE_DOOR[name](AtTheDoor(request, spoken, name, context)))

    def told(self, view: View, name: str, status: int, context: Mapping[str, Any]) -> Response:
        """Return what a program is told of a page for somebody who is signed in."""
        if misread := context.get("misread"):
            context = {**context, "corrections": {**context.get("corrections", {}), **misread}}
        if status < 400 and context.get("corrections"):
            # A list goes by what is right in its address. A program would take it for the one it asked for.
            status = 422
        if status >= 400:
            return _problem(view.language, name, status, context, view.session.info.get(REFUSED))
        if name not in SHAPES:
            return answer(view.request, OnlyForPeople(), status=406)
        return _told(view.language, name, status, SHAPES[name](Page(view, name, context)))

"""The only module that knows which HTTP status an error of the office has, and how it is told.

Programs (`/api/…`, or `Accept` asking for JSON) get `application/problem+json` (RFC 9457); people get a
page in their language with a telephone number and a way back. Neither ever repeats what was sent.
What is logged is the error's class, its code and the place in our code: no text, no query, no body.
"""

import logging
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from office.errors import (
    Conflict,
    Invalid,
    NotFound,
    OfficeError,
    Refused,
    TooLarge,
    TooMany,
    Unavailable,
)
from office.languages import Domain, Language, language_for, mark

log = logging.getLogger(__name__)

STATUS: Final[dict[type[OfficeError], int]] = {
    NotFound: 404,
    Refused: 403,
    Conflict: 409,
    Invalid: 422,
    TooLarge: 413,
    TooMany: 429,
    Unavailable: 503,
}
PROBLEM_JSON: Final = "application/problem+json"
UNFORESEEN: Final = "unforeseen"
PROGRAM: Final = "office.program"
"""The key of a request's scope under which stands how a program asks for what is a page for people."""


class MethodUnknown(OfficeError):
    """The address exists, but not for this kind of request."""

    code = "method_not_allowed"
    sentence = "This address cannot be used in this way."


class RequestUnclear(Invalid):
    """Fields of a request are missing or not as described."""

    code = "request_unclear"
    sentence = "Some of what was sent is missing or is not as it should be."


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as it is told: nothing in it comes from the request but field names.

    Attributes:
        status: HTTP status.
        code: stable name for programs.
        sentence: what happened, in the person's language.
        detail: references and codes that are safe to show.
        fields: names of the fields that were wrong.
    """

    status: int
    code: str
    sentence: str
    detail: dict[str, str]
    fields: tuple[str, ...] = ()


LanguageOf = Callable[[Request], Language]
PageOf = Callable[[Request, Language, Problem], Response]


def status_of(error: OfficeError) -> int:
    """Return the HTTP status of an error of the office."""
    return next((status for kind, status in STATUS.items() if isinstance(error, kind)), 500)


def language_by_path(domain: Domain) -> LanguageOf:
    """Return a function that finds the language of a request: its address, else the browser's wish."""

    def language_of(request: Request) -> Language:
        return language_for(request.url.path, request.headers.get("accept-language"), domain)

    return language_of


def wants_json(request: Request) -> bool:
    """Return whether a program asks: under `/api/`, or an `Accept` that names JSON and not HTML."""
    if is_for_program(request) or request.url.path.startswith("/api/"):
        return True
    accepted = request.headers.get("accept", "")
    return "json" in accepted and "text/html" not in accepted


def is_for_program(request: Request) -> bool:
    """Return whether this is a page of ours that a program asked for by its other address."""
    return PROGRAM in request.scope


def plain_page(request: Request, language: Language, problem: Problem) -> Response:
    """Return a page that needs no template and no style: for processes without pages of their own."""
    title, back = language.gettext(TITLE), language.gettext(BACK)
    return HTMLResponse(
        f'<!DOCTYPE html><html lang="{language.tag}" dir="{language.direction}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f"</head><body><main><h1>{escape(title)}</h1><p>{escape(problem.sentence)}</p>"
        f'<p><a href="/{language.tag}/">{escape(back)}</a></p></main></body></html>',
        problem.status,
    )


TITLE: Final = mark("This did not work")
BACK: Final = mark("Go to the first page")


class Answerer:
    """Turns what went wrong into what is told; one for each app."""

    def __init__(self, language_of: LanguageOf, page: PageOf = plain_page) -> None:
        self.language_of = language_of
        self.page = page

    def problem_of(
        self, request: Request, error: OfficeError, *, status: int | None = None, fields: tuple[str, ...] = ()
    ) -> tuple[Language, Problem]:
        """Return the error as it is told, and the language it is told in."""
        language = self.language_of(request)
        told = Problem(
            status or status_of(error), error.code, language.gettext(error.sentence), error.detail, fields
        )
        return language, told

    def answer(
        self, request: Request, error: OfficeError, *, status: int | None = None, fields: tuple[str, ...] = ()
    ) -> Response:
        """Return the answer to a request that met `error`."""
        language, problem = self.problem_of(request, error, status=status, fields=fields)
        headers = {"Content-Language": language.tag}
        if problem.status in (429, 503) and not error.may_be_done:
            headers["Retry-After"] = error.detail.get("seconds", "60")
        if wants_json(request):
            if is_for_program(request) and isinstance(error, NotFound):
                problem = _nothing_there(language)
            body: dict[str, object] = {
                **problem.detail,
                "type": f"/problems/{problem.code}",
                "title": problem.sentence,
                "status": problem.status,
            }
            if is_for_program(request):
                body["code"] = problem.code
            if problem.fields:
                body["fields"] = list(problem.fields)
            return JSONResponse(body, problem.status, headers, media_type=PROBLEM_JSON)
        try:
            answer = self.page(request, language, problem)
        except Exception as broken:  # a page that tells of an error must not fail
            log.error("error page: %s at %s", type(broken).__name__, place_of(broken))
            answer = plain_page(request, language, problem)
        answer.headers.update(headers)
        return answer


def _nothing_there(language: Language) -> Problem:
    """Return what every address tells alike that has nothing for whoever asks."""
    return Problem(404, NotFound.code, language.gettext(NotFound.sentence), {})


def answer(request: Request, error: OfficeError, *, status: int | None = None) -> Response:
    """Return the answer to `error` as the app of this request tells it; for middleware."""
    answerer: Answerer = request.app.state.answerer
    return answerer.answer(request, error, status=status)


def place_of(error: BaseException) -> str:
    """Return where an error was raised, `module:function:line`, without its text."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return "unknown"
    last = frames[-1]
    return f"{last.filename.rsplit('/', 1)[-1]}:{last.name}:{last.lineno}"


class AnswerCutShort(Exception):
    """Something failed after the answer had begun; the connection is dropped without its story."""


class CatchUnforeseen:
    """ASGI middleware: the last net. Tells the person, logs the class and place, swallows the text."""

    def __init__(self, app: ASGIApp, answerer: Answerer) -> None:
        self.app = app
        self.answerer = answerer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, whatever happens inside."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        has_begun = False

        async def watched(message: Message) -> None:
            nonlocal has_begun
            has_begun = has_begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:  # nothing of the request may reach a log through an error's text
            log.error("%s: %s at %s", UNFORESEEN, type(error).__name__, place_of(error))
            if has_begun:
                raise AnswerCutShort from None
            told = error if isinstance(error, OfficeError) else OfficeError()
            await self.answerer.answer(Request(scope), told)(scope, receive, send)


def _office_error_of(error: HTTPException) -> OfficeError:
    if error.status_code == HTTPStatus.NOT_FOUND:
        return NotFound()
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return MethodUnknown()
    if error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return TooLarge()
    return RequestUnclear() if error.status_code < 500 else OfficeError()


def _field_of(found: Mapping[str, Any]) -> str:
    where = found["loc"]
    if found.get("type") == "extra_forbidden":
        where = where[:-1]  # the name of a field we do not know is the sender's own text
    return ".".join(str(part) for part in where)


def install(app: FastAPI, language_of: LanguageOf, page: PageOf = plain_page) -> Answerer:
    """Tell every error of `app`: known ones by their sentence, unforeseen ones without a word of theirs.

    Call it before other middleware is added, so that theirs is outside this one.
    """
    answerer = Answerer(language_of, page)
    app.state.answerer = answerer

    async def office_error(request: Request, error: Exception) -> Response:
        known = error if isinstance(error, OfficeError) else OfficeError()
        log.info("%s %s", known.code, status_of(known))
        return answerer.answer(request, known)

    async def http_error(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        headers = (error.headers if isinstance(error, HTTPException) else None) or {}
        if status < 400 or status == HTTPStatus.NOT_MODIFIED:
            return Response(status_code=status, headers=dict(headers))
        known = _office_error_of(error) if isinstance(error, HTTPException) else OfficeError()
        told = answerer.answer(request, known, status=status)
        told.headers.update(headers)
        return told

    async def unclear(request: Request, error: Exception) -> Response:
        found = error.errors() if isinstance(error, RequestValidationError) else []
        fields = tuple(sorted({_field_of(one) for one in found}))
        return answerer.answer(request, RequestUnclear(), fields=fields)

    app.add_exception_handler(OfficeError, office_error)
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(RequestValidationError, unclear)
    app.add_middleware(CatchUnforeseen, answerer=answerer)
    return answerer

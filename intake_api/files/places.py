"""Whose files they are: those of a report being written, or of a message on the page for coming back.

Both lie in a sealed draft. That of a message lies under a code that follows from the receipt, so nobody has
to keep another one, and whoever comes back tomorrow finds the files that are still to be sent.
"""

import base64
from typing import Final, Protocol

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from intake_api.door import DRAFT_COOKIE, VISIT_COOKIE, Door, forget_cookie, keep_cookie
from intake_api.drafts.keeping import Draft, Kept
from intake_api.form.shown import CHECK
from intake_api.returning.open_case import Visit
from intake_api.returning.opening import KeyDoesNotFit
from office.languages import Language

INFO: Final = b"convivencia/1/message-files"


class SentElsewhere(Exception):
    """There is nothing here to add a file to; `to` is where to go, below the language."""

    def __init__(self, to: str) -> None:
        super().__init__(to)
        self.to = to

    def answer(self, language: Language) -> Response:
        """Return the way there."""
        answer = RedirectResponse(f"/{language.tag}/{self.to}", 303)
        if self.to == "return":
            forget_cookie(answer, VISIT_COOKIE)
        return answer


class Place(Protocol):
    """Where files are added; `prefix` is the first part of its addresses."""

    prefix: str

    async def find(self, request: Request) -> Kept | None:
        """Return the draft they belong to, or None if it is not begun; raise SentElsewhere."""

    async def begin(self, request: Request) -> Kept:
        """Return the draft they belong to, begun if need be; raise SentElsewhere."""

    def remember(self, answer: Response, request: Request, kept: Kept) -> Response:
        """Give the browser what it needs to find the draft again."""

    def onward(self, then: str) -> str:
        """Return where one goes on from here, below the language."""


class ReportPlace:
    """The files of a report."""

    prefix = "report"

    def __init__(self, door: Door) -> None:
        self.door = door

    async def find(self, request: Request) -> Kept | None:
        """Return the draft of this browser."""
        self.door.keys.ready()
        kept = await self.door.draft_of(request)
        if kept is not None and kept.draft.is_sent:
            raise SentElsewhere("report/receipt")
        return kept

    async def begin(self, request: Request) -> Kept:
        """Return the draft of this browser, or a new one."""
        kept = await self.find(request)
        return kept or await self.door.drafts.begin(await self.door.new_draft(request))

    def remember(self, answer: Response, request: Request, kept: Kept) -> Response:
        """Give the browser the cookie of a draft that is new."""
        if request.cookies.get(DRAFT_COOKIE) != kept.code:
            keep_cookie(answer, request, DRAFT_COOKIE, kept.code, is_strict=False)
        return answer

    def onward(self, then: str) -> str:
        """Return the step one came from, or the page before sending."""
        is_step = any(step.code == then for step in self.door.form.step)
        return f"report/{then if is_step else CHECK}"


class ReturnPlace:
    """The files of the next message with a receipt."""

    prefix = "return"

    def __init__(self, door: Door) -> None:
        self.door = door

    async def find(self, request: Request) -> Kept | None:
        """Return what waits to be sent with this receipt."""
        return await self.door.drafts.find(await self._code(request))

    async def begin(self, request: Request) -> Kept:
        """Return what waits to be sent with this receipt, begun if need be."""
        code = await self._code(request)
        return await self.door.drafts.find(code) or await self.door.drafts.begin(Draft(), code)

    def remember(self, answer: Response, request: Request, kept: Kept) -> Response:
        """Give nothing: the receipt finds it."""
        return answer

    def onward(self, then: str) -> str:
        """Return the page of the case."""
        return "return/case"

    async def _code(self, request: Request) -> str:
        visit = self.door.visit_of(request)
        if visit is None:
            raise SentElsewhere("return")
        try:
            await self.door.returns.open(visit)
        except KeyDoesNotFit:
            raise SentElsewhere("return") from None
        return code_of(visit)


def code_of(visit: Visit) -> str:
    """Return the code of the draft that holds the files of the next message with this receipt."""
    made = HKDF(algorithm=SHA256(), length=32, salt=visit.case_number.encode(), info=INFO)
    return base64.urlsafe_b64encode(made.derive(visit.key.encode())).decode().rstrip("=")

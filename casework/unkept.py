"""What somebody signed in had typed when it could not be kept: given back, to be copied or sent again."""

import re
from typing import TYPE_CHECKING, Final, cast

from starlette.requests import Request
from starlette.responses import Response

from casework.conflicts.errors import AdviserKeepsOut
from casework.documents.receiving import form_sent
from casework.doors import PUBLIC, person_of
from casework.drafts.content import ALONG
from casework.showing import common
from office.errors import OfficeError
from office.languages import Language, mark
from office.web.forms import Form
from office.web.problems import is_for_program, log, status_of

if TYPE_CHECKING:
    from casework.desk import Desk

TITLE: Final = mark("This was not kept")
NOBODY_KNOWS: Final = mark("We do not know whether this was kept")
CASE_PAGE: Final = re.compile(r"/[^/]+/cases/[0-9A-Z]{9}(?=/)")
NEVER_KEPT: Final = frozenset({"name", "passphrase", "again", "code", "invitation", "secret", "passkey"})
"""Fields with which somebody signs in or begins to: they go into no page that gives a form back."""


async def give_back(request: Request, error: Exception) -> Response:
    """Answer a request that met a store out of reach, or a case whose adviser keeps out of it.

    A form comes back with everything in it.
    """
    known, desk = cast("OfficeError", error), cast("Desk", request.app.state.desk)
    log.info("%s %s", known.code, status_of(known))
    plain: Response = request.app.state.answerer.answer(request, known)
    is_open_to_all = getattr(request.scope.get("route"), "path", None) in PUBLIC
    if is_for_program(request) or request.method != "POST" or is_open_to_all or person_of(request) is None:
        return plain
    form = await form_sent(request)
    if not typed(form):
        return plain
    language = desk.pages.language_of(request)
    page = unkept_page(
        request,
        language,
        form,
        known,
        title=NOBODY_KNOWS if known.may_be_done else TITLE,
        onwards=request.url.path,
        look_at=_where_it_would_be(request.url.path) if known.may_be_done else "",
        may_send=not isinstance(known, AdviserKeepsOut),
    )
    if wait := plain.headers.get("Retry-After"):
        page.headers["Retry-After"] = wait
    return page


def unkept_page(
    request: Request,
    language: Language,
    form: Form,
    error: OfficeError,
    *,
    title: str,
    onwards: str,
    status: int | None = None,
    look_at: str = "",
    may_send: bool = True,
) -> Response:
    """Return the page that gives a form back, with why it was not kept; its button sends it again.

    `look_at` is where one sees whether it was kept after all, if nobody knows. Where sending it again leads
    to nothing there is no button.
    """
    desk: Desk = request.app.state.desk
    return desk.pages.render(
        request,
        "unkept.html",
        language,
        status or status_of(error),
        **common(desk, language),
        person=None,
        title=language.gettext(title),
        why=language.gettext(error.sentence),
        onwards=onwards,
        look_at=look_at,
        may_send=may_send,
        kept=typed(form),
    )


def _where_it_would_be(path: str) -> str:
    """Return the page on which something sent to this address shows: that of its case, or its list."""
    if own := CASE_PAGE.match(path):
        return own[0]
    return "/" + "/".join(path.strip("/").split("/")[:2])


def typed(form: Form) -> dict[str, list[str]]:
    """Return the fields of a form that somebody filled in, without what belongs to its draft."""
    return {name: values for name, values in form.items() if name not in ALONG | NEVER_KEPT and any(values)}

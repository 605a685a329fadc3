"""The page that asks whether a report belongs to an earlier one, and the page for who lost their key."""

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from intake_api.about import ABOUT, NO_EARLIER, NUMBER, RELATION, RELATIONS, checked
from intake_api.bodies import read_given
from intake_api.door import DRAFT_COOKIE, Door, keep_cookie
from intake_api.form.answers import BODY_CUT, NO_FORM, Answers
from intake_api.form.shown import CHECK, NOT_KEPT, RECEIPT, to_page
from office.errors import Unavailable
from office.ids import CaseNumberInvalid, checked_case_number, shown
from office.languages import Language, mark

NO_OTHER: Final = mark("No, this is a report of its own")


def routes(door: Door) -> APIRouter:
    """Return the routes of both pages."""
    router = APIRouter(include_in_schema=False)

    @router.get("/{language}/report/about")
    async def ask(request: Request, language: str) -> Response:
        """Ask whether there is an earlier report."""
        spoken = door.pages.spoken(language)
        door.keys.ready()
        kept = await door.draft_of(request)
        if kept is not None and kept.draft.is_sent:
            return to_page(spoken, RECEIPT)
        given = kept.draft.answers.get(ABOUT, {}) if kept else {}
        return _page(door, request, spoken, given, {}, then=request.query_params.get("then", ""))

    @router.post("/{language}/report/about")
    async def answer(request: Request, language: str) -> Response:
        """Keep the number of the earlier report, or that there is none, and go on."""
        spoken = door.pages.spoken(language)
        given = await read_given(request)
        then = given.one("then")
        typed = {name: given.all(name)[:1] for name in (RELATION, NUMBER)}
        told = checked(spoken, given)
        wrong = {one.field: one.sentence for one in told.corrections}
        if given.is_no_form or given.is_cut:
            wrong = {RELATION: spoken.gettext(NO_FORM if given.is_no_form else BODY_CUT)}
        if wrong:
            status = 413 if given.is_cut else 422
            return _page(door, request, spoken, typed, wrong, then=then, status=status)
        onward = to_page(spoken, CHECK if then == CHECK else door.form.step[0].code)
        try:
            door.keys.ready()
            kept = await door.draft_of(request)
            if kept is not None and kept.draft.is_sent:
                return to_page(spoken, RECEIPT)
            if kept is not None:
                kept = await door.drafts.change(kept, lambda one: one.with_answers(ABOUT, told.answers))
            elif told.answers:
                begun = await door.new_draft(request)
                kept = await door.drafts.begin(begun.with_answers(ABOUT, told.answers))
        except Unavailable as trouble:
            sentence = NOT_KEPT if trouble.code == "store_unavailable" else trouble.sentence
            wrong = {RELATION: spoken.gettext(sentence)}
            return _page(door, request, spoken, typed, wrong, then=then, status=503)
        if kept is not None and request.cookies.get(DRAFT_COOKIE) != kept.code:
            keep_cookie(onward, request, DRAFT_COOKIE, kept.code, is_strict=False)
        return onward

    @router.get("/{language}/return/lost")
    async def lost(request: Request, language: str) -> Response:
        """Say honestly what can be done about a lost key."""
        spoken = door.pages.spoken(language)
        return door.pages.render(
            request, "lost.html", spoken, office=door.city.office, back=f"/{spoken.tag}/return"
        )

    return router


def _page(
    door: Door,
    request: Request,
    language: Language,
    given: Answers,
    wrong: dict[str, str],
    *,
    then: str,
    status: int = 200,
) -> Response:
    told = language.gettext
    relations = [(code, told(sentence)) for code, sentence in RELATIONS.items()]
    return door.pages.render(
        request,
        "about.html",
        language,
        status,
        relations=[*relations, (NO_EARLIER, told(NO_OTHER))],
        given={**given, NUMBER: [_shown(one) for one in given.get(NUMBER, ())]},
        corrections=wrong,
        then=CHECK if then == CHECK else "",
        back=f"/{language.tag}/report/{CHECK}" if then == CHECK else f"/{language.tag}/",
    )


def _shown(number: str) -> str:
    """Return a kept number as it is shown, and a mistyped one as it was typed."""
    try:
        return shown(number) if number == checked_case_number(number) else number
    except CaseNumberInvalid:
        return number

"""Who files for others: signing in with a token, for whom a report is, the next family, what is followed."""

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from intake_api.assisted.relay_form import ABOUT, begun_for_association, load_relay_form
from intake_api.assisted.relays import Filing, Followed, Seat, TokenDoesNotFit
from intake_api.bodies import Given, read_given
from intake_api.door import DRAFT_COOKIE, RELAY_COOKIE, SENDER_COOKIE, Door, forget_cookie, keep_cookie
from intake_api.drafts.keeping import Draft, Kept
from intake_api.form.answers import NOT_LISTED, Checker
from intake_api.form.shown import CHECK
from intake_api.pages import said_done
from intake_api.returning.tries import TriedTooOften
from office.errors import Unavailable
from office.ids import shown
from office.languages import Language, UnknownLanguage, mark
from office.sealing.relay_tokens import checked
from office.vocabulary import load
from office.web.headers import CSP_WITH_OWN_SCRIPT, written

PERSON: Final = "person_language"
LEFT: Final = mark("You have signed out")
WEEK: Final = mark("week %(number)s of %(year)s")
LEFT_SAFELY: Final = mark("Nothing of it is left in this browser.")


def routes(door: Door) -> APIRouter:
    """Return the routes for those who file for others."""
    router = APIRouter(include_in_schema=False)

    @router.get("/{language}/relay")
    async def home(request: Request, language: str) -> Response:
        """Ask for the token, or show what its holder may do; a receipt left open is closed here."""
        spoken = door.pages.spoken(language)
        seat = await door.seat_of(request)
        if seat is None:
            page = _door_page(door, request, spoken)
            forget_cookie(page, RELAY_COOKIE)
            return page
        kept = await door.draft_of(request)
        is_sent = kept is not None and kept.draft.is_sent
        followed: tuple[Followed, ...] = ()
        if seat.is_association:
            followed = await door.relays.followed(seat, request.cookies.get(RELAY_COOKIE, ""))
        has_begun = kept is not None and not is_sent
        page = _home_page(door, request, spoken, seat, followed, has_begun=has_begun)
        if kept is not None and is_sent:
            await door.drafts.drop(kept.code)
            for name in (DRAFT_COOKIE, SENDER_COOKIE):
                forget_cookie(page, name)
        return page

    @router.post("/{language}/relay")
    async def enter(request: Request, language: str) -> Response:
        """Let in whoever brings a token that holds."""
        spoken = door.pages.spoken(language)
        typed = (await read_given(request)).one("token")
        try:
            await door.relays.enter(typed)
        except (TokenDoesNotFit, TriedTooOften, Unavailable) as error:
            status = {TokenDoesNotFit: 422, TriedTooOften: 429}.get(type(error), 503)
            return _door_page(door, request, spoken, spoken.gettext(error.sentence), status)
        entered = RedirectResponse(f"/{spoken.tag}/relay", 303)
        keep_cookie(entered, request, RELAY_COOKIE, checked(typed), is_strict=True)
        return entered

    @router.get("/{language}/relay/person")
    async def ask_for_whom(request: Request, language: str) -> Response:
        """Ask for whom the report is: their language, and for an association what the person allows."""
        spoken = door.pages.spoken(language)
        seat = await door.seat_of(request)
        if seat is None:
            return _to_relay(spoken)
        kept = await door.draft_of(request)
        draft = kept.draft if kept is not None and not kept.draft.is_sent else Draft()
        then = CHECK if request.query_params.get("then") == CHECK else ""
        return _person_page(door, request, spoken, seat, _given_of(draft, spoken), then=then)

    @router.post("/{language}/relay/person")
    async def begin(request: Request, language: str) -> Response:
        """Keep for whom the report is, and lead into the form."""
        spoken = door.pages.spoken(language)
        seat = await door.seat_of(request)
        if seat is None:
            return _to_relay(spoken)
        given = await read_given(request)
        filing, answers, wrong = about_person(door, spoken, seat, given)
        if wrong:
            then = CHECK if given.one("then") == CHECK else ""
            return _person_page(door, request, spoken, seat, given.fields, wrong, then=then)
        try:
            kept = await door.draft_of(request)
            kept = await _keep_begun(door, kept, filing, answers)
        except Unavailable as trouble:
            sentence = spoken.gettext(trouble.sentence)
            return door.pages.render(request, "trouble.html", spoken, 503, sentence=sentence)
        onward = CHECK if given.one("then") == CHECK else door.form.step[0].code
        return with_draft(RedirectResponse(f"/{spoken.tag}/report/{onward}", 303), request, kept)

    @router.post("/{language}/relay/another")
    async def another(request: Request, language: str) -> Response:
        """Begin a report for another family of the same incident; its receipt is left behind."""
        spoken = door.pages.spoken(language)
        seat = await door.seat_of(request)
        kept = await door.draft_of(request)
        if seat is None or not seat.is_association or kept is None or not kept.draft.is_sent:
            return _to_relay(spoken)
        before = kept.draft.filing
        answers = {step: dict(told) for step, told in before.shared.items()}
        for step, told in begun_for_association(door.form).items():
            answers[step] = {**answers.get(step, {}), **told}
        filing = before.model_copy(update={"seat": seat, "shared": {}})
        begun = await door.drafts.begin(Draft(answers=answers, filing=filing))
        await door.drafts.drop(kept.code)
        return with_draft(RedirectResponse(f"/{spoken.tag}/relay/person", 303), request, begun)

    @router.get("/{language}/relay/another")
    async def back_home(language: str) -> Response:
        """Lead to the page of the access: whoever changes language lands here."""
        return _to_relay(door.pages.spoken(language))

    @router.post("/{language}/relay/leave")
    async def leave(request: Request, language: str) -> Response:
        """Forget the token, and what was begun and neither sent nor saved under a code."""
        left = RedirectResponse(f"/{door.pages.spoken(language).tag}/relay/left", 303)
        await door.give_up_draft(request)
        for name in (RELAY_COOKIE, DRAFT_COOKIE, SENDER_COOKIE):
            forget_cookie(left, name)
        left.headers["Clear-Site-Data"] = '"cache"'
        return left

    @router.get("/{language}/relay/left")
    async def has_left(request: Request, language: str) -> Response:
        """Say that nothing is left."""
        return said_done(door, request, door.pages.spoken(language), LEFT, LEFT_SAFELY)

    return router


def about_person(
    door: Door, language: Language, seat: Seat, given: Given
) -> tuple[Filing, dict[str, list[str]], dict[str, str]]:
    """Return for whom a report is, as it was filled in, and what to correct."""
    tag = given.one(PERSON) or language.tag
    wrong: dict[str, str] = {}
    try:
        door.pages.spoken(tag)
    except UnknownLanguage:
        tag, wrong[PERSON] = language.tag, language.gettext(NOT_LISTED)
    filing = Filing(seat=seat, person_language=tag, relay_language=language.tag)
    if not seat.is_association:
        return filing, {}, wrong
    step = load_relay_form().step
    answered = Checker(language, door.offers(step), door.today()).step(step, given)
    wrong |= {one.field: one.sentence for one in answered.corrections}
    return filing, answered.answers, wrong


def with_filing(door: Door, draft: Draft, filing: Filing, answers: dict[str, list[str]]) -> Draft:
    """Return the draft with who files it; an association stands in it as the one who tells."""
    if filing.seat is None or not filing.is_by_association:
        return draft.model_copy(update={"filing": filing})
    told = {**draft.answers, ABOUT: answers}
    for step, preset in begun_for_association(door.form).items():
        told[step] = {**preset, **told.get(step, {})}
    return draft.model_copy(update={"filing": filing, "answers": told})


async def _keep_begun(door: Door, kept: Kept | None, filing: Filing, answers: dict[str, list[str]]) -> Kept:
    if kept is None or kept.draft.is_sent:
        begun = await door.drafts.begin(with_filing(door, Draft(), filing, answers))
        if kept is not None:
            await door.drafts.drop(kept.code)
        return begun
    return await door.drafts.change(kept, lambda draft: with_filing(door, draft, filing, answers))


def with_draft(onward: Response, request: Request, kept: Kept) -> Response:
    """Give the browser the cookie of a draft that is new; the word that went with another is forgotten."""
    if request.cookies.get(DRAFT_COOKIE) != kept.code:
        keep_cookie(onward, request, DRAFT_COOKIE, kept.code, is_strict=False)
        forget_cookie(onward, SENDER_COOKIE)
    return onward


def _to_relay(language: Language) -> RedirectResponse:
    return RedirectResponse(f"/{language.tag}/relay", 303)


def _given_of(draft: Draft, language: Language) -> dict[str, list[str]]:
    return {PERSON: [draft.filing.person_language or language.tag], **draft.answers.get(ABOUT, {})}


def _door_page(
    door: Door, request: Request, language: Language, wrong: str = "", status: int = 200
) -> Response:
    corrections = {"token": wrong} if wrong else {}
    page = door.pages.render(request, "relay_door.html", language, status, corrections=corrections)
    page.headers["Content-Security-Policy"] = written(CSP_WITH_OWN_SCRIPT)
    return page


def _home_page(
    door: Door,
    request: Request,
    language: Language,
    seat: Seat,
    followed: tuple[Followed, ...],
    *,
    has_begun: bool,
) -> Response:
    states = load("states", door.city)
    lines = [
        {
            "number": shown(one.case_number),
            "week": language.gettext(WEEK, number=int(one.iso_week[6:]), year=one.iso_week[:4]),
            "state": states.label(one.note.state_code if one.note else "received", language.tag),
            "said_on": one.note.said_on if one.note else None,
        }
        for one in followed
    ]
    return door.pages.render(request, "relay.html", language, seat=seat, followed=lines, has_begun=has_begun)


def _person_page(
    door: Door,
    request: Request,
    language: Language,
    seat: Seat,
    given: dict[str, list[str]],
    wrong: dict[str, str] | None = None,
    *,
    then: str = "",
) -> Response:
    step = load_relay_form().step
    return door.pages.render(
        request,
        "relay_person.html",
        language,
        422 if wrong else 200,
        seat=seat,
        questions=step.question if seat.is_association else (),
        offers=door.offers(step),
        tongues=[(one.tag, one.autonym) for one in door.pages.languages],
        given=given,
        corrections=wrong or {},
        then=then,
        back=f"/{language.tag}/report/{CHECK}" if then else f"/{language.tag}/relay",
    )

"""The pages for who comes back with a receipt: status, messages both ways, consents."""

from contextlib import suppress
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from intake_api.assisted.relay_form import FOLLOW, load_relay_form
from intake_api.bodies import Given, read_given
from intake_api.door import RENEWAL_COOKIE, VISIT_COOKIE, Door, forget_cookie, keep_cookie
from intake_api.files.errors import FilesGone
from intake_api.files.held import Held
from intake_api.files.places import ReturnPlace, code_of
from intake_api.form.questions import Question
from intake_api.pages import said_done
from intake_api.promises import promises_about
from intake_api.returning.appointment_pages import ANSWERED, appointment_shown
from intake_api.returning.feedback_pages import THANKS, is_answered, is_ended
from intake_api.returning.mistyped import TypedReceipt
from intake_api.returning.notice_pages import asked as notices_asked
from intake_api.returning.open_case import OpenCase, Visit
from intake_api.returning.opening import KeyDoesNotFit, NewKeyNeeded
from intake_api.returning.tries import TriedTooOften
from intake_api.returning.typed import CONSENT_PREFIX, changes_in, message_in, wrong_changes, wrong_message
from intake_api.returning.visits import NOT_RECEIVED, away, case_of, page_id, sent_to, text_in
from office.deadlines.promises import first_answer_on
from office.errors import Unavailable
from office.identity_numbers import numbers_in, removed
from office.ids import new_id, shown
from office.languages import Language, mark
from office.vocabulary import load

SENT: Final = mark("We have received your message.")
CHANGED: Final = mark("We have received your change. It holds from now on.")
STILL_HERE: Final = mark("What you wrote is still here. It has not been sent yet.")
YOUR_CASE: Final = mark("Your case")
LEFT: Final = mark("You have left your case")
LEFT_SAFELY: Final = mark("Nothing of it is left in this browser.")
RENEWED: Final = mark("Your new key holds from now on. The old one opens nothing any more.")
NOTICES: Final = {
    "message": SENT,
    "consents": CHANGED,
    "new_key": RENEWED,
    "notice": CHANGED,
    "feedback": THANKS,
    "booking": ANSWERED,
}


def routes(door: Door) -> APIRouter:
    """Return the routes for coming back."""
    router = APIRouter(include_in_schema=False)
    waiting = ReturnPlace(door)

    @router.get("/{language}/return")
    async def ask(request: Request, language: str) -> Response:
        """Ask for the receipt."""
        return _ask(door, request, door.pages.spoken(language), TypedReceipt(), 200)

    @router.post("/{language}/return")
    async def open_case(request: Request, language: str) -> Response:
        """Open the case if number and key fit; a mistyped one is told before anything is tried."""
        spoken = door.pages.spoken(language)
        given = await read_given(request)
        typed = TypedReceipt.of(given, spoken)
        if typed.corrections:
            typed.fields["message"] = text_in(given)
            return _ask(door, request, spoken, typed, 413 if given.is_cut else 422)
        visit, page, case = typed.visit(), "case", None
        try:
            # A new key that was made and shown holds from the first time somebody comes back with it.
            if await door.renewals.first_use(visit, door.keys.now, language=spoken.tag):
                page = "case?done=new_key"
            case = await door.returns.open(visit)
        except NewKeyNeeded as needed:
            page = "new-key"
            if text_in(given):
                typed.corrections["key"] = spoken.gettext(needed.sentence)
                typed.fields["message"] = text_in(given)
                asked = _ask(door, request, spoken, typed, 409, is_key_needed=True)
                keep_cookie(asked, request, VISIT_COOKIE, visit.cookie(), is_strict=True)
                return asked
        except (KeyDoesNotFit, TriedTooOften, Unavailable) as error:
            status = {KeyDoesNotFit: 422, TriedTooOften: 429}.get(type(error), 503)
            typed.corrections["key"] = spoken.gettext(error.sentence)
            typed.fields["message"] = text_in(given)
            return _ask(door, request, spoken, typed, status)
        opened: Response = RedirectResponse(f"/{spoken.tag}/return/{page}", 303)
        if case is not None and (text := text_in(given)):
            told = spoken.gettext(STILL_HERE)
            with suppress(Unavailable):  # what was written counts for more than the names of files beside it
                held = await door.drafts.find(code_of(visit))
                request.state.held = held.draft.held if held else Held()
            kept = Given.of({"message": [text]})
            opened = _show(door, request, spoken, case, given=kept, notice=told, visit=visit)
        keep_cookie(opened, request, VISIT_COOKIE, visit.cookie(), is_strict=True)
        return opened

    @router.get("/{language}/return/case")
    async def show(request: Request, language: str) -> Response:
        """Show status and messages."""
        spoken = door.pages.spoken(language)
        case = await _case(request)
        if case is None:
            return away(spoken)
        notice = NOTICES.get(request.query_params.get("done", ""), "")
        return _show(door, request, spoken, case, notice=spoken.gettext(notice) if notice else "")

    @router.post("/{language}/return/message")
    async def write(request: Request, language: str) -> Response:
        """Take a message to the office."""
        spoken = door.pages.spoken(language)
        given = await read_given(request)
        try:
            sent = await sent_to(door, request, given, spoken)
            if isinstance(sent, Response):
                return sent
            case = sent
            await _hold(request)
            text, files = message_in(given), await waiting.find(request)
            has_files = files is not None and bool(files.draft.held.files)
            if wrong := wrong_message(given, text, spoken, has_files=has_files):
                told, status = {"message": wrong}, 413 if given.is_cut else 422
                return _show(door, request, spoken, case, given=given, wrong=told, status=status)
            numbers = numbers_in(text)
            if numbers and given.one("numbers") == "remove":
                text = removed(text)
            elif numbers and given.one("numbers") != "keep":
                return _show(door, request, spoken, case, given=given, numbers=numbers, status=422)
            keys = door.keys.now()
            id = page_id(given)
            await door.returns.write(case, text, keys, language=spoken.tag, id=id, files=files)
        except FilesGone as gone:
            if files is not None:
                request.state.held = (await door.uploads.without_missing(files)).draft.held
            wrong_files = {"message": spoken.gettext(gone.sentence)}
            return _show(door, request, spoken, case, given=given, wrong=wrong_files, status=422)
        except Unavailable:
            return await _not_sent(request, spoken, given, "message")
        return RedirectResponse(f"/{spoken.tag}/return/case?done=message", 303)

    @router.post("/{language}/return/consents")
    async def change(request: Request, language: str) -> Response:
        """Take a change of consents to the office."""
        spoken = door.pages.spoken(language)
        given = await read_given(request)
        try:
            case = await sent_to(door, request, given, spoken)
            if isinstance(case, Response):
                return case
            await _hold(request)
            wrong = wrong_changes(given, spoken)
            if wrong:
                status = 413 if given.is_cut else 422
                return _show(door, request, spoken, case, given=given, wrong=wrong, status=status)
            consents = changes_in(door, given, spoken)
            keys = door.keys.now()
            await door.returns.change_consents(case, consents, keys, language=spoken.tag, id=page_id(given))
        except Unavailable:
            return await _not_sent(request, spoken, given, f"{CONSENT_PREFIX}count")
        return RedirectResponse(f"/{spoken.tag}/return/case?done=consents", 303)

    @router.post("/{language}/return/leave")
    async def leave(language: str) -> Response:
        """Forget the receipt."""
        left = RedirectResponse(f"/{door.pages.spoken(language).tag}/return/left", 303)
        for name in (VISIT_COOKIE, RENEWAL_COOKIE):
            forget_cookie(left, name)
        left.headers["Clear-Site-Data"] = '"cache"'
        return left

    @router.get("/{language}/return/left")
    async def has_left(request: Request, language: str) -> Response:
        """Say that nothing is left."""
        return said_done(door, request, door.pages.spoken(language), LEFT, LEFT_SAFELY)

    @router.get("/{language}/return/message")
    @router.get("/{language}/return/consents")
    async def back_to_case(language: str) -> Response:
        """Lead to the case: whoever changes language after a correction lands here."""
        return RedirectResponse(f"/{door.pages.spoken(language).tag}/return/case", 303)

    async def _case(request: Request) -> OpenCase | None:
        case = await case_of(door, request)
        if case is None:
            return None
        await _hold(request)
        return case

    async def _hold(request: Request) -> None:
        files = await waiting.find(request)
        request.state.held = files.draft.held if files else Held()

    async def _not_sent(request: Request, language: Language, given: Given, name: str) -> Response:
        wrong = {name: language.gettext(NOT_RECEIVED)}
        try:
            case = await _case(request)
        except Unavailable:
            case = None
        return _show(door, request, language, case, given=given, wrong=wrong, status=503)

    return router


def _ask(
    door: Door,
    request: Request,
    language: Language,
    typed: TypedReceipt,
    status: int,
    *,
    is_key_needed: bool = False,
) -> Response:
    return door.pages.render(
        request,
        "return.html",
        language,
        status,
        given=typed.fields,
        corrections=typed.corrections,
        groups=typed.groups,
        is_key_needed=is_key_needed,
        back=f"/{language.tag}/",
    )


def _consents(door: Door, case: OpenCase | None) -> list[Question]:
    asked = [question for question in door.form.questions() if question.kind == "consent"]
    if case is not None and case.is_followed:
        asked += [question for question in load_relay_form().question if question.code == FOLLOW]
    return asked


def _show(
    door: Door,
    request: Request,
    language: Language,
    case: OpenCase | None,
    *,
    given: Given | None = None,
    wrong: dict[str, str] | None = None,
    numbers: list[str] | None = None,
    notice: str = "",
    status: int = 200,
    visit: Visit | None = None,
) -> Response:
    told = case.status if case else None
    # Under a new key nothing is known of the state until the desk says it again.
    code = (told.state_code if told else None) or ("" if case and case.has_older else "received")
    state = load("states", door.city).item(code) if code else None
    promised = None
    if case is not None and told is None and not (case.messages or case.has_older):
        promised = first_answer_on(door.city, case.opened_week)
    typed = {name: given.one(name) for name in given.fields} if given else {}
    if given:
        typed["message"] = message_in(given)
    visit = visit or door.visit_of(request)
    today = door.today()
    next_on = case.next_on if case else None
    return door.pages.render(
        request,
        "case.html",
        language,
        status,
        case_number=shown(visit.case_number) if visit else "",
        of_case=visit.case_number if visit else "",
        state_label=state.label_in(language.tag) if state else language.gettext(YOUR_CASE),
        state_text=state.definition_in(language.tag) if state else "",
        next_on=next_on if next_on and next_on >= today else None,
        late_since=next_on if case and case.is_late(today) else None,
        promised_by=promised,
        messages=case.messages if case else (),
        unreadable=case.unreadable if case else 0,
        has_older=case.has_older if case else False,
        held=getattr(request.state, "held", Held()),
        message_id=typed.get("id") or str(new_id()),
        consent_id=str(new_id()),
        consents=_consents(door, case),
        confirmed=case.confirmed if case else {},
        on_their_way=case.on_their_way if case else {},
        follow=FOLLOW,
        is_changing=any(name.startswith(CONSENT_PREFIX) for name in (wrong or {})),
        given=typed,
        corrections=wrong or {},
        numbers=numbers or [],
        notice=notice,
        **_followed(door, language, case),
    )


def _followed(door: Door, language: Language, case: OpenCase | None) -> dict[str, Any]:
    """Return what follows up a case: promises and whether they were kept, what helped, where to tell."""
    told = case.news if case else ()
    week = case.opened_week if case else ""
    return {
        "promises": promises_about(door.city, week, language, today=door.today(), told=told) if week else [],
        "is_answered": case is not None and is_answered(case),
        "is_ended": case is not None and is_ended(case),
        "feedback_id": str(new_id()),
        **(appointment_shown(case, door.today()) if case else {}),
        **notices_asked(door),
    }

"""The register on the screen: the list, one entry with the signing of its answer, and a year's counts."""

from typing import Final

from starlette.responses import Response

from casework.authority_requests.access import may_see, request_for
from casework.authority_requests.actions import Answer, corrected_by, sign_answer
from casework.authority_requests.checking import checked_text
from casework.authority_requests.errors import (
    AlreadyCorrected,
    AnswerAlreadySigned,
    AuthorityRequestNotFound,
    SignedByWhoEntered,
)
from casework.authority_requests.queries import STATES, answer_to, counts, register, years
from casework.authority_requests.rules import (
    ANSWERS,
    ASKED,
    AUTHORITIES,
    LONGEST_REASONS,
    TOLD,
    WAITING,
    WAITING_NAME,
    WAYS,
    default_for,
)
from casework.authority_requests.tables import AuthorityRequest
from casework.doors import FormDep, desk_router, require
from casework.forms import Checked
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.timeline.actions import record
from casework.timeline.queries import names_of
from casework.transactions import attempt

router = desk_router()

HERE: Final = "authority-requests"


@router.get("/{language}/authority-requests")
def show_register(view: ViewDep) -> Response:
    """Show the register, or what this person entered. That it was looked at is on the record."""
    require(view.act.who, Permission.AUTHORITY_ENTRY)
    asked, who = view.request.query_params, view.act.who
    state = asked.get("state", "")
    if state not in STATES:
        state = "waiting" if who.may(Permission.AUTHORITY_REGISTER) else "all"
    authority = asked.get("authority", "")
    authority = authority if authority in AUTHORITIES else ""
    found = register(view.session, who, state=state, authority=authority, after=asked.get("after", ""))
    record(
        view.session,
        "list_read",
        at=view.act.at,
        by=who.id,
        list="authority_requests",
        state=state,
        authority=authority or None,
        page="later" if asked.get("after") else None,
        rows=len(found.lines),
    )
    names = names_of(view.session, [line.request.entered_by for line in found.lines])
    return view.render(
        "authority_requests.html",
        found=found,
        names=names,
        state=state,
        authority=authority,
        authorities=[(code, view.text(name)) for code, name in AUTHORITIES.items()],
        authority_names=AUTHORITIES,
        answer_names=ANSWERS,
        waiting_name=WAITING_NAME,
        reads_all=who.may(Permission.AUTHORITY_REGISTER),
    )


@router.get("/{language}/authority-requests/{year:int}")
def show_year(year: int, view: ViewDep) -> Response:
    """Show how many requests came in a year, by authority and answer."""
    require(view.act.who, Permission.AUTHORITY_REGISTER)
    every = years(view.session, view.act.on.year)
    if year not in every:
        raise AuthorityRequestNotFound
    record(
        view.session, "list_read", at=view.act.at, by=view.act.who.id,
        list="authority_requests", which="year", rows=len(AUTHORITIES),
    )  # fmt: skip
    return view.render(
        "authority_year.html",
        year=year,
        years=every,
        counted=counts(view.session, year),
        authorities=AUTHORITIES,
        answers={**ANSWERS, WAITING: WAITING_NAME},
    )


@router.get("/{language}/authority-requests/{reference}")
def show_request(reference: str, view: ViewDep) -> Response:
    """Show one entry."""
    return _entry_page(view, request_for(view.session, view.act, reference))


@router.post("/{language}/authority-requests/{reference}/signing")
def sign(reference: str, view: ViewDep, form: FormDep) -> Response:
    """Sign the answer to a request."""
    require(view.act.who, Permission.AUTHORITY_SIGNING)
    request = request_for(view.session, view.act, reference)
    checked = Checked(form, view.language)
    answer = Answer(
        code=checked.one("answer", tuple(ANSWERS)),
        reasons=checked_text(checked, "reasons", LONGEST_REASONS),
        told_code=checked.one("told", tuple(TOLD)),
    )
    if not checked.is_right:
        return _entry_page(view, request, form, checked.corrections, 422, numbers=checked.numbers)
    try:
        with attempt(view.session):
            sign_answer(view.session, request, answer, view.act)
    except (AnswerAlreadySigned, SignedByWhoEntered, AlreadyCorrected) as error:
        return _entry_page(view, request, form, {}, 409, changed=view.text(error.sentence))
    return view.go(f"{HERE}/{request.reference}", "answer_signed")


def _entry_page(
    view: View,
    request: AuthorityRequest,
    given: dict[str, list[str]] | None = None,
    corrections: dict[str, str] | None = None,
    status: int = 200,
    *,
    numbers: dict[str, list[str]] | None = None,
    changed: str = "",
) -> Response:
    who, answer = view.act.who, answer_to(view.session, request)
    record(view.session, "authority_request_read", at=view.act.at, by=who.id, entry=request.reference)
    corrected = view.session.get(AuthorityRequest, request.corrects_id) if request.corrects_id else None
    correction = corrected_by(view.session, request)
    around = [one for one in (corrected, correction) if one is not None and may_see(who, one)]
    is_waiting = answer is None and correction is None
    return view.render(
        "authority_request.html",
        status,
        request_entry=request,
        answer=answer,
        corrected=corrected,
        correction=correction,
        correction_waits=correction is not None and answer_to(view.session, correction) is None,
        links={one.reference for one in around},
        authority=view.text(AUTHORITIES[request.authority_code]),
        way=view.text(WAYS[request.way_code]),
        asked=" · ".join(view.text(ASKED[code]) for code in request.asked_codes.split()),
        proposed=view.text(ANSWERS[request.proposed_code]) if request.proposed_code else "",
        default=view.text(default_for(request.authority_code)),
        waiting_name=WAITING_NAME,
        answer_name=view.text(ANSWERS[answer.answer_code]) if answer else "",
        told_name=view.text(TOLD[answer.told_code]) if answer else "",
        entered_by=view.name_of(str(request.entered_by)),
        signed_by=view.name_of(str(answer.signed_by)) if answer else "",
        is_waiting=is_waiting,
        signs=is_waiting and who.may(Permission.AUTHORITY_SIGNING),
        is_own=request.entered_by == who.id,
        answers=[(code, view.text(name)) for code, name in ANSWERS.items()],
        told=[(code, view.text(name)) for code, name in TOLD.items()],
        given=given or {},
        corrections=corrections or {},
        numbers=numbers or {},
        changed=changed,
    )

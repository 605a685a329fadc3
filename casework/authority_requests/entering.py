"""The form with which anybody of the staff enters a request that came."""

from typing import Final

from starlette.responses import Response

from casework.authority_requests.access import request_for
from casework.authority_requests.actions import Received, enter_request
from casework.authority_requests.checking import checked_text
from casework.authority_requests.errors import AlreadyCorrected
from casework.authority_requests.rules import (
    ANSWERS,
    ASKED,
    AUTHORITIES,
    LONGEST_BASIS,
    WAYS,
    default_for,
)
from casework.authority_requests.tables import AuthorityRequest
from casework.doors import FormDep, desk_router, require
from casework.forms import Checked
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.transactions import attempt
from office.languages import mark
from office.web.parts import Choice

router = desk_router()

NO_DAY: Final = mark("Write the day on which it came.")


@router.get("/{language}/authority-requests/new")
def show_form(view: ViewDep) -> Response:
    """Show the empty form, or that of an entry which is to be corrected."""
    require(view.act.who, Permission.AUTHORITY_ENTRY)
    corrects = _corrected(view, view.request.query_params.get("corrects", ""))
    return _form_page(view, corrects, _as_entered(corrects) if corrects else {})


@router.post("/{language}/authority-requests/new")
def enter(view: ViewDep, form: FormDep) -> Response:
    """Enter a request."""
    require(view.act.who, Permission.AUTHORITY_ENTRY)
    corrects = _corrected(view, form.one("corrects"))
    checked = Checked(form, view.language)
    received_on = checked.day_back("received", view.act.on)
    if received_on is None:
        checked.wrong("received", NO_DAY)
    authority = checked.one("authority", tuple(AUTHORITIES))
    way = checked.one("way", tuple(WAYS))
    asked = checked.some("asked", tuple(ASKED))
    legal_basis = checked_text(checked, "legal_basis", LONGEST_BASIS, needed=False)
    proposed = checked.one("proposed", tuple(ANSWERS)) if form.one("proposed") else None
    if not checked.is_right or received_on is None:
        return _form_page(view, corrects, form, checked.corrections, 422, numbers=checked.numbers)
    received = Received(received_on, authority, way, asked, legal_basis, proposed)
    try:
        with attempt(view.session):
            request = enter_request(view.session, received, view.act, corrects=corrects)
    except AlreadyCorrected as error:
        return _form_page(view, corrects, form, {}, 409, changed=view.text(error.sentence))
    return view.go(f"authority-requests/{request.reference}", "request_entered")


def _corrected(view: View, reference: str) -> AuthorityRequest | None:
    return request_for(view.session, view.act, reference) if reference else None


def _as_entered(request: AuthorityRequest) -> dict[str, list[str]]:
    day = request.received_on
    return {
        "received-day": [str(day.day)],
        "received-month": [str(day.month)],
        "received-year": [str(day.year)],
        "authority": [request.authority_code],
        "way": [request.way_code],
        "asked": request.asked_codes.split(),
        "legal_basis": [request.legal_basis],
        "proposed": [request.proposed_code or ""],
    }


def _form_page(
    view: View,
    corrects: AuthorityRequest | None,
    given: dict[str, list[str]],
    corrections: dict[str, str] | None = None,
    status: int = 200,
    *,
    numbers: dict[str, list[str]] | None = None,
    changed: str = "",
) -> Response:
    return view.render(
        "authority_entering.html",
        status,
        corrects=corrects,
        authorities=[
            Choice(code, view.text(name), view.text(default_for(code))) for code, name in AUTHORITIES.items()
        ],
        ways=[(code, view.text(name)) for code, name in WAYS.items()],
        kinds_asked=[(code, view.text(name)) for code, name in ASKED.items()],
        answers=[(code, view.text(name)) for code, name in ANSWERS.items()],
        given=given,
        corrections=corrections or {},
        numbers=numbers or {},
        changed=changed,
    )

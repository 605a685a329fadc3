"""The duty to report in a case: what was decided, by whom, and what a second person says of it."""

from starlette.responses import Response

from casework.advice.duties import decide_duty, duties_of, read_duty
from casework.advice.duty_rules import BASES, DUTY_DECISIONS, READINGS
from casework.advice.errors import DutyAlreadyRead, MinorsAlwaysReported, ReaderDecidedIt
from casework.advice.pages import words
from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.showing import View, ViewDep
from casework.transactions import attempt
from casework.written import id_in
from office.web.forms import Form

router = desk_router()


@router.get("/{language}/cases/{number}/duty")
def show_duties(number: str, view: ViewDep) -> Response:
    """Show what was decided about reporting, on the record."""
    case = case_for(view.session, view.act, number, to_change=True)
    return _page(view, case)


@router.post("/{language}/cases/{number}/duty")
def decide(number: str, view: ViewDep, form: FormDep) -> Response:
    """Keep a decision; it waits for a second reader."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    basis, decision = checked.one("basis", tuple(BASES)), checked.one("duty", tuple(DUTY_DECISIONS))
    is_told = checked.one("person_told", ("yes", "no")) == "yes"
    reasons = checked.text("duty_reasons")
    if not checked.is_right:
        return _page(view, case, form, checked, 422)
    try:
        with attempt(view.session):
            decide_duty(
                view.session,
                case,
                basis=basis,
                decision=decision,
                is_person_told=is_told,
                reasons=reasons,
                act=view.act,
            )
    except (MinorsAlwaysReported, AdviserKeepsOut) as error:
        return _page(view, case, form, None, 409, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/duty", "duty_decided")


@router.post("/{language}/cases/{number}/duty/reading")
def read(number: str, view: ViewDep, form: FormDep) -> Response:
    """Note what a second person says of a decision."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    reading = checked.one("reading", tuple(READINGS))
    said = checked.text("reader_words", needed=reading == "disagrees")
    if not checked.is_right:
        return _page(view, case, form, checked, 422)
    try:
        with attempt(view.session):
            read_duty(view.session, case, id_in(form.one("duty_id")), reading, said, view.act)
    except (ReaderDecidedIt, DutyAlreadyRead, AdviserKeepsOut) as error:
        return _page(view, case, form, None, 409, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/duty", "duty_read")


def _page(
    view: View,
    case: CaseFile,
    given: Form | None = None,
    checked: Checked | None = None,
    status: int = 200,
    *,
    changed: str = "",
) -> Response:
    leave_trace(view.session, case, view.act)
    found = duties_of(view.session, case, view.act)
    unread = [one for one in found if one.row.reading_code is None and one.row.decided_by != view.act.who.id]
    return view.render(
        "duty.html",
        status,
        case=case,
        found=found,
        to_read=unread[0] if unread else None,
        bases=words(view, BASES),
        decisions=words(view, DUTY_DECISIONS),
        readings=words(view, READINGS),
        given=given or {},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )

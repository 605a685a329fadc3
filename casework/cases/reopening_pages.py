"""Taking up a closed case again."""

from starlette.responses import Response

from casework.cases import actions
from casework.cases.access import case_for
from casework.cases.errors import CaseChanged, CaseNotClosed
from casework.cases.reasons import FOR_REOPENING
from casework.cases.reopening import reopen_case
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.safe_contact.errors import WayNotSafe
from casework.showing import View, ViewDep
from casework.transactions import attempt

router = desk_router()


@router.get("/{language}/cases/{number}/reopening")
def show_reopening(number: str, view: ViewDep) -> Response:
    """Show the form that opens a closed case again."""
    case = case_for(view.session, view.act, number)
    return _page(view, case, {})


@router.post("/{language}/cases/{number}/reopening")
def reopen(number: str, view: ViewDep, form: FormDep) -> Response:
    """Open it again, with a reason on the record."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    reason = checked.one("reason", tuple(FOR_REOPENING))
    next_on = checked.day_ahead("next", view.act.on)
    text = checked.text("text", needed=False)
    if not checked.is_right:
        return _page(view, case, form, checked)
    try:
        with attempt(view.session):
            reopen_case(
                view.session, case, reason, view.act, version=checked.version(), next_on=next_on, text=text
            )
    except (CaseChanged, CaseNotClosed, ConflictUndecided, AdviserKeepsOut, WayNotSafe) as error:
        view.session.refresh(case)
        return _page(view, case, form, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}", "reopened")


def _page(
    view: View,
    case: CaseFile,
    given: dict[str, list[str]],
    checked: Checked | None = None,
    *,
    changed: str = "",
) -> Response:
    actions.leave_trace(view.session, case, view.act)
    return view.render(
        "reopening.html",
        409 if changed else 422 if checked else 200,
        case=case,
        reasons=[(code, view.text(sentence)) for code, sentence in FOR_REOPENING.items()],
        given=given,
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )

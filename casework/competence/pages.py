"""Which body is competent for a case, on the screen."""

from typing import Final

from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.errors import CaseAlreadyClosed, CaseChanged
from casework.cases.tables import CaseFile
from casework.competence.content import CompetenceWords
from casework.competence.deciding import decide_competence, decisions_of, latest
from casework.competence.rules import BODIES, LONGEST_NAME, LONGEST_NOTE, OFFICE
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.showing import View, ViewDep
from casework.timeline.queries import names_of
from casework.transactions import attempt
from office.languages import mark
from office.web.forms import Form

router = desk_router()

SAY_WHICH: Final = mark("Write the name of the body.")


@router.get("/{language}/cases/{number}/competence")
def show(number: str, view: ViewDep) -> Response:
    """Show what was decided about competence and the form to decide anew, on the record."""
    case = case_for(view.session, view.act, number)
    return _page(view, case)


@router.post("/{language}/cases/{number}/competence")
def decide(number: str, view: ViewDep, form: FormDep) -> Response:
    """Decide which body is competent."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    body = checked.one("competent", tuple(BODIES))
    name = checked.text("competent_name", needed=False, most=LONGEST_NAME)
    note = checked.text("competent_note", needed=False, most=LONGEST_NOTE)
    if body and body != OFFICE and not name:
        checked.wrong("competent_name", SAY_WHICH)
    if not checked.is_right:
        return _page(view, case, form, checked, 422)
    words = CompetenceWords(name=name, note=note)
    try:
        with attempt(view.session):
            decide_competence(view.session, case, body, words, view.act, after=checked.version())
    except (CaseAlreadyClosed, CaseChanged, ConflictUndecided, AdviserKeepsOut) as error:
        view.session.refresh(case)
        return _page(view, case, form, None, 409, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/stage", "competence_decided")


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
    found = decisions_of(view.session, case, view.act)
    names = names_of(view.session, [one.row.decided_by for one in found])
    return view.render(
        "competence.html",
        status,
        case=case,
        decisions=[
            (one, view.text(BODIES[one.row.body_code]), names.get(one.row.decided_by, "")) for one in found
        ],
        latest=latest(view.session, case),
        bodies=[(code, view.text(words)) for code, words in BODIES.items()],
        given=given if given is not None else {},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )

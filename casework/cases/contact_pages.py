"""Opening the contact of the person of a case, with a reason on the record."""

from contextlib import suppress

from starlette.responses import Response

from casework.cases import actions
from casework.cases.access import case_for
from casework.cases.content import contact_in_report, has_contact
from casework.cases.errors import NoContactLeft
from casework.cases.reasons import FOR_THE_CONTACT
from casework.cases.tables import CaseFile
from casework.corrections.queries import ShownCorrection, corrections_of
from casework.corrections.rules import CONTACT, HOW, KINDS_IN_WORDS, SAID_BY
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.showing import View, ViewDep
from casework.staff.errors import KeyNotHeld
from office.handover.report import ReportContact

router = desk_router()

Earlier = list[tuple[ReportContact, ShownCorrection | None]]
"""Ways that held before, each with the correction that noted it, or None for the report's own."""


@router.get("/{language}/cases/{number}/contact")
def ask_for_contact(number: str, view: ViewDep) -> Response:
    """Ask why the contact is needed, before it is opened."""
    case = case_for(view.session, view.act, number)
    if not has_contact(view.session, case):
        raise NoContactLeft(case=case.reference)
    actions.leave_trace(view.session, case, view.act)
    return _contact_page(view, case, {}, {})


@router.post("/{language}/cases/{number}/contact")
def show_contact(number: str, view: ViewDep, form: FormDep) -> Response:
    """Open the contact, with the reason on the record."""
    case = case_for(view.session, view.act, number)
    checked = Checked(form, view.language)
    reason = checked.one("reason", tuple(FOR_THE_CONTACT))
    if checked.corrections:
        actions.leave_trace(view.session, case, view.act)
        return _contact_page(view, case, form, checked.corrections, status=422)
    contact = actions.read_contact(view.session, case, reason, view.act)
    return _contact_page(view, case, form, {}, contact)


def _contact_page(
    view: View,
    case: CaseFile,
    given: dict[str, list[str]],
    corrections: dict[str, str],
    contact: ReportContact | None = None,
    status: int = 200,
) -> Response:
    noted, earlier = _noted_and_earlier(view, case) if contact else (None, [])
    return view.render(
        "contact.html",
        status,
        case=case,
        contact=contact,
        noted=noted,
        earlier=earlier,
        kinds={code: view.text(words) for code, words in KINDS_IN_WORDS.items()},
        who={code: view.text(words) for code, words in SAID_BY.items()},
        how={code: view.text(words) for code, words in HOW.items()},
        reasons=[(code, view.text(sentence)) for code, sentence in FOR_THE_CONTACT.items()],
        given=given,
        corrections=corrections,
    )


def _noted_and_earlier(view: View, case: CaseFile) -> tuple[ShownCorrection | None, Earlier]:
    """Return the correction that holds, and what held before it, the newest first.

    The report's own may lie under a key of the office that whoever reads does not hold: then it is not told.
    """
    found = corrections_of(view.session, case, view.act, CONTACT)
    if not found:
        return None, []
    earlier: Earlier = [(one.words.contact, one) for one in found[1:] if one.words.contact]
    with suppress(NoContactLeft, KeyNotHeld):
        earlier.append((contact_in_report(view.session, case, view.act), None))
    return found[0], earlier

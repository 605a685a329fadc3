"""Writing to the person and noting something for the office; both belong to the page of the case."""

from starlette.responses import Response

from casework.advice.errors import MachineTranslationUnchecked
from casework.cases.access import case_for
from casework.cases.pages import case_page
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.doors import FormDep, desk_router
from casework.forms import LONGEST_NOTE, Checked
from casework.messages import actions
from casework.messages.errors import NobodyReads
from casework.safe_contact.errors import WayNotSafe
from casework.showing import ViewDep
from casework.transactions import attempt

router = desk_router()


@router.post("/{language}/cases/{number}/messages")
def write(number: str, view: ViewDep, form: FormDep) -> Response:
    """Send a message to the person."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    text = checked.text("message")
    if checked.is_right:
        try:
            with attempt(view.session):
                actions.write_to_person(view.session, case, text, view.act)
            return view.go(f"cases/{case.reference}", "sent")
        except (MachineTranslationUnchecked, NobodyReads, WayNotSafe) as error:
            checked.wrong("message", error.sentence)
        except (ConflictUndecided, AdviserKeepsOut) as error:
            return case_page(view, case, form, {}, 409, changed=view.text(error.sentence))
    return case_page(view, case, form, checked.corrections, 422, numbers=checked.numbers)


@router.post("/{language}/cases/{number}/notes")
def note(number: str, view: ViewDep, form: FormDep) -> Response:
    """Keep a note that only the office reads."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    text = checked.text("note", most=LONGEST_NOTE)
    if not checked.is_right:
        return case_page(view, case, form, checked.corrections, 422, numbers=checked.numbers)
    actions.note(view.session, case, text, view.act)
    return view.go(f"cases/{case.reference}", "noted")

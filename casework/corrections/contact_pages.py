"""Noting or correcting how to reach the person of a case, on the screen."""

from typing import Final

from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.content import has_contact
from casework.cases.errors import CaseChanged
from casework.cases.tables import CaseFile
from casework.corrections.contact import NewContact, never_safe, note_contact, ways_that_hold
from casework.corrections.rules import (
    CONTACT_KINDS,
    HOW,
    KINDS_IN_WORDS,
    LONGEST_LINE,
    SAID_BY,
    has_shape,
)
from casework.doors import FormDep, desk_router
from casework.forms import CHOOSE_ONE, Checked
from casework.notices.actions import has_address
from casework.safe_contact.asking import asked_rule, offered
from casework.safe_contact.guards import any_way_noted
from casework.safe_contact.rules import NEVER, WAYS
from casework.showing import View, ViewDep
from casework.transactions import attempt
from office.handover.report import ReportContact
from office.languages import mark

router = desk_router()

PHONE_UNREAL: Final = mark("This telephone number is not complete. Please check it.")
EMAIL_UNREAL: Final = mark("This is no e-mail address. Please check it.")
IS_NEVER: Final = mark(
    "This way is noted as never safe. Choose “Never”, or tick here that the person says it is safe now."
)
NOTICES: Final = {
    "no": mark("No, or nobody knows: no notice goes there any more"),
    "yes": mark("Yes, the person says that only they read it"),
}
HAS_NO_RULE: Final = mark("Days and hours are for telephone, e-mail and letters. Write here how it is safe.")


@router.get("/{language}/cases/{number}/contact/changing")
def show_form(number: str, view: ViewDep) -> Response:
    """Show the form that notes how to reach the person; it opens nothing of what they left before."""
    return _page(view, case_for(view.session, view.act, number))


@router.post("/{language}/cases/{number}/contact/changing")
def note(number: str, view: ViewDep, form: FormDep) -> Response:
    """Note how to reach the person from now on."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    new = _asked(view, case, checked)
    if new is None:
        return _page(view, case, checked)
    try:
        with attempt(view.session):
            dropped = note_contact(view.session, case, new, view.act, version=checked.version())
    except CaseChanged as error:
        view.session.refresh(case)
        return _page(view, case, checked, changed=view.text(error.sentence))
    if dropped:
        return view.go(f"cases/{case.reference}/tasks", "contact_noted_tasks_ended")
    if not any_way_noted(view.session, case):
        return view.go(f"cases/{case.reference}/safe-contact", "contact_noted_say_what_holds")
    return view.go(f"cases/{case.reference}", "contact_noted")


def _asked(view: View, case: CaseFile, checked: Checked) -> NewContact | None:
    """Return what the form says, or None if something of it must be corrected."""
    form = checked.form
    kind = next((one for one in CONTACT_KINDS if one == form.one("contact_kind")), None)
    value = checked.text("contact_value", most=LONGEST_LINE)
    name = checked.text("contact_name", needed=False, most=LONGEST_LINE)
    note = checked.text("contact_safe_note", needed=False, most=LONGEST_LINE)
    said_by, how = checked.one("said_by", tuple(SAID_BY)), checked.one("noted_how", tuple(HOW))
    no_longer = checked.some("no_longer", ways_that_hold(view.session, case), needed=False)
    lifted = checked.some("lifts_never", ("yes",), needed=False)
    stays = checked.some("notices_stay", tuple(NOTICES), needed=False)
    if kind is None:
        checked.wrong("contact_kind", CHOOSE_ONE)
        return None
    if value and not has_shape(kind, value):
        checked.wrong("contact_value", PHONE_UNREAL if kind == "phone" else EMAIL_UNREAL)
    rule, window = "", None
    if kind in WAYS:
        rule, window = asked_rule(checked, note, "contact_safe_note")
        if kind in never_safe(view.session, case) and rule not in ("", NEVER) and not lifted:
            checked.wrong("lifts_never", IS_NEVER)
    elif form.one("window_days") or form.one("from_hour") or form.one("to_hour"):
        checked.wrong("contact_safe_note", HAS_NO_RULE)
    if not checked.is_right:
        return None
    contact = ReportContact(kind=kind, value=value, safe_note=note, name=name)
    return NewContact(contact, said_by, how, rule, window, no_longer, stays == ("yes",))


def _page(view: View, case: CaseFile, checked: Checked | None = None, *, changed: str = "") -> Response:
    leave_trace(view.session, case, view.act)
    return view.render(
        "contact_changing.html",
        409 if changed else 422 if checked else 200,
        case=case,
        has_contact=has_contact(view.session, case),
        kinds=[(code, view.text(words)) for code, words in KINDS_IN_WORDS.items()],
        said_by=[(code, view.text(words)) for code, words in SAID_BY.items()],
        ways_of_saying=[(code, view.text(words)) for code, words in HOW.items()],
        ways=[(way, view.text(WAYS[way])) for way in ways_that_hold(view.session, case)],
        never=[view.text(WAYS[way]) for way in never_safe(view.session, case)],
        notices=[(code, view.text(words)) for code, words in NOTICES.items()]
        if has_address(view.session, case.reference)
        else [],
        given=checked.form if checked else {},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
        **offered(view),
    )

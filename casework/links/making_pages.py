"""Linking a case with another on the screen, by somebody who may open both."""

from typing import Final

from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.tables import CaseFile
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.links import actions
from casework.links.errors import LinkNotFound
from casework.links.pages import both
from casework.links.queries import link_between, linked
from casework.seeing import number_of
from casework.showing import View, ViewDep
from office.languages import mark

router = desk_router()

KINDS: Final = {
    "one_person": mark("The same person, as they told us"),
    "same_event": mark("The same event"),
    "related": mark("They have to do with each other"),
    "split_from": mark("This one was split off from the other"),
}
"""What staff may say of two; the words of each stand on the pages of both."""
NO_SUCH_CASE: Final = mark("There is no report or case of this number that you may open.")
LINKED_ALREADY: Final = mark("These two are linked already. Take that link back first.")


@router.get("/{language}/cases/{number}/links")
def show_links(number: str, view: ViewDep) -> Response:
    """Show with what a case is linked, and the form for another link, on the record."""
    case = case_for(view.session, view.act, number)
    return _page(view, case)


@router.post("/{language}/cases/{number}/links")
def link(number: str, view: ViewDep, form: FormDep) -> Response:
    """Link a case with another; one that may not be opened looks like one that is not there."""
    case = case_for(view.session, view.act, number)  # held with the other, in one order
    checked = Checked(form, view.language)
    written = form.one("other").strip()
    if not written:
        checked.wrong("other", NO_SUCH_CASE)
    kind = checked.one("link_kind", tuple(KINDS))
    if not checked.is_right:
        return _page(view, case, checked)
    try:
        own, other = both(view, case, written)
    except LinkNotFound:
        checked.wrong("other", NO_SUCH_CASE)
        return _page(view, case, checked)
    if link_between(view.session, number_of(own), number_of(other)) is not None:
        checked.wrong("other", LINKED_ALREADY)
        return _page(view, case, checked)
    actions.confirm_link(view.session, own, other, kind, view.act)
    return view.go(f"cases/{case.reference}/links", "linked")


def _page(view: View, case: CaseFile, checked: Checked | None = None) -> Response:
    leave_trace(view.session, case, view.act)
    return view.render(
        "links.html",
        422 if checked else 200,
        case=case,
        linked=linked(view.session, view.act.who, case.reference),
        kinds=[(code, view.text(words)) for code, words in KINDS.items()],
        given=checked.form if checked else {},
        corrections=checked.corrections if checked else {},
    )

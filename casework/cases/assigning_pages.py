"""Giving a case to another adviser."""

from collections.abc import Sequence
from uuid import UUID

from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.assigning import change_hands
from casework.cases.content import story_of
from casework.cases.errors import CannotAssign, CaseAlreadyClosed, CaseChanged
from casework.cases.holders import possible_advisers
from casework.cases.reasons import FOR_ANOTHER_ADVISER
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut
from casework.conflicts.guards import kept_out
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.interpreters.showing import in_their_language, with_languages
from casework.queues.workload_pages import adviser_choices
from casework.showing import View, ViewDep
from casework.timeline.queries import names_of
from casework.transactions import attempt
from office.stores.keyroom import Staff

router = desk_router()


@router.get("/{language}/cases/{number}/adviser")
def show(number: str, view: ViewDep) -> Response:
    """Show who may take the case."""
    case = case_for(view.session, view.act, number)
    return _page(view, case, {}, {})


@router.post("/{language}/cases/{number}/adviser")
def change(number: str, view: ViewDep, form: FormDep) -> Response:
    """Give the case to somebody else, with a reason."""
    case = case_for(view.session, view.act, number, to_change=True)
    advisers = _possible(view, case)
    checked = Checked(form, view.language)
    chosen = checked.one("adviser", [str(person.id) for person in advisers if person.id != case.assigned_to])
    reason = checked.one("reason", tuple(FOR_ANOTHER_ADVISER))
    if checked.corrections:
        return _page(view, case, form, checked.corrections, 422)
    adviser = next(person for person in advisers if person.id == UUID(chosen))
    try:
        with attempt(view.session):
            change_hands(view.session, case, adviser, reason, view.act, version=checked.version())
    except (CaseChanged, CaseAlreadyClosed, CannotAssign, AdviserKeepsOut) as error:
        view.session.refresh(case)
        return _page(view, case, form, {}, 409, changed=view.text(error.sentence))
    return view.go("cases", "assigned")


def _possible(view: View, case: CaseFile) -> Sequence[Staff]:
    out = kept_out(view.session, case.id)
    return possible_advisers(view.session, routing_code=case.routing_code, without=out)


def _page(
    view: View,
    case: CaseFile,
    given: dict[str, list[str]],
    corrections: dict[str, str],
    status: int = 200,
    changed: str = "",
) -> Response:
    leave_trace(view.session, case, view.act)
    advisers = [one for one in _possible(view, case) if one.id != case.assigned_to]
    said = story_of(view.session, case, view.act).languages
    theirs = in_their_language(view, said, case.language)
    return view.render(
        "assigning.html",
        status,
        case=case,
        adviser=names_of(view.session, [case.assigned_to]).get(case.assigned_to, ""),
        advisers=with_languages(view, adviser_choices(view, advisers), [theirs.tag]),
        theirs=theirs,
        reasons=[(code, view.text(sentence)) for code, sentence in FOR_ANOTHER_ADVISER.items()],
        given=given,
        corrections=corrections,
        changed=changed,
    )

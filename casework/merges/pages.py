"""Two cases on the screen: choosing the other one, seeing both, putting them together, and parting them."""

from typing import Final

from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.errors import CaseAlreadyClosed, CaseNotFound
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided, NamesKeyNeeded
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.incidents.membership import incident_of
from casework.incidents.queries import accounts_of
from casework.links.queries import linked
from casework.merges import actions
from casework.merges.errors import CannotMerge, MergeChanged, TooLateToUndo
from casework.merges.queries import Merged, additions_of, both_for, merged_with, staying
from casework.merges.rules import ADDED, LEADS, PLACES, STAYS, UNDO_DAYS, last_day_to_undo
from casework.merges.showing import side_of
from casework.showing import View, ViewDep
from casework.tasks.rules import KINDS as TASKS
from casework.tracks.rules import KINDS as TRACKS
from casework.transactions import attempt
from office.errors import OfficeError
from office.languages import mark

router = desk_router()

THE_SAME: Final = mark("This is the case itself. Write the number of the other one.")
NO_SUCH_CASE: Final = mark("There is no case of this number that you may open.")
REFUSALS: Final = (
    CannotMerge, MergeChanged, TooLateToUndo, CaseAlreadyClosed, ConflictUndecided, AdviserKeepsOut,
    NamesKeyNeeded,
)  # fmt: skip


@router.get("/{language}/cases/{number}/together")
def show_together(number: str, view: ViewDep) -> Response:
    """Show what a case is read together with, or where to choose another one."""
    return _page(view, case_for(view.session, view.act, number, to_change=True))


@router.post("/{language}/cases/{number}/together")
def put_together_or_part(number: str, view: ViewDep, form: FormDep) -> Response:
    """Show a case beside the one whose number was written; put the two together; part two that are."""
    checked, do = Checked(form, view.language), form.one("do")
    try:
        case, far = both_for(view.session, view.act, number, form.one("other"))
    except CaseNotFound:
        case, far = case_for(view.session, view.act, number, to_change=True), None
        checked.wrong("other", NO_SUCH_CASE)
    if far is case:
        checked.wrong("other", THE_SAME)
    if far is None or far is case:
        return _page(view, case, checked=checked)
    if do == "part":
        return _part(view, case, far, checked)
    return _merge(view, case, far, checked) if do == "merge" else _page(view, case, far)


def _merge(view: View, case: CaseFile, far: CaseFile, checked: Checked) -> Response:
    leads = checked.one("leads", LEADS)
    reason = checked.text("merge_reason")
    if not checked.is_right:
        return _page(view, case, far, checked)
    shown = (checked.version(), checked.version("other_version"))
    leading, under, versions = (case, far, shown) if leads == "own" else (far, case, shown[::-1])
    try:
        with attempt(view.session):
            actions.merge(view.session, leading, under, reason, view.act, versions=versions)
    except REFUSALS as error:
        return _refused(view, case, far, checked, error)
    return view.go(f"cases/{leading.reference}", "merged")


def _part(view: View, case: CaseFile, far: CaseFile, checked: Checked) -> Response:
    found = next(
        (one for one in merged_with(view.session, view.act, case) if far in (one.leading, one.under)), None
    )
    if found is None:
        return _refused(view, case, None, checked, MergeChanged(case=case.reference))
    reason = checked.text("undo_reason")
    additions = additions_of(view.session, found.leading, found.row.merged_on, view.act)
    asked = {one.field for one in additions} & checked.form.keys()
    placed = {name: checked.one(name, PLACES) for name in sorted(asked)}
    if not checked.is_right:
        return _page(view, case, None, checked)
    shown = (checked.version(), checked.version("other_version"))
    versions = shown if found.leading is case else shown[::-1]
    try:
        with attempt(view.session):
            actions.undo(
                view.session, found.leading, found.under, reason, placed, view.act, versions=versions
            )
    except REFUSALS as error:
        return _refused(view, case, None, checked, error)
    return view.go(f"cases/{found.leading.reference}", "merge_undone")


def _refused(
    view: View, case: CaseFile, far: CaseFile | None, checked: Checked, error: OfficeError
) -> Response:
    for one in (case, far):
        if one is not None:
            view.session.refresh(one)
    return _page(view, case, far, checked, changed=view.text(error.sentence))


def _page(
    view: View,
    case: CaseFile,
    far: CaseFile | None = None,
    checked: Checked | None = None,
    *,
    changed: str = "",
) -> Response:
    session, act = view.session, view.act
    merged = [] if far else merged_with(session, act, case)
    if not far:
        leave_trace(session, case, act)
    return view.render(
        "together.html",
        409 if changed else 422 if checked and not checked.is_right else 200,
        case=case,
        far=far,
        sides=[side_of(view, one) for one in (case, far)] if far else [],
        merged=[_parting(view, one) for one in merged],
        may_add=not case.is_closed and not any(one.under is case for one in merged),
        likely=[] if far or merged else _likely(view, case),
        undo_days=UNDO_DAYS,
        stays={code: view.text(words) for code, words in STAYS.items()},
        given=checked.form if checked else {"leads": ["own"]},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )


def _parting(view: View, one: Merged) -> dict[str, object]:
    """Return a merge with what came since, in words, for the form that undoes it."""
    kinds = {"task": TASKS, "track": TRACKS}
    additions = additions_of(view.session, one.leading, one.row.merged_on, view.act)
    told = []
    for each in additions:
        of_kind = kinds.get(each.kind, {}).get(each.code)
        parts = [view.text(ADDED[each.kind]), view.text(of_kind) if of_kind else ""]
        told.append((each, " · ".join(part for part in parts if part)))
    return {
        "merge": one,
        "by": view.name_of(str(one.row.merged_by)),
        "until": last_day_to_undo(one.row.merged_on),
        "additions": told if one.can_be_undone else [],
        "staying": staying(view.session, one.leading, one.row.merged_on) if one.can_be_undone else [],
        "places": [
            ("leading", view.shown(one.leading.reference)),
            *([] if one.under.is_closed else [("under", view.shown(one.under.reference))]),
        ],
    }


def _likely(view: View, case: CaseFile) -> list[CaseFile]:
    """Return the other open cases of the same incident, or linked with this one, that the reader may open."""
    session, who = view.session, view.act.who
    incident = incident_of(session, case.reference)
    seen = [one.seen for one in linked(session, who, case.reference)]
    seen += accounts_of(session, who, incident.id) if incident else []
    found = {one.number: one.record for one in seen if isinstance(one.record, CaseFile)}
    return [one for number, one in found.items() if number != case.reference and not one.is_closed]

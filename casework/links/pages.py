"""The buttons about linked reports, on the pages of a report and of a case."""

from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.content import story_of
from casework.cases.tables import CaseFile
from casework.doors import FormDep, desk_router
from casework.inbox.access import report_for
from casework.inbox.actions import in_memory
from casework.links import actions
from casework.links.errors import LinkNotFound
from casework.merges.standing import hold_together, with_families
from casework.seeing import Record, number_of, record_for
from casework.showing import View, ViewDep
from office.errors import NotFound
from office.handover.report import ReportStory
from office.ids import CaseNumberInvalid, checked_case_number
from office.web.forms import Form

router = desk_router()


@router.post("/{language}/inbox/{number}/link")
def link_report(number: str, view: ViewDep, form: FormDep) -> Response:
    """Confirm, decline or take back what a report is about."""
    report = report_for(view.session, view.act.who, number)
    return _answered(view, report, in_memory(view.session, report, view.act).story, form)


@router.post("/{language}/cases/{number}/link")
def link_case(number: str, view: ViewDep, form: FormDep) -> Response:
    """Confirm, decline or take back what a case is about."""
    case = case_for(view.session, view.act, number)
    return _answered(view, case, story_of(view.session, case, view.act), form)


def _answered(view: View, own: Record, story: ReportStory, form: Form) -> Response:
    said, do, session, act = story.about, form.one("do"), view.session, view.act
    back = f"cases/{number_of(own)}" if isinstance(own, CaseFile) else f"inbox/{number_of(own)}"
    if do == "remove":
        actions.remove_link(session, *both(view, own, form.one("other")), act)
        return view.go(back, "unlinked")
    if said is None or do not in ("confirm", "decline"):
        raise LinkNotFound(report=number_of(own))
    own, other = both(view, own, said.case_number)
    if do == "confirm":
        actions.confirm_link(session, own, other, said.relation, act)
        return view.go(back, "linked")
    actions.decline_link(session, own, other, act)
    return view.go(back, "declined")


def both(view: View, own: Record, number: str) -> tuple[Record, Record]:
    """Return both sides through their own doors, held; whatever bars the other looks like nothing there.

    They are held in one order whichever side somebody acts from: of two who link them at once, from either
    end, one waits for the other and finds it done.
    """
    session, mine = view.session, number_of(own)
    try:
        far = checked_case_number(number)
        if far == mine:
            raise LinkNotFound(report=mine)
        hold_together(session, with_families(session, (mine, far)))
        held = {one: record_for(session, view.act, one) for one in sorted((mine, far))}
    except (NotFound, CaseNumberInvalid):
        raise LinkNotFound(report=mine) from None
    return held[mine], held[far]

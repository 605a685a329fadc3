"""What people said at the end, for supervisors and the head: counts in bands, and where it did not help."""

from starlette.responses import Response

from casework.doors import desk_router, require
from casework.feedback.actions import sort_feedback
from casework.feedback.queries import by_quarter, not_helped
from casework.feedback.rules import SAID
from casework.showing import ViewDep
from casework.staff.rules import Permission
from casework.timeline.actions import record

router = desk_router()


@router.get("/{language}/feedback")
def show_feedback(view: ViewDep) -> Response:
    """Show what people said, by quarter, and the cases of which somebody said that it did not help."""
    require(view.act.who, Permission.FEEDBACK)
    sort_feedback(view.session, view.act)
    cases = not_helped(view.session, view.act.who)
    record(view.session, "list_read", at=view.act.at, by=view.act.who.id, list="feedback", rows=len(cases))
    return view.render(
        "feedback.html",
        quarters=by_quarter(view.session),
        cases=cases,
        said={code: view.text(words) for code, words in SAID.items()},
        opens_cases=view.act.who.may(Permission.CASES),
    )

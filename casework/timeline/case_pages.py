"""The timeline of one case, a page at a time and by the kind of act, for whoever may open the case."""

from typing import Final

from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.doors import desk_router
from casework.showing import ViewDep
from casework.timeline.queries import PAGE, entries
from casework.timeline.wording import told
from casework.traces.rules import SORTED, WHAT
from office.languages import mark

router = desk_router()

ALL: Final = "all"
EVERYTHING: Final = mark("Everything")


@router.get("/{language}/cases/{number}/timeline")
def show_timeline(number: str, view: ViewDep) -> Response:
    """Show what was done in a case, the newest first; from the second page on by the place of the last line.

    Looking is itself recorded.
    """
    case = case_for(view.session, view.act, number)
    asked = view.request.query_params.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 12 else None
    sort = view.request.query_params.get("sort", "")
    sort = sort if sort in SORTED else ALL
    found = entries(view.session, case.id, before=before, limit=PAGE + 1, among=SORTED.get(sort))
    here = found[:PAGE]
    leave_trace(view.session, case, view.act)
    return view.render(
        "case_timeline.html",
        case=case,
        timeline=[told(entry, view) for entry in here],
        next=here[-1].seq if len(found) > PAGE else None,
        sort=sort,
        choices=[
            (ALL, view.text(EVERYTHING)),
            *((code, view.text(words)) for code, words in WHAT.items() if code in SORTED),
        ],
    )

"""The office's own timeline, for those who answer for the office."""

from typing import Final

from starlette.responses import Response

from casework.doors import desk_router, require
from casework.showing import ViewDep
from casework.staff.rules import Permission
from casework.timeline.actions import record
from casework.timeline.queries import PAGE, entries
from casework.timeline.wording import told
from office.languages import mark

router = desk_router()

WITHOUT: Final = "without"
LISTS: Final = {
    WITHOUT: mark("Without looks at lists"),
    "only": mark("Only looks at lists"),
    "all": mark("Everything"),
}
"""What the page shows of the many looks at lists; by default none, so that the acts can be read."""


@router.get("/{language}/timeline")
def show_timeline(view: ViewDep) -> Response:
    """Show what was done in the office, the newest first, without looks at lists unless they are asked for.

    Looking is itself recorded.
    """
    require(view.act.who, Permission.OFFICE_TIMELINE)
    asked = view.request.query_params.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 12 else None
    lists = view.request.query_params.get("lists", "")
    lists = lists if lists in LISTS else WITHOUT
    found = entries(
        view.session,
        None,
        before=before,
        limit=PAGE + 1,
        only="list_read" if lists == "only" else "",
        without="list_read" if lists == WITHOUT else "",
    )
    here, more = found[:PAGE], len(found) > PAGE
    record(view.session, "timeline_read", at=view.act.at, by=view.act.who.id)
    return view.render(
        "timeline.html",
        timeline=[told(entry, view) for entry in here],
        next=here[-1].seq if more else None,
        lists=lists,
        choices=[(code, view.text(sentence)) for code, sentence in LISTS.items()],
    )

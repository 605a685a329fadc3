"""The office's own timeline, for those who answer for the office."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from starlette.responses import Response

from casework.doors import desk_router, require
from casework.seeing import seen
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.timeline.actions import record
from casework.timeline.queries import PAGE, Entry, entries
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
        timeline=[told(entry, view) for entry in _without_what_is_shut(here, view)],
        next=here[-1].seq if more else None,
        lists=lists,
        choices=[(code, view.text(sentence)) for code, sentence in LISTS.items()],
    )


def _without_what_is_shut(found: Sequence[Entry], view: View) -> list[Entry]:
    """Return the same lines without the numbers of reports that the reader may not open.

    What was done stays to be read; of which report it was is told to who may open it, and to whoever asks
    who opened what.
    """
    if view.act.who.may(Permission.TRACES):
        return list(found)
    open_to = seen(
        view.session, view.act.who, [str(one.detail["report"]) for one in found if "report" in one.detail]
    )
    return [
        replace(one, detail={name: value for name, value in one.detail.items() if name != "report"})
        if "report" in one.detail and str(one.detail["report"]) not in open_to
        else one
        for one in found
    ]

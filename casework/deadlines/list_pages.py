"""The page of deadlines: of one's own cases, or for a supervisor of all they may open."""

from typing import Final

from starlette.responses import Response

from casework.deadlines.queries import WHICH, counts, deadlines_for
from casework.deadlines.wording import told
from casework.doors import desk_router, require
from casework.showing import ViewDep
from casework.staff.rules import Permission
from casework.timeline.actions import record
from casework.timeline.queries import names_of
from office.languages import mark

router = desk_router()

NAMES: Final = {
    "all": mark("All that are open"),
    "overdue": mark("Overdue"),
    "today": mark("Today"),
    "week": mark("Next 7 days"),
    "month": mark("Next 30 days"),
    "unconfirmed": mark("Not confirmed"),
    "suspended": mark("Standing still"),
}


@router.get("/{language}/deadlines")
def show_deadlines(view: ViewDep) -> Response:
    """Show deadlines that bind, the earliest first; the choice stands in the address."""
    who, today = view.act.who, view.act.on
    require(who, Permission.CASES)
    asked = view.request.query_params
    is_team = who.may(Permission.SUPERVISE) and asked.get("whose") == "all"
    which = asked.get("which", "all")
    which = which if which in WHICH else "all"
    found = deadlines_for(
        view.session,
        who,
        today,
        view.act.city,
        only_own=not is_team,
        which=which,
        after=asked.get("after", ""),
    )
    record(
        view.session,
        "list_read",
        at=view.act.at,
        by=who.id,
        list="deadlines",
        whose="all" if is_team else "mine",
        page="later" if asked.get("after") else None,
        rows=len(found.lines),
    )
    names = names_of(
        view.session, [one.clock.row.confirmed_by for one in found.lines if one.clock.row.confirmed_by]
    )
    return view.render(
        "deadlines.html",
        lines=[(line, told(view, line.clock, names)) for line in found.lines],
        next=found.next,
        whose="all" if is_team else "mine",
        which=which,
        supervises=who.may(Permission.SUPERVISE),
        choices_of={code: view.text(NAMES[code]) for code in WHICH},
        counts=counts(view.session, who, today, only_own=not is_team),
    )

"""The appointments of the team, a week at a time, for a supervisor: of the cases they may open, and no other.

A week that is past shows how each ended. Nobody is counted or ranked by it.
"""

from datetime import timedelta

from starlette.responses import Response

from casework.appointments.agenda_pages import WEEK, first_of
from casework.appointments.pages import words
from casework.appointments.queries import booked_between
from casework.appointments.tables import MeetingSlot
from casework.doors import desk_router, require
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.timeline.actions import record
from casework.timeline.queries import names_of

router = desk_router()


@router.get("/{language}/agenda/team")
def show_team(view: ViewDep) -> Response:
    """Show a week of appointments of the cases a supervisor may open, on the record."""
    require(view.act.who, Permission.SUPERVISE)
    return _page(view)


def _page(view: View) -> Response:
    session, act, first = view.session, view.act, first_of(view)
    last = first + timedelta(days=WEEK - 1)
    booked, damaged = booked_between(session, act, first, last)
    record(session, "list_read", at=act.at, by=act.who.id, list="agenda", which="team", rows=len(booked))
    whose = {own: slot.staff_id for own in booked if (slot := session.get(MeetingSlot, own)) is not None}
    names = names_of(session, [one for one in whose.values() if one])
    lines = [
        (one, case, names.get(who, "") if (who := whose.get(own)) else "")
        for own, (case, one) in booked.items()
        if one.time is not None
    ]
    lines.sort(key=lambda line: (line[0].time.on, line[0].time.minute, line[1].reference))  # type: ignore[union-attr]  # none without a time
    return view.render(
        "agenda_team.html",
        lines=lines,
        damaged=damaged,
        first=first,
        last=last,
        before=first - timedelta(days=WEEK),
        after=first + timedelta(days=WEEK),
        **words(view),
    )

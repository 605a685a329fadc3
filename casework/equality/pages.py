"""Whom the office reaches: what people said of themselves, counted in bands, for supervisors."""

from starlette.responses import Response

from casework.doors import desk_router, require
from casework.equality.queries import answers
from casework.equality.rules import UNSAID, reached
from casework.showing import ViewDep
from casework.staff.rules import Permission
from casework.timeline.actions import record
from office.vocabulary import load

router = desk_router()


@router.get("/{language}/reached")
def show_reached(view: ViewDep) -> Response:
    """Show each quarter that is over, the newest first. Looking is itself recorded."""
    require(view.act.who, Permission.SUPERVISE)
    listed = load("equality", view.desk.city)
    questions = [(group, listed.in_group(group.code)) for group in listed.groups if group.code != UNSAID]
    codes = [item.code for _, items in questions for item in items]
    told = answers(view.session, view.act.who, view.act.on)
    record(view.session, "equality_read", at=view.act.at, by=view.act.who.id)
    return view.render(
        "reached.html",
        quarters=[reached(quarter, given, codes) for quarter, given in told.items()],
        questions=questions,
    )

"""How much work everybody has, for supervisors: on a page, and where a case is given away."""

from collections.abc import Sequence

from starlette.responses import Response

from casework.doors import desk_router, require
from casework.queues.rules import WEIGHTS
from casework.queues.workload import loads
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.timeline.actions import record
from office.stores.keyroom import Staff

router = desk_router()


@router.get("/{language}/workload")
def show_workload(view: ViewDep) -> Response:
    """Show the workload by name, on the record."""
    require(view.act.who, Permission.SUPERVISE)
    found = loads(view.session, view.act.who, view.act.on)
    record(view.session, "list_read", at=view.act.at, by=view.act.who.id, list="workload", rows=len(found))
    return view.render("workload.html", loads=found, weights=WEIGHTS)


def adviser_choices(view: View, advisers: Sequence[Staff]) -> list[tuple[str, str]]:
    """Return who may be chosen; a supervisor sees beside each name how much work they have."""
    if not view.act.who.may(Permission.SUPERVISE):
        return [(str(one.id), one.display_name) for one in advisers]
    work = {one.adviser_id: one for one in loads(view.session, view.act.who, view.act.on)}
    found = []
    for one in advisers:
        load = work.get(one.id)
        words = (
            view.language.ngettext(
                "%(num)s open case, weight %(weight)s",
                "%(num)s open cases, weight %(weight)s",
                load.cases,
                weight=load.weight,
            )
            if load
            else ""
        )
        found.append((str(one.id), f"{one.display_name} ({words})" if words else one.display_name))
    return found

"""The wall on the page of a case: that it stands or is missing, and the way outside."""

from typing import Any

from casework.cases.tables import CaseFile
from casework.showing import View
from casework.timeline.queries import names_of
from casework.walls.asking import service_name
from casework.walls.outside import outside
from casework.walls.standing import is_apart, wall_of
from office.routing import routing_of


def card_of(view: View, case: CaseFile) -> dict[str, Any] | None:
    """Return what the page of a case tells of its wall; None for an ordinary case."""
    if not is_apart(case):
        is_missing = routing_of(case.respondent_code, view.act.city) == "city"
        return {"is_missing": True} if is_missing else None
    wall = wall_of(view.session, case)
    if wall is None:
        return None
    people = [one for one in (wall.told_by, wall.asked_by) if one is not None]
    names = names_of(view.session, people)
    return {
        "is_missing": False,
        "wall": wall,
        "service": service_name(view, wall.service_code) if wall.service_code else "",
        "told_by": names.get(wall.told_by, "") if wall.told_by else "",
        "routes": outside(view.act.city, view.language.tag),
    }

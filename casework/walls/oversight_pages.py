"""The walls as the head and the data protection officer see them, and who belongs to which service."""

from typing import Final
from uuid import UUID

from sqlmodel import select
from starlette.responses import Response

from casework.doors import FormDep, desk_router, require
from casework.forms import Checked
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.timeline.actions import record
from casework.timeline.queries import names_of
from casework.walls.asking import service_name
from casework.walls.declaring import declare, end
from casework.walls.errors import NotOwnService
from casework.walls.overseeing import in_months, walls_seen
from casework.walls.rules import CAUSES, WORKS, counts
from casework.walls.standing import declarations
from casework.written import id_in
from office.stores.keyroom import Staff

router = desk_router()

MOST_SHOWN: Final = 200
"""Walls on one page, the newest first; no office has so many in a year."""


@router.get("/{language}/walls")
def show_walls(view: ViewDep) -> Response:
    """Show how many walls rose and when, and how often the cases behind them were opened; on the record."""
    require(view.act.who, Permission.WALLS)
    found = walls_seen(view.session, view.act)
    record(view.session, "list_read", at=view.act.at, by=view.act.who.id, list="walls", rows=len(found))
    return view.render(
        "walls.html",
        walls=found[:MOST_SHOWN],
        more=max(len(found) - MOST_SHOWN, 0),
        months=in_months(found),
        standing=sum(one.wall.down_on is None for one in found),
        causes={code: view.text(words) for code, words in CAUSES.items()},
        shows_numbers=view.act.who.may(Permission.TRACES),
    )


@router.get("/{language}/services")
def show_services(view: ViewDep) -> Response:
    """Show the head who of the staff belongs to which service of the city."""
    require(view.act.who, Permission.SERVICES)
    record(view.session, "list_read", at=view.act.at, by=view.act.who.id, list="services")
    return _page(view)


@router.post("/{language}/services")
def note_service(view: ViewDep, form: FormDep) -> Response:
    """Note that somebody belongs to a service of the city, or does no more."""
    require(view.act.who, Permission.SERVICES)
    if form.one("do") == "end":
        row = id_in(form.one("row"))
        if row is None:
            raise NotOwnService
        end(view.session, row, view.act)
        return view.go("services", "service_ended")
    checked, people = Checked(form, view.language), _people(view)
    chosen = checked.one("person", tuple(people))
    service = checked.one("service", tuple(one.code for one in view.act.city.services))
    relation = checked.one("relation", tuple(WORKS))
    if checked.corrections:
        return _page(view, checked, 422)
    declare(view.session, view.session.get_one(Staff, UUID(chosen)), service, relation, view.act)
    return view.go("services", "service_declared")


def _people(view: View) -> dict[str, str]:
    found = view.session.exec(select(Staff).where(Staff.active).order_by(Staff.display_name))
    return {str(one.id): one.display_name for one in found}


def _page(view: View, checked: Checked | None = None, status: int = 200) -> Response:
    rows = declarations(view.session)
    names = names_of(view.session, [one.staff_id for one in rows] + [one.declared_by for one in rows])
    lines = sorted(
        (
            (names.get(one.staff_id, ""), service_name(view, one.service_code), one)
            for one in rows
            if counts(one.ended_on, view.act.on)
        ),
        key=lambda line: (line[2].ended_on is not None, line[0], line[1]),
    )
    tag = view.language.tag
    return view.render(
        "services.html",
        status,
        lines=lines,
        names=names,
        works={code: view.text(words) for code, words in WORKS.items()},
        me=view.act.who.id,
        people=list(_people(view).items()),
        services=[(one.code, one.label_in(tag)) for one in view.act.city.services],
        relations=[(code, view.text(words)) for code, words in WORKS.items()],
        given=checked.form if checked else {},
        corrections=checked.corrections if checked else {},
    )

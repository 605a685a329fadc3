"""The page of deadlines: of one's own cases, or for a supervisor of all they may open; and its export."""

from typing import Final

from starlette.responses import Response

from casework.deadlines.asking import NAMES, STATES, DeadlinesAsked, read_query
from casework.deadlines.conditions import WHICH
from casework.deadlines.lists import Line, counts, deadlines_for, routes_of
from casework.deadlines.wording import told
from casework.doors import desk_router, require
from casework.hearings.queries import listed
from casework.hearings.wording import lines_listed
from casework.listing.asked import Read
from casework.listing.exporting import Cell
from casework.listing.pages import by_words, exported, note_read, shown_of
from casework.queues.queries import advisers_of
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.timeline.queries import names_of
from office.ids import shown

router = desk_router()

FIELDS: Final = (
    "route_code",
    "label",
    "kind",
    "state",
    "seat_code",
    "procedure_code",
    "start_code",
    "counted_from",
    "counted_until",
    "made_on",
    "confirmed_on",
)


@router.get("/{language}/deadlines")
def show_deadlines(view: ViewDep) -> Response:
    """Show deadlines that bind, the earliest first; what is asked for stands in the address."""
    require(view.act.who, Permission.CASES)
    return _page(view, _read(view))


@router.get("/{language}/deadlines.csv")
def export_deadlines(view: ViewDep) -> Response:
    """Give exactly what the list shows, all its pages, as a file of numbers, codes and days."""
    require(view.act.who, Permission.CASES)
    read = _read(view)
    if not read.is_right:
        return _page(view, read, status=422)
    act, asked = view.act, read.asked
    lines = deadlines_for(view.session, act.who, act.on, act.city, asked, _routes(view), limit=None).lines
    rows = [_row(line) for line in lines]
    names = ("case", "last_on", "latest_on", *FIELDS)
    return exported(view, asked, names, rows, [line.case.reference for line in lines])


def _read(view: View) -> Read[DeadlinesAsked]:
    routes = view.desk.lists.by_name["routes"].codes
    return read_query(view.request.url.query, routes, supervises=view.act.who.may(Permission.SUPERVISE))


def _page(view: View, read: Read[DeadlinesAsked], *, status: int = 200) -> Response:
    session, act, asked = view.session, view.act, read.asked
    supervises, routes = act.who.may(Permission.SUPERVISE), _routes(view)
    found = deadlines_for(session, act.who, act.on, act.city, asked, routes)
    note_read(view, asked, len(found.lines))
    there = routes_of(session, act.who, asked)
    people = advisers_of(session, act.who) if supervises else []
    names = names_of(
        session, [one.clock.row.confirmed_by for one in found.lines if one.clock.row.confirmed_by]
    )
    return view.render(
        "deadlines.html",
        422 if read.wrong else status,
        lines=[(line, told(view, line.clock, names)) for line in found.lines],
        next=found.next,
        hearings=lines_listed(view, listed(session, act.who, only_own=asked.only_own)),
        supervises=supervises,
        choices_of={
            "route": [(code, view.label("routes", code)) for code in routes if code in there],
            "state": [(code, view.text(words)) for code, words in STATES.items()],
            "adviser": [(str(own), name) for own, name in people],
        },
        names={code: view.text(NAMES[code]) for code in WHICH},
        counts=counts(session, act.who, act.on, act.city, asked),
        **shown_of(read, view),
    )


def _routes(view: View) -> list[str]:
    """Return the codes of routes in the order of their words."""
    return by_words({code: view.label("routes", code) for code in view.desk.lists.by_name["routes"].codes})


def _row(line: Line) -> list[Cell]:
    clock = line.clock
    told = [getattr(clock.row, name) for name in FIELDS]
    return [shown(line.case.reference), clock.due_on, clock.latest_on, *told]

"""What may run after a step of a track: proposed on its page, kept by somebody, and confirmed by a lawyer."""

from typing import Final

from starlette.responses import Response

from casework.cases.access import case_for
from casework.deadlines import actions
from casework.deadlines.errors import ClockKept
from casework.deadlines.recounting import start_in
from casework.deadlines.seats import seat_in
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.showing import ViewDep
from casework.tracks.clock_showing import called
from casework.tracks.follows import after, counted
from casework.tracks.pages import REFUSALS, refused_page, track_page
from casework.tracks.queries import track_of
from casework.transactions import attempt
from office.deadlines.seats import seat_of
from office.languages import mark
from office.vocabulary import load

router = desk_router()

NO_DAY: Final = mark(
    "Its last day cannot be told yet: the days off of that year are not in the office's calendar."
)

STANDS: Final = mark(
    "From the same day this was kept before: %(clocks)s. Nothing was kept now: untick it, or write the day "
    "from which this one runs."
)


@router.post("/{language}/cases/{number}/tracks/{track}/clocks")
def keep_clocks(number: str, track: str, view: ViewDep, form: FormDep) -> Response:
    """Keep clocks that follow from the newest step of a track."""
    case = case_for(view.session, view.act, number, to_change=True)
    one = track_of(view.session, case, track)
    possible = {follows.name: follows for follows in after(one.track.kind_code, one.state)}
    checked = Checked(form, view.language)
    chosen = checked.some("follow", tuple(possible))
    on, seat = start_in(checked, "runs_from", view.act.on), seat_in(checked, view.act.city)
    if on is None or not checked.is_right:
        return track_page(view, case, one, checked)
    routes = load("routes", view.act.city)
    dues = []
    for name in chosen:
        found = counted(view.act.city, possible[name], on, seat).due
        if found is None:
            checked.wrong("follow", NO_DAY)
            return track_page(view, case, one, checked)
        dues.append((found, seat_of(routes.item(found.route_code), seat, view.act.city)))
    try:
        with attempt(view.session):
            actions.keep(view.session, case, dues, one.track.id, view.act, version=checked.version())
    except ClockKept as error:
        named = [called(view, row) for row in error.rows]
        checked.wrong("follow", STANDS, clocks=view.language.listed(named))
        return track_page(view, case, one, checked, refused=error.rows)
    except REFUSALS as error:
        return refused_page(view, case, one, checked, error)
    return view.go(f"cases/{case.reference}", "clocks_kept")

"""Places where people are met, on the screen: everybody of the desk sees them, supervisors note them."""

from typing import Final

from starlette.responses import Response

from casework.appointments.queries import rooms, sites
from casework.appointments.rules import LONGEST_LINE, LONGEST_NAME, SITE_KINDS
from casework.appointments.sites import Place, note_site, site_of
from casework.appointments.tables import MeetingSite
from casework.cases.errors import CaseChanged
from casework.doors import FormDep, desk_router, require
from casework.forms import Checked
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.transactions import attempt
from office.languages import mark

router = desk_router()

MOST_ROOMS: Final = 20
TOO_MANY_ROOMS: Final = mark("Write at most twenty rooms, each in a line of its own and short.")


@router.get("/{language}/sites")
def show_sites(view: ViewDep) -> Response:
    """Show every place with its rooms."""
    require(view.act.who, Permission.CASES)
    every = rooms(view.session)
    return view.render(
        "sites.html",
        sites=sites(view.session, only_open=False),
        rooms={
            site.id: [room.name for room, of in every if of.id == site.id]
            for site in sites(view.session, only_open=False)
        },
        kinds={code: view.text(words) for code, words in SITE_KINDS.items()},
        supervises=view.act.who.may(Permission.SUPERVISE),
    )


@router.get("/{language}/sites/{site}")
def show_site(site: str, view: ViewDep) -> Response:
    """Show the form of a place; of the first one, what the city's data says of the office."""
    require(view.act.who, Permission.SUPERVISE)
    return _page(view, site_of(view.session, site))


@router.post("/{language}/sites/{site}")
def note(site: str, view: ViewDep, form: FormDep) -> Response:
    """Keep what is known of a place."""
    require(view.act.who, Permission.SUPERVISE)
    row = site_of(view.session, site)
    checked = Checked(form, view.language)
    named = [line.strip() for line in checked.text("new_rooms", needed=False).splitlines() if line.strip()]
    if len(named) > MOST_ROOMS or any(len(one) > LONGEST_NAME for one in named):
        checked.wrong("new_rooms", TOO_MANY_ROOMS)
    place = Place(
        kind=checked.one("site_kind", tuple(SITE_KINDS)),
        name=checked.text("site_name", most=LONGEST_LINE),
        address=checked.text("site_address", most=LONGEST_LINE),
        at_the_door=checked.text("at_the_door", needed=False, most=LONGEST_LINE),
        step_free=bool(form.one("step_free")),
        languages=checked.some("languages", _spoken(view), needed=False),
        is_shut=bool(form.one("is_shut")),
        rooms=tuple(dict.fromkeys(named)),
    )
    if not checked.is_right:
        return _page(view, row, checked)
    try:
        with attempt(view.session):
            note_site(view.session, row, place, view.act, checked.version())
    except CaseChanged as error:
        return _page(view, row, checked, changed=view.text(error.sentence))
    return view.go("sites", "site_noted")


def _spoken(view: View) -> tuple[str, ...]:
    return view.desk.lists.kept("languages", view.act.on)


def _page(
    view: View, site: MeetingSite | None, checked: Checked | None = None, *, changed: str = ""
) -> Response:
    start: dict[str, list[str]] = {}
    if site is not None:
        start = {
            "site_kind": [site.kind_code],
            "site_name": [site.name],
            "site_address": [site.address],
            "at_the_door": [site.at_the_door],
            "step_free": ["yes"] if site.step_free else [],
            "is_shut": ["yes"] if site.is_shut else [],
            "languages": site.languages.split(),
        }
    elif not sites(view.session, only_open=False):
        start = {"site_kind": ["office"], "site_address": [view.act.city.office.address or ""]}
    return view.render(
        "site.html",
        409 if changed else 422 if checked else 200,
        site=site,
        rooms=[room.name for room, of in rooms(view.session) if site is not None and of.id == site.id],
        kinds=[(code, view.text(words)) for code, words in SITE_KINDS.items()],
        spoken=[(code, view.label("languages", code)) for code in _spoken(view)],
        given=checked.form if checked else start,
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )

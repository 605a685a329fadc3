"""The wall of a case on the screen: its service, the way outside the city, and how it comes down."""

from typing import Final

from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.messages.errors import NobodyReads
from casework.safe_contact.errors import WayNotSafe
from casework.showing import View, ViewDep
from casework.timeline.queries import names_of
from casework.transactions import attempt
from casework.walls.asking import ask, confirmed_in, goes_back, service_choices
from casework.walls.errors import (
    NobodyMayHold,
    NobodyTakesItBack,
    NoWall,
    StillTheCity,
    TwoPeople,
    WallBeyondReach,
    WallChanged,
    WallNotConfirmed,
)
from casework.walls.lowering import agree_down, ask_down, keep_standing, reason_of
from casework.walls.outside import offer, sentence_for, spoken_to
from casework.walls.raising import Confirmed, raise_wall, rise_of
from casework.walls.rules import CAUSES, codes_of
from casework.walls.showing import card_of
from casework.walls.standing import wall_of
from office.languages import mark

router = desk_router()

THE_SERVICE: Final = mark("You say which service of the city it is about")
REFUSALS: Final = (
    NobodyMayHold, NobodyTakesItBack, StillTheCity, TwoPeople, WallBeyondReach, WallChanged, NobodyReads,
    WayNotSafe, ConflictUndecided, AdviserKeepsOut,
)  # fmt: skip


@router.get("/{language}/cases/{number}/wall")
def show_wall(number: str, view: ViewDep) -> Response:
    """Show the wall around a case, on the record."""
    return _page(view, case_for(view.session, view.act, number, to_change=True))


@router.post("/{language}/cases/{number}/wall/service")
def say_service(number: str, view: ViewDep, form: FormDep) -> Response:
    """Say which service of the city the case is about: whoever belongs to it keeps out from now on."""
    case, session, act = case_for(view.session, view.act, number, to_change=True), view.session, view.act
    if wall_of(session, case) is None:
        raise NoWall(case=case.reference)
    if goes_back(form):
        return _page(view, case)
    checked = Checked(form, view.language)
    service = checked.one("wall_service", codes_of(act.city))
    if checked.corrections:
        return _page(view, case, checked, 422)
    try:
        rise = rise_of(session, case, act, service)
        confirmed = confirmed_in(form, view)
        if confirmed is None and rise.stays and rise.keeps(act.who.id):
            confirmed = Confirmed(service)
        with attempt(session):
            raise_wall(session, case, "door", act, confirmed=confirmed)
    except WallNotConfirmed:
        session.refresh(case)
        return ask(view, case, form, "wall/service", service=service, title=view.text(THE_SERVICE))
    except (NobodyMayHold, WallBeyondReach) as error:
        session.refresh(case)
        return _page(view, case, checked, 409, changed=view.text(error.sentence))
    if rise.keeps(act.who.id):
        return view.go(f"cases/{case.reference}/wall", "wall_service")
    return view.go("cases", "wall_risen_away")


@router.post("/{language}/cases/{number}/wall/outside")
def tell_of_outside(number: str, view: ViewDep) -> Response:
    """Tell the person, in their language, to whom they can complain outside the city."""
    case = case_for(view.session, view.act, number, to_change=True)
    try:
        with attempt(view.session):
            offer(view.session, case, view.act)
    except REFUSALS as error:
        view.session.refresh(case)
        return _page(view, case, status=409, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}", "outside_told")


@router.post("/{language}/cases/{number}/wall/down")
def take_down(number: str, view: ViewDep, form: FormDep) -> Response:
    """Ask that the wall be taken down, agree as the second person, or say that it stays."""
    case, session, act = case_for(view.session, view.act, number, to_change=True), view.session, view.act
    if wall_of(session, case) is None:
        raise NoWall(case=case.reference)
    do, checked = form.one("do"), Checked(form, view.language)
    reason = checked.text("wall_reason") if do not in ("agree", "stay") else ""
    if not checked.is_right:
        return _page(view, case, checked, 422)
    here = f"cases/{case.reference}/wall"
    try:
        with attempt(session):
            if do == "agree":
                agree_down(session, case, act)
                return view.go(f"cases/{case.reference}", "wall_down")
            if do == "stay":
                keep_standing(session, case, act)
                return view.go(here, "wall_kept")
            ask_down(session, case, reason, act)
    except REFUSALS as error:
        session.refresh(case)
        return _page(view, case, checked, 409, changed=view.text(error.sentence))
    return view.go(here, "wall_down_asked")


def _page(
    view: View, case: CaseFile, checked: Checked | None = None, status: int = 200, *, changed: str = ""
) -> Response:
    session, act = view.session, view.act
    wall = wall_of(session, case)
    leave_trace(session, case, act)
    if wall is None:
        return view.render("wall.html", case=case, wall=None, given={}, corrections={}, numbers={})
    names = names_of(session, [one for one in (wall.risen_by, wall.was_with, wall.asked_by) if one])
    spoken = spoken_to(case)
    return view.render(
        "wall.html",
        status,
        case=case,
        card=card_of(view, case),
        wall=wall,
        cause=view.text(CAUSES[wall.cause_code]),
        risen_by=names.get(wall.risen_by, "") if wall.risen_by else "",
        was_with=names.get(wall.was_with, "") if wall.was_with else "",
        asked_by=names.get(wall.asked_by, "") if wall.asked_by else "",
        asked_self=wall.asked_by == act.who.id,
        reason=reason_of(session, case, wall, act),
        services=service_choices(view),
        sentence=sentence_for(act.city, spoken),
        sentence_tag=spoken.tag,
        sentence_here=sentence_for(act.city, view.desk.pages.spoken(view.language.tag)),
        can_read=case.reporter_public_key is not None,
        given=checked.form if checked else {"wall_service": [wall.service_code]},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )

"""The week of whoever is signed in: their hours, those that are taken, and opening new ones."""

from datetime import date, timedelta
from typing import Any, Final

from starlette.responses import Response

from casework.appointments import slots
from casework.appointments.actions import Hand
from casework.appointments.errors import HourTaken
from casework.appointments.pages import words
from casework.appointments.queries import booked_between, cases_with_answers, rooms, sites, slots_of
from casework.appointments.rules import LENGTHS, MOST_HOURS_AT_ONCE, SLOT_STATES, clock, minute_in
from casework.appointments.slots import Hours
from casework.appointments.taking import take_answers
from casework.cases.access import case_for
from casework.cases.errors import CaseNotFound
from casework.doors import FormDep, desk_router, require
from casework.forms import Checked
from casework.hearings.queries import between
from casework.hearings.wording import lines_listed
from casework.messages.incoming import UNREADABLE
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.timeline.actions import record
from casework.transactions import attempt
from casework.written import id_in
from office.languages import mark

router = desk_router()

WEEK: Final = 7
AT_A_LOOK: Final = 20
OWN_WAYS: Final = ("place", "phone", "video")
WHICH_DAY: Final = mark("Write on which day.")
NO_CLOCK: Final = mark("Write hour and minutes, as 9:30. Hours begin on a quarter, between 7:00 and 22:00.")
NO_HOUR_FITS: Final = mark("No hour of this length fits between the two times.")
TOO_MANY: Final = mark("These are more than forty hours. Open fewer at once.")
WHERE: Final = mark("Choose the place.")
NOWHERE: Final = mark("On the telephone and by video nobody comes to a place: leave it empty.")
TAKEN: Final = mark("You or the room are needed elsewhere in one of these hours. Nothing was opened.")


@router.get("/{language}/agenda")
def show_agenda(view: ViewDep) -> Response:
    """Show a week of one's own hours, on the record; answers of people are taken over first."""
    require(view.act.who, Permission.CASES)
    for number in cases_with_answers(view.session, view.act, at_most=AT_A_LOOK):
        try:
            with attempt(view.session):
                case = case_for(view.session, view.act, number, to_change=True)
                take_answers(Hand(view.session, case, view.act, view.language))
        except (*UNREADABLE, CaseNotFound):
            continue  # it is marked below, and holds up no other
    return _page(view, first_of(view))


@router.post("/{language}/agenda")
def open_hours(view: ViewDep, form: FormDep) -> Response:
    """Open hours of one's own on a day."""
    require(view.act.who, Permission.CASES)
    checked = Checked(form, view.language)
    way = checked.one("meeting_way", OWN_WAYS)
    hours = asked_hours(checked, view.act.on)
    where = form.one("where")
    places = {f"site_{one.id}": (one.id, None) for one in sites(view.session)}
    chambers = {f"room_{room.id}": (site.id, room.id) for room, site in rooms(view.session)}
    site_id, room_id = {**places, **chambers}.get(where, (None, None))
    if way == "place" and site_id is None:
        checked.wrong("where", WHERE)
    elif way in ("phone", "video") and where:
        checked.wrong("where", NOWHERE)
    if hours is None or not checked.is_right:
        return _page(view, first_of(view), checked)
    try:
        slots.make_slots(view.session, hours, way, view.act, site_id=site_id, room_id=room_id)
    except HourTaken:
        checked.wrong("first", TAKEN)
        return _page(view, first_of(view), checked)
    return view.go(f"agenda?from={hours.on.isoformat()}", "hours_opened")


@router.post("/{language}/agenda/{slot}/giving-up")
def give_up(slot: str, view: ViewDep, form: FormDep) -> Response:
    """Take back a free hour of one's own."""
    require(view.act.who, Permission.CASES)
    own = id_in(slot)
    try:
        with attempt(view.session):
            if own is None:
                raise HourTaken
            slots.give_up(view.session, own, view.act)
    except HourTaken as error:
        return _page(view, first_of(view), changed=view.text(error.sentence))
    return view.go("agenda", "hour_given_up")


def asked_hours(checked: Checked, today: date) -> Hours | None:
    """Return the hours a form asks for; what is not right is noted in `checked`."""
    on = checked.day_ahead("hours_on", today)
    if on is None:
        checked.wrong("hours_on", WHICH_DAY)
    found: list[int] = []
    for name in ("first", "until"):
        minute = minute_in(checked.form.one(name))
        if minute is None:
            checked.wrong(name, NO_CLOCK)
        else:
            found.append(minute)
    length = checked.one("length", tuple(str(one) for one in LENGTHS))
    if on is None or len(found) < len(("first", "until")) or "length" in checked.corrections:
        return None
    hours = Hours(on, found[0], found[1], int(length))
    if not hours.starts:
        checked.wrong("until", NO_HOUR_FITS)
    elif len(hours.starts) > MOST_HOURS_AT_ONCE:
        checked.wrong("until", TOO_MANY)
    return hours


def lengths(view: View) -> list[tuple[str, str]]:
    """Return how long an hour may last, in words."""
    return [(str(one), view.language.minutes(one)) for one in LENGTHS]


def first_of(view: View) -> date:
    """Return the Monday of the week that the address asks for; of this one if it asks for none."""
    try:
        day = date.fromisoformat(view.request.query_params.get("from", ""))
    except ValueError:
        day = view.act.on
    if abs((day - view.act.on).days) > 2 * 366:
        day = view.act.on
    return day - timedelta(days=day.weekday())


def _page(view: View, first: date, checked: Checked | None = None, *, changed: str = "") -> Response:
    session, act = view.session, view.act
    last = first + timedelta(days=WEEK - 1)
    own = slots_of(session, act.who.id, first, last)
    booked, damaged = booked_between(session, act, first, last)
    shown_ids = {slot.id for slot in own}
    record(session, "list_read", at=act.at, by=act.who.id, list="agenda", rows=len(own))
    places: list[tuple[str, str]] = [(f"site_{one.id}", one.name) for one in sites(session)]
    places += [(f"room_{room.id}", f"{site.name} · {room.name}") for room, site in rooms(session)]
    days: list[tuple[date, list[Any]]] = []
    for slot in own:
        if not days or days[-1][0] != slot.on_day:
            days.append((slot.on_day, []))
        days[-1][1].append((slot, clock(slot.minute), booked.get(slot.id)))
    return view.render(
        "agenda.html",
        409 if changed else 422 if checked else 200,
        days=days,
        elsewhere=[pair for own_id, pair in booked.items() if own_id not in shown_ids],
        damaged=damaged,
        hearings=lines_listed(view, between(session, act.who, first, last)),
        first=first,
        last=last,
        before=first - timedelta(days=WEEK),
        after=first + timedelta(days=WEEK),
        places=sorted(places, key=lambda one: one[1]),
        slot_states={code: view.text(sentence) for code, sentence in SLOT_STATES.items()},
        own_ways=[(code, words(view)["ways"][code]) for code in OWN_WAYS],
        lengths=lengths(view),
        given=checked.form if checked else {"length": ["45"], "meeting_way": ["place"]},
        corrections=checked.corrections if checked else {},
        changed=changed,
        supervises=act.who.may(Permission.SUPERVISE),
        **words(view),
    )

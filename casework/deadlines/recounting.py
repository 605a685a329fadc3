"""What the form that counts a clock anew asks for, from its fields to a counting."""

from datetime import date, timedelta
from typing import Final

from casework.deadlines.actions import Counting
from casework.deadlines.counting import EVIDENCE, OTHER, Stop, stop_for
from casework.deadlines.errors import StopsNothing
from casework.deadlines.periods import LAST_DAY_TOLD, routes_for
from casework.deadlines.queries import stops_of
from casework.deadlines.rules import as_limit
from casework.deadlines.seats import seat_in, shown_seat
from casework.deadlines.tables import Deadline
from casework.forms import MOST_DAYS_BACK, Checked
from casework.showing import View
from office.deadlines.calendar import CalendarYearMissing
from office.deadlines.events import LimitIsNotStopped
from office.deadlines.limits import limits_of
from office.deadlines.rules import LimitIsNotInterrupted, Occurrence
from office.deadlines.seats import Seat, days_at, seat_of
from office.languages import mark
from office.vocabulary import StopEvent

NOT_YET: Final = mark("This day is still to come.")
LONG_AGO: Final = mark("This day is more than ten years ago. Correct it, or say below that it is right.")
IF_RIGHT: Final = mark("Tick this if the day is right.")
TOO_FAR_AHEAD: Final = mark("This day is more than half a year away. Note the end when it is nearer.")
OLD_DAYS: Final = "old_days"
"""The field that says that a day of long ago is right."""
LONGEST_PLANNED: Final = timedelta(days=183)
"""How far ahead the end of a suspension may lie: a year written wrongly is always further off."""
PLAIN: Final = "-"
"""How a form names the classification that has no name, as that of a request among those of appeals."""
ENDS_BEFORE: Final = mark("The last day is before the first.")


def causes_of(view: View, row: Deadline) -> list[str]:
    """Return the events that may stop the clock of a row as the list says, and what it does not know."""
    if row.start_code == LAST_DAY_TOLD:  # it moves for nothing
        return []
    routes = routes_for(row, view.act.city)
    limits = routes.item(row.route_code).deadlines if row.route_code in routes else ()
    named = [stop.event for limit in limits for stop in limit.stops]
    return [*dict.fromkeys(named), OTHER]


def start_in(
    checked: Checked, name: str, today: date, *, needed: bool = True, kept: date | None = None
) -> date | None:
    """Return a day from which a limit runs: no day to come, and one of long ago only if the form says so.

    The day that is `kept` may be to come: it was reckoned from one that is past, and nobody typed it.
    """
    day = checked.day(name, needed=needed)
    if day is None:
        return None
    if day > today and day != kept:
        checked.wrong(name, NOT_YET)
        return None
    if (today - day).days > MOST_DAYS_BACK and not checked.form.one(OLD_DAYS):
        checked.wrong(name, LONG_AGO)
        checked.wrong(OLD_DAYS, IF_RIGHT)
        return None
    return day


def event_in(checked: Checked, today: date, row: Deadline | None = None) -> Occurrence | None:
    """Return the day or span of the event as the fields `event` and `event_until` tell it.

    Of a `row` that is counted anew the days it was counted from may stay, also if they are to come.
    """
    first = start_in(checked, "event", today, kept=row.counted_from if row else None)
    until = start_in(checked, "event_until", today, needed=False, kept=row.counted_until if row else None)
    if first is None or "event_until" in checked.corrections:
        return None
    if until is not None and until < first:
        checked.wrong("event_until", ENDS_BEFORE)
        return None
    return Occurrence(first, until or first)


def asked_counting(view: View, row: Deadline, checked: Checked) -> Counting | None:
    """Return how the clock is to be counted: as before, but for what the form changes."""
    event = event_in(checked, view.act.on, row)
    label = row.label
    if checked.form.one("label"):
        route = routes_for(row, view.act.city).item(row.route_code)
        limits = limits_of(route, event.earliest if event else view.act.on)
        label = checked.one("label", [limit.label or PLAIN for limit in limits])
        label = "" if label == PLAIN else label
    seat = seat_in(checked, view.act.city) if checked.form.one("seat") else shown_seat(row)
    if event is None or "seat" in checked.corrections:
        return None
    stops = stops_of(view.session, [row])[row.id]
    if checked.form.one("stop"):
        new = _stop(view, row, label, event, seat, checked)
        if new is None:
            return None
        # The same again, with how it ended, takes the place of what was recorded while it went on.
        stops = (*(one for one in stops if not _is_same(one, new)), new)
    return Counting(label, event, stops, seat)


def _is_same(one: Stop, other: Stop) -> bool:
    return (one.event.code, one.event.begun_on) == (other.event.code, other.event.begun_on)


def _stop(
    view: View, row: Deadline, label: str, event: Occurrence, seat: Seat, checked: Checked
) -> Stop | None:
    cause = checked.one("stop", causes_of(view, row))
    begun = checked.day("stop_first")
    ended = checked.day("stop_last", needed=cause == OTHER)
    answered = checked.day("stop_answered", needed=False)
    if begun is None or not checked.is_right:
        return None
    for name, day in (("stop_first", begun), ("stop_last", ended), ("stop_answered", answered)):
        if day is not None and day < begun:
            checked.wrong(name, ENDS_BEFORE)
        elif day is not None and day > view.act.on:  # what is planned stops nothing yet
            is_set_end = cause == OTHER and name == "stop_last"  # a law may say until when it suspends
            if not is_set_end:
                checked.wrong(name, NOT_YET)
            elif day - view.act.on > LONGEST_PLANNED:
                checked.wrong(name, TOO_FAR_AHEAD)
    if not checked.is_right:
        return None
    told = StopEvent(cause, begun, ended, answered, EVIDENCE)
    routes = routes_for(row, view.act.city)
    limits = limits_of(routes.item(row.route_code), event.earliest) if row.route_code in routes else ()
    limit = next((one for one in limits if one.label == label), None)
    try:
        days = days_at(view.act.city, seat)
        if row.route_code in routes:
            days = days_at(view.act.city, seat_of(routes.item(row.route_code), seat, view.act.city))
        return stop_for(limit or as_limit(row), told, days)
    except (LimitIsNotStopped, LimitIsNotInterrupted, StopsNothing, CalendarYearMissing) as error:
        checked.wrong("stop", error.sentence)
        return None

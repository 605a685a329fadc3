"""What the form that counts a clock anew asks for, from its fields to a counting."""

from typing import Final

from casework.deadlines.actions import Counting
from casework.deadlines.counting import EVIDENCE, OTHER, Stop, stop_for
from casework.deadlines.errors import StopsNothing
from casework.deadlines.queries import stops_of
from casework.deadlines.rules import as_limit
from casework.deadlines.tables import Deadline
from casework.forms import Checked
from casework.showing import View
from office.deadlines.calendar import CalendarYearMissing, worked_days
from office.deadlines.events import LimitIsNotStopped
from office.deadlines.limits import limits_of
from office.deadlines.rules import LimitIsNotInterrupted, Occurrence
from office.languages import mark
from office.vocabulary import StopEvent, load

NOT_YET: Final = mark("This day is still to come.")
ENDS_BEFORE: Final = mark("The last day is before the first.")


def causes_of(view: View, row: Deadline) -> list[str]:
    """Return the events that may stop the clock of a row as the list says, and what it does not know."""
    routes = load("routes", view.act.city)
    limits = routes.item(row.route_code).deadlines if row.route_code in routes else ()
    named = [stop.event for limit in limits for stop in limit.stops]
    return [*dict.fromkeys(named), OTHER]


def event_in(checked: Checked) -> Occurrence | None:
    """Return the day or span of the event as the fields `event` and `event_until` tell it."""
    first, until = checked.day("event"), checked.day("event_until", needed=False)
    if first is None:
        return None
    if until is not None and until < first:
        checked.wrong("event_until", ENDS_BEFORE)
        return None
    return Occurrence(first, until or first)


def asked_counting(view: View, row: Deadline, checked: Checked) -> Counting | None:
    """Return how the clock is to be counted: as before, but for what the form changes."""
    event = event_in(checked)
    label = row.label
    if checked.form.one("label"):
        route = load("routes", view.act.city).item(row.route_code)
        known = [limit.label for limit in limits_of(route, event.earliest if event else view.act.on)]
        label = checked.one("label", known)
    if event is None:
        return None
    stops = stops_of(view.session, [row])[row.id]
    if checked.form.one("stop"):
        new = _stop(view, row, label, event, checked)
        if new is None:
            return None
        # The same again, with how it ended, takes the place of what was recorded while it went on.
        stops = (*(one for one in stops if not _is_same(one, new)), new)
    return Counting(label, event, stops)


def _is_same(one: Stop, other: Stop) -> bool:
    return (one.event.code, one.event.begun_on) == (other.event.code, other.event.begun_on)


def _stop(view: View, row: Deadline, label: str, event: Occurrence, checked: Checked) -> Stop | None:
    cause = checked.one("stop", causes_of(view, row))
    begun = checked.day("stop_first")
    ended = checked.day("stop_last", needed=cause == OTHER)
    answered = checked.day("stop_answered", needed=False)
    if begun is None or not checked.is_right:
        return None
    for name, day in (("stop_first", begun), ("stop_last", ended), ("stop_answered", answered)):
        if day is not None and day < begun:
            checked.wrong(name, ENDS_BEFORE)
        elif day is not None and day > view.act.on and cause != OTHER:  # what is planned stops nothing yet
            checked.wrong(name, NOT_YET)
    if not checked.is_right:
        return None
    told = StopEvent(cause, begun, ended, answered, EVIDENCE)
    routes = load("routes", view.act.city)
    limits = limits_of(routes.item(row.route_code), event.earliest) if row.route_code in routes else ()
    limit = next((one for one in limits if one.label == label), None)
    try:
        return stop_for(limit or as_limit(row), told, worked_days(view.act.city))
    except (LimitIsNotStopped, LimitIsNotInterrupted, StopsNothing, CalendarYearMissing) as error:
        checked.wrong("stop", error.sentence)
        return None

"""What the form that counts a clock anew asks for, from its fields to a counting."""

from typing import Final

from sqlmodel import Session, col, select

from casework.deadlines.actions import Counting
from casework.deadlines.rules import CAUSES, Stop, conciliation
from casework.deadlines.tables import Deadline, DeadlineStop
from casework.forms import NO_SUCH_DAY, Checked
from casework.showing import View
from office.deadlines.calendar import CalendarYearMissing, worked_days
from office.deadlines.limits import limits_of
from office.deadlines.rules import Occurrence
from office.languages import mark
from office.vocabulary import load

ENDS_BEFORE: Final = mark("The last day is before the first.")


def stops_of(session: Session, row: Deadline) -> tuple[Stop, ...]:
    """Return what a counting took into account, the first first."""
    rows = session.exec(
        select(DeadlineStop)
        .where(DeadlineStop.deadline_id == row.id)
        .order_by(col(DeadlineStop.first_on), col(DeadlineStop.id))
    )
    return tuple(Stop(one.cause_code, one.first_on, one.last_on) for one in rows)


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
    stops = stops_of(view.session, row)
    if checked.form.one("stop"):
        new = _stop(view, checked)
        if new is None:
            return None
        stops = (*stops, new)
    return Counting(label, event, stops) if event else None


def _stop(view: View, checked: Checked) -> Stop | None:
    cause = checked.one("stop", tuple(CAUSES))
    first, last = checked.day("stop_first"), checked.day("stop_last", needed=False)
    if first is None or cause not in CAUSES:
        return None
    if last is not None and last < first:
        checked.wrong("stop_last", ENDS_BEFORE)
        return None
    if cause == "conciliation":
        try:
            return conciliation(first, last, worked_days(view.act.city))
        except CalendarYearMissing as error:
            checked.wrong("stop_first", error.sentence)
            return None
    if CAUSES[cause] == "interruption":
        return Stop(cause, first)
    if last is None:
        checked.wrong("stop_last", NO_SUCH_DAY)
        return None
    return Stop(cause, first, last)

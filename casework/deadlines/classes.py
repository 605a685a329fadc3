"""The classifications a clock may have, as minor, serious or very serious: each with its own last day."""

from casework.deadlines.counting import counted
from casework.deadlines.periods import routes_for
from casework.deadlines.queries import Clock
from casework.deadlines.seats import days_of_row
from office.deadlines.calendar import CalendarYearMissing
from office.deadlines.limits import DueDate
from office.deadlines.rules import Occurrence
from office.vocabulary import City, CodeUnknown


def classified(clock: Clock, city: City) -> tuple[DueDate, ...]:
    """Return the last days of a clock by classification, the earliest first, as the list has them today.

    Limits of the same route that run from another event are other clocks. There is none if the list has the
    route no more, or the days off of a year are not known.
    """
    row = clock.row
    event = Occurrence(row.counted_from, row.counted_until)
    try:
        found = counted(
            routes_for(row, city), row.route_code, event, days_of_row(city, row), clock.stops, clock.today
        )
    except (CodeUnknown, CalendarYearMissing):
        return ()
    return tuple(one for one in found if one.limit.start == row.start_code)

"""Days worked in places, for tests that count without a seat."""

from office.deadlines.calendar import WorkedDays
from office.vocabulary import City


def worked_days(*cities: City) -> WorkedDays:
    """The days worked in all of these cities."""
    return WorkedDays(tuple(city.calendar for city in cities))

"""Why a wall stands, who works for a service of the city, and what a name tells of one. Pure."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from casework.conflicts.names import folded_words
from office.languages import mark
from office.vocabulary import City
from office.vocabulary.city import CityService

AT_THE_DOOR: Final = "door"
BY_CODES: Final = "codes"
BY_PEOPLE: Final = "people"
CAUSES: Final = {
    AT_THE_DOOR: mark("The report came against the city"),
    BY_CODES: mark("The codes say that the city is the respondent"),
    BY_PEOPLE: mark("A service of the city was named as respondent"),
}

UNNAMED: Final = "other"
NONE: Final = "none"
UNNAMED_WORDS: Final = mark("A service of the city, and it is not said which")
NONE_WORDS: Final = mark("No, this is nobody of the city")
"""What the page of people offers beside the city's own services."""

WORKS: Final = {
    "works": mark("Works for it, or is lent by it"),
    "manages": mark("Manages it, or answers for it politically"),
    "close": mark("Depends on it in another way"),
}
KEPT_YEARS: Final = 2
"""How long somebody who worked for a service keeps out afterwards: Law 40/2015 art. 23.2 e."""


def codes_of(city: City) -> tuple[str, ...]:
    """Return the codes by which a service can be said, `UNNAMED` last."""
    return (*(service.code for service in city.services), UNNAMED)


def service_of_respondent(respondent_code: str, city: City) -> str:
    """Return the service that a kind of respondent says by itself; empty where it says none."""
    return next(
        (one.code for one in city.services if one.respondent and one.respondent == respondent_code), ""
    )


def touches(one: str, other: str, services: Iterable[CityService]) -> bool:
    """Say whether people of one service keep out of a case against another.

    They do if it is the same one, or one of the two stands under the other: those above answer for it, those
    below are answered for.
    """
    above = {service.code: service.part_of for service in services}
    return one == other or other in _over(one, above) or one in _over(other, above)


def counts(ended_on: date | None, today: date) -> bool:
    """Say whether what somebody declared still keeps them out."""
    return ended_on is None or today <= _years_after(ended_on, KEPT_YEARS)


def named_service(names: Iterable[str], city: City) -> str | None:
    """Return the service of the city that a name tells, `UNNAMED` for the council itself, None for nobody.

    Every word of a service's name must stand in the written one, in order and side by side.
    """
    written = [folded_words(name) for name in names]
    for service in city.services:
        if _is_in(written, (*service.label.values(), *service.names)):
            return service.code
    return UNNAMED if _is_in(written, city.controller.name.values()) else None


def _is_in(written: Iterable[tuple[str, ...]], names: Iterable[str]) -> bool:
    known = [words for name in names if (words := folded_words(name))]
    return any(
        one[start : start + len(words)] == words
        for one in written
        for words in known
        for start in range(len(one) - len(words) + 1)
    )


def _over(code: str, above: dict[str, str]) -> set[str]:
    found: set[str] = set()
    while (code := above.get(code, "")) and code not in found:
        found.add(code)
    return found


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)

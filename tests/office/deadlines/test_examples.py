"""The examples counted by hand in the list of routes: the program and the naive counting are held to them."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from office.deadlines.calendar import legal_days_off
from office.deadlines.events import reckoned
from office.deadlines.limits import Recorded, due_date
from office.deadlines.rules import on_the_day
from office.deadlines.seats import Seat, days_at
from office.vocabulary import Item, RouteDeadline, WorkedExample, load, load_city
from tests.office.deadlines.day_by_day import last_day, last_day_told, start_after

ROUTES = load("routes")
VALENCIA = load_city("valencia")
Counted = tuple[Item, RouteDeadline, WorkedExample]


OFF_IN_SPAIN = {(1, 1), (1, 6), (5, 1), (8, 15), (10, 12), (11, 1), (12, 6), (12, 8), (12, 25)}
"""Every year, wherever one is; a Sunday among them is none of a region's days that moved."""
GOOD_FRIDAYS = {date(2024, 3, 29), date(2025, 4, 18), date(2026, 4, 3), date(2027, 3, 26)}
OFF_IN_MADRID = {
    *(date(2025, month, day) for month, day in ((4, 17), (5, 2), (5, 15), (7, 25), (11, 10))),
    *(date(2026, month, day) for month, day in ((4, 2), (5, 15), (11, 2), (11, 9), (12, 7))),
    *(date(2027, month, day) for month, day in ((3, 25), (11, 9))),
}
"""Working days off in the region and the city, as their notices and the press tell them."""


def off_at(seat: str, *, with_home: bool) -> frozenset[date]:
    own = {day for year in range(2024, 2028) for day in legal_days_off(VALENCIA.calendar, year)}
    if seat == "own":
        return frozenset(own)
    spain = {date(year, *day) for year in range(2024, 2028) for day in OFF_IN_SPAIN} | GOOD_FRIDAYS
    there = spain | (OFF_IN_MADRID if seat == "madrid" else set())
    return frozenset(there | own if with_home else there)


def all_examples() -> Iterator[Counted]:
    for route in ROUTES:
        for limit in route.deadlines:
            for done in limit.examples:
                yield route, limit, done


COUNTED = [
    pytest.param(*found, id=f"{found[0].code}-{found[1].label or found[1].count}-{found[2].start}")
    for found in all_examples()
]


@pytest.mark.parametrize(("route", "limit", "done"), COUNTED)
def test_the_program_counts_as_it_was_counted_by_hand(
    route: Item, limit: RouteDeadline, done: WorkedExample
) -> None:
    event = on_the_day(done.start)
    for way in limit.reckoned:
        event = reckoned(way, event) if way.event == done.reckoned_from else event
    recorded = Recorded(done.stops, dict(done.later), done.as_of)
    days = days_at(VALENCIA, Seat(done.seat, done.with_home))
    assert due_date(ROUTES, route, limit, event, days, recorded=recorded).on == done.due, done.counted


@pytest.mark.parametrize(("route", "limit", "done"), COUNTED)
def test_the_naive_counting_agrees_with_the_hand_too(
    route: Item, limit: RouteDeadline, done: WorkedExample
) -> None:
    start = done.start
    for way in limit.reckoned:
        start = start_after(way, start) if way.event == done.reckoned_from else start
    off = off_at(done.seat, with_home=done.with_home)
    naive = last_day_told(limit, start, off, dict(done.later), done.stops, done.as_of)
    assert naive == done.due, route.code
    assert not done.is_plain or last_day(limit, start, off, frozenset()) == done.due


def test_every_limit_that_ends_was_counted_by_hand_at_least_once() -> None:
    ending = [(route.code, limit) for route in ROUTES for limit in route.deadlines if limit.unit != "none"]
    assert len(ending) > 65
    assert [(code, limit.label) for code, limit in ending if not limit.examples] == []


def test_every_event_that_moves_a_limit_was_counted_by_hand_at_least_once() -> None:
    named = {
        *(stop.event for route in ROUTES for limit in route.deadlines for stop in limit.stops),
        *(later.event for route in ROUTES for limit in route.deadlines for later in limit.later_starts),
        *(way.event for route in ROUTES for limit in route.deadlines for way in limit.reckoned),
    }
    counted: set[str] = set()
    for _, _, done in all_examples():
        counted |= {*(one.code for one in done.stops), *dict(done.later), done.reckoned_from} - {""}
    assert counted == named


def test_every_counting_by_hand_says_how_and_no_two_are_the_same() -> None:
    told = list(all_examples())
    assert len(told) >= 60
    assert [done.counted for _, _, done in told if not re.search(r"\d", done.counted)] == []
    assert len({(route.code, limit.label, done) for route, limit, done in told}) == len(told)


SEEN = {
    "a day at the end of a month that the next has not": lambda start, due: start.day > 28 and due.day < 29,
    "a leap day": lambda start, due: (due.month, due.day) == (2, 29) or (start.month, start.day) == (2, 29),
    "August": lambda start, due: start.month == 8 or due.month == 8,
    "Christmas": lambda start, due: start.month == 12 and due.month == 1,
    "a Sunday that is not moved": lambda start, due: due.isoweekday() == 7,
    "the turn of a year": lambda start, due: due.year > start.year,
}


@pytest.mark.parametrize("what", SEEN)
def test_the_countings_by_hand_meet_the_days_on_which_mistakes_are_made(what: str) -> None:
    assert any(SEEN[what](done.start, done.due) for _, _, done in all_examples())


def test_some_counting_by_hand_crosses_easter_and_some_rolls_over_it() -> None:
    easter = date(2026, 4, 5)
    assert any(done.start < easter < done.due for _, _, done in all_examples())
    assert any(done.due == date(2026, 4, 7) for _, _, done in all_examples()), "Easter Monday is 6 April 2026"

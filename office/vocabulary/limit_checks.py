"""Whether the limits of a route can be counted: what a lawyer may have mistyped."""

from collections.abc import Iterator, Mapping
from typing import Final

from office.vocabulary.findings import Finding, error
from office.vocabulary.items import Item, Vocabulary
from office.vocabulary.route_limits import LimitStop, ReckonedStart, RouteDeadline
from office.vocabulary.shapes import (
    LIMIT_KINDS,
    PAUSES,
    RECKONED_UNITS,
    RESTARTS,
    STOP_EFFECTS,
    STOP_UNITS,
    UNANSWERED,
    UNITS,
)

EVENTS: Final = "limit_events"


def check_deadlines(name: str, item: Item, lists: Mapping[str, Vocabulary]) -> Iterator[Finding]:
    """Yield everything found in the limits of one route."""
    for limit in item.deadlines:
        yield from _check_length(name, item, limit)
        for stop in limit.stops:
            yield from _check_stop(name, item, limit, stop)
        for way in limit.reckoned:
            yield from _check_reckoned(name, item, way)
        yield from _check_examples(name, item, limit)
        if EVENTS in lists:
            for code in _events_of(limit):
                if code not in lists[EVENTS]:
                    yield error(name, "reference_unknown", f"{item.code}: {EVENTS} has no code {code}")


def _check_length(name: str, item: Item, limit: RouteDeadline) -> Iterator[Finding]:
    if limit.unit not in UNITS or limit.kind not in LIMIT_KINDS:
        yield error(name, "limit", f"{item.code} has a limit of an unknown unit or kind")
    if limit.august not in PAUSES or limit.dec24_jan6 not in PAUSES:
        yield error(name, "limit", f"{item.code} does not say whether August and Christmas count")
    endless = limit.unit == "none"
    if endless != (limit.count == 0) or endless != (limit.kind == "no_deadline"):
        yield error(name, "limit", f"{item.code} has a limit without a length, or a length without one")
    if limit.valid_from and limit.valid_until and limit.valid_until < limit.valid_from:
        yield error(name, "validity", f"a limit of {item.code} ends before it begins")
    if limit.unit in ("month", "year") and limit.dec24_jan6 == "excluded":
        # No law says how months date to date leave out a fortnight, so nobody may count them so.
        yield error(name, "limit", f"{item.code} leaves 24 December to 6 January out of whole months")


def _check_stop(name: str, item: Item, limit: RouteDeadline, stop: LimitStop) -> Iterator[Finding]:
    what = f"{item.code}: what {stop.event} does"
    if stop.effect not in STOP_EFFECTS or stop.unanswered not in UNANSWERED or stop.anew_from not in RESTARTS:
        yield error(name, "stop", f"{what} is not an effect the office knows")
    if "interrupts" in (stop.effect, stop.unanswered) and limit.kind != "prescription":
        yield error(name, "stop", f"{what} would interrupt a limit that only a suspension stops")
    if stop.unit not in STOP_UNITS or (stop.unit == "none") != (stop.count == 0):
        yield error(name, "stop", f"{what} has a length without a unit, or a unit without one")
    if stop.unanswered and not stop.count:
        yield error(name, "stop", f"{what} waits for an answer and does not say how long")
    if not stop.article.strip():
        yield error(name, "stop", f"{what} rests on no article")


def _check_reckoned(name: str, item: Item, way: ReckonedStart) -> Iterator[Finding]:
    if way.unit not in RECKONED_UNITS or way.count < 1:
        yield error(name, "limit", f"{item.code}: the wait after {way.event} cannot be counted")


def _check_examples(name: str, item: Item, limit: RouteDeadline) -> Iterator[Finding]:
    known = {*(one.event for one in limit.stops), *(one.event for one in limit.later_starts)}
    ways = {"", *(one.event for one in limit.reckoned)}
    for example in limit.examples:
        if example.due < example.start or not example.counted.strip():
            yield error(name, "example", f"{item.code} has an example that cannot be, or says nothing")
        told = {*(one.code for one in example.stops), *dict(example.later)}
        if not told <= known or example.reckoned_from not in ways:
            yield error(name, "example", f"{item.code} has an example with an event its limit does not name")


def _events_of(limit: RouteDeadline) -> Iterator[str]:
    if limit.unit != "none":
        yield limit.start
    yield from (stop.event for stop in limit.stops)
    yield from (later.event for later in limit.later_starts)
    yield from (way.event for way in limit.reckoned)

"""A second counting of legal time, with a finger on a wall calendar: slow, and plain to see.

It shares no line with `office.deadlines`. The property tests hold the two against each other.
"""

from collections.abc import Iterable, Mapping, Set
from datetime import date, timedelta

from office.vocabulary import LimitStop, ReckonedStart, RouteDeadline, StopEvent

ONE = timedelta(days=1)
CHRISTMAS = {(12, day) for day in range(24, 32)} | {(1, day) for day in range(1, 7)}


def is_recess(limit: RouteDeadline, day: date) -> bool:
    if limit.august == "excluded" and day.month == 8:
        return True
    return limit.dec24_jan6 == "excluded" and (day.month, day.day) in CHRISTMAS


def last_day(limit: RouteDeadline, start: date, off: Set[date], stopped: Set[date]) -> date:
    """The last day to act; `off` are holidays, `stopped` the days of a suspension."""
    if limit.unit in ("month", "year"):
        day = months_by_walking(limit, start)
        wait = sum(1 for one in stopped if start < one <= day and not is_recess(limit, one))
        # Days that are added may be stopped or in a recess themselves, so each is walked.
        while wait:
            day += ONE
            if day not in stopped and not is_recess(limit, day):
                wait -= 1
    else:
        day = days_by_walking(limit, start, off, stopped)
    if limit.roll_if_nonworking:
        while day.isoweekday() > 5 or day in off or day in stopped or is_recess(limit, day):
            day += ONE
    return day


def days_by_walking(limit: RouteDeadline, start: date, off: Set[date], stopped: Set[date]) -> date:
    crossed: list[date] = []
    day = start if limit.counts_start_day else start + ONE
    while True:
        is_free = limit.unit != "natural_day" and (day.isoweekday() in (6, 7) or day in off)
        if not (is_free or day in stopped or is_recess(limit, day)):
            crossed.append(day)
        if len(crossed) == limit.count:
            return day
        day += ONE


def months_by_walking(limit: RouteDeadline, start: date) -> date:
    months = limit.count * (12 if limit.unit == "year" else 1)
    skips_august = limit.august == "excluded"
    number = 31 if skips_august and start.month == 8 else start.day
    full = 0
    day = start
    while full < months:
        day += ONE
        if skips_august and day.month == 8:
            continue
        if day.day == number or ((day + ONE).day == 1 and number > day.day):
            full += 1
    if limit.counts_start_day and not skips_august and day.day == number:
        return day - ONE
    return day


def last_day_told(
    limit: RouteDeadline,
    start: date,
    off: Set[date],
    later: Mapping[str, date],
    stops: Iterable[StopEvent],
    as_of: date | None,
) -> date:
    """The last day to act after all that was recorded, in the order in which it happened."""
    for one in limit.later_starts:
        while one.event in later and start < later[one.event]:
            start += ONE
    still: set[date] = set()
    for told in sorted(stops, key=lambda one: one.begun_on):
        rules = [one for one in limit.stops if one.event == told.code]
        if not rules or (rules[0].valid_from is not None and told.begun_on < rules[0].valid_from):
            continue
        if told.begun_on < start or told.begun_on > last_day(limit, start, off, still):
            continue
        effect, lasted = lasting(limit, rules[0], told, off, as_of)
        if effect == "interrupts":
            start, still = told.begun_on if rules[0].anew_from == "begun" else lasted[-1], set()
        elif effect == "suspends":
            still |= set(lasted[1:])
    return last_day(limit, start, off, still)


def lasting(
    limit: RouteDeadline, rule: LimitStop, told: StopEvent, off: Set[date], as_of: date | None
) -> tuple[str, list[date]]:
    """What an event does, and the days it lasts: the day it began first."""
    patience = days_of_patience(limit, rule, told.begun_on, off)
    is_answered = bool(rule.unanswered) and told.answered_on in patience
    lasted = [told.begun_on]
    while lasted[-1] != told.ended_on:
        if told.ended_on is None and (as_of is None or lasted[-1] >= as_of):
            break
        if patience and not is_answered and lasted[-1] == patience[-1]:
            break
        lasted.append(lasted[-1] + ONE)
    return rule.effect if is_answered or not rule.unanswered else rule.unanswered, lasted


def days_of_patience(limit: RouteDeadline, rule: LimitStop, begun: date, off: Set[date]) -> list[date]:
    """The days of the longest time an event may last, the day it began first; none if it has no end."""
    if not rule.count:
        return []
    walked, full, day = [begun], 0, begun
    while full < rule.count:
        day += ONE
        walked.append(day)
        if rule.unit == "natural_day":
            full += 1
        elif rule.unit == "month":
            full += day.day == begun.day or ((day + ONE).day == 1 and begun.day > day.day)
        elif day.isoweekday() < 6 and day not in off and not is_recess(limit, day):
            full += 1
    return walked


def start_after(way: ReckonedStart, day: date) -> date:
    """The start that follows from an earlier event."""
    number, left = day.day, way.count
    while left:
        day += ONE
        if way.unit == "natural_day" or day.day == number or ((day + ONE).day == 1 and number > day.day):
            left -= 1
    return day

"""Which short limits may be running for what was told, and whether somebody should look soon.

Which answers suggest which limit is data (the list of warnings); how a limit is counted is the kernel's.
Here the two meet with the day that was told, for the person at the door and for whoever reads the report at
the desk. From the door nothing of it leaves but in the person's own page, their sealed draft and the answer
to a program: no log and no address holds a day.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from office.deadlines.calendar import CalendarYearMissing, WorkedDays
from office.deadlines.limits import DueDate, due_dates, law_of, limits_of, longest
from office.deadlines.rules import Occurrence, in_the_month, on_the_day, working_days_left
from office.deadlines.seats import Seat, days_at
from office.handover.report import ReportStory, When
from office.vocabulary import City, Item, RouteDeadline, Vocabulary, load

State = Literal["running", "last_day", "may_have_passed", "day_unknown", "passed"]
"""What is known of a limit today; `may_have_passed` when only the month is known and it decides."""

Codes = Mapping[str, Collection[str]]
"""What was told, by the name of the list: `acts`, `areas`, `grounds`, `respondents`."""

BEHIND: Final = {"day_unknown": 1, "passed": 2}
"""States told after the others."""
COUNTED_WITHIN: Final = timedelta(days=62)
"""How near a last day must be for its working days to be counted out: further off they help nobody."""
MARGIN: Final = timedelta(days=60)


class Warned(BaseModel):
    """A limit that may be running, as it stood on the day it was told.

    Attributes:
        code: the warning; its words are in the list of warnings.
        count: how many `unit`s the limit has, for when no day is known.
        until: last day if the event was as early as it can have been; None when the day is not known.
        latest_until: last day if it was as late as it can have been.
        working_days_left: days on which one can still act up to `until`, if it is near.
        is_confirmed: a named lawyer stands for the day; at the door it is never so.
    """

    model_config = ConfigDict(frozen=True)

    code: str
    state: State
    route: str
    law: tuple[str, ...]
    version: str
    count: int
    unit: str
    until: date | None = None
    latest_until: date | None = None
    working_days_left: int | None = None
    is_confirmed: bool = False


class Guidance(BaseModel):
    """The limits that may be running, the nearest first, those passed last.

    Attributes:
        counted_from: the earliest day the event can have been; None when it is not known.
        is_day_exact: the person told the very day and not the month.
        is_going_on: the person says it still happens, so a limit may begin later.
        is_soon: so few working days are left that somebody should look soon.
    """

    model_config = ConfigDict(frozen=True)

    warned: tuple[Warned, ...] = ()
    counted_from: date | None = None
    is_day_exact: bool = False
    is_going_on: bool = False
    is_soon: bool = False

    def __repr__(self) -> str:
        return "Guidance(…)"


def guidance_for(city: City, codes: Codes, when: When, today: date) -> Guidance:
    """Return the limits that may be running for what was told, as they stand `today`."""
    warnings = [one for one in load("warnings", city) if _is_suggested(one, codes)]
    if not warnings:
        return Guidance()
    routes, event = load("routes", city), told_on(when, today)
    days = days_at(city, Seat())  # nobody asks a resident which court it is: the earliest day is told
    found = [(one, told) for one in warnings if (told := _warned(one, routes, event, days, today))]
    if not found:
        return Guidance()
    found.sort(key=lambda pair: _place(pair[1]))
    return Guidance(
        warned=tuple(told for _, told in found),
        counted_from=event.earliest if event else None,
        is_day_exact=event is not None and event.is_exact,
        is_going_on=when.still_going_on,
        is_soon=any(_is_soon(one, told) for one, told in found),
    )


def guidance_for_story(city: City, story: ReportStory, today: date) -> Guidance:
    """Return the same for a report that somebody may read."""
    codes = {
        "acts": story.act_codes,
        "areas": (story.area_code,),
        "grounds": story.ground_codes,
        "respondents": (story.respondent_code,),
    }
    return guidance_for(city, codes, story.when, today)


def _is_suggested(warning: Item, codes: Codes) -> bool:
    return any(not set(warning.values(name)).isdisjoint(told) for name, told in codes.items())


def told_on(when: When, today: date) -> Occurrence | None:
    """Return when something happened as a person told it; None if no day is known.

    Nothing has happened after `today`: a day to come is a slip, and no limit is counted from it.
    """
    told = None
    if when.kind == "day" and when.day is not None:
        told = on_the_day(when.day)
    elif when.kind == "month" and when.month is not None:
        year, month = when.month.split("-")
        told = in_the_month(int(year), int(month), today=today)
    return None if told is None or told.latest > today else told


def _warned(
    warning: Item, routes: Vocabulary, event: Occurrence | None, days: WorkedDays, today: date
) -> Warned | None:
    # A route that this city's list does not have is reported by the check of the lists, not here.
    kept = [code for code in warning.values("routes") if code in routes]
    limits = [(limit, code) for code in kept for limit in limits_of(routes.item(code), today)]
    if not limits:
        return None
    if event is not None:
        try:
            due = [one for code in kept for one in due_dates(routes, code, event, days)]
            return _with_a_day(warning, min(due, key=lambda one: one.on), days, today) if due else None
        except CalendarYearMissing:
            pass  # no day is guessed: the length of the limit is told instead
    limit, code = min(limits, key=lambda pair: longest(pair[0]))
    is_over = event is not None and event.latest + longest(limit) + MARGIN < today
    return Warned(
        code=warning.code,
        state="passed" if is_over else "day_unknown",
        route=code,
        law=law_of(routes.item(code), limit),
        version=routes.meta.version,
        count=limit.count,
        unit=limit.unit,
    )


def _with_a_day(warning: Item, due: DueDate, days: WorkedDays, today: date) -> Warned:
    left = _days_left(due.limit, today, due.on, days)
    return Warned(
        code=warning.code,
        state=_state(due, today, left),
        route=due.route_code,
        law=due.law,
        version=due.version,
        count=due.limit.count,
        unit=due.limit.unit,
        until=due.on,
        latest_until=due.latest_on,
        working_days_left=left,
        is_confirmed=due.is_confirmed,
    )


def _state(due: DueDate, today: date, left: int | None) -> State:
    if due.latest_on < today:
        return "passed"
    if due.on < today:
        return "may_have_passed"
    return "last_day" if left == 0 else "running"


def _days_left(limit: RouteDeadline, today: date, last: date, days: WorkedDays) -> int | None:
    if not today <= last <= today + COUNTED_WITHIN:
        return None
    try:
        return working_days_left(limit, today, last, days)
    except CalendarYearMissing:
        return None


def _is_soon(warning: Item, told: Warned) -> bool:
    if told.state in ("last_day", "may_have_passed"):
        return True
    below = warning.number("soon_below_working_days") or 0
    return told.state == "running" and told.working_days_left is not None and told.working_days_left < below


def _place(told: Warned) -> tuple[int, date]:
    return BEHIND.get(told.state, 0), told.until or date.max

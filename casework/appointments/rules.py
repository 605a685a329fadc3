"""The words of appointments, the hours they take, and what may follow what. Pure: no store, no clock.

Days and hours are those on the city's clocks. Every hour begins on a quarter, so that two hours that overlap
share one: the store keeps each quarter of a person and of a room once.
"""

from datetime import date, timedelta
from typing import Final

from office.languages import mark

QUARTER: Final = 15
LENGTHS: Final = (15, 30, 45, 60, 90, 120)
"""Minutes an appointment may last."""
DAY_BEGINS, DAY_ENDS = 7 * 60, 22 * 60
"""Minutes of the day between which anybody is met."""
MOST_HOURS_AT_ONCE: Final = 40
"""Times that one form makes."""
FEWEST, MOST = 2, 5
"""How many times a person is given to choose from."""
DAYS_AHEAD: Final = 60
INTERPRETER_DAYS: Final = 3
"""Days before an appointment by which its interpreter is arranged."""
AFTER_DAYS: Final = 7
SOON_DAYS: Final = 2
"""Days in which the adviser goes on: after a meeting, and after one that did not come about."""

WAYS: Final = {
    "place": mark("At one of our places"),
    "phone": mark("By telephone"),
    "video": mark("By video"),
    "clinic": mark("At a mobile clinic"),
}
WISH_HALVES: Final = {"morning": mark("in the morning"), "afternoon": mark("in the afternoon")}
SAFE_WAY: Final = {"phone": "phone"}
"""The way of contact by which an appointment reaches the person; to the others they come themselves."""
SITE_KINDS: Final = {
    "office": mark("The office"),
    "library": mark("Library"),
    "civic_centre": mark("Civic centre"),
    "stop": mark("Stop of a mobile clinic"),
    "other": mark("Another place"),
}
SLOT_STATES: Final = {
    "free": mark("Free"),
    "taken": mark("Taken"),
    "kept": mark("Kept for somebody who was filed for"),
    "shut": mark("Given up"),
}
STATES: Final = {
    "offered": mark("Times are offered"),
    "asked": mark("The person waits for times"),
    "booked": mark("Booked"),
    "cancelled_person": mark("Cancelled by the person"),
    "cancelled_office": mark("Cancelled by the office"),
    "attended": mark("The person came"),
    "no_show": mark("The person did not come"),
}
OPEN: Final = ("offered", "asked", "booked")
INTERPRETERS: Final = {
    "none": mark("Nobody has to interpret"),
    "needed": mark("An interpreter is still to be found"),
    "arranged": mark("An interpreter is arranged"),
    "self": mark("Whoever meets them speaks their language"),
}
SETTLED: Final = ("none", "arranged", "self")
"""With these an appointment can take place."""

LONGEST_LINE: Final = 200
LONGEST_NAME: Final = 80
LONGEST_WORDS: Final = 2_000


def quarters(minute: int, minutes: int) -> range:
    """Return the quarters of a day that an hour takes, counted from midnight."""
    return range(minute // QUARTER, -(-(minute + minutes) // QUARTER))


def starts(first: int, until: int, minutes: int) -> list[int]:
    """Return when hours of this length begin between two minutes of a day, one after the other."""
    return list(range(first, until - minutes + 1, minutes)) if minutes > 0 else []


def kept_free(total: int, walk_ins: int) -> list[bool]:
    """Say of each of `total` hours whether it is kept for who comes unasked, spread over the day."""
    wanted = min(walk_ins, total)
    return [(place + 1) * wanted // total > place * wanted // total for place in range(total)]


def needed_by(on: date, today: date) -> date:
    """Return the day by which an interpreter for that day is arranged; never before today."""
    return max(on - timedelta(days=INTERPRETER_DAYS), today)


def clock(minute: int) -> str:
    """Return a minute of the day as its form shows it: `09:30`."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def minute_in(written: str) -> int | None:
    """Return the minute of the day written as `9:30`, or None; only quarters begin an hour."""
    hour, _, minute = written.strip().replace(".", ":").partition(":")
    if not (hour.isascii() and hour.isdigit() and len(hour) <= 2):
        return None
    if minute and not (minute.isascii() and minute.isdigit() and len(minute) == 2):
        return None
    found = int(hour) * 60 + int(minute or 0)
    return found if found % QUARTER == 0 and DAY_BEGINS <= found <= DAY_ENDS else None

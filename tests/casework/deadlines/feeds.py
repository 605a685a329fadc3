"""The private calendar of somebody, as a program for calendars reads it."""

import re

from icalendar import Calendar

from tests.casework.desk import Desk


def calendar(desk: Desk, address: str) -> Calendar:
    answer = desk.stranger().get(address)
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/calendar")
    assert answer.headers["cache-control"] == "no-store"
    return Calendar.from_ical(answer.content)


def made(desk: Desk, name: str = "laila") -> str:
    page = desk.signed_in(name).post("/en/calendar", data={"do": "make"}).text
    found = re.search(r"(/calendar/[\w-]{43})<", page)
    assert found
    return found.group(1)

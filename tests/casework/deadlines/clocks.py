"""What advisers do with deadlines in the tests: each step as the pages' own forms send it."""

import re
from datetime import date
from typing import Any

from sqlmodel import select
from starlette.testclient import TestClient

from casework.deadlines.tables import Deadline, DeadlineWords, LimitScan
from office.handover.report import When
from office.vocabulary import load
from tests.casework.desk import CITY, Desk, said
from tests.casework.residents import Reporter

RED = 'class="desk-late"'
ROUTES = ("court_admin_fundamental", "civil_tort")


def day_fields(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def version(desk: Desk, reporter: Reporter) -> str:
    return str(desk.case(reporter).version)


def told_on(day: date, **story: Any) -> dict[str, Any]:
    """What a report says that tells of one day."""
    return {"when": When(kind="day", day=day), **story}


def path(reporter: Reporter, row: Deadline | None = None, act: str = "") -> str:
    own = f"/en/cases/{reporter.case_number}"
    return f"{own}/deadlines/{row.id}{'/' + act if act else ''}" if row else own


def scan(
    desk: Desk,
    person: TestClient,
    reporter: Reporter,
    event: date | None,
    *routes: str,
    reason: str = "",
    seat: str = "own",
) -> list[Deadline]:
    """Go through the limits, keep these, and return what binds afterwards."""
    form: dict[str, Any] = {"version": version(desk, reporter), "route": list(routes), "scan_reason": reason}
    form["seat"] = seat
    if event:
        form |= day_fields("event", event)
    answer = person.post(f"{path(reporter)}/limits", data=form)
    assert answer.status_code == 303, said(answer.text)
    return binding(desk, reporter)


def act(desk: Desk, person: TestClient, reporter: Reporter, row: Deadline, what: str, **form: Any) -> Any:
    return person.post(path(reporter, row, what), data={"version": version(desk, reporter), **form})


def rows(desk: Desk, reporter: Reporter) -> list[Deadline]:
    with desk.reading() as session:
        found = session.exec(select(Deadline).where(Deadline.case_id == desk.case(reporter).id)).all()
    return sorted(found, key=lambda row: (row.last_on, str(row.id)))


def binding(desk: Desk, reporter: Reporter) -> list[Deadline]:
    return [row for row in rows(desk, reporter) if row.is_open]


def scans(desk: Desk, reporter: Reporter) -> list[LimitScan]:
    with desk.reading() as session:
        return list(session.exec(select(LimitScan).where(LimitScan.case_id == desk.case(reporter).id)))


def sealed_words(desk: Desk, reporter: Reporter) -> list[DeadlineWords]:
    with desk.reading() as session:
        found = select(DeadlineWords).where(DeadlineWords.case_id == desk.case(reporter).id)
        return list(session.exec(found))


def name_lawyer(desk: Desk, name: str = "laila", by: str = "amparo") -> None:
    answer = desk.signed_in(by).post(f"/en/staff/{desk.staff_id(name)}/lawyer", data={"do": "name"})
    assert answer.status_code == 303


def deadlines_in(page: str) -> str:
    return page.partition("desk-deadlines")[2].partition("</section>")[0]


def words(fragment: str) -> str:
    return said(f"<main>{re.sub(r'<h[1-6]', ' <h', fragment)}</main>")


def route_name(code: str, tag: str = "en") -> str:
    return load("routes", CITY).label(code, tag)


def at(desk: Desk, day: date) -> None:
    """Let it be half past nine of this day."""
    now = desk.clock.now()
    desk.clock.move(days=(day - now.date()).days)
    assert desk.clock.now().date() == day


def case_with_clock(desk: Desk, *routes: str) -> tuple[Any, Any, Deadline]:
    reporter = desk.a_case("laila", **told_on(date(2026, 11, 20)))
    laila = desk.signed_in("laila")
    return reporter, laila, scan(desk, laila, reporter, date(2026, 11, 20), *(routes or ("civil_tort",)))[0]


def with_clocks(desk: Desk, adviser: str, *, city: bool = False) -> Reporter:
    """A case told of on 20 November 2026: ten days end on 4 December, a year on 20 November 2027.

    23 to 27 and 30 November, 1 to 4 December are ten working days (LJCA art. 115).
    """
    reporter = desk.a_case(adviser, city=city, **told_on(date(2026, 11, 20)))
    scan(desk, desk.signed_in(adviser), reporter, date(2026, 11, 20), *ROUTES)
    return reporter

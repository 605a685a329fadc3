"""Scenario 7 while a case is worked: it turns out to be against the housing service, run by one of us."""

import re
from datetime import date

from casework.staff.rules import Permission, may
from office.ids import new_case_number, shown
from tests.casework.conflicts.people import add
from tests.casework.deadlines.clocks import scan, told_on
from tests.casework.deadlines.feeds import made as calendar_of
from tests.casework.desk import NOW, STAFF, Desk, said
from tests.casework.drafts.writing import drafts, keep, place
from tests.casework.search.test_search import search
from tests.casework.tasks.todo import ask as ask_for
from tests.casework.tasks.todo import tasks
from tests.casework.test_doors import of_a_case
from tests.casework.traces.test_scenario_19 import OFFICER, ask
from tests.casework.walls.rising import declare, holders, path, wall_off, walls

CASES, EXPORT, DEADLINES = "cases?whose=all", "cases.csv?whose=all", "deadlines?whose=all"
EVERYWHERE = (
    CASES, EXPORT, DEADLINES, "inbox", "tasks", "referrals?whose=all", "patterns", "conflicts", "supervision",
    "promises", "incidents", "drafts", "feedback", "mediations", "workload",
)  # fmt: skip
OPEN = re.compile(r'data-label="Open cases">(\d+)<')


def test_scenario_7_a_wall_that_rises_while_the_case_is_worked(desk: Desk) -> None:
    vicent = STAFF["vicent"]
    assert may(vicent.role_code, Permission.SUPERVISE) and "story-apart" in vicent.keys
    assert declare(desk, "vicent").status_code == 303  # he runs the housing service, and keeps all his keys
    other = desk.a_case("laila", **told_on(NOW.date()))
    walled = desk.a_case("laila", **told_on(NOW.date()))
    laila, manager, amparo = (desk.signed_in(name) for name in ("laila", "vicent", "amparo"))
    for case in (other, walled):
        assert scan(desk, laila, case, NOW.date(), "civil_tort")
    feed = calendar_of(desk, "vicent")
    of_laila = calendar_of(desk, "laila")
    number = walled.case_number
    for person in (laila, manager):  # until then it is one of his cases too
        assert person.get(path(walled)).status_code == 200
    for doer in ("laila", "vicent"):
        assert ask_for(desk, laila, walled, doer=doer, due=date(2026, 11, 25)).status_code == 303
    for person in (laila, manager):
        keep(person, place(walled), note="Una nota a medias.")
    assert shown(number) in manager.get("/en/tasks").text

    done = wall_off(desk, laila, walled, wall_service="housing")
    assert (done.status_code, done.headers["location"]) == (303, "/en/cases?done=wall_risen_away")

    assert holders(desk, walled) == {"amparo"}
    assert desk.case(walled).assigned_to == desk.staff_id("amparo")
    assert {task.staff_id for task in tasks(desk, walled)} == {desk.staff_id("amparo")}
    assert drafts(desk) == []
    (wall,) = walls(desk, walled)
    assert (wall.cause_code, wall.service_code, wall.was_with) == ("codes", "housing", desk.staff_id("laila"))

    nobodys = new_case_number()
    nothing = said(manager.get(f"/en/cases/{nobodys}").text)
    for method, below in of_a_case(desk):
        there = below.replace("{language}", "en").replace("{number}", number)
        gone = manager.request(method, re.sub(r"\{[a-z_]+\}", str(wall.id), there))
        assert gone.status_code == 404 and said(gone.text) == nothing, (method, below)
    for person in (manager, laila):
        assert person.get(path(walled)).status_code == person.get(path(walled, "wall")).status_code == 404
        for address in EVERYWHERE if person is manager else (CASES, "tasks", DEADLINES):
            text = person.get(f"/en/{address}").text
            assert shown(number) not in text and number not in text, address
        sought = [said(search(person, "number", number=one).text) for one in (number, nobodys)]
        assert sought[0].replace(number, "") == sought[1].replace(nobodys, "")
    for address in (CASES, EXPORT, DEADLINES):  # and all the rest is there for him
        assert shown(other.case_number) in manager.get(f"/en/{address}").text, address
        assert shown(number) in amparo.get(f"/en/{address}").text, address
    days = [desk.stranger().get(address).text for address in (feed, of_laila)]
    assert [(shown(number) in one, shown(other.case_number) in one) for one in days] == [
        (False, False),
        (False, True),
    ]
    totals = [sum(map(int, OPEN.findall(person.get("/en/workload").text))) for person in (manager, amparo)]
    assert totals == [1, 2]
    officer = desk.signed_in(OFFICER)
    for name in ("vicent", "laila"):  # what they read before stays on record, and so do the doors they tried
        told = ask(officer, number, staff=str(desk.staff_id(name)))
        assert "A look" in told and "Refused door" in told, told
    seen = officer.get("/en/walls").text
    assert shown(number) in seen and "1 wall stands today." in said(seen)
    of_head = said(desk.signed_in("joana").get("/en/walls").text)
    assert "1 wall stands today." in of_head and shown(number) not in of_head and number not in of_head
    assert manager.get("/en/walls").status_code == laila.get("/en/walls").status_code == 404
    assert add(amparo, walled, "Testigo", "witness", "person").status_code == 303  # and it goes on there

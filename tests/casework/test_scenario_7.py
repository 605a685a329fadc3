"""Scenario 7: a case against the Council's housing service, and a manager of it with broad rights here."""

import re

from casework.staff.rules import Permission, may
from office.ids import new_case_number, shown
from tests.casework.deadlines.clocks import scan, told_on
from tests.casework.deadlines.feeds import made as calendar_of
from tests.casework.desk import NOW, STAFF, Desk, said
from tests.casework.search.test_search import search
from tests.casework.traces.test_scenario_19 import OFFICER, ask

CASES, EXPORT, DEADLINES = "cases?whose=all", "cases.csv?whose=all", "deadlines?whose=all"
OPEN = re.compile(r'data-label="Open cases">(\d+)<')


def test_scenario_7_who_manages_the_service_meets_nothing_of_a_case_against_the_city(desk: Desk) -> None:
    amparo, vicent = desk.signed_in("amparo"), STAFF["vicent"]
    assert may(vicent.role_code, Permission.SUPERVISE) and may(vicent.role_code, Permission.CASES)
    taken = {"do": "revoke", "key": "story-apart"}  # he runs the housing service: no story against the city
    assert amparo.post(f"/es/staff/{desk.staff_id('vicent')}/keys", data=taken).status_code == 303
    other = desk.a_case("laila", **told_on(NOW.date()))
    walled = desk.a_case("amparo", city=True, **told_on(NOW.date()))
    waiting = desk.report(city=True)
    for case in (other, walled):
        assert scan(desk, amparo, case, NOW.date(), "civil_tort")

    manager, number, nobodys = desk.signed_in("vicent"), walled.case_number, new_case_number()
    for there in (f"cases/{number}", f"cases/{number}/limits", f"cases/{number}/print"):
        assert manager.get(f"/en/{there}").status_code == 404, there
    assert manager.get(f"/en/inbox/{waiting.case_number}").status_code == 404
    for address, listed in ((CASES, walled), (EXPORT, walled), (DEADLINES, walled), ("inbox", waiting)):
        of_manager, of_another = (person.get(f"/en/{address}").text for person in (manager, amparo))
        assert shown(listed.case_number) in of_another, address
        assert shown(listed.case_number) not in of_manager, address
    for address in (CASES, EXPORT, DEADLINES):  # and all the rest is there for him
        assert shown(other.case_number) in manager.get(f"/en/{address}").text, address
    of_manager, of_nobody = (search(manager, "number", number=one).text for one in (number, nobodys))
    assert said(of_manager).replace(number, "") == said(of_nobody).replace(nobodys, "")
    assert f'href="/es/cases/{number}"' in search(amparo, "number", number=number).text
    feeds = [desk.stranger().get(calendar_of(desk, name)).text for name in ("vicent", "amparo")]
    assert [shown(number) in feed for feed in feeds] == [False, True]
    totals = [sum(map(int, OPEN.findall(person.get("/en/workload").text))) for person in (manager, amparo)]
    assert totals == [1, 2]
    told = ask(desk.signed_in(OFFICER), number, staff=str(desk.staff_id("vicent")))
    assert told.count("Refused door") == 3

"""The page of deadlines: only what somebody holds, sorted and counted."""

import re
from datetime import date

import pytest

from casework.deadlines.rules import ALERTS
from casework.deadlines.tables import Deadline
from casework.deadlines.wording import LABELS, STARTS
from office.vocabulary import load
from tests.casework.deadlines.clocks import (
    RED,
    ROUTES,
    act,
    binding,
    day_fields,
    name_lawyer,
    path,
    route_name,
    with_clocks,
)
from tests.casework.desk import CITY, STAFF, Desk, said


def count_of(page: str, name: str) -> int:
    found = re.search(rf"{name} \((\d+)\)", page)
    assert found, name
    return int(found.group(1))


def test_each_sees_the_deadlines_of_the_cases_they_hold_sorted_and_counted(desk: Desk) -> None:
    lailas, paus, city = (
        with_clocks(desk, "laila"),
        with_clocks(desk, "pau"),
        with_clocks(desk, "amparo", city=True),
    )
    for name, whose, seen in (
        ("laila", "mine", [lailas]),
        ("laila", "all", [lailas]),
        ("pau", "mine", [paus]),
        ("amparo", "mine", [city]),
        ("amparo", "all", [lailas, paus, city]),
        ("vicent", "mine", []),
        ("vicent", "all", [lailas, paus, city]),
    ):
        page = desk.signed_in(name).get(f"/en/deadlines?whose={whose}").text
        for reporter in (lailas, paus, city):
            assert (reporter.case_number in page) == (reporter in seen), (name, whose)
        assert count_of(page, "All that are open") == 2 * len(seen)
        assert count_of(page, "Not confirmed") == 2 * len(seen)
        assert count_of(page, "Next 30 days") == len(seen) and count_of(page, "Overdue") == 0
    rows = desk.signed_in("laila").get("/en/deadlines").text.partition("<tbody>")[2].split("<tr>")[1:]
    assert route_name(ROUTES[0]) in rows[0] and RED in rows[0] and "4 December 2026" in rows[0]
    assert route_name(ROUTES[1]) in rows[1] and RED not in rows[1]


def test_a_supervisor_without_a_key_of_a_case_finds_it_in_no_list_and_no_count(desk: Desk) -> None:
    amparo = desk.signed_in("amparo")
    taken = {"do": "revoke", "key": "story-apart"}
    assert amparo.post(f"/en/staff/{desk.staff_id('vicent')}/keys", data=taken).status_code == 303
    city, other = with_clocks(desk, "amparo", city=True), with_clocks(desk, "laila")
    desk.clock.move(days=11)
    vicent = desk.signed_in("vicent")
    page = vicent.get("/en/deadlines?whose=all").text
    assert city.case_number not in page and other.case_number in page
    assert count_of(page, "All that are open") == 2 and count_of(page, "Today") == 1
    both = desk.signed_in("amparo").get("/en/deadlines?whose=all").text
    assert count_of(both, "All that are open") == 4 and count_of(both, "Today") == 2


@pytest.mark.parametrize("name", sorted(STAFF))
def test_the_page_of_deadlines_and_the_calendar_are_for_those_who_have_cases(desk: Desk, name: str) -> None:
    may = name in {"laila", "pau", "amparo", "vicent"}
    person = desk.signed_in(name)
    for method, address in (("GET", "deadlines"), ("GET", "calendar"), ("POST", "calendar")):
        assert person.request(method, f"/en/{address}").status_code == (200 if may else 404), address
    assert ("/en/deadlines" in person.get("/en/timeline").text) == (name in {"amparo", "vicent"})


@pytest.mark.parametrize("is_city", [False, True])
@pytest.mark.parametrize("name", sorted(STAFF))
def test_every_page_and_act_of_a_deadline_is_shut_to_who_does_not_hold_the_case(
    desk: Desk, name: str, is_city: bool
) -> None:
    adviser = "amparo" if is_city else "laila"
    reporter = with_clocks(desk, adviser, city=is_city)
    row = binding(desk, reporter)[0]
    may = name in ({"amparo", "vicent"} if is_city else {"laila", "amparo", "vicent"})
    person = desk.signed_in(name)
    before = desk.events(reporter)
    scanning = f"{path(reporter)}/limits"
    acts = ("confirming", "counting", "meeting", "missing", "waiving")
    asked = [("GET", path(reporter, row)), ("GET", scanning), ("POST", scanning)]
    asked += [("POST", path(reporter, row, what)) for what in acts]
    for method, address in asked:
        status = person.request(method, address).status_code
        assert (status == 404) != may, (method, address, status)
    assert [one for one in desk.events(reporter)[len(before) :] if one != "case_read"] == []
    assert binding(desk, reporter)[0].model_dump() == row.model_dump()


def test_the_choice_stands_in_the_address_and_an_unknown_one_shows_all(desk: Desk) -> None:
    with_clocks(desk, "laila")
    desk.clock.move(days=11)  # 4 December
    laila = desk.signed_in("laila")
    for which, count in (("today", 1), ("week", 1), ("overdue", 0), ("suspended", 0), ("nonsense", 2)):
        page = laila.get(f"/en/deadlines?which={which}").text
        assert page.partition("<tbody>")[2].count("<tr>") == count, which
    assert 'which=today" aria-current="page"' in laila.get("/en/deadlines?which=today").text
    assert "today is the last day" in said(laila.get("/en/deadlines?which=today").text)
    head = laila.get("/en/cases").text.partition("Sections")[2].partition("</nav>")[0]
    assert re.search(r"Deadlines <span class=\"desk-count\"[^>]*>1<", head)
    desk.clock.move(days=1)
    page = desk.signed_in("laila").get("/en/deadlines?which=overdue").text
    assert "the earliest last day is past" in said(page) and RED in page


def test_what_stands_still_is_listed_apart_and_a_closed_case_no_more(desk: Desk) -> None:
    reporter = with_clocks(desk, "laila")
    laila, row = desk.signed_in("laila"), binding(desk, reporter)[1]
    form = {
        "stop": "other_suspension",
        **day_fields("stop_first", date(2026, 11, 20)),
        **day_fields("stop_last", date(2026, 12, 10)),
        "stop_evidence": "Minutes",
        "count_reason": "Mediation",
        **day_fields("event", date(2026, 11, 20)),
    }
    assert act(desk, laila, reporter, row, "counting", **form).status_code == 303
    page = laila.get("/en/deadlines?which=suspended").text.partition("<tbody>")[2]
    assert "stands still until 10 Dec 2026" in page and route_name(ROUTES[0]) not in page
    desk.close_case(reporter, why="The person wants it.")
    assert "No deadlines here." in laila.get("/en/deadlines").text


def test_what_stands_still_without_a_recorded_end_is_neither_overdue_nor_lost(desk: Desk) -> None:
    """Ley 1/1996 art. 16: free legal aid asked for on 23 November; it runs again in two months at most."""
    reporter = with_clocks(desk, "laila")
    form = {
        "stop": "legal_aid_requested",
        **day_fields("stop_first", date(2026, 11, 23)),
        "stop_evidence": "Request 1",
        "count_reason": "Asked for",
        **day_fields("event", date(2026, 11, 20)),
    }
    assert act(desk, desk.signed_in("laila"), reporter, binding(desk, reporter)[0], "counting", **form)
    desk.clock.move(days=12)  # 5 December: the day counted while it stood still was the 4th
    laila = desk.signed_in("laila")
    assert "No deadlines here." in laila.get("/en/deadlines?which=overdue").text
    listed = said(laila.get("/en/deadlines?which=suspended").text)
    assert "stands still" in listed and "9 working days left" in listed
    assert "Its end is not recorded; it is 23 January 2027 at the latest" in said(
        laila.get(path(reporter)).text
    )
    name_lawyer(desk)
    row = next(one for one in binding(desk, reporter) if one.replaces)
    refused = act(desk, laila, reporter, row, "confirming")
    assert refused.status_code == 409 and "its day moves on each day" in said(refused.text)
    again = {"count_reason": "As of today", **day_fields("event", date(2026, 11, 20))}
    assert act(desk, laila, reporter, row, "counting", **again).status_code == 303
    row = next(one for one in binding(desk, reporter) if one.replaces)
    assert row.last_on == date(2026, 12, 18)  # nine days after the 5th: 7, 9 to 11, 14 to 18; the 8th is off
    assert act(desk, laila, reporter, row, "confirming").status_code == 303
    desk.clock.move(days=14)  # 19 December: the day a lawyer stands for has not moved
    assert "18 December 2026" in said(desk.signed_in("laila").get("/en/deadlines?which=overdue").text)
    desk.clock.move(days=46)  # 3 February: the two months are over, and so are the nine days after them
    assert RED in desk.signed_in("laila").get("/en/deadlines?which=overdue").text


def test_a_long_list_goes_on_on_a_later_page(desk: Desk) -> None:
    reporter = with_clocks(desk, "laila")
    with desk.writing() as session:
        first = binding(desk, reporter)[0]
        for _ in range(60):
            session.add(Deadline(**first.model_dump(exclude={"id", "clock_id"})))
    laila, address, seen = desk.signed_in("laila"), "/en/deadlines?whose=mine&which=all", []
    while address:
        page = laila.get(address).text
        seen += re.findall(r"/deadlines/([0-9a-f-]{36})", page)
        found = re.search(r'href="([^"]+)" rel="next"', page)
        address = found.group(1).replace("&amp;", "&") if found else ""
    assert len(seen) == len(set(seen)) == 62


def test_every_limit_of_the_list_fits_its_row_and_has_words_and_warnings() -> None:
    routes = load("routes", CITY)
    limits = [(route, limit) for route in routes for limit in route.deadlines if limit.unit != "none"]
    assert len(limits) > 40
    assert {limit.start for _, limit in limits} <= set(STARTS)
    assert {limit.label for _, limit in limits} <= {"", *LABELS}, "each classification has its translations"
    assert {limit.unit for _, limit in limits} <= set(ALERTS)
    columns = Deadline.__table__.c  # type: ignore[attr-defined]  # a table
    for route, limit in limits:
        assert len("; ".join(route.law)) <= columns.law.type.length, route.code
        assert len(limit.label) <= columns.label.type.length and len(limit.kind) <= columns.kind.type.length

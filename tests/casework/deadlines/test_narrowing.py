"""The list of deadlines narrowed, sorted, paged and exported, all of it by its address."""

import csv
import io
import json
import re
from datetime import date

from sqlmodel import select
from starlette.testclient import TestClient

from casework.deadlines.tables import Deadline
from casework.timeline.tables import Event
from office.ids import shown
from tests.casework.deadlines.clocks import act, binding, name_lawyer, scan, told_on
from tests.casework.desk import STAFF, Desk, said
from tests.casework.residents import Reporter

SHORT, LONG = "court_admin_fundamental", "civil_tort"
"""From 20 November 2026: ten working days end on 4 December (LJCA art. 115), a year on 20 November 2027."""


def with_both(desk: Desk, adviser: str, *, city: bool = False) -> Reporter:
    reporter = desk.a_case(adviser, city=city, **told_on(date(2026, 11, 20)))
    scan(desk, desk.signed_in(adviser), reporter, date(2026, 11, 20), SHORT, LONG)
    return reporter


def rows(client: TestClient, query: str) -> list[dict[str, str]]:
    answer = client.get(f"/en/deadlines.csv?{query}")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.text)))


def listed(client: TestClient, query: str) -> list[str]:
    """Return the ids of the deadlines of a page, in its order."""
    return re.findall(r"/deadlines/([0-9a-f-]{36})", client.get(f"/en/deadlines?{query}").text)


def test_filters_and_order_stand_in_the_address_and_the_export_is_the_list(desk: Desk) -> None:
    lailas, paus, city = (
        with_both(desk, "laila"),
        with_both(desk, "pau"),
        with_both(desk, "amparo", city=True),
    )
    name_lawyer(desk)
    short, long = binding(desk, lailas)
    assert act(desk, desk.signed_in("laila"), lailas, short, "confirming").status_code == 303
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    for query, found in (
        ("", [short, long]),
        ("sort=-last", [long, short]),
        ("route=civil_tort", [long]),
        ("state=confirmed", [short]),
        ("state=computed", [long]),
        ("until=2026-12-04", [short]),
        ("since=2026-12-05", [long]),
        ("since=2026-12-05&until=2027-11-19", []),
        ("sort=state", [long, short]),
        ("sort=-state", [short, long]),
    ):
        assert listed(laila, query) == [str(one.id) for one in found], query
        assert [row["last_on"] for row in rows(laila, query)] == [one.last_on.isoformat() for one in found], (
            query
        )
    pau = str(desk.staff_id("pau"))
    assert len(listed(amparo, "whose=all")) == 6
    assert {row["case"] for row in rows(amparo, f"whose=all&adviser={pau}")} == {shown(paus.case_number)}
    assert [row["case"] for row in rows(amparo, "whose=all&sort=case")] == sorted(
        shown(one.case_number) for one in (lailas, lailas, paus, paus, city, city)
    )
    page = amparo.get(f"/en/deadlines?whose=all&which=month&adviser={pau}&sort=-case").text
    assert "Next 30 days (1)" in said(page) and "All that are open (2)" in said(page)
    assert f"deadlines.csv?whose=all&amp;which=month&amp;adviser={pau}&amp;sort=-case" in page
    assert 'aria-sort="descending"><a class="desk-sort"' in page and page.count("aria-sort") == 1


def test_an_export_has_no_names_and_is_on_the_record(desk: Desk) -> None:
    reporter = with_both(desk, "laila")
    answer = desk.signed_in("laila").get("/en/deadlines.csv?route=civil_tort")
    for name in ("Laila", str(desk.staff_id("laila"))):
        assert name not in answer.text
    with desk.reading() as session:
        event = session.exec(select(Event).where(Event.kind == "list_exported")).one()
    told = json.loads(event.detail)
    assert (told["found"], told["rows"], told["filters"]) == ([reporter.case_number], 1, "route=civil_tort")
    timeline = said(desk.signed_in("amparo").get("/en/timeline").text)
    assert "exported a list : the deadlines of their own cases, 1 line" in timeline


def test_what_an_address_says_wrongly_is_told_and_exports_nothing(desk: Desk) -> None:
    with_both(desk, "laila")
    laila = desk.signed_in("laila")
    answer = laila.get("/en/deadlines?route=nowhere&until=31+2+2027")
    assert answer.status_code == 422 and 'value="31 2 2027"' in answer.text
    assert "not on the list any more" in said(answer.text) and "There is no such day" in said(answer.text)
    exported = laila.get("/en/deadlines.csv?state=met")
    assert exported.status_code == 422 and not exported.headers["content-type"].startswith("text/csv")
    for odd in ("sort=law", "after=x", "after=2026-12-04_1", "which=none", "whose=yours"):
        assert len(listed(laila, odd)) == 2, odd
    for name in sorted(STAFF):
        may = name in {"laila", "pau", "amparo", "vicent"}
        assert desk.signed_in(name).get("/en/deadlines.csv").status_code == (200 if may else 404), name


def test_every_order_goes_on_where_a_page_ends(desk: Desk) -> None:
    reporter = with_both(desk, "laila")
    with desk.writing() as session:
        for one in binding(desk, reporter):
            for day in range(30):
                told = one.model_dump(exclude={"id", "clock_id", "latest_on"})
                session.add(
                    Deadline(**told | {"last_on": date(2027, 1, 1 + day // 7)}, latest_on=date(2028, 1, 1))
                )
    laila = desk.signed_in("laila")
    for sort in ("last", "-last", "case", "route", "-route", "-state"):
        seen, address = [], f"/en/deadlines?sort={sort}"
        while address:
            page = laila.get(address).text
            seen += re.findall(r"/deadlines/([0-9a-f-]{36})", page)
            found = re.search(r'href="([^"]+)" rel="next"', page)
            address = found.group(1).replace("&amp;", "&") if found else ""
        assert len(seen) == len(set(seen)) == 62, sort
        if sort.endswith("last"):
            days = {str(one.id): one.last_on for one in binding(desk, reporter)}
            assert [days[one] for one in seen] == sorted(days.values(), reverse=sort == "-last")

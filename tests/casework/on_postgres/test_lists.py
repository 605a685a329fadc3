"""Lists, search and patterns on PostgreSQL."""

from datetime import date

import pytest

from tests.casework.conflicts.people import add
from tests.casework.deadlines.clocks import day_fields, scan
from tests.casework.desk import said
from tests.casework.on_postgres.conftest import PostgresDesk
from tests.casework.queues.lists import counted, giving, listed, many

pytestmark = pytest.mark.postgres


def test_queues_views_absences_and_giving_many_away_on_postgresql(desk: PostgresDesk) -> None:
    reporters = many(desk, 3)
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    scan(desk, laila, reporters[0], date(2026, 11, 20), "labour_dismissal")
    desk.write_back(reporters[1], "Hola.")
    everything = [reporter.case_number for reporter in reporters]
    filters = "ground=race_ethnicity&since=2026-11-01"
    for sort in ("opened", "next", "limit", "unread"):
        assert sorted(listed(laila, f"sort={sort}&{filters}")) == sorted(everything)
        after = f"{3 if sort == 'unread' else '2026-11-23'}_{desk.case(reporters[0]).id}"
        assert laila.get(f"/en/cases?sort={sort}&after={after}").status_code == 200
        assert laila.get(f"/en/cases?sort={sort}&after=_{desk.case(reporters[0]).id}").status_code == 200
    assert listed(laila, "sort=unread")[0] == listed(laila, "sort=limit&which=unread")[0] == everything[1]
    assert counted(amparo, "whose=all")["Open cases"] == 3
    assert laila.get("/en/cases.csv").text.count("\r\n") == 4
    kept = laila.post("/en/cases/views", data={"query": "which=soon", "view_name": "Vence pronto"})
    assert kept.status_code == 303
    page = laila.get("/en/cases").text
    view = page.partition('name="view" value="')[2].partition('"')[0]
    assert laila.post("/en/cases/views/removal", data={"view": view}).status_code == 303
    absence = {"cover": str(desk.staff_id("pau"))} | {
        **day_fields("first", date(2026, 11, 23)),
        **day_fields("last", date(2026, 12, 31)),
    }
    assert laila.post("/en/absences", data=absence).status_code == 303
    assert "Covered by me (3)" in said(desk.signed_in("pau").get("/en/cases").text)
    own = laila.get("/en/absences").text.partition('name="absence" value="')[2].partition('"')[0]
    assert laila.post("/en/absences/ending", data={"absence": own}).status_code == 303
    assert amparo.get("/en/workload").status_code == 200
    given = amparo.post("/en/giving", data=giving(desk, reporters, "pau", notice="tell"))
    assert given.status_code == 303, said(given.text)
    assert sorted(listed(desk.signed_in("pau"))) == sorted(everything)
    assert listed(laila, "whose=all") == []


def test_the_search_and_a_pattern_on_postgresql(desk: PostgresDesk) -> None:
    found = [desk.a_case(name, text="Una escalera.") for name in ("laila", "pau", "laila")]
    for name, one in zip(("laila", "pau", "laila"), found, strict=True):
        add(desk.signed_in(name), one, "Inmobiliaria Sol S.L.")
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    own = found[0].case_number
    for typed in (
        {"how": "number", "number": own[:4]},
        {
            "how": "codes",
            "ground": "race_ethnicity",
            "first-day": "1",
            "first-month": "1",
            "first-year": "2026",
        },
        {"how": "name", "name": "sol, inmobiliaria"},
        {"how": "words", "words": "ESCÁLERA"},
    ):
        page = laila.post("/es/search", data=typed)
        assert page.status_code == 200 and f"/cases/{own}" in page.text, typed
        assert found[1].case_number not in page.text
    handle = amparo.get("/es/patterns").text.partition('name="pattern" value="')[2][:32]
    assert amparo.post("/es/patterns", data={"pattern": handle}).status_code == 303
    for name, one in zip(("laila", "pau", "laila"), found, strict=True):
        person = desk.signed_in(name)
        pattern = person.get("/es/patterns").text.partition("/patterns/")[2][:36]
        data = {"number": one.case_number, "answer": "agreed", "was": ""}
        assert person.post(f"/es/patterns/{pattern}/answer", data=data).status_code == 303
    assert found[1].case_number[:4] in laila.get(f"/es/patterns/{pattern}").text
    proposed = laila.post(f"/es/patterns/{pattern}/proposal", data={"version": "1", "do": "propose"})
    assert proposed.status_code == 303
    accepted = amparo.post(f"/es/patterns/{pattern}/proposal", data={"version": "2", "do": "accepted"})
    assert accepted.status_code == 303

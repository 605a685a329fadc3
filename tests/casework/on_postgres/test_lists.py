"""Lists, search and patterns on PostgreSQL."""

import csv
import html
import io
import re
from datetime import date

import pytest
from starlette.testclient import TestClient

from casework.deadlines.lists import deadlines_for
from casework.inbox.queries import queue
from casework.referrals.lists import referrals_for
from casework.tasks.lists import tasks_for
from office.ids import shown
from tests.casework.conflicts.people import add
from tests.casework.deadlines.clocks import act, day_fields, name_lawyer, scan
from tests.casework.desk import said
from tests.casework.on_postgres.conftest import PostgresDesk
from tests.casework.patterns.litigating import note, propose, speak
from tests.casework.queues.lists import counted, giving, listed, many
from tests.casework.referrals.handing import consent, drafted, send
from tests.casework.referrals.test_list import ARCOIRIS, RACISM
from tests.casework.tasks.todo import ask
from tests.casework.test_inbox_list import in_languages

pytestmark = pytest.mark.postgres

NUMBER, NEXT = re.compile(r"/(?:cases|inbox)/([0-9A-Z]{9})"), re.compile(r'href="([^"]+)" rel="next"')


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
    for sort in ("number", "-number", "area", "-stage", "adviser", "-adviser", "-unread"):
        assert sorted(listed(laila, f"sort={sort}")) == sorted(everything), sort
    assert listed(laila, "sort=-number") == sorted(everything, reverse=True)
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


def paged(client: TestClient, address: str) -> list[str]:
    """Return the numbers of a list of three, two on a page, by following where its pages say it goes on."""
    found, goes_on = [], address
    while goes_on:
        page = client.get(goes_on)
        assert page.status_code == 200, goes_on
        here = NUMBER.findall(page.text.partition("<tbody>")[2].partition("</tbody>")[0])
        found.append(list(dict.fromkeys(here)))
        onwards = NEXT.search(page.text)
        goes_on = html.unescape(onwards.group(1)) if onwards else ""
    assert [len(page) for page in found] == [2, 1], address
    return [number for page in found for number in page]


def test_every_list_is_ordered_paged_and_exported_on_postgresql(
    desk: PostgresDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three rows a list, whose order is known; turned round, only what is ordered by is turned."""
    for listing in (deadlines_for, tasks_for, queue, referrals_for):
        monkeypatch.setitem(listing.__kwdefaults__, "limit", 2)
    cases, laila = many(desk, 3), desk.signed_in("laila")
    name_lawyer(desk)
    for reporter, route, kind, due, body, answer_by in zip(
        cases,
        ("civil_tort", "court_admin_fundamental", "labour_dismissal"),
        ("read", "file", "other"),
        (date(2026, 11, 27), date(2026, 11, 25), date(2026, 11, 26)),
        (RACISM, ARCOIRIS, ARCOIRIS),
        (date(2026, 12, 11), date(2026, 12, 9), date(2026, 12, 10)),
        strict=True,
    ):
        (row,) = scan(desk, laila, reporter, date(2026, 11, 20), route)
        if route == "court_admin_fundamental":
            assert act(desk, laila, reporter, row, "confirming").status_code == 303
        assert ask(desk, laila, reporter, kind, with_code="other", due=due).status_code == 303
        drafted(desk, laila, reporter, body=body)
        assert consent(desk, laila, reporter).status_code == 303
        assert send(desk, laila, reporter, **day_fields("answer_by", answer_by)).status_code == 200
    told = (("soon", "2026-W46"), ("danger", "2026-W47"), ("normal", "2026-W45"))
    reports = [desk.report(urgency=urgency, week=week) for urgency, week in told]
    in_languages(desk, {reports[0].case_number: "ro", reports[2].case_number: "fr"})
    by_number = [[one] for one in sorted(range(3), key=lambda place: cases[place].case_number)]
    for name, orders in {
        "deadlines": {  # 4 December, 22 December, a year: ten and twenty working days, LJCA 115, ET 59.3
            "last": [[1], [2], [0]],
            "case": by_number,
            "route": [[0], [2], [1]],  # Demanda por daños, Demanda por despido, Recurso
            "state": [[0, 2], [1]],
        },
        "tasks": {
            "due": [[1], [2], [0]],
            "case": by_number,
            "kind": [[0], [2], [1]],  # Leer, Otra cosa, Presentar
        },
        "inbox": {
            "urgent": [[1], [0], [2]],
            "received": [[2], [0], [1]],
            "language": [[1], [2], [0]],  # Español, Francés, Rumano
            "channel": [[0, 1, 2]],
        },
        "referrals": {
            "due": [[1], [2], [0]],
            "case": by_number,
            "body": [[1, 2], [0]],  # Servicio, Víctimas
            "state": [[0, 1, 2]],
        },
    }.items():
        own = [one.case_number for one in (reports if name == "inbox" else cases)]
        for sort, groups in orders.items():
            place = {own[one]: at for at, group in enumerate(groups) for one in group}
            plain, turned = (paged(laila, f"/es/{name}?sort={one}") for one in (sort, f"-{sort}"))
            assert [place[one] for one in plain] == sorted(place.values()), (name, sort)
            assert turned == sorted(plain, key=lambda one: place[one], reverse=True), (name, sort)
            for one, listed_so in ((sort, plain), (f"-{sort}", turned)):
                lines = list(csv.reader(io.StringIO(laila.get(f"/es/{name}.csv?sort={one}").text)))
                assert [line[0] for line in lines[1:]] == [shown(number) for number in listed_so], (name, one)


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
        {"how": "name", "name": "Inmobiliaira Sol"},
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
    address = f"/es/patterns/{pattern}"
    assert propose(laila, address, 1).status_code == 303
    assert speak(desk.signed_in("pau"), address, 2).status_code == 303
    assert speak(amparo, address, 3).status_code == 303
    assert note(amparo, address, 4, "running", date(2026, 11, 23)).status_code == 303

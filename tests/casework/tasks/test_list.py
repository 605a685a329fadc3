"""The list of tasks narrowed, sorted, paged and exported, all of it by its address."""

import csv
import io
import json
import re
from datetime import date

from sqlmodel import select
from starlette.testclient import TestClient

from casework.timeline.tables import Event
from office.ids import new_id, shown
from tests.casework.desk import STAFF, Desk
from tests.casework.tasks.todo import ask, tasks

WORDS = "Leer el contrato de alquiler."


def listed(client: TestClient, query: str = "") -> list[str]:
    """Return the kinds of a page in Spanish, in its order."""
    page = client.get(f"/es/tasks?{query}").text.partition("<tbody>")[2]
    return re.findall(r'data-label="Tarea"><strong>([^<]+)</strong>', page)


def rows(client: TestClient, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/es/tasks.csv?{query}")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_filters_and_order_stand_in_the_address_and_what_is_exported_has_no_words(desk: Desk) -> None:
    taken = {"do": "revoke", "key": "story-apart"}
    vicents = f"/en/staff/{desk.staff_id('vicent')}/keys"
    assert desk.signed_in("amparo").post(vicents, data=taken).status_code == 303
    lailas, paus = desk.a_case("laila"), desk.a_case("pau")
    city = desk.a_case("amparo", city=True)
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    for kind, due, with_code in (
        ("read", date(2026, 11, 24), "other"),
        ("file", date(2026, 11, 25), "other"),
        ("meet", date(2026, 12, 20), "person"),
    ):
        more = {"interpreter_code": "self"} if kind == "meet" else {}
        assert ask(desk, laila, lailas, kind, with_code=with_code, due=due, **more).status_code == 303
    assert ask(desk, amparo, paus, "read", doer="pau", due=date(2026, 11, 26)).status_code == 303
    assert ask(desk, amparo, city, "read", doer="amparo", due=date(2026, 11, 27)).status_code == 303
    desk.clock.move(days=2)  # 25 November
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    for query, kinds in (
        ("", ["read", "file", "meet"]),
        ("sort=-due", ["meet", "file", "read"]),
        ("sort=kind", ["meet", "read", "file"]),  # Cita, Leer, Presentar
        ("which=overdue", ["read"]),
        ("which=today", ["file"]),
        ("which=week", ["file"]),
        ("kind=meet", ["meet"]),
        ("with_whom=other&sort=-due", ["file", "read"]),
    ):
        assert [row["kind_code"] for row in rows(laila, query)] == kinds, query
        assert len(listed(laila, query)) == len(kinds), query
    assert len(listed(laila, "whose=all")) == 3, (
        "of the team only a supervisor is answered: these are her own"
    )
    assert laila.get("/es/tasks.csv?whose=all").status_code == 422
    team = rows(amparo, "whose=all")
    assert [row["due_on"] for row in team] == [
        "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-12-20",
    ]  # fmt: skip
    assert [row["case"] for row in rows(amparo)] == [shown(city.case_number)]
    pau = str(desk.staff_id("pau"))
    assert [row["case"] for row in rows(amparo, f"whose=all&adviser={pau}")] == [shown(paus.case_number)]
    exported = amparo.get("/es/tasks.csv?whose=all").text
    for told in (WORDS, "Laila", pau):
        assert told not in exported
    page = amparo.get("/es/tasks?whose=all").text.partition("<tbody>")[2]
    assert page.count(WORDS) == 1 + 3  # in the line of her own, and in the names of its link and two buttons
    assert city.case_number not in desk.signed_in("vicent").get("/es/tasks?whose=all").text
    with desk.reading() as session:
        events = session.exec(select(Event).where(Event.kind == "list_exported").order_by(Event.seq)).all()  # type: ignore[arg-type]  # a column
    last = json.loads(events[-1].detail)
    assert (last["list"], last["whose"], last["rows"]) == ("tasks", "all", 5)
    assert sorted(last["found"]) == sorted(one.case_number for one in (lailas, paus, city))
    assert city.case_number not in json.loads(events[0].detail)["found"]


def test_a_task_ended_in_a_narrowed_list_leads_back_to_it(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    for kind in ("read", "file"):
        assert ask(desk, laila, reporter, kind, with_code="other").status_code == 303
    page = laila.get("/es/tasks?which=week&kind=file&sort=-due").text
    query = page.partition('name="query" value="')[2].partition('"')[0].replace("&amp;", "&")
    one = next(task for task in tasks(desk, reporter) if task.kind_code == "file")
    form = {"from": "own", "query": query}
    answer = laila.post(f"/es/cases/{reporter.case_number}/tasks/{one.id}/done", data=form)
    assert answer.headers["location"] == (
        "/es/tasks?whose=mine&which=week&kind=file&sort=-due&done=task_done"
    )
    one = next(task for task in tasks(desk, reporter) if task.kind_code == "read")
    form = {"from": "own", "query": "kind=//elsewhere.example&after=x"}
    answer = laila.post(f"/es/cases/{reporter.case_number}/tasks/{one.id}/dropped", data=form)
    assert answer.headers["location"] == "/es/tasks?whose=mine&which=all&done=task_dropped"


def test_what_an_address_says_wrongly_is_told_and_nobody_else_is_answered(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    assert ask(desk, laila, reporter).status_code == 303
    answer = laila.get("/es/tasks?kind=dance")
    assert answer.status_code == 422 and laila.get("/es/tasks.csv?with_whom=them").status_code == 422
    for odd in ("sort=name", "after=x", "which=none", "whose=yours"):
        assert len(listed(laila, odd)) == 1, odd
    assert listed(laila, f"after=zzz_{new_id()}") == []  # a place of no order: nothing comes after it
    for name in sorted(STAFF):
        may = name in {"laila", "pau", "amparo", "vicent"}
        assert desk.signed_in(name).get("/es/tasks.csv").status_code == (200 if may else 404), name

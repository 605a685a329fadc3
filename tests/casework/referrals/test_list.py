"""The list of referrals narrowed, sorted and exported, all of it by its address."""

import csv
import io
import json
import re
from datetime import date

from sqlmodel import select
from starlette.testclient import TestClient

from casework.timeline.tables import Event
from office.ids import shown
from tests.casework.deadlines.clocks import day_fields
from tests.casework.desk import Desk, said
from tests.casework.referrals.handing import TOLD, consent, drafted, send

RACISM, ARCOIRIS = "021", "028"
"""In Spanish *Víctimas de discriminación racial o étnica* and *Servicio Arcoíris*."""


def listed(client: TestClient, query: str = "") -> list[str]:
    """Return the numbers of a page, in its order."""
    page = client.get(f"/es/referrals?{query}").text
    return re.findall(r'desk-number" href="/es/cases/([^"]+)"', page)


def rows(client: TestClient, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/es/referrals.csv?{query}")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_filters_and_order_stand_in_the_address_and_nobody_is_named_in_the_file(desk: Desk) -> None:
    taken = {"do": "revoke", "key": "story-apart"}
    vicents = f"/en/staff/{desk.staff_id('vicent')}/keys"
    assert desk.signed_in("amparo").post(vicents, data=taken).status_code == 303
    first, second, paus = desk.a_case("laila"), desk.a_case("laila"), desk.a_case("pau")
    city = desk.a_case("amparo", city=True)
    for name, reporter, body, answer_by in (
        ("laila", first, RACISM, date(2026, 12, 9)),
        ("laila", second, ARCOIRIS, date(2026, 12, 4)),
        ("pau", paus, ARCOIRIS, date(2026, 12, 11)),
        ("amparo", city, RACISM, date(2026, 12, 10)),
    ):
        client = desk.signed_in(name)
        drafted(desk, client, reporter, body=body)
        assert consent(desk, client, reporter).status_code == 303
        assert send(desk, client, reporter, **day_fields("answer_by", answer_by)).status_code == 200
    desk.clock.move(days=12)  # 5 December
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    for query, found in (
        ("", [second, first]),
        ("sort=-due", [first, second]),
        ("sort=body", [second, first]),  # Servicio, Víctimas
        ("sort=-body", [first, second]),
        ("which=overdue", [second]),
        ("which=returned", []),
        (f"body={RACISM}", [first]),
        ("state=sent&until=2026-12-04", [second]),
        ("state=accepted", []),
        ("since=2026-12-05", [first]),
    ):
        assert listed(laila, query) == [one.case_number for one in found], query
        assert [row["case"] for row in rows(laila, query)] == [shown(one.case_number) for one in found], query
    assert listed(laila, "whose=all") == [second.case_number, first.case_number]
    assert laila.get("/es/referrals.csv?whose=all").status_code == 422  # the team's is a supervisor's
    pau = str(desk.staff_id("pau"))
    assert listed(amparo, "whose=all") == [one.case_number for one in (second, first, city, paus)]
    assert listed(amparo, f"whose=all&adviser={pau}") == [paus.case_number]
    page = amparo.get(f"/es/referrals?whose=all&body={ARCOIRIS}").text
    assert (
        "Esperan respuesta (2)" in said(page)
        and f"referrals.csv?whose=all&amp;which=waiting&amp;body={ARCOIRIS}" in page
    )
    exported = amparo.get("/es/referrals.csv?whose=all").text
    for told in (*TOLD.values(), "Laila", pau):
        assert told not in exported or told == "ar"
    assert city.case_number not in desk.signed_in("vicent").get("/es/referrals?whose=all").text
    with desk.reading() as session:
        wanted = select(Event).where(Event.kind == "list_exported").order_by(Event.seq)  # type: ignore[arg-type]  # a column
        events = [json.loads(event.detail) for event in session.exec(wanted)]
    assert (events[-1]["list"], events[-1]["whose"], events[-1]["rows"]) == ("referrals", "all", 4)
    assert city.case_number in events[-1]["found"] and city.case_number not in str(events[:-1])
    wrong = laila.get("/es/referrals?body=nobody&since=30+2+2026")
    assert wrong.status_code == 422 and 'value="30 2 2026"' in wrong.text
    assert laila.get("/es/referrals.csv?state=drafted").status_code == 422
    for name, status in (("laila", 200), ("iris", 404), ("remei", 404)):
        assert desk.signed_in(name).get("/es/referrals.csv").status_code == status, name

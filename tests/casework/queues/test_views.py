"""A member of staff keeps the present address of the list under a name that only they can read."""

import re
from datetime import date

import pytest
from sqlmodel import select

from casework.queues.tables import SavedView
from tests.casework.desk import Desk, mistakes, said, typed
from tests.casework.queues.lists import listed, many

QUERY = "whose=mine&which=soon&area=housing&sort=limit"
NUMBER = "X1234567L"


def kept(desk: Desk) -> list[SavedView]:
    with desk.reading() as session:
        return list(session.exec(select(SavedView)))


def test_a_view_is_kept_listed_above_the_list_opened_and_removed(desk: Desk) -> None:
    many(desk, 1)
    laila = desk.signed_in("laila")
    answer = laila.post("/en/cases/views", data={"query": QUERY, "view_name": "Vivienda, vence pronto"})
    assert answer.headers["location"] == f"/en/cases?{QUERY}&done=view_kept"
    page = laila.get("/en/cases").text
    above, _, below = page.partition("<table")
    assert "Vivienda, vence pronto" in above
    assert f"/en/cases?{QUERY.replace('&', '&amp;')}" in above
    assert "Vivienda" not in below
    (one,) = kept(desk)
    assert b"Vivienda" not in one.sealed_name
    gone = laila.post("/en/cases/views/removal", data={"view": str(one.id), "query": "which=closed"})
    assert gone.headers["location"] == "/en/cases?whose=mine&which=closed&done=view_removed"
    assert kept(desk) == []
    told = said(desk.signed_in("amparo").get("/en/timeline").text)
    assert "kept a view of the list of cases" in told
    assert "removed a view of the list of cases" in told


def test_nobody_sees_or_removes_a_view_of_somebody_else(desk: Desk) -> None:
    laila, pau = desk.signed_in("laila"), desk.signed_in("pau")
    laila.post("/en/cases/views", data={"query": QUERY, "view_name": "Vivienda"})
    (one,) = kept(desk)
    assert "Vivienda" not in pau.get("/en/cases").text
    for view in (str(one.id), "not-an-id"):
        assert pau.post("/en/cases/views/removal", data={"view": view}).status_code == 303
    assert len(kept(desk)) == 1


@pytest.mark.parametrize(
    ("name", "told"), [("", "Write something first."), ("a" * 41, "This name is too long")]
)
def test_a_name_that_is_missing_or_too_long_is_told_and_the_list_stays(
    desk: Desk, name: str, told: str
) -> None:
    many(desk, 1)
    laila = desk.signed_in("laila")
    answer = laila.post("/en/cases/views", data={"query": "whose=all&which=open", "view_name": name})
    assert answer.status_code == 422
    assert told in mistakes(answer.text)[0]
    assert typed(answer.text, "view_name")["text"] == name
    assert 'name="query" value="whose=all&amp;which=open"' in answer.text
    assert kept(desk) == []


def test_the_number_of_a_document_in_the_name_of_a_view_is_pointed_out_first(desk: Desk) -> None:
    laila = desk.signed_in("laila")
    form = {"query": QUERY, "view_name": f"NIE {NUMBER}"}
    answer = laila.post("/en/cases/views", data=form)
    assert answer.status_code == 422
    assert NUMBER in said(answer.text)
    assert kept(desk) == []
    assert laila.post("/en/cases/views", data={**form, "numbers": "remove"}).status_code == 303
    assert NUMBER not in laila.get("/en/cases").text
    assert len(kept(desk)) == 1


def test_twenty_views_are_enough_and_one_that_cannot_be_read_can_still_be_removed(desk: Desk) -> None:
    laila = desk.signed_in("laila")
    with desk.writing() as session:
        for _ in range(20):
            session.add(
                SavedView(
                    staff_id=desk.staff_id("laila"),
                    sealed_name=b"lost",
                    query=QUERY,
                    made_on=date(2026, 1, 1),
                )
            )
    answer = laila.post("/en/cases/views", data={"query": QUERY, "view_name": "Una más"})
    assert answer.status_code == 422
    assert "You keep 20 views already" in said(answer.text)
    page = laila.get("/en/cases").text
    assert said(page).count("A view whose name cannot be read any more") == 20
    views = re.findall(r'name="view" value="([^"]+)"', page)
    laila.post("/en/cases/views/removal", data={"view": views[0]})
    assert len(kept(desk)) == 19
    assert listed(laila) == []


@pytest.mark.parametrize("filter_", ["since=31+31+2026", "area=moon", "adviser=nobody"])
def test_a_filter_that_says_nothing_is_told_and_not_left_out_of_the_view_unseen(
    desk: Desk, filter_: str
) -> None:
    many(desk, 1)
    laila = desk.signed_in("laila")
    query = f"whose=mine&which=open&district=14&{filter_}"
    answer = laila.post("/en/cases/views", data={"query": query, "view_name": "Vivienda"})
    assert answer.status_code == 422 and len(mistakes(answer.text)) == 1
    assert typed(answer.text, "view_name")["text"] == "Vivienda"
    assert kept(desk) == []

"""The inbox narrowed, sorted, paged and exported by its address; only by what stands clear of a report."""

import csv
import io
import json
import re

from sqlmodel import col, select
from starlette.testclient import TestClient

from casework.inbox.queries import PAGE
from casework.inbox.tables import InboxReport
from casework.timeline.tables import Event
from office.ids import shown
from tests.casework.desk import STAFF, Desk, said


def listed(client: TestClient, query: str = "") -> list[str]:
    """Return the numbers of a page, in its order."""
    return re.findall(r'desk-number" href="/en/inbox/([^"]+)"', client.get(f"/en/inbox?{query}").text)


def rows(client: TestClient, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/en/inbox.csv?{query}")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.text)))


def in_languages(desk: Desk, languages: dict[str, str]) -> None:
    """Let reports have been told in other languages than Spanish."""
    with desk.writing() as session:
        for one in session.exec(select(InboxReport).where(col(InboxReport.case_number).in_(languages))):
            one.language = languages[one.case_number]
            session.add(one)


def test_filters_and_order_stand_in_the_address_and_nothing_told_is_exported(desk: Desk) -> None:
    late = desk.report(week="2026-W47", carried=False)
    danger = desk.report(week="2026-W48", urgency="danger", carried=False)
    early = desk.report(week="2026-W46", carried=False)
    city = desk.report(week="2026-W45", city=True, carried=False)
    desk.collect()
    in_languages(desk, {late.case_number: "ar", early.case_number: "fr"})
    desk.write_back(early, "Hola.")
    iris, amparo = desk.signed_in("iris"), desk.signed_in("amparo")
    assert iris.get(f"/en/inbox/{late.case_number}").status_code == 200
    for query, found in (
        ("", [danger, early, late]),  # the urgent first, then the oldest week
        ("sort=-urgent", [early, late, danger]),
        ("sort=received", [early, late, danger]),
        ("sort=-received", [danger, late, early]),
        ("sort=language", [late, early, danger]),  # Arabic, French, Spanish
        ("week=2026-W47", [late]),
        ("urgency=danger", [danger]),
        ("language=fr", [early]),
        ("state=opened", [late]),
        ("state=new&sort=received", [early, danger]),
        ("state=again", [early]),
        ("routing=city", []),
        ("week=2026-W01", []),
    ):
        assert listed(iris, query) == [one.case_number for one in found], query
        assert [row["report"] for row in rows(iris, query)] == [shown(one.case_number) for one in found], (
            query
        )
    assert rows(iris, "state=again")[0]["wrote_again"] == "yes"
    page = iris.get("/en/inbox?language=fr").text
    assert "3 reports wait · 1 with these filters" in said(page)
    assert (
        "2026-W45" not in page and 'value="city"' not in page
    )  # it offers nothing that only others may open
    assert listed(amparo, "routing=city") == [city.case_number]
    exported = amparo.get("/en/inbox.csv").text
    for told in ("alquilar", "Hola", "600 123", "inmobiliaria", "Iris"):
        assert told not in exported
    with desk.reading() as session:
        wanted = select(Event).where(Event.kind == "list_exported").order_by(Event.seq)  # type: ignore[arg-type]  # a column
        events = [json.loads(event.detail) for event in session.exec(wanted)]
    assert (events[0]["list"], events[0]["rows"], events[-1]["rows"]) == ("inbox", 3, 4)
    assert city.case_number in events[-1]["found"] and city.case_number not in events[0]["found"]


def test_pages_go_on_in_every_order_and_what_is_wrong_is_told(desk: Desk) -> None:
    for place in range(PAGE + 2):
        urgency = ("normal", "soon")[place % 2]
        desk.report(week=f"2026-W{40 + place % 4}", urgency=urgency, carried=False)
    desk.collect()
    in_languages(desk, dict(zip(listed(desk.signed_in("iris")), ("ar", "fr") * 9, strict=False)))
    iris = desk.signed_in("iris")
    for sort in ("urgent", "-urgent", "-received", "language", "-channel"):
        first = iris.get(f"/en/inbox?sort={sort}&state=new").text
        onwards = re.search(r'href="/en/inbox\?([^"]+)" rel="next"', first)
        assert onwards, sort
        both = [*listed(iris, f"sort={sort}&state=new"), *listed(iris, onwards[1].replace("&amp;", "&"))]
        assert len(both) == len(set(both)) == PAGE + 2, sort
    whole, own = iris.get("/en/inbox.csv").text, "0" * 8 + "-0000-4000-8000-" + "0" * 12
    assert iris.get(f"/en/inbox.csv?after=0_2026-W43_Z_{own}").text == whole  # a file has every page
    for odd in ("9" * 30, "%00", "x", ""):
        assert iris.get(f"/en/inbox?after={odd}_2026-W01_A_{own}").status_code == 200, odd
    wrong = iris.get("/en/inbox?language=klingon&week=2026")
    assert wrong.status_code == 422 and "not on the list any more" in said(wrong.text)
    assert iris.get("/en/inbox.csv?state=closed").status_code == 422
    for name in sorted(STAFF):
        person = desk.signed_in(name)
        assert person.get("/en/inbox.csv").status_code == person.get("/en/inbox").status_code, name

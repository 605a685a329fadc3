"""The timeline of a case page by page and by kind: every event once, and nothing of a case that is shut."""

import re

from starlette.testclient import TestClient

from casework.timeline.actions import record
from tests.casework.desk import Desk, Reporter, said
from tests.casework.tasks.todo import ask

MADE = "creó una tarea"


def pages(client: TestClient, reporter: Reporter, sort: str) -> list[str]:
    """Every page of a timeline, from the newest on."""
    found, address = [], f"/es/cases/{reporter.case_number}/timeline?sort={sort}"
    while address:
        page = client.get(address)
        assert page.status_code == 200
        found.append(page.text.partition("<ol")[2].partition("</ol>")[0])
        onward = re.search(r'href="([^"]+)" rel="next"', page.text)
        address = onward.group(1).replace("&amp;", "&") if onward else ""
        assert len(found) < 9
    return found


def test_every_event_stands_once_on_the_pages_and_the_case_leads_there(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    with desk.writing() as session:
        for number in range(120):
            record(
                session,
                "task_made",
                at=desk.clock.now(),
                by=desk.staff_id("laila"),
                case_id=desk.case(reporter).id,
                task="call" if number % 2 else "read",
                to=str(desk.staff_id("laila")),
            )
    case = laila.get(f"/es/cases/{reporter.case_number}").text
    assert f'href="/es/cases/{reporter.case_number}/timeline"' in case
    shown = pages(laila, reporter, "changed")
    assert len(shown) == 3 and sum(page.count("<li>") for page in shown[:2]) == 100
    assert sum(said(f"<main>{page}</main>").count(MADE) for page in shown) == 120
    assert not any("leyó el expediente" in page for page in shown)
    read = pages(laila, reporter, "read")
    assert len(read) == 1 and MADE not in read[0] and "leyó el expediente" in read[0]


def test_what_is_asked_wrongly_shows_everything_and_a_case_that_is_shut_nothing(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    ask(desk, laila, reporter)
    for wrong in ("sort=nonsense", "before=x", "before=99999999999999", "before=-1"):
        page = laila.get(f"/es/cases/{reporter.case_number}/timeline?{wrong}")
        assert page.status_code == 200 and MADE in said(page.text), wrong
    assert "Nada de este tipo." in said(
        laila.get(f"/es/cases/{reporter.case_number}/timeline?sort=sought").text
    )
    assert desk.signed_in("pau").get(f"/es/cases/{reporter.case_number}/timeline").status_code == 404

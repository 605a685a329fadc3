"""The duty to report: decided with reasons, read by another person, on the record of the case."""

import pytest
from playwright.sync_api import Browser, expect
from sqlmodel import select
from starlette.responses import Response
from starlette.testclient import TestClient

from casework.advice.tables import DutyDecision
from tests.casework.conflicts.people import declare
from tests.casework.conflicts.test_in_the_browser import looks_right, page_of
from tests.casework.desk import Desk, Reporter, said, typed
from tests.support.browser import Serve, browser, served

__all__ = ["browser", "served"]  # fixtures

REASONS = "Lo contó en una consulta y pidió que no saliera de aquí."


def decide(client: TestClient, reporter: Reporter, basis: str = "secrecy", duty: str = "not") -> Response:
    given = {"basis": basis, "duty": duty, "person_told": "yes", "duty_reasons": REASONS}
    return client.post(f"/es/cases/{reporter.case_number}/duty", data=given)


def decided(desk: Desk) -> DutyDecision:
    with desk.reading() as session:
        return session.exec(select(DutyDecision)).one()


def read(
    desk: Desk, client: TestClient, reporter: Reporter, reading: str = "agrees", words: str = ""
) -> Response:
    given = {"duty_id": str(decided(desk).id), "reading": reading, "reader_words": words}
    return client.post(f"/es/cases/{reporter.case_number}/duty/reading", data=given)


def test_a_decision_about_a_duty_to_report_is_read_by_another_person(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    assert decide(laila, reporter).status_code == 303
    assert REASONS.encode() not in decided(desk).sealed
    own = read(desk, laila, reporter)
    assert own.status_code == 409 and "no hace la segunda lectura" in said(own.text)
    assert read(desk, amparo, reporter, "disagrees").status_code == 422
    assert read(desk, amparo, reporter, "disagrees", "Hay un menor.").status_code == 303
    late = read(desk, desk.signed_in("vicent"), reporter)
    assert late.status_code == 409
    page = said(laila.get(f"/es/cases/{reporter.case_number}/duty").text)
    assert REASONS in page and "Hay un menor." in page and "No está de acuerdo" in page
    kept = desk.events(reporter)
    assert kept.count("duty_decided") == kept.count("duty_read") == 1


def test_violence_against_a_minor_is_always_reported(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    refused = decide(laila, reporter, "minors")
    assert refused.status_code == 409
    assert typed(refused.text, "duty_reasons")["text"] == REASONS
    assert decide(laila, reporter, "minors", "report").status_code == 303


def test_who_keeps_out_of_a_case_decides_nothing_in_it_and_reads_nothing_as_the_second(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    assert decide(amparo, reporter).status_code == 303
    assert declare(laila, reporter).status_code == 303
    assert decide(laila, reporter).status_code == 409
    assert read(desk, laila, reporter).status_code == 409
    assert decided(desk).reading_code is None


def test_the_duty_of_a_case_one_does_not_hold_looks_like_none(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    pau = desk.signed_in("pau")
    assert pau.get(f"/es/cases/{reporter.case_number}/duty").status_code == 404
    assert decide(pau, reporter).status_code == 404


@pytest.mark.parametrize("width", [390, 1280])
def test_the_duty_to_report_can_be_decided_and_read_by_everybody(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    reporter = desk.a_case("laila")
    assert decide(desk.signed_in("laila"), reporter).status_code == 303
    page = page_of(browser, desk, served(desk.app), "amparo", width)
    page.goto(f"{served(desk.app)}/es/cases/{reporter.case_number}/duty")
    looks_right(page, width, "to read")
    page.get_by_role("button", name="Guardar la decisión").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, width, "corrections")
    page.get_by_label("Está de acuerdo", exact=True).check()
    page.get_by_role("button", name="Guardar la lectura").click()
    expect(page.get_by_text("Tu lectura está guardada")).to_be_visible()
    looks_right(page, width, "read")
    page.context.close()

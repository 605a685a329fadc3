"""The directory of bodies: the city's contacts and what a supervisor knows of them."""

from typing import Any

from starlette.responses import Response
from starlette.testclient import TestClient

from tests.casework.deadlines.clocks import day_fields
from tests.casework.desk import NOW, STAFF, Desk, mistakes, said

BODIES = "/es/referrals/bodies"
KNOWN = {"version": "0", "body_services": "Acogida y asesoría.", "spoken": ["ar", "fr"], "agreement": "yes"}


def note(client: TestClient, code: str, **other: Any) -> Response:
    """Keep what is known of a body, as the form does."""
    return client.post(f"{BODIES}/{code}", data={**KNOWN, **other})


def row_of(page: str, name: str) -> str:
    """The words of the row of a body."""
    return next(said(f"<main {row}</main>") for row in page.split("<tr>") if name in row)


def test_a_contact_nobody_checked_is_marked_until_a_supervisor_has(desk: Desk) -> None:
    amparo = desk.signed_in("amparo")
    assert "Por comprobar" in row_of(amparo.get(BODIES).text, f"{BODIES}/021")
    until = day_fields("agreement_until", NOW.date().replace(year=2027))
    signed = day_fields("processing_on", NOW.date().replace(month=1))
    assert note(amparo, "021", **until, **signed).status_code == 303
    row = row_of(amparo.get(BODIES).text, f"{BODIES}/021")
    assert "Por comprobar" not in row
    for told in ("Acogida y asesoría.", "árabe", "francés", "Hay convenio", "Amparo", "23 nov 2026"):
        assert told.lower() in row.lower(), told
    desk.clock.move(days=366)
    assert "Por comprobar" in row_of(desk.signed_in("amparo").get(BODIES).text, f"{BODIES}/021")


def test_a_body_in_no_list_is_added_and_can_be_referred_to(desk: Desk) -> None:
    amparo = desk.signed_in("amparo")
    refused = note(amparo, "new")
    assert (refused.status_code, len(mistakes(refused.text))) == (422, 1)
    assert (
        note(amparo, "new", body_name="Asociación Puerta Abierta", way="puerta@example.org").status_code
        == 303
    )
    reporter = desk.a_case("laila")
    page = desk.signed_in("laila").get(f"/es/cases/{reporter.case_number}/referrals").text
    assert "Asociación Puerta Abierta" in page
    assert "Asociación Puerta Abierta" in said(amparo.get("/es/timeline").text)


def test_only_supervisors_change_the_directory_and_everybody_with_cases_reads_it(desk: Desk) -> None:
    for name in STAFF:
        client = desk.signed_in(name)
        assert client.get(BODIES).status_code == (
            200 if name in ("laila", "pau", "amparo", "vicent") else 404
        )
        may = name in ("amparo", "vicent")
        assert client.get(f"{BODIES}/021").status_code == (200 if may else 404)
        if not may:
            assert note(client, "021").status_code == 404
            assert note(client, "new", body_name="X").status_code == 404


def test_what_somebody_else_just_noted_is_not_overwritten(desk: Desk) -> None:
    assert note(desk.signed_in("amparo"), "021").status_code == 303
    late = note(desk.signed_in("vicent"), "021", body_services="Otra cosa.")
    assert late.status_code == 409
    assert "Otra cosa." not in desk.signed_in("amparo").get(BODIES).text


def test_an_emergency_number_is_nobody_to_refer_to_and_an_unknown_body_is_not_found(desk: Desk) -> None:
    amparo = desk.signed_in("amparo")
    assert f"{BODIES}/112" not in amparo.get(BODIES).text
    assert amparo.get(f"{BODIES}/112").status_code == 404
    assert amparo.get(f"{BODIES}/nobody").status_code == 404

"""Where cases stand, giving back, closing and voiding by two, on the engine of a real office."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from casework.cases.tables import CaseFile
from casework.states.tables import ClosingRequest
from tests.casework.deadlines.clocks import version
from tests.casework.on_postgres.conftest import PostgresDesk
from tests.casework.states.test_void import asked, decided

pytestmark = pytest.mark.postgres


def test_a_case_is_given_back_given_anew_and_closed_by_two_on_postgresql(desk: PostgresDesk) -> None:
    reporter = desk.a_case("laila")
    own = f"/es/cases/{reporter.case_number}"
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    back = {"version": version(desk, reporter), "return_reason": "load", "return_words": "No llego."}
    assert laila.post(f"{own}/returning", data=back).status_code == 303
    assert reporter.case_number in amparo.get("/es/cases?whose=all&which=conflict&state=new").text
    given = {"version": version(desk, reporter), "adviser": str(desk.staff_id("pau")), "reason": "load"}
    assert amparo.post(f"{own}/adviser", data=given).status_code == 303
    assert reporter.case_number in amparo.get("/es/cases?whose=all&state=assigned").text
    refused = desk.signed_in("pau").post(
        f"{own}/stage", data={"version": version(desk, reporter), "stage": "advice", "state": "in_progress"}
    )
    assert refused.status_code == 409 and f"{own}/limits" in refused.text
    assert desk.ask_to_close(reporter, by="pau", text="Hasta pronto.").status_code == 303
    assert reporter.case_number in amparo.get("/es/cases?whose=all&which=closings").text
    with desk.reading() as session:
        row = session.exec(select(ClosingRequest)).one()
    with pytest.raises(IntegrityError), desk.writing() as session:  # the store refuses to let one close alone
        kept = session.get_one(ClosingRequest, row.id)
        kept.settled_code, kept.settled_by, kept.settled_on = "closed", row.asked_by, row.asked_on
    assert desk.decide_closing(reporter).status_code == 303
    assert "Hasta pronto." in [reply.text for reply in desk.replies(reporter)]


def test_a_case_is_voided_by_two_and_back_on_postgresql(desk: PostgresDesk) -> None:
    reporter, other = desk.a_case("laila"), desk.a_case("laila")
    amparo = desk.signed_in("amparo")
    twice = {"void_reason": "twice", "goes_on": other.case_number}
    assert asked(desk, reporter, **twice).status_code == 303
    assert reporter.case_number in amparo.get("/es/cases?whose=all&which=closings").text
    assert decided(desk, reporter).status_code == 303
    assert reporter.case_number in amparo.get("/es/cases?whose=all&which=void").text
    assert desk.case(reporter).is_void and len(desk.counted()) == 1
    with pytest.raises(IntegrityError), desk.writing() as session:  # void or with an outcome, not both
        session.get_one(CaseFile, desk.case(reporter).id).outcome_code = "support_given"
    assert asked(desk, reporter).status_code == 303
    assert decided(desk, reporter).status_code == 303
    assert not desk.case(reporter).is_closed and len(desk.counted()) == 2

"""Supervision, traces and month-end on PostgreSQL, each process as its own database user."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from office.stores.errors import NotGranted
from tests.casework.deadlines.clocks import at, scan
from tests.casework.desk import said
from tests.casework.month_end.test_scenario_25 import counts, files, month_end
from tests.casework.on_postgres.conftest import PostgresDesk
from tests.casework.supervision.test_scenario_18 import close, reviews, taken
from tests.casework.traces.test_scenario_19 import OFFICER
from tests.support.postgres import as_role

pytestmark = pytest.mark.postgres


def test_a_closure_is_looked_at_again_traced_and_counted_on_postgresql(
    desk: PostgresDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vicent = desk.signed_in("vicent")
    case = taken(desk, vicent, "laila")
    scan(desk, vicent, case, None, reason="None runs.")
    close(desk, "laila", case, "vicent")
    at(desk, date(2026, 12, 1))
    amparo = desk.signed_in("amparo")
    assert amparo.post("/en/supervision/sample", data={"month": "2026-11"}).status_code == 303
    (row,) = reviews(desk).values()
    assert amparo.post(f"/en/supervision/reviews/{row.id}", data={"found": "fine"}).status_code == 303
    told = said(amparo.get("/en/supervision").text)
    assert "Fine –" in told and "366 or more 0" in told
    assert "Laila" in said(amparo.get("/en/workload").text)
    asked = {"number": case.case_number, "month": "2026-12"}
    assert "looked at a closure again" in said(desk.signed_in(OFFICER).get("/en/traces", params=asked).text)

    desk.casework_url = as_role(desk.casework_owner, "month_end")
    once, again = tmp_path / "once", tmp_path / "again"
    for folder in (once, again):
        assert month_end(desk, monkeypatch, folder, "2026-11", "2026-12-01") == 0
    assert counts(once, "2026-11") == {
        "contacts": 3, "people": 1, "reports": 1, "cases": 1, "harms": 0, "outcomes": 1,
    }  # fmt: skip
    assert files(once) == files(again)
    for forbidden in (
        "SELECT sealed FROM case_message",
        "UPDATE month_count SET number = 0",
        "SELECT found_code FROM closure_review",
    ):
        with pytest.raises(NotGranted), desk._as("casework", "month_end").begin() as session:
            session.execute(text(forbidden))
    with pytest.raises(NotGranted), desk._as("casework", "casework").begin() as session:
        session.execute(text("SELECT number FROM month_count"))

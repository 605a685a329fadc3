"""Harms on PostgreSQL: noted, sealed anew, taken out; never deleted."""

import pytest
from sqlalchemy import text
from sqlmodel import select

from casework.harms.tables import CaseHarm
from office.stores.errors import NotGranted
from tests.casework.conflicts.people import add
from tests.casework.desk import said
from tests.casework.harms.harming import harms, involve, involved, note, parties, path, remove
from tests.casework.on_postgres.conftest import PostgresDesk

pytestmark = pytest.mark.postgres


def test_harms_pass_the_grants_and_are_sealed_anew_on_postgresql(desk: PostgresDesk) -> None:
    reporter, laila, amparo = desk.a_case("laila"), desk.signed_in("laila"), desk.signed_in("amparo")
    add(laila, reporter, "Bar Pepe, S.L.")
    for _ in range(2):
        assert note(desk, laila, reporter).status_code == 303
    bar = parties(desk, reporter)["respondent"]
    assert involve(desk, laila, reporter, 2, bar).status_code == 303
    assert involve(desk, laila, reporter, 2, bar, grade="found").status_code == 303
    assert [one.part_code for one in involved(desk)] == ["did"]
    page = laila.get(path(reporter, 2)).text
    assert "Lo declaró una autoridad o un tribunal" in said(page)
    assert remove(desk, laila, reporter, 3).status_code == 303
    given = {
        "version": str(desk.case(reporter).version),
        "adviser": str(desk.staff_id("pau")),
        "reason": "load",
    }
    assert amparo.post(f"/es/cases/{reporter.case_number}/adviser", data=given).status_code == 303
    assert "La insultaron en el portal." in said(desk.signed_in("pau").get(path(reporter, 2)).text)
    assert {one.key_version for one in harms(desk, reporter) if one.sealed} == {2}
    assert {one.key_version for one in involved(desk)} == {2}
    with pytest.raises(NotGranted), desk.app.state.desk.sessions.begin() as session:
        session.delete(session.exec(select(CaseHarm).where(CaseHarm.place == 2)).one())
    with pytest.raises(NotGranted), desk.app.state.desk.sessions.begin() as session:
        session.execute(text("UPDATE case_harm SET place = 9 WHERE place = 2"))

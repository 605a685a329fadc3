"""People of a case on PostgreSQL: corrected, sealed anew; that keeping out ended is never deleted."""

import pytest
from sqlmodel import select

from casework.competence.tables import CaseCompetence
from casework.conflicts.tables import NobodyKnown, WallDown
from office.stores.errors import NotGranted
from tests.casework.competence.test_competence import decide, own
from tests.casework.conflicts.people import add, declare
from tests.casework.conflicts.test_correcting import KNOWN, correct
from tests.casework.conflicts.test_ending import end
from tests.casework.desk import said
from tests.casework.harms.harming import parties
from tests.casework.on_postgres.conftest import PostgresDesk

pytestmark = pytest.mark.postgres


def test_people_competence_and_ends_of_keeping_out_pass_the_grants_on_postgresql(desk: PostgresDesk) -> None:
    reporter, laila, amparo = desk.a_case("laila"), desk.signed_in("laila"), desk.signed_in("amparo")
    nobody = {"nobody_why": "No lo sabe."}
    assert laila.post(own(reporter, "people/nobody"), data=nobody).status_code == 303
    assert decide(desk, reporter, "office").status_code == 303
    add(laila, reporter, "Rut Inventada", "affected", "person")
    add(laila, reporter, "Bar Pepe")
    row = parties(desk, reporter)["affected"]
    assert correct(laila, reporter, row, "Rut Inventada", **KNOWN).status_code == 303
    assert declare(laila, reporter).status_code == 303
    assert end(desk, amparo, reporter, "laila").status_code == 303  # under a new key
    assert "600 000 000" in said(laila.get(own(reporter, "people")).text)
    with desk.reading() as session:
        for table in (NobodyKnown, WallDown, CaseCompetence):
            assert session.exec(select(table)).one().key_version == 2
    for table in (NobodyKnown, WallDown, CaseCompetence):
        with pytest.raises(NotGranted), desk.app.state.desk.sessions.begin() as session:
            session.delete(session.exec(select(table)).one())
    with pytest.raises(NotGranted), desk.app.state.desk.sessions.begin() as session:
        ended = session.exec(select(WallDown)).one()
        ended.down_by = desk.staff_id("vicent")
        session.add(ended)

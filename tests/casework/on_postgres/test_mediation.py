"""A mediation on PostgreSQL: two doors to one case, steps that are never changed, notes nobody else opens."""

import pytest
from sqlmodel import select

from casework.mediation.tables import MediationStep
from office.stores.errors import NotGranted
from tests.casework.desk import said
from tests.casework.mediation.steps import (
    agree,
    done,
    invited,
    name_mediator,
    notes,
    of_case,
    of_mediator,
    screen,
    standing,
    step,
    versioned,
)
from tests.casework.on_postgres.conftest import PostgresDesk

pytestmark = pytest.mark.postgres


def test_a_mediation_goes_from_its_screening_to_an_agreement_on_postgresql(desk: PostgresDesk) -> None:
    name_mediator(desk)
    laila, pau, case = desk.signed_in("laila"), desk.signed_in("pau"), desk.a_case("laila")
    invited(desk, laila, pau, case)
    one = standing(desk, case)
    done(pau.post(of_mediator(one, "notes"), data={"own_note": "Solo para mí.", **versioned(one)}))
    done(
        step(desk, pau, case, "respondent_consented", mediator=True),
        step(desk, pau, case, "session", mediator=True),
        agree(desk, pau, case),
    )
    page = said(laila.get(of_case(case)).text)
    assert "Hay acuerdo" in page and "Solo para mí." not in page
    assert sorted(note.kind_code for note in notes(desk)) == ["agreement", "note"]
    with pytest.raises(NotGranted), desk.app.state.desk.sessions.begin() as session:
        session.exec(select(MediationStep)).all()[-1].step_code = "withdrawn"
    done(screen(laila, case))

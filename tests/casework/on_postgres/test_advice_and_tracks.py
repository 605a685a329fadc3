"""Advice and tracks on PostgreSQL: what was noted is never changed."""

import pytest
from sqlalchemy.exc import DatabaseError
from sqlmodel import select

from casework.advice.tables import AdviceStep, AdviceVersion
from casework.tracks.tables import TrackStep
from office.stores.errors import NotGranted
from tests.casework.advice import pieces as advice
from tests.casework.desk import said
from tests.casework.interpreters import tongues
from tests.casework.on_postgres.conftest import PostgresDesk
from tests.casework.tracks import steps as tracks

pytestmark = pytest.mark.postgres


def test_advice_is_reviewed_translated_delivered_and_decided_on_postgresql(desk: PostgresDesk) -> None:
    reporter = desk.a_case("laila", languages=advice.SPEAKS_WOLOF)
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    begun = advice.begin(desk, laila, reporter)
    assert advice.review(desk, laila, reporter).status_code == 409
    assert advice.review(desk, amparo, reporter).status_code == 303
    row = advice.translate(desk, laila, reporter, machine=True)
    used = advice.delivery(text_used=str(row.id))
    assert advice.act(desk, laila, reporter, "delivery", **used).status_code == 409
    checker = f"interpreter-{tongues.add(desk).id}"
    right = {"translation_id": str(row.id), "checker": checker, "checked_text": "Mën nga kalaame."}
    assert advice.act(desk, laila, reporter, "translations/check", **right).status_code == 303
    assert advice.act(desk, laila, reporter, "delivery", **used).status_code == 303
    assert advice.act(desk, laila, reporter, "decision", **advice.decision()).status_code == 303
    given = {"version": "1", "adviser": str(desk.staff_id("pau")), "reason": "load"}
    assert amparo.post(f"/es/cases/{reporter.case_number}/adviser", data=given).status_code == 303
    page = said(desk.signed_in("pau").get(advice.path(reporter, begun)).text)
    assert advice.QUESTION in page and "Modou Inventado" in page
    with pytest.raises(NotGranted), desk.app.state.desk.sessions.begin() as session:
        session.exec(select(AdviceStep)).all()[-1].decision_code = "not"
    with pytest.raises(NotGranted), desk.app.state.desk.sessions.begin() as session:
        session.exec(select(AdviceVersion)).one().number = 2


def test_tracks_and_remedies_pass_the_grants_and_keep_their_rules_on_postgresql(desk: PostgresDesk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = tracks.opened(desk, laila, reporter, "civil", track_note="Pedimos el cese.")
    assert tracks.step(desk, laila, reporter, one, "filed").status_code == 409
    tracks.walk(desk, laila, reporter, one, "mandate_signed", "filed", "silent")
    assert tracks.back(desk, laila, reporter, one, tracks.now(desk, reporter, one).newest).status_code == 303
    tracks.walk(desk, laila, reporter, one, "resolved")
    assert tracks.remedy(desk, laila, reporter, one, "apology").status_code == 303
    (kept,) = tracks.remedies(desk)
    assert tracks.check(desk, laila, reporter, one, kept, "yes").status_code == 303
    given = {
        "version": str(desk.case(reporter).version),
        "adviser": str(desk.staff_id("pau")),
        "reason": "load",
    }
    assert laila.post(f"/es/cases/{reporter.case_number}/adviser", data=given).status_code == 303
    assert "Pedimos el cese." in said(desk.signed_in("pau").get(tracks.path(reporter, one)).text)
    row = tracks.rows(desk)[0]
    with pytest.raises(NotGranted), desk.app.state.desk.sessions.begin() as session:
        session.get_one(TrackStep, row.id).step_code = "final"
    with pytest.raises(DatabaseError), desk._as("casework", "owner").begin() as session:
        session.add(TrackStep(**row.model_dump(exclude={"id"})))

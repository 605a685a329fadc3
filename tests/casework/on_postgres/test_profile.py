"""What somebody is, on PostgreSQL: noted, given on, opened with a reason, destroyed; no other process."""

import pytest
from sqlalchemy import text
from sqlmodel import select

from casework.profile.tables import CaseProfile, ProfileEntry, ProfileGrant, ProfileOpening
from office.stores.errors import NotGranted
from tests.casework.on_postgres.conftest import PostgresDesk
from tests.casework.profile.noting import (
    WORD,
    entries,
    grants,
    note,
    noted,
    path,
    say_why,
    take_out,
    withdraw,
)

pytestmark = pytest.mark.postgres


def test_a_profile_passes_the_grants_follows_the_case_and_is_destroyed_on_postgresql(
    desk: PostgresDesk,
) -> None:
    reporter, laila, amparo = noted(desk), desk.signed_in("laila"), desk.signed_in("amparo")
    assert note(desk, laila, reporter, profile_words="Uso audífonos.").status_code == 303
    assert say_why(amparo, reporter).status_code == 303
    assert WORD in amparo.get(path(reporter)).text
    given = {
        "version": str(desk.case(reporter).version),
        "adviser": str(desk.staff_id("pau")),
        "reason": "load",
    }
    assert amparo.post(f"/es/cases/{reporter.case_number}/adviser", data=given).status_code == 303
    assert grants(desk, reporter) == {"pau": "reads", "amparo": "with_reason", "vicent": "with_reason"}
    pau = desk.signed_in("pau")
    assert WORD in pau.get(path(reporter)).text
    assert take_out(desk, pau, reporter, entries(desk)[0]).status_code == 303
    with pytest.raises(NotGranted), desk.app.state.desk.sessions.begin() as session:
        session.execute(text("UPDATE profile_entry SET noted_on = '2026-01-01'"))
    with pytest.raises(NotGranted), desk.app.state.desk.sessions.begin() as session:
        session.execute(text("DELETE FROM case_profile"))
    for role in ("courier", "handover", "reminder", "weekly", "month_end", "mailer"):
        for table in ("case_profile", "profile_grant", "profile_entry", "profile_opening"):
            with pytest.raises(NotGranted), desk._as("casework", role)() as session:
                session.execute(text(f"SELECT * FROM {table}"))
    assert withdraw(desk, pau, reporter).status_code == 303
    with desk.reading() as session:
        assert session.exec(select(CaseProfile)).one().withdrawn_on is not None
        for kind in (ProfileEntry, ProfileGrant, ProfileOpening):
            assert session.exec(select(kind)).all() == []

"""Hearings on PostgreSQL: ended, taken back and moved with their track; counted by who holds no key."""

from datetime import date

import pytest
from sqlmodel import select

from casework.deadlines.weekly import week_of
from casework.hearings.tables import HearingReminder
from casework.taking_back.tables import TakenBack
from office.stores.errors import NotGranted
from tests.casework.deadlines.reminding import letters, remind, wants
from tests.casework.desk import CITY, said
from tests.casework.hearings.hearings import filed, noted, now, page, put_off, rows
from tests.casework.hearings.test_reminding import NEAR
from tests.casework.merges.pairs import apart, together, two
from tests.casework.notices.post_office import mail_server
from tests.casework.on_postgres.conftest import PostgresDesk
from tests.casework.taking_back.test_taking_back import back, taken

pytestmark = pytest.mark.postgres

ON = date(2026, 12, 17)


def test_hearings_pass_the_grants_on_postgresql(desk: PostgresDesk) -> None:
    laila = desk.signed_in("laila")
    leading, under = two(desk, "En el autobús 27.", "En el mismo autobús.")
    assert together(desk, laila, leading, under).status_code == 303
    row = noted(desk, laila, leading, filed(desk, laila, leading), ON)
    wants(desk)
    with mail_server() as server:
        remind(desk, server, date(2026, 12, 12))
        assert letters(server) == [[NEAR + "1"]]
    assert put_off(laila, leading, row, date(2026, 12, 22)).status_code == 303
    assert back(desk, laila, leading, row.id, "Era otro día.").status_code == 303
    assert [one.state_code for one in rows(desk)] == ["set", "cancelled"]
    with desk.reading() as session:
        assert session.exec(select(HearingReminder)).all() == [], "it is warned of anew"
    with desk._as("casework", "weekly")() as session:
        assert week_of(session, date(2026, 12, 10), CITY).counts["hearings"] == 1
    assert apart(desk, laila, leading, under, ("track",)).status_code == 303
    assert now(desk, row).case_id == taken(desk)[0].case_id == desk.case(under).id
    assert "Era otro día." in said(laila.get(page(under, row)).text)
    with pytest.raises(NotGranted), desk.app.state.desk.sessions.begin() as session:
        session.delete(session.exec(select(TakenBack)).one())

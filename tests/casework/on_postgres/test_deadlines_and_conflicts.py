"""Deadlines and conflicts of interest on PostgreSQL."""

from datetime import date

import pytest
from sqlalchemy.exc import DatabaseError
from sqlmodel import select

from casework.cases.tables import CaseFile
from casework.conflicts.tables import CaseParty
from casework.deadlines.tables import Deadline
from office.stores.errors import NotGranted
from tests.casework.conflicts.people import add, checks, decide, declare
from tests.casework.deadlines.clocks import act, binding, day_fields, name_lawyer, rows, scan
from tests.casework.deadlines.clocks import path as path_of
from tests.casework.deadlines.reminding import remind, wants
from tests.casework.desk import codes, said
from tests.casework.notices.post_office import mail_server
from tests.casework.on_postgres.conftest import PostgresDesk
from tests.casework.on_postgres.waiting import at_once
from tests.casework.taking_back.test_taking_back import ENDS, back, taken
from tests.casework.tasks.todo import ask, settle, tasks
from tests.casework.tracks.steps import opened, walk

pytestmark = pytest.mark.postgres


def test_deadlines_pass_the_grants_and_keep_their_rules_on_postgresql(desk: PostgresDesk) -> None:
    reporter, event = desk.a_case("laila"), date(2026, 11, 20)
    name_lawyer(desk)
    laila = desk.signed_in("laila")
    first, second = scan(desk, laila, reporter, event, "court_admin_fundamental", "civil_tort")
    assert act(desk, laila, reporter, first, "confirming").status_code == 303
    stopped = {
        "stop": "legal_aid_requested",
        **day_fields("stop_first", event),
        "stop_evidence": "1",
        "count_reason": "Asked for.",
        **day_fields("event", event),
    }
    assert act(desk, laila, reporter, first, "counting", **stopped).status_code == 303
    for which, count in (("all", 2), ("suspended", 1), ("unconfirmed", 2), ("overdue", 0)):
        page = laila.get(f"/en/deadlines?which={which}").text
        assert page.partition("<tbody>")[2].count("<tr>") == count, which
    assert act(desk, laila, reporter, second, "missing", missed_incident="Nobody.").status_code == 303
    assert {row.state for row in rows(desk, reporter)} == {"superseded", "missed", "computed"}
    token = laila.post("/en/calendar", data={"do": "make"}).text.partition("/calendar/")[2][:43]
    assert b"VEVENT" in desk.stranger().get(f"/calendar/{token}").content
    given = {
        "version": str(desk.case(reporter).version),
        "adviser": str(desk.staff_id("pau")),
        "reason": "load",
    }
    assert laila.post(f"{path_of(reporter)}/adviser", data=given).status_code == 303
    pau = desk.signed_in("pau")
    assert "Nobody." in said(pau.get(path_of(reporter, second)).text)
    assert pau.get("/en/cases?which=unscanned").status_code == 200
    with pytest.raises(NotGranted), desk.app.state.desk.sessions.begin() as session:
        session.get_one(Deadline, binding(desk, reporter)[0].id).last_on = date(2030, 1, 1)
    with pytest.raises(DatabaseError), desk._as("casework", "owner").begin() as session:
        session.add(Deadline(**binding(desk, reporter)[0].model_dump(exclude={"id"})))


def test_seats_set_periods_and_what_follows_a_step_on_postgresql(desk: PostgresDesk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    notified = date(2026, 11, 20)
    (row,) = scan(desk, laila, reporter, notified, "admin_alzada", seat="madrid")
    assert (row.seat_code, row.counts_home) == ("madrid", False)
    period = {
        "version": str(desk.case(reporter).version),
        "set_by": "Juzgado",
        "period_evidence": "1",
        "procedure": "court",
        "length": "5",
        "unit": "working_day",
        **day_fields("runs_from", notified),
    }
    assert laila.post(f"{path_of(reporter)}/period", data=period).status_code == 303
    one = opened(desk, laila, reporter, "administrative")
    walk(desk, laila, reporter, one, "mandate_signed", "filed")
    keep = {
        "version": str(desk.case(reporter).version),
        "follow": "authority_answer:",
        **day_fields("runs_from", date(2026, 11, 23)),
    }
    assert laila.post(f"{path_of(reporter)}/tracks/{one.track.id}/clocks", data=keep).status_code == 303
    days = {row.route_code: row.last_on for row in binding(desk, reporter)}
    assert days == {
        "admin_alzada": date(2026, 12, 21),  # 20 December is a Sunday
        "set_period": date(2026, 11, 27),
        "authority_answer": date(2027, 2, 23),
    }


def test_a_decision_holds_both_cases_in_one_order_on_postgresql(desk: PostgresDesk) -> None:
    first, second = sorted((desk.a_case("pau"), desk.a_case("laila")), key=lambda one: desk.case(one).id)
    amparo, ids = desk.signed_in("amparo"), [desk.case(one).id for one in (first, second)]
    names = {desk.staff_id(name): desk.signed_in(name) for name in ("pau", "laila")}
    add(names[desk.case(first).assigned_to], first, "Bar Pepe", "affected")
    add(names[desk.case(second).assigned_to], second, "Bar Pepe")
    (check,) = checks(desk)
    with desk.reading() as session:
        held = select(CaseFile).with_for_update()
        session.exec(held.where(CaseFile.id == ids[0])).one()
        with at_once(desk, lambda: decide(amparo, second, check.id, "wall")) as begun:
            assert not begun[0].done()
            session.exec(held.with_for_update(nowait=True).where(CaseFile.id == ids[1])).one()
            session.rollback()
    assert begun[0].result().status_code == 303


def test_a_conflict_and_a_recusal_on_postgresql(desk: PostgresDesk) -> None:
    earlier, new = desk.a_case("pau"), desk.a_case("laila")
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    add(desk.signed_in("pau"), earlier, "Hostelería Pérez S.L.", "affected", aliases="Bar Pépé")
    add(laila, new, "BAR PEPE SL", aliases="Bar Peppe")
    path = f"/es/cases/{new.case_number}"
    assert laila.post(f"{path}/codes", data=codes()).status_code == 409
    assert new.case_number in amparo.get("/es/conflicts").text
    (check,) = checks(desk)
    assert decide(amparo, new, check.id).status_code == 303
    assert laila.post(f"{path}/codes", data=codes()).status_code == 303
    assert declare(laila, new).status_code == 303
    given = {"version": "2", "adviser": str(desk.staff_id("pau")), "reason": "conflict"}
    assert amparo.post(f"{path}/adviser", data=given).status_code == 303
    assert laila.get(path).status_code == 404
    assert "BAR PEPE SL" in said(desk.signed_in("pau").get(f"{path}/people").text)
    with desk.reading() as session:
        party = str(session.exec(select(CaseParty.id).where(CaseParty.case_id == desk.case(new).id)).one())
    removed = amparo.post(f"{path}/people/removal", data={"party": party})
    assert removed.status_code == 303


def test_slips_are_taken_back_and_reminders_sent_once_on_postgresql(desk: PostgresDesk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    (row,) = scan(desk, laila, reporter, date(2026, 11, 20), "court_admin_fundamental")
    for what, form in ENDS.items():
        assert act(desk, laila, reporter, row, what, **form).status_code == 303
        assert back(desk, laila, reporter, row.id, "Era otro.").status_code == 303
    assert desk.case(reporter).limit_on == date(2026, 12, 4)
    assert ask(desk, laila, reporter).status_code == 303
    (task,) = tasks(desk, reporter)
    assert settle(laila, reporter, task.id).status_code == 303
    assert back(desk, laila, reporter, task.id).status_code == 303
    assert tasks(desk, reporter)[0].is_open and len(taken(desk)) == 4
    wants(desk)
    with mail_server() as server:
        for _ in range(2):
            remind(desk, server, date(2026, 11, 27))
        assert len(server.letters) == 1

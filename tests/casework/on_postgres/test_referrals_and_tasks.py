"""Referrals, tasks and safe contact on PostgreSQL."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from casework.cases.tables import CaseFile
from casework.referrals.tables import Referral, ReferralBody, ReferralLink
from casework.referrals.withdrawing import withdraw_all
from casework.safe_contact.tables import SafeContact
from casework.timeline.rules import OFFICE
from casework.timeline.tables import ChainHead
from office.stores.errors import NotGranted
from tests.casework.deadlines.clocks import path as path_of
from tests.casework.desk import NOW, said
from tests.casework.on_postgres.conftest import PostgresDesk
from tests.casework.on_postgres.waiting import at_once
from tests.casework.referrals.handing import act as act_on
from tests.casework.referrals.handing import handed_over, links, look, now, reply
from tests.casework.referrals.test_bodies import note
from tests.casework.tasks.todo import ask, note_way, set_next, settle, tasks

pytestmark = pytest.mark.postgres


def test_a_referral_and_its_withdrawal_on_postgresql(desk: PostgresDesk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    address = handed_over(desk, laila, reporter)
    partner = desk.stranger()
    assert look(partner, address).status_code == 200
    told = reply(partner, address, {"answer": "accepted", "answer_words": "La llamamos el lunes."})
    assert told.status_code == 200
    for which in ("waiting", "overdue", "returned", "running"):
        assert (reporter.case_number in laila.get(f"/es/referrals?which={which}").text) == (
            which == "running"
        )
    noted = {"version": "0", "agreement": "yes", "body_services": "Acogida."}
    assert desk.signed_in("amparo").post("/es/referrals/bodies/021", data=noted).status_code == 303
    own = f"/es/cases/{reporter.case_number}/referrals/{now(desk, reporter).id}"
    assert "La llamamos el lunes." in said(laila.get(own).text)
    assert act_on(desk, laila, reporter, "withdrawal").status_code == 303
    assert look(partner, address).status_code == 404
    assert (links(desk), now(desk, reporter).state) == ([], "revoked")
    with pytest.raises(IntegrityError), desk._as("casework", "owner").begin() as session:
        session.execute(text("UPDATE referral SET state = 'sent', consented_on = NULL"))
    with pytest.raises(NotGranted), desk._as("casework", "casework").begin() as session:
        session.execute(text("UPDATE referral_words SET kind = 'note'"))


def test_a_body_that_opens_its_pack_waits_for_a_withdrawal_under_way_on_postgresql(
    desk: PostgresDesk,
) -> None:
    reporter = desk.a_case("laila")
    code = handed_over(desk, desk.signed_in("laila"), reporter)
    partner, case_id = desk.stranger(), desk.case(reporter).id
    with desk.reading() as session:
        session.exec(select(CaseFile).where(CaseFile.id == case_id).with_for_update()).one()
        with at_once(desk, lambda: look(partner, code)) as begun:
            for table in (Referral, ReferralLink):
                session.exec(select(table).with_for_update(nowait=True)).one()
            withdraw_all(session, case_id, by=desk.staff_id("laila"), at=NOW, on=NOW.date())
            session.commit()
    assert begun[0].result().status_code == 404
    assert "referral_opened" not in desk.events(reporter)


@pytest.mark.parametrize("version", ["0", "1"])
def test_of_two_who_note_a_body_at_once_the_later_one_is_told_on_postgresql(
    desk: PostgresDesk, version: str
) -> None:
    amparo, vicent = desk.signed_in("amparo"), desk.signed_in("vicent")
    if version == "1":
        assert note(amparo, "021").status_code == 303
    with desk.reading() as session:
        session.exec(select(ChainHead).where(ChainHead.chain == OFFICE).with_for_update()).one()
        with at_once(
            desk,
            lambda: note(amparo, "021", version=version, body_services="Primera."),
            lambda: note(vicent, "021", version=version, body_services="Segunda."),
        ) as begun:
            session.rollback()
    answers = [one.result() for one in begun]
    assert sorted(one.status_code for one in answers) == [303, 409]
    late = next(one.text for one in answers if one.status_code == 409)
    assert f'name="version" value="{int(version) + 1}"' in late
    kept = "Primera." if answers[0].status_code == 303 else "Segunda."
    with desk.reading() as session:
        row = session.exec(select(ReferralBody)).one()
        assert (row.services, row.version) == (kept, int(version) + 1)


def test_tasks_and_safe_contact_pass_the_grants_on_postgresql(desk: PostgresDesk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    assert ask(desk, laila, reporter, "call").status_code == 303
    assert ask(desk, laila, reporter).status_code == 303
    for who in ("person", "body"):
        assert set_next(desk, laila, reporter, who).status_code == 303
    for rule in ("neutral", "never"):
        assert note_way(desk, laila, reporter, "phone", rule).status_code == 303
    assert ask(desk, laila, reporter, "call").status_code == 422
    given = {
        "version": str(desk.case(reporter).version),
        "adviser": str(desk.staff_id("pau")),
        "reason": "load",
    }
    amparo = desk.signed_in("amparo")
    assert amparo.post(f"{path_of(reporter)}/adviser", data=given).status_code == 303
    pau = desk.signed_in("pau")
    assert "Leer el contrato" in said(pau.get("/es/tasks").text)
    (still,) = [one for one in tasks(desk, reporter) if one.is_open]
    assert settle(pau, reporter, still.id).status_code == 303
    with desk._as("casework", "mailer")() as session:
        assert session.exec(select(SafeContact.rule_code)).one() == "never"
    for forbidden in ("SELECT sealed FROM safe_contact", "SELECT language FROM case_file"):
        with pytest.raises(NotGranted), desk._as("casework", "mailer")() as session:
            session.execute(text(forbidden))
    with pytest.raises(NotGranted), desk._as("casework", "casework").begin() as session:
        session.execute(text("UPDATE case_task SET kind_code = 'call'"))

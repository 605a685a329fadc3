"""Walls against the city on PostgreSQL: they rise and come down, and two act at once."""

import pytest
from sqlmodel import select

from casework.cases.tables import CaseFile, CaseKeyGrant
from casework.walls.tables import CityWall, StaffService
from office.stores.errors import NotGranted
from tests.casework.desk import codes, said
from tests.casework.merges.pairs import together
from tests.casework.on_postgres.conftest import PostgresDesk
from tests.casework.on_postgres.waiting import at_once
from tests.casework.queues.lists import many
from tests.casework.tasks.todo import ask, tasks
from tests.casework.walls.rising import code_the_city, declare, holders, path, wall_off, walls

pytestmark = pytest.mark.postgres


def test_a_wall_rises_around_both_and_two_people_take_it_down_on_postgresql(desk: PostgresDesk) -> None:
    assert declare(desk, "vicent").status_code == 303
    one, other = many(desk, 2)
    laila, vicent, amparo = (desk.signed_in(name) for name in ("laila", "vicent", "amparo"))
    assert together(desk, laila, one, other).status_code == 303
    assert ask(desk, laila, one, doer="vicent").status_code == 303
    assert code_the_city(desk, laila, other).status_code == 200
    assert walls(desk, other) == []
    assert wall_off(desk, laila, other, wall_service="housing").status_code == 303
    for case in (one, other):
        assert holders(desk, case) == {"amparo"}
        assert [person.get(path(case)).status_code for person in (laila, vicent)] == [404, 404]
        assert amparo.get(path(case)).status_code == 200
    assert {task.staff_id for task in tasks(desk, one)} == {desk.staff_id("amparo")}
    grant = {"do": "grant", "key": "story-apart"}
    assert amparo.post(f"/en/staff/{desk.staff_id('laila')}/keys", data=grant).status_code == 303
    assert amparo.post(path(one, "wall/outside")).status_code == 303
    with pytest.raises(NotGranted), desk.app.state.desk.sessions.begin() as session:
        session.exec(select(CityWall).limit(1)).one().risen_by = desk.staff_id("vicent")
    with pytest.raises(NotGranted), desk.app.state.desk.sessions.begin() as session:
        session.delete(session.exec(select(StaffService)).one())


def test_whoever_is_said_to_belong_to_the_service_while_its_wall_rises_is_out_at_once_on_postgresql(
    desk: PostgresDesk,
) -> None:
    case, laila, vicent = desk.a_case("laila"), desk.signed_in("laila"), desk.signed_in("vicent")
    joana = desk.signed_in("joana")
    told = {"person": str(desk.staff_id("vicent")), "service": "housing", "relation": "manages"}
    with desk.reading() as session:  # the wall has read who belongs to the service, and cannot go on
        grants = select(CaseKeyGrant).where(CaseKeyGrant.case_id == desk.case(case).id)
        session.exec(grants.with_for_update()).all()
        rise = at_once(desk, lambda: wall_off(desk, laila, case, wall_service="housing"))
        declared = at_once(desk, lambda: joana.post("/en/services", data=told), beside=1)
        with rise as rising, declared as declaring:
            session.rollback()
    assert [one.result().status_code for one in (*rising, *declaring)] == [303, 303]
    assert holders(desk, case) == {"amparo"}  # nobody has looked at the case since
    assert case.case_number not in vicent.get("/en/cases?whose=all").text


def test_naming_the_service_of_a_wall_and_who_belongs_to_it_at_once_wait_in_one_order_on_postgresql(
    desk: PostgresDesk,
) -> None:
    case, amparo, joana = desk.a_case("amparo"), desk.signed_in("amparo"), desk.signed_in("joana")
    assert wall_off(desk, amparo, case, wall_service="housing").status_code == 303
    told = {"person": str(desk.staff_id("vicent")), "service": "housing", "relation": "manages"}
    with desk.reading() as session:  # both want the case; whoever names a service wants the belonging then
        session.exec(select(CaseFile).where(CaseFile.id == desk.case(case).id).with_for_update()).one()
        name = at_once(
            desk, lambda: amparo.post(path(case, "wall/service"), data={"wall_service": "housing"})
        )
        declare_it = at_once(desk, lambda: joana.post("/en/services", data=told), beside=1)
        with name as naming, declare_it as declaring:
            session.rollback()
    assert [one.result().status_code for one in (*naming, *declaring)] == [303, 303]


def test_two_who_agree_or_refuse_at_once_wait_for_each_other_on_postgresql(desk: PostgresDesk) -> None:
    case, amparo = desk.a_case("amparo"), desk.signed_in("amparo")
    assert wall_off(desk, desk.signed_in("vicent"), case).status_code == 303
    right = codes(version=str(desk.case(case).version))
    assert amparo.post(path(case, "codes"), data=right).status_code == 303
    asked = {"do": "ask", "wall_reason": "Era otra."}
    assert amparo.post(path(case, "wall/down"), data=asked).status_code == 303
    vicent = desk.signed_in("vicent")
    with desk.reading() as session:
        session.exec(select(CaseFile).where(CaseFile.id == desk.case(case).id).with_for_update()).one()
        acts = (
            lambda: vicent.post(path(case, "wall/down"), data={"do": "agree"}),
            lambda: amparo.post(path(case, "wall/down"), data={"do": "stay"}),
        )
        with at_once(desk, *acts) as begun:
            session.rollback()
    answers = sorted(one.result().status_code for one in begun)
    assert answers in ([303, 404], [303, 409]), [said(one.result().text) for one in begun]
    (wall,) = walls(desk, case)
    assert (wall.down_on is None) == (desk.case(case).routing_code == "city")

"""Appointments on PostgreSQL: two who want one hour at once, and what the desk's role may not do."""

import pytest
from sqlalchemy import text
from sqlmodel import select

from casework.appointments.tables import MeetingSlot
from casework.timeline.rules import OFFICE
from casework.timeline.tables import ChainHead
from office.stores.errors import NotGranted
from tests.casework.appointments.meeting import (
    a_place,
    agree,
    answer,
    do,
    hours,
    look,
    newest,
    opened,
    slots,
    told,
)
from tests.casework.on_postgres.conftest import PostgresDesk
from tests.casework.on_postgres.waiting import at_once
from tests.casework.tasks.todo import note_way

pytestmark = pytest.mark.postgres


def test_of_two_people_who_choose_one_hour_at_once_the_second_is_offered_others_on_postgresql(
    desk: PostgresDesk,
) -> None:
    first, second = desk.a_case("laila"), desk.a_case("laila")
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    assert hours(laila).status_code == 303
    for one in (first, second):
        note_way(desk, laila, one, "phone", "allowed")
        assert agree(laila, one, slots(desk)[:2]).status_code == 303
        answer(desk, one)
    wanted = slots(desk)[0].id
    with desk.reading() as session:
        session.exec(select(MeetingSlot).where(MeetingSlot.id == wanted).with_for_update()).one()
        with at_once(
            desk,
            lambda: opened(laila, first),
            lambda: opened(amparo, second),
        ) as begun:
            session.rollback()
    assert [one.result().status_code for one in begun] == [200, 200]
    states = sorted(told(desk, one).state_code for one in (first, second))
    assert states == ["booked", "offered"]
    assert [one.minute for one in slots(desk, state="taken")] == [540]
    late = next(one for one in (first, second) if told(desk, one).state_code == "offered")
    assert told(desk, late).is_taken
    answer(desk, late)
    look(laila, late)
    assert do(desk, laila, late, "cancelling").status_code == 303
    assert newest(desk, late).state_code == "cancelled_office"


def test_a_room_is_given_once_to_two_who_open_hours_in_it_at_once_on_postgresql(desk: PostgresDesk) -> None:
    a_place(desk, rooms="Sala 1")
    laila, pau = desk.signed_in("laila"), desk.signed_in("pau")
    room = laila.get("/es/agenda").text.partition('value="room_')[2].partition('"')[0]
    with desk.reading() as session:
        session.exec(select(ChainHead).where(ChainHead.chain == OFFICE).with_for_update()).one()
        with at_once(
            desk,
            lambda: hours(laila, "place", where=f"room_{room}"),
            lambda: hours(pau, "place", where=f"room_{room}", first="10:00", until="12:00"),
        ) as begun:
            session.rollback()
    assert sorted(one.result().status_code for one in begun) == [303, 422]
    assert len(slots(desk)) == 4
    for forbidden in (
        "UPDATE meeting_slot SET minute = 0",
        "UPDATE case_appointment SET case_id = case_id",
        "DELETE FROM case_appointment",
        "DELETE FROM incoming_booking",
    ):
        with pytest.raises(NotGranted), desk._as("casework", "casework").begin() as session:
            session.execute(text(forbidden))

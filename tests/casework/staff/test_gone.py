"""What is left of whoever left: no sign-in, no device, no hour, nothing that was handed over to them."""

from collections import Counter

from sqlmodel import select

from casework.appointments.tables import SlotUse
from casework.mediation.tables import MediatorNote
from casework.staff.tables import StaffDevice, StaffSignIn
from office.keys.holdings import leave
from tests.casework.appointments.meeting import hours, slots
from tests.casework.desk import Desk
from tests.casework.mediation.steps import done, hand_over, offer, screen, step

ALL = ("laila", "pau", "iris", "teresa")


def noted(desk: Desk, table: type[StaffSignIn] | type[StaffDevice]) -> dict[str, int]:
    """How many rows there are of each."""
    with desk.reading() as session:
        counts = Counter(session.exec(select(table.staff_id)).all())
    return {name: counts[desk.staff_id(name)] for name in ALL}


def test_old_sign_ins_end_for_all_whoever_comes_and_those_of_who_left_at_once(desk: Desk) -> None:
    for name in ("laila", "pau", "iris", "pau"):
        desk.signed_in(name)
    assert noted(desk, StaffSignIn) == {"laila": 1, "pau": 2, "iris": 1, "teresa": 0}
    with desk.writing() as session:
        leave(session, desk.staff_id("iris"), by=None, at=desk.clock.now())  # at the terminal
    desk.clock.move(days=91)
    teresa = desk.signed_in("teresa")
    assert noted(desk, StaffSignIn) == {"laila": 1, "pau": 1, "iris": 0, "teresa": 1}  # the last one stays
    assert noted(desk, StaffDevice) == {"laila": 1, "pau": 1, "iris": 0, "teresa": 1}
    with desk.reading() as session:
        own = select(StaffSignIn.number).where(StaffSignIn.staff_id == desk.staff_id("pau"))
        assert session.exec(own).one() == 2
    assert teresa.post(f"/es/staff/{desk.staff_id('pau')}/leaving").status_code == 303
    assert desk.signed_in("amparo").post(f"/es/staff/{desk.staff_id('laila')}/leaving").status_code == 303
    for table in (StaffSignIn, StaffDevice):
        assert noted(desk, table) == {"laila": 0, "pau": 0, "iris": 0, "teresa": 1}


def test_the_hours_of_whoever_an_operator_puts_out_are_taken_no_more(desk: Desk) -> None:
    assert hours(desk.signed_in("pau")).status_code == 303
    with desk.reading() as session:
        assert session.exec(select(SlotUse)).first() is not None
    teresa = desk.signed_in("teresa")
    assert teresa.post(f"/es/staff/{desk.staff_id('pau')}/leaving").status_code == 303
    assert {one.state_code for one in slots(desk)} == {"shut"}
    with desk.reading() as session:
        assert session.exec(select(SlotUse)).first() is None


def test_what_a_mediator_by_role_was_handed_ends_only_with_them_and_on_the_record(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    done(screen(laila, reporter), offer(desk, laila, reporter, mediator="marina"))
    done(step(desk, laila, reporter, "person_consented"), hand_over(desk, laila, reporter))
    own = f"/es/staff/{desk.staff_id('marina')}"
    assert amparo.post(f"{own}/mediator", data={"do": "remove"}).status_code == 404
    with desk.reading() as session:
        assert len(session.exec(select(MediatorNote)).all()) == 1
    assert "mediator_unnamed" not in desk.events()
    assert desk.signed_in("teresa").post(f"{own}/leaving").status_code == 303
    with desk.reading() as session:
        assert session.exec(select(MediatorNote)).all() == []
    assert desk.events().count("mediator_unnamed") == 1

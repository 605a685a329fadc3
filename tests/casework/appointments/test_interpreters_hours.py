"""Nobody interprets at two appointments at one time, and a refusal tells nothing of the other."""

from datetime import timedelta
from typing import Any

from sqlmodel import select
from starlette.testclient import TestClient

from casework.appointments.tables import InterpreterUse
from casework.interpreters.tables import Interpreter
from tests.casework.appointments.meeting import TUESDAY, agree, answer, do, hours, newest, slots
from tests.casework.desk import Desk, Reporter, mistakes, said
from tests.casework.interpreters.tongues import add, entry

ELSEWHERE = "Interpreta en otro lugar a esa hora."


def used(desk: Desk) -> int:
    """How many quarters of interpreters are taken."""
    with desk.reading() as session:
        return len(session.exec(select(InterpreterUse)).all())


def booked(desk: Desk, name: str) -> tuple[TestClient, Reporter]:
    """A case of somebody with an appointment by video on Tuesday at nine, without an interpreter yet."""
    reporter, person = desk.a_case(name), desk.signed_in(name)
    hours(person, "video", until="10:00")
    mine = [one for one in slots(desk, state="free") if one.staff_id == desk.staff_id(name)]
    assert agree(person, reporter, mine[:1], "book", join_by="https://sala.example").status_code == 303
    return person, reporter


def arrange(desk: Desk, person: TestClient, reporter: Reporter, who: Interpreter | None) -> Any:
    """Note who interprets."""
    code = (
        {"interpreting": "arranged", "chosen_interpreter": str(who.id)} if who else {"interpreting": "self"}
    )
    return do(desk, person, reporter, "interpreter", **code)


def test_an_interpreter_is_booked_once_for_one_hour_and_the_other_case_is_not_told(desk: Desk) -> None:
    modou = add(desk)
    laila, hers = booked(desk, "laila")
    pau, his = booked(desk, "pau")
    assert arrange(desk, laila, hers, modou).status_code == 303
    assert used(desk) == 2  # half an hour
    late = arrange(desk, pau, his, modou)
    assert late.status_code == 422 and any(ELSEWHERE in one for one in mistakes(late.text))
    assert hers.case_number not in late.text and "Laila" not in said(late.text)
    assert newest(desk, his).interpreter_code != "arranged" and used(desk) == 2
    assert arrange(desk, laila, hers, modou).status_code == 303  # noted again, it is still theirs
    assert arrange(desk, laila, hers, None).status_code == 303
    assert used(desk) == 0
    assert arrange(desk, pau, his, modou).status_code == 303


def test_an_hour_that_is_moved_cancelled_or_over_frees_the_interpreter(desk: Desk) -> None:
    modou = add(desk)
    laila, reporter = booked(desk, "laila")
    arrange(desk, laila, reporter, modou)
    assert agree(laila, reporter, slots(desk, state="free")[:1], "book", join_by="Sala.").status_code == 303
    assert used(desk) == 0
    arrange(desk, laila, reporter, modou)
    assert used(desk) == 2
    answer(desk, reporter, "other_times")
    laila.get(f"/es/cases/{reporter.case_number}")
    assert newest(desk, reporter).state_code == "asked" and used(desk) == 0
    agree(laila, reporter, slots(desk, state="free")[:1], "book", join_by="Sala.")
    arrange(desk, laila, reporter, modou)
    assert used(desk) == 2
    assert do(desk, laila, reporter, "cancelling").status_code == 303
    assert used(desk) == 0
    agree(laila, reporter, slots(desk, state="free")[:1], "book", join_by="Sala.")
    arrange(desk, laila, reporter, modou)
    desk.clock.at += timedelta(days=(TUESDAY - desk.clock.now().date()).days)
    laila = desk.signed_in("laila")
    assert do(desk, laila, reporter, "coming", came="no").status_code == 303
    assert used(desk) == 0


def test_a_service_sends_whom_it_has_and_can_be_asked_twice(desk: Desk) -> None:
    service = add(desk, form=entry(interpreter_name="Veus Inventades", is_service="service"))
    for name in ("laila", "pau"):
        person, reporter = booked(desk, name)
        assert arrange(desk, person, reporter, service).status_code == 303
    assert used(desk) == 0

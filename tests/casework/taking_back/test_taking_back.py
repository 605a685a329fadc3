"""A deadline or a task that was noted as ended by mistake is open again, and both stay on record."""

from datetime import date
from typing import Any

from sqlmodel import select
from starlette.testclient import TestClient

from casework.deadlines.tables import Deadline
from casework.taking_back.tables import TakenBack
from tests.casework.deadlines.clocks import act, binding, day_fields, name_lawyer, path, rows, scan, told_on
from tests.casework.desk import Desk, Reporter, said
from tests.casework.tasks.todo import ask, note_way, settle, tasks

MISSED = "Nadie miró el calendario."
ENDS = {
    "meeting": {"met_evidence": "Registro 12", **day_fields("met_on", date(2026, 11, 23))},
    "missing": {"missed_incident": MISSED},
    "waiving": {"waived_by": "person", "waived_why": "No quiere."},
}


def back(desk: Desk, person: TestClient, reporter: Reporter, thing: Any, why: str = "", **form: Any) -> Any:
    data = {"version": str(desk.case(reporter).version), "back_why": why, **form}
    return person.post(f"{path(reporter)}/taking-back/{thing}", data=data)


def taken(desk: Desk) -> list[TakenBack]:
    with desk.reading() as session:
        return list(session.exec(select(TakenBack)))


def with_two(desk: Desk) -> tuple[Reporter, TestClient, Deadline, Deadline]:
    """A case whose first limit is 4 December 2026 (LJCA art. 115), the next one a year after the event."""
    reporter, laila = desk.a_case("laila", **told_on(date(2026, 11, 20))), desk.signed_in("laila")
    first, second = scan(desk, laila, reporter, date(2026, 11, 20), "court_admin_fundamental", "civil_tort")
    return reporter, laila, first, second


def test_what_one_noted_oneself_today_binds_again_as_it_did(desk: Desk) -> None:
    reporter, laila, first, second = with_two(desk)
    name_lawyer(desk)
    assert act(desk, laila, reporter, first, "confirming").status_code == 303
    before = next(row for row in rows(desk, reporter) if row.id == first.id).model_dump()
    for what, form in ENDS.items():
        assert act(desk, laila, reporter, first, what, **form).status_code == 303
        assert desk.case(reporter).limit_on == second.last_on
        page = laila.get(path(reporter, first)).text
        assert f"/taking-back/{first.id}" in page
        if what != "meeting":  # somebody may have lost a claim by it: then it is said why it was wrong
            assert back(desk, laila, reporter, first.id).status_code == 422
        answer = back(desk, laila, reporter, first.id, "" if what == "meeting" else "Era otro plazo.")
        assert answer.status_code == 303, said(answer.text)
        assert desk.case(reporter).limit_on == date(2026, 12, 4)
        assert next(row for row in rows(desk, reporter) if row.id == first.id).model_dump() == before
    assert [one for one in desk.events(reporter) if one.startswith("deadline")] == [
        "deadline_confirmed",
        *("deadline_met", "deadline_taken_back"),
        *("deadline_missed", "deadline_taken_back"),
        *("deadline_waived", "deadline_taken_back"),
    ]
    kept = {one.was_code: one for one in taken(desk)}
    assert (kept["met"].met_on, kept["waived"].waived_by_code) == (date(2026, 11, 23), "person")
    assert all(one.noted_by == one.taken_by for one in kept.values())
    assert [code for code, one in kept.items() if one.sealed is None] == ["met"]
    page = said(laila.get(path(reporter, first)).text)
    assert MISSED in page and "Registro 12" in page, "what was written stays on record"
    assert "Noted by mistake: It was missed (Laila" in page
    timeline = said(laila.get(path(reporter)).text)
    assert "took back how a deadline had ended" in timeline and "noted that a deadline was missed" in timeline


def test_later_only_a_supervisor_takes_it_back_and_says_why(desk: Desk) -> None:
    reporter, laila, first, _ = with_two(desk)
    assert act(desk, laila, reporter, first, "missing", **ENDS["missing"]).status_code == 303
    desk.clock.move(days=1)
    laila, vicent = desk.signed_in("laila"), desk.signed_in("vicent")
    assert "taking-back" not in laila.get(path(reporter, first)).text
    address = f"{path(reporter)}/taking-back/{first.id}"
    assert laila.get(address).status_code == 404
    assert back(desk, laila, reporter, first.id, "Era otro.").status_code == 404
    assert desk.signed_in("pau").get(address).status_code == 404
    assert vicent.get(address).status_code == 200
    without = back(desk, vicent, reporter, first.id)
    assert without.status_code == 422 and taken(desk) == []
    assert back(desk, vicent, reporter, first.id, "Era otro expediente.").status_code == 303
    (kept,) = taken(desk)
    assert (kept.was_code, kept.noted_by) == ("missed", desk.staff_id("laila"))
    assert kept.taken_by == desk.staff_id("vicent")
    assert kept.sealed is not None and b"Era otro expediente." not in kept.sealed
    page = said(laila.get(path(reporter, first)).text)
    assert "Era otro expediente." in page and MISSED in page
    assert desk.case(reporter).limit_on == date(2026, 12, 4)
    anew = {"count_reason": "Fue el 19.", "seat": "own", **day_fields("event", date(2026, 11, 19))}
    counted = act(desk, laila, reporter, first, "counting", **anew)
    assert counted.status_code == 303, said(counted.text)
    page = said(laila.get(counted.headers["location"]).text)
    assert "Era otro expediente." in page and "Noted by mistake: It was missed (Laila" in page


def test_what_somebody_changed_meanwhile_or_a_closed_case_is_left_alone(desk: Desk) -> None:
    reporter, laila, first, second = with_two(desk)
    assert act(desk, laila, reporter, first, "missing", **ENDS["missing"]).status_code == 303
    old = str(desk.case(reporter).version)
    assert act(desk, laila, reporter, second, "waiving", **ENDS["waiving"]).status_code == 303
    stale = back(desk, laila, reporter, first.id, "Era otro.", version=old)
    assert stale.status_code == 409 and "Era otro." in stale.text and taken(desk) == []
    assert back(desk, laila, reporter, first.id, "Era otro.").status_code == 303
    twice = back(desk, laila, reporter, first.id, "Era otro.")
    assert twice.status_code == 409 and len(taken(desk)) == 1
    assert laila.get(f"{path(reporter)}/taking-back/{first.id}").status_code == 404, "it is open"
    assert act(desk, laila, reporter, first, "missing", **ENDS["missing"]).status_code == 303
    desk.close_case(reporter)
    laila = desk.signed_in("laila")
    assert "taking-back" not in laila.get(path(reporter, first)).text
    page = laila.get(f"{path(reporter)}/taking-back/{first.id}").text
    assert "In a closed case nothing is taken back." in said(page) and 'name="back_why"' not in page
    assert back(desk, laila, reporter, first.id, "Era otro.").status_code == 409
    assert binding(desk, reporter) == [] and desk.case(reporter).limit_on is None


def test_what_was_kept_again_since_does_not_bind_twice(desk: Desk) -> None:
    reporter, laila, first, _ = with_two(desk)
    assert act(desk, laila, reporter, first, "meeting", **ENDS["meeting"]).status_code == 303
    again = scan(desk, laila, reporter, date(2026, 11, 20), "court_admin_fundamental")
    assert [row.route_code for row in again if row.is_open].count("court_admin_fundamental") == 1
    refused = back(desk, laila, reporter, first.id)
    assert refused.status_code == 409 and taken(desk) == []
    assert "se guardó de nuevo" in refused.text or "was kept again" in said(refused.text)
    assert desk.case(reporter).limit_on == date(2026, 12, 4)


def test_a_task_that_ended_by_mistake_is_open_again_for_whoever_had_it(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    assert ask(desk, laila, reporter).status_code == 303
    (row,) = tasks(desk, reporter)
    for state in ("done", "dropped"):
        assert settle(laila, reporter, row.id, state).status_code == 303
        assert f"/taking-back/{row.id}" in laila.get(f"{path(reporter)}/tasks").text
        assert back(desk, laila, reporter, row.id, "Pulsé mal.").status_code == 303
        (now,) = tasks(desk, reporter)
        assert (now.state_code, now.staff_id, now.settled_by) == ("open", desk.staff_id("laila"), None)
    events = [one for one in desk.events(reporter) if one.startswith("task_")]
    assert events == ["task_made", "task_done", "task_taken_back", "task_dropped", "task_taken_back"]
    page = said(laila.get(f"{path(reporter)}/tasks").text)
    assert page.count("Pulsé mal.") == 2 and "Noted by mistake: Done" in page


def test_a_task_does_not_come_back_by_a_way_that_is_never_safe_any_more(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    assert note_way(desk, laila, reporter, "email", "neutral").status_code == 303
    assert ask(desk, laila, reporter, "email", text="Escribir.").status_code == 303
    (row,) = tasks(desk, reporter)
    assert note_way(desk, laila, reporter, "email", "never").status_code == 303  # drops the task
    assert tasks(desk, reporter)[0].state_code == "dropped"
    refused = back(desk, laila, reporter, row.id)
    assert refused.status_code == 409 and "Safe contact" in said(refused.text)
    assert tasks(desk, reporter)[0].state_code == "dropped" and taken(desk) == []


def test_what_is_none_of_this_case_is_not_found(desk: Desk) -> None:
    reporter, laila, first, _ = with_two(desk)
    other = desk.a_case("laila")
    assert act(desk, laila, reporter, first, "missing", **ENDS["missing"]).status_code == 303
    for thing in (first.id, "nonsense"):
        assert laila.get(f"{path(other)}/taking-back/{thing}").status_code == 404
        assert back(desk, laila, other, thing).status_code == 404
    assert rows(desk, reporter)[0].state == "missed"

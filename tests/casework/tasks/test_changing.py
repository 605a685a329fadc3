"""Changing a task: its day, its words, who does it; what was looked at before is looked at again."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import select
from starlette.responses import Response
from starlette.testclient import TestClient

from casework.safe_contact.tables import SafeContact
from casework.tasks.tables import CaseTask
from office.handover.report import Languages
from tests.casework.conflicts.people import declare
from tests.casework.deadlines.clocks import day_fields
from tests.casework.desk import Desk, Reporter, mistakes, said, typed
from tests.casework.tasks.todo import SOON, ask, note_way, settle, tasks

LATER = SOON + timedelta(days=7)


def change(desk: Desk, client: TestClient, reporter: Reporter, task: CaseTask, **more: Any) -> Response:
    """Change a task, as the form does."""
    data = {
        "version": str(task.version),
        "doer": str(desk.staff_id("laila")),
        "task_text": "Leer el contrato de alquiler.",
        **day_fields("due", SOON),
        **more,
    }
    return client.post(f"/es/cases/{reporter.case_number}/tasks/{task.id}", data=data)


def a_task(desk: Desk, kind: str = "read", **more: Any) -> tuple[Reporter, TestClient, CaseTask]:
    """One open task in a case of Laila's."""
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    if kind == "call":
        note_way(desk, laila, reporter, "phone", "allowed")
    assert ask(desk, laila, reporter, kind, **more).status_code == 303
    (task,) = tasks(desk, reporter)
    return reporter, laila, task


def test_a_task_gets_another_day_other_words_and_another_doer_on_record(desk: Desk) -> None:
    reporter, laila, task = a_task(desk)
    shown = laila.get(f"/es/cases/{reporter.case_number}/tasks/{task.id}")
    assert typed(shown.text, "task_text")["text"] == "Leer el contrato de alquiler."
    amparo = desk.staff_id("amparo")
    answer = change(
        desk, laila, reporter, task, doer=str(amparo), task_text="Leer la fianza.", **day_fields("due", LATER)
    )
    assert answer.status_code == 303, said(answer.text)
    (row,) = tasks(desk, reporter)
    assert (row.staff_id, row.due_on, row.version) == (amparo, LATER, task.version + 1)
    assert "Leer la fianza." in said(desk.signed_in("amparo").get("/es/tasks").text)
    assert "Leer la fianza." not in said(laila.get("/es/tasks").text)
    told = said(laila.get(f"/es/cases/{reporter.case_number}").text)
    assert "cambió una tarea" in told and "antes era" in told
    assert "cambió una tarea" in told.rpartition("Leer la fianza.")[2]
    stored = b"".join(one.read_bytes() for one in desk.folder.glob("casework.db*"))
    assert b"Leer la fianza." not in stored and b"task_changed" in stored


def test_what_is_sent_unchanged_changes_nothing(desk: Desk) -> None:
    reporter, laila, task = a_task(desk)
    assert change(desk, laila, reporter, task).status_code == 303
    (row,) = tasks(desk, reporter)
    assert row.version == task.version and "task_changed" not in desk.events(reporter)


def test_of_two_who_change_a_task_the_second_loses_nothing_typed(desk: Desk) -> None:
    reporter, laila, task = a_task(desk)
    assert change(desk, desk.signed_in("amparo"), reporter, task, task_text="Otra cosa.").status_code == 303
    late = change(desk, laila, reporter, task, task_text="Lo mío.")
    assert late.status_code == 409 and "Otra cosa." in said(late.text)
    assert typed(late.text, "task_text")["text"] == "Lo mío."


def test_a_task_goes_only_to_who_holds_the_case_and_does_not_keep_out(desk: Desk) -> None:
    reporter, laila, task = a_task(desk, with_code="other")
    wrong = change(desk, laila, reporter, task, doer=str(desk.staff_id("pau")))
    assert wrong.status_code == 422 and mistakes(wrong.text)
    assert declare(laila, reporter).status_code == 303
    kept = change(desk, desk.signed_in("amparo"), reporter, task, task_text="Otra cosa.")
    assert kept.status_code == 422 and "no tiene el expediente" in said(kept.text)
    (row,) = tasks(desk, reporter)
    assert row.version == task.version


def test_safe_contact_is_looked_at_again(desk: Desk) -> None:
    reporter, laila, task = a_task(desk, "call", interpreter_code="self")
    with desk.writing() as session:  # the way was noted as unsafe, and the task stayed
        row = session.exec(select(SafeContact).where(SafeContact.way_code == "phone")).one()
        row.rule_code = "never"
    late = change(desk, laila, reporter, task, interpreter_code="self", **day_fields("due", LATER))
    assert late.status_code == 409 and "nunca" in said(late.text)
    assert tasks(desk, reporter)[0].due_on == SOON


def test_the_new_doer_speaks_the_language_or_somebody_interprets(desk: Desk) -> None:
    reporter = desk.a_case("laila", languages=Languages(interpreter_code="arabic"))
    laila = desk.signed_in("laila")
    note_way(desk, laila, reporter, "phone", "allowed")
    assert ask(desk, laila, reporter, "call", interpreter_code="self").status_code == 303
    (task,) = tasks(desk, reporter)
    alone = change(desk, laila, reporter, task, doer=str(desk.staff_id("amparo")))
    assert alone.status_code == 422 and "interpreter_code" in alone.text
    by_name = {"interpreter_code": "named", "interpreter": "Samira"}
    assert (
        change(desk, laila, reporter, task, doer=str(desk.staff_id("amparo")), **by_name).status_code == 303
    )


def test_a_day_that_is_past_may_stay_and_no_other_past_day_is_taken(desk: Desk) -> None:
    reporter, laila, task = a_task(desk)
    past = date(2026, 11, 20)
    with desk.writing() as session:
        session.get_one(CaseTask, task.id).due_on = past
    again = change(desk, laila, reporter, task, task_text="Otra cosa.", **day_fields("due", past))
    assert again.status_code == 303
    (row,) = tasks(desk, reporter)
    earlier = change(desk, laila, reporter, row, **day_fields("due", past - timedelta(days=1)))
    assert earlier.status_code == 422
    empty = change(
        desk, laila, reporter, row, task_text="", **{"due-day": "", "due-month": "", "due-year": ""}
    )
    assert empty.status_code == 422 and len(mistakes(empty.text)) == 2


def test_a_task_that_ended_is_not_changed(desk: Desk) -> None:
    reporter, laila, task = a_task(desk)
    settle(laila, reporter, task.id)
    path = f"/es/cases/{reporter.case_number}/tasks/{task.id}"
    assert change(desk, laila, reporter, task).status_code == 409
    assert laila.get(path).status_code == 409
    assert laila.get(f"/es/cases/{reporter.case_number}/tasks/{desk.staff_id('laila')}").status_code == 404


def test_a_task_of_a_closed_case_is_not_changed_and_ends_still(desk: Desk) -> None:
    reporter, laila, task = a_task(desk)
    assert "Cambiar : Leer" in said(laila.get(f"/es/cases/{reporter.case_number}/tasks").text)
    desk.close_case(reporter, why="Ya no hace falta.")
    where = f"/es/cases/{reporter.case_number}/tasks"
    refused = [
        laila.get(f"{where}/{task.id}"),
        change(desk, laila, reporter, task, **day_fields("due", LATER)),
    ]
    for answer in refused:
        assert answer.status_code == 409 and "cerrado" in said(answer.text)
    assert "Cambiar : Leer" not in said(laila.get(where).text)
    (row,) = tasks(desk, reporter)
    assert (row.due_on, row.version) == (SOON, task.version)
    assert settle(laila, reporter, task.id).status_code == 303

"""Tasks, the next action and the closing of a case with open tasks."""

from datetime import date, timedelta

import pytest

from casework.tasks.tables import CaseTask, NextAction
from office.handover.report import Languages
from office.ids import shown
from tests.casework.conflicts.people import add, checks, decide, declare
from tests.casework.deadlines.clocks import version
from tests.casework.desk import Desk, mistakes, said, typed
from tests.casework.tasks.todo import SOON, ask, note_way, set_next, settle, tasks


def counted(page: str) -> str:
    """The number beside the way to one's own tasks."""
    return page.partition('href="/es/tasks"')[2].partition("</a>")[0].rpartition('">')[2].partition("<")[0]


def test_nobody_is_called_while_a_conflict_is_undecided_nor_by_who_keeps_out(desk: Desk) -> None:
    earlier, reporter = desk.a_case("pau"), desk.a_case("laila")
    laila = desk.signed_in("laila")
    assert note_way(desk, laila, reporter, "phone", "allowed").status_code == 303
    add(desk.signed_in("pau"), earlier, "Bar Pepe", "represented")
    add(laila, reporter, "Bar Pepe")
    assert ask(desk, laila, reporter, "call").status_code == 409
    assert ask(desk, laila, reporter, "read", with_code="other").status_code == 303
    (check,) = checks(desk)
    assert decide(desk.signed_in("amparo"), reporter, check.id).status_code == 303
    assert declare(laila, reporter).status_code == 303
    assert ask(desk, laila, reporter, "read", with_code="other").status_code == 409
    assert len(tasks(desk, reporter)) == 1


def test_a_task_is_listed_on_the_case_and_on_the_page_of_whoever_does_it(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    assert ask(desk, laila, reporter).status_code == 303
    (task,) = tasks(desk, reporter)
    assert (task.kind_code, task.due_on, task.state_code) == ("read", SOON, "open")
    for path in (f"/es/cases/{reporter.case_number}", f"/es/cases/{reporter.case_number}/tasks", "/es/tasks"):
        assert "Leer el contrato de alquiler." in said(laila.get(path).text), path
    amparo = desk.signed_in("amparo")  # holds the case too, and has nothing to do in it
    assert "No tienes ninguna tarea abierta." in said(amparo.get("/es/tasks").text)
    assert "task_made" in desk.events(reporter)


def test_what_a_task_is_about_lies_sealed(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    ask(desk, desk.signed_in("laila"), reporter, text="Hablar de la denuncia contra su casero.")
    set_next(desk, desk.signed_in("laila"), reporter)
    stored = (desk.folder / "casework.db").read_bytes()
    for words in ("denuncia contra su casero", "Traer el contrato"):
        assert words.encode() not in stored
    assert b"task_made" in stored


def test_own_tasks_come_overdue_first_page_by_page_and_are_counted_in_the_head(desk: Desk) -> None:
    first, second = desk.a_case("laila"), desk.a_case("laila")
    laila, today = desk.signed_in("laila"), date(2026, 11, 23)
    for number in range(26):  # one more than a page
        ask(desk, laila, second, due=SOON + timedelta(days=number), text=f"Tarea {number:02}.")
    ask(desk, laila, first, due=today, text="La primera.")
    head = laila.get("/es/tasks").text
    assert said(head).index("La primera.") < said(head).index("Tarea 00.")
    assert counted(head) == "1"
    with desk.writing() as session:  # a day passes for one of them
        row = session.get_one(CaseTask, next(one.id for one in tasks(desk, second) if one.due_on > today))
        row.due_on = today - timedelta(days=3)
    page = laila.get("/es/tasks").text
    assert "Vencid" in said(page).partition("La primera.")[0]
    assert counted(page) == "2"
    following = page.partition("&amp;after=")[2].partition('"')[0]
    last = said(laila.get(f"/es/tasks?after={following}").text)
    assert "La primera." not in last and "Tarea 25." in last
    assert laila.get("/es/tasks?after=nothing").status_code == 200


def test_a_task_that_ended_says_by_whom_and_cannot_end_twice(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    ask(desk, laila, reporter)
    (task,) = tasks(desk, reporter)
    assert settle(desk.signed_in("amparo"), reporter, task.id, "dropped").status_code == 303
    again = settle(laila, reporter, task.id)
    assert again.status_code == 409 and "ha cambiado" in said(again.text)
    (row,) = tasks(desk, reporter)
    assert (row.state_code, row.settled_by, row.settled_on) == (
        "dropped",
        desk.staff_id("amparo"),
        date(2026, 11, 23),
    )
    assert "task_dropped" in desk.events(reporter) and "task_done" not in desk.events(reporter)


@pytest.mark.parametrize("state", ["open", "whatever"])
def test_a_task_ends_in_no_other_way(desk: Desk, state: str) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    ask(desk, laila, reporter)
    (task,) = tasks(desk, reporter)
    assert settle(laila, reporter, task.id, state).status_code == 404


def test_of_a_case_one_may_not_open_a_task_is_missing(desk: Desk) -> None:
    reporter, own = desk.a_case("laila"), desk.a_case("pau")
    ask(desk, desk.signed_in("laila"), reporter)
    (task,) = tasks(desk, reporter)
    pau = desk.signed_in("pau")
    assert settle(pau, reporter, task.id).status_code == 404
    assert settle(pau, own, task.id).status_code == 404  # nor through a case of one's own
    assert ask(desk, pau, reporter).status_code == 404
    assert tasks(desk, reporter)[0].is_open


def test_a_task_is_only_for_somebody_who_holds_the_case(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    refused = ask(desk, desk.signed_in("laila"), reporter, doer="pau")
    assert refused.status_code == 422 and not tasks(desk, reporter)
    assert typed(refused.text, "task_text")["text"] == "Leer el contrato de alquiler."


def test_open_tasks_go_with_the_case_to_who_takes_it_over(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    ask(desk, desk.signed_in("laila"), reporter)
    given = {
        "version": str(desk.case(reporter).version),
        "adviser": str(desk.staff_id("pau")),
        "reason": "load",
    }
    amparo = desk.signed_in("amparo")
    assert amparo.post(f"/es/cases/{reporter.case_number}/adviser", data=given).status_code == 303
    assert "Leer el contrato de alquiler." in said(desk.signed_in("pau").get("/es/tasks").text)
    assert "Leer el contrato" not in said(desk.signed_in("laila").get("/es/tasks").text)


def test_who_acts_next_stands_on_the_case_with_the_day(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    assert "Nadie ha dicho a quién le toca actuar." in said(
        laila.get(f"/es/cases/{reporter.case_number}").text
    )
    assert set_next(desk, laila, reporter).status_code == 303
    page = said(laila.get(f"/es/cases/{reporter.case_number}").text)
    assert "La persona" in page and "Traer el contrato." in page
    stale = set_next(desk, laila, reporter, "body", version="1")
    assert stale.status_code == 409
    assert typed(stale.text, "next_text")["text"] == "Traer el contrato."
    with desk.reading() as session:
        assert session.get_one(NextAction, desk.case(reporter).id).who_code == "person"
    past = set_next(desk, laila, reporter, by=date(2026, 11, 20))
    assert past.status_code == 422


def test_closing_a_case_with_open_tasks_is_refused_and_lists_them(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    ask(desk, desk.signed_in("laila"), reporter)
    shown_form = said(desk.signed_in("laila").get(f"/es/cases/{reporter.case_number}/closing").text)
    assert "Tareas que siguen abiertas" in shown_form and "Leer el contrato de alquiler." in shown_form
    refused = desk.ask_to_close(reporter)
    assert refused.status_code == 409 and "Quedan tareas abiertas" in said(refused.text)
    assert desk.ask_to_close(reporter, despite_deadlines="Da igual.").status_code == 303
    assert desk.decide_closing(reporter).status_code == 409
    assert not desk.case(reporter).is_closed


def test_a_supervisor_closes_over_open_tasks_with_a_reason_that_is_sealed_and_on_record(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    ask(desk, desk.signed_in("laila"), reporter)
    desk.close_case(reporter, why="La persona se fue.")
    assert b"La persona se fue" not in (desk.folder / "casework.db").read_bytes()
    page = said(desk.signed_in("amparo").get(f"/es/cases/{reporter.case_number}").text)
    assert "aunque seguían abiertas estas tareas: Leer" in page
    assert tasks(desk, reporter)[0].is_open
    assert "No tienes ninguna tarea abierta." in said(desk.signed_in("laila").get("/es/tasks").text)


def test_once_every_task_has_ended_the_case_closes(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    ask(desk, laila, reporter)
    settle(laila, reporter, tasks(desk, reporter)[0].id)
    desk.close_case(reporter)
    assert ask(desk, laila, reporter).status_code == 409  # and nothing is begun in it


@pytest.mark.parametrize("kind", ["call", "meet"])
def test_who_needs_an_interpreter_is_not_called_or_met_without_one(desk: Desk, kind: str) -> None:
    reporter = desk.a_case("laila", languages=Languages(interpreter_code="spoken"))
    laila = desk.signed_in("laila")
    refused = ask(desk, laila, reporter, kind)
    assert refused.status_code == 422 and "Esta persona necesita intérprete." in mistakes(refused.text)[0]
    assert ask(desk, laila, reporter, kind, interpreter_code="named").status_code == 422
    assert not tasks(desk, reporter)
    named = ask(desk, laila, reporter, kind, interpreter_code="named", interpreter="Nadia Invent")
    own = ask(desk, laila, reporter, kind, interpreter_code="self")
    assert (named.status_code, own.status_code) == (303, 303)
    assert "Intérprete: Nadia Invent" in said(laila.get("/es/tasks").text)
    assert b"Nadia Invent" not in (desk.folder / "casework.db").read_bytes()
    assert ask(desk, laila, reporter, kind, with_code="other").status_code == 303


def test_that_somebody_speaks_the_persons_language_does_not_pass_on_with_the_task(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    assert ask(desk, laila, reporter, "meet", interpreter_code="self").status_code == 303
    named = {"interpreter_code": "named", "interpreter": "Nadia Invent"}
    assert ask(desk, laila, reporter, "meet", **named).status_code == 303
    given = {"version": version(desk, reporter), "adviser": str(desk.staff_id("pau")), "reason": "absence"}
    answer = desk.signed_in("amparo").post(f"/es/cases/{reporter.case_number}/adviser", data=given)
    assert answer.status_code == 303
    found = tasks(desk, reporter)
    assert {one.staff_id for one in found} == {desk.staff_id("pau")}
    assert sorted(one.interpreter_code or "" for one in found) == ["", "named"]


def test_the_page_of_own_tasks_names_the_case(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    ask(desk, laila, reporter)
    assert shown(reporter.case_number) in said(laila.get("/es/tasks").text)
    assert desk.signed_in("remei").get("/es/tasks").status_code in (403, 404)

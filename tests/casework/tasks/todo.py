"""Making tasks and noting safe ways on the desk under test."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import select
from starlette.responses import Response
from starlette.testclient import TestClient

from casework.tasks.tables import CaseTask
from tests.casework.deadlines.clocks import day_fields
from tests.casework.desk import Desk, Reporter

SOON = date(2026, 11, 27)


def ask(
    desk: Desk,
    client: TestClient,
    reporter: Reporter,
    kind: str = "read",
    *,
    with_code: str = "person",
    doer: str = "laila",
    due: date = SOON,
    text: str = "Leer el contrato de alquiler.",
    **more: Any,
) -> Response:
    """Ask for a task, as the form does."""
    data = {
        "kind": kind,
        "with": with_code,
        "task_text": text,
        "doer": str(desk.staff_id(doer)),
        **day_fields("due", due),
        **more,
    }
    return client.post(f"/es/cases/{reporter.case_number}/tasks", data=data)


def tasks(desk: Desk, reporter: Reporter) -> list[CaseTask]:
    """Every task of a case."""
    with desk.reading() as session:
        return list(session.exec(select(CaseTask).where(CaseTask.case_id == desk.case(reporter).id)))


def settle(client: TestClient, reporter: Reporter, task: UUID, state: str = "done") -> Response:
    """Say that a task ended."""
    return client.post(f"/es/cases/{reporter.case_number}/tasks/{task}/{state}", data={"from": ""})


def note_way(
    desk: Desk, client: TestClient, reporter: Reporter, way: str, rule: str, words: str = "", **more: Any
) -> Response:
    """Note what holds for a way of contact, as the form does."""
    data = {
        "version": str(desk.case(reporter).version),
        "way": way,
        "rule": rule,
        "safe_words": words,
        "safe_reason": "Lo dijo en la primera cita.",
        **more,
    }
    return client.post(f"/es/cases/{reporter.case_number}/safe-contact", data=data)


def set_next(
    desk: Desk, client: TestClient, reporter: Reporter, who: str = "person", by: date = SOON, **more: Any
) -> Response:
    """Say who acts next, as the form does."""
    data = {
        "version": str(desk.case(reporter).version),
        "actor": who,
        **day_fields("by", by),
        "next_text": "Traer el contrato.",
        **more,
    }
    return client.post(f"/es/cases/{reporter.case_number}/next-action", data=data)

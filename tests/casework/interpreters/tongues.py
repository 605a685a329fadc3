"""The directory of interpreters and the languages of staff on the desk under test, as the forms send them."""

from datetime import date
from typing import Any

from sqlmodel import select
from starlette.responses import Response
from starlette.testclient import TestClient

from casework.interpreters.tables import Interpreter
from tests.casework.advice.pieces import day_fields
from tests.casework.desk import Desk, said

SIGNED_ON = date(2026, 10, 5)


def entry(**other: Any) -> dict[str, Any]:
    """A filled-in entry of the directory: somebody who speaks Wolof and has signed."""
    return {
        "version": "0",
        "interpreter_name": "Modou Inventado",
        "is_service": "person",
        "reached_at": "600 000 001",
        "spoken": ["wo", "fr"],
        "kinds": ["spoken"],
        "comes": ["in_person", "remote"],
        **day_fields("undertaking_on", SIGNED_ON),
        **other,
    }


def unsigned() -> dict[str, Any]:
    """The same of somebody who has not signed the undertaking."""
    form = entry(interpreter_name="Ndeye Inventada")
    return {name: value for name, value in form.items() if not name.startswith("undertaking_on")}


def add(desk: Desk, by: str = "amparo", form: dict[str, Any] | None = None) -> Interpreter:
    """Add an interpreter to the directory."""
    given = form or entry()
    answer = desk.signed_in(by).post("/es/interpreters/new", data=given)
    assert answer.status_code == 303, said(answer.text)
    return listed(desk, given["interpreter_name"])


def listed(desk: Desk, name: str) -> Interpreter:
    """An entry of the directory as it stands now."""
    with desk.reading() as session:
        return session.exec(select(Interpreter).where(Interpreter.name == name)).one()


def speaks(client: TestClient, *advises: str, greets: tuple[str, ...] = ()) -> Response:
    """Say in which languages somebody works."""
    answer = client.post("/es/my-languages", data={"advises": list(advises), "greets": list(greets)})
    assert answer.status_code == 303, said(answer.text)
    return answer

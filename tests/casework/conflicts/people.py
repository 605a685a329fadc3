"""Adding people to cases on the desk under test."""

from uuid import UUID

from sqlmodel import select
from starlette.responses import Response
from starlette.testclient import TestClient

from casework.conflicts.tables import ConflictCheck
from tests.casework.desk import Desk, Reporter, said


def add(
    client: TestClient,
    reporter: Reporter,
    name: str,
    role: str = "respondent",
    kind: str = "organisation",
    aliases: str = "",
) -> Response:
    """Add somebody to a case, as the form does."""
    data = {"party_name": name, "other_names": aliases, "role": role, "kind": kind}
    answer = client.post(f"/es/cases/{reporter.case_number}/people", data=data)
    assert answer.status_code == 303, said(answer.text)
    return answer


def checks(desk: Desk) -> list[ConflictCheck]:
    """Every match there is."""
    with desk.reading() as session:
        return list(session.exec(select(ConflictCheck)))


def decide(client: TestClient, reporter: Reporter, check: UUID, decision: str = "none") -> Response:
    """Decide about a match, as the form does."""
    data = {"check": str(check), "decision": decision, "decision_reason": "Otra empresa con el mismo nombre."}
    return client.post(f"/es/cases/{reporter.case_number}/people/decision", data=data)


def declare(client: TestClient, reporter: Reporter, relation: str = "family") -> Response:
    """Declare an interest, as the form does."""
    return client.post(f"/es/cases/{reporter.case_number}/people/interest", data={"relation": relation})

"""What advisers do with harms in the tests: each act as the pages' own forms send it."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select
from starlette.responses import Response
from starlette.testclient import TestClient

from casework.conflicts.tables import CaseParty
from casework.harms.tables import CaseHarm, HarmInvolvement
from tests.casework.deadlines.clocks import version
from tests.casework.desk import Desk, Reporter

INSULTS = {
    "grounds": ["religion_other"],
    "conduct": ["harassment"],
    "area": "education",
    "harm_person": "person",
    "harm_done": "La insultaron en el portal.",
    "harm_consequence": "No sale sola.",
    "harm_on-month": "10",
    "harm_on-year": "2026",
}


def path(reporter: Reporter, place: int | None = None, act: str = "") -> str:
    own = f"/es/cases/{reporter.case_number}/harms"
    return f"{own}/{place}{'/' + act if act else ''}" if place else own


def note(desk: Desk, person: TestClient, reporter: Reporter, **form: Any) -> Response:
    """Note another harm."""
    return person.post(path(reporter), data={"version": version(desk, reporter), **INSULTS, **form})


def change(desk: Desk, person: TestClient, reporter: Reporter, place: int, **form: Any) -> Response:
    """Change one."""
    return person.post(path(reporter, place), data={"version": version(desk, reporter), **INSULTS, **form})


def remove(desk: Desk, person: TestClient, reporter: Reporter, place: int, why: str = "Error.") -> Response:
    """Take one out."""
    data = {"version": version(desk, reporter), "harm_removed_because": why}
    return person.post(path(reporter, place, "removal"), data=data)


def involve(
    desk: Desk, person: TestClient, reporter: Reporter, place: int, party: CaseParty, **form: Any
) -> Response:
    """Note which part somebody had in one."""
    said = {"part": "did", "degree": "main", "grade": "said", "party": str(party.id), **form}
    data = {"version": version(desk, reporter), **said}
    return person.post(path(reporter, place, "parts"), data=data)


def harms(desk: Desk, reporter: Reporter) -> Sequence[CaseHarm]:
    """Every harm of a case, also those taken out."""
    with desk.reading() as session:
        wanted = select(CaseHarm).where(CaseHarm.case_id == desk.case(reporter).id)
        return session.exec(wanted.order_by(col(CaseHarm.place))).all()


def involved(desk: Desk) -> Sequence[HarmInvolvement]:
    """Every part that was noted."""
    with desk.reading() as session:
        return session.exec(select(HarmInvolvement)).all()


def parties(desk: Desk, reporter: Reporter) -> dict[str, CaseParty]:
    """Who is in a case, one by each role."""
    with desk.reading() as session:
        wanted = select(CaseParty).where(CaseParty.case_id == desk.case(reporter).id)
        return {one.role_code: one for one in session.exec(wanted)}

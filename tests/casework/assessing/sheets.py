"""What advisers do with the sheets of a case in the tests: each act as the pages' own forms send it."""

from datetime import date
from typing import Any

from sqlmodel import select
from starlette.responses import Response
from starlette.testclient import TestClient

from casework.assessing.tables import CaseSheet
from tests.casework.deadlines.clocks import day_fields
from tests.casework.desk import Desk, Reporter

IN_A_MONTH = date(2026, 12, 21)
FACTORS = ("personal", "nature", "repetition", "fear", "retaliation", "secondary")


def path(reporter: Reporter, rest: str) -> str:
    return f"/es/cases/{reporter.case_number}/{rest}"


def rows(desk: Desk, reporter: Reporter, kind: str) -> list[CaseSheet]:
    """Every version of a kind of sheet, by place and number."""
    with desk.reading() as session:
        found = session.exec(select(CaseSheet).where(CaseSheet.case_id == desk.case(reporter).id)).all()
    return sorted((one for one in found if one.kind_code == kind), key=lambda one: (one.place, one.number))


def begin(
    person: TestClient, reporter: Reporter, harm: str = "No le alquilan el piso.", **form: Any
) -> Response:
    """Begin a sheet of indications."""
    return person.post(path(reporter, "proof"), data={"the_harm": harm, **form})


def indicate(
    person: TestClient, reporter: Reporter, version: int, indication: str = "new", place: int = 1, **form: Any
) -> Response:
    """Keep an indication."""
    data = {
        "version": str(version),
        "kind": "statement",
        "it_shows": "Dijo: «a gente como tú, no».",
        "strength": "said",
        "kept_in": "nowhere",
        **form,
    }
    return person.post(path(reporter, f"proof/{place}/indications/{indication}"), data=data)


def check_bias(person: TestClient, reporter: Reporter, version: int = 0, **form: Any) -> Response:
    """Keep the checklist of bias."""
    data = {"version": str(version), "tick": ["insults"], "words_insults": "Gritó insultos racistas.", **form}
    return person.post(path(reporter, "bias/text"), data=data)


def assess(
    person: TestClient, reporter: Reporter, version: int = 0, again: date | None = IN_A_MONTH, **form: Any
) -> Response:
    """Keep an assessment of needs."""
    data = {
        "version": str(version),
        **{f"factor_{code}": "no" for code in FACTORS},
        "factor_fear": "yes",
        "words_fear": "No sale sola de noche.",
        "measure": ["accompanied"],
        **(day_fields("review_on", again) if again else {}),
        **form,
    }
    return person.post(path(reporter, "needs/text"), data=data)

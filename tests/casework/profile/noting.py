"""What is done with the profile of a person in the tests: each act as the pages' own forms send it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select
from starlette.responses import Response
from starlette.testclient import TestClient

from casework.profile.tables import CaseProfile, ProfileEntry, ProfileGrant
from tests.casework.deadlines.clocks import day_fields, version
from tests.casework.desk import STAFF, Desk, Reporter

WORD = "quetzalcoatlita"
"""In no other text of the office."""
ENTRY: dict[str, Any] = {
    "profile_ground": "religion_other",
    "profile_words": f"Soy {WORD}: los viernes ayuno.",
    "needed_for": ["argument", "care"],
    "consent": "yes",
    **day_fields("consented", date(2026, 11, 20)),
}
WHY = "La abogada pregunta por la comparación."


def path(reporter: Reporter, act: str = "") -> str:
    return f"/es/cases/{reporter.case_number}/profile{'/' + act if act else ''}"


def note(desk: Desk, person: TestClient, reporter: Reporter, **form: Any) -> Response:
    """Note something they are, with their consent."""
    return person.post(path(reporter), data={"version": version(desk, reporter), **ENTRY, **form})


def noted(desk: Desk, adviser: str = "laila", **report: Any) -> Reporter:
    """Return a case of `adviser` with a profile."""
    reporter = desk.a_case(adviser, **report)
    assert note(desk, desk.signed_in(adviser), reporter).status_code == 303
    return reporter


def say_why(person: TestClient, reporter: Reporter, why: str = WHY) -> Response:
    """Write why one opens it."""
    return person.post(path(reporter, "opening"), data={"open_reason": why})


def withdraw(
    desk: Desk, person: TestClient, reporter: Reporter, on: date = date(2026, 11, 23), **form: Any
) -> Response:
    """Have it destroyed."""
    said = {"version": version(desk, reporter), "destroy": "yes", **day_fields("withdrawn", on), **form}
    return person.post(path(reporter, "withdrawal"), data=said)


def take_out(desk: Desk, person: TestClient, reporter: Reporter, entry: ProfileEntry) -> Response:
    """Take one entry out."""
    said = {"version": version(desk, reporter), "entry": str(entry.id)}
    return person.post(path(reporter, "removal"), data=said)


def profiles(desk: Desk, reporter: Reporter) -> Sequence[CaseProfile]:
    """Every profile of a case, the destroyed ones too."""
    with desk.reading() as session:
        wanted = select(CaseProfile).where(CaseProfile.case_id == desk.case(reporter).id)
        return session.exec(wanted.order_by(col(CaseProfile.consented_on))).all()


def grants(desk: Desk, reporter: Reporter) -> dict[str, str]:
    """How each member of staff holds the key, by first name."""
    (profile,) = [one for one in profiles(desk, reporter) if one.withdrawn_on is None]
    names = {desk.staff_id(name): name for name in STAFF}
    with desk.reading() as session:
        rows = session.exec(select(ProfileGrant).where(ProfileGrant.profile_id == profile.id)).all()
    return {names[one.holder_id]: one.way_code for one in rows}


def entries(desk: Desk) -> Sequence[ProfileEntry]:
    """Every entry there is."""
    with desk.reading() as session:
        return session.exec(select(ProfileEntry)).all()


def entry_of(desk: Desk, reporter: Reporter) -> ProfileEntry:
    """Return the one entry of a case."""
    (profile,) = [one for one in profiles(desk, reporter) if one.withdrawn_on is None]
    (entry,) = [one for one in entries(desk) if one.profile_id == profile.id]
    return entry

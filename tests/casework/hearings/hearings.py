"""What advisers do with hearings in the tests: each act as the pages' own forms send it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from httpx2 import Response
from sqlmodel import col, select
from starlette.testclient import TestClient

from casework.hearings.tables import CaseHearing
from casework.tracks.queries import Standing
from tests.casework.deadlines.clocks import day_fields, version
from tests.casework.desk import Desk, said
from tests.casework.residents import Reporter
from tests.casework.tracks import steps as tracks

TODAY = date(2026, 11, 23)
ON = date(2026, 12, 3)
TRIAL = {
    "hearing_kind": "trial",
    "hearing_at": "9:40",
    "hearing_place": "Juzgado Social 5, sala 4",
    "hearing_bring": "El contrato.",
    "hearing_along": "Va Laila.",
}


def path(reporter: Reporter, track: Standing) -> str:
    return tracks.path(reporter, track, "hearings")


def page(reporter: Reporter, row: CaseHearing) -> str:
    return f"/es/cases/{reporter.case_number}/hearings/{row.id}"


def filed(desk: Desk, person: TestClient, reporter: Reporter, kind: str = "labour") -> Standing:
    """Open a track that lies before somebody who decides."""
    track = tracks.opened(desk, person, reporter, kind)
    tracks.walk(desk, person, reporter, track, "mandate_signed", "filed")
    return track


def note(
    desk: Desk, person: TestClient, reporter: Reporter, track: Standing, on: date = ON, **form: Any
) -> Response:
    """Note a hearing."""
    data = {"version": version(desk, reporter), **day_fields("hearing_on", on), **TRIAL, **form}
    return person.post(path(reporter, track), data=data)


def noted(
    desk: Desk, person: TestClient, reporter: Reporter, track: Standing, on: date = ON, **form: Any
) -> CaseHearing:
    """Note one that must be taken, and return it."""
    before = {row.id for row in rows(desk)}
    answer = note(desk, person, reporter, track, on, **form)
    assert answer.status_code == 303, said(answer.text)
    (new,) = [row for row in rows(desk) if row.id not in before]
    return new


def a_hearing(desk: Desk, adviser: str = "laila", on: date = ON, **form: Any) -> tuple[Reporter, CaseHearing]:
    """Return a case of somebody with a hearing to come."""
    reporter, person = desk.a_case(adviser), desk.signed_in(adviser)
    return reporter, noted(desk, person, reporter, filed(desk, person, reporter), on, **form)


def end(person: TestClient, reporter: Reporter, row: CaseHearing, code: str, **form: Any) -> Response:
    """Note how one ended."""
    data = {"version": str(row.version), "hearing_end": code, "hearing_went": "Quedó vista.", **form}
    return person.post(page(reporter, row), data=data)


def put_off(person: TestClient, reporter: Reporter, row: CaseHearing, on: date, **form: Any) -> Response:
    """Note to when one was put off."""
    told = {"hearing_at": "11:05", **day_fields("hearing_on", on), **form}
    return end(person, reporter, row, "postponed", **told)


def rows(desk: Desk) -> Sequence[CaseHearing]:
    """Every hearing there is, as they were noted."""
    with desk.reading() as session:
        return session.exec(
            select(CaseHearing).order_by(col(CaseHearing.on_day), col(CaseHearing.minute))
        ).all()


def now(desk: Desk, row: CaseHearing) -> CaseHearing:
    """The same hearing as it stands now."""
    return next(other for other in rows(desk) if other.id == row.id)

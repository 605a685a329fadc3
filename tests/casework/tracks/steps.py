"""What advisers do with tracks in the tests: each act as the pages' own forms send it."""

from datetime import date
from typing import Any

from sqlmodel import select
from starlette.responses import Response
from starlette.testclient import TestClient

from casework.tracks.queries import Standing, tracks_of
from casework.tracks.tables import Remedy, TrackStep
from tests.casework.deadlines.clocks import day_fields, version
from tests.casework.desk import Desk, Reporter, said

TODAY = date(2026, 11, 23)


def path(reporter: Reporter, one: Standing | None = None, act: str = "") -> str:
    own = f"/es/cases/{reporter.case_number}/tracks"
    return f"{own}/{one.track.id}{'/' + act if act else ''}" if one else own


def standing(desk: Desk, reporter: Reporter) -> list[Standing]:
    """The tracks of a case as they stand."""
    with desk.reading() as session:
        return tracks_of(session, desk.case(reporter).id)


def opened(desk: Desk, person: TestClient, reporter: Reporter, kind: str, **form: Any) -> Standing:
    """Open a track and return it."""
    before = {one.track.id for one in standing(desk, reporter)}
    data = {"version": version(desk, reporter), "kind": kind, **form}
    answer = person.post(path(reporter), data=data)
    assert answer.status_code == 303, said(answer.text)
    (new,) = [one for one in standing(desk, reporter) if one.track.id not in before]
    return new


def step(
    desk: Desk,
    person: TestClient,
    reporter: Reporter,
    one: Standing,
    code: str,
    on: date = TODAY,
    **form: Any,
) -> Response:
    """Note a step."""
    needed = {"track_authority": "Registro"} if code in ("filed", "running") else {}
    data = {"version": version(desk, reporter), "step": code, **day_fields("step_on", on), **needed, **form}
    return person.post(path(reporter, one, "steps"), data=data)


def walk(desk: Desk, person: TestClient, reporter: Reporter, one: Standing, *codes: str) -> None:
    """Note several steps, each of which must be taken."""
    for code in codes:
        result = {"result": "favourable"} if code in ("resolved", "ruling") else {}
        answer = step(desk, person, reporter, one, code, **result)
        assert answer.status_code == 303, (code, said(answer.text))


def now(desk: Desk, reporter: Reporter, one: Standing) -> Standing:
    """The same track as it stands now."""
    return next(other for other in standing(desk, reporter) if other.track.id == one.track.id)


def back(
    desk: Desk, person: TestClient, reporter: Reporter, one: Standing, which: TrackStep, why: str = "Error."
) -> Response:
    """Take a step back."""
    data = {"version": version(desk, reporter), "taken": str(which.id), "back_why": why}
    return person.post(path(reporter, one, "taking-back"), data=data)


def rows(desk: Desk) -> list[TrackStep]:
    """Every step there is."""
    with desk.reading() as session:
        return list(session.exec(select(TrackStep).order_by(TrackStep.seq)))  # type: ignore[arg-type]  # a column


def remedy(
    desk: Desk, person: TestClient, reporter: Reporter, one: Standing, kind: str, **form: Any
) -> Response:
    """Note a remedy, to be looked at in a month."""
    days = {**day_fields("promised_on", TODAY), **day_fields("check_on", date(2026, 12, 23))}
    data = {"version": version(desk, reporter), "remedy": kind, **days, **form}
    return person.post(path(reporter, one, "remedies"), data=data)


def remedies(desk: Desk) -> list[Remedy]:
    """Every remedy there is."""
    with desk.reading() as session:
        return list(session.exec(select(Remedy)))


def check(
    desk: Desk,
    person: TestClient,
    reporter: Reporter,
    one: Standing,
    row: Remedy,
    complied: str,
    **form: Any,
) -> Response:
    """Note whether a remedy was complied with."""
    data = {"version": version(desk, reporter), "looked_at": str(row.id), "complied": complied, **form}
    return person.post(path(reporter, one, "checks"), data=data)

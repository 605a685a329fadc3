"""Walls on the desk under test, as the page's own forms do."""

import re
from html import unescape
from typing import Any

from sqlmodel import col, select
from starlette.responses import Response
from starlette.testclient import TestClient

from casework.cases.tables import CaseKeyGrant
from casework.walls.tables import CityWall
from tests.casework.desk import Desk, Reporter, codes

CITY = "city_council"


def path(reporter: Reporter, below: str = "", language: str = "en") -> str:
    return f"/{language}/cases/{reporter.case_number}{'/' + below if below else ''}"


def code_the_city(desk: Desk, client: TestClient, reporter: Reporter, **more: Any) -> Response:
    """Code the city as the respondent; without `wall=yes` somebody is asked first."""
    data = codes(version=str(desk.case(reporter).version), respondent=CITY, **more)
    return client.post(path(reporter, "codes"), data=data)


def hidden(page: str) -> dict[str, list[str]]:
    """Everything that a page takes along unseen."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page):
        found.setdefault(name, []).append(unescape(value))
    return found


def wall_off(
    desk: Desk, client: TestClient, reporter: Reporter, taker: str = "amparo", **more: Any
) -> Response:
    """Code the city and say yes."""
    yes = {"wall": "yes", "wall_taker": str(desk.staff_id(taker)), **more}
    return code_the_city(desk, client, reporter, **yes)


def declare(desk: Desk, name: str, service: str = "housing", relation: str = "manages") -> Response:
    """Have the head note that somebody belongs to a service."""
    data = {"person": str(desk.staff_id(name)), "service": service, "relation": relation}
    return desk.signed_in("joana").post("/en/services", data=data)


def walls(desk: Desk, reporter: Reporter) -> list[CityWall]:
    """Every wall a case had."""
    with desk.reading() as session:
        wanted = select(CityWall).where(CityWall.case_id == desk.case(reporter).id)
        return list(session.exec(wanted.order_by(col(CityWall.risen_on))))


def holders(desk: Desk, reporter: Reporter) -> set[str]:
    """The first names of who may open a case now."""
    case = desk.case(reporter)
    with desk.reading() as session:
        found = session.exec(
            select(CaseKeyGrant.holder_id).where(
                CaseKeyGrant.case_id == case.id,
                CaseKeyGrant.version == case.key_version,
                col(CaseKeyGrant.revoked_on).is_(None),
            )
        ).all()
    names = ("amparo", "vicent", "laila", "pau")
    return {name for name in names if desk.staff_id(name) in found}

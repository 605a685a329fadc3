"""Referrals on the desk under test, as its forms make them."""

import re
from datetime import date
from typing import Any

from sqlmodel import select
from starlette.responses import Response
from starlette.testclient import TestClient

from casework.referrals.tables import Referral, ReferralLink
from tests.casework.deadlines.clocks import day_fields
from tests.casework.desk import Desk, Reporter, said

TOLD = {
    "told_name": "Amina B.",
    "told_phone": "600 123 123",
    "told_email": "amina@example.org",
    "told_language": "ar",
    "told_summary": "Le negaron el alquiler al oír su nombre.",
}
BODY = "021"
UNTIL, ANSWER_BY = date(2027, 2, 1), date(2026, 12, 9)


def path(reporter: Reporter, referral: Referral | None = None) -> str:
    """The address of a case's referrals, or of one."""
    own = f"/es/cases/{reporter.case_number}/referrals"
    return f"{own}/{referral.id}" if referral else own


def referrals(desk: Desk, reporter: Reporter) -> list[Referral]:
    """The referrals of a case as they lie in the store."""
    with desk.reading() as session:
        wanted = select(Referral).where(Referral.case_id == desk.case(reporter).id)
        return list(session.exec(wanted))


def links(desk: Desk) -> list[ReferralLink]:
    """Every address of a pack there is."""
    with desk.reading() as session:
        return list(session.exec(select(ReferralLink)))


def now(desk: Desk, reporter: Reporter) -> Referral:
    """The one referral of a case as it is now."""
    (one,) = referrals(desk, reporter)
    return one


def drafted(desk: Desk, client: TestClient, reporter: Reporter, **other: Any) -> Referral:
    """A new referral with everything that could be told."""
    answer = client.post(path(reporter), data={"body": BODY, **TOLD, **other})
    assert answer.status_code == 303, said(answer.text)
    return now(desk, reporter)


def consent(desk: Desk, client: TestClient, reporter: Reporter, *items: str, **other: Any) -> Response:
    """Note that the person said yes to these items."""
    referral = now(desk, reporter)
    data = {
        "version": str(referral.version),
        "items": list(items or ("name", "phone")),
        "asked_in": "ar",
        "evidence": "spoken",
        **day_fields("consented_on", date(2026, 11, 23)),
        **day_fields("consent_until", UNTIL),
        **other,
    }
    return client.post(f"{path(reporter, referral)}/consent", data=data)


def send(desk: Desk, client: TestClient, reporter: Reporter, way: str = "link", **other: Any) -> Response:
    """Hand the referral over."""
    referral = now(desk, reporter)
    data = {"version": str(referral.version), "way": way, **day_fields("answer_by", ANSWER_BY), **other}
    return client.post(f"{path(reporter, referral)}/sending", data=data)


PARTNER = "/es/partner"
"""Where a body opens its pack, with a code."""


def code_in(page: str) -> str:
    """The body's code, as the page shows it once."""
    found = re.search(r">([A-Za-z0-9_-]{43})</code>", page)
    assert found, said(page)
    return found.group(1)


def handed_over(desk: Desk, client: TestClient, reporter: Reporter, *items: str) -> str:
    """A referral with a code for the body, which is returned."""
    drafted(desk, client, reporter)
    assert consent(desk, client, reporter, *items).status_code == 303
    answer = send(desk, client, reporter)
    assert answer.status_code == 200, said(answer.text)
    return code_in(answer.text)


def look(client: TestClient, code: str) -> Response:
    """Open the pack as its body does."""
    return client.post(PARTNER, data={"code": code})


def reply(client: TestClient, code: str, data: dict[str, str]) -> Response:
    """Answer as the body does."""
    return client.post(f"{PARTNER}/answer", data={"code": code, **data})


def act(desk: Desk, client: TestClient, reporter: Reporter, rest: str, **data: Any) -> Response:
    """Do something with the referral of a case."""
    referral = now(desk, reporter)
    return client.post(f"{path(reporter, referral)}/{rest}", data={"version": str(referral.version), **data})

"""Mediators, outreach workers and operators: each opens what is theirs, and nothing of what anybody told."""

from datetime import date

import pytest
from sqlmodel import col, select

from casework.cases.tables import CaseKeyGrant
from casework.mediation.mediators import possible_mediators
from casework.relays.tables import Relay
from casework.staff.rules import MAY, Permission
from office.ids import new_case_number
from office.keys.errors import NotByThisRole, RoleHoldsNoKey
from office.keys.holdings import give
from office.keys.people import invite_again
from office.sealing.boxes import SealingKey
from office.stores.keyroom import HOLD_NO_KEY, KeyGrant, Staff
from tests.casework.deadlines.clocks import day_fields
from tests.casework.desk import NOW, Desk, said
from tests.casework.mediation.steps import hand_over, offer, screen, step
from tests.casework.test_doors import routes

OWN_TO_ALL = {"/{language}/my-sign-ins", "/{language}/my-languages", "/{language}/drafts"}
TO_AUTHORITIES = {"/{language}/authority-requests", "/{language}/authority-requests/new"}
OPEN_TO = {
    "teresa": OWN_TO_ALL | {"/{language}/staff", "/{language}/health"},
    "ferran": OWN_TO_ALL | TO_AUTHORITIES | {"/{language}/assisting", "/{language}/clinics"},
    "marina": OWN_TO_ALL | TO_AUTHORITIES | {"/{language}/mediations"},
}
"""Every page that answers to an operator, an outreach worker and a mediator."""
NOT_OF_A_ROLE = {"/", "/healthz", "/readyz", "/static/{served:path}", "/calendar/{token}"}
FOR_ALL = {
    "/{language}/", "/{language}/languages", "/{language}/sign-in", "/{language}/invitation",
    "/{language}/partner", "/{language}/partner/answer", "/{language}/sign-in/passkey",
    "/{language}/new-telephone", "/api/v1/openapi.json",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(OPEN_TO))
def test_every_other_page_of_the_desk_does_not_exist_for_them(desk: Desk, name: str) -> None:
    reporter, waiting = desk.a_case("laila", contact=True), desk.report()
    person, missing = desk.signed_in(name), "11111111-1111-1111-1111-111111111111"
    opened, before = set(), desk.events().count("report_read")
    for method, path in routes(desk):
        if path in NOT_OF_A_ROLE | FOR_ALL or path == "/{language}/sign-out":
            continue
        number = waiting.case_number if "/inbox/" in path else reporter.case_number
        own = path.replace("{language}", "es").replace("{number}", number)
        own = own.replace("{staff_id}", str(desk.staff_id("laila")))
        for piece in {part for part in own.split("/") if part.startswith("{")}:
            own = own.replace(piece, missing)
        answer = person.request(method, own)
        if method == "GET" and answer.status_code == 200:
            opened.add(path)
        elif path in OPEN_TO[name] or answer.status_code in (403, 404):
            pass
        else:  # their own forms, sent empty
            assert answer.status_code in (303, 409, 422), (method, path, answer.status_code)
            assert path.startswith(tuple(OPEN_TO[name])), (method, path)
        assert reporter.case_number not in said(answer.text), path
    assert opened == OPEN_TO[name]
    assert not {"case_read", "contact_read"} & set(desk.events(reporter))
    assert desk.events().count("report_read") == before


def test_no_key_of_the_office_and_of_no_case_is_ever_theirs(desk: Desk) -> None:
    assert set(HOLD_NO_KEY) == {"mediator", "outreach", "operator"}
    for role in HOLD_NO_KEY:
        assert not MAY[role] & {Permission.INBOX, Permission.CASES, Permission.STAFF, Permission.SUPERVISE}
    amparo, reporter = desk.signed_in("amparo"), desk.report()
    for name in OPEN_TO:
        own = desk.staff_id(name)
        for key in ("story", "contact", "names", "story-apart"):
            answer = amparo.post(f"/es/staff/{own}/keys", data={"key": key, "do": "grant"})
            assert answer.status_code == 409, (name, key)
        taken = amparo.post(f"/es/inbox/{reporter.case_number}/taking-up", data={"adviser": str(own)})
        assert taken.status_code == 422
        with desk.writing() as session, pytest.raises(RoleHoldsNoKey):
            give(session, "story.1", SealingKey.generate(), session.get_one(Staff, own), by=None, at=NOW)
    with desk.reading() as session:
        theirs = [desk.staff_id(name) for name in OPEN_TO]
        assert not set(session.exec(select(KeyGrant.holder_id))) & set(theirs)
        assert not set(session.exec(select(CaseKeyGrant.holder_id))) & set(theirs)


def test_an_operator_cannot_become_somebody_else_by_inviting_them_anew(desk: Desk) -> None:
    for name in OPEN_TO:
        with desk.writing() as session, pytest.raises(NotByThisRole):
            invite_again(session, desk.staff_id("laila"), by=desk.staff_id(name), at=NOW)
    assert desk.signed_in("laila").get("/es/cases").status_code == 200


def test_an_operator_ends_an_access_and_does_not_say_who_reads_the_cases(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila, teresa = desk.signed_in("laila"), desk.signed_in("teresa")
    page = teresa.get("/es/staff").text
    assert "Laila" in page and "Último acceso" in said(page)
    assert 'name="do" value="grant"' not in page and "/lawyer" not in page and "/mediator" not in page
    own = f"/es/staff/{desk.staff_id('laila')}"
    for act in ("keys", "lawyer", "mediator"):
        assert teresa.post(f"{own}/{act}", data={"key": "story", "do": "revoke"}).status_code == 404
    given = {f"adviser-{desk.staff_id('laila')}": str(desk.staff_id("pau"))}
    assert teresa.post(f"{own}/leaving", data=given).status_code == 303
    assert laila.get("/es/cases").status_code == 303  # signed out at once
    assert desk.case(reporter).assigned_to == desk.staff_id("laila")
    amparo = desk.signed_in("amparo")
    assert amparo.post(f"{own}/leaving", data=given).status_code == 303
    assert desk.case(reporter).assigned_to == desk.staff_id("pau")
    with desk.reading() as session:
        assert (
            session.exec(
                select(CaseKeyGrant).where(
                    CaseKeyGrant.holder_id == desk.staff_id("laila"),
                    col(CaseKeyGrant.revoked_on).is_(None),
                )
            ).first()
            is None
        )


def test_a_mediator_by_role_is_offered_and_opens_only_what_they_were_given(desk: Desk) -> None:
    reporter, other = desk.a_case("laila"), desk.a_case("laila")
    laila, marina = desk.signed_in("laila"), desk.signed_in("marina")
    assert screen(laila, reporter).status_code == 303
    assert offer(desk, laila, reporter, mediator="marina").status_code == 303
    assert step(desk, laila, reporter, "person_consented").status_code == 303
    assert hand_over(desk, laila, reporter).status_code == 303
    assert marina.get("/es/").headers["location"] == "/es/mediations"
    page = marina.get("/es/mediations").text
    assert page.count("/es/mediations/") == 1 and reporter.case_number not in page
    assert marina.get(f"/es/cases/{other.case_number}").status_code == 404
    with desk.reading() as session:
        assert [one.display_name for one in possible_mediators(session, desk.case(other))] == [
            "Marina Inexistente"
        ]


def test_an_outreach_worker_types_in_for_people_and_cannot_open_it_again(desk: Desk) -> None:
    ferran, amparo = desk.signed_in("ferran"), desk.signed_in("amparo")
    assert ferran.get("/es/").headers["location"] == "/es/assisting"
    form = {
        "relay_name": "Día de asesoramiento, Orriols",
        "channel": "outreach",
        **day_fields("until", date(2026, 11, 30)),
    }
    made = ferran.post("/es/assisting", data=form)
    assert made.status_code == 200, said(made.text)
    assert 'id="token"' in made.text
    late = ferran.post("/es/assisting", data={**form, **day_fields("until", date(2026, 12, 30))})
    assert late.status_code == 422
    theirs = amparo.post(
        "/es/relays", data={**form, "kind": "operator", "relay_name": "Mostrador", "channel": "outreach"}
    )
    assert theirs.status_code == 200
    page = ferran.get("/es/assisting").text
    assert "Orriols" in page and "Mostrador" not in page
    of_others = (
        amparo.get("/es/relays").text.partition("Mostrador")[2].partition("/ending")[0].rpartition("/")[2]
    )
    assert ferran.post(f"/es/assisting/{of_others}/ending").status_code == 404
    own = page.partition("/es/assisting/")[2].partition("/")[0]
    assert ferran.post(f"/es/assisting/{own}/ending").status_code == 303
    assert ferran.get(f"/es/inbox/{new_case_number()}").status_code == 404
    assert ferran.post("/es/assisting", data=form).status_code == 200
    left = desk.signed_in("teresa").post(f"/es/staff/{desk.staff_id('ferran')}/leaving")
    assert left.status_code == 303
    with desk.reading() as session:
        still = session.exec(select(Relay.name).where(col(Relay.revoked_on).is_(None))).all()
    assert still == ["Mostrador"]

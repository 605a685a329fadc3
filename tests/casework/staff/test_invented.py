"""Nobody becomes a reader by inviting people who do not exist: not an operator, and not the head."""

import pytest
from sqlmodel import col, select, update
from starlette.testclient import TestClient

from casework.staff.rules import MAY, Permission, may_be_invited
from office.keys.second_factor import code_at
from office.stores.keyroom import Staff
from tests.casework.desk import Desk, mistakes, said

SECRET, PASSPHRASE = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "una frase larga de prueba"


def invite(person: TestClient, role: str, name: str = "nadie.nunca") -> str:
    """Invite somebody who does not exist, and return the code, empty if that was refused."""
    form = {"sign_in_name": name, "shown_as": "Nadie Nunca", "role": role}
    answer = person.post("/es/staff", data=form)
    assert answer.status_code in (200, 422), said(answer.text)
    assert (answer.status_code == 422) == bool(mistakes(answer.text))
    return answer.text.partition('desk-secret">')[2].partition("</code>")[0]


def become(desk: Desk, code: str, name: str = "nadie.nunca") -> TestClient:
    """Use the invitation of somebody else oneself."""
    client = desk.stranger()
    form = {
        "name": name, "invitation": code, "secret": SECRET, "passphrase": PASSPHRASE, "again": PASSPHRASE,
        "code": code_at(SECRET, desk.clock.now()),
    }  # fmt: skip
    assert client.post("/es/invitation", data=form).status_code == 303
    desk.clock.move(minutes=1)
    form["code"] = code_at(SECRET, desk.clock.now())
    assert client.post("/es/sign-in", data=form).status_code == 303
    return client


def own_id(desk: Desk, name: str = "nadie.nunca") -> str:
    with desk.reading() as session:
        return str(session.exec(select(Staff.id).where(Staff.sign_in_name == name)).one())


def at(desk: Desk, name: str, act: str = "") -> str:
    return f"/es/staff/{desk.staff_id(name)}/recovery" + (f"/{act}" if act else "")


def test_an_operator_invites_nobody_who_has_a_say_over_others(desk: Desk) -> None:
    teresa, joana = desk.signed_in("teresa"), desk.signed_in("joana")
    allowed = {"triage", "adviser", "mediator", "outreach"}
    assert {role for role in MAY if may_be_invited(role, by="operator")} == allowed
    for role in MAY:
        say = {Permission.STAFF, Permission.SUPERVISE, Permission.ACCOUNTS, Permission.OFFICE_TIMELINE}
        assert (role in allowed) == (not MAY[role] & say)
        assert may_be_invited(role, by="supervisor") and may_be_invited(role, by="head")
        assert not any(may_be_invited(role, by=other) for other in ("adviser", "mediator", "nobody"))
    shown, all_of_them = teresa.get("/es/staff").text, joana.get("/es/staff").text
    for role in MAY:
        assert (f'value="{role}"' in shown) == (role in allowed), role
        assert f'value="{role}"' in all_of_them
    for role in sorted(set(MAY) - allowed):
        assert invite(teresa, role) == "", role
    assert "staff_invited" not in desk.events()[-4:]
    assert invite(teresa, "adviser") and invite(joana, "supervisor", "otra.nunca")


@pytest.mark.parametrize("by", ["amparo", "joana"])
def test_the_cases_of_whoever_leaves_go_to_nobody_whom_no_holder_gave_the_stories(
    desk: Desk, by: str
) -> None:
    reporter, joana = desk.a_case("laila"), desk.signed_in("joana")
    invented = become(desk, invite(joana, "adviser"))
    who, field = own_id(desk), f"adviser-{desk.staff_id('laila')}"
    ends = desk.signed_in(by)
    assert f'value="{who}"' not in ends.get("/es/staff").text
    answer = ends.post(f"/es/staff/{desk.staff_id('laila')}/leaving", data={field: who})
    assert answer.status_code == 422
    assert desk.case(reporter).assigned_to == desk.staff_id("laila")
    amparo, waiting = desk.signed_in("amparo"), desk.report()
    taken = amparo.post(f"/es/inbox/{waiting.case_number}/taking-up", data={"adviser": who})
    assert taken.status_code == 422
    if by == "amparo":
        given = amparo.post(f"/es/staff/{who}/keys", data={"key": "story", "do": "grant"})
        assert given.status_code == 303
        answer = ends.post(f"/es/staff/{desk.staff_id('laila')}/leaving", data={field: who})
        assert answer.status_code == 303
        assert invented.get(f"/es/cases/{reporter.case_number}").status_code == 200


def test_help_after_a_loss_takes_a_supervisor_with_a_key_and_nobody_whom_the_other_invited(
    desk: Desk,
) -> None:
    joana, amparo = desk.signed_in("joana"), desk.signed_in("amparo")
    invented = become(desk, invite(joana, "supervisor"))
    with desk.writing() as session:
        session.exec(update(Staff).where(col(Staff.id) == desk.staff_id("pau")).values(role_code="head"))
    pau, who = desk.signed_in("pau"), own_id(desk)
    assert invented.post(at(desk, "laila"), data={"lost": "passphrase"}).status_code == 303
    for other in (joana, pau):
        assert other.post(at(desk, "laila", "confirming")).status_code == 409
    assert f"{at(desk, 'laila')}/confirming" not in pau.get(at(desk, "laila")).text
    given = amparo.post(f"/es/staff/{who}/keys", data={"key": "contact", "do": "grant"})
    assert given.status_code == 303
    assert joana.post(at(desk, "laila", "confirming")).status_code == 409  # she invited the other
    assert joana.post(at(desk, "laila", "ending")).status_code == 303
    assert joana.post(at(desk, "laila"), data={"lost": "factor"}).status_code == 303
    assert invented.post(at(desk, "laila", "confirming")).status_code == 409  # and was invited by her
    assert joana.post(at(desk, "laila", "ending")).status_code == 303
    assert invented.post(at(desk, "laila"), data={"lost": "factor"}).status_code == 303
    assert pau.post(at(desk, "laila", "confirming")).status_code == 200

"""What is placed in the other case when two are parted arrives there whole, and leaves nothing behind."""

from casework.acts import Act
from casework.conflicts.queries import called_of
from casework.conflicts.tables import CaseWall
from casework.staff.sessions import SignedIn
from office.keys.people import sign_in
from tests.casework.conflicts.people import add, checks
from tests.casework.conflicts.test_correcting import correct, party
from tests.casework.corrections.correcting import set_urgency
from tests.casework.desk import CITY, STAFF, Desk, said
from tests.casework.harms.harming import parties
from tests.casework.merges.pairs import apart, asked, path, together, versions
from tests.casework.queues.lists import many
from tests.casework.taking_back.test_taking_back import back, taken
from tests.casework.tasks.todo import ask, settle, tasks


def act_of(desk: Desk, name: str) -> Act:
    """An act of somebody who has signed in."""
    one, now = STAFF[name], desk.clock.now()
    door = sign_in(
        desk.app.state.desk.sessions, one.sign_in_name, one.passphrase, one.code(now), at=now, demo=True
    )
    return Act(SignedIn.from_door(door), now, CITY, desk.keys)


def test_a_lawyer_stays_on_their_side_and_a_child_with_who_answers_for_them(desk: Desk) -> None:
    lead, other = many(desk, 2)
    laila = desk.signed_in("laila")
    assert together(desk, laila, lead, other).status_code == 303
    for name, role in (
        ("Sol Inventado", "lawyer"),
        ("Rut Inventada", "affected"),
        ("Noa Inventada", "guardian"),
    ):
        add(laila, lead, name, role, "person")
    mother = str(party(desk, lead, "guardian").id)
    for role, name in (("lawyer", "Sol Inventado"), ("affected", "Rut Inventada")):
        side = {"side": "respondent"} if role == "lawyer" else {}
        row = party(desk, lead, role)
        assert correct(laila, lead, row, name, guardian=mother, **side).status_code == 303
    assert apart(desk, laila, lead, other, ("party",)).status_code == 303
    moved = parties(desk, other)
    assert {role: row.side_code for role, row in moved.items()} == {
        "lawyer": "respondent",
        "affected": None,
        "guardian": None,
    }
    page = said(laila.get(f"/es/cases/{other.case_number}/people").text)
    assert page.count("Quién responde por esta persona: Noa Inventada") == 2


def test_a_lawyer_of_the_respondent_is_compared_with_those_who_were_harmed(desk: Desk) -> None:
    lead, other, third = many(desk, 3)
    laila = desk.signed_in("laila")
    assert together(desk, laila, lead, other).status_code == 303
    add(laila, lead, "Rosa Inventada", "lawyer", "person")
    row = party(desk, lead, "lawyer")
    assert correct(laila, lead, row, "Rosa Inventada", side="respondent").status_code == 303
    add(laila, third, "Rosa Inventada", "witness", "person")  # compares herself with the lawyer there
    (found,) = checks(desk)
    assert found.case_id == desk.case(third).id
    assert apart(desk, laila, lead, other, ("party",)).status_code == 303
    theirs = [one for one in checks(desk) if one.case_id == desk.case(other).id]
    assert [one.other_case_id for one in theirs] == [desk.case(third).id]


def test_nobody_answers_for_somebody_from_another_case(desk: Desk) -> None:
    lead, other = many(desk, 2)
    laila = desk.signed_in("laila")
    assert together(desk, laila, lead, other).status_code == 303
    add(laila, lead, "Rut Inventada", "affected", "person")
    add(laila, lead, "Noa Inventada", "guardian", "person")
    child, mother = party(desk, lead, "affected"), party(desk, lead, "guardian")
    assert correct(laila, lead, child, "Rut Inventada", guardian=str(mother.id)).status_code == 303
    placed = {name: "leading" if name.endswith(str(mother.id)) else "under" for name in asked(laila, lead)}
    data = {"do": "part", **versions(desk, lead, other), "undo_reason": "Eran dos.", **placed}
    assert laila.post(path(lead), data=data).status_code == 303
    moved = party(desk, other, "affected")
    with desk.reading() as session:
        called = called_of(session, desk.case(other), moved, act_of(desk, "laila"))
    assert called.details.guardian is None


def test_what_was_taken_back_of_a_task_goes_with_it(desk: Desk) -> None:
    lead, other = many(desk, 2)
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    assert together(desk, laila, lead, other).status_code == 303
    assert ask(desk, laila, lead, "read", with_code="other", text="Pedir las cámaras.").status_code == 303
    (task,) = tasks(desk, lead)
    for who, why in ((laila, ""), (amparo, "Faltaba una cámara.")):  # her own slip needs no reason
        assert settle(laila, lead, task.id).status_code == 303
        assert back(desk, who, lead, task.id, why).status_code == 303
    assert apart(desk, laila, lead, other, ("task",)).status_code == 303
    rows = taken(desk)
    assert {row.case_id for row in rows} == {desk.case(other).id}
    assert sorted(row.sealed is None for row in rows) == [False, True]
    assert "Faltaba una cámara." in said(laila.get(f"/es/cases/{other.case_number}/tasks").text)


def test_a_task_that_becomes_somebody_elses_is_not_interpreted_by_who_had_it(desk: Desk) -> None:
    lead, other = many(desk, 2)
    laila = desk.signed_in("laila")
    assert together(desk, laila, lead, other).status_code == 303
    hers = ask(desk, laila, lead, "read", with_code="other", doer="vicent", interpreter_code="self")
    assert hers.status_code == 303
    assert [one.interpreter_code for one in tasks(desk, lead)] == ["self"]
    vicent, case = desk.staff_id("vicent"), desk.case(other)
    with desk.writing() as session:
        wall = {"staff_id": vicent, "relation_code": "family", "made_on": case.opened_on, "made_by": vicent}
        session.add(CaseWall(case_id=case.id, **wall))
    assert apart(desk, laila, lead, other, ("task",)).status_code == 303
    (task,) = tasks(desk, other)
    assert (task.staff_id, task.interpreter_code) == (desk.staff_id("laila"), None)


def test_what_was_decided_said_and_corrected_since_is_told_as_staying(desk: Desk) -> None:
    lead, other = many(desk, 2)
    laila = desk.signed_in("laila")
    assert together(desk, laila, lead, other).status_code == 303
    told = (
        "Qué organismo es competente:",
        "Que no se conoce a la parte señalada:",
        "Correcciones de la comunicación:",
    )
    page = said(laila.get(path(lead)).text)
    assert not any(words in page for words in told)
    own = f"/es/cases/{lead.case_number}"
    decided = {"version": "0", "competent": "office", "competent_note": "Sin mirar."}
    assert laila.post(f"{own}/competence", data=decided).status_code == 303
    assert laila.post(f"{own}/people/nobody", data={"nobody_why": "Llevaba casco."}).status_code == 303
    assert set_urgency(desk, laila, lead, "danger").status_code == 303
    page = said(laila.get(path(lead)).text)
    assert all(words in page for words in told)
    assert apart(desk, laila, lead, other).status_code == 303

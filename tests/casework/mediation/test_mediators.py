"""Who mediates, what they see and keep for themselves, and when it is shut to them."""

from tests.casework.conflicts.people import add, checks, decide, declare
from tests.casework.deadlines.clocks import version
from tests.casework.desk import Desk, said
from tests.casework.mediation.steps import (
    agree,
    done,
    invited,
    name_mediator,
    notes,
    of_case,
    of_mediator,
    offer,
    offered,
    screen,
    standing,
    step,
    versioned,
)

CRIMINAL = "Ley 15/2022 art. 40.b"
SEXUAL = "Ley 4/2015 art. 3.1"


def test_a_mediators_notes_are_sealed_to_them_and_to_no_key_of_the_case(desk: Desk) -> None:
    name_mediator(desk)
    laila, pau, amparo = desk.signed_in("laila"), desk.signed_in("pau"), desk.signed_in("amparo")
    case = desk.a_case("laila")
    invited(desk, laila, pau, case)
    one = standing(desk, case)
    done(pau.post(of_mediator(one, "notes"), data={"own_note": "Lo que dijo cada parte.", **versioned(one)}))
    assert "Lo que dijo cada parte." in pau.get(of_mediator(one)).text
    for person in (laila, amparo):
        assert person.get(of_mediator(one)).status_code == 404
        assert "Lo que dijo" not in person.get(of_case(case)).text
        assert person.get("/es/mediations").status_code == 404
    assert {note.staff_id for note in notes(desk)} == {desk.staff_id("pau")}


def test_a_mediator_cannot_note_what_is_the_advisers_nor_the_adviser_what_is_the_mediators(
    desk: Desk,
) -> None:
    name_mediator(desk)
    laila, pau, case = desk.signed_in("laila"), desk.signed_in("pau"), desk.a_case("laila")
    offered(desk, laila, case)
    assert step(desk, pau, case, "person_consented", mediator=True).status_code == 422
    done(step(desk, laila, case, "person_consented"))
    assert step(desk, laila, case, "invited").status_code == 422
    assert standing(desk, case).state == "person_consented"


def test_who_had_read_or_keeps_out_of_a_case_does_not_mediate_in_it(desk: Desk) -> None:
    amparo = desk.signed_in("amparo")
    for name in ("pau", "iris", "laila"):
        name_mediator(desk, name, by=amparo)
    laila, pau, iris = (desk.signed_in(name) for name in ("laila", "pau", "iris"))
    given = desk.a_case("pau")  # and then to laila: pau had it
    declare(pau, given)
    form = {"version": version(desk, given), "adviser": str(desk.staff_id("laila")), "reason": "conflict"}
    done(amparo.post(f"/es/cases/{given.case_number}/adviser", data=form))
    done(screen(laila, given))
    assert offer(desk, laila, given, "pau").status_code == 422
    read = desk.report()
    assert iris.get(f"/es/inbox/{read.case_number}").status_code == 200
    taken = amparo.post(
        f"/es/inbox/{read.case_number}/taking-up", data={"adviser": str(desk.staff_id("laila"))}
    )
    done(taken, screen(laila, read))
    assert offer(desk, laila, read, "iris").status_code == 422
    done(offer(desk, laila, read, "pau"))


def test_nobody_names_themselves_and_who_mediates_is_never_given_the_case(desk: Desk) -> None:
    amparo = desk.signed_in("amparo")
    own = f"/es/staff/{desk.staff_id('amparo')}/mediator"
    assert amparo.post(own, data={"do": "name"}).status_code == 404
    head = f"/es/staff/{desk.staff_id('joana')}/mediator"
    assert amparo.post(head, data={"do": "name"}).status_code == 404
    assert desk.signed_in("laila").post(own, data={"do": "name"}).status_code == 404
    name_mediator(desk, by=amparo)
    case, laila = desk.a_case("laila"), desk.signed_in("laila")
    offered(desk, laila, case)
    done(step(desk, laila, case, "person_refused"))
    form = {"version": version(desk, case), "adviser": str(desk.staff_id("pau")), "reason": "load"}
    refused = amparo.post(f"/es/cases/{case.case_number}/adviser", data=form)
    assert refused.status_code == 422
    assert desk.case(case).assigned_to == desk.staff_id("laila")


def test_a_mediator_who_is_named_no_more_or_steps_down_sees_nothing_any_more(desk: Desk) -> None:
    amparo = desk.signed_in("amparo")
    name_mediator(desk, by=amparo)
    laila, pau, case = desk.signed_in("laila"), desk.signed_in("pau"), desk.a_case("laila")
    invited(desk, laila, pau, case)
    one = standing(desk, case)
    name_mediator(desk, by=amparo, do="remove")
    assert pau.get(of_mediator(one)).status_code == 404
    assert "no puede seguir" in said(laila.get(of_case(case)).text)
    name_mediator(desk, by=amparo)
    done(step(desk, pau, case, "stepped_down", mediator=True))
    assert pau.get(of_mediator(one)).status_code == 404
    assert notes(desk) == []
    done(offer(desk, laila, case))  # consents begin anew
    assert standing(desk, case).consented_on("person") is None
    assert step(desk, pau, case, "invited", mediator=True).status_code == 409


def test_closing_over_a_mediation_takes_from_the_mediator_what_was_handed_over(desk: Desk) -> None:
    name_mediator(desk)
    laila, pau, case = desk.signed_in("laila"), desk.signed_in("pau"), desk.a_case("laila")
    invited(desk, laila, pau, case)
    done(step(desk, pau, case, "respondent_consented", mediator=True))
    desk.close_case(case, why="Media otra entidad.")
    assert notes(desk) == [] and "Nadia" not in pau.get(of_mediator(standing(desk, case))).text
    for refused in (step(desk, pau, case, "session", mediator=True), agree(desk, pau, case)):
        assert refused.status_code == 409
    done(step(desk, pau, case, "withdrawn", mediator=True))


def test_a_wall_around_a_case_shuts_its_mediation_to_the_mediator(desk: Desk) -> None:
    name_mediator(desk)
    laila, pau, case = desk.signed_in("laila"), desk.signed_in("pau"), desk.a_case("laila")
    invited(desk, laila, pau, case)
    other = desk.a_case("pau")
    add(pau, other, "Ibrahim Pérez", "represented")
    add(laila, case, "Ibrahim Pérez", "respondent")
    (check,) = checks(desk)
    done(decide(desk.signed_in("amparo"), case, check.id, "wall"))
    assert pau.get(of_mediator(standing(desk, case))).status_code == 404
    assert "kept_out" in desk.events(case)


def test_every_look_and_every_step_of_the_mediator_is_in_the_timeline_of_the_case(desk: Desk) -> None:
    name_mediator(desk)
    laila, pau, case = desk.signed_in("laila"), desk.signed_in("pau"), desk.a_case("laila")
    invited(desk, laila, pau, case)
    before = len(desk.events(case))
    one = standing(desk, case)
    pau.get(of_mediator(one))
    pau.get(of_mediator(one, "sheet"))
    done(pau.post(of_mediator(one, "notes"), data={"own_note": "x", **versioned(one)}))
    done(step(desk, pau, case, "no_agreement", mediator=True))
    assert desk.events(case)[before:] == [
        "mediation_read", "mediation_printed", "mediator_noted", "mediation_step",
    ]  # fmt: skip
    assert desk.events()[-1] != "list_read"
    assert pau.get("/es/mediations").status_code == 200
    assert desk.events()[-1] == "list_read"

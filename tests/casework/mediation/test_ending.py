"""How a mediation ends, what is agreed in it, and what is taken back."""

from datetime import date

import pytest
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, select

from casework.mediation.tables import MediationStep
from casework.tracks.queries import tracks_of
from casework.tracks.tables import Remedy
from office.stores.errors import NotGranted
from tests.casework.deadlines.clocks import version
from tests.casework.desk import Desk, said
from tests.casework.mediation.steps import (
    LATER,
    TODAY,
    agree,
    done,
    invited,
    name_mediator,
    notes,
    of_case,
    of_mediator,
    offered,
    screen,
    standing,
    step,
    versioned,
)
from tests.casework.tracks import steps as tracks

CRIMINAL = "Ley 15/2022 art. 40.b"
SEXUAL = "Ley 4/2015 art. 3.1"


def test_either_side_ends_it_at_any_time_and_what_was_handed_over_is_deleted(desk: Desk) -> None:
    name_mediator(desk)
    laila, pau, case = desk.signed_in("laila"), desk.signed_in("pau"), desk.a_case("laila")
    invited(desk, laila, pau, case)
    done(step(desk, pau, case, "respondent_consented", mediator=True))
    assert len(notes(desk)) == 1
    done(step(desk, laila, case, "withdrawn"))
    assert notes(desk) == [] and standing(desk, case).state == "withdrawn"
    assert step(desk, pau, case, "session", mediator=True).status_code == 409
    assert "Nadia" not in pau.get(of_mediator(standing(desk, case))).text
    done(screen(laila, case))  # another may begin
    assert standing(desk, case).state == "screened"


def test_what_becomes_criminal_on_the_way_stops_it_without_telling_the_mediator_why(desk: Desk) -> None:
    name_mediator(desk)
    laila, pau, case = desk.signed_in("laila"), desk.signed_in("pau"), desk.a_case("laila")
    invited(desk, laila, pau, case)
    done(step(desk, pau, case, "respondent_consented", mediator=True))
    tracks.opened(desk, laila, case, "criminal")
    stopped = step(desk, pau, case, "session", mediator=True)
    assert stopped.status_code == 403
    words = said(stopped.text)
    assert "no puede seguir. Habla con quien lleva el expediente." in words and "delito" not in words
    assert CRIMINAL in said(laila.get(of_case(case)).text)
    done(step(desk, pau, case, "withdrawn", mediator=True))


def test_an_agreement_is_told_to_the_case_and_its_promises_are_looked_at(desk: Desk) -> None:
    name_mediator(desk)
    laila, pau, case = desk.signed_in("laila"), desk.signed_in("pau"), desk.a_case("laila")
    invited(desk, laila, pau, case)
    done(step(desk, pau, case, "respondent_consented", mediator=True))
    done(step(desk, pau, case, "session", mediator=True), step(desk, pau, case, "session", mediator=True))
    empty = agree(desk, pau, case, **{f"check_on-{part}": "" for part in ("day", "month", "year")})
    assert empty.status_code == 422 and "Se disculpa por escrito." in empty.text
    done(agree(desk, pau, case))
    one = standing(desk, case)
    assert one.state == "agreement" and not one.is_open
    assert "Se disculpa por escrito." in pau.get(of_mediator(one)).text  # the mediator's own copy
    with desk.reading() as session:
        (track,) = tracks_of(session, desk.case(case).id)
        remedies = session.exec(select(Remedy)).all()
    assert {(row.type_code, row.promised_on, row.check_on) for row in remedies} == {
        ("apology", TODAY, LATER),
        ("cessation", TODAY, LATER),
    }
    page = said(laila.get(f"/es/cases/{case.case_number}/tracks/{track.track.id}").text)
    assert "Se disculpa por escrito." in page
    row = next(row for row in remedies if row.type_code == "apology")
    done(tracks.check(desk, laila, case, track, row, "yes"))
    assert "23 de diciembre de 2026" in said(laila.get(of_case(case)).text)
    assert b"disculpa" not in (desk.folder / "casework.db").read_bytes()
    by_hand = laila.post(
        f"/es/cases/{case.case_number}/tracks", data={"version": version(desk, case), "kind": "mediation"}
    )
    assert by_hand.status_code == 422


def test_a_step_is_taken_back_by_who_noted_it_and_nothing_is_changed_or_deleted(desk: Desk) -> None:
    name_mediator(desk)
    laila, pau, case = desk.signed_in("laila"), desk.signed_in("pau"), desk.a_case("laila")
    invited(desk, laila, pau, case)
    one = standing(desk, case)
    back = {"taken": str(one.steps[-1].id), "back_why": "Error.", **versioned(one)}
    assert laila.post(of_case(case, "taking-back", one), data=back).status_code == 409
    done(pau.post(of_mediator(one, "taking-back"), data=back))
    assert standing(desk, case).state == "person_consented"
    stale = pau.post(of_mediator(one, "taking-back"), data=back)
    assert stale.status_code == 409
    assert [row.step_code for row in standing(desk, case).steps] == [
        "screened", "offered", "person_consented", "handed_over", "invited", "taken_back",
    ]  # fmt: skip

    def change(session: Session) -> None:
        session.get_one(MediationStep, one.steps[0].id).step_code = "withdrawn"

    def delete(session: Session) -> None:
        session.delete(session.get_one(MediationStep, one.steps[0].id))

    for act in (change, delete):
        with pytest.raises((NotGranted, DatabaseError)), desk.app.state.desk.sessions.begin() as session:
            act(session)


def test_a_case_with_an_open_mediation_is_closed_only_by_a_supervisor_with_a_reason(desk: Desk) -> None:
    amparo = desk.signed_in("amparo")
    name_mediator(desk, by=amparo)
    laila, case = desk.signed_in("laila"), desk.a_case("laila")
    offered(desk, laila, case)
    refused = desk.ask_to_close(case)
    assert refused.status_code == 409
    assert "Hay una mediación abierta" in said(refused.text)
    assert desk.ask_to_close(case, despite_deadlines="Porque sí.").status_code == 303
    assert desk.decide_closing(case).status_code == 409
    done(desk.decide_closing(case, why="Media otra entidad."))
    page = said(laila.get(f"/es/cases/{case.case_number}").text)
    assert "aunque había una mediación abierta: Ofrecida a la persona" in page
    assert page.count("Media otra entidad.") == 1
    done(step(desk, laila, case, "withdrawn"))
    assert screen(laila, case).status_code == 409  # none begins in a closed case


def test_a_day_before_the_last_step_is_refused(desk: Desk) -> None:
    name_mediator(desk)
    laila, case = desk.signed_in("laila"), desk.a_case("laila")
    offered(desk, laila, case)
    early = step(desk, laila, case, "person_consented", on=date(2026, 11, 22))
    assert early.status_code == 409 and "Este día es anterior al último paso." in said(early.text)

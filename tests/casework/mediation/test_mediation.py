"""Mediation: barred where the law bars it, with both consents, by somebody apart (scenario 12)."""

import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, select

from casework.mediation.tables import MediationStep
from casework.tracks.queries import tracks_of
from casework.tracks.tables import Remedy
from office.ids import shown
from office.languages import languages_for
from office.stores.errors import NotGranted
from tests.casework.conflicts.people import add, checks, decide, declare
from tests.casework.deadlines.clocks import binding, scan, version
from tests.casework.desk import Desk, codes, said
from tests.casework.mediation.steps import (
    LATER,
    TODAY,
    agree,
    done,
    hand_over,
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
from tests.casework.tracks import steps as tracks

CRIMINAL = "Ley 15/2022 art. 40.b"
SEXUAL = "Ley 4/2015 art. 3.1"


def test_scenario_12_a_crime_is_blocked_a_refusal_leaves_no_trace_and_the_adviser_never_mediates(
    desk: Desk,
) -> None:
    name_mediator(desk)
    name_mediator(desk, "laila")
    laila, pau = desk.signed_in("laila"), desk.signed_in("pau")
    # offered in a criminal-looking file: blocked, with the article
    criminal = desk.a_case("laila", act_codes=("assault",))
    done(screen(laila, criminal))
    blocked = offer(desk, laila, criminal, how_protected="Da igual.")
    assert blocked.status_code == 403
    assert CRIMINAL in said(blocked.text)
    assert standing(desk, criminal).state == "screened"
    # the mediator is not the adviser
    case = desk.a_case("laila", text="Lo que me dijo fue MARCA-RELATO.")
    done(screen(laila, case))
    assert offer(desk, laila, case, "laila").status_code == 422
    done(offer(desk, laila, case), step(desk, laila, case, "person_consented"), hand_over(desk, laila, case))
    # the other side refuses: nothing of what the person said reaches its view
    done(step(desk, pau, case, "invited", mediator=True))
    one = standing(desk, case)
    before = said(pau.get(of_mediator(one, "sheet")).text)
    assert "MARCA" not in before and "Nadia" not in before and "Pau Supuesto" in before
    done(step(desk, pau, case, "respondent_refused", mediator=True))
    after = said(pau.get(of_mediator(one, "sheet")).text)
    number = f"Mediación {one.mediation.reference}"
    assert after.partition("> ")[2] == f"{number} {number} La otra parte no quiere · 23 nov 2026"
    assert standing(desk, case).mediation.respondent_language is None
    assert notes(desk) == []


MARKS: dict[str, Any] = {"told_name": "MARCA-A", "told_reach": "MARCA-B", "told_handed": "MARCA-C"}


def test_no_text_of_the_case_is_in_what_goes_to_the_other_side_and_the_mediator_reads_the_extract_only(
    desk: Desk,
) -> None:
    name_mediator(desk)
    laila, pau = desk.signed_in("laila"), desk.signed_in("pau")
    case = desk.a_case("laila", text="Pasó MARCA-1.", ground_text="MARCA-2", respondent_text="MARCA-3")
    own = f"/es/cases/{case.case_number}"
    done(
        laila.post(f"{own}/messages", data={"message": "MARCA-4"}),
        laila.post(f"{own}/notes", data={"note": "MARCA-5"}),
        add(laila, case, "MARCA-6"),
        screen(laila, case, note="MARCA-7", imbalance="yes"),
        offer(desk, laila, case, how_protected="MARCA-8"),
        step(desk, laila, case, "person_consented", step_note="MARCA-9", evidence="said"),
        hand_over(desk, laila, case, **MARKS),
        step(desk, pau, case, "invited", mediator=True, sheet_language="ar"),
    )
    one = standing(desk, case)
    done(pau.post(of_mediator(one, "notes"), data={"own_note": "MARCA-D", **versioned(one)}))
    page = pau.get(of_mediator(one)).text
    assert set(re.findall("MARCA-.", page)) == {"MARCA-A", "MARCA-B", "MARCA-C", "MARCA-D"}
    sheet = pau.get(of_mediator(one, "sheet")).text
    assert "MARCA" not in sheet and 'lang="ar" dir="rtl"' in sheet and "دعوة إلى وساطة" in sheet
    for text in (page, sheet, pau.get("/es/mediations").text):
        assert case.case_number not in text and shown(case.case_number) not in text
    laila_reads = laila.get(of_case(case)).text
    assert "MARCA-C" in laila_reads and "MARCA-D" not in laila_reads
    kept = (desk.folder / "casework.db").read_bytes()
    assert b"MARCA" not in kept


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


def test_each_sign_in_the_file_or_the_screening_bars_the_offer(desk: Desk) -> None:
    name_mediator(desk)
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    coded, tracked, limited, screened = (desk.a_case("laila") for _ in range(4))
    told, work = (desk.a_case("laila", act_codes=(act,)) for act in ("sexual_violence", "dismissed"))
    city = desk.a_case("amparo", city=True)
    done(*(screen(laila, case) for case in (coded, tracked, limited, told, work)))
    done(screen(laila, screened, gender_violence="yes"), screen(amparo, city))
    form = codes(version=version(desk, coded), conduct=["hate_crime"])
    done(laila.post(f"/es/cases/{coded.case_number}/codes", data=form))
    tracks.opened(desk, laila, tracked, "criminal")
    scan(desk, laila, limited, TODAY, "crime_510")
    for person, case, law in (
        (laila, coded, CRIMINAL),
        (laila, tracked, CRIMINAL),
        (laila, limited, CRIMINAL),
        (laila, work, CRIMINAL),
        (laila, told, SEXUAL),
        (laila, screened, SEXUAL),
        (amparo, city, "Norma de la oficina"),
    ):
        refused = offer(desk, person, case)
        words = said(refused.text)
        assert refused.status_code == 403 and law in words and "Este expediente no se puede mediar." in words
        assert standing(desk, case).state == "screened"


def test_an_incomplete_screening_or_a_risk_without_protection_is_not_offered(desk: Desk) -> None:
    name_mediator(desk)
    case, laila = desk.a_case("laila"), desk.signed_in("laila")
    assert laila.post(of_case(case), data={"mediation": "", "version": "0"}).status_code == 422
    done(screen(laila, case, danger="unknown", imbalance="yes"))
    first = offer(desk, laila, case, how_protected="Con su sindicato.")
    assert first.status_code == 409 and "El examen previo no está completo." in said(first.text)
    assert "Con su sindicato." in first.text  # what was typed is not lost
    done(screen(laila, case, standing(desk, case), imbalance="yes"))
    second = offer(desk, laila, case)
    assert second.status_code == 409 and "Escribe primero cómo se protege" in said(second.text)
    done(offer(desk, laila, case, how_protected="Con su sindicato."))
    assert "Con su sindicato." in said(laila.get(of_case(case)).text)


def test_the_other_side_hears_nothing_before_the_person_consented_and_nobody_sits_down_before_both(
    desk: Desk,
) -> None:
    name_mediator(desk)
    laila, pau, case = desk.signed_in("laila"), desk.signed_in("pau"), desk.a_case("laila")
    offered(desk, laila, case)
    one = standing(desk, case)
    assert pau.get(of_mediator(one, "sheet")).status_code == 404
    assert step(desk, pau, case, "invited", mediator=True).status_code == 409
    assert hand_over(desk, laila, case).status_code == 409
    assert step(desk, laila, case, "person_consented", evidence="").status_code == 422
    done(step(desk, laila, case, "person_consented"))
    assert step(desk, pau, case, "session", mediator=True).status_code == 409
    done(step(desk, pau, case, "invited", mediator=True))
    assert step(desk, pau, case, "session", mediator=True).status_code == 409
    done(step(desk, pau, case, "respondent_consented", mediator=True, evidence="written"))
    assert agree(desk, pau, case).status_code == 409  # nobody has sat down yet
    done(step(desk, pau, case, "session", mediator=True))
    consents = [(row.step_code, row.evidence_code, row.happened_on) for row in standing(desk, case).steps]
    assert ("person_consented", "signed", TODAY) in consents
    assert ("respondent_consented", "written", TODAY) in consents


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


def test_no_limit_changes_by_itself_and_the_page_points_to_the_deadlines(desk: Desk) -> None:
    name_mediator(desk)
    laila, case = desk.signed_in("laila"), desk.a_case("laila")
    (clock,) = scan(desk, laila, case, date(2026, 11, 20), "civil_tort")
    offered(desk, laila, case)
    done(step(desk, laila, case, "person_consented"))
    (after,) = binding(desk, case)
    assert (after.id, after.last_on) == (clock.id, clock.last_on)
    page = laila.get(of_case(case)).text
    assert "Ley 5/2012, art. 4" in page and f"/deadlines/{clock.id}" in page


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
    closing = f"/es/cases/{case.case_number}/closing"
    form = {
        "responses": ["information"],
        "outcome": "support_given",
        "reason": "completed",
        "version": version(desk, case),
    }
    refused = laila.post(closing, data={**form, "despite_deadlines": "Porque sí."})
    assert refused.status_code == 409
    assert "Hay una mediación abierta" in said(refused.text)
    done(amparo.post(closing, data={**form, "despite_deadlines": "Media otra entidad."}))
    page = said(laila.get(f"/es/cases/{case.case_number}").text)
    assert "aunque había una mediación abierta: Ofrecida a la persona" in page
    assert page.count("Media otra entidad.") == 1
    done(step(desk, laila, case, "withdrawn"))
    assert screen(laila, case).status_code == 409  # none begins in a closed case


def test_closing_over_a_mediation_takes_from_the_mediator_what_was_handed_over(desk: Desk) -> None:
    name_mediator(desk)
    laila, pau, case = desk.signed_in("laila"), desk.signed_in("pau"), desk.a_case("laila")
    invited(desk, laila, pau, case)
    done(step(desk, pau, case, "respondent_consented", mediator=True))
    form = {"responses": ["information"], "outcome": "support_given", "reason": "completed"}
    told = {**form, "version": version(desk, case), "despite_deadlines": "Media otra entidad."}
    done(desk.signed_in("amparo").post(f"/es/cases/{case.case_number}/closing", data=told))
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


def test_the_invitation_is_whole_in_every_language_of_the_office(desk: Desk) -> None:
    name_mediator(desk)
    laila, pau, case = desk.signed_in("laila"), desk.signed_in("pau"), desk.a_case("laila")
    offered(desk, laila, case)
    done(step(desk, laila, case, "person_consented"))
    titles = set()
    for language in languages_for("office"):
        done(step(desk, pau, case, "invited", mediator=True, sheet_language=language.tag))
        one = standing(desk, case)
        sheet = pau.get(of_mediator(one, "sheet")).text
        assert f'lang="{language.written_as}" dir="{language.direction}"' in sheet
        titles.add(language.gettext("What is said stays there"))
        assert language.gettext("What is said stays there") in said(sheet)
        back = {"taken": str(one.steps[-1].id), **versioned(one)}
        done(pau.post(of_mediator(one, "taking-back"), data=back))
    assert len(titles) == len(languages_for("office"))


def test_a_day_before_the_last_step_is_refused(desk: Desk) -> None:
    name_mediator(desk)
    laila, case = desk.signed_in("laila"), desk.a_case("laila")
    offered(desk, laila, case)
    early = step(desk, laila, case, "person_consented", on=date(2026, 11, 22))
    assert early.status_code == 409 and "Este día es anterior al último paso." in said(early.text)

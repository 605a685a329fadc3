"""Mediation: barred where the law bars it, with both consents, by somebody apart (scenario 12)."""

import re
from datetime import date
from typing import Any

from office.ids import shown
from office.languages import languages_for
from tests.casework.conflicts.people import add
from tests.casework.deadlines.clocks import binding, scan, version
from tests.casework.desk import Desk, codes, said
from tests.casework.mediation.steps import (
    TODAY,
    agree,
    done,
    hand_over,
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

"""Which body is competent, and that no respondent is known: both are asked before the person is advised."""

from typing import Any

from sqlmodel import select

from casework.competence.tables import CaseCompetence
from casework.conflicts.tables import NobodyKnown
from tests.casework.conflicts.people import add, declare
from tests.casework.deadlines.clocks import scan
from tests.casework.desk import Desk, Reporter, codes, said, typed
from tests.casework.states.test_guards import asked, move

WHY = "Llevaba casco y se fue corriendo."
BODY = "Inspección de Trabajo de Castelló"


def own(reporter: Reporter, rest: str) -> str:
    return f"/es/cases/{reporter.case_number}/{rest}"


def decide(desk: Desk, reporter: Reporter, body: str, after: int = 0, by: str = "laila", **form: Any) -> Any:
    told = {"version": str(after), "competent": body, **form}
    return desk.signed_in(by).post(own(reporter, "competence"), data=told)


def almost_ready(desk: Desk) -> Reporter:
    """A case of which everything is there before advice but who is complained about and who is competent."""
    reporter = desk.a_case("laila")
    desk.ready_to_advise(reporter)
    scan(desk, desk.signed_in("laila"), reporter, None, reason="None runs.")
    with desk.writing() as session:
        for table in (NobodyKnown, CaseCompetence):
            for row in session.exec(select(table)):
                session.delete(row)
    return reporter


def test_a_body_is_decided_with_its_name_and_anew_and_the_earlier_stays(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    unnamed = decide(desk, reporter, "labour", competent_note="Pasó en el trabajo.")
    assert unnamed.status_code == 422 and "Escribe el nombre del organismo." in unnamed.text
    assert typed(unnamed.text, "competent_note")["text"] == "Pasó en el trabajo."
    assert decide(desk, reporter, "planet", competent_name="X").status_code == 422
    assert decide(desk, reporter, "labour", competent_name=BODY).status_code == 303
    stale = decide(desk, reporter, "office", competent_note="Sin mirar.")
    assert stale.status_code == 409 and typed(stale.text, "competent_note")["text"] == "Sin mirar."
    assert decide(desk, reporter, "office", after=1).status_code == 303
    page = said(laila.get(own(reporter, "competence")).text)
    assert page.index("Esta oficina Vale ahora") < page.index(BODY)
    assert desk.events(reporter).count("competence_decided") == 2
    printed = said(laila.get(own(reporter, "print")).text)
    assert "decidió qué organismo es competente : La Inspección de Trabajo" in printed
    with desk.reading() as session:
        rows = session.exec(select(CaseCompetence)).all()
        assert [row.body_code for row in rows] == ["labour", "office"]
        assert not any(BODY.encode() in row.sealed for row in rows)


def test_nothing_is_decided_by_who_keeps_out_and_a_stranger_finds_no_case(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    assert declare(desk.signed_in("laila"), reporter).status_code == 303
    assert decide(desk, reporter, "office").status_code == 409
    assert decide(desk, reporter, "office", by="pau").status_code == 404


def test_advice_waits_for_a_respondent_or_that_none_is_known_and_for_who_is_competent(desk: Desk) -> None:
    reporter, laila = almost_ready(desk), desk.signed_in("laila")
    assert asked(move(desk, reporter, "advice", without_words="Da igual.").text) == ["people", "competence"]
    add(laila, reporter, "Ana Inventada", "witness", "person")  # nobody who is complained about
    assert decide(desk, reporter, "office").status_code == 303
    assert asked(move(desk, reporter, "advice").text) == ["people"]
    add(laila, reporter, "Bar Pepe")
    assert move(desk, reporter, "advice").status_code == 303


def test_that_no_respondent_is_known_is_said_with_why_taken_back_and_ended_by_a_name(desk: Desk) -> None:
    reporter, laila = almost_ready(desk), desk.signed_in("laila")
    decide(desk, reporter, "office")
    where = own(reporter, "people/nobody")
    assert laila.post(where, data={"nobody_why": " "}).status_code == 422
    assert laila.post(where, data={"nobody_why": WHY}).status_code == 303
    assert laila.post(where, data={"nobody_why": WHY}).status_code == 409
    assert WHY in laila.get(own(reporter, "people")).text
    assert laila.post(where, data={"do": "back"}).status_code == 303
    assert laila.post(where, data={"do": "back"}).status_code == 409
    assert asked(move(desk, reporter, "advice").text) == ["people"]
    assert laila.post(where, data={"nobody_why": WHY}).status_code == 303
    add(laila, reporter, "Bar Pepe", "agent")
    assert desk.events(reporter).count("nobody_known_ended") == 2
    assert laila.post(where, data={"nobody_why": WHY}).status_code == 409  # one is named
    with desk.reading() as session:
        rows = session.exec(select(NobodyKnown)).all()
        assert all(row.ended_on is not None and WHY.encode() not in row.sealed for row in rows)
    laila.post(own(reporter, "codes"), data=codes(version=str(desk.case(reporter).version)))
    assert move(desk, reporter, "advice").status_code == 303


def test_after_advice_what_was_agreed_is_looked_after_on_a_track_a_decision_or_with_a_reason(
    desk: Desk,
) -> None:
    reporter = desk.a_case("laila")
    desk.ready_to_advise(reporter)
    scan(desk, desk.signed_in("laila"), reporter, None, reason="None runs.")
    assert move(desk, reporter, "advice").status_code == 303
    assert asked(move(desk, reporter, "follow_up").text) == ["tracks"]
    assert desk.case(reporter).stage_code == "advice"
    assert move(desk, reporter, "follow_up", without_words="Lo arregló una llamada.").status_code == 303
    page = said(desk.signed_in("laila").get(own(reporter, "print")).text)
    assert "una vía o la decisión de la persona" in page

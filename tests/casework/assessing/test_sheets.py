"""The sheets of a case: every version stays, its adviser writes, and what they say lies sealed."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from starlette.responses import Response

from casework.assessing.tables import CaseSheet
from casework.cases.tables import CaseFile
from office.stores.errors import NotGranted
from tests.casework.assessing.sheets import (
    IN_A_MONTH,
    assess,
    begin,
    check_bias,
    indicate,
    path,
    rows,
)
from tests.casework.conflicts.people import add
from tests.casework.deadlines.clocks import day_fields
from tests.casework.desk import Desk, mistakes, said, typed
from tests.casework.tasks.todo import settle, tasks
from tests.casework.tracks.steps import opened

WORDS = "Dijo: «a gente como tú, no»."


def test_each_harm_has_its_sheet_and_each_change_is_a_version_with_author_and_day(desk: Desk) -> None:
    file = desk.a_file(b"OggS sound", "voz.ogg", "audio/ogg")
    reporter = desk.a_case("laila", files=(file,))
    laila = desk.signed_in("laila")
    assert begin(laila, reporter).headers["location"].startswith(path(reporter, "proof/1"))
    assert begin(laila, reporter, "La despiden.").headers["location"].startswith(path(reporter, "proof/2"))
    kept = indicate(
        laila, reporter, 1, kept_in=f"file:{file.file_id}", kept_place="minuto 2", speaks_against="Es broma."
    )
    assert kept.status_code == 303
    page = laila.get(path(reporter, "proof/1")).text
    assert path(reporter, f"files/{file.file_id}") in page
    for words in ("voz.ogg", "minuto 2", WORDS, "Es broma.", "Lo dice la persona", "Versión 2, de Laila"):
        assert words in said(page)
    assert WORDS not in said(laila.get(path(reporter, "proof/2")).text)
    assert indicate(laila, reporter, 2, "1", it_shows="Lo escribió.", strength="document").status_code == 303
    assert WORDS not in said(laila.get(path(reporter, "proof/1")).text)
    assert WORDS in said(laila.get(path(reporter, "proof/1?text=2")).text)
    removed = laila.post(path(reporter, "proof/1/indications/1/removal"), data={"version": "3"})
    assert removed.status_code == 303
    assert "Lo escribió." not in said(laila.get(path(reporter, "proof/1")).text)
    assert "Lo escribió." in said(laila.get(path(reporter, "proof/1?text=3")).text)
    kept_rows = rows(desk, reporter, "proof")
    assert [(one.place, one.number) for one in kept_rows] == [(1, 1), (1, 2), (1, 3), (1, 4), (2, 1)]
    authors = {(one.written_by, str(one.written_on)) for one in kept_rows}
    assert authors == {(desk.staff_id("laila"), "2026-11-23")}
    assert desk.events(reporter).count("sheet_written") == 5
    assert laila.get(path(reporter, "proof/3")).status_code == 404
    assert laila.get(path(reporter, "proof/1?text=9")).status_code == 404


def test_a_sheet_says_which_standard_each_track_has_and_that_no_lawyer_confirmed_it(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    begin(laila, reporter)
    assert "No hay ninguna vía abierta: no se sabe quién tiene que probar qué." in said(
        laila.get(path(reporter, "proof/1")).text
    )
    opened(desk, laila, reporter, "civil", route="civil_tort")
    opened(desk, laila, reporter, "administrative", route="sanction_l15")
    words = said(laila.get(path(reporter, "proof/1")).text)
    sanction, _, civil = words.partition("Quién tiene que probar qué")[2].partition("Juzgado civil")
    assert "Los indicios trasladan la carga Ley 15/2022 art. 30; LEC art. 217.5" in civil
    assert "Los indicios no trasladan la carga Ley 15/2022 art. 30.3" in sanction
    assert "Ninguna persona abogada lo ha confirmado" in words


def test_what_disappears_is_asked_for_by_a_day_the_adviser_chooses(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    begin(laila, reporter)
    assert "Antes de que desaparezca" not in said(laila.get(path(reporter, "proof/1")).text)
    indicate(laila, reporter, 1, kept_in="elsewhere", kept_place="Cámara del portal", vanishes="yes")
    assert "Antes de que desaparezca" in said(laila.get(path(reporter, "proof/1")).text)
    keep = path(reporter, "proof/1/keeping")
    asked = laila.post(keep, data={"keep_text": "Pedir a la finca la grabación del 20 de noviembre."})
    assert (asked.status_code, mistakes(asked.text)) == (422, ["Escribe para qué día."])
    assert "Pedir a la finca" in typed(asked.text, "keep_text")["text"]
    due = day_fields("keep_by", date(2026, 11, 25))
    assert laila.post(keep, data={"keep_text": "Pedir la grabación.", **due}).status_code == 303
    (task,) = tasks(desk, reporter)
    assert (task.kind_code, task.with_code, str(task.due_on)) == ("letter", "other", "2026-11-25")
    assert task.staff_id == desk.staff_id("laila")


def test_a_tick_needs_a_sentence_and_the_articles_that_name_the_bias_are_told(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    empty = check_bias(laila, reporter, tick=[], words_insults="")
    assert (empty.status_code, len(mistakes(empty.text))) == (422, 1)
    bare = check_bias(laila, reporter, tick=["insults", "place"], speaks_against="Un robo.")
    assert mistakes(bare.text) == ["Escribe en una frase qué apunta a ello, o quita la marca."]
    assert "Un robo." in bare.text and "Gritó insultos racistas." in bare.text
    grounds = ["race_ethnicity", "age_older"]
    assert check_bias(laila, reporter, bias_ground=grounds).status_code == 303
    words = said(laila.get(path(reporter, "bias")).text)
    assert "Gritó insultos racistas." in words and "Son indicios, no un veredicto" in words
    race, age = (desk.app.state.desk.lists.label("grounds", code, "es") for code in grounds)
    assert f"{race} lo nombran: CP 22.4, CP 510, CP 511 y CP 512" in words
    assert f"{age} lo nombran: CP 22.4, CP 511 y CP 512" in words  # CP 510 has no age
    assert (
        desk.case(reporter).ground_codes == "unknown" or "age_older" not in desk.case(reporter).ground_codes
    )


def test_an_assessment_of_needs_is_made_again_and_its_day_is_a_task(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    own = f"/es/cases/{reporter.case_number}"
    assert "Todavía sin hacer" in said(laila.get(own).text)
    silent = assess(laila, reporter, again=None, words_fear="", measure=["none", "apart"])
    assert (silent.status_code, len(mistakes(silent.text))) == (422, 3)
    assert rows(desk, reporter, "needs") == [] and tasks(desk, reporter) == []
    assert assess(laila, reporter).status_code == 303
    (first,) = tasks(desk, reporter)
    assert (first.due_on, first.state_code, first.staff_id) == (IN_A_MONTH, "open", desk.staff_id("laila"))
    assert "Volver a valorar las necesidades" in said(laila.get("/es/tasks").text)
    assert assess(laila, reporter, 1, date(2027, 2, 1), words_fear="Ya sale.").status_code == 303
    before, after = sorted(tasks(desk, reporter), key=lambda one: one.due_on)
    assert (before.state_code, after.state_code) == ("done", "open")
    assert [one.task_id for one in rows(desk, reporter, "needs")] == [before.id, after.id]
    assert "No sale sola de noche." in said(laila.get(path(reporter, "needs?text=1")).text)
    settle(laila, reporter, after.id, "dropped")
    assert "Sin día para repetirla" in said(laila.get(own).text)
    assert assess(laila, reporter, 2).status_code == 303


def test_a_stale_tab_loses_nothing_and_overwrites_nothing(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    begin(laila, reporter)
    check_bias(laila, reporter)
    assess(laila, reporter)
    indicate(laila, reporter, 1)

    def harm(version: int) -> Response:
        data = {"version": str(version), "the_harm": "Mis palabras."}
        return laila.post(path(reporter, "proof/1/harm"), data=data)

    sends: list[tuple[str, Callable[[int], Response]]] = [
        ("proof", harm),
        ("proof", lambda version: indicate(laila, reporter, version, "1", it_shows="Mis palabras.")),
        ("bias", lambda version: check_bias(laila, reporter, version, words_insults="Mis palabras.")),
        ("needs", lambda version: assess(laila, reporter, version, words_fear="Mis palabras.")),
    ]
    for kind, send in sends:
        newest = rows(desk, reporter, kind)[-1].number
        stale = send(newest - 1)
        assert stale.status_code == 409, kind
        assert "Mis palabras." in stale.text and f'name="version" value="{newest}"' in stale.text, kind
        assert len(rows(desk, reporter, kind)) == newest, kind
        assert send(newest).status_code == 303, kind
        assert len(rows(desk, reporter, kind)) == newest + 1, kind


def test_an_indication_taken_off_in_another_tab_is_kept_as_a_new_one(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    begin(laila, reporter)
    indicate(laila, reporter, 1)
    laila.post(path(reporter, "proof/1/indications/1/removal"), data={"version": "2"})
    stale = indicate(laila, reporter, 2, "1", it_shows="Mis palabras.")
    assert stale.status_code == 409 and 'action="' + path(reporter, "proof/1/indications/new") in stale.text
    assert indicate(laila, reporter, 3, "1").status_code == 404
    assert indicate(laila, reporter, 3, "new", it_shows="Mis palabras.").status_code == 303
    assert path(reporter, "proof/1/indications/2") in laila.get(path(reporter, "proof/1")).text


def test_supervisors_read_and_only_the_adviser_writes(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    begin(laila, reporter)
    check_bias(laila, reporter)
    assess(laila, reporter)
    amparo = desk.signed_in("amparo")
    for rest in ("proof", "proof/1", "bias", "needs"):
        page = amparo.get(path(reporter, rest))
        assert page.status_code == 200 and "/text" not in page.text and "new" not in page.text
    for rest in ("proof/1/harm", "proof/1/indications/new", "bias/text", "needs/text"):
        assert amparo.get(path(reporter, rest)).status_code == 404
        assert amparo.post(path(reporter, rest), data={"version": "1"}).status_code == 404
    assert begin(amparo, reporter).status_code == 404
    assert (len(rows(desk, reporter, "proof")), len(rows(desk, reporter, "needs"))) == (1, 1)
    iris = desk.signed_in("iris")
    assert iris.get(path(reporter, "needs")).status_code == 404


def test_nothing_is_written_while_a_conflict_is_undecided_or_after_the_end(desk: Desk) -> None:
    earlier, reporter = desk.a_case("pau"), desk.a_case("laila")
    add(desk.signed_in("pau"), earlier, "Bar Pepe", "represented")
    laila = desk.signed_in("laila")
    add(laila, reporter, "Bar Pepe", "respondent")
    over = desk.a_case("laila")
    with desk.writing() as session:
        case = session.get_one(CaseFile, desk.case(over).id)
        case.stage_code, case.closed_on = "closed", case.opened_on
        case.outcome_code, case.reason_code = "support_given", "completed"
        session.add(case)
    for one in (reporter, over):
        for answer in (begin(laila, one), check_bias(laila, one), assess(laila, one)):
            assert answer.status_code == 409
        assert rows(desk, one, "proof") == [] and tasks(desk, one) == []
    assert "/text" not in laila.get(path(over, "needs")).text


def test_what_a_sheet_says_lies_sealed_and_no_version_is_changed_or_taken_away(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    begin(laila, reporter)
    check_bias(laila, reporter, bias_ground=["race_ethnicity"])
    assess(laila, reporter)
    found = [one for kind in ("proof", "bias", "needs") for one in rows(desk, reporter, kind)]
    assert len(found) == 3
    for one in found:
        assert not any(word in one.sealed for word in (b"alquilan", b"insult", b"race", b"accompanied"))
    clear = {name for name in CaseSheet.model_fields if name not in {"sealed"}}
    assert clear == {
        "id", "case_id", "kind_code", "place", "number", "written_by", "written_on", "task_id", "key_version",
    }  # fmt: skip
    for sentence in ("UPDATE case_sheet SET written_on = '2020-01-01'", "DELETE FROM case_sheet"):
        with pytest.raises((NotGranted, DatabaseError)), desk._as("casework", "casework").begin() as session:
            session.execute(text(sentence))


def test_a_number_of_a_document_is_pointed_out_before_it_is_kept(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    for answer in (
        begin(laila, reporter, "El casero pidió el DNI 12345678Z."),
        check_bias(laila, reporter, words_insults="Gritó el DNI 12345678Z."),
        assess(laila, reporter, words_fear="Le quitaron el DNI 12345678Z."),
    ):
        assert answer.status_code == 422 and "12345678Z" in answer.text
    assert [rows(desk, reporter, kind) for kind in ("proof", "bias", "needs")] == [[], [], []]

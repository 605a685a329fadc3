"""The directory of interpreters, the languages of staff, and who is shown where a case is given."""

import re

from casework.cases.tables import CaseFile
from casework.interpreters.rules import KINDS, interprets, wanted_language
from office.handover.report import Languages
from office.vocabulary import load
from tests.casework.advice.pieces import SPEAKS_WOLOF
from tests.casework.desk import NOW, Desk, mistakes, said, typed
from tests.casework.interpreters.tongues import SIGNED_ON, add, entry, listed, speaks, unsigned


def test_a_supervisor_adds_an_interpreter_and_every_adviser_reads_who_it_is(desk: Desk) -> None:
    row = add(desk)
    assert (row.language_codes, row.undertaking_on, row.is_remote) == ("wo fr", SIGNED_ON, True)
    page = said(desk.signed_in("laila").get("/es/interpreters").text)
    for there in ("Modou Inventado", "600 000 001", "Wólof", "5 oct 2026"):
        assert there in page, there
    refused = desk.signed_in("laila").post("/es/interpreters/new", data=entry())
    assert refused.status_code == 404


def test_what_is_wrong_in_an_entry_is_said_and_nothing_typed_is_lost(desk: Desk) -> None:
    amparo = desk.signed_in("amparo")
    form = entry(comes=[], spoken=[], reached_at="600 000 001 (tardes)")
    refused = amparo.post("/es/interpreters/new", data=form)
    assert refused.status_code == 422 and len(mistakes(refused.text)) == 2
    assert typed(refused.text, "reached_at")["text"] == "600 000 001 (tardes)"


def test_an_older_page_overwrites_no_entry(desk: Desk) -> None:
    row, amparo = add(desk), desk.signed_in("amparo")
    first = entry(version=str(row.version), reached_at="600 000 002")
    assert amparo.post(f"/es/interpreters/{row.id}", data=first).status_code == 303
    older = amparo.post(f"/es/interpreters/{row.id}", data=entry(version=str(row.version), reached_at="otra"))
    assert older.status_code == 409 and typed(older.text, "reached_at")["text"] == "otra"
    assert listed(desk, "Modou Inventado").way == "600 000 002"


def test_who_ended_is_shown_as_ended_and_interprets_for_nobody_any_more(desk: Desk) -> None:
    row, amparo = add(desk), desk.signed_in("amparo")
    reporter = desk.a_case("laila", languages=SPEAKS_WOLOF)
    laila, own = desk.signed_in("laila"), f"/es/cases/{reporter.case_number}"
    assert "Modou Inventado" in said(laila.get(own).text)
    ended = entry(version=str(row.version), ended="yes")
    assert amparo.post(f"/es/interpreters/{row.id}", data=ended).status_code == 303
    assert "Modou Inventado" not in said(laila.get(own).text)
    assert "Modou Inventado" in said(laila.get("/es/interpreters").text)


def test_what_somebody_unticks_of_their_languages_is_forgotten(desk: Desk) -> None:
    laila = desk.signed_in("laila")
    speaks(laila, "wo", "ar", greets=("fr", "wo"))  # of one ticked twice the better counts
    page = laila.get("/es/my-languages").text
    ticked = re.findall(r'name="(advises|greets)"[^>]*value="([a-z-]+)"[^>]* checked', page)
    assert sorted(ticked) == [("advises", "ar"), ("advises", "wo"), ("greets", "fr")]
    speaks(laila, greets=("wo",))
    page = laila.get("/es/my-languages").text
    ticked = re.findall(r'name="(advises|greets)"[^>]*value="([a-z-]+)"[^>]* checked', page)
    assert ticked == [("greets", "wo")]
    assert laila.post("/es/my-languages", data={"advises": ["xx"]}).status_code == 422


def _offered(page: str) -> list[str]:
    inside = page.partition('name="adviser"')[2].partition("</select>")[0]
    return [one.strip() for one in re.findall(r"<option[^>]*value=\"[^\"]+\"[^>]*>([^<]+)", inside)]


def test_who_speaks_the_language_of_a_report_comes_first_in_the_inbox(desk: Desk) -> None:
    speaks(desk.signed_in("pau"), greets=("wo",))
    reporter = desk.report(languages=SPEAKS_WOLOF)
    amparo, at = desk.signed_in("amparo"), f"/es/inbox/{reporter.case_number}"
    before = amparo.get(at).text
    assert "Nadie de la oficina puede asesorar en: Wólof." in said(before)
    assert "En el directorio tampoco hay" in said(before)
    add(desk)
    assert "Modou Inventado" in said(amparo.get(at).text)
    assert _offered(before)[0].startswith("Pau")
    speaks(desk.signed_in("vicent"), "wo")
    after = amparo.get(at).text
    first, second = _offered(after)[:2]
    assert first.startswith("Vicent") and "Wólof" in first and second.startswith("Pau")
    assert "Nadie de la oficina" not in said(after)
    chosen = re.compile(r'<option value="[^"]+" selected>')
    assert chosen.search(before) and not chosen.search(after)  # who looks does not speak it: no shortcut
    speaks(amparo, "wo")
    assert chosen.search(amparo.get(at).text)


def test_for_a_language_of_everybody_nobody_is_looked_for_and_who_looks_may_take_it(desk: Desk) -> None:
    speaks(desk.signed_in("vicent"), "es")
    page = desk.signed_in("amparo").get(f"/es/inbox/{desk.report().case_number}").text
    assert re.search(r'<option value="[^"]+" selected>Amparo', page) and "asesora en" not in said(page)


def test_who_speaks_it_comes_first_where_a_case_changes_hands(desk: Desk) -> None:
    speaks(desk.signed_in("vicent"), "wo")
    reporter = desk.a_case("laila", languages=SPEAKS_WOLOF)
    page = desk.signed_in("laila").get(f"/es/cases/{reporter.case_number}/adviser").text
    assert _offered(page)[0].startswith("Vicent") and "Wólof" in _offered(page)[0]


def test_of_many_cases_the_language_they_were_written_in_is_told(desk: Desk) -> None:
    speaks(desk.signed_in("vicent"), "ar")
    case = desk.case(desk.a_case("laila"))
    with desk.writing() as session:
        session.get_one(CaseFile, case.id).language = "ar"  # as if it had been written in Arabic
    page = desk.signed_in("amparo").post(
        "/es/giving", data={"case": [f"{case.reference}.{case.version}"], "do": "choose"}
    )
    assert page.status_code == 200
    assert _offered(page.text)[0].startswith("Vicent") and "Árabe" in _offered(page.text)[0]


def test_the_page_of_a_case_says_who_of_the_office_speaks_their_language(desk: Desk) -> None:
    speaks(desk.signed_in("pau"), "wo")
    add(desk, form=unsigned())
    reporter = desk.a_case("laila", languages=SPEAKS_WOLOF)
    page = said(desk.signed_in("laila").get(f"/es/cases/{reporter.case_number}").text)
    card = page.partition("En su lengua")[2]
    assert "Pau" in card and "Ndeye Inventada" in card and "Sin compromiso" in card


def test_who_signs_is_looked_for_by_their_sign_language() -> None:
    signs = Languages(spoken="es", interpreter_code="sign_lse")
    assert wanted_language(signs, "es") == "ssp"
    assert interprets("ssp", "sign_lse", "ssp", "sign_lse")
    assert not interprets("ssp", "sign_lse", "wo", "spoken")
    assert not interprets("wo", "spoken", "ssp", "sign_lse")
    assert wanted_language(Languages(written="fr"), "es") == "fr"
    assert wanted_language(Languages(), "ar") == "ar"


def test_nobody_is_led_to_a_directory_they_may_not_read(desk: Desk) -> None:
    reporter = desk.report(languages=SPEAKS_WOLOF)
    iris, amparo = desk.signed_in("iris"), desk.signed_in("amparo")
    assert iris.get("/es/interpreters").status_code == 404
    for at in (f"/es/inbox/{reporter.case_number}", "/es/my-languages"):
        assert 'href="/es/interpreters"' not in iris.get(at).text, at
        assert 'href="/es/interpreters"' in amparo.get(at).text, at


def test_every_kind_of_interpreter_a_person_can_ask_for_can_be_kept_in_the_directory() -> None:
    asked = {item.code for item in load("interpreters").valid_on(NOW.date())} - {"none"}
    assert set(KINDS) == asked

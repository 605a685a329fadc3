"""The register of requests from authorities: who enters, who signs, who reads; and nothing changes after."""

import json
import re
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from casework.authority_requests.tables import AuthorityAnswer, AuthorityRequest
from casework.timeline.tables import Event
from office.stores.columns import SENSITIVITIES
from office.stores.engines import open_store, sessions
from office.stores.errors import NotGranted
from tests.casework.authority_requests.entries import FORM, REGISTER, SIGNED, entered, entry, signed
from tests.casework.authority_requests.test_rules import NUMBER
from tests.casework.desk import STAFF, Desk, mistakes, said, typed

READERS = {"amparo", "vicent", "joana", "remei"}
SIGNER = "remei"


def rows(desk: Desk) -> list[AuthorityRequest]:
    with desk.reading() as session:
        found = select(AuthorityRequest).order_by(AuthorityRequest.year, AuthorityRequest.number)  # type: ignore[arg-type]  # columns
        return list(session.exec(found))


def answers(desk: Desk) -> list[AuthorityAnswer]:
    with desk.reading() as session:
        return list(session.exec(select(AuthorityAnswer)))


def told(desk: Desk, kind: str) -> list[dict[str, Any]]:
    with desk.reading() as session:
        return [json.loads(one.detail) for one in session.exec(select(Event).where(Event.kind == kind))]


# --- doors ---


@pytest.mark.parametrize("name", STAFF)
def test_everybody_enters_and_readers_see_all_others_only_their_own(desk: Desk, name: str) -> None:
    others = entered(desk, "pau" if name != "pau" else "laila")
    own = entered(desk, name)
    person = desk.signed_in(name)
    listed = person.get(f"{REGISTER}?state=all").text
    assert own in listed
    assert (others in listed) == (name in READERS)
    assert person.get(f"{REGISTER}/{own}").status_code == 200
    assert person.get(f"{REGISTER}/{others}").status_code == (200 if name in READERS else 404)
    assert person.get(f"{REGISTER}/2026").status_code == (200 if name in READERS else 404)
    correcting = {"get": person.get(f"{FORM}?corrects={others}"), "post": None}
    assert correcting["get"].status_code == (200 if name in READERS else 404)
    assert person.post(FORM, data=entry(corrects=others)).status_code == (303 if name in READERS else 404)


@pytest.mark.parametrize("name", STAFF)
def test_only_the_data_protection_officer_signs(desk: Desk, name: str) -> None:
    reference = entered(desk, "pau" if name != "pau" else "laila")
    person = desk.signed_in(name)
    answer = person.post(f"{REGISTER}/{reference}/signing", data=SIGNED)
    assert answer.status_code == (303 if name == SIGNER else 404)
    assert len(answers(desk)) == (1 if name == SIGNER else 0)
    page = desk.signed_in(name).get(f"{REGISTER}/{reference}")
    assert "/signing" not in page.text


def test_an_entry_of_somebody_else_looks_like_one_that_does_not_exist(desk: Desk) -> None:
    others = entered(desk, "pau")
    iris = desk.signed_in("iris")
    walled, nothing = iris.get(f"{REGISTER}/{others}"), iris.get(f"{REGISTER}/R-2026-99")
    assert (walled.status_code, nothing.status_code) == (404, 404)
    assert said(walled.text) == said(nothing.text)
    for reference in ("R-2026-0", "x", "K4T7-2MPX-9", "2025", "2027", "1"):
        assert desk.signed_in(SIGNER).get(f"{REGISTER}/{reference}").status_code == 404, reference


def test_only_the_data_protection_officer_sees_in_the_menu_how_many_wait(desk: Desk) -> None:
    reference = entered(desk, "pau")
    entered(desk, "iris")
    counted = 'class="desk-count"'
    pages = {name: desk.signed_in(name).get(FORM).text for name in (SIGNER, "joana", "iris")}
    ways = {name: way_to(page) for name, page in pages.items()}
    assert {name for name, way in ways.items() if counted in way} == {SIGNER}
    assert ">2<" in ways[SIGNER]
    signed(desk, reference)
    assert ">1<" in way_to(desk.signed_in(SIGNER).get(FORM).text)


def way_to(page: str) -> str:
    """The link to the register in the menu."""
    return page.partition(f'<li><a href="{REGISTER}"')[2].partition("</li>")[0]


# --- four eyes, and nothing changes after ---


def test_who_entered_a_request_does_not_sign_it_even_with_the_role(desk: Desk) -> None:
    reference = entered(desk, SIGNER)
    remei = desk.signed_in(SIGNER)
    page = remei.get(f"{REGISTER}/{reference}")
    assert "firma la respuesta otra persona" in said(page.text)
    assert "/signing" not in page.text
    answer = remei.post(f"{REGISTER}/{reference}/signing", data=SIGNED)
    assert answer.status_code == 409
    assert "firma la respuesta otra persona" in said(answer.text)
    assert answers(desk) == []
    assert told(desk, "authority_answer_signed") == []


def test_the_store_itself_refuses_a_signature_of_who_entered(desk: Desk) -> None:
    request = rows_after(desk, "iris")
    forged = {"answer_code": "given", "reasons": "", "told_code": "no", "signed_on": request.entered_on}
    for who in ({"entered_by": request.entered_by}, {"entered_by": desk.staff_id(SIGNER)}):
        row = AuthorityAnswer(request_id=request.id, signed_by=request.entered_by, **who, **forged)
        with pytest.raises(IntegrityError), desk.writing() as session:
            session.add(row)


def rows_after(desk: Desk, name: str) -> AuthorityRequest:
    entered(desk, name)
    return rows(desk)[-1]


def test_a_signed_answer_stays_as_it_is_at_the_desk_and_in_the_store(desk: Desk) -> None:
    reference = entered(desk)
    signed(desk, reference)
    again = desk.signed_in(SIGNER).post(
        f"{REGISTER}/{reference}/signing", data={**SIGNED, "answer": "given", "reasons": "Otra cosa."}
    )
    assert again.status_code == 409
    assert "se queda como está" in said(again.text)
    assert [one.answer_code for one in answers(desk)] == ["refused"]
    assert len(told(desk, "authority_answer_signed")) == 1
    engine = open_store(desk.casework_url, role="casework", store="casework")
    makers = sessions(engine)
    for table in (AuthorityRequest, AuthorityAnswer):
        for change in ("change", "delete"):
            with pytest.raises(NotGranted), makers.begin() as session:
                row = session.exec(select(table)).one()
                if change == "delete":
                    session.delete(row)
                elif isinstance(row, AuthorityAnswer):
                    row.answer_code = "given"
                else:
                    row.legal_basis = "otra"
                session.flush()
    engine.dispose()


def test_a_correction_is_a_new_entry_and_the_first_one_stays(desk: Desk) -> None:
    first = entered(desk)
    signed(desk, first)
    iris = desk.signed_in("iris")
    form = iris.get(f"{FORM}?corrects={first}").text
    assert f'name="corrects" value="{first}"' in form
    assert typed(form, "received-day")["text"] == "20"
    assert 'value="police" checked' in " ".join(form.split())
    second = entered(desk, corrects=first, authority="court")
    assert second in said(iris.get(f"{REGISTER}/{first}").text)
    assert first in said(iris.get(f"{REGISTER}/{second}").text)
    assert said(iris.get(f"{REGISTER}/{first}").text).count("Ninguna ley obliga.") == 1
    twice = iris.post(FORM, data=entry(corrects=first))
    assert twice.status_code == 409
    assert "Otra entrada ya corrige esta" in said(twice.text)
    assert [one.reference for one in rows(desk)] == [first, second]


def test_an_entry_that_was_corrected_before_it_was_signed_is_not_signed_any_more(desk: Desk) -> None:
    first = entered(desk)
    second = entered(desk, corrects=first)
    remei = desk.signed_in(SIGNER)
    assert "/signing" not in remei.get(f"{REGISTER}/{first}").text
    assert remei.post(f"{REGISTER}/{first}/signing", data=SIGNED).status_code == 409
    assert first not in said(remei.get(REGISTER).text)
    signed(desk, second)
    assert len(answers(desk)) == 1


# --- what is kept ---


def test_an_entry_keeps_what_was_said_and_says_what_the_office_does_by_default(desk: Desk) -> None:
    reference = entered(desk)
    page = said(desk.signed_in("iris").get(f"{REGISTER}/{reference}").text)
    for words in (
        "20 de noviembre de 2026",
        "Policía",
        "Carta u oficio",
        "Si aquí se conoce a alguien · Cómo localizar a alguien",
        "Ley Orgánica 7/2021, art. 7",
        "no es una orden judicial",
        "Por confirmar por la asesoría jurídica de la oficina",
        "queda en papel",
        "no se dice nada a quien pide",
    ):
        assert words in page, words
    signed(desk, reference, answer="not_confirmed", told="forbidden")
    page = said(desk.signed_in("iris").get(f"{REGISTER}/{reference}").text)
    for words in ("Ni confirmado ni negado", "Ninguna ley obliga.", "una ley lo prohíbe", "Remei Simulada"):
        assert words in page, words


def test_the_form_tells_of_every_authority_what_the_office_does_by_default(desk: Desk) -> None:
    form = said(desk.signed_in("iris").get(FORM).text)
    for words in (
        "no es una orden judicial",
        "Denegar, y avisar enseguida",
        "Una orden judicial no es una carta",
    ):
        assert words in form
    assert "asesoría jurídica" in form


def test_numbers_go_on_by_the_year_in_which_a_request_came(desk: Desk) -> None:
    assert entered(desk) == "R-2026-1"
    assert entered(desk, "laila") == "R-2026-2"
    assert (
        entered(desk, **{"received-year": "2025", "received-day": "1", "received-month": "3"}) == "R-2025-1"
    )
    assert entered(desk) == "R-2026-3"


def test_one_act_is_one_row_and_one_event_in_the_office_timeline(desk: Desk) -> None:
    reference = entered(desk)
    signed(desk, reference, answer="partly")
    second = entered(desk, corrects=reference)
    assert told(desk, "authority_request_entered") == [
        {"authority": "police", "entry": reference},
        {"authority": "police", "corrects": reference, "entry": second},
    ]
    assert told(desk, "authority_answer_signed") == [
        {"answer": "partly", "authority": "police", "entry": reference}
    ]
    lines = said(desk.signed_in(SIGNER).get("/es/timeline").text)
    assert "registró una petición de una autoridad" in lines
    assert "Entregado en parte" in lines
    assert f"Esta entrada corrige otra: {reference}; {second}" in lines


def test_every_page_that_is_looked_at_leaves_a_trace(desk: Desk) -> None:
    reference = entered(desk)
    remei = desk.signed_in(SIGNER)
    for path in (REGISTER, f"{REGISTER}/{reference}", f"{REGISTER}/2026"):
        before = len(desk.events())
        assert remei.get(path).status_code == 200
        assert len(desk.events()) == before + 1, path


def test_no_column_of_the_register_names_a_person_or_a_case() -> None:
    for table in (AuthorityRequest, AuthorityAnswer):
        columns = table.__table__.c  # type: ignore[attr-defined]
        assert all(column.info["sensitivity"] in SENSITIVITIES for column in columns)
        points_to = {key.column.table.name for column in columns for key in column.foreign_keys}
        assert points_to == {"staff", "authority_request"}
        texts = {column.name for column in columns if column.info["sensitivity"] == "restricted"}
        assert texts <= {"received_on", "entered_on", "signed_on", "legal_basis", "reasons"}


# --- bad input ---


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"received-day": "", "received-month": "", "received-year": ""}, "Falta el día en que llegó."),
        ({"received-day": "31", "received-month": "2"}, "Ese día no existe"),
        ({"received-day": "24"}, "Este día aún no ha llegado"),
        ({"received-year": "1999"}, "más de diez años"),
        ({"authority": ""}, "Hay que elegir una"),
        ({"authority": "neighbour"}, "ya no está en la lista"),
        ({"way": ""}, "Hay que elegir una"),
        ({"asked": []}, "Hay que elegir al menos una"),
        ({"proposed": "sold"}, "ya no está en la lista"),
        ({"legal_basis": "x" * 301}, "301 caracteres, y caben 300"),
        ({"legal_basis": f"caso {NUMBER}"}, "parece un número de caso"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    desk: Desk, wrong: dict[str, Any], sentence: str
) -> None:
    answer = desk.signed_in("iris").post(FORM, data=entry(**wrong))
    assert answer.status_code == 422
    assert len(mistakes(answer.text)) == 1
    assert sentence in mistakes(answer.text)[0]
    page, filled = " ".join(answer.text.split()), entry(**wrong)
    assert typed(answer.text, "legal_basis")["text"] == filled["legal_basis"]
    assert typed(answer.text, "received-day")["text"] == filled["received-day"]
    for name in ("authority", "way"):
        if filled[name] and name not in wrong:
            assert f'value="{filled[name]}" checked' in page
    assert rows(desk) == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"answer": ""}, "Hay que elegir una"),
        ({"answer": "waiting"}, "ya no está en la lista"),
        ({"told": ""}, "Hay que elegir una"),
        ({"reasons": ""}, "Falta escribir algo."),
        ({"reasons": "x" * 2001}, "2001 caracteres, y caben 2000"),
        ({"reasons": f"Sobre el caso {NUMBER}."}, "parece un número de caso"),
    ],
)
def test_an_answer_that_is_not_right_is_not_signed(desk: Desk, wrong: dict[str, str], sentence: str) -> None:
    reference = entered(desk)
    form = {**SIGNED, **wrong}
    answer = desk.signed_in(SIGNER).post(f"{REGISTER}/{reference}/signing", data=form)
    assert answer.status_code == 422
    assert [sentence in one for one in mistakes(answer.text)] == [True]
    assert typed(answer.text, "reasons")["text"] == form["reasons"]
    assert answers(desk) == []


# --- the list and the year ---


def test_the_list_keeps_its_state_and_its_authority_in_the_address(desk: Desk) -> None:
    police, court = entered(desk), entered(desk, authority="court")
    signed(desk, court)
    remei = desk.signed_in(SIGNER)

    def listed(asked: str) -> set[str]:
        page = said(remei.get(f"{REGISTER}?{asked}").text)
        return {reference for reference in (police, court) if reference in page}

    assert listed("") == listed("state=waiting") == listed("state=nonsense") == {police}
    assert listed("state=answered") == {court}
    assert listed("state=all") == listed("state=all&authority=nonsense") == {police, court}
    assert listed("state=all&authority=court") == {court}
    assert listed("state=waiting&authority=court") == set()
    page = remei.get(f"{REGISTER}?state=answered&authority=court").text
    assert "?state=all&amp;authority=court" in page
    assert 'value="court" selected' in " ".join(page.split())


def test_a_long_list_goes_on_behind_its_last_line(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.authority_requests.queries.PAGE", 2)
    every = [entered(desk) for _ in range(3)]
    remei = desk.signed_in(SIGNER)
    first = remei.get(f"{REGISTER}?state=all").text
    assert [one in said(first) for one in every] == [False, True, True]
    assert f"state=all&amp;after={every[1]}" in first
    later = remei.get(f"{REGISTER}?state=all&after={every[1]}").text
    assert [one in said(later) for one in every] == [True, False, False]


def test_a_years_page_counts_each_request_once_and_exactly(desk: Desk) -> None:
    first = entered(desk)
    signed(desk, first)
    entered(desk)
    entered(desk, corrects=first, authority="court")  # not signed: the first one still counts
    entered(desk, **{"received-year": "2024"})
    page = desk.signed_in("joana").get(f"{REGISTER}/2026").text
    counted = lines_of(page)
    assert counted["Policía"] == ["1", "0", "0", "0", "0", "1", "2"]
    assert counted["Fiscalía"] == ["0"] * 7
    assert counted["En total"] == ["1", "0", "0", "0", "0", "1", "2"]
    assert [f"{REGISTER}/{year}" in page for year in (2026, 2025, 2024, 2023)] == [True, True, True, False]


def lines_of(page: str) -> dict[str, list[str]]:
    """The lines of the page's table, by what stands before them."""
    return {
        line[1]: re.findall(r'<bdi dir="ltr">(\d+)</bdi>', line[2])
        for line in re.finditer(r'<th scope="row"[^>]*>([^<]+)</th>(.*?)</tr>', page, re.DOTALL)
    }

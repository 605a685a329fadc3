"""Finding cases: only those one may open, and nothing of what was typed is kept."""

from datetime import date

import pytest
from httpx2 import Response
from sqlmodel import select
from starlette.testclient import TestClient

from casework.advice.content import AdviceText, Law, Option, StepWords, TranslationText
from casework.advice.tables import AdviceStep, AdviceTranslation, AdviceVersion
from casework.competence.content import CompetenceWords
from casework.competence.tables import CaseCompetence
from casework.conflicts.tables import CaseParty
from casework.deadlines.tables import DeadlineWords
from casework.hearings.content import HearingWords
from casework.hearings.tables import CaseHearing
from casework.letters.content import LetterText
from casework.letters.tables import Letter
from casework.mediation.tables import MediationStep
from casework.messages.content import ThreadEntry
from casework.messages.tables import CaseMessage
from casework.safe_contact.tables import SafeContact
from casework.search import queries
from casework.search.texts import SOURCES, said_in
from casework.tasks.content import TaskWords
from casework.tasks.tables import CaseTask, NextAction
from casework.timeline.tables import Event
from casework.tracks.content import CheckText, RemedyText, StepText
from casework.tracks.tables import Remedy, RemedyCheck, TrackStep
from office.ids import shown
from office.keys.holders import grant_of
from tests.casework.advice.pieces import begin
from tests.casework.conflicts.people import add
from tests.casework.desk import STAFF, Desk, codes, said
from tests.casework.documents.adding import add as add_document
from tests.casework.documents.adding import void as void_document
from tests.casework.tracks.steps import opened

SEARCH = "/es/search"


def search(client: TestClient, how: str, **typed: str) -> Response:
    """Search as the form does."""
    return client.post(SEARCH, data={"how": how, **typed})


def test_a_number_is_found_whatever_is_written_between_its_signs(desk: Desk) -> None:
    own = desk.a_case("laila").case_number
    laila = desk.signed_in("laila")
    for typed in (own, shown(own).lower(), " ".join(own), shown(own).replace("-", "–"), own[:4], own[:6]):
        assert f'href="/es/cases/{own}"' in search(laila, "number", number=typed).text, typed


def test_a_number_with_one_sign_that_looks_alike_is_found(desk: Desk) -> None:
    laila, wrong = desk.signed_in("laila"), {"0": "O", "5": "S", "8": "B", "2": "Z", "V": "U", "7": "1"}
    tried = 0
    for _ in range(4):
        own = desk.a_case("laila").case_number
        for place, sign in enumerate(own):
            if sign in wrong:
                typed = own[:place] + wrong[sign] + own[place + 1 :]
                assert f'href="/es/cases/{own}"' in search(laila, "number", number=typed).text, typed
                tried += 1
    assert tried


@pytest.mark.parametrize("how", ["number", "codes", "name", "words"])
def test_of_a_case_one_may_not_open_nothing_is_said(desk: Desk, how: str) -> None:
    walled = desk.a_case("pau", text="La palabra rarísima es zángano.")
    add(desk.signed_in("pau"), walled, "Inmobiliaria Zángano S.L.")
    typed = {
        "number": walled.case_number,
        "district": "14",
        "name": "zángano inmobiliaria",
        "words": "zangano",
    }
    typed = {"district" if how == "codes" else how: typed["district" if how == "codes" else how]}
    for name, sees in (("laila", False), ("pau", True), ("amparo", True)):
        page = search(desk.signed_in(name), how, **typed)
        assert page.status_code == 200
        assert (f'href="/es/cases/{walled.case_number}"' in page.text) is sees, name
        assert (shown(walled.case_number) in said(page.text)) is sees, name
    if how == "number":
        none = said(search(desk.signed_in("laila"), how, number="222222222").text)
        assert none == said(search(desk.signed_in("laila"), how, number=walled.case_number).text)


def test_the_page_is_for_those_who_work_on_cases(desk: Desk) -> None:
    for name in STAFF:
        expected = 200 if name in ("laila", "pau", "amparo", "vicent") else 404
        if name in ("laila", "pau", "amparo", "vicent", "remei", "joana"):
            assert desk.signed_in(name).get(SEARCH).status_code == expected, name


def test_codes_and_days_narrow_the_list(desk: Desk) -> None:
    own = desk.a_case("laila")
    laila = desk.signed_in("laila")
    coded = laila.post(f"/es/cases/{own.case_number}/codes", data=codes())
    assert coded.status_code == 303
    day = {"first-day": "20", "first-month": "11", "first-year": "2026"}
    for typed, is_there in (
        ({"ground": "language", "conduct": "direct", "area": "housing"}, True),
        ({"ground": "language", "conduct": "harassment"}, False),
        ({"stage": "triage", **day}, True),
        ({**day, "first-day": "24"}, False),
        ({"last-day": "22", "last-month": "11", "last-year": "2026"}, False),
    ):
        page = search(laila, "codes", **typed)
        assert page.status_code == 200, said(page.text)
        assert (own.case_number in page.text) is is_there, typed
    for wrong in ({}, {"area": "moon"}, {**day, "last-day": "1", "last-month": "1", "last-year": "2026"}):
        assert search(laila, "codes", **wrong).status_code == 422, wrong


@pytest.mark.parametrize("typed", ["bar pepe", "PÉPE, Bar", "Bar Pepe, S.L.U.", "barpepe"])
def test_a_name_is_found_in_any_spelling_the_index_catches(desk: Desk, typed: str) -> None:
    own, other = desk.a_case("laila"), desk.a_case("laila")
    laila = desk.signed_in("laila")
    add(laila, own, "Hostelería Sol", aliases="Bar Pépé S.L.")
    add(laila, other, "Bar Luna")
    page = search(laila, "name", name=typed)
    assert own.case_number in page.text and "Hostelería Sol" in said(page.text)
    assert other.case_number not in page.text


def test_a_name_with_a_wrong_sign_is_found_after_those_that_agree(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    exact = {desk.a_case("laila").case_number for _ in range(2)}
    desk.clock.move(days=1)
    near, far, laila = desk.a_case("laila"), desk.a_case("laila"), desk.signed_in("laila")
    add(laila, near, "Bar Pepe", aliases="Taberna Azul")
    add(laila, far, "Bar Pepita")
    for number in exact:
        data = {"party_name": "Bra Pépe S.A.", "role": "respondent", "kind": "organisation"}
        assert laila.post(f"/es/cases/{number}/people", data=data).status_code == 303
    first = search(laila, "name", name="bra pepe").text
    assert all(number in first for number in exact), said(first)
    assert near.case_number not in first and "Cercano, no exacto" not in said(first)
    after = first.partition('name="after" value="')[2].partition('"')[0]
    second = search(laila, "name", name="bra pepe", after=after).text
    assert near.case_number in second and "Cercano, no exacto" in said(second)
    assert far.case_number not in second and not any(number in second for number in exact)
    for typed in ("Bar Peppe", "Taberna Azull"):
        assert near.case_number in search(laila, "name", name=typed).text, typed


def test_somebody_who_was_taken_out_is_not_found(desk: Desk) -> None:
    own = desk.a_case("laila")
    laila = desk.signed_in("laila")
    add(laila, own, "Bar Pepe")
    assert own.case_number in search(laila, "name", name="Bar Pepe").text
    party = laila.get(f"/es/cases/{own.case_number}/people").text.partition('name="party" value="')[2][:36]
    removed = laila.post(f"/es/cases/{own.case_number}/people/removal", data={"party": party})
    assert removed.status_code == 303
    assert own.case_number not in search(laila, "name", name="Bar Pepe").text


def test_without_the_key_of_names_no_name_is_searched_and_the_page_says_so(desk: Desk) -> None:
    with desk.writing() as session:
        session.delete(grant_of(session, "names.1", desk.staff_id("laila")))
    refused = search(desk.signed_in("laila"), "name", name="Bar Pepe")
    assert refused.status_code == 403
    assert "clave de nombres" in said(refused.text)
    assert "names_searched" not in desk.events(None)


def test_words_are_found_in_the_story_in_messages_and_in_notes(desk: Desk) -> None:
    own = desk.a_case("laila", text="El portero me gritó en la ESCALERA.")
    laila, path = desk.signed_in("laila"), f"/es/cases/{own.case_number}"
    assert laila.post(f"{path}/messages", data={"message": "Traiga el contrato."}).status_code == 303
    assert laila.post(f"{path}/notes", data={"note": "Llamar al administrador."}).status_code == 303
    desk.write_back(own, "Mañana llevo la fotografía.")
    laila.get(path)
    for words, where in (
        ("escalera grito", "en lo que contó la persona"),
        ("CONTRATO", "en un mensaje a la persona"),
        ("administrador", "en una nota"),
        ("fotografia", "en un mensaje de la persona"),
        ("escalera contrato", "en lo que contó la persona, en un mensaje a la persona"),
    ):
        words_of = said(search(laila, "words", words=words).text)
        assert shown(own.case_number) in words_of and where in words_of, words
    assert own.case_number not in search(laila, "words", words="escalera ascensor").text


def test_words_are_found_in_what_was_written_about_the_case_since(desk: Desk) -> None:
    own = desk.a_case("laila", text="Me gritó en la escalera.")
    laila = desk.signed_in("laila")
    opened(desk, laila, own, "civil", track_note="Firmó en la biblioteca.")
    begin(desk, laila, own, the_question="¿Puede pedir una fianza doble?", the_facts="La tostadora ardía.")
    for words, where in (
        ("BIBLIOTECA", "en una vía o un remedio"),
        ("tostadora fianza", "en un asesoramiento"),
        ("escalera tostadora", "en lo que contó la persona, en un asesoramiento"),
    ):
        words_of = said(search(laila, "words", words=words).text)
        assert shown(own.case_number) in words_of and where in words_of, words
    assert own.case_number not in search(desk.signed_in("pau"), "words", words="tostadora").text


def test_words_are_found_in_the_title_of_a_document_until_it_is_void(desk: Desk) -> None:
    own, laila = desk.a_case("laila"), desk.signed_in("laila")
    assert add_document(laila, own).status_code == 303
    for words in ("carta despido", "papel"):
        words_of = said(search(laila, "words", words=words).text)
        assert shown(own.case_number) in words_of and "en el título de un documento" in words_of
    assert own.case_number not in search(laila, "words", words="encargada").text
    assert void_document(laila, own).status_code == 303
    assert own.case_number not in search(laila, "words", words="carta despido").text


def test_every_kind_of_words_is_taken_from_where_it_lies() -> None:
    letter = LetterText(language="es", fields={"body": "Le escribo.", "to": "Casa"}).as_bytes()
    law = Law(cited="Ley 15/2022", text_of=date(2022, 7, 13))
    advice = AdviceText(language="es", question="¿Qué?", laws=(law,), options=(Option(what="Pactar"),))
    for table, clear, expected in (
        (Letter, letter, {"Le escribo.", "Casa"}),
        (AdviceVersion, advice.as_bytes(), {"¿Qué?", "Ley 15/2022", "Pactar"}),
        (
            AdviceTranslation,
            TranslationText(language="fr", text="Quoi ?", made_by="Ana").as_bytes(),
            {"Quoi ?"},
        ),
        (AdviceStep, StepWords(words="Lo entendió.").as_bytes(), {"Lo entendió."}),
        (TrackStep, StepText(note="Va", authority="Síndic").as_bytes(), {"Va", "Síndic"}),
        (Remedy, RemedyText(note="Pagar", amount="300 €").as_bytes(), {"Pagar", "300 €"}),
        (RemedyCheck, CheckText(note="Pagó").as_bytes(), {"Pagó"}),
        (
            CaseHearing,
            HearingWords(place="Sala 4", bring="DNI", along="Laila", ended="Acuerdo").as_bytes(),
            {"Sala 4", "DNI", "Laila", "Acuerdo"},
        ),
        (CaseTask, TaskWords(text="Llamar").as_bytes(), {"Llamar"}),
        (NextAction, b"Esperar", {"Esperar"}),
        (DeadlineWords, b"Vence", {"Vence"}),
        (CaseCompetence, CompetenceWords(name="Síndic", note="Es suyo").as_bytes(), {"Síndic", "Es suyo"}),
        (CaseMessage, ThreadEntry(text="Hola").as_bytes(), {"Hola"}),
    ):
        told = said_in(clear, SOURCES[table].paths, "here")
        assert {text for _, text in told} == expected, table
    assert {Letter, AdviceVersion, TrackStep, CaseMessage} < SOURCES.keys()
    assert not {MediationStep, SafeContact, CaseParty} & SOURCES.keys()


def test_after_some_seconds_what_was_read_is_shown_and_the_rest_is_for_the_next_request(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_SECONDS", -1.0)
    numbers = {desk.a_case("laila", text="Una escalera.").case_number for _ in range(2)}
    laila, after, found = desk.signed_in("laila"), "", set[str]()
    for is_last in (False, True):
        page = search(laila, "words", words="escalera", after=after).text
        found |= {number for number in numbers if f'href="/es/cases/{number}"' in page}
        assert "1 expediente" in said(page) or "1 caso" in said(page)
        assert ("No se ha leído todo" in said(page)) is not is_last
        after = page.partition('name="after" value="')[2].partition('"')[0]
    assert found == numbers and not after


def test_so_many_cases_are_opened_at_once_and_older_ones_by_going_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_OPENED", 2)
    numbers = set()
    for _ in range(3):
        numbers.add(desk.a_case("laila", text="Una escalera.").case_number)
        desk.clock.move(days=1)
    laila, found, after = desk.signed_in("laila"), list[str](), ""
    for count in (2, 1):
        page = search(laila, "words", words="escalera", after=after).text
        here = [number for number in numbers if f'href="/es/cases/{number}"' in page]
        assert len(here) == count
        found += here
        after = page.partition('name="after" value="')[2].partition('"')[0]
    assert set(found) == numbers and not after


def test_a_damaged_case_holds_up_no_other_and_is_counted(desk: Desk) -> None:
    from casework.cases.tables import CaseContent

    broken, own = desk.a_case("laila", text="Una escalera."), desk.a_case("laila", text="Una escalera.")
    with desk.writing() as session:
        session.get_one(CaseContent, (desk.case(broken).id, "story")).sealed = b"damaged"
    page = search(desk.signed_in("laila"), "words", words="escalera")
    assert own.case_number in page.text and broken.case_number not in page.text
    assert "1 no se ha podido abrir." in said(page.text)


def test_what_was_typed_stands_in_no_store_no_event_and_no_address(desk: Desk) -> None:
    own = desk.a_case("laila", text="La palabra es zarzamora.")
    laila = desk.signed_in("laila")
    add(laila, own, "Quiquiriquí S.L.")
    for how, typed in (("words", "zarzamora"), ("name", "quiquiriqui"), ("number", "quiquiriqui")):
        answer = search(laila, how, **{how: typed})
        assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
        assert typed not in str(answer.url)
    assert 'method="post"' in laila.get(f"{SEARCH}?how=words").text.partition('class="desk-search"')[0][-60:]
    raw = (desk.folder / "casework.db").read_bytes() + (desk.folder / "casework.db-wal").read_bytes()
    for word in (b"zarzamora", b"quiquiriqui"):
        assert word not in raw.lower()


def test_a_search_is_on_the_record_as_what_it_was(desk: Desk) -> None:
    own = desk.a_case("laila", text="Una escalera.")
    laila = desk.signed_in("laila")
    add(laila, own, "Bar Pepe")
    search(laila, "name", name="Bar Pepe")
    search(laila, "words", words="escalera")
    with desk.reading() as session:
        told = session.exec(select(Event).where(Event.chain == "office").order_by(Event.seq.desc())).all()  # type: ignore[attr-defined]  # a column
    assert [event.kind for event in told[:2]] == ["cases_searched", "names_searched"]
    assert told[0].detail == f'{{"found":["{own.case_number}"],"how":"words","opened":1}}'
    assert told[1].detail == f'{{"found":["{own.case_number}"],"how":"name"}}'
    words = said(desk.signed_in("amparo").get("/es/timeline").text)
    assert "buscó un nombre entre los expedientes que puede abrir" in words

"""Scenario 10 and what holds for all advice: reviewed by another, understood, decided by the person."""

from datetime import date

import pytest
from sqlmodel import select

from casework.advice.tables import AdviceStep, AdviceVersion
from office.handover.report import Languages
from tests.casework.advice.pieces import (
    FACTS,
    QUESTION,
    SPEAKS_WOLOF,
    a_text,
    act,
    advised,
    begin,
    day_fields,
    decision,
    delivery,
    path,
    review,
    translate,
    translations,
)
from tests.casework.desk import Desk, Reporter, mistakes, said, typed
from tests.casework.interpreters.tongues import add as add_interpreter


def reviewed(desk: Desk, **story: object) -> Reporter:
    """A case of Laila's with advice that Amparo reviewed."""
    reporter = desk.a_case("laila", **story)  # type: ignore[arg-type]  # parts of a story
    begin(desk, desk.signed_in("laila"), reporter)
    assert review(desk, desk.signed_in("amparo"), reporter).status_code == 303
    return reporter


def test_scenario_10_advice_is_delivered_in_wolof_with_the_interpreters_name_and_read_back(
    desk: Desk,
) -> None:
    reporter = desk.a_case("laila", languages=SPEAKS_WOLOF)
    laila = desk.signed_in("laila")
    begin(desk, laila, reporter)
    assert review(desk, desk.signed_in("amparo"), reporter).status_code == 303
    row = translate(desk, laila, reporter)
    page = said(laila.get(path(reporter, advised(desk, reporter))).text)
    assert "Habla: Wólof." in page and "Necesita intérprete: Sí, de una lengua hablada" in page
    assert act(desk, laila, reporter, "delivery", **delivery(text_used=str(row.id))).status_code == 303
    assert advised(desk, reporter).state_code == "delivered"
    page = said(laila.get(path(reporter, advised(desk, reporter))).text)
    for kept in ("Modou Inventado", QUESTION, FACTS, "Mën nga kalaame.", "Awa Inventada"):
        assert kept in page, kept
    assert "Lo ha repetido con sus palabras: sí" in page
    assert desk.events(reporter)[-2:] == ["advice_delivered", "case_read"]


def test_scenario_10_a_machine_translation_nobody_checked_is_never_delivered(desk: Desk) -> None:
    reporter = reviewed(desk, languages=SPEAKS_WOLOF)
    laila = desk.signed_in("laila")
    row = translate(desk, laila, reporter, machine=True)
    used = delivery(text_used=str(row.id))
    refused = act(desk, laila, reporter, "delivery", **used)
    assert refused.status_code == 409
    assert "nadie la ha comprobado" in said(refused.text)
    assert typed(refused.text, "interpreter_name")["text"] == "Modou Inventado"
    assert advised(desk, reporter).state_code == "reviewed"
    checked = act(
        desk,
        laila,
        reporter,
        "translations/check",
        translation_id=str(row.id),
        checker=f"interpreter-{add_interpreter(desk).id}",
        checked_text="Mën nga kalaame yoon.",
    )
    assert checked.status_code == 303
    assert act(desk, laila, reporter, "delivery", **used).status_code == 303
    page = said(laila.get(path(reporter, advised(desk, reporter))).text)
    assert "La ha comprobado Modou Inventado" in page and "Mën nga kalaame yoon." in page


def test_scenario_10_somebody_who_needs_an_interpreter_is_not_given_paper_only(desk: Desk) -> None:
    reporter = reviewed(desk, languages=SPEAKS_WOLOF)
    laila = desk.signed_in("laila")
    row = translate(desk, laila, reporter)
    paper = delivery(understood="in_writing", way="post", text_used=str(row.id))
    refused = act(desk, laila, reporter, "delivery", **paper)
    assert refused.status_code == 409 and "necesita intérprete" in said(refused.text)
    unnamed = act(desk, laila, reporter, "delivery", **delivery(interpreter_name=" "))
    assert unnamed.status_code == 422 and mistakes(unnamed.text)
    assert act(desk, laila, reporter, "delivery", **delivery(understood="speaks")).status_code == 303


def test_what_is_only_read_is_written_in_the_language_it_is_delivered_in(desk: Desk) -> None:
    reporter = reviewed(desk, languages=Languages(written="wo"))
    laila = desk.signed_in("laila")
    paper = delivery(understood="in_writing", way="receipt")
    assert act(desk, laila, reporter, "delivery", **paper).status_code == 409
    row = translate(desk, laila, reporter)
    assert act(desk, laila, reporter, "delivery", **paper).status_code == 409
    right = {**paper, "text_used": str(row.id)}
    assert act(desk, laila, reporter, "delivery", **right).status_code == 303


@pytest.mark.parametrize("understood", ["speaks", "interpreter", "in_writing"])
def test_scenario_10_a_letter_stays_a_letter_whatever_is_said_of_how_it_was_understood(
    desk: Desk, understood: str
) -> None:
    reporter = reviewed(desk, languages=SPEAKS_WOLOF)
    paper = delivery(understood=understood, way="post", delivery_language="es")
    refused = act(desk, desk.signed_in("laila"), reporter, "delivery", **paper)
    assert refused.status_code == 409 and "necesita intérprete" in said(refused.text)


def test_what_is_only_read_is_in_a_language_the_person_said_they_know(desk: Desk) -> None:
    reporter = desk.a_case("laila", languages=Languages(written="wo", spoken="fr"))
    laila = desk.signed_in("laila")
    begin(desk, laila, reporter, language="en")
    assert review(desk, desk.signed_in("amparo"), reporter).status_code == 303
    english = delivery(understood="in_writing", way="email", delivery_language="en")
    assert act(desk, laila, reporter, "delivery", **english).status_code == 409
    told = delivery(understood="speaks", way="phone", delivery_language="en")
    assert act(desk, laila, reporter, "delivery", **told).status_code == 303


def test_no_step_is_earlier_than_the_one_before(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    begin(desk, laila, reporter)
    desk.clock.move(days=2)
    assert review(desk, desk.signed_in("vicent"), reporter).status_code == 303
    laila = desk.signed_in("laila")
    for rest, form, field in (
        ("delivery", delivery(), "delivered_on"),
        ("decision", decision(), "decided_on"),
    ):
        before = {**form, **day_fields(field, date(2026, 11, 24))}
        refused = act(desk, laila, reporter, rest, **before)
        assert refused.status_code == 422 and "paso anterior" in mistakes(refused.text)[0], rest
        then = {**form, **day_fields(field, date(2026, 11, 25))}
        assert act(desk, laila, reporter, rest, **then).status_code == 303, rest


def test_what_a_machine_translated_is_kept_beside_what_was_put_right(desk: Desk) -> None:
    reporter = reviewed(desk, languages=SPEAKS_WOLOF)
    laila = desk.signed_in("laila")
    row = translate(desk, laila, reporter, machine=True)
    checker = f"interpreter-{add_interpreter(desk).id}"
    right = {"translation_id": str(row.id), "checker": checker, "checked_text": "Otra cosa."}
    assert act(desk, laila, reporter, "translations/check", **right).status_code == 303
    page = said(laila.get(path(reporter, advised(desk, reporter))).text)
    assert "Otra cosa." in page and "Mën nga kalaame." in page


def test_nothing_is_delivered_without_the_review_of_another_member_of_staff(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    begin(desk, laila, reporter)
    early = act(desk, laila, reporter, "delivery", **delivery())
    assert early.status_code == 409 and "tiene que revisar antes" in said(early.text)
    own = review(desk, laila, reporter)
    assert own.status_code == 409 and "no lo revisa" in said(own.text)
    assert advised(desk, reporter).state_code == "draft"
    assert review(desk, desk.signed_in("vicent"), reporter).status_code == 303
    assert act(desk, laila, reporter, "delivery", **delivery()).status_code == 303


def test_who_wrote_any_text_of_it_does_not_review_it(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    begin(desk, desk.signed_in("laila"), reporter)
    amparo = desk.signed_in("amparo")
    edited = act(
        desk, amparo, reporter, "text", **{**a_text(), "version": str(advised(desk, reporter).version)}
    )
    assert edited.status_code == 303
    assert review(desk, desk.signed_in("laila"), reporter).status_code == 409
    assert review(desk, amparo, reporter).status_code == 409
    assert review(desk, desk.signed_in("vicent"), reporter).status_code == 303


def test_a_reviewer_sends_it_back_with_words_and_the_author_reads_them(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    begin(desk, laila, reporter)
    assert review(desk, amparo, reporter, "sent_back").status_code == 422
    assert review(desk, amparo, reporter, "sent_back", "Falta el plazo.").status_code == 303
    assert advised(desk, reporter).state_code == "draft"
    assert "Falta el plazo." in said(laila.get(path(reporter, advised(desk, reporter))).text)
    assert "advice_sent_back" in desk.events(reporter)


def test_what_lacks_facts_law_or_options_is_kept_as_a_draft_and_not_reviewed(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    begin(
        desk,
        desk.signed_in("laila"),
        reporter,
        **{f"law1_on-{part}": "" for part in ("day", "month", "year")},
        law1="",
    )
    refused = review(desk, desk.signed_in("amparo"), reporter)
    assert refused.status_code == 409 and "al menos una ley" in said(refused.text)


def test_a_law_without_the_date_of_its_text_is_not_kept(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    undated = a_text(**{f"law1_on-{part}": "" for part in ("day", "month", "year")})
    answer = desk.signed_in("laila").post(f"{path(reporter)}/new", data=undated)
    assert answer.status_code == 422
    assert mistakes(answer.text) == ["Escribe la fecha del texto que se ha leído."]


def test_an_edited_text_is_a_new_version_and_must_be_reviewed_again(desk: Desk) -> None:
    reporter = reviewed(desk)
    laila = desk.signed_in("laila")
    edited = a_text(version=str(advised(desk, reporter).version), the_facts="Otros hechos.")
    assert act(desk, laila, reporter, "text", **edited).status_code == 303
    advice = advised(desk, reporter)
    assert (advice.state_code, advice.number) == ("draft", 2)
    page = said(laila.get(path(reporter, advice)).text)
    assert FACTS in page and "Otros hechos." in page
    assert act(desk, laila, reporter, "delivery", **delivery()).status_code == 409


def test_a_translation_of_an_older_text_is_not_delivered(desk: Desk) -> None:
    reporter = reviewed(desk)
    laila = desk.signed_in("laila")
    row = translate(desk, laila, reporter)
    edited = a_text(version=str(advised(desk, reporter).version))
    assert act(desk, laila, reporter, "text", **edited).status_code == 303
    assert review(desk, desk.signed_in("amparo"), reporter).status_code == 303
    refused = act(desk, laila, reporter, "delivery", **delivery(text_used=str(row.id)))
    assert refused.status_code == 409 and "de un texto anterior" in said(refused.text)


def test_two_who_write_at_once_lose_nothing_and_nothing_is_overwritten(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    advice = begin(desk, laila, reporter)
    where, old = f"{path(reporter, advice)}/text", str(advice.version)
    assert amparo.post(where, data=a_text(version=old, the_facts="De Amparo.")).status_code == 303
    late = laila.post(where, data=a_text(version=old, the_facts="De Laila.", option2_for="Se cobra."))
    assert late.status_code == 409
    assert "Alguien ha cambiado este asesoramiento" in said(late.text)
    assert "De Amparo." in said(late.text)
    assert typed(late.text, "the_facts")["text"] == "De Laila."
    assert typed(late.text, "option2_for")["text"] == "Se cobra."
    assert advised(desk, reporter).number == 2
    again = laila.post(
        where, data=a_text(version=typed(late.text, "version")["text"], the_facts="De las dos.")
    )
    assert again.status_code == 303
    assert advised(desk, reporter).number == 3


@pytest.mark.parametrize(
    ("rest", "given"),
    [
        ("review", {"verdict": "reviewed", "review_words": "Bien."}),
        ("delivery", delivery()),
        ("decision", decision()),
        ("withdrawal", {"withdrawal_reason": "Ya no."}),
    ],
    ids=["review", "delivery", "decision", "withdrawal"],
)
def test_an_act_from_an_older_page_changes_nothing(desk: Desk, rest: str, given: dict[str, str]) -> None:
    reporter = reviewed(desk)
    before = advised(desk, reporter)
    stale = desk.signed_in("vicent").post(f"{path(reporter, before)}/{rest}", data={"version": "1", **given})
    assert stale.status_code == 409
    assert "Alguien ha cambiado este asesoramiento" in said(stale.text)
    assert advised(desk, reporter) == before


def test_another_block_of_law_or_options_keeps_what_was_typed_and_saves_nothing(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    more = desk.signed_in("laila").post(f"{path(reporter)}/new", data=a_text(more="options"))
    assert more.status_code == 200
    assert 'name="option3_what"' in more.text
    assert typed(more.text, "option2_what")["text"] == "Reclamar daños"
    assert "advice_written" not in desk.events(reporter)


def test_the_person_decides_and_only_then_something_may_be_filed(desk: Desk) -> None:
    reporter = reviewed(desk)
    laila = desk.signed_in("laila")
    assert act(desk, laila, reporter, "decision", **decision()).status_code == 409
    assert act(desk, laila, reporter, "delivery", **delivery()).status_code == 303
    thinks = {"decision": "thinks", **day_fields("decided_on")}
    assert act(desk, laila, reporter, "decision", **thinks).status_code == 303
    nothing = "No se puede presentar nada"
    assert nothing in said(laila.get(path(reporter, advised(desk, reporter))).text)
    assert act(desk, laila, reporter, "decision", **decision(mandate="orally")).status_code == 303
    assert nothing in said(laila.get(path(reporter, advised(desk, reporter))).text)
    unsaid = act(desk, laila, reporter, "decision", **decision(mandate=""))
    assert unsaid.status_code == 422
    assert act(desk, laila, reporter, "decision", **decision()).status_code == 303
    page = said(laila.get(path(reporter, advised(desk, reporter))).text)
    assert nothing not in page and "Con su mandato se puede presentar: Denuncia ante la policía" in page


def test_what_a_route_means_without_papers_is_the_general_text_of_the_route_and_no_field(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    form = laila.get(f"{path(reporter)}/new").text
    assert (
        "without_papers" not in form
        and "papers" not in form.partition("<form")[2].partition('name="the_question"')[2]
    )
    advice = begin(desk, laila, reporter)
    page = said(laila.get(path(reporter, advice)).text)
    assert "LO 4/2000, art. 53.1.a" in page
    assert "Es el texto general de la vía, igual para todo el mundo." in page


def test_withdrawn_advice_stays_on_record_and_nothing_more_is_done_with_it(desk: Desk) -> None:
    reporter = reviewed(desk)
    laila = desk.signed_in("laila")
    assert act(desk, laila, reporter, "withdrawal", withdrawal_reason="Cambió la ley.").status_code == 303
    assert "Cambió la ley." in said(laila.get(path(reporter, advised(desk, reporter))).text)
    assert act(desk, laila, reporter, "delivery", **delivery()).status_code == 409


def test_texts_languages_routes_and_names_lie_sealed_in_the_store(desk: Desk) -> None:
    reporter = reviewed(desk, languages=SPEAKS_WOLOF)
    laila = desk.signed_in("laila")
    row = translate(desk, laila, reporter)
    assert act(desk, laila, reporter, "delivery", **delivery(text_used=str(row.id))).status_code == 303
    assert act(desk, laila, reporter, "decision", **decision()).status_code == 303
    store = (desk.folder / "casework.db").read_bytes()
    for wal in desk.folder.glob("casework.db-*"):
        store += wal.read_bytes()
    for word in (QUESTION, FACTS, "Modou Inventado", "Mën nga kalaame", "Awa Inventada", "police_report"):
        assert word.encode() not in store, word


def test_advice_is_renewed_with_the_key_of_the_case_and_read_by_the_next_adviser(desk: Desk) -> None:
    reporter = reviewed(desk)
    given = {
        "version": str(desk.case(reporter).version),
        "adviser": str(desk.staff_id("pau")),
        "reason": "load",
    }
    moved = desk.signed_in("amparo").post(f"/es/cases/{reporter.case_number}/adviser", data=given)
    assert moved.status_code == 303
    with desk.reading() as session:
        versions = {row.key_version for row in session.exec(select(AdviceVersion))}
        versions |= {row.key_version for row in session.exec(select(AdviceStep))}
    assert versions == {desk.case(reporter).key_version}
    assert QUESTION in said(desk.signed_in("pau").get(path(reporter, advised(desk, reporter))).text)
    assert desk.signed_in("laila").get(path(reporter)).status_code == 404


def test_advice_of_another_case_and_of_no_case_look_the_same(desk: Desk) -> None:
    mine, other = desk.a_case("laila"), desk.a_case("pau")
    begin(desk, desk.signed_in("pau"), other)
    laila = desk.signed_in("laila")
    strange = f"{path(mine)}/{advised(desk, other).id}"
    none = f"{path(mine)}/nothing"
    answers = [laila.get(strange), laila.get(none), laila.post(f"{strange}/review", data={"version": "2"})]
    assert [one.status_code for one in answers] == [404, 404, 404]
    assert laila.get(path(other)).status_code == 404
    assert not translations(desk)

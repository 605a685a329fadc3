"""Scenario 10: somebody who speaks Wolof, from the inbox to advice they have said back in their own words."""

import re
from typing import Any

from starlette.responses import Response
from starlette.testclient import TestClient

from casework.advice.sending import pieces_of
from tests.casework.advice.pieces import (
    QUESTION,
    SPEAKS_WOLOF,
    act,
    advised,
    begin,
    delivery,
    path,
    review,
    translate,
    translations,
)
from tests.casework.appointments import meeting
from tests.casework.conflicts.people import declare
from tests.casework.desk import Desk, Reporter, mistakes, said, typed
from tests.casework.interpreters.tongues import add, entry, speaks, unsigned
from tests.casework.tasks.todo import note_way

ARABIC = "يمكنك تقديم شكوى بشأن الشقة التي لم تؤجر لك."


def check(desk: Desk, client: TestClient, reporter: Reporter, checker: str, text: str = "") -> Response:
    """Note who compared the newest translation with the original."""
    given = {
        "translation_id": str(translations(desk)[-1].id),
        "checker": checker,
        "checked_text": text or "Mën nga kalaame yoon.",
    }
    return act(desk, client, reporter, "translations/check", **given)


def a_reviewed_case(desk: Desk, **story: Any) -> Reporter:
    """A case of Laila's of somebody who speaks Wolof, with advice that Amparo reviewed."""
    reporter = desk.a_case("laila", languages=SPEAKS_WOLOF, **story)
    begin(desk, desk.signed_in("laila"), reporter)
    assert review(desk, desk.signed_in("amparo"), reporter).status_code == 303
    return reporter


def test_scenario_10_from_a_report_in_another_language_to_advice_said_back_in_wolof(desk: Desk) -> None:
    speaks(desk.signed_in("pau"), "wo")
    modou, ndeye = add(desk), add(desk, form=unsigned())
    # The report: who speaks the language stands first, and gets the case.
    reporter, amparo = desk.report(languages=SPEAKS_WOLOF), desk.signed_in("amparo")
    inbox = f"/es/inbox/{reporter.case_number}"
    offered = amparo.get(inbox).text.partition('name="adviser"')[2].partition("</select>")[0]
    first = re.findall(r'<option value="([^"]+)"[^>]*>([^<]+)', offered)[0]
    assert first == (str(desk.staff_id("pau")), "Pau Supuesto · asesora en: Wólof")
    assert amparo.post(f"{inbox}/taking-up", data={"adviser": first[0]}).status_code == 303
    # The case: who speaks with them, and who interprets.
    pau, own = desk.signed_in("pau"), f"/es/cases/{reporter.case_number}"
    card = said(pau.get(own).text).partition("En su lengua")[2]
    assert "Pau Supuesto asesora en: Wólof" in card and "Modou Inventado" in card
    # An appointment: nobody who has not signed; then somebody who has.
    meeting.hours(pau)
    note_way(desk, pau, reporter, "phone", "allowed")
    assert meeting.agree(pau, reporter, meeting.slots(desk)[:1], "book").status_code == 303
    arranged = {"interpreting": "arranged", "who_interprets": "", "speaks_in": "Wólof"}
    refused = meeting.do(desk, pau, reporter, "interpreter", chosen_interpreter=str(ndeye.id), **arranged)
    assert refused.status_code == 422 and "no ha firmado el compromiso" in mistakes(refused.text)[0]
    assert typed(refused.text, "speaks_in")["text"] == "Wólof"
    assert meeting.newest(desk, reporter).interpreter_code == "needed"
    named = meeting.do(desk, pau, reporter, "interpreter", chosen_interpreter=str(modou.id), **arranged)
    assert named.status_code == 303
    row = meeting.newest(desk, reporter)
    assert row.interpreter_code == "arranged" and b"Modou" not in row.sealed
    assert "Modou Inventado, 600 000 001" in said(pau.get(f"{own}/appointments").text)
    # The advice: a machine translated it, and nobody has looked at it.
    begin(desk, pau, reporter)
    assert review(desk, amparo, reporter).status_code == 303
    machine = translate(desk, pau, reporter, machine=True)
    used = delivery(text_used=str(machine.id), chosen_interpreter=str(modou.id), interpreter_name="")
    stopped = act(desk, pau, reporter, "delivery", **used)
    assert stopped.status_code == 409
    assert "nadie la ha comprobado" in said(stopped.text) and "anótalo debajo" in said(stopped.text)
    message = pau.post(f"{own}/messages", data={"message": "Hola. Mën  nga\nkalaame."})
    assert message.status_code == 422 and "nadie la ha comprobado" in mistakes(message.text)[0]
    assert "kalaame" in typed(message.text, "message")["text"]
    # Not by whoever brought it in: by another who works in the language.
    by_itself = check(desk, pau, reporter, f"staff-{desk.staff_id('pau')}")
    assert by_itself.status_code == 409 and "no la comprueba" in said(by_itself.text)
    assert check(desk, pau, reporter, f"interpreter-{modou.id}").status_code == 303
    assert act(desk, pau, reporter, "delivery", **used).status_code == 303
    page = said(pau.get(path(reporter, advised(desk, reporter))).text)
    for kept in (QUESTION, "Mën nga kalaame yoon.", "Mën nga kalaame.", "La ha comprobado Modou Inventado"):
        assert kept in page, kept
    assert "con intérprete: Modou Inventado" in page and "Lo ha repetido con sus palabras: sí" in page
    sent = pau.post(f"{own}/messages", data={"message": "Mën nga kalaame yoon."})
    assert sent.status_code == 303


def test_scenario_10_the_one_who_checks_works_in_the_language_and_is_another(desk: Desk) -> None:
    reporter = a_reviewed_case(desk)
    laila = desk.signed_in("laila")
    translate(desk, laila, reporter, machine=True)
    page = said(laila.get(path(reporter, advised(desk, reporter))).text)
    assert "Todavía no la puede comprobar nadie" in page
    ndeye = add(desk, form=unsigned())
    speaks(laila, "wo")
    speaks(desk.signed_in("pau"), "ar", greets=("wo",))
    wrong = {
        "somebody of no list": (f"staff-{desk.staff_id('vicent')}", 422),
        "who only greets in it": (f"staff-{desk.staff_id('pau')}", 422),
        "who brought it in": (f"staff-{desk.staff_id('laila')}", 409),
        "who has not signed": (f"interpreter-{ndeye.id}", 422),
        "nobody": ("", 422),
    }
    for who, (checker, status) in wrong.items():
        answer = check(desk, laila, reporter, checker, "Otra cosa.")
        assert answer.status_code == status, who
        assert typed(answer.text, "checked_text")["text"] == "Otra cosa.", who
        assert translations(desk)[-1].checked_on is None, who
    speaks(desk.signed_in("vicent"), "wo")
    assert check(desk, laila, reporter, f"staff-{desk.staff_id('vicent')}").status_code == 303
    page = said(laila.get(path(reporter, advised(desk, reporter))).text)
    assert "La ha comprobado Vicent Ficticio" in page


def test_scenario_10_who_translated_it_does_not_check_it(desk: Desk) -> None:
    reporter, modou = a_reviewed_case(desk), add(desk)
    awa = add(desk, form=entry(interpreter_name="Awa Inventada"))
    laila = desk.signed_in("laila")
    given = {"translation_language": "wo", "translation_text": "Mën nga kalaame.", "made_by": ""}
    maker = f"interpreter-{modou.id}"
    machine = act(desk, laila, reporter, "translations", maker=maker, is_machine="yes", **given)
    assert machine.status_code == 422 and "La ha hecho una máquina" in mistakes(machine.text)[0]
    made = act(desk, laila, reporter, "translations", maker=maker, is_machine="no", **given)
    assert made.status_code == 303
    assert check(desk, laila, reporter, maker).status_code == 409
    assert check(desk, laila, reporter, f"interpreter-{awa.id}").status_code == 303
    page = said(laila.get(path(reporter, advised(desk, reporter))).text)
    assert "La ha hecho Modou Inventado" in page and "La ha comprobado Awa Inventada" in page


def test_scenario_10_whoever_keeps_out_of_the_case_reads_none_of_its_advice(desk: Desk) -> None:
    reporter = a_reviewed_case(desk)
    vicent, laila = desk.signed_in("vicent"), desk.signed_in("laila")
    speaks(vicent, "wo")
    speaks(desk.signed_in("pau"), "wo")
    translate(desk, laila, reporter, machine=True)
    assert declare(vicent, reporter).status_code == 303
    page = laila.get(path(reporter, advised(desk, reporter))).text
    assert f"staff-{desk.staff_id('pau')}" in page and f"staff-{desk.staff_id('vicent')}" not in page
    assert check(desk, laila, reporter, f"staff-{desk.staff_id('vicent')}").status_code == 422
    assert translations(desk)[-1].checked_on is None


def test_scenario_10_what_a_human_being_compared_may_be_sent_though_an_older_draft_was_a_machines(
    desk: Desk,
) -> None:
    reporter, modou = a_reviewed_case(desk), add(desk)
    laila, own = desk.signed_in("laila"), f"/es/cases/{reporter.case_number}"
    translate(desk, laila, reporter, machine=True)
    translate(desk, laila, reporter, machine=True)
    message = {"message": "Mën nga kalaame."}
    assert laila.post(f"{own}/messages", data=message).status_code == 422
    assert check(desk, laila, reporter, f"interpreter-{modou.id}", "Mën nga kalaame.").status_code == 303
    assert laila.post(f"{own}/messages", data=message).status_code == 303


def test_scenario_10_nobody_who_has_not_signed_delivers_advice(desk: Desk) -> None:
    reporter, ndeye = a_reviewed_case(desk), add(desk, form=unsigned())
    told = delivery(chosen_interpreter=str(ndeye.id), interpreter_name="")
    refused = act(desk, desk.signed_in("laila"), reporter, "delivery", **told)
    assert refused.status_code == 422 and "no ha firmado el compromiso" in mistakes(refused.text)[0]
    assert advised(desk, reporter).state_code == "reviewed"


def test_scenario_10_who_is_in_no_directory_must_have_signed_too(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila", languages=SPEAKS_WOLOF), desk.signed_in("laila")
    meeting.hours(laila)
    note_way(desk, laila, reporter, "phone", "allowed")
    assert meeting.agree(laila, reporter, meeting.slots(desk)[:1], "book").status_code == 303
    given = {"interpreting": "arranged", "who_interprets": "Samba Inventado", "speaks_in": ""}
    refused = meeting.do(desk, laila, reporter, "interpreter", **given)
    assert refused.status_code == 422 and "compromiso de confidencialidad" in mistakes(refused.text)[0]
    assert typed(refused.text, "who_interprets")["text"] == "Samba Inventado"
    signed = meeting.do(desk, laila, reporter, "interpreter", has_undertaken="yes", **given)
    assert signed.status_code == 303
    begin(desk, laila, reporter)
    assert review(desk, desk.signed_in("amparo"), reporter).status_code == 303
    unsaid = act(desk, laila, reporter, "delivery", **delivery(has_undertaken=""))
    assert unsaid.status_code == 422 and "compromiso de confidencialidad" in mistakes(unsaid.text)[0]
    assert typed(unsaid.text, "interpreter_name")["text"] == "Modou Inventado"
    assert act(desk, laila, reporter, "delivery", **delivery()).status_code == 303


def test_scenario_10_original_and_translation_stand_side_by_side_each_in_its_direction(desk: Desk) -> None:
    reporter, laila = a_reviewed_case(desk), desk.signed_in("laila")
    given = {"translation_language": "ar", "translation_text": ARABIC, "made_by": "Samira Inventada"}
    assert act(desk, laila, reporter, "translations", is_machine="no", **given).status_code == 303
    page = laila.get(path(reporter, advised(desk, reporter))).text
    both = page.partition('class="desk-both"')[2].partition("<dl")[0]
    original, _, translation = both.partition('lang="ar"')
    assert 'lang="es" dir="ltr"' in original and QUESTION in original
    assert translation.startswith(' dir="rtl">') and ARABIC in translation


def test_a_message_is_known_again_by_a_whole_translation_or_a_long_line_and_not_by_a_word() -> None:
    line = "Mën nga kalaame ci kër bi ñu la bañ luye, te du la jar dara."
    assert pieces_of(f"Waaw.\n{line}") == [f"waaw. {line.casefold()}", line.casefold()]
    assert pieces_of("Waaw.") == []

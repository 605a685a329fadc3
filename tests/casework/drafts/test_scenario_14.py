"""Scenario 14 of the acceptance list: a note of 4,000 words, and the session ends.

After the log-in the text is there; another user cannot see the draft; the draft is encrypted.
"""

from playwright.sync_api import Browser, expect

from casework.staff.rules import IDLE
from tests.casework.desk import Desk, said, typed
from tests.casework.drafts.writing import drafts, keep, onwards, place, sign_in, words
from tests.support.browser import Serve, axe, browser, served

__all__ = ["browser", "served"]  # fixtures

NOTE = words(4000)


def test_scenario_14_without_script_a_note_of_4000_words_is_there_after_the_session_ended(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila, own = desk.signed_in("laila"), f"/es/cases/{reporter.case_number}"
    desk.clock.move(minutes=40)
    sent = laila.post(f"{own}/notes", data={"note": NOTE})
    assert (sent.status_code, sent.headers["location"]) == (303, f"/es/sign-in?next={own}&kept=yes")
    (draft,) = drafts(desk)
    assert (draft.staff_id, draft.place) == (desk.staff_id("laila"), place(reporter))
    for piece in (NOTE[:8], NOTE[5000:5012]):
        assert piece.encode() not in draft.sealed
    door = laila.get(sent.headers["location"])
    assert NOTE[:200] not in door.text
    assert "no se ha perdido" in said(door.text)

    # A supervisor, who holds the case too, signs in at the same browser.
    assert sign_in(desk, laila, "amparo", onwards=onwards(door.text)).status_code == 303
    theirs = laila.get(own)
    assert theirs.status_code == 200
    assert typed(theirs.text, "note")["text"] == ""
    assert "Tu texto está aquí" not in said(theirs.text)
    assert reporter.case_number not in laila.get("/es/drafts").text
    assert laila.post("/es/drafts/removal", data={"draft": draft.place}).status_code == 303
    assert len(drafts(desk)) == 1

    back = sign_in(desk, laila, "laila", onwards=onwards(door.text))
    assert (back.status_code, back.headers["location"]) == (303, own)
    page = laila.get(own)
    assert typed(page.text, "note")["text"] == NOTE
    assert "Tu texto está aquí. No se ha enviado." in said(page.text)
    assert "note_written" not in desk.events(reporter)

    assert laila.post(f"{own}/notes", data={"note": NOTE}).status_code == 303
    assert desk.events(reporter).count("note_written") == 1
    assert drafts(desk) == []
    page = laila.get(own)
    assert NOTE in said(page.text)
    assert typed(page.text, "note")["text"] == ""


def test_scenario_14_with_script_the_note_is_kept_while_it_is_typed_and_when_the_session_has_ended(
    desk: Desk, browser: Browser, served: Serve
) -> None:
    reporter = desk.a_case("laila")
    address, client = served(desk.app), desk.signed_in("laila")
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "desk", "value": client.cookies["desk"], "url": address}])
    page = context.new_page()
    page.set_default_timeout(15_000)
    own = f"{address}/es/cases/{reporter.case_number}"
    page.goto(own)
    page.locator("summary", has_text="Escribir una nota para la oficina").click()
    note = page.get_by_label("Nota", exact=True)
    note.fill(NOTE[:-100])
    expect(page.get_by_text("Borrador guardado a las 10:30")).to_be_visible(timeout=15_000)
    assert drafts(desk)[0].version == 1
    assert axe(page) == []

    desk.clock.move(minutes=40)
    note.fill(NOTE)
    expect(page.get_by_text("Tu sesión ha terminado")).to_be_visible(timeout=15_000)
    page.get_by_role("button", name="Guardar la nota").click()
    page.wait_for_url("**/sign-in?**")
    assert "note_written" not in desk.events(reporter)
    door = page.locator('input[name="onwards"]').input_value()
    token = sign_in(desk, desk.stranger(), "laila", onwards=door).cookies["desk"]
    context.add_cookies([{"name": "desk", "value": token, "url": address}])

    page.goto(f"{address}{door}")
    expect(page.get_by_text("Tu texto está aquí. No se ha enviado.")).to_be_visible()
    assert page.get_by_label("Nota", exact=True).input_value() == NOTE
    assert axe(page) == []
    page.get_by_label("Nota", exact=True).press("End")
    page.get_by_label("Nota", exact=True).type(" Fin.")
    page.get_by_role("button", name="Guardar la nota").click()
    expect(page.get_by_text("La nota se ha guardado.")).to_be_visible()
    page.get_by_role("link", name="Buscar", exact=True).first.click()
    page.wait_for_url("**/search")
    assert drafts(desk) == []

    page.goto(own)
    page.get_by_label("Escribir a la persona").fill("Aún no lo envío.")
    page.get_by_role("link", name="Buscar", exact=True).first.click()  # left before the three seconds
    page.wait_for_url("**/search")
    page.goto(own)
    expect(page.get_by_label("Escribir a la persona")).to_have_value("Aún no lo envío.")
    context.close()


def test_scenario_14_the_cookie_of_the_session_must_name_its_writer(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila, own = desk.signed_in("laila"), f"/es/cases/{reporter.case_number}"
    cookie = laila.cookies["desk"]
    assert laila.post("/es/sign-out").status_code == 303
    laila.cookies.set("desk", cookie)
    pau, stranger = desk.signed_in("pau"), desk.stranger()
    stranger.cookies.set("desk", "somebody")
    desk.clock.move(seconds=IDLE.total_seconds() + 1)
    for who in (laila, pau, stranger):  # signed out; no holder of the case; nobody
        door = who.post(f"{own}/notes", data={"note": NOTE})
        assert door.status_code == 403
        assert "desk-door" in door.text
    assert drafts(desk) == []


def test_scenario_14_a_session_that_ended_names_its_writer_for_twelve_hours(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    desk.clock.move(minutes=31)
    assert laila.get("/es/cases").status_code == 303
    desk.clock.move(hours=12)
    assert keep(laila, place(reporter), note="Hola.").status_code == 303
    desk.clock.move(seconds=1)
    assert keep(laila, place(reporter), note="Más.").status_code == 403
    (draft,) = drafts(desk)
    assert draft.version == 1

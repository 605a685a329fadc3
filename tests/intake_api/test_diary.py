"""A diary kept without reporting: only its writer opens it; the office gets nothing before it is sent."""

from collections.abc import Callable
from typing import Any

import pytest
from httpx2 import Response

from intake_api.diary import pages
from office.sealing.drafts import open_draft
from tests.intake_api.conftest import TAGS, Browser, Entrance, plain
from tests.intake_api.test_saving import digits_in, go_on
from tests.support.pages_read import form_of

NewBrowser = Callable[[], Browser]
FIRST = {
    "diary_when": "martes 3 de marzo",
    "diary_text": "El casero dijo que a gente como yo no alquila.",
    "diary_proof": "Lo oyó mi prima.",
}
SECOND = {"diary_text": "Hoy ha vuelto a reírse de mi acento."}


@pytest.fixture(scope="session")
def settings() -> dict[str, Any]:
    return {"posts_per_second": 0}


def fields_in(page: Response, action: str = "/es/diary") -> dict[str, list[str]]:
    """Return what stands in a form, hidden fields too."""
    form = form_of(page.text, action)
    assert form is not None, page.text
    return {name: one.values for name, one in form.fields.items() if any(one.values)}


def write(browser: Browser, page: dict[str, Any], **more: Any) -> Response:
    return browser.post("/es/diary", {"do": "write", **page, **more})


def begun(browser: Browser) -> str:
    """Write the first page and return the code that is shown."""
    written = write(browser, FIRST)
    assert written.headers["location"] == "/es/report/saved?then=diary"
    return digits_in(browser.get(written.headers["location"]))


@pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)
def test_a_diary_is_opened_elsewhere_with_its_code_and_becomes_a_report(
    browser: Browser, visitor: NewBrowser, entrance: Entrance
) -> None:
    code = begun(browser)
    assert write(browser, SECOND).headers["location"] == "/es/diary"
    assert entrance.envelopes == []

    phone = visitor()
    assert go_on(phone, code, "es") == "/es/diary"
    shown = plain(phone.get("/es/diary"))
    assert all(words in shown for words in (*FIRST.values(), *SECOND.values()))

    chosen = phone.post("/es/diary", {"do": "report", "page": ["1", "2"]})
    assert chosen.headers["location"] == "/es/report/what"
    phone.send("es")
    phone.receipt("es")

    (envelope,) = entrance.envelopes
    told = entrance.story(envelope).what_happened
    assert told == (
        "martes 3 de marzo\nEl casero dijo que a gente como yo no alquila.\n"
        "¿Quién estaba, y qué puede demostrarlo?: Lo oyó mi prima.\n\n"
        "23 de noviembre de 2026\nHoy ha vuelto a reírse de mi acento."
    )
    assert phone.post("/es/report/continue", {"code": code}).status_code == 422


def test_only_the_ticked_pages_are_told(browser: Browser, entrance: Entrance) -> None:
    begun(browser)
    write(browser, SECOND)

    browser.post("/es/diary", {"do": "report", "page": "2"})
    browser.send("es")

    (envelope,) = entrance.envelopes
    assert "casero" not in entrance.story(envelope).what_happened
    assert "acento" in entrance.story(envelope).what_happened


def test_a_page_told_twice_stands_once_in_the_report_beside_what_was_written_there(
    browser: Browser, entrance: Entrance
) -> None:
    begun(browser)
    browser.post("/es/diary", {"do": "report", "page": "1"})
    told = fields_in(browser.get("/es/report/what"), "/what")["what_happened"][0]
    browser.answer("what", {"what_happened": f"Antes de nada.\n\n{told}"}, "es")

    browser.post("/es/diary", {"do": "report", "page": "1"})
    browser.send("es")

    (envelope,) = entrance.envelopes
    assert entrance.story(envelope).what_happened == f"Antes de nada.\n\n{told}"


def test_a_diary_stays_its_days_after_somebody_last_wrote_in_it(
    browser: Browser, visitor: NewBrowser, entrance: Entrance
) -> None:
    code = begun(browser)
    entrance.clock.move(days=300)
    write(browser, SECOND)
    entrance.clock.move(days=365)
    assert go_on(visitor(), code, "es") == "/es/diary"

    entrance.clock.move(days=1)
    assert visitor().post("/es/report/continue", {"code": code}).status_code == 422


def test_a_document_number_is_pointed_out_when_it_is_written_and_again_before_it_is_told(
    browser: Browser, entrance: Entrance
) -> None:
    page = {"diary_text": "Me pidieron el X1234567L en la puerta."}
    asked = write(browser, page)
    assert asked.status_code == 422
    assert "X1234567L" in plain(asked)
    write(browser, page, numbers="keep")

    asked = browser.post("/es/diary", {"do": "report", "page": "1"})
    assert asked.status_code == 422
    fields = fields_in(asked)
    assert fields["do"] == ["report"]
    browser.post("/es/diary", {**fields, "numbers": "remove", "do": "report"})
    browser.send("es")

    (envelope,) = entrance.envelopes
    assert "X1234567L" not in entrance.story(envelope).what_happened
    assert "en la puerta" in entrance.story(envelope).what_happened


def test_a_document_number_that_is_taken_out_is_not_in_the_diary(
    browser: Browser, entrance: Entrance
) -> None:
    code = begun(browser).replace(" ", "")
    for field in FIRST:
        page = {**SECOND, field: f"Apuntaron {field} X1234567L."}
        assert write(browser, page).status_code == 422
        assert write(browser, page, numbers="remove").status_code == 303

    (draft,) = entrance.drafts
    kept = open_draft(code, draft.sealed).decode()
    assert "X1234567L" not in kept
    assert all(f"Apuntaron {field}" in kept for field in FIRST)


def test_nothing_typed_is_lost_whatever_is_pressed(browser: Browser) -> None:
    begun(browser)
    write(browser, SECOND)
    half = {"diary_text": "A medio escribir", "diary_when": "hoy", "page": "2"}

    for pressed in ({"remove": "1"}, {"stay": "yes"}, {"do": "report", "page": "9"}):
        answered = browser.post("/es/diary", {**half, **pressed})
        assert fields_in(answered)["diary_text"] == ["A medio escribir"], pressed
    shown = plain(browser.get("/es/diary"))
    assert "casero" not in shown
    assert "acento" in shown


def test_an_empty_page_is_not_written_and_one_too_long_comes_back_as_typed(browser: Browser) -> None:
    asked = write(browser, {"diary_when": "hoy"})
    assert asked.status_code == 422
    assert "Escribe unas palabras sobre lo que pasó" in plain(asked)

    asked = write(browser, {"diary_text": "x" * 5_001})
    assert asked.status_code == 422
    assert fields_in(asked)["diary_text"] == ["x" * 5_001]


def test_pressing_twice_writes_one_page(browser: Browser) -> None:
    begun(browser)
    write(browser, FIRST)
    assert browser.get("/es/diary").text.count("door-diary__page") == 1


def test_a_full_diary_says_so_and_keeps_what_was_typed(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_SIGNS", 100)
    begun(browser)
    asked = write(browser, {"diary_text": "y" * 60})
    assert asked.status_code == 422
    assert "El diario está lleno" in plain(asked)
    assert fields_in(asked)["diary_text"] == ["y" * 60]


def test_the_longest_diary_fits_into_a_draft_in_any_script(browser: Browser) -> None:
    begun(browser)
    for number in range(pages.MOST_SIGNS // 5_000 - 1):
        written = write(browser, {"diary_text": f"{number:02d}" + "\U0001f600" * 4_998})
        assert written.status_code == 303, written.text[:300]


def test_what_would_be_too_long_for_one_report_says_so(browser: Browser) -> None:
    begun(browser)
    for number in range(4):
        write(browser, {"diary_text": f"{number}" * 5_000})
    asked = browser.post("/es/diary", {"do": "report", "page": ["2", "3", "4", "5"]})
    assert asked.status_code == 422
    assert "20.000" in plain(asked)


def test_a_deleted_diary_is_gone_for_its_code_too(
    browser: Browser, visitor: NewBrowser, entrance: Entrance
) -> None:
    code = begun(browser)
    assert browser.post("/es/diary", {"do": "delete"}).headers["location"] == "/es/diary/deleted"
    assert visitor().post("/es/report/continue", {"code": code}).status_code == 422
    assert entrance.drafts == []


def test_leaving_quickly_closes_the_diary_here_and_keeps_it_under_its_code(
    browser: Browser, visitor: NewBrowser
) -> None:
    code = begun(browser)
    browser.get("/es/exit", headers={"sec-fetch-site": "same-origin"})
    assert "casero" not in plain(browser.get("/es/diary"))
    assert go_on(visitor(), code, "es") == "/es/diary"


def test_a_code_that_somebody_else_put_into_the_browser_is_told_before_anything_is_written(
    browser: Browser, visitor: NewBrowser
) -> None:
    others = begun(browser)
    victim = visitor()
    assert "Eso no es mío" not in plain(victim.get("/es/diary"))
    go_on(victim, others, "es")
    assert "Quien tenga el código puede leer lo que escribas aquí." in plain(victim.get("/es/diary"))
    victim.post("/es/report/close", {"then": "new"})
    assert "casero" not in plain(victim.get("/es/diary"))


def test_a_report_begun_before_is_kept_with_the_diary(browser: Browser) -> None:
    browser.answer("where", {"place_text": "la parada del 19"}, "es")
    begun(browser)
    assert fields_in(browser.get("/es/report/where"), "/where")["place_text"] == ["la parada del 19"]


@pytest.mark.parametrize("tag", TAGS)
def test_the_page_before_and_after_writing_is_whole_in_every_language(browser: Browser, tag: str) -> None:
    assert browser.get(f"/{tag}/diary").status_code == 200
    browser.post(f"/{tag}/diary", FIRST)
    shown = browser.get(f"/{tag}/diary")
    assert shown.status_code == 200
    assert "casero" in plain(shown)

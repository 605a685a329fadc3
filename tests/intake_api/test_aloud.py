"""Questions read aloud, in a real browser without a voice: a stand-in for speech notes what it is told."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from tests.intake_api.conftest import TAGS, Entrance
from tests.intake_api.test_every_state import UNSEEN
from tests.support.browser import Serve, axe, browser, served  # noqa: F401  # fixtures are found by name

pytestmark = pytest.mark.browser
TYPED = "palabras que solo yo escribo"
VOICES = """{
    const told = %s;
    const note = (name, words) => {
        const said = JSON.parse(sessionStorage.getItem(name) || "[]");
        sessionStorage.setItem(name, JSON.stringify([...said, words]));
    };
    window.SpeechSynthesisUtterance = class { constructor(words) { this.text = words; } };
    const speech = {
        voices: told,
        waiting: [],
        getVoices: () => speech.voices,
        speak: (one) => { speech.waiting.push(one); note("said", [one.text, one.voice.name, one.lang]); },
        cancel: () => {
            const cut = speech.waiting;
            speech.waiting = [];
            note("cancelled", cut.length);
            setTimeout(() => cut.forEach((one) => one.onerror && one.onerror()), 0);
        },
        finish: () => { for (const one of speech.waiting.splice(0)) if (one.onend) one.onend(); },
        arrive: (voices) => { speech.voices = voices; speech.onvoiceschanged(); },
    };
    Object.defineProperty(window, "speechSynthesis", { value: speech });
}"""
"""The browser's speech, which a headless one lacks."""


def a_voice(lang: str, *, is_local: bool = True) -> dict[str, Any]:
    where = "here" if is_local else "elsewhere"
    return {"name": f"{lang} {where}", "lang": lang, "localService": is_local}


SPANISH, ARABIC = a_voice("es-ES"), a_voice("ar-SA")
Reader = Callable[..., Page]


@pytest.fixture
def reader(browser: Chromium, served: Serve, entrance: Entrance) -> Iterator[Reader]:  # noqa: F811  # their names
    """Opens a page of the door on a small phone that has these voices."""
    address, contexts = served(entrance.app), []

    def opened(path: str, *voices: dict[str, Any], **more: Any) -> Page:
        contexts.append(browser.new_context(viewport={"width": 360, "height": 740}, **more))
        page = contexts[-1].new_page()
        page.set_default_timeout(15_000)
        page.add_init_script(VOICES % json.dumps(voices))
        page.goto(f"{address}{path}", wait_until="load")
        return page

    yield opened
    for context in contexts:
        context.close()


def noted(page: Page, name: str) -> list[Any]:
    return list(page.evaluate("(name) => JSON.parse(sessionStorage.getItem(name) || '[]')", name))


def said(page: Page) -> list[str]:
    return [words for words, *_ in noted(page, "said")]


def cut_short(page: Page) -> int:
    """How many sentences were still to come whenever speech was cancelled."""
    return sum(noted(page, "cancelled"))


def buttons(page: Page) -> int:
    return page.locator(".door-aloud").count()


def sent(page: Page) -> None:
    """Fill in the first page, pass the others and send."""
    page.locator("#what_happened").fill(TYPED)
    while page.locator("#step-form").count():
        with page.expect_navigation():
            page.locator("#step-form button:not([name]).govuk-button").click()
    page.locator('form[action$="/report/send"] button').click()
    page.locator("#key").wait_for()


def test_a_question_is_read_with_its_hint_and_never_what_was_typed(
    reader: Reader, entrance: Entrance
) -> None:
    page = reader("/es/report/what", SPANISH)
    page.locator("#what_happened").fill(TYPED)
    page.locator("#step-form button:not([name]).govuk-button").click()
    page.wait_for_url("**/report/when")
    page.goto(
        page.url.replace("when", "what")
    )  # the words now stand in the page itself, not only in the field
    assert page.locator("#what_happened").text_content() == TYPED
    question = next(one for one in entrance.door.form.step[0].question if one.code == "what_happened")
    for button in page.locator(".door-aloud:visible").all():
        button.click()
    told = said(page)
    assert question.label_in("es") in told and question.hint_in("es") in told
    assert TYPED not in " ".join(told)
    assert {tuple(how) for _, *how in noted(page, "said")} == {("es-ES here", "es-ES")}


def test_the_choices_of_a_question_are_read_in_their_order(reader: Reader) -> None:
    page = reader("/es/report/area", SPANISH)
    group = page.locator("form .govuk-form-group").first
    group.locator(".door-aloud").first.click()
    shown = [" ".join(one.split()) for one in group.locator("legend, label, .govuk-hint").all_inner_texts()]
    assert said(page) == [one for one in shown if one]
    assert len(said(page)) > 8


@pytest.mark.parametrize("path", ["/es/report/may", "/es/rights"])
def test_a_heading_is_read_with_what_stands_under_it_as_far_as_the_next(reader: Reader, path: str) -> None:
    page = reader(path, SPANISH)
    page.locator("main h1 + .door-aloud").click()
    told = said(page)
    assert told[:2] == [page.locator(one).first.inner_text() for one in ("main h1", "main .govuk-body-l")]
    further = page.locator("main h2").all_inner_texts()
    assert [one for one in further if one in told] == []


def test_every_question_of_every_step_has_its_button(reader: Reader, entrance: Entrance) -> None:
    page = reader("/es/report/what", SPANISH)
    for step in entrance.door.form.step:
        page.goto(page.url.rpartition("/")[0] + f"/{step.code}")
        groups = page.locator("form .govuk-form-group:not(.govuk-form-group .govuk-form-group)")
        with_one = groups.filter(has=page.locator(".door-aloud"))
        assert (groups.count(), with_one.count()) == (with_one.count(), groups.count()), step.code
        assert groups.count() > 0
        assert page.locator(".door-aloud:not([type=button])").count() == 0


def test_pressing_again_stops_and_the_end_of_the_reading_is_shown(reader: Reader) -> None:
    page = reader("/es/report/when", SPANISH)
    button = page.locator(".door-aloud").nth(1)
    name = "Escuchar: " + page.locator("form legend").first.inner_text()
    assert button.text_content() == name
    button.click()
    assert button.text_content() == name.replace("Escuchar", "Parar")
    assert cut_short(page) == 0
    button.click()
    assert cut_short(page) == len(said(page)) > 1
    assert button.text_content() == name
    button.click()
    page.evaluate("speechSynthesis.finish()")
    assert button.text_content() == name


def test_pressing_another_question_stops_the_first_and_reads_the_second(reader: Reader) -> None:
    page = reader("/es/report/what", SPANISH)
    first, second = page.locator(".door-aloud").nth(0), page.locator(".door-aloud").nth(1)
    first.click()
    before = len(said(page))
    second.click()
    page.wait_for_timeout(50)  # what was cut short says so a moment later, and must not stop the second
    assert cut_short(page) == before
    assert [one.locator("span").first.inner_text() for one in (first, second)] == ["Escuchar", "Parar"]


@pytest.mark.parametrize("voices", [(), (a_voice("es-ES", is_local=False),), (ARABIC, a_voice("en-GB"))])
def test_without_a_voice_of_this_device_in_the_language_no_button_is_shown(
    reader: Reader, voices: tuple[dict[str, Any], ...]
) -> None:
    page = reader("/es/report/what", *voices)
    assert buttons(page) == 0
    page.evaluate("([one]) => speechSynthesis.arrive([one])", [SPANISH])
    assert buttons(page) > 2, "a voice that arrives later is used"
    page.evaluate("(voices) => speechSynthesis.arrive(voices)", list(voices))
    assert buttons(page) == 0


def test_a_voice_that_has_gone_is_not_replaced_by_one_elsewhere(reader: Reader) -> None:
    page = reader("/es/report/what", SPANISH)
    page.evaluate("(voice) => { speechSynthesis.voices = [voice] }", a_voice("es-ES", is_local=False))
    page.locator(".door-aloud").first.click()
    assert said(page) == []
    assert buttons(page) == 0


@pytest.mark.parametrize(
    ("tag", "lang"),
    [
        ("ca-valencia", "ca_ES"),
        ("zh-Hans", "zh-CN"),
        ("es-x-easy", "es-MX"),
        ("ur", "ur-PK"),
        ("pt", "pt-PT"),
    ],
)
def test_variants_of_a_language_are_read_by_its_voices(reader: Reader, tag: str, lang: str) -> None:
    page = reader(f"/{tag}/report/when", a_voice("pt-BR"), a_voice("zh-HK"), a_voice(lang))
    page.locator(".door-aloud").first.click()
    assert {voice for _, voice, _ in noted(page, "said")} == {f"{lang} here"}


def test_words_in_another_language_are_left_out(reader: Reader) -> None:
    page = reader("/ar/rights/safety", ARABIC)
    assert page.locator("main .office-beside").count() > 0
    for button in page.locator(".door-aloud:visible").all():
        button.click()
    assert len(said(page)) > 5
    beside = page.locator("main .office-beside").all_text_contents()
    assert [one for one in beside if one in " ".join(said(page))] == []


def test_the_receipt_is_read_without_its_number_and_key(reader: Reader) -> None:
    page = reader("/es/report/what", SPANISH)
    sent(page)
    number, key = page.inner_text("#case-number"), page.inner_text("#key").split()
    for fold in page.locator("main details").all():
        fold.evaluate("(one) => { one.open = true }")
    for button in page.locator(".door-aloud:visible").all():
        button.click()
    told = " ".join(said(page))
    assert page.inner_text("main h1") in told
    assert [one for one in (number, *key, TYPED) if one in told] == []
    spelt = page.locator(".door-spelt").inner_text()
    assert " · " in spelt and spelt not in told


def test_going_on_to_the_next_page_stops(reader: Reader) -> None:
    page = reader("/es/report/when", SPANISH)
    page.locator(".door-aloud").first.click()
    assert cut_short(page) == 0
    page.locator("#step-form button:not([name]).govuk-button").click()
    page.wait_for_url("**/report/where")
    assert cut_short(page) == len(said(page)) > 0


LEAVES = {
    "link": "document.querySelector('.door-exit__link').click()",
    "keys": "[1, 2, 3].forEach(() => document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Shift'})))",
    "page": "window.dispatchEvent(new PageTransitionEvent('pagehide'))",
    "other app": """Object.defineProperty(document, 'hidden', {value: true});
        document.dispatchEvent(new Event('visibilitychange'))""",
}
"""The way out, pressed and by keys; and what a browser says of a page that is left or covered."""


@pytest.mark.parametrize("way", LEAVES)
def test_leaving_stops_at_once_before_another_page_is_there(reader: Reader, way: str) -> None:
    page = reader("/es/report/when", SPANISH)
    page.route("**/es/exit", lambda route: route.abort())
    page.locator(".door-aloud").first.click()
    told = said(page)
    cut = page.evaluate(f"() => {{ {LEAVES[way]}; return JSON.parse(sessionStorage.getItem('cancelled')) }}")
    assert sum(cut) == len(told) > 0


def test_without_a_script_nothing_is_shown(reader: Reader) -> None:
    page = reader("/es/report/what", SPANISH, java_script_enabled=False)
    expect(page.locator("#what_happened")).to_be_visible()
    assert buttons(page) == 0
    assert "Escuchar" not in page.inner_text("main")


@pytest.mark.parametrize("tag", ["es", "ar"])
@pytest.mark.parametrize("path", ["rights", "report/what", "report/may", "rights/housing"])
def test_buttons_break_no_rule_and_are_seen_reached_and_large_enough(
    reader: Reader, tag: str, path: str
) -> None:
    page = reader(f"/{tag}/{path}", SPANISH, ARABIC, forced_colors="active")
    assert axe(page) == []
    assert page.evaluate(UNSEEN) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for button in page.locator(".door-aloud:visible").all():
        box = button.bounding_box()
        assert box and min(box["width"], box["height"]) >= 44
        button.focus()
        assert (
            button.evaluate("(one) => one === document.activeElement && getComputedStyle(one).outlineStyle")
            != "none"
        )
    page.locator(".door-aloud").first.press("Enter")
    assert said(page) != []
    page.emulate_media(media="print")
    assert page.locator(".door-aloud:visible").count() == 0


def test_the_words_of_the_button_are_in_the_language_of_the_page(reader: Reader, entrance: Entrance) -> None:
    page = reader("/es/report/when", *(a_voice(one.partition("-")[0]) for one in TAGS))
    for tag in TAGS:
        page.goto(page.url.replace("/es/", f"/{tag}/"))
        words = page.locator(".door-aloud span").first
        spoken = entrance.door.pages.spoken(tag)
        assert words.inner_text() == spoken.gettext("Listen")
        words.click()
        assert words.inner_text() == spoken.gettext("Stop")
        page.goto(page.url.replace(f"/{tag}/", "/es/"))

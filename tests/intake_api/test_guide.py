import gzip
import re
from html import escape
from pathlib import Path

import pytest

from office.clock import SetClock
from office.languages import language
from office.vocabulary import load, load_city
from tests.intake_api.conftest import TAGS, Browser, Entrance, plain
from tests.intake_api.guides import (
    AREAS,
    GROUNDS,
    GUIDE,
    PAGES,
    page_of_a_city_with,
)

TITLE = {
    "es": "Tus derechos",
    "ca-valencia": "Els teus drets",
    "en": "Your rights",
    "fr": "Vos droits",
    "ar": "حقوقك",
    "ro": "Drepturile dumneavoastră",
    "uk": "Ваші права",
    "ru": "Ваши права",
    "zh-Hans": "您的权利",
    "it": "I suoi diritti",
    "ur": "آپ کے حقوق",
    "pt": "Os seus direitos",
    "es-x-easy": "Tus derechos",
}


# ----------------------------------------------------------------------------------------- the content


# --------------------------------------------------------------------------------------- the checker


# ----------------------------------------------------------------------------------------- the pages


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("place", PAGES)
def test_each_page_speaks_the_language_sets_no_cookie_and_names_version_and_review(
    browser: Browser, tag: str, place: str
) -> None:
    page = browser.get(f"/{tag}/{place}")

    assert (page.status_code, page.headers["content-language"]) == (200, tag)
    assert "set-cookie" not in page.headers
    assert re.findall(r"<script(?! src=\"/static/(?:exit|aloud)\.)", page.text) == []
    assert len(gzip.compress(page.content)) < 20_000
    assert TITLE[tag] in plain(page)
    assert GUIDE.meta.version in page.text


def test_an_answer_names_its_law_its_routes_unconfirmed_and_contacts_unchecked(browser: Browser) -> None:
    page = plain(browser.get("/en/rights/housing"))
    assert "Ley 15/2022 art. 20" in page
    assert "Law read on 25 April 2026; no lawyer has confirmed this route yet." in page
    assert "021 Victims of racial or ethnic discrimination (CEDRE)" in page
    assert "Not yet checked by the office." in page
    assert "No lawyer has confirmed this guide yet." in page


def test_a_route_with_days_to_act_says_so_without_giving_a_number(browser: Browser) -> None:
    dismissed = plain(browser.get("/en/rights/employment_dismissal"))
    assert "The time to act can be short: ask us at once." in dismissed
    assert not re.search(r"\b20 (working )?days", dismissed)
    assert "The time to act can be short" not in plain(browser.get("/en/rights/online"))


def test_what_the_law_adds_for_each_ground_stands_folded_on_the_page_of_every_area(browser: Browser) -> None:
    for area in ("housing", "online"):
        page = browser.get(f"/en/rights/{area}")
        main = page.text[page.text.index("<main") :]
        folded = re.findall(r"<details.*?</details>", main, re.DOTALL)
        assert len(folded) == len(GUIDE.ground)
        for answer, own in zip(GUIDE.ground, folded, strict=True):
            assert escape(answer.says["en"]) in own
            for code in answer.codes:
                assert escape(load("grounds").label(code, "en")) in own.partition("</summary>")[0]
        assert "Disability discrimination sanction" in plain(page)


@pytest.mark.parametrize("place", ["rights/housing", "rights/housing/sheet"])
@pytest.mark.parametrize(
    "ground", ["hiv_serology", "sexual_orientation", "nationality", "admin_status", "giants"]
)
def test_no_ground_has_an_address_and_one_that_is_asked_for_is_not_repeated(
    browser: Browser, place: str, ground: str
) -> None:
    asked = browser.get(f"/en/{place}?ground={ground}")
    assert (asked.status_code, asked.text) == (200, browser.get(f"/en/{place}").text)
    assert "ground=" not in asked.text


@pytest.mark.parametrize("area", AREAS)
def test_no_link_of_the_guide_names_a_ground(browser: Browser, area: str) -> None:
    for place in ("rights", "rights/safety", f"rights/{area}", f"rights/{area}/sheet"):
        for address in re.findall(r'href="([^"]*)"', browser.get(f"/es/{place}").text):
            assert "?" not in address
            assert not GROUNDS.intersection(re.split(r"[/#=&]", address)), address


@pytest.mark.parametrize("tag", TAGS)
def test_what_people_without_papers_need_is_told_to_everybody(browser: Browser, tag: str) -> None:
    said = language(tag, "residents").gettext(
        "The law protects you from discrimination with or without papers. This office never asks for them."
    )
    for area in AREAS:
        assert said in plain(browser.get(f"/{tag}/rights/{area}")), area
        assert said in plain(browser.get(f"/{tag}/rights/{area}/sheet")), area
    assert 'id="police"' in browser.get(f"/{tag}/rights/safety").text


@pytest.mark.parametrize("place", ["rights/housing", "rights/housing/sheet", "languages"])
@pytest.mark.parametrize(("tag", "stop"), [("zh-Hans", "。"), ("ur", "۔")])
def test_sentences_end_as_the_language_ends_them(browser: Browser, tag: str, stop: str, place: str) -> None:
    words = plain(browser.get(f"/{tag}/{place}"))
    assert stop in words
    assert not re.search(r"[^\W\d_a-zA-ZÀ-ÿ]\)?\s*\.(?!\w)", words)  # a Western dot after another script


def test_on_the_sheet_each_way_and_each_helper_ends_in_the_mark_of_the_language(browser: Browser) -> None:
    for tag, stop in (("en", "."), ("zh-Hans", "。"), ("ur", "۔")):
        page = browser.get(f"/{tag}/rights/housing/sheet").text
        helpers = page.partition('door-sheet__numbers">')[2].partition("</ul>")[0]
        ways = re.findall(r"<li><strong>(.*?)</strong>", page)
        assert ways and all(way.endswith(stop) for way in ways), tag
        assert 0 < helpers.count("<li>") <= helpers.count(f"{stop} "), tag


@pytest.mark.parametrize("place", ["rights", "rights/safety", "rights/housing", "rights/housing/sheet"])
def test_a_confirmed_guide_says_of_nothing_but_its_routes_that_nobody_confirmed_it(
    browser: Browser, entrance: Entrance, place: str
) -> None:
    meta = GUIDE.meta.model_copy(update={"checked_by": "A named lawyer"})
    entrance.door.guide = GUIDE.model_copy(update={"meta": meta})

    page = plain(browser.get(f"/en/{place}"))

    assert "Confirmed by A named lawyer." in page
    assert "not yet confirmed" not in page and "No lawyer has confirmed" not in page
    for told in re.findall(r"[^.;]*\bconfirmed\b[^.;]*\.", page.replace("Confirmed by", "")):
        assert "route" in told, told


def test_a_route_that_somebody_reviewed_names_them(tmp_path: Path, migrated: Path, clock: SetClock) -> None:
    page = page_of_a_city_with(
        tmp_path, migrated, clock, 'checked_by = ""', 'checked_by = "A named lawyer"', "rights/housing"
    )
    assert "This route was reviewed by A named lawyer." in page
    assert "no lawyer has confirmed this route yet" not in page


def test_a_limit_that_no_longer_holds_hurries_nobody(tmp_path: Path, migrated: Path, clock: SetClock) -> None:
    before = "[[item.deadline]]\ncount = 20\n"
    after = "[[item.deadline]]\nvalid_until = 2025-12-31\ncount = 20\n"
    page = page_of_a_city_with(tmp_path, migrated, clock, before, after, "rights/employment_dismissal")
    assert (
        "The time to act can be short: ask us at once."
        not in page.partition("Claim against dismissal")[2][:400]
    )


# ------------------------------------------------------------------------------------ a damaged guide


@pytest.mark.parametrize("place", ["rights/castle", "rights/castle/sheet"])
@pytest.mark.parametrize(("tag", "said"), [("es", "Nuestra guía no tiene"), ("ar", "لا توجد في دليلنا")])
def test_an_unknown_topic_is_not_found_in_the_persons_language(
    browser: Browser, place: str, tag: str, said: str
) -> None:
    page = browser.get(f"/{tag}/{place}")
    assert page.status_code == 404
    assert said in plain(page)


@pytest.mark.parametrize("place", PAGES)
def test_every_link_outside_is_a_contact_of_the_city_and_tells_it_nothing(
    browser: Browser, place: str
) -> None:
    official = {contact.url for contact in load_city("valencia").contacts if contact.url}
    for page in (browser.get(f"/en/{place}"), browser.get("/en/rights/online")):
        for tag in re.findall(r"<a [^>]*href=\"https?:[^>]*>", page.text):
            found = re.search(r'href="([^"]+)"', tag)
            assert found and found.group(1) in official
            assert 'rel="external noopener noreferrer"' in tag


def test_the_urgent_removal_channel_is_linked_where_it_helps(browser: Browser) -> None:
    assert 'href="https://www.aepd.es/canalprioritario/"' in browser.get("/fr/rights/online").text


# ------------------------------------------------------------------------- before, during and after

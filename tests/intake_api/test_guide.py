import gzip
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from html import escape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from intake_api.guide.checks import check_all, check_city
from intake_api.guide.reading import OWN, GuideBroken, load_guide
from office.clock import SetClock
from office.languages import language
from office.vocabulary import CITIES, DATA, load, load_city
from office.vocabulary.items import words_in
from office.web.forms import OWN_SITE
from tests.intake_api.conftest import TAGS, Browser, Entrance, plain
from tests.intake_api.test_report_pages import FULL

GUIDE = load_guide()
AREAS = tuple(item.code for item in load("areas") if item.is_offered)
GROUNDS = frozenset(load("grounds").codes) - set(AREAS)
CHECKED = date(2026, 11, 28)
PAGES = ("rights", "rights/safety", "rights/housing", "rights/housing/sheet")
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


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A copy of València with a guide of its own, to be spoilt."""
    folder = tmp_path / "valencia"
    shutil.copytree(CITIES / "valencia", folder)
    shutil.copytree(OWN, folder / "guide")
    return folder


def change(city: Path, file: str, before: str, after: str) -> None:
    path = city / "guide" / f"{file}.toml"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def rules(city: Path, today: date = CHECKED) -> list[tuple[str, str]]:
    return [(finding.severity, finding.rule) for finding in check_city(city, today)]


# ----------------------------------------------------------------------------------------- the content


@pytest.mark.parametrize("tag", TAGS)
def test_every_area_the_form_offers_has_an_answer_in_every_language(tag: str) -> None:
    assert len(AREAS) > 25
    for area in AREAS:
        answer = GUIDE.on(area)
        assert len(words_in(answer.says, tag)) > (20 if tag == "zh-Hans" else 60), area
        assert "office_legal_advice" in answer.routes, area
        for code in (*answer.keep, *answer.first):
            assert words_in(GUIDE.points[code].says, tag)


def test_the_guide_shipped_fits_the_lists_of_the_city_shipped() -> None:
    assert [str(one) for one in check_all(today=CHECKED) if one.severity == "error"] == []


def test_no_telephone_number_stands_in_the_guide_itself() -> None:
    for file in OWN.glob("*.toml"):
        text = re.sub(r"^law(_read_on)? = .*$|^#.*$", "", file.read_text("utf-8"), flags=re.MULTILINE)
        text = re.sub(
            r"\d{1,4}/\d{4}|\d{4}-\d\d(-\d\d)?(\.\d)?|contacts = .*|code = .*|routes = .*", "", text
        )
        assert re.findall(r"\d(?:[\d ]*\d){2}", text) == [], file.name


def test_no_arabic_sentence_gives_an_order_to_one_gender() -> None:
    orders = re.compile(r"(?<!\w)(اكتب|اطلب|احفظ|احتفظ|اتصل|اذهب|لا توقع|ابحث|اسأل)(?!\w)")
    for words in GUIDE._words():
        assert not orders.search(words["ar"]), words["ar"]


# --------------------------------------------------------------------------------------- the checker


def test_a_sentence_missing_in_one_language_is_refused(city: Path) -> None:
    change(city, "areas", "says.ar = ", "# says.ar = ")
    with pytest.raises(GuideBroken):
        load_guide(city)
    assert rules(city) == [("error", "unreadable")]


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("areas", 'code = "housing"', 'code = "castle"'),
        ("grounds", '"roma"', '"giants"'),
        ("areas", 'contacts = ["021", "028"]', 'contacts = ["021", "999"]'),
    ],
)
def test_a_code_that_no_list_has_is_an_error(city: Path, file: str, before: str, after: str) -> None:
    change(city, file, before, after)
    assert ("error", "reference_unknown") in rules(city)


def test_a_route_that_the_list_does_not_have_is_an_error(city: Path) -> None:
    change(city, "routes", 'code = "consumer_claim"', 'code = "duel"')
    path = city / "guide" / "areas.toml"
    path.write_text(path.read_text("utf-8").replace('"consumer_claim"', '"duel"'), "utf-8")
    assert ("error", "reference_unknown") in rules(city)


def test_an_area_without_an_answer_is_an_error(city: Path) -> None:
    change(city, "areas", 'code = "transport"', 'code = "ferries"')
    assert ("error", "answer_missing") in rules(city)


def test_a_ground_that_never_leaves_the_case_team_may_not_have_an_answer_of_its_own(city: Path) -> None:
    change(city, "grounds", '"roma"', '"admin_status"')
    assert ("error", "walled_in_the_open") in rules(city)


def test_a_point_the_guide_does_not_explain_is_refused(city: Path) -> None:
    change(city, "areas", '"home_advert"', '"treasure"')
    assert rules(city) == [("error", "unreadable")]


def test_a_review_that_is_due_is_work_to_do_and_no_error(city: Path) -> None:
    assert ("warning", "review_due") not in rules(city)
    late = rules(city, GUIDE.meta.next_review)
    assert ("warning", "review_due") in late
    assert "error" not in {severity for severity, _ in late}


def test_the_day_of_the_check_is_that_of_the_city(city: Path) -> None:
    review = GUIDE.meta.next_review
    eve = datetime(review.year, review.month, review.day, tzinfo=UTC) - timedelta(minutes=30)
    found = check_city(city, clock=SetClock(eve))  # half past one at night in València
    assert "review_due" in {finding.rule for finding in found}


def test_a_city_without_some_contact_is_told_so_and_keeps_its_guide() -> None:
    vilabreu = Path(__file__).parents[1] / "support" / "cities" / "vilabreu"
    found = check_city(vilabreu, CHECKED)
    assert {one.severity for one in found} == {"warning"}
    assert any("the city has no contact 021" in one.sentence for one in found)


# ----------------------------------------------------------------------------------------- the pages


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("place", PAGES)
def test_each_page_speaks_the_language_sets_no_cookie_and_names_version_and_review(
    browser: Browser, tag: str, place: str
) -> None:
    page = browser.get(f"/{tag}/{place}")

    assert (page.status_code, page.headers["content-language"]) == (200, tag)
    assert "set-cookie" not in page.headers
    assert re.findall(r"<script(?! src=\"/static/exit\.)", page.text) == []
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


def page_of_a_city_with(
    folder: Path, migrated: Path, clock: SetClock, before: str, after: str, place: str
) -> str:
    """The words of a page in a city whose list of routes says `after` where the office's says `before`."""
    city = folder / "valencia"
    shutil.copytree(CITIES / "valencia", city)
    (city / "lists").mkdir()
    routes = (DATA / "routes.toml").read_text("utf-8")
    assert before in routes
    (city / "lists" / "routes.toml").write_text(routes.replace(before, after, 1), "utf-8")
    with opened(folder, migrated, clock, city) as browser:
        return plain(browser.get(f"/en/{place}"))


@contextmanager
def opened(folder: Path, migrated: Path, clock: SetClock, city: Path) -> Iterator[Browser]:
    """The door of a city in a folder."""
    file = folder / "mailbox.sqlite"
    shutil.copy(migrated, file)
    entrance = Entrance(folder, f"sqlite:///{file}", f"sqlite:///{file}", clock, city=str(city))
    with TestClient(entrance.app, follow_redirects=False, headers=OWN_SITE) as client:
        yield Browser(client)
    entrance.engine.dispose()


# ------------------------------------------------------------------------------------ a damaged guide


@pytest.mark.parametrize("damage", [b"\xff\xfe", b"[meta", b"surprise = 1\n"])
def test_a_city_whose_guide_is_damaged_receives_reports_and_says_kindly_that_it_shows_none(
    city: Path,
    tmp_path: Path,
    migrated: Path,
    clock: SetClock,
    caplog: pytest.LogCaptureFixture,
    damage: bytes,
) -> None:
    (city / "guide" / "safety.toml").write_bytes(damage)
    with opened(tmp_path, migrated, clock, city) as browser:
        pages = [browser.get(f"/es/{place}") for place in (*PAGES, "rights/castle")]
        browser.fill_in(FULL)
        assert 'href="/en/rights"' in browser.get("/en/report/check").text
        browser.send()
        assert browser.receipt()

    assert {page.status_code for page in pages} == {503}
    assert all("Ahora no podemos mostrar nuestra guía de derechos." in plain(page) for page in pages)
    told = [one.getMessage() for one in caplog.records if one.levelname == "ERROR"]
    assert len(told) == 1 and "the rights guide is not shown: guide_broken" in told[0]


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


@pytest.mark.parametrize("tag", TAGS)
def test_the_first_page_leads_to_the_guide_and_to_the_word_on_safety(browser: Browser, tag: str) -> None:
    start = browser.get(f"/{tag}/").text
    assert f'href="/{tag}/rights"' in start
    assert f'href="/{tag}/rights/safety"' in start


def test_from_the_check_page_to_the_rights_of_that_area_and_back_without_losing_anything(
    browser: Browser,
) -> None:
    browser.fill_in(FULL)
    assert 'href="/en/rights/housing"' in browser.get("/en/report/check").text

    guide = browser.get("/en/rights/housing")

    assert 'href="/en/report/check"' in guide.text
    assert "my accent" in browser.get("/en/report/check").text


def test_who_did_not_say_where_is_led_to_the_first_page_of_the_guide(browser: Browser) -> None:
    browser.fill_in({**FULL, "area": {"area_code": "unknown"}})
    check = browser.get("/en/report/check").text
    assert 'href="/en/rights"' in check
    assert "/en/rights/unknown" not in check


@pytest.mark.parametrize("place", PAGES)
def test_whoever_ticked_danger_sees_the_emergency_numbers_before_the_heading(
    browser: Browser, place: str
) -> None:
    browser.answer("what", {"what_happened": "x", "in_danger": "yes"})
    page = browser.get(f"/en/{place}").text
    assert page.index("If you are in danger now, call first") < page.index("<h1")
    assert page.index('href="tel:112"') < page.index("<h1")


def test_nobody_else_is_told_to_be_in_danger(browser: Browser) -> None:
    assert "If you are in danger now" not in browser.get("/en/rights/housing").text


def test_after_sending_the_receipt_leads_to_the_guide_and_the_guide_back_to_it(
    browser: Browser, entrance: Entrance
) -> None:
    browser.fill_in(FULL)
    browser.send()
    number, key = browser.receipt()
    assert 'href="/en/rights"' in browser.get("/en/report/receipt").text
    assert 'href="/en/report/receipt"' in browser.get("/en/rights").text
    assert browser.receipt() == (number, key)

    browser.post("/en/return", {"case_number": number, "key": key})
    assert 'href="/en/rights"' in browser.get("/en/return/case").text


def test_the_guide_is_read_also_while_nothing_can_be_received(browser: Browser, entrance: Entrance) -> None:
    entrance.publish_keys()
    page = browser.get("/en/rights/housing")
    assert page.status_code == 200
    assert "/en/report/" not in page.text


def test_a_guide_past_its_review_says_so(browser: Browser, entrance: Entrance) -> None:
    said = "This guide should have been read again by now."
    assert said not in plain(browser.get("/en/rights"))
    meta = GUIDE.meta.model_copy(update={"next_review": date(2026, 1, 1)})
    entrance.door.guide = GUIDE.model_copy(update={"meta": meta})
    assert said in plain(browser.get("/en/rights"))

"""The road: one report from a telephone in Arabic, without JavaScript, to a published table.

Real processes, real files, a real browser. Twelve more people report through the other door, so that the
published band is not the first one; the last check shows that a smaller number stays in it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from office.vocabulary import load
from tests.support.browser import axe, browser  # noqa: F401 - a fixture
from tests.support.office import TriedOffice, tried_office
from tests.support.reports import post_json, report

STORY = "رفض صاحب البيت أن يؤجّر لي عندما رآني."
QUESTION = "هل يمكنك أن تخبرنا في أي يوم حدث ذلك؟"
ANSWER = "يوم الثلاثاء الماضي، ومعي رسالة منه."
AFTER_THE_QUARTER = "2027-01-20T10:00:00+00:00"
DURING_IT = "2026-11-23T10:00:00+00:00"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TriedOffice]:
    with tried_office(tmp_path_factory.mktemp("office"), demo_now=DURING_IT) as tried:
        tried.start("intake", "casework", "dashboards")
        yield tried


def device(browser: Browser, width: int = 360) -> Page:  # noqa: F811 - the fixture's name
    """A device of its own: no cookies of another, no JavaScript."""
    context = browser.new_context(viewport={"width": width, "height": 780}, java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(20_000)
    return page


def go_on(page: Page, form: str) -> None:
    """Send the form whose address ends so, with its ordinary button."""
    others = ":not([type=button]):not([name=save]):not([name=aside]):not([formaction])"
    page.locator(f'form[action$="{form}"] button{others}').last.click()


def told_in_arabic(page: Page, address: str) -> tuple[str, str]:
    """Report as a person would and return the receipt."""
    page.goto(address + "/ar/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.goto(address + "/ar/report/what")
    page.fill("textarea[name=what_happened]", STORY)
    go_on(page, "/report/what")
    page.check("input[name=when][value=unknown]")
    go_on(page, "/report/when")
    page.select_option("select[name=district_code]", "14")
    go_on(page, "/report/where")
    page.check("input[name=area_code][value=housing]")
    go_on(page, "/report/area")
    page.check("input[name=ground_codes][value=race_ethnicity]")
    go_on(page, "/report/why")
    page.locator("[name=respondent_code][value=landlord], select[name=respondent_code]").first.wait_for()
    if page.locator("select[name=respondent_code]").count():
        page.select_option("select[name=respondent_code]", "landlord")
    else:
        page.check("input[name=respondent_code][value=landlord]")
    go_on(page, "/report/who")
    for consent in ("count", "advise"):
        page.check(f"input[name=consent_{consent}][value=yes]")
    page.check("input[name=contact_kind][value=none]")
    go_on(page, "/report/may")
    assert STORY in page.inner_text("main")
    assert axe(page) == []
    go_on(page, "/report/send")
    return page.inner_text("#case-number").strip(), page.inner_text("#key").strip()


def test_from_a_report_in_arabic_to_a_published_table(office: TriedOffice, browser: Browser) -> None:  # noqa: F811 - the fixture's name
    telephone = device(browser)
    number, key = told_in_arabic(telephone, office.address("intake"))
    assert re.fullmatch(r"(\d{4}\s*){6}", key)
    telephone.context.close()
    for _ in range(12):
        assert post_json(office.address("intake") + "/api/v1/reports", report("x")).status == 201
    office.collect()

    desk = device(browser, 1280)
    sign_in(desk, office.address("casework"))
    plain = number.replace("-", "")
    desk.goto(f"{office.address('casework')}/es/inbox/{plain}")
    assert STORY in desk.inner_text("main")
    go_on(desk, "/taking-up")
    desk.goto(f"{office.address('casework')}/es/cases/{plain}")
    desk.fill("textarea[name=message]", QUESTION)
    go_on(desk, "/messages")
    office.collect()

    elsewhere = device(browser)
    elsewhere.goto(office.address("intake") + "/ar/return")
    elsewhere.fill("input[name=case_number]", number)
    elsewhere.fill("input[name=key]", key)
    go_on(elsewhere, "/ar/return")
    assert QUESTION in elsewhere.inner_text("main")
    assert axe(elsewhere) == []
    elsewhere.fill("textarea[name=message]", ANSWER)
    go_on(elsewhere, "/return/message")
    elsewhere.context.close()
    office.collect()
    desk.goto(f"{office.address('casework')}/es/cases/{plain}")
    assert ANSWER in desk.inner_text("main")
    desk.context.close()

    publish(office)
    ground = load("grounds").label("race_ethnicity", "es")
    here, elsewhere_in_town = (load("districts").label(code, "es") for code in ("14", "01"))
    assert table_says(browser, office, "grounds", ground) == ("band", "10–14")
    assert table_says(browser, office, "districts", here) == ("band", "10–14")
    hidden, words = table_says(browser, office, "districts", elsewhere_in_town)
    assert (hidden, words.strip()) != ("band", "0")
    assert hidden == "few"
    assert_no_word_reached_the_observatory_or_the_shelf(office)


def sign_in(page: Page, address: str) -> None:
    """Sign in as the first invented supervisor, with what the demonstration's page shows."""
    from office.keys.demonstration import FOUNDERS

    page.goto(address + "/es/sign-in")
    person = FOUNDERS[0]
    shown = page.locator("main").inner_text()
    code = re.search(rf"{re.escape(person.passphrase)}\D*(\d{{6}})", shown)
    assert code is not None
    page.fill("input[name=name]", person.sign_in_name)
    page.fill("input[name=passphrase]", person.passphrase)
    page.fill("input[name=code]", code.group(1))
    go_on(page, "/sign-in")


def publish(office: TriedOffice) -> None:
    """Hand over, and after the quarter count, protect, audit, sign and publish."""
    office.step("casework", "hand-over-facts", settings=office.office.handover)
    later = replace(office.office, demo_now=AFTER_THE_QUARTER)
    settings = later.known_to("FACTS_URL", "SHELF", "SIGNING_KEY", "PUBLIC_KEYS", "HOME")
    office.step(
        "observatory",
        "release",
        "--source",
        "demonstration",
        "--signed-off-by",
        "Persona Inventada",
        settings=settings,
    )


def table_says(browser: Browser, office: TriedOffice, page_name: str, label: str) -> tuple[str, str]:  # noqa: F811 - the fixture's name
    """The kind and the words of one row's cell in the table of the page without script."""
    page = device(browser, 1280)
    page.goto(f"{office.address('dashboards')}/es/demonstration/{page_name}/table")
    cell = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=label, exact=True)).first
    found = cell.locator("td").first
    told = (found.get_attribute("class") or "", found.inner_text())
    assert axe(page) == []
    page.context.close()
    return told


def assert_no_word_reached_the_observatory_or_the_shelf(office: TriedOffice) -> None:
    places = [*(office.home / "stores").glob("facts.db*"), *(office.home / "shelf").rglob("*")]
    assert len(places) > 10
    for path in places:
        if path.is_file():
            content = path.read_bytes()
            for text in (STORY, QUESTION, ANSWER):
                assert text.encode() not in content, path


def test_a_wall_refuses_the_dashboards_a_database_address(office: TriedOffice, tmp_path: Path) -> None:
    settings = office.service("dashboards").settings | {"FACTS_URL": office.office.store("facts")}
    with pytest.raises(AssertionError, match="ended with"):
        office.step("dashboards", settings=settings)

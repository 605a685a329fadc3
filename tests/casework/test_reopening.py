"""A closed case is taken up again: the person hears of it, and what is counted follows."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.casework.deadlines.clocks import path, scan, version, words
from tests.casework.desk import Desk, Reporter, mistakes
from tests.casework.test_in_the_browser import page_of
from tests.support.browser import Serve, axe, browser, served  # noqa: F401  # fixtures are found by name


def closed(desk: Desk) -> Reporter:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    scan(desk, laila, reporter, None, reason="None runs.")
    desk.close_case(reporter)
    return reporter


def reopening(desk: Desk, reporter: Reporter, **form: Any) -> Any:
    told = {"version": version(desk, reporter), "reason": "new_facts", "text": "We go on.", **form}
    return desk.signed_in("laila").post(f"{path(reporter)}/reopening", data=told)


def test_a_reopened_case_begins_with_triage_and_the_person_is_told(desk: Desk) -> None:
    reporter = closed(desk)
    assert desk.counted()[0].outcome_code == "support_given"
    assert "Open the case again" in words(desk.signed_in("laila").get(path(reporter)).text)
    assert reopening(desk, reporter).status_code == 303
    case = desk.case(reporter)
    assert (case.stage_code, case.closed_on, case.outcome_code) == ("triage", None, None)
    assert "We go on." in [reply.text for reply in desk.replies(reporter)]
    assert desk.counted()[0].outcome_code is None and desk.counted()[0].stage_code == "triage"
    assert desk.events(reporter)[-2:] == ["case_reopened", "state_told"]
    timeline = words(desk.signed_in("laila").get(path(reporter)).text)
    assert "opened the case again" in timeline and "Something new happened" in timeline
    desk.ready_to_advise(reporter)
    move = {"version": version(desk, reporter), "stage": "advice", "state": "in_progress"}
    assert desk.signed_in("laila").post(f"{path(reporter)}/stage", data=move).status_code == 303


def test_an_open_case_is_not_opened_again_and_an_older_page_changes_nothing(desk: Desk) -> None:
    reporter = closed(desk)
    stale = reopening(desk, reporter, version="1")
    assert stale.status_code == 409 and desk.case(reporter).is_closed
    assert "We go on." in stale.text  # what was typed is still there
    assert reopening(desk, reporter).status_code == 303
    again = reopening(desk, reporter)
    assert again.status_code == 409 and "This case is open" in words(again.text)
    assert desk.events(reporter).count("case_reopened") == 1


def test_it_needs_a_reason_and_a_key(desk: Desk) -> None:
    reporter = closed(desk)
    assert mistakes(reopening(desk, reporter, reason="because").text) != []
    assert desk.signed_in("pau").post(f"{path(reporter)}/reopening", data={}).status_code == 404
    assert desk.case(reporter).is_closed


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_can_be_used_by_everybody(
    desk: Desk,
    browser: Browser,  # noqa: F811  # the fixture's name
    served: Serve,  # noqa: F811  # the fixture's name
    width: int,
) -> None:
    reporter = closed(desk)
    address = served(desk.app)
    page = page_of(browser, desk, address, width, script=False)
    page.goto(f"{address}/es/cases/{reporter.case_number}")
    assert axe(page) == []
    page.get_by_role("link", name="Volver a abrir el expediente").click()
    assert axe(page) == [] and page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Volver a abrir el expediente").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert axe(page) == []

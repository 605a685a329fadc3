"""The limits a resident is told of: on the check page, on the receipt and in the answer to a program."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from intake_api.drafts.codes import secret_of
from intake_api.guide.deadline_words import guidance_in
from office.clock import SetClock
from office.deadlines.warnings import Guidance, guidance_for
from office.handover.report import When
from office.languages import language, languages_for
from office.sealing.drafts import open_draft
from office.vocabulary import load, load_city
from tests.intake_api.conftest import TAGS, Browser, Entrance, Filled, plain
from tests.office.deadlines.test_limits import VILABREU

VALENCIA = load_city("valencia")
TODAY = date(2026, 11, 23)
DISMISSED: Filled = {
    "what": {"act_codes": ["dismissed"]},
    "when": {"when": "day", "when_day": "2", "when_month": "11", "when_year": "2026"},
    "area": {"area_code": "employment_dismissal"},
}
BOX = 'id="limits-title"'


def told(
    when: When, today: date = TODAY, city: Any = VALENCIA, **codes: list[str]
) -> tuple[Guidance, list[str]]:
    guidance = guidance_for(city, codes, when, today)
    said = guidance_in(language("en", "residents"), guidance, city)
    return guidance, [one.sentence for one in said.limits] if said else []


def on(year: int, month: int, day: int) -> When:
    return When(kind="day", day=date(year, month, day), still_going_on=False)


def in_month(month: str) -> When:
    return When(kind="month", month=month, still_going_on=False)


UNKNOWN = When(still_going_on=False)


def test_a_dismissal_says_how_many_working_days_may_be_left_and_until_when() -> None:
    # By hand from Mon 2 Nov 2026: 3-6 are 4, 9-13 are 9, 16-20 are 14, 23-27 are 19, Mon 30 is 20.
    guidance, sentences = told(on(2026, 11, 2), acts=["dismissed"])
    assert sentences == [
        "You may have about 5 working days left (until about 30 November 2026) to challenge a dismissal "
        "(labour conciliation is asked for first)."
    ]
    (one,) = guidance.warned
    assert (one.until, one.working_days_left, one.state) == (date(2026, 11, 30), 5, "running")
    assert one.law == ("ET art. 59.3; LRJS arts. 43.4, 103.1",) and one.version and not one.is_confirmed
    assert guidance.is_soon


def test_one_day_left_is_one_day_and_the_last_is_said_to_be_the_last() -> None:
    _, sentences = told(on(2026, 11, 2), today=date(2026, 11, 27), acts=["dismissed"])
    assert sentences[0].startswith("You may have about 1 working day left (until about 30 November 2026)")
    _, sentences = told(on(2026, 11, 2), today=date(2026, 11, 30), acts=["dismissed"])
    assert sentences[0].startswith("Today may be the last day to challenge a dismissal")


def test_a_limit_that_passed_is_said_kindly_and_sends_nobody_away() -> None:
    guidance, sentences = told(on(2026, 10, 1), acts=["dismissed"])
    assert guidance.warned[0].state == "passed" and not guidance.is_soon
    assert "may have passed. Ask us all the same: there are exceptions and other ways." in sentences[0]


def test_what_happened_long_before_the_calendar_begins_has_passed_and_has_no_guessed_day() -> None:
    guidance, sentences = told(on(2011, 3, 1), acts=["dismissed"])
    assert (guidance.warned[0].state, guidance.warned[0].until) == ("passed", None)
    assert "may have passed" in sentences[0]


def test_a_limit_that_ends_in_a_year_without_a_calendar_is_told_by_its_length_alone() -> None:
    guidance, sentences = told(on(2027, 12, 20), today=date(2027, 12, 21), acts=["dismissed"])
    assert (guidance.warned[0].state, guidance.warned[0].until) == ("day_unknown", None)
    assert sentences[0].startswith("There may be only 20 working days to challenge a dismissal")


def test_a_region_the_library_does_not_know_leaves_the_length_of_the_limit() -> None:
    typo = replace(VALENCIA, calendar=replace(VALENCIA.calendar, region="CV"))
    guidance, sentences = told(on(2026, 11, 2), city=typo, acts=["dismissed"])
    assert (guidance.warned[0].state, guidance.warned[0].until) == ("day_unknown", None)
    assert sentences[0].startswith("There may be only 20 working days to challenge a dismissal")


def test_a_month_alone_is_counted_from_its_first_day_and_says_so() -> None:
    guidance, sentences = told(in_month("2026-11"), acts=["dismissed"])
    assert (guidance.counted_from, guidance.is_day_exact) == (date(2026, 11, 1), False)
    # 1 November is a Sunday, so the count of the 2nd-27th is one day ahead of a dismissal on the 2nd.
    assert "4 working days left (until about 27 November 2026)" in sentences[0]
    said = guidance_in(language("en", "residents"), guidance, VALENCIA)
    assert said is not None and "the month only" in said.asides[0] and "1 November 2026" in said.asides[0]


def test_a_month_in_which_the_day_decides_says_both() -> None:
    guidance, sentences = told(in_month("2026-10"), acts=["dismissed"])
    assert guidance.warned[0].state == "may_have_passed" and guidance.is_soon
    assert "may have passed already, or you may have until about 27 November 2026" in sentences[0]


@pytest.mark.parametrize("when", [UNKNOWN, When(kind="long", still_going_on=True)])
def test_without_a_day_the_length_is_told_and_nothing_is_guessed(when: When) -> None:
    guidance, sentences = told(when, acts=["dismissed"])
    assert guidance.warned[0].until is None and guidance.counted_from is None and not guidance.is_soon
    assert sentences[0].startswith("There may be only 20 working days to challenge a dismissal")


def test_several_limits_stand_with_the_earliest_on_top_and_the_passed_ones_last() -> None:
    guidance, _ = told(
        on(2026, 11, 3),
        acts=["threat", "procedure_refused"],
        grounds=["sexual_orientation"],
        respondents=["local_police"],
    )
    assert [(one.code, one.state) for one in guidance.warned] == [
        ("admin_appeal", "running"),  # 3 December
        ("lgtbi_sanction", "running"),  # 2 August 2027
        ("minor_threats", "running"),  # 2 November 2027
        ("rights_appeal", "passed"),  # 10 working days: 17 November
    ]
    days = [one.until for one in guidance.warned]
    assert days == [date(2026, 12, 3), date(2027, 8, 2), date(2027, 11, 2), date(2026, 11, 17)]


def test_a_limit_months_away_is_told_by_its_day_and_hurries_nobody() -> None:
    guidance, sentences = told(on(2026, 11, 3), acts=["insult"])
    assert guidance.warned[0].working_days_left is None and not guidance.is_soon
    assert sentences[0].startswith("You may have until about 2 November 2027 to bring")


def test_what_goes_on_may_begin_later_and_that_is_said() -> None:
    going_on = When(kind="day", day=date(2026, 11, 2), still_going_on=True)
    guidance = guidance_for(VALENCIA, {"acts": ["insult"]}, going_on, TODAY)
    said = guidance_in(language("en", "residents"), guidance, VALENCIA)
    assert said is not None and said.asides[-1] == "If it is still going on, a limit may begin later."


def test_answers_that_suggest_no_short_limit_show_nothing() -> None:
    assert told(on(2026, 11, 2), acts=["rent_refused"], areas=["housing"]) == (Guidance(), [])


def test_another_city_warns_of_its_own_limits_only() -> None:
    vilabreu = load_city(VILABREU)
    assert told(on(2026, 11, 2), city=vilabreu, acts=["dismissed", "insult"]) == (Guidance(), [])


def test_every_warning_of_the_list_has_words_that_stand_in_a_sentence_of_every_language() -> None:
    days = [on(2026, 11, 20), on(2015, 1, 1), in_month("2026-10"), UNKNOWN]
    for warning in load("warnings"):
        lists = {name: list(warning.values(name)) for name in ("acts", "areas", "grounds", "respondents")}
        for when in days:
            guidance = guidance_for(VALENCIA, lists, when, TODAY)
            assert warning.code in {one.code for one in guidance.warned}
            for spoken in languages_for("residents"):
                said = guidance_in(spoken, guidance, VALENCIA)
                assert said is not None
                words = {one.warned.code: one.sentence for one in said.limits}[warning.code]
                assert warning.label_in(spoken.tag) in words and "%(" not in words


def test_the_check_page_and_the_receipt_tell_the_same_and_forget_it_after(
    browser: Browser, entrance: Entrance
) -> None:
    browser.fill_in(DISMISSED)
    check = browser.get("/en/report/check")
    browser.send()
    receipt = browser.get("/en/report/receipt")
    for page in (check, receipt):
        assert BOX in page.text
        assert "about 5 working days left (until about 30 November 2026) to challenge" in plain(page)
        assert "This is guidance and not legal advice" in plain(page)
        assert "No lawyer has confirmed these days yet" in plain(page) and "ET art. 59.3" in plain(page)
    (draft,) = entrance.drafts
    code, word = browser.client.cookies["draft"], browser.client.cookies["sender"]
    kept = open_draft(secret_of(code, word, is_sent=True), draft.sealed)
    assert b"act_codes" not in kept and b"dismissal" in kept
    browser.post("/en/report/finish")
    assert entrance.drafts == []


@pytest.mark.parametrize("tag", TAGS)
def test_the_box_is_complete_in_every_language(browser: Browser, tag: str) -> None:
    browser.fill_in(DISMISSED, tag)
    words = load("warnings").item("dismissal").label_in(tag)
    for page in (browser.get(f"/{tag}/report/check"), None):
        shown = page or (browser.send(tag) and browser.get(f"/{tag}/report/receipt"))
        assert shown is not None and BOX in shown.text and words in plain(shown)
        if tag != "en":
            assert "working day" not in shown.text and "guidance" not in plain(shown)


def test_emergency_numbers_come_before_the_limits_when_there_is_danger(browser: Browser) -> None:
    browser.fill_in({**DISMISSED, "what": {"act_codes": ["dismissed"], "in_danger": "yes"}})
    check = browser.get("/en/report/check").text
    browser.send()
    for page in (check, browser.get("/en/report/receipt").text):
        assert 0 < page.index('href="tel:112"') < page.index(BOX)


def test_the_box_is_left_out_on_paper_for_a_sheet_may_be_found(browser: Browser) -> None:
    browser.fill_in(DISMISSED)
    browser.send()
    page = browser.get("/en/report/receipt").text
    assert re.search(r'<section class="[^"]*door-noprint[^"]*"[^>]*limits-title', page)
    sheets = [browser.get(link).text for link in re.findall(r'href="(/[^"]+[.]css[^"]*)"', page)]
    assert any(".door-noprint" in sheet.partition("@media print")[2] for sheet in sheets)


def test_a_report_without_a_short_limit_shows_no_box(browser: Browser) -> None:
    browser.fill_in({"what": {"act_codes": ["rent_refused"]}})
    assert BOX not in browser.get("/en/report/check").text
    browser.send()
    assert BOX not in browser.get("/en/report/receipt").text


def test_the_limits_do_not_move_what_the_office_promises(browser: Browser) -> None:
    browser.fill_in({**DISMISSED, "may": {"consent_advise": "yes"}})
    browser.send()
    assert "answers you by 4 December 2026" in plain(browser.get("/en/report/receipt"))


URGENT = [
    # Only the day makes it soon: 10 working days from 16 Nov end on the 30th, from 3 Nov on the 17th.
    ({"respondent_code": "city_council", "when": {"kind": "day", "day": "2026-11-16"}}, "soon"),
    ({"respondent_code": "city_council", "when": {"kind": "day", "day": "2026-11-03"}}, "normal"),
    ({"respondent_code": "city_council"}, "normal"),
    ({"respondent_code": "venue", "when": {"kind": "day", "day": "2026-11-16"}}, "normal"),
    ({"respondent_code": "city_council", "in_danger": True}, "danger"),
]


@pytest.mark.parametrize(("more", "urgency"), URGENT)
def test_few_working_days_left_mark_a_report_for_somebody_to_look_soon(
    browser: Browser, entrance: Entrance, more: dict[str, Any], urgency: str
) -> None:
    sent = browser.client.post("/api/v1/reports", json={"act_codes": ["worse_conditions"], **more})
    assert sent.status_code == 201, sent.text
    assert [one.urgency_code for one in entrance.envelopes] == [urgency]


def test_a_program_is_given_the_same_guidance_with_the_numbers_first(browser: Browser) -> None:
    report = {
        "language": "fr",
        "act_codes": ["dismissed"],
        "in_danger": True,
        "when": {"kind": "day", "day": "2026-11-02"},
    }
    answered = browser.client.post("/api/v1/reports", json=report)
    guidance = answered.json()["guidance"]
    assert list(guidance) == ["emergency", "deadlines", "notes"]
    assert guidance["emergency"][0]["phone"] == "112"
    (one,) = guidance["deadlines"]
    assert one["sentence"].startswith("Il vous reste peut-être environ 5 jours ouvrables")
    assert (one["until"], one["working_days_left"], one["is_confirmed"]) == ("2026-11-30", 5, False)
    assert (one["route"], one["law"]) == ("labour_dismissal", ["ET art. 59.3; LRJS arts. 43.4, 103.1"])
    assert any("conseil juridique" in note for note in guidance["notes"])


def test_a_program_whose_report_suggests_no_limit_is_given_none(browser: Browser) -> None:
    answered = browser.client.post("/api/v1/reports", json={"act_codes": ["rent_refused"]})
    assert answered.json()["guidance"] == {"emergency": [], "deadlines": [], "notes": []}


def test_openapi_describes_the_guidance(browser: Browser) -> None:
    schemas = browser.get("/openapi.json").json()["components"]["schemas"]
    assert {"GuidanceShown", "DeadlineShown", "HelpShown"} <= set(schemas)
    assert {"until", "law", "version", "is_confirmed"} <= set(schemas["DeadlineShown"]["properties"])


def test_no_day_and_no_limit_reaches_a_log_or_an_address(
    browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    browser.fill_in(DISMISSED)
    check = browser.get("/en/report/check")
    sent = browser.send()
    receipt = browser.get("/en/report/receipt")
    logged = " ".join(f"{record.getMessage()} {record.args}" for record in caplog.records)
    assert "dismiss" not in logged and "2026-11-30" not in logged and "2026-11-02" not in logged
    for page in (check, sent, receipt):
        assert "2026" not in str(page.url) + page.headers.get("location", "")


def test_the_limit_is_counted_in_the_days_of_the_city(browser: Browser, clock: SetClock) -> None:
    """Half past eleven at night in UTC on 29 November is already the 30th in València: the last day."""
    clock.at = datetime(2026, 11, 29, 23, 30, tzinfo=UTC)
    browser.fill_in(DISMISSED)
    assert "Today may be the last day" in plain(browser.get("/en/report/check"))

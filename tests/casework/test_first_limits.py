"""Scenario 8 of the field study, at the desk: whoever takes up a dismissal sees in red which days are left.

Known answers counted by hand from ET art. 59.3 (twenty working days from the day after the dismissal, without
Saturdays, Sundays and days off): dismissed on 4 November 2026, the days are 5, 6, 9 to 13, 16 to 20, 23 to 27
and 30 November, 1 and 2 December.
"""

import re
from datetime import date
from html import unescape

import pytest

from office.handover.report import When
from tests.casework.desk import Desk
from tests.casework.residents import Reporter

RED = 'class="desk-late"'


def dismissed(desk: Desk, when: When) -> Reporter:
    return desk.report(act_codes=("dismissed",), area_code="employment_dismissal", when=when)


def limits_in(page: str) -> str:
    return page.partition("desk-limits")[2].partition("</section>")[0]


def words(fragment: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", fragment)).split())


def test_a_dismissal_of_nineteen_days_ago_is_red_on_the_report_the_case_and_the_list(desk: Desk) -> None:
    reporter = dismissed(desk, When(kind="day", day=date(2026, 11, 4)))
    laila = desk.signed_in("laila")
    report = limits_in(laila.get(f"/en/inbox/{reporter.case_number}").text)
    assert "until about 2 December 2026" in words(report) and RED in report
    assert "about 7 working days left" in words(report)  # 24 to 27 and 30 November, 1 and 2 December
    assert "No lawyer has confirmed" in words(report) and "59.3" in report

    laila.post(f"/en/inbox/{reporter.case_number}/taking-up", data={"adviser": str(desk.staff_id("laila"))})
    assert RED in limits_in(laila.get(f"/en/cases/{reporter.case_number}").text)
    listed = laila.get("/en/cases").text
    assert RED in listed and "near or passed" in listed and desk.case(reporter).limit_on == date(2026, 12, 2)


def test_a_limit_further_off_is_told_and_not_red(desk: Desk) -> None:
    reporter = dismissed(desk, When(kind="day", day=date(2026, 11, 23)))
    laila = desk.signed_in("laila")
    report = limits_in(laila.get(f"/en/inbox/{reporter.case_number}").text)
    assert "until about 22 December 2026" in words(report) and RED not in report
    laila.post(f"/en/inbox/{reporter.case_number}/taking-up", data={"adviser": str(desk.staff_id("laila"))})
    assert "near or passed" not in laila.get("/en/cases").text


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        (When(kind="unknown"), "the day it happened is not known"),
        (When(kind="day", day=date(2026, 1, 7)), "it may have passed"),
    ],
)
def test_without_a_day_ahead_the_page_says_so_and_the_list_names_none(
    desk: Desk, when: When, sentence: str
) -> None:
    reporter = dismissed(desk, when)
    laila = desk.signed_in("laila")
    assert sentence in words(limits_in(laila.get(f"/en/inbox/{reporter.case_number}").text))
    laila.post(f"/en/inbox/{reporter.case_number}/taking-up", data={"adviser": str(desk.staff_id("laila"))})
    assert desk.case(reporter).limit_on is None


def test_what_no_short_limit_hangs_on_has_no_such_box(desk: Desk) -> None:
    reporter = desk.report()  # a flat that was not let
    assert "desk-limits" not in desk.signed_in("laila").get(f"/en/inbox/{reporter.case_number}").text

"""Late promises: seen by number by whoever may open them, in counts by the head of the office."""

from datetime import UTC, date, datetime, timedelta

import pytest

from casework.promises.rules import last_late_week
from office.clock import iso_week
from office.deadlines.promises import ACKNOWLEDGEMENT, FIRST_ANSWER, OUTCOME, kept_by
from tests.casework.desk import CITY, STAFF, Desk, said


def numbers(desk: Desk, name: str) -> str:
    return desk.signed_in(name).get("/es/promises").text


@pytest.mark.parametrize("promise", [ACKNOWLEDGEMENT, FIRST_ANSWER, OUTCOME])
def test_the_newest_late_week_is_the_last_whose_day_is_over(promise: str) -> None:
    day = date(2026, 10, 1)
    while day < date(2027, 3, 1):
        week = last_late_week(CITY, promise, day)
        assert week is not None
        due = kept_by(CITY, promise, week)
        following = date.fromisocalendar(int(week[:4]), int(week[6:]), 1) + timedelta(weeks=1)
        not_yet = kept_by(CITY, promise, iso_week(following))
        assert due is not None and not_yet is not None and due < day <= not_yet
        day += timedelta(days=1)


def test_a_report_nobody_has_read_in_time_is_late_from_the_next_day_on(desk: Desk) -> None:
    reporter = desk.report()  # in the week that ends on 29 November: read by 6 December
    desk.clock.at = datetime(2026, 12, 6, 12, tzinfo=UTC)
    assert reporter.case_number not in numbers(desk, "amparo")
    desk.clock.at = datetime(2026, 12, 7, 12, tzinfo=UTC)
    page = numbers(desk, "amparo")
    assert reporter.case_number in page and "6 dic 2026" in page
    desk.signed_in("laila").get(f"/es/inbox/{reporter.case_number}")
    assert reporter.case_number not in numbers(desk, "amparo")


def test_a_case_without_a_first_answer_or_an_end_is_late_until_it_has_them(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    desk.clock.at = datetime(2026, 12, 7, 12, tzinfo=UTC)
    page = said(numbers(desk, "laila"))
    assert "Sin primera respuesta todavía: 1 con retraso" in page
    assert "Sin cerrar todavía: 0 con retraso" in page
    laila, path = desk.signed_in("laila"), f"/es/cases/{reporter.case_number}"
    laila.post(f"{path}/messages", data={"message": "Aquí estamos."})
    assert reporter.case_number not in numbers(desk, "laila")
    desk.clock.at = datetime(2027, 3, 1, 12, tzinfo=UTC)
    assert "Sin cerrar todavía: 1 con retraso" in said(numbers(desk, "laila"))


def test_who_may_not_open_a_case_does_not_see_that_it_is_late(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    apart = desk.report(city=True)
    desk.clock.at = datetime(2027, 3, 1, 12, tzinfo=UTC)
    for name in ("pau", "iris"):
        page = numbers(desk, name)
        assert reporter.case_number not in page and apart.case_number not in page
    page = numbers(desk, "amparo")
    assert reporter.case_number in page and apart.case_number in page


def test_the_head_sees_how_many_are_late_and_not_which(desk: Desk) -> None:
    reporter, other = desk.a_case("laila"), desk.report(city=True)
    desk.clock.at = datetime(2027, 3, 1, 12, tzinfo=UTC)
    page = numbers(desk, "joana")
    assert "Sin leer todavía: 1 con retraso" in said(page)
    assert "Sin cerrar todavía: 1 con retraso" in said(page)
    assert reporter.case_number not in page and other.case_number not in page
    assert ">3</span>" in page  # beside the way to this page: one not read, one not answered, one not closed


def test_a_supervisors_first_page_says_how_many_are_late(desk: Desk) -> None:
    desk.a_case("laila")
    assert "con retraso" not in said(desk.signed_in("amparo").get("/es/cases").text)
    desk.clock.at = datetime(2026, 12, 7, 12, tzinfo=UTC)
    assert "1 promesa va con retraso" in said(desk.signed_in("amparo").get("/es/cases").text)


def test_the_page_of_promises_is_for_who_can_keep_them_and_leaves_a_trace(desk: Desk) -> None:
    answers = {name: desk.signed_in(name).get("/es/promises").status_code for name in STAFF}
    assert {name for name, status in answers.items() if status == 404} == {"remei"}
    assert "list_read" in desk.events(None)

"""The scenarios of the desk that are about counting, as an adviser would tell them."""

from dataclasses import replace
from datetime import UTC, date, datetime

from office.deadlines.calendar import WorkedDays
from office.deadlines.limits import Recorded, confirmed, due_dates
from office.deadlines.rules import due_on, on_the_day, working_days_left
from office.deadlines.scans import Facts, scan
from office.vocabulary import Holiday, StopEvent, load, load_city
from tests.office.deadlines.places import worked_days

VALENCIA = load_city("valencia")
DAYS = worked_days(VALENCIA)
ROUTES = load("routes")
IN_VALENCIA = VALENCIA.calendar
MAGDALENA = Holiday("Magdalena", "Castelló", month_day=(3, 9))  # its Monday in 2026
IN_CASTELLO = replace(
    IN_VALENCIA,
    holidays=(*(one for one in IN_VALENCIA.holidays if one.scope != "València"), MAGDALENA),
)


def test_scenario_1_dismissal_friday_1_august_2025_valencia() -> None:
    """From 4 August, without weekends and the 15th but with August: 1 September, and no day of grace."""
    friday = on_the_day(date(2025, 8, 1))
    (due,) = due_dates(ROUTES, "labour_dismissal", friday, DAYS)
    assert (due.on, due.latest_on, due.law) == (
        date(2025, 9, 1),
        date(2025, 9, 1),
        ("ET art. 59.3; LRJS arts. 43.4, 103.1",),
    )
    assert working_days_left(due.limit, date(2025, 8, 1), due.on, DAYS) == 20
    assert not due.is_confirmed and not due.is_open
    assert confirmed(due, by="A named lawyer", at=datetime(2025, 8, 4, tzinfo=UTC)).is_confirmed

    filed = StopEvent("conciliation_requested", date(2025, 8, 20), evidence="receipt 1")
    for today in (date(2025, 8, 20), date(2025, 8, 27)):
        recorded = Recorded((filed,), as_of=today)
        (stopped,) = due_dates(ROUTES, "labour_dismissal", friday, DAYS, recorded=recorded)
        assert stopped.is_open and stopped.clock is not None
        assert working_days_left(due.limit, today, stopped.on, DAYS, stopped.clock.suspensions) == 8


def test_scenario_2_same_facts_cafe_refuses_a_trans_woman_entry() -> None:
    """Nine months of the LGBTI laws stand above the year of Ley 15/2022; every limit is told with its law."""
    facts = Facts(
        {
            "acts": ("entry_refused",),
            "areas": ("premises_leisure",),
            "grounds": ("gender_identity", "gender_expression"),
            "respondents": ("venue",),
        }
    )
    lines = scan(ROUTES, facts, on_the_day(date(2026, 2, 10)), DAYS)
    told = [(line.route_code, line.limit.label, line.due.on) for line in lines if line.due]
    assert told[:4] == [
        ("sanction_l4_2023", "minor", date(2026, 11, 9)),
        ("sanction_cv_trans", "minor", date(2026, 11, 9)),
        ("sanction_cv_lgtbi", "minor", date(2026, 11, 10)),
        ("sanction_l15", "minor", date(2027, 2, 9)),
    ]
    for code in ("sanction_l4_2023", "sanction_cv_trans", "sanction_cv_lgtbi", "sanction_l15"):
        assert [label for route, label, _ in told if route == code] == ["minor", "serious", "very serious"]
    assert ("venue_admission", "", date(2028, 2, 9)) in told
    assert ("crime_512", "", date(2031, 2, 9)) in told
    assert all(line.due.law and line.due.version for line in lines if line.due)


def test_scenario_3_municipal_benefit_refused_notified_28_july() -> None:
    """Ten working days with August, by 11 August; two months without August, by 28 October."""
    facts = Facts(
        {
            "acts": ("procedure_refused",),
            "areas": ("social_services",),
            "respondents": ("city_council",),
        },
        dates={"notification_date": on_the_day(date(2025, 7, 28))},
    )
    lines = scan(ROUTES, facts, on_the_day(date(2025, 7, 21)), DAYS)
    days = {(line.route_code, line.limit.label): line.due.on for line in lines if line.due}
    assert lines[0].route_code == "court_admin_fundamental"
    assert days["court_admin_fundamental", ""] == date(2025, 8, 11)
    assert days["court_admin", ""] == date(2025, 10, 28)
    assert days["admin_reposicion", ""] == date(2025, 8, 28)


def test_a_day_off_at_the_authoritys_seat_or_where_the_person_lives_moves_the_last_day() -> None:
    """Ley 39/2015 art. 30.6: an alzada notified in València on 22 December 2025 against a body in Castelló.

    By hand: the month ends on Thursday 22 January 2026, Sant Vicent Màrtir in València only. Whoever lives in
    València has until Friday 23 and whoever lives in Castelló the 22nd. For one of 9 February it ends on
    Monday 9 March 2026, the day of the Magdalena in Castelló only: at either place it moves to Tuesday 10.
    """
    castello, both = WorkedDays((IN_CASTELLO,)), WorkedDays((IN_CASTELLO, IN_VALENCIA))
    told = {
        "December": on_the_day(date(2025, 12, 22)),
        "February": on_the_day(date(2026, 2, 9)),
    }
    days = {
        (month, place): due_dates(ROUTES, "admin_alzada", event, worked)[0].on
        for month, event in told.items()
        for place, worked in (("castello", castello), ("valencia", DAYS), ("both", both))
    }
    assert days == {
        ("December", "castello"): date(2026, 1, 22),
        ("December", "valencia"): date(2026, 1, 23),
        ("December", "both"): date(2026, 1, 23),
        ("February", "castello"): date(2026, 3, 10),
        ("February", "valencia"): date(2026, 3, 9),
        ("February", "both"): date(2026, 3, 10),
    }


def test_administrative_days_leave_out_what_is_off_at_either_place() -> None:
    """Ley 39/2015 art. 30.6, ten working days of a body in Castelló for whoever lives in València.

    By hand from Thursday 5 March 2026: 6 is 1; Monday 9 is the Magdalena there; 10-13 are 5; 16-18 are 8; 19
    is Sant Josep in both; 20 is 9; Monday 23 is 10. Counted in València alone it would be Friday 20.
    """
    limit = replace(
        ROUTES.item("admin_alzada").deadlines[0],
        count=10,
        unit="working_day_admin",
    )
    at_both = WorkedDays((IN_CASTELLO, IN_VALENCIA))
    assert due_on(limit, date(2026, 3, 5), at_both) == date(2026, 3, 23)
    assert due_on(limit, date(2026, 3, 5), DAYS) == date(2026, 3, 20)

"""Every limit that may be running for what was told: which, in which order, and why one has no day yet."""

from dataclasses import replace
from datetime import date

import pytest

from office.deadlines.events import EventEndsBeforeItBegins
from office.deadlines.limits import Recorded
from office.deadlines.rules import Occurrence, on_the_day
from office.deadlines.scans import Facts, ScanLine, fits, scan
from office.vocabulary import StopEvent, load, load_city
from tests.office.deadlines.places import worked_days

DAYS = worked_days(load_city("valencia"))
ROUTES = load("routes")
DISMISSED = {
    "acts": ("dismissed",),
    "areas": ("employment_dismissal",),
    "grounds": ("disability",),
    "respondents": ("employer",),
}
REFUSED = {
    "acts": ("procedure_refused",),
    "areas": ("social_services",),
    "respondents": ("city_council",),
}


def found(lines: tuple[ScanLine, ...], code: str, label: str = "") -> ScanLine:
    (line,) = (one for one in lines if (one.route_code, one.limit.label) == (code, label))
    return line


def test_a_scan_lists_every_limit_of_every_route_that_fits_the_earliest_first() -> None:
    lines = scan(ROUTES, Facts(DISMISSED), on_the_day(date(2026, 3, 2)), DAYS)
    days = [line.due.on for line in lines if line.due]
    assert days == sorted(days)
    assert lines[0].route_code == "labour_dismissal"
    expected = {
        (route.code, limit.label)
        for route in ROUTES
        if fits(route, DISMISSED)
        for limit in route.deadlines
        if limit.unit != "none"
    }
    assert {(line.route_code, line.limit.label) for line in lines} == expected
    assert len(lines) == len(expected)


def test_routes_against_administrations_are_not_scanned_against_a_private_employer() -> None:
    codes = {line.route_code for line in scan(ROUTES, Facts(DISMISSED), on_the_day(date(2026, 3, 2)), DAYS)}
    assert not codes & {"court_admin_fundamental", "admin_alzada", "state_liability", "ombudsman_cv"}
    assert {"sanction_disability", "civil_tort"} <= codes


def test_what_was_not_told_rules_no_route_out() -> None:
    alzada, entry = ROUTES.item("admin_alzada"), ROUTES.item("venue_admission")
    assert fits(alzada, {}) and fits(alzada, {"respondents": ()})
    assert fits(alzada, {"respondents": ("city_council",)})
    assert not fits(alzada, {"respondents": ("landlord",)})
    assert fits(entry, {"areas": ("premises_leisure",), "acts": ("insult",)})
    assert not fits(entry, {"areas": ("housing",), "acts": ("insult",)})
    assert fits(ROUTES.item("civil_tort"), DISMISSED), "it is tied to nothing"


def test_a_year_nobody_listed_is_an_error_of_one_line_and_hides_no_other() -> None:
    """The twenty days run into 2028, and the line stands where so short a limit belongs."""
    lines = scan(ROUTES, Facts(DISMISSED), on_the_day(date(2027, 12, 10)), DAYS)
    line = lines[0]
    assert (line.route_code, line.due, line.not_before) == ("labour_dismissal", None, date(2027, 12, 29))
    assert line.problem is not None and line.problem.detail == {"year": "2028"}
    assert found(lines, "labour_fundamental").due is not None


def test_a_limit_that_runs_from_another_event_waits_for_its_date_at_the_end() -> None:
    lines = scan(ROUTES, Facts(REFUSED), on_the_day(date(2026, 7, 28)), DAYS)
    silence = found(lines, "court_admin", "silence")
    assert (silence.due, silence.waits_for) == (None, ("silence_effect_date", "request_date"))
    waiting = [bool(line.waits_for) for line in lines]
    assert waiting == sorted(waiting)


def test_a_recorded_request_gives_the_silence_its_day() -> None:
    """By hand beside the limit: asked for on 16 December 2025, so until 16 October 2026."""
    told = {"request_date": on_the_day(date(2025, 12, 16))}
    lines = scan(ROUTES, Facts(REFUSED, dates=told), on_the_day(date(2025, 12, 16)), DAYS)
    due = found(lines, "court_admin", "silence").due
    assert due is not None and due.on == date(2026, 10, 16)
    assert due.counted_from == on_the_day(date(2026, 3, 16))


def test_the_day_of_the_facts_stands_for_a_notice_until_its_own_day_is_recorded() -> None:
    happened = on_the_day(date(2026, 7, 20))
    first = scan(ROUTES, Facts(REFUSED), happened, DAYS)
    notified = {"notification_date": on_the_day(date(2026, 7, 28))}
    then = scan(ROUTES, Facts(REFUSED, dates=notified), happened, DAYS)
    days = [found(lines, "court_admin_fundamental").due for lines in (first, then)]
    assert [due and due.on for due in days] == [date(2026, 8, 3), date(2026, 8, 11)]
    tort = [found(lines, "civil_tort").due for lines in (first, then)]
    assert tort[0] == tort[1], "the notice moves only what runs from it"


def test_what_was_recorded_stops_only_the_limits_that_name_it() -> None:
    stops = (StopEvent("conciliation_requested", date(2025, 8, 20), date(2025, 9, 5)),)
    happened = on_the_day(date(2025, 8, 1))
    plain = scan(ROUTES, Facts(DISMISSED), happened, DAYS)
    stopped = scan(ROUTES, Facts(DISMISSED, recorded=Recorded(stops)), happened, DAYS)
    moved = {line.route_code for line in stopped if line.due not in {one.due for one in plain}}
    assert moved == {"labour_dismissal"}
    wrong = Recorded((replace(stops[0], ended_on=date(2025, 8, 19)),))
    with pytest.raises(EventEndsBeforeItBegins):
        scan(ROUTES, Facts(DISMISSED, recorded=wrong), happened, DAYS)


def test_a_limit_that_was_not_the_law_yet_is_not_scanned() -> None:
    """Ley 4/2023 is in force since 2 March 2023."""
    lgbti = Facts({"grounds": ("gender_identity",)})
    before, after = (
        {line.route_code for line in scan(ROUTES, lgbti, on_the_day(day), DAYS)}
        for day in (date(2023, 3, 1), date(2023, 3, 2))
    )
    assert after - before == {"sanction_l4_2023"} and not before - after


def test_a_city_may_name_its_own_events() -> None:
    lines = scan(
        ROUTES,
        Facts(DISMISSED),
        Occurrence(date(2026, 3, 1), date(2026, 3, 31)),
        DAYS,
        replace(load("limit_events"), items=()),
    )
    assert {line.due for line in lines} == {None}, "without a name no event is the day of the facts"

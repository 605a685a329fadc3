"""Scenarios 4 and 5 of the field study: no case without a look at its limits, none closed over a deadline."""

from datetime import date

import pytest

from tests.casework.deadlines.clocks import (
    act,
    binding,
    day_fields,
    deadlines_in,
    name_lawyer,
    path,
    route_name,
    rows,
    scan,
    scans,
    sealed_words,
    told_on,
    version,
    words,
)
from tests.casework.desk import Desk, mistakes, said, typed

BADGE = "no limitation scan yet"
CLOSING = {"responses": ["information"], "outcome": "support_given", "reason": "completed"}


def test_scenario_4_a_case_without_a_limitation_scan_after_three_working_days(desk: Desk) -> None:
    """Opened on Monday 23 November 2026: Tuesday, Wednesday and Thursday are the three working days."""
    reporter = desk.a_case("laila", **told_on(date(2026, 11, 20)))
    for days, has_badge in ((3, False), (1, True)):
        desk.clock.move(days=days)
        for name, whose in (("laila", "mine"), ("amparo", "all")):
            page = desk.signed_in(name).get(f"/en/cases?whose={whose}").text
            assert (BADGE in said(page)) == has_badge, (days, name)
            assert ("In 1 case nobody has looked" in said(page)) == has_badge
            filtered = desk.signed_in(name).get(f"/en/cases?whose={whose}&which=unscanned").text
            assert (reporter.case_number in filtered) == has_badge
    assert BADGE not in said(desk.signed_in("pau").get("/en/cases?whose=all").text)

    laila = desk.signed_in("laila")
    move = {"version": version(desk, reporter), "stage": "advice", "state": "in_progress"}
    refused = laila.post(f"{path(reporter)}/stage", data=move)
    assert refused.status_code == 409 and "Nobody has looked which time limits run" in said(refused.text)
    assert desk.case(reporter).stage_code == "triage"
    scan(desk, laila, reporter, None, reason="Nothing that happened here runs out.")
    assert BADGE not in said(laila.get("/en/cases").text)
    assert "In 1 case" not in said(desk.signed_in("amparo").get("/en/cases?whose=all").text)
    desk.ready_to_advise(reporter)
    move["version"] = version(desk, reporter)
    assert laila.post(f"{path(reporter)}/stage", data=move).status_code == 303


def test_scenario_5_a_third_request_to_close_a_case_with_an_open_deadline(desk: Desk) -> None:
    reporter = desk.a_case("laila", **told_on(date(2026, 11, 20)))
    laila = desk.signed_in("laila")
    (row,) = scan(desk, laila, reporter, date(2026, 11, 20), "civil_tort")
    closing = f"{path(reporter)}/closing"
    for _ in range(3):
        form = {**CLOSING, "version": version(desk, reporter), "text": "We close it now."}
        refused = laila.post(closing, data=form)
        assert refused.status_code == 409
        told = said(refused.text)
        assert route_name("civil_tort") in told and "20 November 2027" in told and "still open" in told
        assert "We close it now." in refused.text
    assert not desk.case(reporter).is_closed and "case_closed" not in desk.events(reporter)

    written = {**form, "despite_deadlines": "I would like to close it."}
    assert laila.post(closing, data=written).status_code == 303  # asked for, and no more
    assert not desk.case(reporter).is_closed
    without = desk.decide_closing(reporter, why="  ")
    assert without.status_code == 409 and route_name("civil_tort", "es") in said(without.text)
    done = desk.decide_closing(reporter, why="The person moved abroad.")
    assert done.status_code == 303, said(done.text)
    amparo = desk.signed_in("amparo")
    assert desk.case(reporter).is_closed and rows(desk, reporter)[0].state == "computed"
    page = amparo.get(path(reporter)).text
    assert "moved abroad" in words(deadlines_in(page))
    timeline = words(page.partition('id="timeline"')[2])
    assert f"although these deadlines were open: {route_name('civil_tort')}" in timeline
    (kept,) = [one for one in sealed_words(desk, reporter) if one.kind == "closing"]
    assert b"moved abroad" not in kept.sealed
    missed = act(desk, amparo, reporter, row, "missing", missed_incident="It ran out afterwards.")
    assert missed.status_code == 303  # what is open is still settled, by whoever holds the case


def test_a_case_without_open_deadlines_is_closed_as_before(desk: Desk) -> None:
    reporter = desk.a_case("laila", **told_on(date(2026, 11, 20)))
    laila = desk.signed_in("laila")
    (row,) = scan(desk, laila, reporter, date(2026, 11, 20), "civil_tort")
    form = {"met_evidence": "Entry 1", **day_fields("met_on", date(2026, 11, 23))}
    assert act(desk, laila, reporter, row, "meeting", **form).status_code == 303
    desk.close_case(reporter)


def test_that_none_applies_needs_a_reason_and_is_on_record(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    empty = laila.post(f"{path(reporter)}/limits", data={"version": "1"})
    assert mistakes(empty.text) == ["Tick what may run, or write below why none does."]
    assert scans(desk, reporter) == []
    scan(desk, laila, reporter, None, reason="A question about the office.")
    (kept,) = scans(desk, reporter)
    assert (kept.kept, kept.none_applies, kept.made_by) == (0, True, desk.staff_id("laila"))
    shown = words(deadlines_in(laila.get(path(reporter)).text))
    assert "A question about the office." in shown and "Somebody looked on 23 November 2026" in shown


def test_ticked_limits_need_a_day_and_come_back_ticked(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    answer = laila.post(
        f"{path(reporter)}/limits", data={"version": "1", "other_route": ["civil_tort"], "event-day": "31"}
    )
    assert answer.status_code == 422 and "no such day" in mistakes(answer.text)[0]
    assert 'value="civil_tort" checked' in " ".join(answer.text.split())
    assert rows(desk, reporter) == []


def test_a_route_that_is_not_on_the_list_is_refused(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    form = {"version": "1", "route": ["no_such_route"], **day_fields("event", date(2026, 11, 20))}
    assert laila.post(f"{path(reporter)}/limits", data=form).status_code == 422
    ends_never = {**form, "route": ["company_protocol"]}
    answer = laila.post(f"{path(reporter)}/limits", data=ends_never)
    assert answer.status_code == 422 and "no limit with an end" in mistakes(answer.text)[0]


def test_the_same_clock_is_kept_once_and_another_notification_is_another_clock(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    for day in (date(2026, 11, 20), date(2026, 11, 20), date(2026, 11, 21)):
        scan(desk, laila, reporter, day, "court_admin", "court_admin_fundamental")
    assert len(binding(desk, reporter)) == 4
    assert desk.events(reporter).count("limits_scanned") == 3
    assert [one for one in desk.events(reporter) if "deadline" in one] == []


def test_the_list_shows_the_earliest_open_day_and_whether_a_lawyer_stands_for_it(desk: Desk) -> None:
    reporter = desk.a_case("laila", **told_on(date(2026, 11, 20)))
    laila = desk.signed_in("laila")
    scan(desk, laila, reporter, date(2026, 11, 20), "civil_tort", "court_admin")
    name_lawyer(desk)
    first, second = binding(desk, reporter)
    assert "20 Jan 2027 not confirmed" in said(laila.get("/en/cases").text)
    assert act(desk, laila, reporter, first, "confirming").status_code == 303
    listed = said(laila.get("/en/cases").text)
    assert "20 Jan 2027" in listed and "not confirmed" not in listed
    waived = act(desk, laila, reporter, first, "waiving", waived_by="person", waived_why="No.")
    assert waived.status_code == 303
    assert "20 Nov 2027 not confirmed" in said(laila.get("/en/cases").text)
    assert desk.case(reporter).limit_on == second.last_on


@pytest.mark.parametrize(
    ("opened", "today", "is_due"),
    [
        (date(2026, 11, 23), date(2026, 11, 26), False),
        (date(2026, 11, 23), date(2026, 11, 27), True),
        (date(2026, 11, 27), date(2026, 12, 2), False),  # a Friday: Monday to Wednesday
        (date(2026, 11, 27), date(2026, 12, 3), True),
        (date(2026, 12, 4), date(2026, 12, 10), False),  # Tuesday 8 December is off: 7, 9 and 10
        (date(2026, 12, 4), date(2026, 12, 11), True),
    ],
)
def test_a_look_is_due_after_three_working_days(opened: date, today: date, is_due: bool) -> None:
    from casework.deadlines.rules import scan_due_before
    from tests.casework.desk import CITY

    assert (opened < scan_due_before(CITY.calendar, today)) == is_due


def test_each_limit_runs_from_its_own_day(desk: Desk) -> None:
    """Dismissed on Monday 2 November 2026, told of it by a letter that came on Friday 20 November.

    ET art. 59.3: twenty working days from the day the dismissal took effect. From 3 November to 30 November
    there are twenty without Saturdays and Sundays. LJCA art. 115: ten working days from the notice: from
    23 November to 4 December.
    """
    reporter = desk.a_case("laila", **told_on(date(2026, 11, 2)))
    laila = desk.signed_in("laila")
    form = {
        "version": version(desk, reporter),
        "other_route": ["labour_dismissal", "court_admin_fundamental"],
        **day_fields("event", date(2026, 11, 2)),
        **day_fields("from_notification_date", date(2026, 11, 20)),
    }
    assert laila.post(f"{path(reporter)}/limits", data=form).status_code == 303
    kept = [
        (row.route_code, row.start_code, row.counted_from, row.last_on) for row in binding(desk, reporter)
    ]
    assert kept == [
        ("labour_dismissal", "dismissal_effective_date", date(2026, 11, 2), date(2026, 11, 30)),
        ("court_admin_fundamental", "notification_date", date(2026, 11, 20), date(2026, 12, 4)),
    ]


def test_a_limit_that_runs_from_a_day_nobody_knows_is_not_counted_from_another(desk: Desk) -> None:
    """LOTC art. 44.2: thirty days from the notice of the final judgment; the facts say nothing about it."""
    reporter = desk.a_case("laila", **told_on(date(2026, 11, 2)))
    laila = desk.signed_in("laila")
    page = words(laila.get(f"{path(reporter)}/limits").text)
    waiting = page.partition(route_name("amparo"))[2][:200]
    assert "waits for: Day the final judgment was notified" in waiting
    form = {
        "version": version(desk, reporter),
        "other_route": ["amparo"],
        **day_fields("event", date(2026, 11, 2)),
    }
    refused = laila.post(f"{path(reporter)}/limits", data=form)
    assert refused.status_code == 422 and "runs from a day that is not known" in mistakes(refused.text)[0]
    assert rows(desk, reporter) == []
    form |= day_fields("from_final_judgment_notification", date(2026, 11, 20))
    assert laila.post(f"{path(reporter)}/limits", data=form).status_code == 303
    (row,) = binding(desk, reporter)
    assert row.counted_from == date(2026, 11, 20)


def test_a_wrong_other_day_is_said_and_stays_as_it_was_typed(desk: Desk) -> None:
    reporter = desk.a_case("laila", **told_on(date(2026, 11, 2)))
    laila = desk.signed_in("laila")
    form = {
        "version": version(desk, reporter),
        "other_route": ["civil_tort"],
        **day_fields("event", date(2026, 11, 2)),
        "from_knowledge_date-day": "31",
        "from_knowledge_date-month": "2",
        "from_knowledge_date-year": "2026",
    }
    answer = laila.post(f"{path(reporter)}/limits", data=form)
    assert answer.status_code == 422 and "no such day" in mistakes(answer.text)[0]
    assert typed(answer.text, "from_knowledge_date-day")["text"] == "31"
    assert rows(desk, reporter) == []

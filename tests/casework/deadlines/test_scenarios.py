"""Scenarios 1 to 3 of the field study, at the desk. Days are counted by hand, with the article."""

from datetime import UTC, date, datetime

import pytest

from tests.casework.deadlines.clocks import (
    RED,
    act,
    at,
    binding,
    day_fields,
    deadlines_in,
    name_lawyer,
    path,
    route_name,
    rows,
    scan,
    told_on,
    words,
)
from tests.casework.desk import Desk, said

MINE = ("labour_dismissal",)


@pytest.fixture
def in_2025(desk: Desk) -> Desk:
    """A desk on Monday 4 August 2025."""
    desk.clock.at = datetime(2025, 8, 4, 9, 30, tzinfo=UTC)
    return desk


def test_scenario_1_a_dismissal_of_friday_1_august_2025_in_valencia(in_2025: Desk) -> None:
    """ET art. 59.3 and LRJS arts. 43.4, 103: twenty working days, August included.

    By hand: 4 to 8, 11 to 14, 18 to 22 and 25 to 29 August are 5 + 4 + 5 + 5 = 19 days (Friday 15 is the
    Assumption), so the twentieth is Monday 1 September. The twelfth is the 20th.
    """
    desk = in_2025
    dismissal = told_on(date(2025, 8, 1), act_codes=("dismissed",), area_code="employment_dismissal")
    reporter = desk.a_case("laila", **dismissal)
    laila = desk.signed_in("laila")
    proposed = words(laila.get(f"{path(reporter)}/limits").text)
    assert "until 1 September 2025" in proposed and "59.3" in proposed

    (row,) = scan(desk, laila, reporter, date(2025, 8, 1), *MINE)
    assert (row.last_on, row.latest_on, row.state) == (date(2025, 9, 1), date(2025, 9, 1), "computed")
    page = laila.get(path(reporter)).text
    told = words(deadlines_in(page))
    assert "1 September 2025" in told and "computed, no lawyer has confirmed it" in told
    assert "20 working days left" not in told and "19 working days left" in told
    assert "August counts" in told and "LRJS" in told
    assert RED not in deadlines_in(page)
    clock = words(laila.get(path(reporter, row)).text)
    assert "LEC art. 135.5" in clock and "never added" in clock

    for today, left in ((date(2025, 8, 18), 10), (date(2025, 8, 25), 5), (date(2025, 8, 28), 2)):
        at(desk, today)
        laila = desk.signed_in("laila")
        near = deadlines_in(laila.get(path(reporter)).text)
        assert RED in near and f"{left} working days left" in words(near)

    at(desk, date(2025, 8, 20))
    laila = desk.signed_in("laila")
    refused = act(desk, laila, reporter, row, "confirming")
    assert refused.status_code == 409 and "Only a lawyer" in said(refused.text)
    name_lawyer(desk)
    assert act(desk, laila, reporter, row, "confirming").status_code == 303
    assert "confirmed by Laila Imaginaria on 20 Aug 2025" in words(
        deadlines_in(laila.get(path(reporter)).text)
    )

    anew = act(
        desk,
        laila,
        reporter,
        row,
        "counting",
        **day_fields("event", date(2025, 8, 1)),
        **day_fields("stop_first", date(2025, 8, 20)),
        stop="conciliation_requested",
        stop_evidence="Entry in the register of the conciliation service",
        count_reason="Conciliation asked for on the twelfth day",
    )
    assert anew.status_code == 303, said(anew.text)
    old, new = sorted(rows(desk, reporter), key=lambda one: one.state != "superseded")
    assert (old.state, old.last_on, old.confirmed_on) == ("superseded", date(2025, 9, 1), date(2025, 8, 20))
    # LRJS art. 65.1: it runs on the day after the conciliation, or when fifteen working days are over: 21
    # August to 10 September. Eight days are left, at the latest 11, 12, 15 to 19 and 22 September.
    assert (new.state, new.last_on, new.latest_on) == ("computed", date(2025, 9, 1), date(2025, 9, 22))
    assert new.replaces == old.id
    page = words(laila.get(path(reporter, new)).text)
    assert "from 1 September 2025 to 22 September 2025 · 8 working days left" in page
    assert "from 21 August 2025. Its end is not recorded; it is 10 September 2025 at the latest" in page
    assert "Entry in the register" in page and "another counting took its place" in page
    for today, left in ((date(2025, 8, 27), 8), (date(2025, 9, 10), 8), (date(2025, 9, 11), 7)):
        at(desk, today)
        laila = desk.signed_in("laila")
        assert f"{left} working days left" in words(deadlines_in(laila.get(path(reporter)).text)), today

    # Held on Wednesday 27 August: 21, 22, 25 to 27 stand still; 28, 29 August, 1 to 5 and 8 September remain.
    held = act(
        desk,
        laila,
        reporter,
        new,
        "counting",
        **day_fields("event", date(2025, 8, 1)),
        **day_fields("stop_first", date(2025, 8, 20)),
        **day_fields("stop_last", date(2025, 8, 27)),
        stop="conciliation_requested",
        stop_evidence="Minutes",
        count_reason="It was held",
    )
    assert held.status_code == 303, said(held.text)
    (last,) = binding(desk, reporter)
    assert (last.last_on, last.latest_on) == (date(2025, 9, 8), date(2025, 9, 8))
    page = words(laila.get(path(reporter, last)).text)
    assert "stands still from 21 August 2025 to 27 August 2025, then 8 working days left" in page


def test_scenario_2_a_cafe_refuses_a_trans_woman_entry(desk: Desk) -> None:
    """Nine months (Ley 4/2023 art. 81 and Ley 23/2018 art. 64) come before one year (Ley 15/2022 art. 51)."""
    reporter = desk.a_case(
        "laila",
        **told_on(
            date(2026, 11, 20),
            act_codes=("entry_refused",),
            area_code="premises_leisure",
            ground_codes=("gender_identity",),
        ),
    )
    laila = desk.signed_in("laila")
    page = words(laila.get(f"{path(reporter)}/limits").text)
    proposed, _, untied = page.partition("May run in any matter")
    for code in ("sanction_l4_2023", "sanction_cv_lgtbi", "sanction_cv_trans", "venue_admission"):
        assert route_name(code) in proposed, code
    assert route_name("sanction_l15") in untied
    chosen = ("venue_admission", "sanction_l15", "sanction_l4_2023", "crime_512")
    kept = scan(desk, laila, reporter, date(2026, 11, 20), *chosen)
    first = kept[0]
    assert (first.route_code, first.label, first.last_on) == ("sanction_l4_2023", "minor", date(2027, 8, 19))
    assert desk.case(reporter).limit_on == first.last_on
    shown = words(deadlines_in(laila.get(path(reporter)).text))
    assert shown.index(route_name("sanction_l4_2023")) < shown.index(route_name("sanction_l15"))
    others = words(laila.get(path(reporter, first)).text.partition('id="others"')[2])
    assert "serious : 19 November 2028" in others and "very serious : 19 November 2029" in others

    without_reason = act(
        desk, laila, reporter, first, "counting", label="serious", **day_fields("event", date(2026, 11, 20))
    )
    assert without_reason.status_code == 422 and binding(desk, reporter)[0].id == first.id
    answer = act(
        desk,
        laila,
        reporter,
        first,
        "counting",
        label="serious",
        count_reason="A refusal at the door is a serious infraction here",
        **day_fields("event", date(2026, 11, 20)),
    )
    assert answer.status_code == 303, said(answer.text)
    old = next(row for row in rows(desk, reporter) if row.id == first.id)
    assert (old.state, old.label, old.last_on) == ("superseded", "minor", date(2027, 8, 19))
    new = next(row for row in binding(desk, reporter) if row.replaces == old.id)
    assert (new.label, new.last_on) == ("serious", date(2028, 11, 19))
    page = words(laila.get(path(reporter, new)).text)
    assert "A refusal at the door" in page
    assert "another counting took its place: Laila Imaginaria, 23 Nov 2026" in page
    assert desk.case(reporter).limit_on == date(2027, 11, 19)  # now the year of Ley 15/2022


def test_scenario_3_a_municipal_benefit_is_refused(desk: Desk) -> None:
    """LJCA art. 115: ten days, and August counts (art. 128.2); LJCA art. 46.1: two months, and it does not.

    Notified on Tuesday 28 July 2026: 29, 30, 31 July, 3 to 7, 10 and 11 August are ten working days; two
    months without August end on 28 October.
    """
    at(desk, date(2026, 7, 29))
    reporter = desk.a_case(
        "amparo",
        city=True,
        **told_on(date(2026, 7, 28), act_codes=("service_refused",), area_code="social_protection"),
    )
    amparo = desk.signed_in("amparo")
    page = words(amparo.get(f"{path(reporter)}/limits").text)
    assert route_name("court_admin_fundamental") in page.partition("May run in any matter")[0]
    kept = scan(desk, amparo, reporter, date(2026, 7, 28), "court_admin_fundamental", "court_admin")
    assert [(row.route_code, row.last_on) for row in kept] == [
        ("court_admin_fundamental", date(2026, 8, 11)),
        ("court_admin", date(2026, 10, 28)),
    ]
    first, second = deadlines_in(amparo.get(path(reporter)).text).split("<li>")[1:3]
    assert RED in first and RED not in second

"""A period that somebody set is counted, confirmed, warned of and ended as any other clock."""

from datetime import date
from typing import Any

import pytest

from tests.casework.deadlines.clocks import (
    act,
    at,
    binding,
    day_fields,
    name_lawyer,
    path,
    scan,
    sealed_words,
    told_on,
    version,
)
from tests.casework.deadlines.feeds import calendar, made
from tests.casework.desk import CLOSING, Desk, mistakes, said

NOTIFIED = date(2026, 11, 20)
BY_WHOM = "Juzgado Social 3, subsanar la demanda"


def fields(desk: Desk, reporter: Any, procedure: str, on: date, **form: Any) -> dict[str, Any]:
    return {
        "version": version(desk, reporter),
        "set_by": BY_WHOM,
        "period_evidence": "Cédula",
        "procedure": procedure,
        "unit": "working_day",
        **day_fields("runs_from", on),
        **form,
    }


def test_a_period_is_counted_as_its_procedure_says(desk: Desk) -> None:
    """Ley 39/2015 art. 30.2, LOPJ arts. 182-183, LEC art. 130.2; 6 January and 25 December are off anyway."""
    at(desk, date(2026, 12, 21))
    reporter, laila = desk.a_case("laila", **told_on(NOTIFIED)), desk.signed_in("laila")
    notified = date(2026, 12, 18)  # a Friday
    told = [
        ("administrative", {"length": "10", "seat": "own"}, date(2027, 1, 5)),  # 21-24, 28-31, 4-5
        ("court_urgent", {"length": "10"}, date(2027, 1, 5)),  # the same days
        ("court", {"length": "10"}, date(2027, 1, 15)),  # 21-23 December, 7-8 and 11-15 January
        ("other", {"length": "30", "unit": "natural_day"}, date(2027, 1, 17)),  # a Sunday, which stays
        ("administrative", {"length": "1", "unit": "month"}, date(2027, 1, 18)),
        ("court", day_fields("last_day", date(2027, 1, 23)), date(2027, 1, 23)),  # a Saturday, as told
    ]
    for procedure, form, due in told:
        before = {row.id for row in binding(desk, reporter)}
        answer = laila.post(
            f"{path(reporter)}/period", data=fields(desk, reporter, procedure, notified, **form)
        )
        assert answer.status_code == 303, said(answer.text)
        (new,) = [row for row in binding(desk, reporter) if row.id not in before]
        assert (new.last_on, new.state, new.route_code) == (due, "computed", "set_period"), (procedure, form)
    assert len(sealed_words(desk, reporter)) == 2 * len(told)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"length": "10", **day_fields("last_day", date(2026, 12, 11))}, "length"),
        ({"length": ""}, "length"),
        ({"length": "0"}, "length"),
        ({"length": "10", "procedure": "other"}, "unit"),
        ({"length": "10", **day_fields("runs_from", date(2027, 11, 20))}, "runs_from"),
    ],
)
def test_a_period_that_cannot_be_is_not_kept_and_nothing_typed_is_lost(
    desk: Desk, form: dict[str, str], field: str
) -> None:
    reporter, laila = desk.a_case("laila", **told_on(NOTIFIED)), desk.signed_in("laila")
    asked = {**fields(desk, reporter, "administrative", NOTIFIED), **form}
    answer = laila.post(f"{path(reporter)}/period", data=asked)
    assert answer.status_code == 422 and len(mistakes(answer.text)) == 1
    assert f'href="#{field}"' in answer.text and BY_WHOM in answer.text
    assert not binding(desk, reporter)


def test_a_last_day_that_was_told_stays_when_it_is_counted_anew(desk: Desk) -> None:
    """The paper says 20 December, a Sunday; that it was notified two days later moves nothing."""
    reporter, laila = desk.a_case("laila", **told_on(NOTIFIED)), desk.signed_in("laila")
    told = day_fields("last_day", date(2026, 12, 20))
    form = fields(desk, reporter, "administrative", date(2026, 11, 18), **told)
    assert laila.post(f"{path(reporter)}/period", data=form).status_code == 303
    (row,) = binding(desk, reporter)
    assert 'name="stop"' not in laila.get(path(reporter, row)).text
    anew = {"count_reason": "Fecha mal leída", **day_fields("event", NOTIFIED)}
    assert act(desk, laila, reporter, row, "counting", **anew).status_code == 303
    (new,) = binding(desk, reporter)
    assert (new.last_on, new.latest_on, new.counted_from) == (
        date(2026, 12, 20),
        date(2026, 12, 20),
        NOTIFIED,
    )
    assert (new.start_code, new.procedure_code) == ("last_day_told", "administrative")


def test_a_period_takes_neither_the_first_limit_nor_the_look_at_limits_away(desk: Desk) -> None:
    """Dismissed on 20 November: twenty working days end on 21 December (LRJS art. 103)."""
    reporter = desk.a_case("laila", **told_on(NOTIFIED, act_codes=("dismissed",)))
    laila = desk.signed_in("laila")
    first = desk.case(reporter).limit_on
    assert first == date(2026, 12, 21)
    for last, limit_on in ((date(2027, 1, 20), first), (date(2026, 12, 1), date(2026, 12, 1))):
        told = day_fields("last_day", last)
        form = fields(desk, reporter, "other", NOTIFIED, **told)
        assert laila.post(f"{path(reporter)}/period", data=form).status_code == 303
        assert desk.case(reporter).limit_on == limit_on
        assert "Nobody has looked yet which time limits run" in said(laila.get(path(reporter)).text)
    (early, _) = binding(desk, reporter)
    met = {"met_evidence": "Registro 1", **day_fields("met_on", date(2026, 11, 23))}
    assert act(desk, laila, reporter, early, "meeting", **met).status_code == 303
    assert desk.case(reporter).limit_on == first
    scan(desk, laila, reporter, None, reason="No dismissal.")
    assert desk.case(reporter).limit_on == date(2027, 1, 20)
    assert "Nobody has looked yet" not in said(laila.get(path(reporter)).text)


def test_a_period_lives_as_any_other_clock(desk: Desk) -> None:
    """Ten working days from 20 November: 23-27 November and 30 November to 4 December."""
    reporter, laila = desk.a_case("laila", **told_on(NOTIFIED)), desk.signed_in("laila")
    name_lawyer(desk)
    address = made(desk)
    form = fields(desk, reporter, "administrative", NOTIFIED, length="10", seat="own")
    assert laila.post(f"{path(reporter)}/period", data=form).status_code == 303
    (row,) = binding(desk, reporter)
    assert row.last_on == desk.case(reporter).limit_on == date(2026, 12, 4)
    assert BY_WHOM in said(laila.get(path(reporter, row)).text)
    stop = {
        "stop": "other_suspension",
        "stop_evidence": "Auto",
        "count_reason": "Suspendido",
        **day_fields("event", NOTIFIED),
        **day_fields("stop_first", date(2026, 11, 23)),
        **day_fields("stop_last", date(2026, 11, 24)),
    }
    assert act(desk, laila, reporter, row, "counting", **stop).status_code == 303
    (anew,) = binding(desk, reporter)
    assert (anew.last_on, anew.count, anew.route_code) == (date(2026, 12, 9), 10, "set_period")  # 7 and 9
    assert act(desk, laila, reporter, anew, "confirming").status_code == 303
    (told,) = calendar(desk, address).walk("VEVENT")
    assert (told.decoded("DTSTART"), str(told["STATUS"])) == (date(2026, 12, 9), "CONFIRMED")
    closing = {"version": version(desk, reporter), **CLOSING}
    refused = laila.post(f"{path(reporter)}/closing", data=closing)
    assert refused.status_code == 409 and 'name="despite_deadlines"' in refused.text
    met = {"met_evidence": "Registro 1", **day_fields("met_on", date(2026, 11, 23))}
    assert act(desk, laila, reporter, anew, "meeting", **met).status_code == 303
    assert not binding(desk, reporter)

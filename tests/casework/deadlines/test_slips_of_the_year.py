"""A year written wrongly never gives a comfortable day: nothing that counts a clock lies ahead of today."""

from datetime import date, timedelta

from casework.deadlines.recounting import LONG_AGO, NOT_YET, TOO_FAR_AHEAD
from office.deadlines.warnings import guidance_for, told_on
from office.handover.report import When
from tests.casework.deadlines.clocks import act, case_with_clock, day_fields, path, rows, version
from tests.casework.desk import CITY, Desk, mistakes

TODAY = date(2026, 11, 23)


def test_a_day_to_come_starts_no_clock_and_everything_typed_comes_back(desk: Desk) -> None:
    """Counted from 1 March 2027 civil tort would seem to last until 1 March 2028."""
    reporter, laila, row = case_with_clock(desk)
    assert desk.clock.now().date() == TODAY
    scan = {
        "version": version(desk, reporter),
        "route": ["civil_tort"],
        "scan_reason": "Kept as it was typed",
        **day_fields("event", date(2026, 11, 20)),
    }
    slips = [
        ("event", date(2027, 3, 1)),
        ("event", TODAY + timedelta(days=1)),
        ("event_until", date(2027, 11, 22)),
        ("from_notification_date", date(2036, 11, 20)),
    ]
    for name, slip in slips:
        answer = laila.post(f"{path(reporter)}/limits", data={**scan, **day_fields(name, slip)})
        assert answer.status_code == 422, (name, slip)
        assert mistakes(answer.text) == [NOT_YET]
        assert "Kept as it was typed" in answer.text and f'value="{slip.year}"' in answer.text
    for name, slip in slips[:3]:
        form = {
            "count_reason": "Also kept",
            **day_fields("event", date(2026, 11, 20)),
            **day_fields(name, slip),
        }
        answer = act(desk, laila, reporter, row, "counting", **form)
        assert (answer.status_code, mistakes(answer.text)) == (422, [NOT_YET]), name
        assert "Also kept" in answer.text
    assert [one.id for one in rows(desk, reporter)] == [row.id]
    today = act(desk, laila, reporter, row, "counting", count_reason="Today", **day_fields("event", TODAY))
    assert today.status_code == 303


def test_a_suspension_neither_begins_nor_ends_in_a_year_written_wrongly(desk: Desk) -> None:
    reporter, laila, row = case_with_clock(desk)
    form = {
        "stop": "other_suspension",
        "stop_evidence": "Notice",
        "count_reason": "Named by the law",
        **day_fields("event", date(2026, 11, 20)),
        **day_fields("stop_first", date(2026, 11, 22)),
        **day_fields("stop_last", date(2026, 12, 10)),
    }
    for name, slip, told in (
        ("stop_first", date(2026, 11, 24), NOT_YET),
        ("stop_last", date(2027, 12, 10), TOO_FAR_AHEAD),
    ):
        answer = act(desk, laila, reporter, row, "counting", **{**form, **day_fields(name, slip)})
        assert (answer.status_code, mistakes(answer.text)) == (422, [told])
    assert act(desk, laila, reporter, row, "counting", **form).status_code == 303


def test_a_day_of_long_ago_is_pointed_out_and_kept_if_it_is_right(desk: Desk) -> None:
    reporter, laila, row = case_with_clock(desk)
    form = {"count_reason": "Told later", **day_fields("event", date(2006, 11, 20))}
    answer = act(desk, laila, reporter, row, "counting", **form)
    assert answer.status_code == 422 and LONG_AGO in mistakes(answer.text)
    assert 'name="old_days"' in answer.text and "Told later" in answer.text
    assert act(desk, laila, reporter, row, "counting", old_days="yes", **form).status_code == 303


def test_no_limit_is_told_from_a_day_to_come() -> None:
    assert told_on(When(kind="day", day=TODAY + timedelta(days=1)), TODAY) is None
    assert told_on(When(kind="month", month="2027-01"), TODAY) is None
    assert told_on(When(kind="day", day=TODAY), TODAY) is not None
    ahead = guidance_for(CITY, {"acts": ["dismissed"]}, When(kind="day", day=date(2036, 1, 1)), TODAY)
    assert ahead.counted_from is None and all(one.until is None for one in ahead.warned)

"""Which days are warned of, and when: the calendar rings and a mail goes, and of a day that moves neither."""

from datetime import date, datetime, time

from icalendar import Calendar

from casework.deadlines.rules import ALERTS
from office.ids import shown
from tests.casework.deadlines.clocks import act, at, binding, day_fields, path, scan, told_on, with_clocks
from tests.casework.deadlines.feeds import made
from tests.casework.deadlines.reminding import DAYS, letters, remind, wants
from tests.casework.deadlines.strict_calendar import components
from tests.casework.desk import Desk, said
from tests.casework.notices.post_office import mail_server


def test_the_calendar_rings_on_the_first_day_of_each_warning_and_on_the_last_day(desk: Desk) -> None:
    """LJCA art. 115: ten working days from 20 November are over on Friday 4 December 2026.

    Five are left after Friday 27 November (30 November to 4 December), two after Wednesday 2 December. Ten
    were left after 20 November, which is past. The year ends on 20 November 2027: 60, 30 and 7 days before
    are 21 September, 21 October and 13 November. It rings at nine.
    """
    reporter = with_clocks(desk, "laila")
    address = made(desk)
    told = desk.stranger().get(address).content
    short, year = components(told)
    assert [one["TRIGGER"] for one in short["alarms"]] == ["-P6DT15H", "-P1DT15H", "PT9H"]
    assert [one["TRIGGER"] for one in year["alarms"]] == ["-P59DT15H", "-P29DT15H", "-P6DT15H", "PT9H"]
    title = f"Case {shown(reporter.case_number)}: deadline\\, not confirmed"
    assert {one["DESCRIPTION"] for one in (*short["alarms"], *year["alarms"])} == {title}
    (first, _) = Calendar.from_ical(told).walk("VEVENT")
    begins = datetime.combine(first.decoded("DTSTART"), time())
    rings = [(begins + one.decoded("TRIGGER")).isoformat() for one in first.walk("VALARM")]
    assert rings == ["2026-11-27T09:00:00", "2026-12-02T09:00:00", "2026-12-04T09:00:00"]
    desk.clock.move(days=9)  # 2 December: what is past rings no more, what is today still does
    short, _ = components(desk.stranger().get(address).content)
    assert [one["TRIGGER"] for one in short["alarms"]] == ["-P1DT15H", "PT9H"]


def test_nobody_is_warned_of_a_day_that_moves_or_of_what_an_authority_has_to_do(desk: Desk) -> None:
    """Ley 1/1996 art. 16: free legal aid was asked for yesterday, and nobody knows when it is decided.

    The ten days before a court would have warnings on 27 November and 2 December, and end on the 4th.
    """
    reporter = with_clocks(desk, "laila")
    wants(desk)
    form = {
        "stop": "legal_aid_requested",
        **day_fields("stop_first", date(2026, 11, 22)),
        "stop_evidence": "Request 1",
        "count_reason": "Asked for",
        **day_fields("event", date(2026, 11, 20)),
    }
    short, year = binding(desk, reporter)
    assert act(desk, desk.signed_in("laila"), reporter, short, "counting", **form).status_code == 303
    moving = next(one for one in binding(desk, reporter) if one.replaces)
    address = made(desk)
    found = {one["UID"]: one for one in components(desk.stranger().get(address).content)}
    assert found[f"{moving.clock_id}@convivencia"]["alarms"] == []
    assert len(found[f"{year.clock_id}@convivencia"]["alarms"]) == 4
    with desk.writing() as session:
        row = session.merge(year)
        row.kind, row.last_on = "answer_due", date(2026, 12, 4)
        session.add(row)
    found = {one["UID"]: one for one in components(desk.stranger().get(address).content)}
    assert found[f"{year.clock_id}@convivencia"]["alarms"] == []
    with mail_server() as server:
        for on in (date(2026, 11, 27), date(2026, 12, 4), date(2026, 12, 5)):
            remind(desk, server, on)
        assert server.letters == []


def test_a_clock_that_stood_still_is_warned_of_again_when_it_goes_on(desk: Desk) -> None:
    """ET art. 59.3, LRJS art. 65.1: dismissed on 2 November, conciliation asked for on Thursday the 26th.

    3 to 6, 9 to 13, 16 to 20, 23 to 26 November are 18 of twenty days; two are left. It stands still for
    fifteen working days at most: 27, 30 November, 1 to 4, 7, 9 to 11 and 14 to 18 December. So it goes on on
    the 19th, and ends with Monday the 21st and Tuesday the 22nd.
    """
    reporter = desk.a_case("laila", **told_on(date(2026, 11, 2)))
    at(desk, date(2026, 11, 26))
    laila = desk.signed_in("laila")
    wants(desk)
    (row,) = scan(desk, laila, reporter, date(2026, 11, 2), "labour_dismissal")
    form = {
        "stop": "conciliation_requested",
        **day_fields("stop_first", date(2026, 11, 26)),
        "stop_evidence": "Entry",
        "count_reason": "Asked for",
        **day_fields("event", date(2026, 11, 2)),
    }
    assert act(desk, laila, reporter, row, "counting", **form).status_code == 303
    near, last = [DAYS["near"] + "1"], [DAYS["today"] + "1"]
    with mail_server() as server:
        for month, day, sent in (
            (11, 26, [near]),
            (11, 27, [near]),
            (12, 18, [near]),
            (12, 19, [near, near]),
            (12, 21, [near, near]),
            (12, 22, [near, near, last]),
        ):
            remind(desk, server, date(2026, month, day))
            assert letters(server) == sent, (month, day)
    at(desk, date(2026, 12, 18))
    address = made(desk)
    at(desk, date(2026, 12, 19))
    (found,) = components(desk.stranger().get(address).content)
    assert [one["TRIGGER"] for one in found["alarms"]] == ["-P2DT15H", "PT9H"]


def test_a_day_that_binds_again_is_warned_of_again_and_an_authoritys_is_not(desk: Desk) -> None:
    reporter = with_clocks(desk, "laila")
    wants(desk)
    short, year = binding(desk, reporter)
    at(desk, date(2026, 12, 4))
    laila = desk.signed_in("laila")
    noted = {"missed_incident": "Nadie miró el calendario."}
    with mail_server() as server:
        remind(desk, server, date(2026, 12, 4))
        assert act(desk, laila, reporter, short, "missing", **noted).status_code == 303
        remind(desk, server, date(2026, 12, 4), at="11:00")
        assert letters(server) == [[DAYS["today"] + "1"]]
        asked = f"{path(reporter)}/taking-back/{short.id}"
        assert "in lists, warnings and reminders" in said(laila.get(asked).text)
        slip = {"version": str(desk.case(reporter).version), "back_why": "Era otro plazo."}
        assert laila.post(asked, data=slip).status_code == 303
        for hour in ("11:10", "11:20"):
            remind(desk, server, date(2026, 12, 4), at=hour)
        assert letters(server) == [[DAYS["today"] + "1"]] * 2
    with desk.writing() as session:
        row = session.merge(year)
        row.kind = "answer_due"
        session.add(row)
    met = {"met_evidence": "Registro 12", **day_fields("met_on", date(2026, 12, 4))}
    assert act(desk, laila, reporter, year, "meeting", **met).status_code == 303
    page = said(laila.get(f"{path(reporter)}/taking-back/{year.id}").text)
    assert "nobody is warned of it" in page and "warnings and reminders" not in page


def test_every_warning_comes_before_the_last_day() -> None:
    assert all(days == tuple(sorted(set(days), reverse=True)) and min(days) > 0 for days in ALERTS.values())

"""By whose days off a clock is counted: those of where the court or authority sits, and no others."""

from datetime import date

from sqlalchemy import text
from sqlmodel import select

from casework.cases.tables import CaseFile
from casework.deadlines.conditions import has_passed_deadline
from casework.deadlines.pages import ASK_SEAT
from casework.deadlines.seats import NOT_ASKED, NOT_KNOWN
from casework.deadlines.tables import Deadline
from casework.deadlines.weekly import week_of
from office.stores.migrate import downgrade, upgrade
from tests.casework.deadlines.clocks import (
    act,
    at,
    binding,
    case_with_clock,
    day_fields,
    deadlines_in,
    name_lawyer,
    path,
    rows,
    scan,
    told_on,
    version,
    words,
)
from tests.casework.deadlines.feeds import calendar, made
from tests.casework.desk import CITY, Desk, said
from tests.casework.queues.test_cover import away

DISMISSED = date(2027, 1, 4)


def days_of_feed(desk: Desk, address: str) -> list[date]:
    return [one.decoded("DTSTART") for one in calendar(desk, address).walk("VEVENT")]


def test_a_clock_of_an_unknown_seat_has_the_earliest_day_and_says_so(desk: Desk) -> None:
    """Friday 22 January 2027 is off in València only (LOPJ art. 182.1): 2 February elsewhere, 3 there."""
    at(desk, date(2027, 1, 8))
    reporter = desk.a_case("laila", **told_on(DISMISSED))
    laila = desk.signed_in("laila")
    (row,) = scan(desk, laila, reporter, DISMISSED, "labour_dismissal", seat="")
    assert (row.seat_code, row.last_on) == ("unknown", date(2027, 2, 2))
    for page in (path(reporter, row), path(reporter)):
        assert NOT_KNOWN in said(laila.get(page).text), page
    form = {"count_reason": "Social court of València", **day_fields("event", DISMISSED)}
    assert act(desk, laila, reporter, row, "counting", **form, seat="nowhere").status_code == 422
    assert act(desk, laila, reporter, row, "counting", **form, seat="own").status_code == 303
    (new,) = binding(desk, reporter)
    assert (new.seat_code, new.last_on, new.replaces) == ("own", date(2027, 2, 3), row.id)
    assert NOT_KNOWN not in said(laila.get(path(reporter)).text)


def test_an_amparo_is_counted_in_madrid_and_only_an_administration_counts_the_home(desk: Desk) -> None:
    """Notified on 9 December 2026: 11 and 25 January by those of Madrid (LOTC arts. 43.2, 44.2, 80)."""
    at(desk, date(2027, 1, 8))
    reporter = desk.a_case("laila", **told_on(date(2026, 9, 9)))
    laila = desk.signed_in("laila")
    form = {
        "version": version(desk, reporter),
        "route": ["amparo", "admin_alzada", "civil_tort"],
        "seat": "own",
        "home": "yes",
        **day_fields("event", date(2026, 9, 9)),
        **day_fields("from_final_judgment_notification", date(2026, 12, 9)),
        **day_fields("from_notification_date", date(2026, 9, 9)),
    }
    assert laila.post(f"{path(reporter)}/limits", data=form).status_code == 303
    kept = {row.route_code: row for row in binding(desk, reporter)}
    amparo, alzada = kept["amparo"], kept["admin_alzada"]
    assert (amparo.seat_code, amparo.counts_home, amparo.last_on) == ("madrid", False, date(2027, 1, 11))
    assert (alzada.counts_home, alzada.last_on) == (True, date(2026, 10, 13))
    assert 'name="seat"' not in laila.get(path(reporter, amparo)).text
    assert 'name="seat"' not in laila.get(path(reporter, kept["civil_tort"])).text
    judicial = {
        "label": "judicial acts (44.2)",
        "count_reason": "A judgment",
        **day_fields("event", date(2026, 12, 9)),
    }
    assert act(desk, laila, reporter, amparo, "counting", **judicial, seat="own").status_code == 303
    new = next(row for row in binding(desk, reporter) if row.route_code == "amparo")
    assert (new.seat_code, new.last_on) == ("madrid", date(2027, 1, 25))


def as_before_seats(desk: Desk, row: Deadline) -> None:
    """Let a clock be one of before seats were asked for, as the store's own change finds it."""
    downgrade("casework", desk.casework_url, "0029_seats")
    before = text("UPDATE deadline SET seat_code = 'unasked' WHERE last_on = :day")
    with desk.writing() as session:
        session.connection().execute(before, {"day": row.last_on.isoformat()})
    upgrade("casework", desk.casework_url)


def test_a_clock_of_before_is_proposed_anew_and_a_confirmed_day_is_not_moved(desk: Desk) -> None:
    at(desk, date(2027, 1, 8))
    reporter = desk.a_case("laila", **told_on(DISMISSED))
    name_lawyer(desk)
    laila, address = desk.signed_in("laila"), made(desk)
    (row,) = scan(desk, laila, reporter, DISMISSED, "labour_dismissal")
    assert days_of_feed(desk, address) == [date(2027, 2, 3)]
    as_before_seats(desk, row)
    page = said(laila.get(path(reporter, row)).text)
    assert NOT_ASKED in page and "Act by 2 February 2027" in page
    assert days_of_feed(desk, address) == [date(2027, 2, 2)]
    refused = act(desk, laila, reporter, row, "confirming")
    assert refused.status_code == 409 and ASK_SEAT in said(refused.text)

    form = {"count_reason": "Court in València", **day_fields("event", DISMISSED), "seat": "own"}
    assert act(desk, laila, reporter, row, "counting", **form).status_code == 303
    (anew,) = binding(desk, reporter)
    assert act(desk, laila, reporter, anew, "confirming").status_code == 303
    as_before_seats(desk, anew)
    assert days_of_feed(desk, address) == [date(2027, 2, 3)], "a lawyer stands for it"
    assert "Act by 2 February 2027" in said(laila.get(path(reporter)).text)
    assert [one.last_on for one in rows(desk, reporter)] == [date(2027, 2, 3)] * 2


def test_lists_counts_and_mails_go_by_the_day_to_act_by(desk: Desk) -> None:
    """Elsewhere than in València Friday 22 January 2027 is worked: 2 February and not the 3rd."""
    at(desk, date(2027, 1, 8))
    reporter = desk.a_case("laila", **told_on(DISMISSED))
    laila = desk.signed_in("laila")
    (row,) = scan(desk, laila, reporter, DISMISSED, "labour_dismissal")
    as_before_seats(desk, row)
    assert desk.case(reporter).limit_on == date(2027, 2, 2)
    away(desk, laila, "pau", date(2027, 1, 8), date(2027, 2, 2))
    assert "2 Feb 2027" in said(desk.signed_in("pau").get("/en/covered").text)
    for today, tab in ((date(2027, 2, 2), "today"), (date(2027, 2, 3), "overdue")):
        at(desk, today)
        laila = desk.signed_in("laila")
        page = laila.get(f"/en/deadlines?which={tab}").text
        assert f"deadlines/{row.id}" in page, tab
        with desk.reading() as session:
            assert week_of(session, today, CITY).counts[tab] == 1
            assert session.exec(select(CaseFile.id).where(has_passed_deadline(today, CITY))).all() == (
                [desk.case(reporter).id] if tab == "overdue" else []
            )


def test_the_calendar_and_the_page_tell_the_same_day_while_a_clock_stands_still(desk: Desk) -> None:
    """LRJS art. 65.1: asked for on 23 November, five working days stand still by the 30th: 29 December."""
    reporter, laila, row = case_with_clock(desk, "labour_dismissal")
    address = made(desk)
    form = {
        "stop": "conciliation_requested",
        "stop_evidence": "Entry",
        "count_reason": "Asked for",
        **day_fields("event", date(2026, 11, 20)),
        **day_fields("stop_first", date(2026, 11, 23)),
    }
    assert act(desk, laila, reporter, row, "counting", **form).status_code == 303
    assert days_of_feed(desk, address) == [date(2026, 12, 21)]
    at(desk, date(2026, 11, 30))
    assert binding(desk, reporter)[0].last_on == date(2026, 12, 21)
    assert "29 December 2026" in said(desk.signed_in("laila").get("/en/deadlines").text)
    assert days_of_feed(desk, address) == [date(2026, 12, 29)]


def test_an_earlier_day_that_comes_only_while_the_clock_stands_still_is_told(desk: Desk) -> None:
    """Dismissed on 10 December, conciliation asked for on the 28th: eleven days of twenty (LRJS art. 65.1).

    29-31 December, 4-5, 7-8, 11-15 and 18-20 January are the fifteen that stand still. Elsewhere than in
    València Friday 22 January is worked: 21-22, 25-29 January and 1-2 February.
    """
    at(desk, date(2026, 12, 28))
    reporter = desk.a_case("laila", **told_on(date(2026, 12, 10)))
    laila, address = desk.signed_in("laila"), made(desk)
    (row,) = scan(desk, laila, reporter, date(2026, 12, 10), "labour_dismissal")
    form = {
        "stop": "conciliation_requested",
        "stop_evidence": "Entry",
        "count_reason": "Asked for",
        **day_fields("event", date(2026, 12, 10)),
        **day_fields("stop_first", date(2026, 12, 28)),
    }
    assert act(desk, laila, reporter, row, "counting", **form).status_code == 303
    (anew,) = binding(desk, reporter)
    as_before_seats(desk, anew)
    (anew,) = binding(desk, reporter)
    assert (anew.last_on, anew.careful_on, anew.seat_code) == (date(2027, 1, 12), None, "unasked")
    at(desk, date(2027, 1, 21))
    laila = desk.signed_in("laila")
    for page in (path(reporter), path(reporter, anew), "/en/deadlines?which=overdue"):
        shown = said(laila.get(page).text)
        assert "Act by 2 February 2027" in shown, page
    assert days_of_feed(desk, address) == [date(2027, 2, 2)]
    refused = act(desk, laila, reporter, anew, "confirming")
    assert refused.status_code == 409 and ASK_SEAT in said(refused.text)


def test_the_card_of_a_case_shows_every_classification_the_earliest_first(desk: Desk) -> None:
    """Ley 15/2022 art. 51: one, three and four years, whose first day is that of the facts."""
    reporter, laila, row = case_with_clock(desk, "sanction_l15")
    card = words(deadlines_in(laila.get(path(reporter)).text))
    days = ("minor: 19 November 2027", "serious: 19 November 2029", "very serious: 19 November 2030")
    places = [card.index(day) for day in days]
    assert places == sorted(places) and "minor: 19 November 2027 (counted here)" in card
    assert "By classification" not in words(laila.get(path(reporter, row)).text)

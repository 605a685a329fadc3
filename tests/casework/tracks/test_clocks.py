"""A step of a track proposes what may run after it and keeps nothing; a filing offers what it met."""

import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from casework.deadlines.still_open import open_deadlines
from casework.deadlines.weekly import week_of
from tests.casework.deadlines.clocks import act, at, binding, case_with_clock, day_fields, route_name, version
from tests.casework.deadlines.clocks import path as clock_path
from tests.casework.deadlines.feeds import calendar, made
from tests.casework.desk import CITY, Desk, mistakes, said
from tests.casework.residents import Reporter
from tests.casework.taking_back.test_taking_back import back
from tests.casework.tracks.steps import Standing, opened, path, step, walk

FOLLOWING = {
    ("administrative", "resolved", "court_admin_fundamental:"): date(2026, 12, 23),  # ten working days
    ("administrative", "resolved", "admin_alzada:"): date(2027, 1, 11),  # a Saturday and a Sunday later
    ("administrative", "resolved", "court_admin:"): date(2027, 2, 9),
    ("civil", "resolved", "civil_appeal:"): date(2027, 1, 11),
    ("criminal", "resolved", "criminal_reform:"): date(2026, 12, 12),
}
"""Last days after a decision of 9 December 2026 by a court or body nobody knows the place of.

LJCA art. 115.1: 10-11, 14-18 and 21-23 December. LEC arts. 131.2, 458.1, as if it were urgent: 10-11, 14-18,
21-24 and 28-31 December are fifteen; 4-5, 7-8 and 11 January are twenty.
"""


def keep(
    desk: Desk, laila: Any, reporter: Reporter, one: Standing, *names: str, on: date, answers: int = 303
) -> Any:
    form = {"version": version(desk, reporter), "follow": list(names), **day_fields("runs_from", on)}
    answer = laila.post(path(reporter, one, "clocks"), data=form)
    assert answer.status_code == answers, said(answer.text)
    return answer


def begins_on(page: str, day: date) -> bool:
    """Say whether the form that keeps clocks begins with this day."""
    parts = (("day", day.day), ("month", day.month), ("year", day.year))
    return all(re.search(rf'name="runs_from-{name}"[^>]* value="{value}"', page) for name, value in parts)


def resolved(desk: Desk, kind: str) -> tuple[object, object, Standing]:
    reporter, laila, _ = case_with_clock(desk)
    one = opened(desk, laila, reporter, kind)
    walk(desk, laila, reporter, one, "mandate_signed", "filed")
    at(desk, date(2026, 12, 10))
    laila = desk.signed_in("laila")
    answer = step(desk, laila, reporter, one, "resolved", date(2026, 12, 9), result="unfavourable")
    assert answer.status_code == 303
    return reporter, laila, one


@pytest.mark.parametrize("kind", ["administrative", "civil", "criminal"])
def test_a_decision_proposes_its_appeals_and_keeps_none_by_itself(desk: Desk, kind: str) -> None:
    reporter, laila, one = resolved(desk, kind)
    due = {name: day for (track, _, name), day in FOLLOWING.items() if track == kind}
    page = laila.get(path(reporter, one)).text
    assert all(f'value="{name}"' in page for name in due)
    assert [row.route_code for row in binding(desk, reporter)] == ["civil_tort"]
    form = {
        "version": version(desk, reporter),
        "follow": list(due),
        "seat": "unknown",
        **day_fields("runs_from", date(2026, 12, 9)),
    }
    late = {**form, **day_fields("runs_from", date(2027, 12, 9))}
    slip = laila.post(path(reporter, one, "clocks"), data=late)
    assert (slip.status_code, mistakes(slip.text)) == (422, ["Este día aún no ha llegado."])
    assert laila.post(path(reporter, one, "clocks"), data={**form, "follow": []}).status_code == 422
    assert laila.post(path(reporter, one, "clocks"), data=form).status_code == 303
    kept = {f"{row.route_code}:{row.label}": row for row in binding(desk, reporter)}
    assert {name: kept[name].last_on for name in due} == due
    assert {row.state for row in kept.values()} == {"computed"}
    again = laila.get(path(reporter, one)).text
    assert not any(f'value="{name}"' in again for name in due)
    assert desk.events(reporter).count("clocks_kept") == 1


def test_a_filing_proposes_the_day_of_silence_and_its_silence_the_appeals(desk: Desk) -> None:
    """Ley 39/2015 arts. 21.3, 24: three months from 23 November. Its silence is noted a week after their end.

    Both appeals run from the end, 23 February, and not from that day, also when an answer comes late or that
    was noted by mistake: six months without August to 23
    September (LJCA arts. 46.1, 128.2), and ten days (115.1): 24-26 February, 1-5 and 8-9 March.
    """
    reporter, laila, _ = case_with_clock(desk)
    one = opened(desk, laila, reporter, "administrative")
    walk(desk, laila, reporter, one, "mandate_signed", "filed")
    keep(desk, laila, reporter, one, "authority_answer:", on=date(2026, 11, 23))
    at(desk, date(2027, 3, 2))
    laila = desk.signed_in("laila")
    assert step(desk, laila, reporter, one, "silent", date(2027, 3, 2)).status_code == 303
    page = laila.get(path(reporter, one)).text
    assert begins_on(page, date(2027, 2, 23))
    names = ("court_admin:silence", "court_admin_fundamental:silence")
    assert all(f'value="{name}"' in page for name in names)

    due = next(row for row in binding(desk, reporter) if row.route_code == "authority_answer")
    unasked = {"met_evidence": "Registro 7", **day_fields("met_on", date(2026, 11, 22))}
    slip = act(desk, laila, reporter, due, "meeting", **unasked)
    assert slip.status_code == 422 and "23 November 2026" in mistakes(slip.text)[0]
    late = {"met_evidence": "Registro 7", **day_fields("met_on", date(2027, 2, 26))}
    assert act(desk, laila, reporter, due, "meeting", **late).status_code == 303
    assert begins_on(laila.get(path(reporter, one)).text, date(2027, 2, 23)), "an answer that came late"
    assert back(desk, laila, reporter, due.id).status_code == 303
    assert due.id in {row.id for row in binding(desk, reporter)}
    assert begins_on(laila.get(path(reporter, one)).text, date(2027, 2, 23))
    at_the_clock = said(laila.get(clock_path(reporter, due)).text)
    assert "Noted by mistake: The authority answered (Laila" in at_the_clock
    timeline = said(laila.get(clock_path(reporter)).text)
    assert "The authority answered" in timeline and "It was met" not in at_the_clock + timeline

    keep(desk, laila, reporter, one, *names, on=date(2027, 2, 23))
    kept = {f"{row.route_code}:{row.label}": row.last_on for row in binding(desk, reporter)}
    assert [kept[name] for name in ("authority_answer:", *names)] == [
        date(2027, 2, 23),
        date(2027, 9, 23),
        date(2027, 3, 9),
    ]


def test_two_tracks_of_one_day_have_a_clock_each_and_nothing_is_called_kept_that_was_not(desk: Desk) -> None:
    reporter, laila, _ = case_with_clock(desk)
    one, other = (opened(desk, laila, reporter, "administrative") for _ in range(2))
    for track in (one, other):
        walk(desk, laila, reporter, track, "mandate_signed", "filed")
    name, on = "authority_answer:", date(2026, 11, 23)
    keep(desk, laila, reporter, one, name, on=on)
    assert f'value="{name}"' not in laila.get(path(reporter, one)).text
    keep(desk, laila, reporter, one, name, on=on, answers=422)
    keep(desk, laila, reporter, other, name, on=on)
    both = [row for row in binding(desk, reporter) if row.route_code == "authority_answer"]
    assert {row.track_id for row in both} == {one.track.id, other.track.id} and len(both) == 2
    assert desk.events(reporter).count("clocks_kept") == 2

    with desk.writing() as session:  # as clocks of before, of which no track was kept
        session.connection().execute(text("UPDATE deadline SET track_id = NULL"))
    third = opened(desk, laila, reporter, "administrative")
    walk(desk, laila, reporter, third, "mandate_signed", "filed")
    page = laila.get(path(reporter, third)).text
    assert f'value="{name}"' not in page
    assert any(f"deadlines/{row.id}" in page for row in both), "it says which one stands there"
    keep(desk, laila, reporter, third, name, on=on, answers=422)
    assert desk.events(reporter).count("clocks_kept") == 2


def test_what_would_be_kept_twice_is_named_and_linked_from_the_typed_day_too(desk: Desk) -> None:
    reporter, laila, _ = case_with_clock(desk)
    one = opened(desk, laila, reporter, "administrative")
    walk(desk, laila, reporter, one, "mandate_signed", "filed")
    names, on = (
        ("authority_answer:", "court_admin_fundamental:inactivity or optional appeal"),
        date(2026, 11, 20),
    )
    keep(desk, laila, reporter, one, names[0], on=on)
    (row,) = [row for row in binding(desk, reporter) if row.route_code == "authority_answer"]
    page = laila.get(path(reporter, one)).text
    assert f"deadlines/{row.id}" in page, "the filing was on the 23rd, and it says what runs from the 20th"
    assert f'value="{names[0]}"' in page
    again = keep(desk, laila, reporter, one, *names, on=on, answers=422)
    (told,) = mistakes(again.text)
    assert route_name("authority_answer", "es") in told
    assert route_name("court_admin_fundamental", "es") not in told
    met = {"met_evidence": "Registro 7", **day_fields("met_on", date(2026, 11, 23))}
    assert act(desk, laila, reporter, row, "meeting", **met).status_code == 303
    assert f"deadlines/{row.id}" not in laila.get(path(reporter, one)).text
    again = keep(desk, laila, reporter, one, names[0], on=on, answers=422)
    assert f"deadlines/{row.id}" in again.text
    assert "respondió el 23" in mistakes(again.text)[0], "it does not say that it still runs"


def test_a_counting_that_another_took_the_place_of_stands_nowhere_any_more(desk: Desk) -> None:
    reporter, laila, _ = case_with_clock(desk)
    one = opened(desk, laila, reporter, "administrative")
    walk(desk, laila, reporter, one, "mandate_signed", "filed")
    name, on = "authority_answer:", date(2026, 11, 23)
    keep(desk, laila, reporter, one, name, on=on)
    old = next(row for row in binding(desk, reporter) if row.route_code == "authority_answer")
    anew = {"label": "-", "count_reason": "Entró antes.", **day_fields("event", date(2026, 11, 20))}
    assert act(desk, laila, reporter, old, "counting", **anew).status_code == 303
    new = next(row for row in binding(desk, reporter) if row.route_code == "authority_answer")
    page = laila.get(path(reporter, one)).text
    assert f"deadlines/{new.id}" in page and f"deadlines/{old.id}" not in page
    assert f'value="{name}"' in page
    keep(desk, laila, reporter, one, name, on=on)
    kept = [row.counted_from for row in binding(desk, reporter) if row.route_code == "authority_answer"]
    assert sorted(kept) == [date(2026, 11, 20), on]


def test_an_authority_that_does_not_answer_is_nobodys_missed_day(desk: Desk) -> None:
    """Three months from 23 November end on 23 February; LJCA art. 115.1: twenty days to 13 December, and ten.

    14-18, 21-24 and 28 December, without Friday 25.
    """
    reporter, laila, _ = case_with_clock(desk)
    one = opened(desk, laila, reporter, "administrative")
    walk(desk, laila, reporter, one, "mandate_signed", "filed")
    first, address = desk.case(reporter).limit_on, made(desk)
    shortest = "court_admin_fundamental:inactivity or optional appeal"
    assert f'value="{shortest}"' in laila.get(path(reporter, one)).text
    names = ["authority_answer:", shortest]
    form = {
        "version": version(desk, reporter),
        "follow": names,
        **day_fields("runs_from", date(2026, 11, 23)),
    }
    assert laila.post(path(reporter, one, "clocks"), data=form).status_code == 303
    kept = {row.route_code: row for row in binding(desk, reporter)}
    answer, ours = kept["authority_answer"], kept["court_admin_fundamental"]
    assert (answer.last_on, ours.last_on) == (date(2027, 2, 23), date(2026, 12, 28))
    assert f'value="{shortest}"' not in laila.get(path(reporter, one)).text
    assert first != date(2026, 12, 28) == desk.case(reporter).limit_on
    titles = [str(event["SUMMARY"]).partition(": ")[2] for event in calendar(desk, address).walk("VEVENT")]
    assert titles.count("last day for an authority to answer, not confirmed") == 1

    # Reckoned from the appeal it runs from a day to come, which may stay when its seat is told, and no other.
    seat = {"count_reason": "Court of València", "seat": "own"}
    for day, status in ((date(2026, 12, 14), 422), (date(2026, 12, 13), 303)):
        anew = act(desk, laila, reporter, ours, "counting", **seat, **day_fields("event", day))
        assert anew.status_code == status, said(anew.text)
    ours = next(row for row in binding(desk, reporter) if row.route_code == "court_admin_fundamental")
    assert (ours.seat_code, ours.last_on, ours.track_id) == ("own", date(2026, 12, 28), one.track.id)
    # Sent as the page shows it the form changes no classification: that of a request, and not of an appeal.
    shown = laila.get(f"/en/cases/{reporter.case_number}/deadlines/{answer.id}").text
    assert '<option value="-" selected>' in shown and '<option value="reposición">' in shown
    again = {"label": "-", "count_reason": "As before", **day_fields("event", date(2026, 11, 23))}
    assert act(desk, laila, reporter, answer, "counting", **again).status_code == 303
    answer = next(row for row in binding(desk, reporter) if row.route_code == "authority_answer")
    assert (answer.label, answer.last_on) == ("", date(2027, 2, 23))

    for row in (ours, kept["civil_tort"]):
        waived = act(desk, laila, reporter, row, "waiving", waived_by="person", waived_why="No")
        assert waived.status_code == 303
    assert desk.case(reporter).limit_on is None
    assert act(desk, laila, reporter, answer, "missing", missed_incident="Silence").status_code == 404
    assert (
        'name="missed_incident"'
        not in laila.get(f"/en/cases/{reporter.case_number}/deadlines/{answer.id}").text
    )
    at(desk, date(2027, 3, 1))
    laila = desk.signed_in("laila")
    link = f"deadlines/{answer.id}"
    assert link not in laila.get("/en/deadlines?which=overdue").text
    assert link in laila.get("/en/deadlines?which=answers").text
    with desk.reading() as session:
        assert week_of(session, date(2027, 3, 1), CITY).counts["overdue"] == 0
        assert not open_deadlines(session, desk.case(reporter).id), "nothing is in the way of closing"
    card = said(laila.get(f"/en/cases/{reporter.case_number}").text)
    assert "By when an authority has to answer" in card and "23 February 2027" in card

    late = {"met_evidence": "Registro 7", **day_fields("met_on", date(2027, 2, 26))}
    assert act(desk, laila, reporter, answer, "meeting", **late).status_code == 303
    page = said(laila.get(f"/en/cases/{reporter.case_number}/deadlines/{answer.id}").text)
    assert "answered on 26 Feb 2027" in page and "met on" not in page
    assert "authority_answered" in desk.events(reporter) and "deadline_met" not in desk.events(reporter)


def test_an_authoritys_time_is_not_looked_for_in_a_case(desk: Desk) -> None:
    """Of its limits a look would keep the earliest, that of an appeal: a month instead of three."""
    reporter, laila, _ = case_with_clock(desk)
    own = f"/es/cases/{reporter.case_number}/limits"
    page = laila.get(own).text
    assert 'value="authority_answer"' not in page
    form = {
        "version": version(desk, reporter),
        "route": "authority_answer",
        **day_fields("event", date(2026, 11, 2)),
    }
    assert laila.post(own, data=form).status_code == 422


def test_a_filing_offers_to_mark_the_clock_it_met_with_its_number_as_proof(desk: Desk) -> None:
    reporter, laila, row = case_with_clock(desk)
    one = opened(desk, laila, reporter, "civil")
    assert f"deadlines/{row.id}?filed=" not in laila.get(path(reporter, one)).text
    walk(desk, laila, reporter, one, "mandate_signed")
    filed = step(desk, laila, reporter, one, "filed", external_number="PO 118/2026")
    assert filed.status_code == 303
    link = f"/es/cases/{reporter.case_number}/deadlines/{row.id}?filed={one.track.id}"
    assert link in laila.get(path(reporter, one)).text
    page = laila.get(link).text
    assert "Registro · PO 118/2026" in page and "PO 118/2026" not in link
    assert binding(desk, reporter)[0].state == "computed", "looking marks nothing"
    met = {"met_evidence": "Registro · PO 118/2026", **day_fields("met_on", date(2026, 11, 23))}
    assert act(desk, laila, reporter, row, "meeting", **met).status_code == 303
    assert not binding(desk, reporter)
    assert "PO 118/2026" in said(laila.get(f"/es/cases/{reporter.case_number}/deadlines/{row.id}").text)

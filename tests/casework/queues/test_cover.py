"""Who is away, who covers, what the cover sees; untouched cases; the workload."""

from datetime import date, timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casework.cases.tables import CaseFile
from casework.queues.rules import WEIGHTS
from casework.queues.tables import Absence
from office.ids import shown
from tests.casework.conflicts.people import declare
from tests.casework.deadlines.clocks import day_fields, scan, version
from tests.casework.desk import Desk, mistakes, said
from tests.casework.queues.lists import counted, giving, listed, many
from tests.casework.queues.test_lists import change

TODAY = date(2026, 11, 23)


def away(desk: Desk, client: TestClient, cover: str, first: date, last: date, who: str = "") -> object:
    """Note an absence, as the form does."""
    data = {"cover": str(desk.staff_id(cover)), **day_fields("first", first), **day_fields("last", last)}
    return client.post("/en/absences", data={**data, **({"who": str(desk.staff_id(who))} if who else {})})


def absences(desk: Desk) -> list[Absence]:
    with desk.reading() as session:
        return list(session.exec(select(Absence)))


def test_scenario_15_the_cover_sees_the_deadlines_of_the_cases_in_the_span_and_opens_none(desk: Desk) -> None:
    due, calm, later = many(desk, 3)
    laila, pau = desk.signed_in("laila"), desk.signed_in("pau")
    (clock,) = scan(desk, laila, due, date(2026, 11, 20), "labour_dismissal")
    scan(desk, laila, later, date(2026, 11, 20), "civil_tort")
    change(desk, calm, next_on=TODAY + timedelta(days=3), limit_on=None)
    change(desk, later, next_on=TODAY + timedelta(days=90))
    last = clock.last_on
    assert away(desk, laila, "pau", TODAY, last).status_code == 303  # type: ignore[attr-defined]  # an answer
    assert "Covered by me (3)" in said(pau.get("/en/cases").text)
    page = pau.get("/en/covered")
    told = said(page.text)
    for one in (due, calm, later):
        assert shown(one.case_number) in told
        assert f"/cases/{one.case_number}" not in page.text
        assert pau.get(f"/en/cases/{one.case_number}").status_code == 404
    assert [told.index(shown(one.case_number)) for one in (calm, due, later)] == sorted(
        told.index(shown(one.case_number)) for one in (calm, due, later)
    )
    assert told.count("not confirmed") == 1
    assert "26 Nov 2026" in told
    assert "ask a supervisor" in told
    assert "race_ethnicity" not in page.text
    assert listed(pau, "whose=all") == []


def test_a_cover_sees_nothing_before_and_after_the_span_nor_of_what_they_keep_out_of(desk: Desk) -> None:
    walled, fine = many(desk, 2, "pau")
    pau, laila = desk.signed_in("pau"), desk.signed_in("laila")
    assert declare(pau, walled).status_code == 303
    amparo = desk.signed_in("amparo")
    assert amparo.post("/en/giving", data=giving(desk, [walled, fine], "laila")).status_code == 303
    away(desk, laila, "pau", TODAY + timedelta(days=1), TODAY + timedelta(days=2))
    assert "You cover nobody today" in said(pau.get("/en/covered").text)
    desk.clock.move(days=1)
    told = said(desk.signed_in("pau").get("/en/covered").text)
    assert shown(fine.case_number) in told
    assert shown(walled.case_number) not in told
    desk.clock.move(days=2)
    assert "You cover nobody today" in said(desk.signed_in("pau").get("/en/covered").text)


def test_cases_against_the_city_are_shown_only_to_a_cover_who_may_have_them(desk: Desk) -> None:
    amparo, city = desk.signed_in("amparo"), desk.report(city=True)
    amparo.post(f"/en/inbox/{city.case_number}/taking-up", data={"adviser": str(desk.staff_id("amparo"))})
    away(desk, amparo, "pau", TODAY, TODAY, who="amparo")
    assert shown(city.case_number) not in said(desk.signed_in("pau").get("/en/covered").text)
    amparo.post("/en/absences/ending", data={"absence": str(absences(desk)[0].id)})
    away(desk, amparo, "vicent", TODAY, TODAY, who="amparo")
    vicent = desk.signed_in("vicent").get("/en/covered").text
    assert f"/en/cases/{city.case_number}" in vicent
    assert f"adviser={desk.staff_id('amparo')}" in vicent


def test_supervisors_note_anybody_others_themselves_and_the_head_sees_it(desk: Desk) -> None:
    amparo, pau = desk.signed_in("amparo"), desk.signed_in("pau")
    away(desk, amparo, "pau", TODAY, TODAY + timedelta(days=7), who="laila")
    away(desk, pau, "laila", TODAY, TODAY, who="vicent")
    assert [one.staff_id for one in absences(desk)] == [desk.staff_id("laila"), desk.staff_id("pau")]
    page = desk.signed_in("joana").get("/en/absences")
    assert page.status_code == 200
    assert "Laila Imaginaria away now" in said(page.text)
    assert "<form" not in page.text.partition("<main")[2]
    assert desk.signed_in("joana").post("/en/absences", data={}).status_code == 404
    assert "noted who is away and who covers" in said(amparo.get("/en/timeline").text)


def test_one_ends_ones_own_absence_and_a_supervisor_anybodys(desk: Desk) -> None:
    laila, pau = desk.signed_in("laila"), desk.signed_in("pau")
    many(desk, 1)
    away(desk, laila, "pau", TODAY, TODAY)
    own = {"absence": str(absences(desk)[0].id)}
    assert pau.post("/en/absences/ending", data=own).status_code == 404
    assert laila.post("/en/absences/ending", data={"absence": "x"}).status_code == 404
    assert laila.post("/en/absences/ending", data=own).status_code == 303
    assert desk.signed_in("amparo").post("/en/absences/ending", data=own).status_code == 404
    assert "Nobody is away" in said(laila.get("/en/absences").text)
    assert "You cover nobody today" in said(pau.get("/en/covered").text)


@pytest.mark.parametrize(
    ("cover", "first", "last", "told"),
    [
        ("laila", TODAY, TODAY, "Somebody else has to cover."),
        ("pau", TODAY, TODAY - timedelta(days=1), "The last day is before the first."),
        ("pau", TODAY - timedelta(days=9), TODAY - timedelta(days=1), "These days are past."),
        ("pau", TODAY, TODAY + timedelta(days=366), "This is longer than a year."),
    ],
)
def test_an_absence_that_cannot_be_is_told_and_not_kept(
    desk: Desk, cover: str, first: date, last: date, told: str
) -> None:
    answer = away(desk, desk.signed_in("laila"), cover, first, last)
    assert answer.status_code == 422  # type: ignore[attr-defined]  # an answer
    assert mistakes(answer.text) == [told]  # type: ignore[attr-defined]  # an answer
    assert absences(desk) == []


@pytest.mark.parametrize(("first", "last"), [(-2, 0), (4, 9), (1, 2), (-3, 9)])
def test_two_absences_of_one_person_share_no_day_until_one_is_ended(
    desk: Desk, first: int, last: int
) -> None:
    many(desk, 1)
    laila, day = desk.signed_in("laila"), timedelta(days=1)
    assert away(desk, laila, "pau", TODAY, TODAY + 4 * day).status_code == 303  # type: ignore[attr-defined]  # an answer
    again = away(desk, laila, "vicent", TODAY + first * day, TODAY + last * day)
    assert again.status_code == 409  # type: ignore[attr-defined]  # an answer
    sentence = "Some of these days are in an absence that is noted already. End that one first."
    assert mistakes(again.text) == [sentence]  # type: ignore[attr-defined]  # an answer
    assert len(absences(desk)) == 1
    assert "Covered by me (1)" in said(desk.signed_in("pau").get("/en/cases").text)
    away(desk, laila, "vicent", TODAY + 5 * day, TODAY + 9 * day)
    away(desk, desk.signed_in("pau"), "laila", TODAY, TODAY)
    assert len(absences(desk)) == 3
    own = next(one for one in absences(desk) if one.first_on == TODAY and one.last_on > TODAY)
    laila.post("/en/absences/ending", data={"absence": str(own.id)})
    assert away(desk, laila, "vicent", TODAY, TODAY + 4 * day).status_code == 303  # type: ignore[attr-defined]  # an answer


def test_what_its_adviser_has_not_touched_in_three_working_days_is_listed_for_supervisors(
    desk: Desk,
) -> None:
    untouched, noted = many(desk, 2)
    note = {"note": "Llamar el lunes.", "version": version(desk, noted)}
    assert desk.signed_in("laila").post(f"/es/cases/{noted.case_number}/notes", data=note).status_code == 303
    desk.clock.move(days=3)  # Thursday: three working days are not over
    assert listed(desk.signed_in("amparo"), "whose=all&which=untouched") == []
    desk.clock.move(days=1)
    amparo = desk.signed_in("amparo")
    amparo.get(f"/en/cases/{untouched.case_number}")  # that a supervisor looks is not that its adviser does
    assert listed(amparo, "whose=all&which=untouched") == [untouched.case_number]
    assert counted(amparo, "whose=all")["Untouched"] == 1
    assert "Untouched (" not in said(desk.signed_in("laila").get("/en/cases").text)
    data = {"query": "whose=all&which=untouched", "all": "yes"}
    assert "Give 1 case to another adviser" in said(amparo.post("/en/giving", data=data).text)
    assert amparo.post("/en/giving", data=giving(desk, [untouched], "pau")).status_code == 303
    assert desk.case(untouched).assigned_on == TODAY + timedelta(days=4)
    assert listed(amparo, "whose=all&which=untouched") == []
    desk.signed_in("pau").get(f"/en/cases/{untouched.case_number}")
    assert desk.case(untouched).looked_on == TODAY + timedelta(days=4)


def new(client: TestClient, whose: str = "all") -> list[str]:
    """Return the cases that wait for another adviser; the queue and the filter say the same."""
    found = listed(client, f"whose={whose}&state=new")
    assert listed(client, f"whose={whose}&which=conflict") == found
    return found


def test_what_its_adviser_did_nothing_with_waits_for_another_until_somebody_acts(desk: Desk) -> None:
    """Given on Monday; Tuesday, Wednesday and Thursday are the three working days."""
    only_read, noted = many(desk, 2)
    laila = desk.signed_in("laila")
    note = {"note": "Llamar el lunes.", "version": version(desk, noted)}
    assert laila.post(f"/es/cases/{noted.case_number}/notes", data=note).status_code == 303
    laila.get(f"/en/cases/{only_read.case_number}")
    desk.clock.move(days=3)
    assert new(desk.signed_in("amparo")) == []
    desk.clock.move(days=1)
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    limit_on = desk.case(only_read).limit_on
    assert new(laila, "mine") == new(amparo) == [only_read.case_number]
    assert listed(amparo, "whose=all&which=untouched") == [only_read.case_number]
    page = said(
        laila.get(f"/en/cases/{only_read.case_number}").text
    )  # its adviser is told; looking is not doing
    assert "Waits for another adviser" in page and "done nothing with it" in page
    assert new(amparo) == [only_read.case_number] and desk.case(only_read).limit_on == limit_on
    assert amparo.post("/en/giving", data=giving(desk, [only_read], "pau")).status_code == 303
    assert new(amparo) == listed(amparo, "whose=all&which=untouched") == []
    desk.clock.move(days=6)  # Thursday: given on Friday, and Monday to Wednesday are over
    amparo, pau = desk.signed_in("amparo"), desk.signed_in("pau")
    assert new(amparo) == [only_read.case_number]
    note = {"note": "La llamo.", "version": version(desk, only_read)}
    assert pau.post(f"/es/cases/{only_read.case_number}/notes", data=note).status_code == 303
    assert new(amparo) == []  # whoever left it takes it up with whatever they do


def test_while_its_adviser_is_away_with_a_cover_a_case_does_not_return(desk: Desk) -> None:
    (reporter,) = many(desk, 1)
    away(desk, desk.signed_in("laila"), "pau", TODAY, TODAY + timedelta(days=4))  # until Friday
    desk.clock.move(days=4)
    assert new(desk.signed_in("amparo")) == []
    desk.clock.move(days=6)  # Thursday of the week after: Monday to Wednesday are over
    assert new(desk.signed_in("amparo")) == [reporter.case_number]


def test_the_workload_is_weighed_shown_by_name_and_to_supervisors_only(desk: Desk) -> None:
    plain, danger = many(desk, 2)
    desk.a_case("pau")
    laila = desk.signed_in("laila")
    scan(desk, laila, danger, date(2026, 11, 20), "civil_tort")
    change(desk, danger, urgency_code="danger", stage_code="proceedings")
    expected = 2 * WEIGHTS["case"] + WEIGHTS["danger"] + WEIGHTS["deadline"] + WEIGHTS["proceedings"]
    amparo = desk.signed_in("amparo")
    told = said(amparo.get("/en/workload").text)
    assert f"Laila Imaginaria 2 1 1 1 0 0 0 {expected}" in told
    names = ("Amparo", "Laila", "Pau", "Vicent")
    assert [told.index(name) for name in names] == sorted(told.index(name) for name in names)
    for page in (
        amparo.get(f"/en/cases/{plain.case_number}/adviser"),
        amparo.post("/en/giving", data={"case": [plain.case_number]}),
    ):
        assert "(1 open case, weight 1)" in said(page.text)
    assert laila.get("/en/workload").status_code == 404
    assert "weight" not in said(laila.get(f"/en/cases/{plain.case_number}/adviser").text)
    with desk.reading() as session:
        assert len(session.exec(select(CaseFile)).all()) == 3


def test_an_absence_hides_nothing_that_waited_already_nor_what_its_cover_cannot_see(desk: Desk) -> None:
    """Given on Monday, returned on Friday; then its adviser is away for three weeks, covered by Pau."""
    waited, given_late = many(desk, 2)
    apart = desk.a_case("vicent", city=True)
    change(desk, given_late, assigned_on=TODAY + timedelta(days=4))
    desk.clock.move(days=4)
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    assert set(new(amparo)) == {waited.case_number, apart.case_number}
    first, last = TODAY + timedelta(days=4), TODAY + timedelta(days=25)
    away(desk, laila, "pau", first, last)
    away(desk, desk.signed_in("vicent"), "pau", first, last, "vicent")
    desk.clock.move(days=10)
    still = set(new(desk.signed_in("amparo")))  # the third was given on the day the absence began
    assert still == {waited.case_number, apart.case_number}, "whoever covers cannot see the one of the city"


def test_that_somebody_gave_themselves_a_case_is_no_act(desk: Desk) -> None:
    reporter = desk.report()
    own = {"adviser": str(desk.staff_id("amparo"))}
    taken = desk.signed_in("amparo").post(f"/es/inbox/{reporter.case_number}/taking-up", data=own)
    assert taken.status_code == 303
    desk.clock.move(days=4)
    assert new(desk.signed_in("amparo")) == [reporter.case_number]

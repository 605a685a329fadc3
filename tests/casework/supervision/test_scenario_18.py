"""Scenario 18: how the team is doing, without ranking anybody, and closures that are looked at again."""

import hashlib
import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import select
from starlette.testclient import TestClient

from casework.cases.tables import CaseFile, CaseKeyGrant
from casework.supervision.rules import Sent, Turn, Wait, aged, answers, drawn, waited
from casework.supervision.tables import ClosureReview, ClosureSample
from office.stores import grants as wall
from tests.casework.deadlines.clocks import at, day_fields, scan, version
from tests.casework.desk import Desk, Reporter, said
from tests.casework.tasks.todo import tasks
from tests.casework.tracks import steps as tracks
from tests.casework.walls.rising import declare, path, wall_off

TODAY = date(2026, 11, 23)


def change(desk: Desk, reporter: Reporter, **columns: object) -> None:
    with desk.writing() as session:
        wanted = select(CaseFile).where(CaseFile.reference == reporter.case_number)
        case = session.exec(wanted).one()
        for name, value in columns.items():
            setattr(case, name, value)


def taken(desk: Desk, who: TestClient, adviser: str, **report: Any) -> Reporter:
    """A case taken up by somebody who is signed in already."""
    reporter = desk.report(**report)
    given = {"adviser": str(desk.staff_id(adviser))}
    assert who.post(f"/es/inbox/{reporter.case_number}/taking-up", data=given).status_code == 303
    return reporter


def close(desk: Desk, by: str, one: Reporter, second: str = "amparo", **more: str) -> None:
    desk.close_case(one, by, second, **more)


def waits_for(desk: Desk, who: TestClient, one: Reporter, actor: str, by: date) -> None:
    form = {"version": version(desk, one), "actor": actor, "next_text": "Espera.", **day_fields("by", by)}
    assert who.post(f"/es/cases/{one.case_number}/next-action", data=form).status_code == 303


def write(who: TestClient, one: Reporter) -> None:
    answer = who.post(f"/es/cases/{one.case_number}/messages", data={"message": "Te escuchamos."})
    assert answer.status_code == 303


def reviews(desk: Desk) -> dict[UUID, ClosureReview]:
    with desk.reading() as session:
        return {row.case_id: row for row in session.exec(select(ClosureReview))}


def test_scenario_18_load_ageing_holds_and_answers_are_the_teams(desk: Desk) -> None:
    amparo = desk.signed_in("amparo")
    plain, held, before_court = (taken(desk, amparo, "laila") for _ in range(3))
    city = taken(desk, amparo, "vicent", city=True)
    change(desk, plain, opened_on=TODAY - timedelta(days=31))
    change(desk, city, opened_on=TODAY - timedelta(days=400))
    waits_for(desk, amparo, held, "body", TODAY)
    scan(desk, amparo, held, date(2026, 11, 20), "civil_tort")  # its deadline runs on
    track = tracks.opened(desk, amparo, before_court, "civil")
    tracks.walk(desk, amparo, before_court, track, "mandate_signed", "filed")

    told = said(amparo.get("/en/workload").text)
    # Two cases, none urgent, a deadline of the one on hold, none in proceedings, a track, no hearing, one on
    # hold:
    # 2 cases + 1 deadline + 1 track + 2 for the track that lies before a court = 6.
    assert "Laila Imaginaria 2 0 1 0 1 0 1 6" in told
    page = said(amparo.get("/en/supervision").text)
    assert "0 to 30 1 31 to 90 1 91 to 180 0 181 to 365 0 366 or more 1 1 more is on hold" in page
    for name in ("Laila", "Pau", "Vicent"):  # nobody is named beside a figure
        assert name not in page.partition("Closures looked at again")[0]

    assert (
        amparo.post(f"/es/cases/{plain.case_number}/messages", data={"message": "Hola."}).status_code == 303
    )
    desk.write_back(plain, "¿Y ahora?")
    desk.write_back(held, "Nadie lo ha abierto.")
    amparo.get(f"/es/cases/{plain.case_number}")
    at(desk, TODAY + timedelta(days=1))
    amparo, vicent = desk.signed_in("amparo"), desk.signed_in("vicent")
    write(amparo, plain)
    page = said(amparo.get("/en/supervision").text)
    assert "First answer 0 1 1 3 0" in page  # answered the same day; three wait, and not too long yet
    assert "Answer to a message 1 1 1 1 0" in page  # the next day; the other message is not opened
    assert "5 working days after the week in which somebody wrote" in page
    assert "0 to 30 2 31 to 90 1" in page  # the day of the other body is past: nobody is waited for any more
    _keep_out(desk, "vicent", city)
    assert "366 or more 0" in said(vicent.get("/en/supervision").text)  # walled: not even in a count
    assert desk.signed_in("laila").get("/en/supervision").status_code == 404


def _keep_out(desk: Desk, name: str, reporter: Reporter) -> None:
    """Take the key of a case from somebody, as a wall does."""
    with desk.writing() as session:
        own = desk.case(reporter).id
        for grant in session.exec(select(CaseKeyGrant).where(CaseKeyGrant.case_id == own)):
            if grant.holder_id == desk.staff_id(name):
                grant.revoked_on = TODAY


def test_scenario_18_a_tenth_of_each_months_closures_is_looked_at_by_somebody_else(desk: Desk) -> None:
    amparo = desk.signed_in("amparo")
    own, theirs = taken(desk, amparo, "amparo"), taken(desk, amparo, "laila")
    another = taken(desk, amparo, "pau")
    city = taken(desk, amparo, "vicent", city=True)
    for one in (own, theirs, another, city):
        scan(desk, amparo, one, None, reason="None runs.")
    laila, vicent = desk.signed_in("laila"), desk.signed_in("vicent")
    close(desk, "amparo", own, "vicent")
    close(desk, "laila", theirs, "vicent")
    close(desk, "pau", another, "vicent")
    close(desk, "vicent", city)
    assert "Draw the closures" not in said(amparo.get("/en/supervision").text)  # the month is not over
    assert amparo.post("/en/supervision/sample", data={"month": "2026-11"}).status_code == 409
    at(desk, date(2026, 12, 1))
    amparo, vicent = desk.signed_in("amparo"), desk.signed_in("vicent")
    assert "Draw the closures of November 2026" in said(amparo.get("/en/supervision").text)
    assert amparo.post("/en/supervision/sample", data={"month": "2026-11"}).status_code == 303
    assert amparo.post("/en/supervision/sample", data={"month": "2026-11"}).status_code == 409

    ids = {"normal": [desk.case(one).id for one in (own, theirs, another)], "city": [desk.case(city).id]}
    with desk.reading() as session:
        for sample in session.exec(select(ClosureSample)).all():  # anybody can draw it again
            ordered = sorted(ids[sample.routing_code], key=lambda one: _place(sample.seed, one))
            assert [one for one in ordered if one in reviews(desk)] == ordered[:1]
            assert sample.population == len(ordered)
    with desk.writing() as session:  # that all are drawn makes the rest of the story certain
        for own_id in set(ids["normal"]) - set(reviews(desk)):
            session.add(ClosureReview(case_id=own_id, month="2026-11"))
    rows = {one.case_number: reviews(desk)[desk.case(one).id].id for one in (own, theirs, another, city)}

    page = amparo.get("/en/supervision").text
    listed = set(re.findall(r"/en/supervision/reviews/([0-9a-f-]+)", page))
    assert listed == {str(rows[one.case_number]) for one in (theirs, another)}
    for one in (own, city):  # not the one she had herself, nor the one she closed
        assert amparo.get(f"/en/supervision/reviews/{rows[one.case_number]}").status_code == 404
    assert vicent.get(f"/en/supervision/reviews/{rows[city.case_number]}").status_code == 404

    sheet = f"/en/supervision/reviews/{rows[theirs.case_number]}"
    before = len(desk.events(theirs))
    assert amparo.get(sheet).status_code == 200 and desk.events(theirs)[before:] == ["case_read"]
    words = "Nobody told her of the ombudsman."
    mend = {
        "found": "mend",
        "review_words": words,
        "doer": str(desk.staff_id("laila")),
        "task_text": "Tell her.",
    }
    wrong = amparo.post(sheet, data={**mend, "review_words": ""})
    assert wrong.status_code == 422 and "Tell her." in wrong.text
    assert amparo.post(sheet, data={**mend, **day_fields("due", date(2026, 12, 9))}).status_code == 303
    assert words in amparo.get(sheet).text
    (task,) = tasks(desk, theirs)
    assert (task.staff_id, task.due_on, task.state_code) == (
        desk.staff_id("laila"),
        date(2026, 12, 9),
        "open",
    )
    laila = desk.signed_in("laila")
    assert "Tell her." in laila.get("/en/tasks").text  # although the case is closed
    again = amparo.post(sheet, data={"found": "fine"})
    assert again.status_code == 409 and "while you were writing" in said(again.text)
    assert (
        amparo.post(
            f"/en/supervision/reviews/{rows[another.case_number]}", data={"found": "fine"}
        ).status_code
        == 303
    )
    told = said(amparo.get("/en/supervision").text)
    assert "To mend a task until 9 Dec 2026" in told and "Fine –" in told
    with desk.reading() as session:
        kept = session.get_one(ClosureReview, rows[theirs.case_number])
        assert kept.sealed is not None and words.encode() not in kept.sealed


def test_whoever_asked_for_closing_or_had_it_behind_a_wall_does_not_look_at_it_again(desk: Desk) -> None:
    asked, walled = desk.a_case("laila"), desk.a_case("laila")
    desk.close_case(asked, "vicent")
    assert declare(desk, "vicent").status_code == 303
    assert wall_off(desk, desk.signed_in("laila"), walled, taker="vicent").status_code == 303
    amparo = desk.signed_in("amparo")
    for service in ("housing", "sports"):  # it was his, until the first service was said
        about = {"wall_service": service, "wall": "yes", "wall_taker": str(desk.staff_id("amparo"))}
        assert amparo.post(path(walled, "wall/service"), data=about).status_code == 303
    assert desk.case(walled).assigned_to == desk.staff_id("amparo")
    change(desk, walled, stage_code="closed", closed_on=TODAY, outcome_code="other", reason_code="completed")
    with desk.writing() as session:
        session.add_all(
            [ClosureReview(case_id=desk.case(one).id, month="2026-11") for one in (asked, walled)]
        )
    vicent = desk.signed_in("vicent")
    for one in (asked, walled):
        assert vicent.get(path(one)).status_code == 200
        row = reviews(desk)[desk.case(one).id].id
        assert str(row) not in vicent.get("/en/supervision").text
        assert vicent.get(f"/en/supervision/reviews/{row}").status_code == 404


def test_every_void_case_is_looked_at_by_somebody_who_had_no_part_in_it(desk: Desk) -> None:
    reporter, laila, amparo = desk.a_case("laila"), desk.signed_in("laila"), desk.signed_in("amparo")
    asks = {
        "version": version(desk, reporter),
        "void_reason": "no_report",
        "void_words": "Publicidad.",
        "text": "Hola.",
    }
    assert laila.post(path(reporter, "voiding"), data=asks).status_code == 303
    decides = {"version": version(desk, reporter)}
    assert amparo.post(path(reporter, "voiding/decision"), data=decides).status_code == 303
    vicent = desk.signed_in("vicent")
    counts = "November 2026 Not a report: advertising, or sent to try the form 1"
    assert counts in said(vicent.get("/en/supervision").text)
    at(desk, date(2026, 12, 1))
    amparo, vicent = desk.signed_in("amparo"), desk.signed_in("vicent")
    assert amparo.post("/en/supervision/sample", data={"month": "2026-11"}).status_code == 303
    assert amparo.post("/en/supervision/sample", data={"month": "2026-11"}).status_code == 409
    (row,) = reviews(desk).values()
    sheet = f"/en/supervision/reviews/{row.id}"
    assert amparo.get(sheet).status_code == 404  # she agreed to it
    page = vicent.get(sheet).text
    assert "Not a report: advertising" in said(page) and 'value="mend"' not in page
    assert vicent.post(sheet, data={"found": "mend", "review_words": "Real."}).status_code == 422
    assert vicent.post(sheet, data={"found": "fine"}).status_code == 303


def _place(seed: str, own: UUID) -> str:
    return hashlib.sha256(f"{seed}/{own}".encode()).hexdigest()


def test_a_tenth_is_drawn_and_one_at_least_the_same_for_the_same_seed() -> None:
    cases = [uuid4() for _ in range(41)]
    sizes = {count: len(drawn("seed", cases[:count])) for count in (0, 1, 9, 10, 11, 20, 41)}
    assert sizes == {0: 0, 1: 1, 9: 1, 10: 1, 11: 2, 20: 2, 41: 5}
    assert drawn("seed", cases) == drawn("seed", reversed(cases)) != drawn("another", cases)


def test_a_wait_ends_with_the_first_thing_written_after_the_message_was_opened() -> None:
    monday = date(2026, 11, 2)
    days = [monday + timedelta(days=passed) for passed in range(5)]
    first, second, unopened = Sent(days[0], days[1]), Sent(days[1], days[1]), Sent(days[2], None)
    turns = [Turn(days[0], 0), Turn(days[1], 1), Turn(days[1], 0), Turn(days[1], 1), Turn(days[4], 0)]
    found = answers([first, second, unopened], turns)
    assert sorted(found, key=lambda one: one[0].received_on) == [
        (first, days[1]),
        (second, days[4]),
        (unopened, None),
    ]
    waits = [Wait(sent.received_on, until, days[3]) for sent, until in found]
    told = waited(waits, days[4])
    assert (told.days, told.answered, told.in_time, told.waiting, told.late) == (2, 2, 1, 1, 1)
    assert waited([], monday).days is None


def test_ages_fall_into_one_band_each() -> None:
    ages = (0, 30, 31, 90, 91, 180, 181, 365, 366, 4000)
    bands = aged([date(2026, 11, 23) - timedelta(days=age) for age in ages], date(2026, 11, 23))
    assert [band.cases for band in bands] == [2, 2, 2, 2, 2]


def test_nothing_of_it_reaches_what_is_published() -> None:
    ours = {"closure_sample", "closure_review", "month_count"}
    roles = {role for role, granted in wall.grants("casework").items() if ours & set(granted)}
    assert roles == {"casework", "month_end"}

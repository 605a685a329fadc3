"""Scenario 19: who opened a case in a month, and why; a row of the log edited in the database is named."""

from datetime import date

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from casework.__main__ import main
from casework.queues.tables import Absence
from casework.staff.rules import ROLE_NAMES, Permission, may
from casework.timeline.rules import Finding
from casework.timeline.sentences import SENTENCES
from casework.timeline.verified import keep_verified
from casework.traces.rules import SORTED, WHAT, sort_of, span_of
from office.clock import day_in
from office.ids import new_case_number, shown
from tests.casework.conflicts.people import add
from tests.casework.deadlines.clocks import at
from tests.casework.desk import CITY, NOW, STAFF, Desk, codes, said

MONTH = "2026-11"
OFFICER = next(name for name, one in STAFF.items() if one.role_code == "data_protection")


def ask(client: TestClient, number: str = "", month: str = MONTH, **more: str) -> str:
    answer = client.get("/en/traces", params={"number": number, "month": month, **more})
    assert answer.status_code == 200, said(answer.text)
    return said(answer.text)


def test_scenario_19_who_opened_a_case_and_why_and_an_edited_row_is_named(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at(desk, date(2026, 10, 31))
    earlier = desk.a_case("laila")
    at(desk, date(2026, 11, 2))
    case = desk.a_case("laila", contact=True)
    number = case.case_number
    laila, pau, dpo = desk.signed_in("laila"), desk.signed_in("pau"), desk.signed_in(OFFICER)
    with desk.writing() as session:  # Laila covers for Pau in these days
        session.add(
            Absence(
                staff_id=desk.staff_id("pau"),
                cover_id=desk.staff_id("laila"),
                first_on=date(2026, 11, 1),
                last_on=date(2026, 11, 5),
                made_by=desk.staff_id("laila"),
                made_on=date(2026, 11, 1),
            )
        )
    laila.get(f"/es/cases/{number}")
    add(laila, case, "Bar Pepe S.L.")
    laila.post(f"/es/cases/{number}/codes", data=codes(version=str(desk.case(case).version)))
    laila.post(f"/es/cases/{number}/contact", data={"reason": "appointment"})
    laila.post("/es/search", data={"how": "name", "name": "Bar Pepe"})
    laila.get("/es/cases.csv?whose=mine&which=open")
    nobodys = new_case_number()
    assert [pau.get(f"/es/cases/{one}").status_code for one in (number, nobodys)] == [404, 404]

    told = ask(dpo, number)
    for line in (
        "2 Nov 2026 10:30 Laila Imaginaria Pau Supuesto A look read the case",
        "A look opened the contact To agree an appointment",
        "Searched searched for a name among the cases they may open",
        "Exported or printed exported a list",
        "Pau Supuesto – Refused door asked for something that was not there for them",
        "Amparo Inventada – Changed took the report up as a case Laila Imaginaria",
    ):
        assert line in told, told
    for content in ("Bar Pepe", "acento", "housing", "Vivienda", "Housing", "Race"):
        assert content not in told.partition("What was done")[2]
    assert "Your question" in told and "asked who opened what" not in told
    assert "asked who opened what" in ask(dpo, number)  # the question left a trace

    assert "Nothing is on record" in ask(dpo, number, "2026-03")
    of_nobody = ask(dpo, nobodys).partition("What was done")[2]
    assert "Refused" in of_nobody and "A look" not in of_nobody
    of_pau = ask(dpo, staff=str(desk.staff_id("pau")))
    assert of_pau.count("Refused door") == 2 and shown(number) in of_pau and shown(nobodys) in of_pau
    of_earlier = ask(dpo, earlier.case_number)  # it was in the export, and was opened in October
    assert "exported a list" in of_earlier and "opened the case" not in of_earlier
    office = said(dpo.get("/en/timeline?lists=all").text)
    assert "asked for something" in office and shown(nobodys) not in office
    assert number not in office  # what a search found is told nowhere else
    assert laila.get("/en/traces").status_code == 404
    walled = desk.report(city=True)
    before = desk.events(None)
    assert pau.get(f"/es/inbox/{walled.case_number}").status_code == 404
    assert desk.events(None)[len(before) :] == ["door_refused"]
    for wrong in ("", "123"):
        assert dpo.get("/en/traces", params={"number": wrong, "month": MONTH}).status_code == 422

    asked = whole = f"number={number}&month={MONTH}&staff="
    seen = 0
    with monkeypatch.context() as shorter:
        shorter.setattr("casework.traces.queries.PAGE", 5)
        while asked:
            page = dpo.get(f"/en/traces?{asked}").text
            seen += page.count("<time")
            asked = page.partition('href="/en/traces?')[2].partition('"')[0].replace("&amp;", "&")
    in_one = dpo.get(f"/en/traces?{whole}").text.count("<time")
    assert 12 < seen <= in_one  # each page asked for is a line more

    for name, value in {"CASEWORK_URL": desk.casework_url, "HOME": str(desk.folder), "DEMO": "1"}.items():
        monkeypatch.setenv(f"CONVIVENCIA_{name}", value)
    assert "not known here when" in ask(dpo, number)
    assert main(["verify-timeline"]) == 0
    assert "whole, " in ask(dpo, number)
    with desk.writing() as session:  # an administrator of the database hides who asked
        changed = "UPDATE event SET \"by\" = NULL WHERE kind = 'contact_read'"
        session.execute(text(changed))
        row = session.execute(text("SELECT seq FROM event WHERE kind = 'contact_read'")).scalar_one()
    capsys.readouterr()
    assert main(["verify-timeline"]) == 1
    assert f"{desk.case(case).id} row {row}: edited" in capsys.readouterr().out
    assert f"Row {row} of the timeline of {shown(number)} is not as it was written." in ask(dpo, number)


def test_a_finding_outside_every_case_is_told_and_breaks_nothing(desk: Desk) -> None:
    keep_verified(desk.settings.heads, desk.clock.now(), 3, [Finding("journal", 1, "altered")])
    assert "is not as it was written" in ask(desk.signed_in(OFFICER), new_case_number())


def test_every_kind_of_event_is_sorted_once_and_on_purpose() -> None:
    sorted_kinds = [kind for kinds in SORTED.values() for kind in kinds]
    assert sorted(sorted_kinds) == sorted(SENTENCES)  # each in one group, none in two, none forgotten
    assert SORTED.keys() == WHAT.keys()


def test_what_leaves_the_desk_is_told_as_taken_and_what_is_looked_at_as_a_look() -> None:
    taken = [
        kind for kind in SENTENCES if kind.endswith(("_printed", "_exported", "_files_taken", "_downloaded"))
    ]
    assert len(taken) >= 6
    assert {sort_of(kind) for kind in (*taken, "dossier_made", "paper_made")} == {"taken"}
    looks = [kind for kind in SENTENCES if kind.endswith(("_read", "_looked_at", "_viewed", "_played"))]
    assert {sort_of(kind) for kind in (*looks, "letter_opened", "referral_opened")} - {"taken"} == {"read"}


def test_a_month_is_the_citys_and_only_the_data_protection_officer_asks() -> None:
    span = span_of("2026-11", CITY.zone)
    assert span is not None and NOW in span
    assert day_in(CITY.zone, span.begins) == date(2026, 11, 1)
    assert (span.begins.hour, span.begins.day) == (23, 31)  # an hour before midnight in UTC
    assert span_of("9999-12", CITY.zone) is None
    assert span_of("2026-13", CITY.zone) is None and span_of("", CITY.zone) is None
    assert [role for role in ROLE_NAMES if may(role, Permission.TRACES)] == ["data_protection"]

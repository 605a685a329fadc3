"""What a program is told of the pages of cases, of lists and of the office.

That no more goes out than a page shows is compared for every page, everybody and everything in
tests/casework/matrix/test_reading.py; here for pages that answer an act.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from office.ids import shown as as_shown
from tests.casework.api.an_office import COMPANY, TOLD, Shown, shown
from tests.casework.api.nothing_more import looking_on
from tests.casework.desk import Desk
from tests.casework.patterns.test_patterns import agreed
from tests.casework.test_equality import answer
from tests.casework.test_relays import AN_ASSOCIATION

SOON, TODAY = "2026-11-27", "2026-11-23"


@pytest.fixture(scope="module")
def office(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    with shown(made, tmp_path_factory.mktemp("api") / "desk") as one:
        yield one


def codes(choices: Any) -> list[str]:
    return [one["code"] for one in choices]


def test_a_case_is_told_with_what_was_told_said_and_done(office: Shown) -> None:
    case = office.told("laila", f"cases/{office.mine}")
    assert case["account"]["narrative"] == TOLD
    assert case["account"]["when"] == {
        "precision": "day", "day": "2026-11-20", "month": None, "is_going_on": False
    }  # fmt: skip
    assert (
        case["account"]["languages"]["speaks"]["code"] == "ar"
        and case["account"]["languages"]["prefers_talking"]
    )
    assert [(one["direction"], one["text"]) for one in case["thread"]][1:] == [
        ("out", "Te escuchamos."), ("note", "Viene el martes."), ("in", "¿Hay novedades?")
    ]  # fmt: skip
    assert [one["code"] for one in case["codes"]["grounds"]] == ["language", "race_ethnicity"]
    (clock,) = case["deadlines"]["binding"]
    assert (clock["route"]["code"], clock["last_on"], clock["state"]["code"]) == (
        "civil_tort", "2027-11-20", "computed"
    )  # fmt: skip
    assert case["tasks"]["next_action"] == {
        "actor": {"code": "person", "label": "La persona"}, "by_on": SOON, "text": "Traer el contrato."
    }  # fmt: skip
    assert case["people"]["people"] == [{"name": COMPANY, "aliases": []}]
    assert office.told("laila", f"cases/{office.leading}")["people"]["waits_for_decision"]
    assert case["files"][0]["name"] == "voz.ogg" and case["ending"] is None and case["can_be_written_to"]
    assert case["standing"]["state"]["code"] == "on_hold"
    paper = office.told("laila", f"cases/{office.mine}/print")
    assert paper["account"] == case["account"] and "files" not in paper and "consents" not in paper
    assert len(paper["timeline"]) > len(case["timeline"]) == 15


def test_a_closed_case_is_told_with_its_end_and_offers_to_be_opened_again(office: Shown) -> None:
    case = office.told("laila", f"cases/{office.closed}")
    assert case["ending"]["closed_on"] == TODAY and case["standing"] is None and case["deadlines"] is None
    assert (case["ending"]["outcome"]["code"], case["ending"]["reason"]["code"]) == (
        "support_given",
        "completed",
    )
    assert case["thread"][-1]["text"] == "Hemos terminado."
    again = office.told("laila", f"cases/{office.closed}/reopening")
    assert again["version"] == office.version(office.closed) and "reprisal" in codes(again["reasons"])
    closing = office.told("laila", f"cases/{office.closed}/closing")
    assert closing["is_closed"] and closing["version"] is closing["asked"] is closing["form"] is None
    assert office.told("laila", f"cases/{office.mine}/reopening")["reasons"] == []
    sheet = office.told("amparo", f"supervision/reviews/{office.review}")
    assert sheet["outcome"]["code"] == "support_given" and sheet["month"] == "2026-11"
    assert "mend" in codes(sheet["form"]["findings"]) and sheet["found"] is None
    assert office.told("amparo", "supervision")["drawn"][0]["case_number"] == office.closed


def test_forms_about_a_case_tell_what_may_be_chosen_and_the_version_they_are_sent_with(office: Shown) -> None:
    own, version = f"cases/{office.mine}", office.version(office.mine)
    coded = office.told("laila", f"{own}/codes")
    assert coded["version"] == version and codes(coded["codes"]["conduct"]) == ["direct"]
    assert coded["told"]["narrative"] == TOLD and codes(coded["told"]["acts"]) == ["rent_refused"]
    assert {"race_ethnicity", "language"} <= set(codes(coded["grounds"])) and "14" in codes(
        coded["districts"]
    )
    assert next(one["hint"] for one in coded["conduct"] if one["code"] == "direct")
    given = office.told("laila", f"{own}/adviser")
    assert given["version"] == version and given["adviser"] == {"id": None, "name": "Laila Imaginaria"}
    assert str(office.office.staff_id("laila")) not in codes(given["advisers"])
    stands = office.told("laila", f"{own}/stage")
    assert stands["version"] == version and stands["stage"]["code"] == "triage"
    assert [one["before"] for one in stands["checklists"]] == ["advice", "acting"]
    lacks = {one["page"] for way in stands["checklists"] for one in way["checks"] if not one["is_satisfied"]}
    assert "advice" in lacks and "tracks" not in lacks
    assert "load" in codes(stands["reasons_to_give_it_back"])
    close = office.told("laila", f"{own}/closing")
    assert close["version"] == version and close["asked"] is None
    assert [one["last_on"] for one in close["still_open"]["deadlines"]] == ["2027-11-20"]
    assert "Leer el contrato de alquiler." in [one["text"] for one in close["still_open"]["tasks"]]
    assert close["still_open"]["needs_a_reason"] and "support_given" in codes(close["form"]["outcomes"])


def test_limits_tasks_and_safe_ways_are_told(office: Shown) -> None:
    own, version = f"cases/{office.mine}", office.version(office.mine)
    limits = office.told("laila", f"{own}/limits")
    groups = [limits["proposed"], *limits["others"]]
    assert version == limits["version"] and "civil_tort" in [
        code for one in groups for code in codes(one["limits"])
    ]
    clock = office.told("laila", f"{own}/deadlines/{office.own['deadline']}")
    assert clock["counted_by"]["name"] == "Laila Imaginaria" and clock["counted_on"] == TODAY
    assert (
        "CC arts. 1902, 1968.2" in clock["law"] and not clock["may_confirm"] and clock["confirmed_by"] is None
    )
    tasks = office.told("laila", f"{own}/tasks")
    assert tasks["form"]["person_needs_interpreter"]["code"] == "spoken"
    assert (tasks["open_tasks"][0]["due_on"], tasks["open_tasks"][0]["kind"]["code"]) == (SOON, "read")
    mine = office.told("laila", "tasks")["tasks"]
    assert {one["case_number"] for one in mine} == {office.mine} and len(mine) == len(tasks["open_tasks"])
    ways = {one["way"]["code"]: one for one in office.told("laila", f"{own}/safe-contact")["ways"]}
    assert (ways["email"]["rule"]["code"], ways["email"]["reason"]) == (
        "neutral",
        "Lo dijo en la primera cita.",
    )
    assert ways["email"]["noted_on"] == TODAY and ways["sms"]["rule"] is None
    (line,) = office.told("laila", "deadlines")["deadlines"]
    assert (line["case_number"], line["last_on"]) == (office.mine, "2027-11-20")


def test_the_contact_is_told_with_a_reason_and_not_before(office: Shown) -> None:
    own = f"cases/{office.mine}/contact"
    before = office.told("laila", own)
    assert before["contact"] is None and "answer" in codes(before["reasons"]) and "600" not in str(before)
    assert office.sent("laila", own, reason="answer")["contact"] == {
        "kind": "phone", "value": "600 123 123", "name": "Persona Inventada", "safe_note": ""
    }  # fmt: skip


def test_people_and_conflicts_are_told_to_who_decides(office: Shown) -> None:
    told = office.told("amparo", f"cases/{office.leading}/people")
    (party,) = told["people"]
    assert (party["name"], party["aliases"], party["role"]["code"]) == (COMPANY, ["Sol"], "represented")
    (match,) = told["matches"]
    assert (match["other_case_number"], match["role_there"]["code"], match["decision"]) == (
        office.mine, "respondent", None
    )  # fmt: skip
    assert told["to_decide"]["other_case_number"] == office.mine and not told["somebody_else_must_look"]
    (out,) = office.told("amparo", f"cases/{office.asked}/people")["keeping_out"]
    assert (out["name"], out["relation"]["code"], out["since"]) == ("Vicent Ficticio", "family", TODAY)
    (waiting,) = office.told("amparo", "conflicts")["cases"]
    assert (waiting["case_number"], waiting["waits_for_decision"]) == (office.leading, True)


def test_the_inbox_tells_what_waits_and_a_report_what_was_told(office: Shown) -> None:
    inbox = office.told("amparo", "inbox")
    assert [one["case_number"] for one in inbox["reports"]] == [office.report, office.same]
    assert inbox["waiting"] == 2 and inbox["reports"][0]["urgency"]["code"] == "danger"
    assert inbox["reports"][1]["urgency"] is None and inbox["reports"][0]["received_week"] == "2026-W48"
    report = office.told("amparo", f"inbox/{office.report}")
    assert report["somebody_may_be_in_danger"] and report["may_become_a_case"] and report["settled"] is None
    assert report["incident"]["month"] == "2026-11" and report["incident"]["district"]["code"] == "14"
    settled = office.told("amparo", f"inbox/{office.settled}")
    assert settled["settled"]["reason"]["code"] == "anonymous_record" and settled["settled"]["on"] == TODAY
    assert settled["said_at_the_end"] == [{"helped": "no", "on": TODAY, "text": "Nadie me llamó."}]
    assert not settled["may_become_a_case"] and settled["advisers"] == settled["reasons"] == []
    (incident,) = office.told("amparo", "incidents")["incidents"]
    assert incident["accounts_you_may_open"] == 2
    accounts = office.told("amparo", f"incidents/{incident['id']}")["accounts"]
    assert {one["case_number"] for one in accounts} == {office.report, office.same}
    likely = office.told("laila", f"cases/{office.mine}/incident")
    assert [one["id"] for one in likely["incidents"]] == [incident["id"]]


def test_lists_tell_only_what_the_reader_may_open_and_no_count_as_nought(office: Shown) -> None:
    mine = office.told("laila", "cases")
    assert {one["case_number"] for one in mine["cases"]} == {office.mine, office.leading}
    assert mine["late_promises"] is None and mine["covered_by_you"] == 1
    line = next(one for one in mine["cases"] if one["case_number"] == office.leading)
    assert [one["case_number"] for one in line["read_with"]] == [office.under]
    assert office.told("amparo", "cases?whose=all")["late_promises"] == 0
    assert office.told("laila", "cases?which=closed")["cases"][0]["outcome"]["code"] == "support_given"
    (covering,) = office.told("laila", "covered")["covering"]
    assert (covering["name"], covering["until"], covering["staff_id"]) == ("Pau Supuesto", "2026-12-04", None)
    assert [(one["case_number"], one["may_be_opened"]) for one in covering["cases"]] == [
        (office.asked, False)
    ]
    (away,) = office.told("laila", "absences")["absences"]
    assert (away["cover"], away["id"]) == ("Laila Imaginaria", None)
    assert office.told("amparo", "absences")["absences"][0]["id"] is not None
    work = {one["name"]: one for one in office.told("amparo", "workload")["advisers"]}
    assert work["Laila Imaginaria"]["open_deadlines"] == 1 and work["Laila Imaginaria"]["on_hold"] == 1
    assert office.told("joana", "promises")["late"][0]["lines"] is None
    assert office.told("laila", "promises")["late"][0]["lines"] == []


def test_cases_read_together_are_told_each_with_its_own_person(office: Shown) -> None:
    (beside,) = office.told("laila", f"cases/{office.leading}")["read_with"]
    assert (beside["case_number"], beside["account"]["narrative"]) == (office.under, "Tampoco a mí.")
    assert office.told("laila", f"cases/{office.under}")["read_under"] == office.leading
    (merge,) = office.told("laila", f"cases/{office.under}/together")["merges"]
    assert (merge["leading"], merge["under"], merge["reason"], merge["since"], merge["undo_until"]) == (
        office.leading, office.under, "El mismo autobús, la misma tarde.", TODAY, "2026-12-23"
    )  # fmt: skip
    assert merge["other_version"] == office.version(office.leading)


def test_the_head_is_told_numbers_and_codes_of_a_closing_and_nothing_that_was_said(office: Shown) -> None:
    (one,) = office.told("joana", "closings")["closings"]
    assert (one["case_number"], one["asked_by"]["name"], one["asked_on"]) == (
        office.asked, "Amparo Inventada", TODAY
    )  # fmt: skip
    assert one["open_tasks"] == 0 and "Cerramos" not in str(one) and "Nada que hacer" not in str(one)
    asked = office.told("amparo", f"cases/{office.asked}/closing")["asked"]
    assert asked["person_will_be_told"] == "Cerramos." and asked["head_decides"] and not asked["you_decide"]


def test_traces_and_timelines_are_told_as_they_are_read(office: Shown) -> None:
    lines = office.told("remei", f"traces?month=2026-11&number={office.asked}")["traces"]
    assert lines and {one["case_number"] for one in lines} == {office.asked}
    assert office.told("remei", "traces")["traces"] is None
    events = office.told("amparo", "timeline")["events"]
    assert events[0]["at"].startswith("2026-11-23T10:30") and any(
        as_shown(office.report) in one["about"] for one in events
    )


def test_what_answers_an_act_tells_no_more_than_its_page(office: Shown) -> None:
    """Pages that are shown once, or after something was asked for, beside what a program is told."""
    desk, number = office.office, office.closed
    laila, amparo, ferran = (desk.signed_in(name) for name in ("laila", "amparo", "ferran"))
    version = str(office.version(number))
    until = {"until-day": "30", "until-month": "11", "until-year": "2026"}
    with looking_on() as compared:
        answers = [
            laila.post(f"/es/cases/{office.mine}/contact", data={"reason": "answer"}),
            laila.post("/es/search", data={"how": "words", "words": "puerta"}),
            laila.post("/es/search", data={"how": "name", "name": COMPANY}),
            laila.post("/es/search", data={"how": "number", "number": office.mine}),
            laila.post("/es/search", data={"how": "codes", "area": "housing"}),
            laila.post("/es/giving", data={"case": [office.mine, office.leading], "query": "whose=mine"}),
            laila.post("/es/calendar", data={"do": "make"}),
            laila.post(f"/es/cases/{office.mine}/together", data={"do": "look", "other": office.leading}),
            amparo.post("/es/relays", data=AN_ASSOCIATION),
            ferran.post("/es/assisting", data={"relay_name": "Orriols", "channel": "outreach", **until}),
            laila.post(
                f"/es/cases/{number}/receipt",
                data={"version": version, "proof": "called_back", "sure": "yes"},
            ),
            amparo.get(f"/es/cases/{office.leading}/people"),
            amparo.get(f"/es/cases/{office.asked}/people"),
            desk.signed_in("joana").get("/es/closings"),
        ]
    assert [one.status_code for one in answers] == [200] * len(answers)
    assert sum(compared.pages.values()) == len(answers)
    assert not compared.more, "\n".join(compared.more)


def test_what_is_found_is_told_and_that_it_was_looked_for(office: Shown) -> None:
    words = office.sent("laila", "search", how="words", words="PUERTA")
    (found,) = words["results"]["cases"]
    assert (found["case_number"], codes(found["where"]), found["area"]["code"]) == (
        office.mine,
        ["story"],
        "housing",
    )
    named = office.sent("laila", "search", how="name", name="inmobiliaria sol")["results"]["cases"]
    roles = {one["case_number"]: one["called"][0]["role"]["code"] for one in named}
    assert roles == {office.mine: "respondent", office.leading: "represented"}
    by_number = office.sent("laila", "search", how="number", number=as_shown(office.same))["by_number"]
    assert [(one["case_number"], one["is_case"]) for one in by_number] == [(office.same, False)]
    given = office.sent("laila", "giving", case=[office.mine], query="whose=mine")
    assert [(one["case_number"], one["version"]) for one in given["cases"]] == [
        (office.mine, office.version(office.mine))
    ]
    assert "load" in codes(given["reasons"]) and given["without_a_receipt"] == 0


def test_a_pattern_is_told_when_all_have_agreed_and_bands_stay_bands(desk: Desk) -> None:
    with looking_on() as compared:
        cases, path = agreed(desk)
        laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
        told = laila.get(f"/api/v1{path.removeprefix('/es')}").json()
        asked = amparo.get("/api/v1/patterns").json()
        mine = laila.get("/api/v1/patterns").json()
        for _ in range(7):
            answer(desk, "2026-Q3", "age_30_44")
        desk.collect()
        reached = amparo.get("/api/v1/reached").json()
        for page in (path, "/es/patterns"):
            assert amparo.get(page).status_code == 200
        assert amparo.get("/es/reached").status_code == 200
    assert [one["case_number"] for one in told["cases"]] == [
        one.case_number for one in sorted(cases, key=lambda one: desk.case(one).reported_on)
    ]
    assert told["kind"]["code"] == "respondent" and told["may_propose"] and told["district"] is None
    assert [(one["cases"], one["agreed"], one["id"]) for one in asked["asked_about"]] == [(5, 5, told["id"])]
    assert mine["now"] is None and {one["answer"]["code"] for one in mine["asked_of_you"]} == {"agreed"}
    (quarter,) = reached["quarters"]
    bands = {one["code"]: one["people"] for question in quarter["questions"] for one in question["answers"]}
    assert quarter["people"] == bands["age_30_44"] == {"at_least": 5, "at_most": 9}
    assert bands["age_65_more"] == {"at_least": 0, "at_most": 4}
    assert not compared.more, "\n".join(compared.more)

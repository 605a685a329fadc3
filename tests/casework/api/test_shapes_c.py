"""What a program is told of harms, void cases, periods that somebody set, and clocks that follow a step."""

from datetime import date
from typing import Any

import pytest

from casework.states.void_rules import REASONS
from office.keys.errors import RoleHoldsNoKey
from office.keys.holders import grant_of
from office.languages import language
from office.paper import printing
from office.sealing.pieces import PIECE_BYTES
from tests.casework.api.nothing_more import looking_on
from tests.casework.attachments.test_files import of_report
from tests.casework.conflicts.people import add
from tests.casework.deadlines.clocks import at, binding, case_with_clock, scan, told_on
from tests.casework.deadlines.test_seats import DISMISSED, as_before_seats
from tests.casework.desk import PEOPLE, Desk
from tests.casework.harms.harming import involve, parties
from tests.casework.letters.test_dossiers import begun
from tests.casework.queues.lists import giving, many
from tests.casework.residents import Reporter
from tests.casework.states.test_void import asked, decided, own, voided
from tests.casework.tracks.steps import opened, step, walk


def version(desk: Desk, reporter: Reporter) -> int:
    return desk.case(reporter).version


def told(desk: Desk, who: str, path: str) -> Any:
    answer = desk.signed_in(who).get(f"/api/v1/{path}{'&' if '?' in path else '?'}language=es")
    assert answer.status_code == 200, answer.text
    return answer.json()


def sent(desk: Desk, who: str, path: str, **given: Any) -> Any:
    client: Any = desk.signed_in(who)
    return client.post(f"/api/v1/{path}?language=es", json=given)


def codes(choices: Any) -> list[str]:
    return [one["code"] for one in choices]


def of(reporter: Reporter, rest: str = "") -> str:
    return f"cases/{reporter.case_number}{rest}"


def looked_at(desk: Desk, who: str, *pages: str) -> None:
    """Look at pages, and compare what a program is told of each with what stands on it."""
    with looking_on() as compared:
        for one in pages:
            assert desk.signed_in(who).get(f"/es/{one}").status_code == 200, one
    assert not compared.more, "\n".join(compared.more)
    assert sum(compared.pages.values()) == len(pages)


def test_harms_are_told_with_whom_they_were_done_to_and_by_whom(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    add(laila, reporter, "Amina", role="affected", kind="person")
    add(laila, reporter, "Fincas Mar", role="respondent", kind="organisation")
    people = parties(desk, reporter)
    amina = str(people["affected"].id)
    new: dict[str, Any] = {
        "version": version(desk, reporter), "conduct": ["harassment"], "grounds": ["religion_other"],
        "area": "education", "harm_person": amina, "harm_done": "La insultaron en el portal.",
        "harm_on-month": 10, "harm_on-year": 2026,
    }  # fmt: skip
    done = sent(desk, "laila", of(reporter, "/harms"), **new)
    assert (done.status_code, done.json()["done"]) == (200, "harm_added"), done.text
    assert involve(desk, laila, reporter, 2, people["respondent"]).status_code == 303
    first, second = told(desk, "laila", of(reporter, "/harms"))["harms"]
    assert (first["person"], first["done"]) == ("La persona de este expediente", "")
    assert (second["person"], second["when"]) == ("Amina (Persona afectada)", "octubre de 2026")
    one = told(desk, "laila", of(reporter, "/harms/2"))
    (part,) = one["parts"]
    assert (part["name"], part["party"]) == ("Fincas Mar", str(people["respondent"].id))
    assert codes(one["form"]["harm_person"]) == ["person", amina] and one["removal"]["version"]
    assert told(desk, "laila", of(reporter, "/harms/1"))["removal"] is None
    card = told(desk, "laila", of(reporter))["harms"]
    assert [(each["place"], len(each["parts"])) for each in card] == [(1, 0), (2, 1)]
    assert "done" not in card[1] and "degree" not in card[1]["parts"][0]
    paper = told(desk, "laila", of(reporter, "/print"))["harms"]
    assert paper[1]["done"] == "La insultaron en el portal." and paper[1]["parts"][0]["degree"]
    looked_at(
        desk, "laila",
        *(of(reporter, rest) for rest in ("", "/print", "/codes", "/harms", "/harms/1", "/harms/2")),
    )  # fmt: skip


def test_a_void_case_is_told_as_void_and_with_what_is_asked_for(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    scan(desk, desk.signed_in("laila"), reporter, date(2026, 11, 20), "civil_tort")
    before = told(desk, "laila", of(reporter, "/voiding"))
    (stops,) = before["days_that_stop"]  # a year, as article 1968 of the Civil Code has it
    assert (stops["route"]["code"], stops["last_on"]) == ("civil_tort", "2027-11-20")
    assert codes(before["form"]["reasons"]) == ["twice", "test", "no_report"] and before["asked"] is None
    assert asked(desk, reporter).status_code == 303
    waits = told(desk, "amparo", of(reporter, "/voiding"))
    assert (waits["asked"]["kind"], waits["asked"]["words"]) == ("void", "Una prueba del martes.")
    assert waits["asked"]["you_decide"] and waits["form"] is None
    assert waits["days_that_stop"] == before["days_that_stop"]
    looked_at(desk, "amparo", of(reporter, "/voiding"))
    assert decided(desk, reporter).status_code == 303
    case = told(desk, "laila", of(reporter))
    assert (case["is_void"], case["stage"], case["ending"], case["can_be_written_to"]) == (
        True, None, None, False,
    )  # fmt: skip
    assert (case["void"]["voided_on"], case["void"]["words"]) == ("2026-11-23", "Una prueba del martes.")
    (line,) = told(desk, "laila", "cases?which=void")["cases"]
    assert (line["is_void"], line["stage"], line["outcome"]) == (True, None, None)
    again = told(desk, "laila", of(reporter, "/reopening"))
    assert again["is_void"] and again["version"] is None
    (counted,) = told(desk, "amparo", "supervision")["voided"]
    assert (counted["month"], counted["cases"]) == ("noviembre de 2026", 1)
    assert counted["reason"] == language("es", "staff").gettext(REASONS["test"])
    looked_at(desk, "amparo", "supervision")
    looked_at(
        desk, "laila", *(of(reporter, rest) for rest in ("", "/print", "/voiding", "/reopening")),
        "cases?which=void",
    )  # fmt: skip


def test_what_is_in_the_way_is_told_with_where_to_see_to_it(desk: Desk) -> None:
    reporter = desk.a_case("laila", area_code="unknown", ground_codes=("unknown",))
    now = version(desk, reporter)
    moved = sent(desk, "laila", of(reporter, "/stage"), version=now, stage="advice", state="in_progress")
    problem = moved.json()
    assert (moved.status_code, problem["code"]) == (409, "move_refused")
    below = f"/api/v1/cases/{reporter.case_number}"
    assert [one["at"] for one in problem["refused"]] == [
        f"{below}/{at}" for at in ("people", "limits", "needs", "codes", "competence")
    ]
    page = desk.signed_in("laila").post(
        own(reporter, "/stage"), data={"version": now, "stage": "advice", "state": "in_progress"}
    )
    assert all(one["what"] in page.text for one in [*problem["refused"], {"what": problem["title"]}])
    assert "may_write_why" not in problem
    other = desk.a_case("laila")
    desk.ready_to_advise(other)
    void = {"void_reason": "test", "void_words": "Prueba.", "text": "Nada."}
    linked = {"void_reason": "twice", "goes_on": other.case_number}
    voided(desk, reporter, **linked)
    refused = sent(desk, "laila", of(other, "/voiding"), version=version(desk, other), **void).json()
    assert refused["code"] == "void_refused"
    assert f"/api/v1/cases/{other.case_number}" in [one["at"] for one in refused["refused"]]


def test_each_case_that_cannot_be_given_is_told_with_why(desk: Desk) -> None:
    fine, changed = many(desk, 2)
    form = giving(desk, [fine, changed], "pau")
    form["case"] = [f"{fine.case_number}.{version(desk, fine)}", f"{changed.case_number}.9"]
    answer = sent(desk, "amparo", "giving", **form)
    assert (answer.status_code, answer.json()["code"]) == (409, "not_all_can_be_given")
    (one,) = answer.json()["refused"]
    assert (one["case_number"], one["at"]) == (changed.case_number, f"/api/v1/cases/{changed.case_number}")
    assert "Alguien ha cambiado este expediente" in one["what"], one


def test_a_damaged_file_is_refused_with_what_is_wrong_with_it(desk: Desk) -> None:
    file = desk.a_file(b"x" * (PIECE_BYTES + 10), "prueba.txt", "text/plain")
    reporter = desk.report(files=(file.model_copy(update={"sha256": "0" * 64}),))
    path = of_report(reporter, file).removeprefix("/es/")
    answer = desk.signed_in("laila").get(f"/api/v1/{path}?language=es")
    assert (answer.status_code, answer.json()["code"]) == (409, "file_damaged")
    assert "no está como se envió" in answer.json()["title"]


def test_a_period_and_the_clocks_of_a_track_tell_by_whose_days_off_they_are_counted(desk: Desk) -> None:
    reporter, _, _ = case_with_clock(desk)
    laila = desk.signed_in("laila")
    period = told(desk, "laila", of(reporter, "/period"))
    assert codes(period["procedure"]) == ["administrative", "court_urgent", "court", "other"]
    assert {"own", "unknown"} <= set(codes(period["seat"])) and period["version"] == version(desk, reporter)
    given = {
        "version": period["version"], "set_by": "Juzgado", "period_evidence": "Cédula",
        "procedure": "administrative", "runs_from": "2026-11-20", "length": 10, "unit": "working_day",
        "seat": "own",
    }  # fmt: skip
    kept = sent(desk, "laila", of(reporter, "/period"), **given)
    assert (kept.status_code, kept.json()["done"]) == (200, "period_set"), kept.text
    (row,) = [one for one in binding(desk, reporter) if one.route_code == "set_period"]
    assert row.last_on == date(2026, 12, 4)  # Ley 39/2015 art. 30: 23-27 November, 30 to 4
    clock = told(desk, "laila", of(reporter, f"/deadlines/{row.id}"))
    assert clock["days_off_of"] and "own" in codes(clock["form"]["seat"]) and clock["form"]["asks_home"]
    track = opened(desk, laila, reporter, "administrative")
    walk(desk, laila, reporter, track, "mandate_signed", "filed")
    at_track = of(reporter, f"/tracks/{track.track.id}")
    filed = told(desk, "laila", at_track)["perhaps_met"]
    assert filed["filed_on"] == "2026-11-23" and str(row.id) in [one["id"] for one in filed["deadlines"]]
    begun = told(desk, "laila", of(reporter, f"/deadlines/{row.id}?filed={track.track.id}"))["form"]["filed"]
    assert (begun["met_on"], begun["met_evidence"]) == ("2026-11-23", "Registro")
    looked_at(
        desk, "laila", of(reporter), of(reporter, "/period"), of(reporter, "/limits"), at_track,
        of(reporter, f"/deadlines/{row.id}?filed={track.track.id}"),
    )  # fmt: skip
    at(desk, date(2026, 12, 10))
    assert step(
        desk, desk.signed_in("laila"), reporter, track, "resolved", date(2026, 12, 9), result="unfavourable"
    ).status_code == 303  # fmt: skip
    keeping = told(desk, "laila", at_track)["keeping_clocks"]
    assert keeping["runs_from"] == "2026-12-09" and "admin_alzada:" in codes(keeping["follow"])
    looked_at(desk, "laila", at_track)
    follow = {"follow": ["admin_alzada:"], "runs_from": "2026-12-09", "version": keeping["version"]}
    assert sent(desk, "laila", f"{at_track}/clocks", **follow).json()["done"] == "clocks_kept"
    page = told(desk, "laila", at_track)
    assert "admin_alzada:" not in codes(page["keeping_clocks"]["follow"])
    (kept,) = page["clocks_kept"]
    assert (kept["route"]["code"], kept["runs_from"], kept["state"]["code"]) == (
        "admin_alzada",
        "2026-12-09",
        "computed",
    )
    looked_at(desk, "laila", at_track)


def test_safe_days_and_hours_are_noted_and_told(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    form = {"way": "sms", "rule": "window", "safe_reason": "Lo dijo.", "version": version(desk, reporter)}
    hours = {"window_days": ["1", "3"], "from_hour": "9", "to_hour": "13"}
    done = sent(desk, "laila", of(reporter, "/safe-contact"), **form, **hours)
    assert done.status_code == 200, done.text
    page = told(desk, "laila", of(reporter, "/safe-contact"))
    (sms,) = [one for one in page["ways"] if one["way"]["code"] == "sms"]
    assert "lunes" in sms["window"] and "13:00" in sms["window"] and not sms["notices_wait"]
    assert codes(page["window_days"]) == list("1234567") and codes(page["to_hour"])[-1] == "24"
    looked_at(desk, "laila", of(reporter, "/safe-contact"))


def test_of_colleagues_and_sessions_no_id_is_told_that_a_page_does_not_have(desk: Desk) -> None:
    assert desk.signed_in("amparo").post(f"/es/staff/{desk.staff_id('pau')}/leaving").status_code == 303
    for who in ("amparo", "teresa"):
        looked_at(desk, who, "staff")
    looked_at(desk, "laila", "my-sign-ins")
    people = {one["name"]: one["id"] for one in told(desk, "amparo", "staff")["people"]}
    assert people[PEOPLE["pau"].display_name] is None
    assert people[PEOPLE["laila"].display_name] == str(desk.staff_id("laila"))
    (mine,) = [one for one in told(desk, "laila", "my-sign-ins")["open_now"] if one["is_this_one"]]
    assert mine["session"] is None


def test_beside_a_mediation_the_day_to_act_by_is_told(desk: Desk) -> None:
    """Elsewhere than in València Friday 22 January 2027 is worked: 2 February and not the 3rd."""
    at(desk, date(2027, 1, 8))
    reporter = desk.a_case("laila", **told_on(DISMISSED))
    (row,) = scan(desk, desk.signed_in("laila"), reporter, DISMISSED, "labour_dismissal")
    as_before_seats(desk, row)
    (clock,) = told(desk, "laila", of(reporter, "/mediation"))["deadlines"]
    assert (clock["act_by"], clock["last_on"], clock["latest_on"]) == ("2027-02-02",) * 2 + ("2027-02-03",)
    looked_at(desk, "laila", of(reporter, "/mediation"))


def test_why_a_page_could_not_be_shown_is_told_by_the_code_of_what_lacks(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    at_dossier = begun(desk, laila, reporter).removeprefix("/es/")
    with desk.writing() as session:
        session.delete(grant_of(session, "names.1", desk.staff_id("laila")))
    refused = sent(desk, "laila", "search", how="name", name="Bar Pepe")
    assert (refused.status_code, refused.json()["code"]) == (403, "names_key_needed")
    assert "clave de nombres" in refused.json()["title"].lower()
    refused = sent(desk, "amparo", f"staff/{desk.staff_id('teresa')}/keys", key="names", do="grant")
    assert (refused.status_code, refused.json()["code"]) == (409, "role_holds_no_key")
    assert refused.json()["title"] == language("es", "staff").gettext(RoleHoldsNoKey.sentence)

    def missing(_: object) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(printing, "_style", missing)
    answer = desk.signed_in("laila").get(f"/api/v1/{at_dossier}/preview?language=es")
    assert (answer.status_code, answer.json()["code"]) == (503, "no_pdf")


def test_the_citys_sign_in_is_a_way_for_browsers_only(desk: Desk) -> None:
    for at_door in ("sign-in/city", "my-city-sign-in", "my-city-sign-in/linking"):
        assert desk.signed_in("laila").get(f"/api/v1/{at_door}").status_code == 404, at_door

"""Wrong input anywhere keeps what was typed and says what is wrong; two people at once lose nothing."""

from typing import Any

import pytest

from tests.casework.desk import Desk, codes, mistakes, said, typed

LONG = "a" * 40_001


def case_post(desk: Desk, part: str, data: dict[str, Any]) -> Any:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    return laila.post(f"/es/cases/{reporter.case_number}/{part}", data=data), reporter


@pytest.mark.parametrize(
    ("part", "data", "field"),
    [
        ("messages", {"message": ""}, "message"),
        ("messages", {"message": LONG}, "message"),
        ("messages", {}, "message"),
        ("notes", {"note": "   "}, "note"),
        ("notes", {"note": LONG}, "note"),
        ("stage", {"version": "1", "stage": "closed", "state": "in_progress"}, "stage"),
        ("stage", {"version": "1", "stage": "advice", "state": "closed"}, "state"),
        (
            "stage",
            {
                "version": "1",
                "stage": "advice",
                "state": "in_progress",
                "next-day": "31",
                "next-month": "2",
                "next-year": "2027",
            },
            "next",
        ),
        (
            "stage",
            {
                "version": "1",
                "stage": "advice",
                "state": "in_progress",
                "next-day": "1",
                "next-month": "1",
                "next-year": "2020",
            },
            "next",
        ),
        (
            "stage",
            {
                "version": "1",
                "stage": "advice",
                "state": "in_progress",
                "next-day": "1",
                "next-month": "1",
                "next-year": "2099",
            },
            "next",
        ),
        ("codes", codes(grounds=[]), "grounds"),
        ("codes", codes(grounds=["not_a_ground"]), "grounds"),
        ("codes", codes(grounds=["admin_status"]), "grounds"),
        ("codes", codes(conduct=["x" * 5000]), "conduct"),
        ("codes", codes(area=""), "area"),
        ("codes", codes(district="99"), "district"),
        ("closing", {"version": "1", "outcome": "support_given", "reason": "completed"}, "responses"),
        ("closing", {"version": "1", "responses": ["information"], "reason": "completed"}, "outcome"),
        (
            "closing",
            {
                "version": "1",
                "responses": ["information"],
                "outcome": "support_given",
                "reason": "fear_status",
            },
            "reason",
        ),
        ("contact", {"reason": "curiosity"}, "reason"),
        ("contact", {}, "reason"),
        ("adviser", {"version": "1", "adviser": "", "reason": "load"}, "adviser"),
        ("adviser", {"version": "1", "adviser": "not-an-id", "reason": "load"}, "adviser"),
    ],
)
def test_wrong_input_is_named_where_it_is_and_changes_nothing(
    desk: Desk, part: str, data: dict[str, Any], field: str
) -> None:
    answer, reporter = case_post(desk, part, data)
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text
    assert len(mistakes(answer.text)) >= 1
    assert not set(desk.events(reporter)) & {"case_coded", "case_closed", "stage_changed", "note_written"}
    assert desk.case(reporter).version == 1


def test_what_was_typed_comes_back_beside_the_mistake(desk: Desk) -> None:
    answer, _ = case_post(
        desk,
        "closing",
        {
            "version": "1",
            "responses": ["information"],
            "reason": "completed",
            "text": "Hemos <terminado> & ya.",
        },
    )
    assert typed(answer.text, "text")["text"] == "Hemos <terminado> & ya."
    assert 'value="information" checked' in " ".join(answer.text.split())
    assert 'value="completed" selected' in answer.text


def test_a_body_that_is_broken_or_too_large_is_told_in_the_readers_language(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    path = f"/es/cases/{reporter.case_number}/notes"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    broken = laila.post(path, content=b"note=%ff%fe", headers=form)
    large = laila.post(path, content=b"note=" + b"a" * 10_000_000, headers=form)
    other = laila.post(path, content=b"{}", headers={"Content-Type": "application/json"})
    assert (broken.status_code, large.status_code, other.status_code) == (422, 413, 422)
    assert all('lang="es"' in answer.text for answer in (broken, large, other))
    assert "note_written" not in desk.events(reporter)


def test_a_report_needs_an_adviser_and_a_settling_needs_a_reason(desk: Desk) -> None:
    reporter = desk.report()
    amparo = desk.signed_in("amparo")
    path = f"/es/inbox/{reporter.case_number}"
    no_adviser = amparo.post(f"{path}/taking-up", data={"adviser": ""})
    triage = amparo.post(f"{path}/taking-up", data={"adviser": str(desk.staff_id("iris"))})
    no_reason = amparo.post(f"{path}/settling", data={"reason": "", "text": "Lo sentimos."})
    assert [answer.status_code for answer in (no_adviser, triage, no_reason)] == [422] * 3
    assert typed(no_reason.text, "text")["text"] == "Lo sentimos."
    assert amparo.get("/es/inbox?after=nonsense").status_code == 200
    assert amparo.get("/es/cases?after=2026-13-45_x").status_code == 200
    assert desk.stranger().get("/xx/sign-in").status_code == 404


def test_two_who_code_at_once_the_second_loses_nothing_and_sees_what_changed(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    path = f"/es/cases/{reporter.case_number}/codes"
    assert laila.post(path, data=codes(area="education")).status_code == 303
    second = amparo.post(path, data=codes(grounds=["disability"], area="health"))
    assert second.status_code == 409
    assert 'value="disability" checked' in " ".join(second.text.split())
    assert 'value="health" selected' in second.text
    assert desk.case(reporter).area_code == "education"
    assert 'name="version" value="2"' in second.text
    assert amparo.post(path, data=codes(area="health", version="2")).status_code == 303
    assert desk.case(reporter).area_code == "health"


def test_an_area_nobody_told_is_said_in_words_and_may_stay_so(desk: Desk) -> None:
    reporter = desk.a_case("laila", area_code="unknown")
    laila = desk.signed_in("laila")
    path = f"/es/cases/{reporter.case_number}"
    assert ">unknown<" not in laila.get(path).text
    assert 'value="unknown" selected>No lo sé' in laila.get(f"{path}/codes").text
    assert laila.post(f"{path}/codes", data=codes(area="unknown")).status_code == 303
    assert desk.case(reporter).area_code == "unknown"


def test_a_case_is_closed_once(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    desk.close_case(reporter, text="Fin.")
    assert desk.ask_to_close(reporter).status_code == 409
    assert desk.decide_closing(reporter).status_code == 409
    assert desk.events(reporter).count("case_closed") == 1
    assert "Fin." in said(laila.get(f"/es/cases/{reporter.case_number}").text)

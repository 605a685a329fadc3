"""A case goes on when everything is there; a refusal says all that is missing and where it is satisfied."""

from typing import Any

from sqlmodel import select

from casework.timeline.tables import Event
from tests.casework.advice import pieces as advice
from tests.casework.conflicts.people import declare
from tests.casework.deadlines.clocks import scan, version
from tests.casework.desk import Desk, Reporter, said, typed
from tests.casework.tasks.todo import note_way, set_next
from tests.casework.tracks import steps as tracks


def own(reporter: Reporter, rest: str = "") -> str:
    return f"/es/cases/{reporter.case_number}{rest}"


def move(desk: Desk, reporter: Reporter, stage: str, by: str = "laila", **more: str) -> Any:
    form = {"version": version(desk, reporter), "stage": stage, "state": "in_progress", **more}
    return desk.signed_in(by).post(own(reporter, "/stage"), data=form)


def asked(page: str) -> list[str]:
    """The pages to which the refusal leads, in its order."""
    summary = page.partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    return [piece.partition('"')[0].rpartition("/")[2] for piece in summary.split('href="')[1:]]


def test_leaving_triage_lists_everything_that_is_missing_with_the_page_of_each(desk: Desk) -> None:
    reporter = desk.a_case("laila", area_code="unknown", ground_codes=("unknown",))
    refused = move(desk, reporter, "advice", state_text="Ya te aconsejamos.")
    assert refused.status_code == 409
    # of the contact nothing is asked: it told a way that is safe
    assert asked(refused.text) == ["people", "limits", "needs", "codes", "competence"]
    assert typed(refused.text, "state_text")["text"] == "Ya te aconsejamos."
    assert desk.case(reporter).stage_code == "triage"
    scan(desk, desk.signed_in("laila"), reporter, None, reason="None runs.")
    left = ["people", "needs", "codes", "competence"]
    assert asked(move(desk, reporter, "advice", without_words="Da igual.").text) == left
    desk.ready_to_advise(reporter)
    assert note_way(desk, desk.signed_in("laila"), reporter, "phone", "never").status_code == 303
    assert note_way(desk, desk.signed_in("laila"), reporter, "receipt", "never").status_code == 303
    assert asked(move(desk, reporter, "advice").text) == ["safe-contact"]
    assert note_way(desk, desk.signed_in("laila"), reporter, "receipt", "allowed").status_code == 303
    assert move(desk, reporter, "advice").status_code == 303
    assert desk.case(reporter).stage_code == "advice"


def test_an_interest_of_the_adviser_is_listed_with_the_rest_and_no_reason_is_a_way_round(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    desk.ready_to_advise(reporter)
    assert declare(desk.signed_in("laila"), reporter).status_code == 303
    refused = move(desk, reporter, "action", by="amparo", without_words="Corre prisa.")
    assert asked(refused.text) == ["people", "limits", "tracks", "advice"]
    assert desk.case(reporter).stage_code == "triage"


def ready(desk: Desk) -> Reporter:
    reporter = desk.a_case("laila")
    scan(desk, desk.signed_in("laila"), reporter, None, reason="None runs.")
    desk.ready_to_advise(reporter)
    assert move(desk, reporter, "advice").status_code == 303
    return reporter


def test_the_office_acts_on_a_track_and_a_decision_or_with_a_reason_that_stays_in_the_timeline(
    desk: Desk,
) -> None:
    reporter, laila = ready(desk), desk.signed_in("laila")
    refused = move(desk, reporter, "action")
    assert refused.status_code == 409 and asked(refused.text) == ["tracks", "advice"]
    assert move(desk, reporter, "action", without_words="   ").status_code == 409
    assert move(desk, reporter, "action", without_words="Se arregla llamando al bar.").status_code == 303
    assert b"llamando al bar" not in (desk.folder / "casework.db").read_bytes()
    page = said(laila.get(own(reporter)).text)
    assert "Se arregla llamando al bar." in page  # the note
    with desk.reading() as session:
        detail = session.exec(select(Event.detail).where(Event.kind == "stage_changed")).all()[-1]
    assert '"without":["track","decision"]' in detail


def test_with_a_track_and_a_decision_to_go_on_no_reason_is_needed(desk: Desk) -> None:
    reporter, laila = ready(desk), desk.signed_in("laila")
    data = {"version": version(desk, reporter), "kind": "civil"}
    assert laila.post(tracks.path(reporter), data=data).status_code == 303
    assert asked(move(desk, reporter, "proceedings").text) == ["advice"]
    advice.begin(desk, laila, reporter)
    assert advice.review(desk, desk.signed_in("amparo"), reporter).status_code == 303
    assert advice.act(desk, laila, reporter, "delivery", **advice.delivery()).status_code == 303
    assert asked(move(desk, reporter, "proceedings").text) == ["advice"]  # delivered, and not yet decided
    for said_so, is_enough in (("thinks", False), ("go_on", True)):
        told = advice.decision(decision=said_so, **({} if is_enough else {"mandate": ""}))
        assert advice.act(desk, laila, reporter, "decision", **told).status_code == 303
        if not is_enough:
            assert asked(move(desk, reporter, "proceedings").text) == ["advice"]
    assert move(desk, reporter, "proceedings").status_code == 303


def test_an_adviser_gives_a_case_back_and_a_supervisor_gives_it_anew(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    form = {"version": "1", "return_reason": "language", "return_words": "Habla wólof."}
    assert (
        desk.signed_in("amparo").post(own(reporter, "/returning"), data=form).status_code == 409
    )  # not hers
    assert desk.signed_in("laila").post(own(reporter, "/returning"), data={"version": "1"}).status_code == 422
    assert desk.signed_in("laila").post(own(reporter, "/returning"), data=form).status_code == 303
    again = {**form, "version": version(desk, reporter)}
    assert desk.signed_in("laila").post(own(reporter, "/returning"), data=again).status_code == 409
    amparo = desk.signed_in("amparo")
    for query in ("which=conflict", "state=new"):
        assert reporter.case_number in amparo.get(f"/es/cases?whose=all&{query}").text
    page = said(amparo.get(own(reporter, "/stage")).text)
    assert "Hace falta otro idioma" in page
    assert "Habla wólof." in said(amparo.get(own(reporter)).text)
    kept = {"version": version(desk, reporter)}
    assert amparo.post(own(reporter, "/returning/ending"), data=kept).status_code == 303
    assert reporter.case_number in amparo.get("/es/cases?whose=all&state=assessment").text
    once_more = {**form, "version": version(desk, reporter)}
    assert desk.signed_in("laila").post(own(reporter, "/returning"), data=once_more).status_code == 303
    given = {"version": version(desk, reporter), "adviser": str(desk.staff_id("pau")), "reason": "language"}
    assert amparo.post(own(reporter, "/adviser"), data=given).status_code == 303
    for query in ("which=conflict", "state=new"):
        assert reporter.case_number not in amparo.get(f"/es/cases?whose=all&{query}").text
    assert reporter.case_number in amparo.get("/es/cases?whose=all&state=assigned").text


def test_past_its_assessment_a_case_is_not_given_back_and_on_hold_is_a_filter(desk: Desk) -> None:
    reporter, laila = ready(desk), desk.signed_in("laila")
    form = {"version": version(desk, reporter), "return_reason": "load", "return_words": "No llego."}
    assert laila.post(own(reporter, "/returning"), data=form).status_code == 409
    assert set_next(desk, laila, reporter).status_code == 303
    assert reporter.case_number in laila.get("/es/cases?state=on_hold").text
    assert reporter.case_number not in laila.get("/es/cases?state=advised").text
    desk.clock.move(days=60)
    laila = desk.signed_in("laila")
    assert reporter.case_number in laila.get("/es/cases?state=advised").text


def test_a_case_in_triage_is_given_back_also_while_somebody_else_acts_next(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    assert set_next(desk, laila, reporter).status_code == 303
    assert reporter.case_number in laila.get("/es/cases?state=on_hold").text
    form = {"version": version(desk, reporter), "return_reason": "load", "return_words": "No llego."}
    assert 'name="return_reason"' in laila.get(own(reporter, "/stage")).text
    assert laila.post(own(reporter, "/returning"), data=form).status_code == 303
    assert reporter.case_number in laila.get("/es/cases?state=new").text

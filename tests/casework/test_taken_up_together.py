"""Many reports become cases of one adviser in one act, or none does."""

import json
from collections.abc import Sequence

import pytest
from sqlmodel import col, select

from casework.cases.tables import CaseFile, CaseKeyGrant
from casework.inbox import taking_up_pages
from casework.inbox.tables import InboxReport
from casework.timeline.tables import Event
from tests.casework.desk import Desk, Reporter, said
from tests.casework.test_inbox_list import in_languages


def waiting(desk: Desk, count: int, **report: object) -> list[Reporter]:
    found = [desk.report(carried=False, **report) for _ in range(count)]  # type: ignore[arg-type]  # of a report
    desk.collect()
    return found


def form(desk: Desk, reporters: Sequence[Reporter], to: str, **other: object) -> dict[str, object]:
    ticked = [one.case_number for one in reporters]
    return {"do": "take", "report": ticked, "adviser": str(desk.staff_id(to)), **other}


def cases(desk: Desk) -> dict[str, CaseFile]:
    with desk.reading() as session:
        return {one.reference: one for one in session.exec(select(CaseFile))}


def test_all_that_the_inbox_shows_become_cases_each_with_its_own_key_and_answer(desk: Desk) -> None:
    french, others = waiting(desk, 2), waiting(desk, 2)
    in_languages(desk, {one.case_number: "fr" for one in french})
    iris = desk.signed_in("iris")
    page = iris.post("/en/taking-up", data={"all": "yes", "query": "language=fr"})
    assert page.status_code == 200
    assert "Make cases of 2 reports" in said(page.text) and "2 of them have not been read" in said(page.text)
    assert all(page.text.count(f'value="{one.case_number}" checked') == 1 for one in french)
    assert not any(one.case_number in page.text for one in others)
    assert cases(desk) == {}
    taken = iris.post("/en/taking-up", data=form(desk, french, "laila"))
    assert (taken.status_code, taken.headers["location"]) == (303, "/en/inbox?done=all_taken_up")
    made = cases(desk)
    assert set(made) == {one.case_number for one in french}
    laila = desk.signed_in("laila")
    for one in french:
        assert made[one.case_number].assigned_to == desk.staff_id("laila")
        assert "case_opened" in desk.events(one)
        assert [reply.state_code for reply in desk.replies(one)] == ["in_progress"]
        assert laila.get(f"/en/cases/{one.case_number}").status_code == 200
    assert desk.events().count("report_taken_up") == 2 and "report_read" not in desk.events()
    with desk.reading() as session:
        left = select(InboxReport).where(col(InboxReport.case_number).in_(set(made)))
        assert [one.sealed_story for one in session.exec(left)] == [None, None]
        grants = select(CaseKeyGrant).where(CaseKeyGrant.holder_id == desk.staff_id("laila"))
        assert len(session.exec(grants).all()) == 2
        keys = {bytes(one.sealed_private_key) for one in session.exec(grants)}
        read = [
            json.loads(one.detail) for one in session.exec(select(Event).where(Event.kind == "list_read"))
        ]
    assert len(keys) == 2
    assert [one["rows"] for one in read if one["list"] == "taking_up"] == [2]


def test_one_of_which_no_case_can_be_made_is_named_with_why_and_none_is_made(desk: Desk) -> None:
    fine, settled, counted, gone = waiting(desk, 4)
    city = desk.report(city=True)
    desk.change_consent(counted, "advise", given=False)
    amparo, iris = desk.signed_in("amparo"), desk.signed_in("iris")
    done = iris.post(f"/en/inbox/{settled.case_number}/settling", data={"reason": "no_contact", "text": ""})
    assert done.status_code == 303, said(done.text)
    own = {"adviser": str(desk.staff_id("pau"))}
    assert amparo.post(f"/en/inbox/{gone.case_number}/taking-up", data=own).status_code == 303
    sent = form(desk, [fine, settled, counted, gone, city], "laila")
    answer = amparo.post("/en/taking-up", data=sent)
    assert answer.status_code == 409
    told = said(answer.text)
    assert "Nothing was changed" in told
    assert "Somebody has settled this report in the meantime" in told
    assert "This person did not ask for advice" in told
    assert "There is no such report any more" in told
    assert "This case cannot be given to that person" in told  # Laila does not hold the key against the city
    assert f'value="{fine.case_number}" checked' in answer.text
    assert set(cases(desk)) == {gone.case_number}
    assert desk.replies(fine) == [] and desk.events().count("report_taken_up") == 1
    alone = desk.signed_in("laila").post("/en/taking-up", data=form(desk, [fine, city], "laila"))
    assert alone.status_code == 409 and "There is no such report any more" in said(alone.text)
    assert set(cases(desk)) == {gone.case_number}
    assert amparo.post("/en/taking-up", data=form(desk, [fine], "laila")).status_code == 303
    assert set(cases(desk)) == {gone.case_number, fine.case_number}


def test_what_is_missing_is_said_and_nothing_chosen_is_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporters = waiting(desk, 3)
    iris = desk.signed_in("iris")
    nothing = iris.post("/en/taking-up", data={"query": "language=es&sort=received"})
    assert nothing.status_code == 422 and "Tick at least one report" in said(nothing.text)
    assert 'href="#report"' in nothing.text and 'id="report"' in nothing.text
    assert 'value="language=es&amp;sort=received"' in nothing.text
    half = iris.post(
        "/en/taking-up", data=form(desk, reporters[:2], "laila", adviser="", query="language=es")
    )
    assert half.status_code == 422 and 'value="language=es"' in half.text
    assert [one.case_number in half.text for one in reporters] == [True, True, False]
    odd = iris.post("/en/taking-up", data={"report": ["x", "7K4412ABC", "<script>"], "do": "take"})
    assert odd.status_code == 422 and cases(desk) == {}
    wrong = iris.post("/en/taking-up", data={"all": "yes", "query": "week=never"})
    assert wrong.status_code == 422 and cases(desk) == {}
    monkeypatch.setattr(taking_up_pages, "MOST_AT_ONCE", 2)
    for sent in ({"all": "yes"}, form(desk, reporters, "laila")):
        many = iris.post("/en/taking-up", data=sent)
        assert many.status_code == 422 and "At most 2 reports" in said(many.text), sent
    assert cases(desk) == {}
    assert iris.get("/en/taking-up").headers["location"] == "/en/inbox"

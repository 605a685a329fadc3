"""Many cases change hands in one act, or none does."""

from datetime import date

import pytest
from sqlmodel import col, select

from casework.cases.tables import CaseKeyGrant
from casework.notices.tables import NoticeDue
from office.handover.notice import ANOTHER_ADVISER
from office.languages import language
from tests.casework.conflicts.people import add, checks, declare
from tests.casework.desk import Desk, said
from tests.casework.notices.post_office import leave_address
from tests.casework.queues.lists import giving, listed, many, numbers, tick
from tests.casework.queues.test_lists import change


def test_scenario_15_forty_files_are_reassigned_in_one_act_with_a_reason(desk: Desk) -> None:
    reporters = many(desk, 40)
    amparo = desk.signed_in("amparo")
    page = amparo.post("/en/giving", data={"query": "whose=all&which=open", "all": "yes"})
    assert page.status_code == 200
    assert "Give 40 cases to another adviser" in said(page.text)
    assert page.text.count('name="case"') == 40
    for one in tick(desk, reporters):
        assert f'value="{one}"' in page.text
    answer = amparo.post("/en/giving", data=giving(desk, reporters, "pau"))
    assert answer.status_code == 303, said(answer.text)
    pau = desk.staff_id("pau")
    for one in reporters:
        case = desk.case(one)
        assert (case.assigned_to, case.key_version, case.version) == (pau, 2, 2)
        assert desk.events(one).count("case_reassigned") == 1
    assert listed(desk.signed_in("laila"), "whose=all") == []
    with desk.reading() as session:
        held = select(CaseKeyGrant).where(
            CaseKeyGrant.holder_id == desk.staff_id("laila"), col(CaseKeyGrant.revoked_on).is_(None)
        )
        assert session.exec(held).all() == []
    path = f"/en/cases/{reporters[0].case_number}"
    assert desk.signed_in("pau").get(path).status_code == 200
    assert "Absence" in said(amparo.get(path).text)


def test_scenario_15_each_person_with_a_safe_address_gets_the_notice_that_was_chosen(desk: Desk) -> None:
    safe, without = many(desk, 2)
    arabic = many(desk, 1)[0]
    change(desk, arabic, language="ar")
    leave_address(desk, safe, "email", "ana@example.org")
    with desk.writing() as session:
        for due in session.exec(select(NoticeDue)).all():
            session.delete(due)
    amparo = desk.signed_in("amparo")
    first = amparo.post("/en/giving", data=giving(desk, [safe, without, arabic], "pau", notice="tell"))
    assert first.status_code == 303, said(first.text)
    for one, tag in ((safe, "es"), (without, "es"), (arabic, "ar")):
        wanted = language(tag, "office").gettext(ANOTHER_ADVISER)
        assert [reply.text for reply in desk.replies(one)].count(wanted) == 1
        assert desk.case(one).first_answered_on is None
        assert "message_written" in desk.events(one)
    with desk.reading() as session:
        assert [due.case_number for due in session.exec(select(NoticeDue))] == [safe.case_number]
    assert (
        language("ar", "office").gettext(ANOTHER_ADVISER)
        in desk.signed_in("pau").get(f"/en/cases/{arabic.case_number}").text
    )


def test_nobody_is_told_anything_if_that_was_chosen(desk: Desk) -> None:
    (one,) = many(desk, 1)
    before = len(desk.replies(one))
    assert desk.signed_in("amparo").post("/en/giving", data=giving(desk, [one], "pau")).status_code == 303
    assert len(desk.replies(one)) == before


def test_one_case_that_cannot_be_given_is_named_with_why_and_nothing_changes(desk: Desk) -> None:
    fine, kept_out_of, closed, changed = many(desk, 4)
    foreign = desk.a_case("pau")
    laila = desk.signed_in("laila")
    pau_case = many(desk, 1, "pau")[0]
    declare(desk.signed_in("pau"), pau_case)
    amparo = desk.signed_in("amparo")
    assert amparo.post("/en/giving", data=giving(desk, [pau_case], "laila")).status_code == 303
    form = giving(desk, [fine, pau_case, changed], "pau")
    form["case"] = [*tick(desk, [fine, pau_case]), f"{changed.case_number}.9", "ZZZZZZZZZ.1"]
    answer = amparo.post("/en/giving", data=form)
    assert answer.status_code == 409
    told = said(answer.text)
    assert "Nothing was changed" in told
    assert "This case cannot be given to that person" in told
    assert "Somebody changed this case" in told
    assert "There is no such case, or you may not open it" in told
    assert desk.case(fine).assigned_to == desk.staff_id("laila")
    assert desk.case(fine).key_version == 1
    assert "case_reassigned" not in desk.events(fine)
    walled = laila.post("/en/giving", data=giving(desk, [fine, foreign], "amparo"))
    assert "There is no such case, or you may not open it" in said(walled.text)
    assert desk.case(foreign).version == 1
    assert desk.case(kept_out_of).version == desk.case(closed).version == 1


def test_a_case_that_waits_for_a_decision_may_change_hands_but_nothing_is_said_in_it(desk: Desk) -> None:
    earlier, new = desk.a_case("pau"), desk.a_case("laila")
    add(desk.signed_in("pau"), earlier, "Bar Pepe", "represented")
    add(desk.signed_in("laila"), new, "Bar Pepe")
    assert len(checks(desk)) == 1
    amparo = desk.signed_in("amparo")
    told = amparo.post("/en/giving", data=giving(desk, [new], "vicent", notice="tell"))
    assert told.status_code == 409
    assert desk.case(new).assigned_to == desk.staff_id("laila")
    assert amparo.post("/en/giving", data=giving(desk, [new], "vicent")).status_code == 303


def test_a_case_against_the_city_is_not_given_to_somebody_without_its_key(desk: Desk) -> None:
    amparo = desk.signed_in("amparo")
    city = desk.report(city=True)
    taken = amparo.post(
        f"/en/inbox/{city.case_number}/taking-up", data={"adviser": str(desk.staff_id("amparo"))}
    )
    assert taken.status_code == 303
    fine = many(desk, 1)[0]
    answer = amparo.post("/en/giving", data=giving(desk, [fine, city], "pau"))
    assert answer.status_code == 409
    assert desk.case(fine).assigned_to == desk.staff_id("laila")


def test_what_is_missing_in_the_form_is_said_and_everything_typed_is_kept(desk: Desk) -> None:
    reporters = many(desk, 2)
    laila = desk.signed_in("laila")
    nothing = laila.post("/en/giving", data={"query": "whose=mine"})
    assert nothing.status_code == 422
    assert "Tick at least one case first" in said(nothing.text)
    chosen = laila.post("/en/giving", data={"case": [reporters[0].case_number], "query": "whose=mine"})
    assert "Give 1 case to another adviser" in said(chosen.text)
    half = laila.post("/en/giving", data=giving(desk, reporters, "pau", reason=""))
    assert half.status_code == 422
    assert f'value="{desk.staff_id("pau")}" selected' in half.text
    assert laila.get("/en/giving").status_code == 303
    assert desk.signed_in("joana").post("/en/giving", data={}).status_code == 404
    assert desk.case(reporters[0]).opened_on == date(2026, 11, 23)


def test_all_of_a_filtered_list_is_what_its_address_shows(desk: Desk) -> None:
    one, other = many(desk, 2)
    amparo = desk.signed_in("amparo")
    page = amparo.post(
        "/en/giving", data={"query": f"whose=all&which=open&adviser={desk.staff_id('laila')}", "all": "yes"}
    )
    assert page.text.count('name="case"') == 2
    none = amparo.post("/en/giving", data={"query": "whose=all&which=open&area=education", "all": "yes"})
    assert none.status_code == 422
    assert numbers([one, other]) == sorted(listed(amparo, "whose=all"))


@pytest.mark.parametrize("filtered", ["area=nowhere", "since=32+13+2026"])
def test_all_of_a_list_whose_filter_says_nothing_the_office_knows_is_not_offered(
    desk: Desk, filtered: str
) -> None:
    many(desk, 2)
    query = f"whose=all&which=open&{filtered}"
    answer = desk.signed_in("amparo").post("/en/giving", data={"query": query, "all": "yes"})
    assert answer.status_code == 422
    told = said(answer.text)
    assert "to another adviser</h1>" not in answer.text and "Give 2 cases" not in told
    assert ("There is no such day" in told) is ("since" in filtered)
    assert ("not on the list any more" in told) is ("area" in filtered)

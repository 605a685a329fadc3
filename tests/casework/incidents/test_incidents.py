"""A surge about one event: proposed when a report is opened, joined by one act, counted as one incident."""

import re
from datetime import date
from uuid import uuid4

from sqlmodel import select

from casework.handing_over.commands import hand_over
from casework.incidents.tables import Incident, IncidentMember
from casework.timeline.tables import Event
from office.handover.report import When
from tests.casework.desk import Desk, Reporter, said
from tests.casework.handing_over.test_hand_over import facts_in, settings

__all__ = ["settings"]  # a fixture

ELSEWHERE = {"when": When(kind="day", day=date(2026, 11, 2))}


def joined(client, reporter: Reporter, *others: Reporter, **data: str):  # type: ignore[no-untyped-def]
    """Put a report together with others, as the button does."""
    form = {"account": [other.case_number for other in others], **data}
    return client.post(f"/es/inbox/{reporter.case_number}/incident", data=form)


def members(desk: Desk) -> list[str]:
    with desk.reading() as session:
        return sorted(session.exec(select(IncidentMember.case_number)))


def incident_of(desk: Desk) -> str:
    with desk.reading() as session:
        return str(session.exec(select(Incident.id)).one())


def details(desk: Desk, kind: str) -> list[str]:
    with desk.reading() as session:
        return [event.detail for event in session.exec(select(Event).where(Event.kind == kind))]


def test_opening_a_report_proposes_those_that_agree_and_says_in_what(desk: Desk) -> None:
    one, same, other = desk.report(), desk.report(), desk.report(**ELSEWHERE)
    page = desk.signed_in("laila").get(f"/es/inbox/{one.case_number}")
    words = said(page.text)
    assert "Quizá el mismo hecho" in words
    assert "el mismo día, el mismo distrito, el mismo ámbito, el mismo tipo de parte señalada" in words
    assert same.case_number in page.text
    assert other.case_number not in page.text


def test_what_was_opened_to_be_compared_is_on_the_record_once_a_session(desk: Desk) -> None:
    one = desk.report()
    desk.report()
    desk.report(**ELSEWHERE)
    laila = desk.signed_in("laila")
    for _ in range(2):
        laila.get(f"/es/inbox/{one.case_number}")
    assert details(desk, "reports_compared") == [f'{{"count":2,"report":"{one.case_number}"}}']


def test_one_click_joins_with_one_event_for_each_account_and_leaving_undoes_it(desk: Desk) -> None:
    one, same = desk.report(), desk.report()
    laila = desk.signed_in("laila")
    answer = joined(laila, one, same)
    assert answer.status_code == 303
    assert members(desk) == sorted([one.case_number, same.case_number])
    assert len(details(desk, "incident_joined")) == 2
    page = laila.get(f"/es/inbox/{one.case_number}").text
    assert f"/incidents/{incident_of(desk)}" in page
    keys = {record.incident_key for record in desk.counted()}
    assert len(keys) == 1 and None not in keys

    left = laila.post(f"/es/inbox/{one.case_number}/incident", data={"do": "leave"})
    assert left.status_code == 303
    assert members(desk) == [same.case_number]
    assert details(desk, "incident_left") != []
    assert [record.incident_key is None for record in desk.counted()].count(True) == 1


def test_a_third_report_is_proposed_the_incident_and_joins_it(desk: Desk) -> None:
    one, same = desk.report(), desk.report()
    laila = desk.signed_in("laila")
    joined(laila, one, same)
    third = desk.report()
    page = laila.get(f"/es/inbox/{third.case_number}").text
    assert f'name="incident" value="{incident_of(desk)}"' in page
    assert joined(laila, third, incident=incident_of(desk)).status_code == 303
    assert len(members(desk)) == 3


def test_two_hundred_accounts_are_joined_at_once_and_counted_as_one_incident_of_two_hundred_people(
    desk: Desk, settings
) -> None:  # type: ignore[no-untyped-def]
    accounts = [desk.report(carried=False, contact=False) for _ in range(200)]
    apart = desk.report(**ELSEWHERE)
    amparo = desk.signed_in("amparo")
    answer = joined(amparo, accounts[0], all="yes")
    assert answer.status_code == 303, said(answer.text)
    assert len(members(desk)) == 200
    assert apart.case_number not in members(desk)
    hand_over(settings)
    facts = facts_in(settings)
    together = [fact.incident_group for fact in facts]
    groups = {group: together.count(group) for group in together}
    assert sorted(groups.values()) == [1, 200]
    assert len({fact.person_group for fact in facts}) == 201
    page = amparo.get(answer.headers["location"])
    assert "200 relatos que puedes abrir" in said(page.text)


def test_a_member_that_becomes_a_case_and_is_coded_stays_in_its_incident(desk: Desk) -> None:
    from tests.casework.desk import codes

    one, same = desk.report(), desk.report()
    amparo = desk.signed_in("amparo")
    joined(amparo, one, same)
    answer = amparo.post(
        f"/es/incidents/{incident_of(desk)}/accounts",
        data={"do": "take_up", "member": [one.case_number], "adviser": str(desk.staff_id("laila"))},
    )
    assert answer.status_code == 303, said(answer.text)
    laila = desk.signed_in("laila")
    assert laila.post(f"/es/cases/{one.case_number}/codes", data=codes()).status_code == 303
    assert len({record.incident_key for record in desk.counted()}) == 1
    assert f"/incidents/{incident_of(desk)}" in laila.get(f"/es/cases/{one.case_number}").text
    left = laila.post(f"/es/cases/{one.case_number}/incident", data={"do": "leave"})
    assert left.status_code == 303
    assert desk.events(one)[-1] == "incident_left"


def test_taking_up_together_leaves_who_wants_no_advice_a_report(desk: Desk) -> None:
    one, counted = desk.report(), desk.report(advise=False)
    amparo = desk.signed_in("amparo")
    joined(amparo, one, counted)
    amparo.post(
        f"/es/incidents/{incident_of(desk)}/accounts",
        data={
            "do": "take_up",
            "member": [one.case_number, counted.case_number],
            "adviser": str(desk.staff_id("laila")),
        },
    )
    assert amparo.get(f"/es/cases/{one.case_number}").status_code == 200
    assert amparo.get(f"/es/inbox/{counted.case_number}").status_code == 200


def test_an_account_of_another_incident_is_not_taken_from_it(desk: Desk) -> None:
    pairs = [(desk.report(), desk.report()) for _ in range(2)]
    laila = desk.signed_in("laila")
    for one, same in pairs:
        joined(laila, one, same)
    answer = joined(laila, pairs[0][0], pairs[1][0])
    assert answer.status_code == 422
    assert "ya pertenece a otro incidente" in said(answer.text)
    assert len(members(desk)) == 4


def test_nothing_chosen_says_so_and_changes_nothing(desk: Desk) -> None:
    one, _ = desk.report(), desk.report()
    answer = joined(desk.signed_in("laila"), one)
    assert answer.status_code == 422
    assert "Elige al menos una comunicación o un expediente." in said(answer.text)
    assert members(desk) == []


def test_an_account_one_may_not_open_is_neither_proposed_nor_listed_nor_counted_nor_joined(
    desk: Desk,
) -> None:
    one, walled = desk.report(), desk.a_case("pau")
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    assert walled.case_number not in laila.get(f"/es/inbox/{one.case_number}").text
    assert walled.case_number in amparo.get(f"/es/inbox/{one.case_number}").text
    assert joined(laila, one, walled).status_code == 404
    assert members(desk) == []

    same = desk.report()
    assert joined(amparo, one, walled, same).status_code == 303
    mine = laila.get(f"/es/incidents/{incident_of(desk)}")
    theirs = amparo.get(f"/es/incidents/{incident_of(desk)}")
    assert walled.case_number not in mine.text and walled.case_number in theirs.text
    assert "2 relatos que puedes abrir" in said(mine.text)
    assert "3 relatos que puedes abrir" in said(theirs.text)


def test_an_incident_of_which_one_may_open_nothing_does_not_exist(desk: Desk) -> None:
    one, same = desk.a_case("pau"), desk.a_case("pau")
    pau, laila = desk.signed_in("pau"), desk.signed_in("laila")
    answer = pau.post(f"/es/cases/{one.case_number}/incident", data={"account": same.case_number})
    assert answer.status_code == 303, said(answer.text)
    own = incident_of(desk)
    walled, nothing = laila.get(f"/es/incidents/{own}"), laila.get(f"/es/incidents/{uuid4()}")
    assert (walled.status_code, nothing.status_code) == (404, 404)
    assert said(walled.text) == said(nothing.text)
    assert own not in laila.get("/es/incidents").text
    assert own in pau.get("/es/incidents").text
    new = desk.report()
    assert own not in laila.get(f"/es/inbox/{new.case_number}").text
    for rest in ("joining", "accounts"):
        assert laila.post(f"/es/incidents/{own}/{rest}", data={"do": "leave"}).status_code == 404
    assert joined(laila, new, incident=own).status_code == 404


def test_only_a_supervisor_opens_cases_for_many(desk: Desk) -> None:
    one, same = desk.report(), desk.report()
    laila = desk.signed_in("laila")
    joined(laila, one, same)
    own = f"/es/incidents/{incident_of(desk)}"
    assert "Abrir los expedientes" not in laila.get(own).text
    data = {"do": "take_up", "member": [one.case_number], "adviser": str(desk.staff_id("laila"))}
    assert laila.post(f"{own}/accounts", data=data).status_code == 404
    assert laila.get(f"/es/inbox/{one.case_number}").status_code == 200


def test_who_does_not_agree_to_be_counted_is_not_counted_by_joining(desk: Desk) -> None:
    one, uncounted = desk.report(), desk.report(count=False)
    joined(desk.signed_in("laila"), one, uncounted)
    assert len(members(desk)) == 2
    assert len(desk.counted()) == 1


def test_nobody_who_reported_learns_that_others_told_of_the_same(desk: Desk) -> None:
    one, same = desk.report("Primera voz."), desk.report("Segunda voz.")
    laila = desk.signed_in("laila")
    before = [len(desk.replies(person)) for person in (one, same)]
    joined(laila, one, same)
    laila.get(f"/es/incidents/{incident_of(desk)}")
    assert [len(desk.replies(person)) for person in (one, same)] == before


def test_a_report_against_the_city_is_compared_only_for_who_holds_its_key(desk: Desk) -> None:
    one = desk.report()
    apart = desk.report(city=True, respondent_code="estate_agency")
    assert apart.case_number not in desk.signed_in("laila").get(f"/es/inbox/{one.case_number}").text
    assert apart.case_number in desk.signed_in("amparo").get(f"/es/inbox/{one.case_number}").text


def test_the_list_of_proposals_can_be_chosen_from(desk: Desk) -> None:
    reports = [desk.report() for _ in range(5)]
    laila = desk.signed_in("laila")
    page = laila.get(f"/es/inbox/{reports[0].case_number}/incident")
    assert len(re.findall(r'name="account"', page.text)) == 4
    joined(laila, *reports[:3])
    more = laila.get(f"/es/incidents/{incident_of(desk)}")
    assert len(re.findall(r'name="account"', more.text)) == 2
    data = {"account": [reports[3].case_number]}
    assert laila.post(f"/es/incidents/{incident_of(desk)}/joining", data=data).status_code == 303
    assert len(members(desk)) == 4

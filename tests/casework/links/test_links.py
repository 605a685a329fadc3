"""A report about another: said by a person, confirmed by the desk, and each person sees only their own."""

import pytest
from sqlmodel import select

from casework.incidents.tables import CaseLink
from casework.messages.tables import Outbox
from office.handover.report import About
from office.ids import new_case_number, shown
from tests.casework.desk import Desk, Reporter, said


def follower(desk: Desk, of: str, relation: str = "claim", **report: object) -> Reporter:
    """A report that says it is about the number `of`."""
    return desk.report("Me pasó a mí.", about=About(relation=relation, case_number=of), **report)  # type: ignore[arg-type]  # one of three


def links(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.reading() as session:
        return [(one.from_number, one.to_number, one.relation) for one in session.exec(select(CaseLink))]


def sent(desk: Desk) -> int:
    with desk.reading() as session:
        return len(session.exec(select(Outbox)).all())


def test_who_may_open_both_sees_where_the_other_stands_and_confirms_it_on_both_chains(desk: Desk) -> None:
    witness = desk.a_case("laila")
    target = follower(desk, witness.case_number)
    laila = desk.signed_in("laila")
    page = laila.get(f"/es/inbox/{target.case_number}")
    assert f"un testigo lo contó en la comunicación {shown(witness.case_number)}" in said(page.text)
    assert f'href="/es/cases/{witness.case_number}"' in page.text
    answer = laila.post(f"/es/inbox/{target.case_number}/link", data={"do": "confirm"})
    assert answer.status_code == 303
    assert links(desk) == [(target.case_number, witness.case_number, "claim")]
    assert desk.events(witness)[-1] == "case_linked"
    assert desk.events(None).count("case_linked") == 1
    again = laila.post(f"/es/inbox/{target.case_number}/link", data={"do": "confirm"})
    assert again.status_code == 303
    assert len(links(desk)) == 1
    assert f"/es/inbox/{target.case_number}" in laila.get(f"/es/cases/{witness.case_number}").text


def test_of_a_walled_report_nothing_is_told_but_what_the_person_said(desk: Desk) -> None:
    walled = desk.a_case("pau")
    missing = new_case_number()
    laila = desk.signed_in("laila")
    pages = []
    for number in (walled.case_number, missing):
        own = follower(desk, number, "same_event", contact=False)
        words = said(laila.get(f"/es/inbox/{own.case_number}").text)
        assert "No hay ninguna comunicación con este número que puedas abrir." in words
        told = words.partition("Va con otra")[2].partition("Asumir la comunicación")[0]
        pages.append(told.partition("Quizá")[0].replace(shown(number), "X"))
        for do in ("confirm", "decline"):
            assert laila.post(f"/es/inbox/{own.case_number}/link", data={"do": do}).status_code == 404
    assert pages[0] == pages[1] != ""
    assert links(desk) == []


def test_a_declined_link_says_so_and_can_still_be_confirmed(desk: Desk) -> None:
    other = desk.report()
    own = follower(desk, other.case_number, "lost_key")
    laila = desk.signed_in("laila")
    assert laila.post(f"/es/inbox/{own.case_number}/link", data={"do": "decline"}).status_code == 303
    assert links(desk) == []
    assert desk.events(None).count("link_declined") == 1
    page = said(laila.get(f"/es/inbox/{own.case_number}").text)
    assert "Alguien de la oficina lo ha mirado y no lo cree así." in page
    assert laila.post(f"/es/inbox/{own.case_number}/link", data={"do": "confirm"}).status_code == 303
    assert len(links(desk)) == 1


def test_linked_cases_show_each_other_only_to_who_may_open_both(desk: Desk) -> None:
    witness = desk.a_case("laila")
    target = follower(desk, witness.case_number)
    amparo = desk.signed_in("amparo")
    taken = {"adviser": str(desk.staff_id("pau"))}
    assert amparo.post(f"/es/inbox/{target.case_number}/taking-up", data=taken).status_code == 303
    assert amparo.post(f"/es/cases/{target.case_number}/link", data={"do": "confirm"}).status_code == 303
    for one, other in ((witness, target), (target, witness)):
        assert f"/es/cases/{other.case_number}" in amparo.get(f"/es/cases/{one.case_number}").text
        assert desk.events(one).count("case_linked") == 1
    laila, pau = desk.signed_in("laila"), desk.signed_in("pau")
    assert target.case_number not in (mine := laila.get(f"/es/cases/{witness.case_number}").text)
    assert shown(target.case_number) not in mine
    assert witness.case_number not in pau.get(f"/es/cases/{target.case_number}").text
    for person, own, far in ((laila, witness, target), (pau, target, witness)):
        data = {"do": "remove", "other": far.case_number}
        assert person.post(f"/es/cases/{own.case_number}/link", data=data).status_code == 404
    data = {"do": "remove", "other": target.case_number}
    assert amparo.post(f"/es/cases/{witness.case_number}/link", data=data).status_code == 303
    assert links(desk) == []
    assert desk.events(witness)[-1] == desk.events(target)[-1] == "link_removed"


def test_nothing_of_one_side_is_ever_sent_to_the_other(desk: Desk) -> None:
    witness = desk.a_case("laila", text="Lo vi todo desde la ventana.")
    target = follower(desk, witness.case_number)
    amparo = desk.signed_in("amparo")
    taken = {"adviser": str(desk.staff_id("laila"))}
    amparo.post(f"/es/inbox/{target.case_number}/taking-up", data=taken)
    before, sent_before = [desk.replies(one) for one in (witness, target)], sent(desk)
    laila = desk.signed_in("laila")
    laila.post(f"/es/cases/{target.case_number}/link", data={"do": "confirm"})
    assert sent(desk) == sent_before
    laila.post(f"/es/cases/{witness.case_number}/messages", data={"message": "Solo para quien lo vio."})
    laila.post(f"/es/cases/{target.case_number}/messages", data={"message": "Solo para quien lo sufrió."})
    of_witness, of_target = (
        [reply.text for reply in desk.replies(one) if reply not in earlier]
        for one, earlier in zip((witness, target), before, strict=True)
    )
    assert (of_witness, of_target) == (["Solo para quien lo vio."], ["Solo para quien lo sufrió."])
    for one, other in ((witness, target), (target, witness)):
        told = "".join(reply.model_dump_json() for reply in desk.replies(one))
        assert other.case_number not in told and shown(other.case_number) not in told


@pytest.mark.parametrize("do", ["confirm", "decline", "remove", "", "anything"])
def test_a_report_that_says_nothing_of_another_cannot_be_linked(desk: Desk, do: str) -> None:
    one, other = desk.report(), desk.report()
    data = {"do": do, "other": other.case_number}
    answer = desk.signed_in("laila").post(f"/es/inbox/{one.case_number}/link", data=data)
    assert answer.status_code == 404
    assert links(desk) == []

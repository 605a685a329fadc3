"""Keeping out ends by a second person, with a reason; who holds the case again by that is told."""

import re
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select, text
from starlette.testclient import TestClient

from casework.conflicts.guards import kept_out
from casework.conflicts.rules import RELATIONS
from casework.conflicts.tables import CaseWall, WallDown
from casework.tasks.tables import CaseTask
from office.languages import language
from tests.casework.conflicts.people import add, checks, decide, declare
from tests.casework.conflicts.test_correcting import correct, party
from tests.casework.conflicts.test_recusals import give
from tests.casework.desk import Desk, Reporter, said

WHY = "La empresa era otra, con el mismo nombre."


def end(desk: Desk, client: TestClient, reporter: Reporter, who: str, why: str = WHY, named: str = "") -> Any:
    """End that somebody keeps out, as the form does; `named` is what an older page called it."""
    form = {"kept_out": named or offered(desk, client, reporter, who), "ending_reason": why}
    return client.post(f"/es/cases/{reporter.case_number}/people/ending", data=form)


def offered(desk: Desk, client: TestClient, reporter: Reporter, who: str) -> str:
    """What the page offers to end of somebody, or their id where it offers nothing."""
    own = str(desk.staff_id(who))
    page = client.get(f"/es/cases/{reporter.case_number}/people").text
    return next(iter(re.findall(rf'<option value="({own}[^"]*)"', page)), own)


def walled(desk: Desk) -> tuple[Reporter, Reporter]:
    """Vicent's case and Laila's, with a wall between them that Amparo decided about in error."""
    earlier, new = desk.a_case("vicent"), desk.a_case("laila")
    add(desk.signed_in("vicent"), earlier, "Bar Pepe", "affected")
    add(desk.signed_in("laila"), new, "Bar Pepe")
    (check,) = checks(desk)
    assert decide(desk.signed_in("amparo"), new, check.id, "wall").status_code == 303
    return earlier, new


def out(desk: Desk, reporter: Reporter) -> frozenset[Any]:
    with desk.reading() as session:
        return kept_out(session, desk.case(reporter).id)


def test_who_declared_an_interest_takes_it_back_by_a_supervisor_and_goes_on(desk: Desk) -> None:
    reporter, laila, amparo = desk.a_case("laila"), desk.signed_in("laila"), desk.signed_in("amparo")
    where = f"/es/cases/{reporter.case_number}"
    assert declare(laila, reporter).status_code == 303
    assert end(desk, laila, reporter, "laila").status_code == 404  # no supervisor
    assert end(desk, amparo, reporter, "laila", why="").status_code == 422
    assert "ending_reason" in amparo.get(f"{where}/people").text
    assert end(desk, amparo, reporter, "laila", "Dice que era otra persona.").status_code == 303
    assert not out(desk, reporter)
    assert end(desk, amparo, reporter, "laila").status_code == 409  # somebody was faster
    kinds = desk.events(reporter)
    assert kinds[kinds.index("keeping_out_ended") :][:2] == ["keeping_out_ended", "case_key_renewed"]
    page = said(laila.get(f"{where}/people").text)
    assert "Dice que era otra persona." in page and "Lo terminó Amparo Inventada" in page
    assert "Mira la página Personas y conflictos" in said(laila.get(f"{where}/tasks").text)
    with desk.reading() as session:
        row = session.exec(select(WallDown)).one()
        assert (row.relation_code, row.made_by) == ("family", desk.staff_id("laila"))
        assert b"otra persona" not in row.sealed


def test_who_handed_the_case_over_can_be_given_it_again_and_holds_nothing_before(desk: Desk) -> None:
    reporter, amparo = desk.a_case("laila"), desk.signed_in("amparo")
    declare(desk.signed_in("laila"), reporter)
    assert give(desk, amparo, reporter, "pau").status_code == 303
    assert give(desk, amparo, reporter, "laila").status_code != 303
    assert end(desk, amparo, reporter, "laila").status_code == 303
    where = f"/es/cases/{reporter.case_number}"
    assert desk.signed_in("laila").get(where).status_code == 404
    with desk.reading() as session:
        assert session.exec(select(CaseTask)).all() == []  # who gains nothing is told nothing
    assert WHY not in desk.signed_in("pau").get(f"{where}/people").text  # who worked on the other side
    assert give(desk, amparo, reporter, "laila").status_code == 303
    assert desk.signed_in("laila").get(where).status_code == 200


def test_a_wall_comes_down_by_neither_who_keeps_out_nor_who_decided_so(desk: Desk) -> None:
    _, new = walled(desk)
    where = f"/es/cases/{new.case_number}"
    amparo, vicent = desk.signed_in("amparo"), desk.signed_in("vicent")
    assert vicent.get(where).status_code == 404
    refused = end(desk, amparo, new, "vicent")
    assert refused.status_code == 409 and "Debe hacerlo otra persona supervisora" in said(refused.text)
    assert "ending_reason" not in amparo.get(f"{where}/people").text
    assert end(desk, vicent, new, "vicent").status_code == 404
    assert out(desk, new) == {desk.staff_id("vicent")}


def test_a_supervisor_behind_a_wall_gets_a_new_key_and_a_word_when_another_takes_it_down(desk: Desk) -> None:
    earlier, new = walled(desk)
    version = desk.case(new).key_version
    with desk.writing() as session:  # decided by a supervisor who left
        for wall in session.exec(select(CaseWall)):
            wall.made_by = desk.staff_id("ferran")
            session.add(wall)
    assert end(desk, desk.signed_in("amparo"), new, "vicent").status_code == 303
    assert desk.case(new).key_version == version + 1
    vicent = desk.signed_in("vicent")
    assert vicent.get(f"/es/cases/{new.case_number}").status_code == 200
    assert new.case_number in vicent.get("/es/tasks").text
    assert "Vicent" in said(vicent.get(f"/es/cases/{new.case_number}/people").text)
    for page in ("tasks", "people", "timeline"):  # to its adviser nobody says who kept out
        shown = said(desk.signed_in("laila").get(f"/es/cases/{new.case_number}/{page}").text)
        assert "no te abstienes" not in shown and WHY not in shown, page
    tasks = said(desk.signed_in("laila").get(f"/es/cases/{new.case_number}/tasks").text)
    assert "Mira la página Personas y conflictos" in tasks
    assert out(desk, earlier) == {desk.staff_id("laila")}  # that of the other case is another decision
    with desk.reading() as session:
        assert WHY not in repr(session.execute(text("SELECT detail FROM event")).all())


@pytest.mark.parametrize(("decision", "kept_out_one"), [("wall", "vicent"), ("recusal", "laila")])
def test_a_decision_whose_wall_came_down_settles_no_surer_match(
    desk: Desk, decision: str, kept_out_one: str
) -> None:
    earlier, new = desk.a_case("vicent"), desk.a_case("laila")
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    add(desk.signed_in("vicent"), earlier, "Bacari", "affected")
    add(laila, new, "Vacari")
    (check,) = checks(desk)
    assert decide(amparo, new, check.id, decision).status_code == 303
    with desk.writing() as session:  # decided by a supervisor who left
        for wall in session.exec(select(CaseWall)):
            wall.made_by = desk.staff_id("ferran")
            session.add(wall)
    assert end(desk, amparo, new, kept_out_one).status_code == 303
    assert correct(laila, new, party(desk, new, "respondent"), "Bakari").status_code == 303
    assert len(checks(desk)) == 1  # no surer than what was decided about
    assert correct(laila, new, party(desk, new, "respondent"), "Bacari").status_code == 303
    (asked,) = (one for one in checks(desk) if one.decision_code is None)
    assert asked.likeness == "name"


def test_who_decided_a_wall_does_not_end_it_because_somebody_declared_an_interest_before(desk: Desk) -> None:
    earlier, new = desk.a_case("laila"), desk.a_case("laila")
    amparo = desk.signed_in("amparo")
    assert declare(desk.signed_in("laila"), earlier).status_code == 303
    assert give(desk, amparo, earlier, "pau").status_code == 303
    add(desk.signed_in("pau"), earlier, "Bar Pepe", "affected")
    add(desk.signed_in("laila"), new, "Bar Pepe")
    (check,) = checks(desk)
    assert decide(amparo, new, check.id, "wall").status_code == 303
    refused = end(desk, amparo, earlier, "laila")
    assert refused.status_code == 409 and out(desk, earlier) == {desk.staff_id("laila")}
    assert desk.events(earlier).count("kept_out_further") == 1


def test_who_declares_a_second_reason_is_seen_with_both_and_an_older_page_ends_neither(desk: Desk) -> None:
    reporter, laila, amparo = desk.a_case("laila"), desk.signed_in("laila"), desk.signed_in("amparo")
    assert declare(laila, reporter, "service").status_code == 303
    older = offered(desk, amparo, reporter, "laila")
    assert declare(laila, reporter, "family").status_code == 303
    assert declare(laila, reporter, "family").status_code == 303  # said twice is one reason
    assert end(desk, amparo, reporter, "laila", named=older).status_code == 409
    assert end(desk, amparo, reporter, "laila", named=str(desk.staff_id("laila"))).status_code == 409
    assert out(desk, reporter) == {desk.staff_id("laila")}
    page = said(amparo.get(f"/es/cases/{reporter.case_number}/people").text)
    assert all(language("es", "staff").gettext(RELATIONS[code]) in page for code in ("service", "family"))
    assert end(desk, amparo, reporter, "laila").status_code == 303
    assert not out(desk, reporter)
    assert declare(laila, reporter, "family").status_code == 303
    assert end(desk, amparo, reporter, "laila", named=older).status_code == 409  # sent again by the browser
    assert out(desk, reporter) == {desk.staff_id("laila")}


@pytest.mark.parametrize("who", ["staff_id", "made_by"])
def test_the_store_itself_refuses_that_one_person_does_it(desk: Desk, who: str) -> None:
    reporter = desk.a_case("laila")
    amparo, pau, ferran = (desk.staff_id(name) for name in ("amparo", "pau", "ferran"))
    row: dict[str, Any] = {"staff_id": pau, "made_by": ferran, "down_by": amparo}
    row[who] = amparo
    case = desk.case(reporter)
    with pytest.raises(IntegrityError), desk.writing() as session:
        session.add(
            WallDown(
                case_id=case.id,
                relation_code="decision",
                made_on=case.opened_on,
                down_on=case.opened_on,
                key_version=1,
                sealed=b"x",
                **row,
            )  # fmt: skip
        )

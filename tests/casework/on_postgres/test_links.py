"""Two who link the same two cases at once, each from another end, on PostgreSQL."""

import pytest
from sqlmodel import select

from casework.cases.tables import CaseFile
from office.handover.report import About
from tests.casework.desk import said
from tests.casework.links.test_links import links
from tests.casework.links.test_making import make
from tests.casework.on_postgres.conftest import PostgresDesk
from tests.casework.on_postgres.waiting import at_once

pytestmark = pytest.mark.postgres


def test_two_who_part_a_link_at_once_from_either_end_wait_for_each_other_on_postgresql(
    desk: PostgresDesk,
) -> None:
    first = desk.a_case("laila")
    second = desk.a_case("laila", about=About(relation="claim", case_number=first.case_number))
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    confirmed = laila.post(f"/en/cases/{second.case_number}/link", data={"do": "confirm"})
    assert confirmed.status_code == 303 and len(links(desk)) == 1
    ends = ((laila, first, second), (amparo, second, first))
    early = min((first, second), key=lambda one: desk.case(one).id)
    with desk.reading() as session:
        session.exec(select(CaseFile).where(CaseFile.id == desk.case(early).id).with_for_update()).one()
        acts = tuple(
            lambda who=who, own=own, far=far: who.post(
                f"/en/cases/{own.case_number}/link", data={"do": "remove", "other": far.case_number}
            )
            for who, own, far in ends
        )
        with at_once(desk, *acts) as begun:
            session.rollback()
    answers = [one.result() for one in begun]
    assert sorted(one.status_code for one in answers) == [303, 404], [said(one.text) for one in answers]
    assert links(desk) == []


def test_two_who_confirm_the_same_link_at_once_keep_one_on_postgresql(desk: PostgresDesk) -> None:
    first = desk.a_case("laila")
    second = desk.a_case("laila", about=About(relation="claim", case_number=first.case_number))
    people = [desk.signed_in(name) for name in ("laila", "amparo")]
    early = min((first, second), key=lambda one: desk.case(one).id)
    with desk.reading() as session:
        session.exec(select(CaseFile).where(CaseFile.id == desk.case(early).id).with_for_update()).one()
        acts = tuple(
            lambda who=who: who.post(f"/en/cases/{second.case_number}/link", data={"do": "confirm"})
            for who in people
        )
        with at_once(desk, *acts) as begun:
            session.rollback()
    assert [one.result().status_code for one in begun] == [303, 303]
    assert len(links(desk)) == 1 and desk.events(first).count("case_linked") == 1


def test_two_who_make_a_link_at_once_from_either_end_wait_for_each_other_on_postgresql(
    desk: PostgresDesk,
) -> None:
    early, late = sorted((desk.a_case("laila"), desk.a_case("laila")), key=lambda one: desk.case(one).id)
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    with desk.reading() as session:
        session.exec(select(CaseFile).where(CaseFile.id == desk.case(early).id).with_for_update()).one()
        with (
            at_once(desk, lambda: make(laila, early, late.case_number)) as begun,
            at_once(desk, lambda: make(amparo, late, early.case_number), beside=1) as followed,
        ):
            session.rollback()
    answers = [one.result() for one in (*begun, *followed)]
    assert [one.status_code for one in answers] == [303, 422], [said(one.text) for one in answers]
    assert len(links(desk)) == 1

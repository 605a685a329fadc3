"""The reprisal watch: the same person and the same respondent within twelve months."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlmodel import Session, select

from casework.conflicts.tables import CaseParty, PartyTerm
from casework.incidents.tables import CaseLink
from casework.patterns.rules import is_within_a_year, year_before
from office.ids import shown
from tests.casework.conflicts.people import add, declare
from tests.casework.desk import Desk, Reporter, said
from tests.casework.queues.lists import many
from tests.casework.queues.test_lists import change

ALERT = "La misma persona señaló a la misma parte"


def two(
    desk: Desk, first: str = "laila", second: str = "laila", days: int = 100
) -> tuple[Reporter, Reporter]:
    """Two cases of one person against one bar, so many days apart."""
    found = []
    for adviser, person, bar in (
        (first, "Rosa Ferrer", "Bar Pepe S.L."),
        (second, "FERRER, Rosa", "bar pepe"),
    ):
        one = desk.a_case(adviser)
        client = desk.signed_in(adviser)
        add(client, one, person, "affected", "person")
        add(client, one, bar)
        found.append(one)
        desk.clock.move(days=days)
    return found[0], found[1]


def test_the_later_case_tells_who_may_open_both_and_the_earlier_one_does_not(desk: Desk) -> None:
    before, after = two(desk)
    laila = desk.signed_in("laila")
    words = said(laila.get(f"/es/cases/{after.case_number}").text)
    assert ALERT in words and shown(before.case_number) in words and "47.3.b" in words
    assert ALERT not in said(laila.get(f"/es/cases/{before.case_number}").text)


def test_who_may_not_open_the_earlier_case_is_told_nothing_and_a_supervisor_is(desk: Desk) -> None:
    before, after = two(desk, "pau", "laila")
    words = said(desk.signed_in("laila").get(f"/es/cases/{after.case_number}").text)
    assert ALERT not in words and shown(before.case_number) not in words
    words = said(desk.signed_in("amparo").get("/es/patterns").text)
    assert ALERT in words and shown(before.case_number) in words and shown(after.case_number) in words
    assert ALERT not in said(desk.signed_in("laila").get("/es/patterns").text)


def test_a_supervisor_who_keeps_out_of_one_learns_only_that_somebody_else_must_look(desk: Desk) -> None:
    before, after = two(desk)
    amparo = desk.signed_in("amparo")
    assert declare(amparo, before).status_code == 303
    words = said(amparo.get("/es/patterns").text)
    assert "1 afecta a expedientes que tiene que mirar otra persona." in words
    assert shown(before.case_number) not in words and shown(after.case_number) not in words


def test_how_many_alerts_are_not_listed_is_said(desk: Desk) -> None:
    """Fifteen cases of one person against one bar make 105 pairs."""
    first, *others = many(desk, 15)
    add(desk.signed_in("laila"), first, "Rosa Ferrer", "affected", "person")
    add(desk.signed_in("laila"), first, "Bar Pepe")
    for place, one in enumerate(others):
        change(desk, one, reported_on=desk.case(first).reported_on + timedelta(days=place + 1))
        with desk.writing() as session:
            name_the_same(session, desk.case(first).id, desk.case(one).id)
    words = said(desk.signed_in("amparo").get("/es/patterns").text)
    assert words.count(ALERT) == 100
    assert "Hay 5 más, anteriores, que no se muestran aquí." in words
    assert "otra persona" not in words and "No hay ninguna." not in words


def name_the_same(session: Session, case_id: UUID, other_id: UUID) -> None:
    """Keep in another case the people of a case, under the same names."""
    for party in session.exec(select(CaseParty).where(CaseParty.case_id == case_id)).all():
        copied = CaseParty(**party.model_dump(exclude={"id", "case_id"}), case_id=other_id)
        session.add(copied)
        session.flush()
        for term in session.exec(select(PartyTerm).where(PartyTerm.party_id == party.id)).all():
            session.add(PartyTerm(**term.model_dump(exclude={"party_id"}), party_id=copied.id))


def test_after_more_than_twelve_months_there_is_none(desk: Desk) -> None:
    _, after = two(desk, days=366)
    assert ALERT not in said(desk.signed_in("laila").get(f"/es/cases/{after.case_number}").text)


@pytest.mark.parametrize(
    ("relation", "is_one_person"),
    [
        ("lost_key", True),
        ("one_person", True),
        ("claim", False),
        ("same_event", False),
        ("related", False),
        ("split_from", False),
    ],
)
def test_only_a_link_that_says_it_is_one_person_stands_for_their_name(
    desk: Desk, relation: str, is_one_person: bool
) -> None:
    found = []
    for _ in range(2):
        found.append(desk.a_case("laila"))
        add(desk.signed_in("laila"), found[-1], "Bar Pepe")
        desk.clock.move(days=10)
    own = f"/es/cases/{found[1].case_number}"
    assert ALERT not in said(desk.signed_in("laila").get(own).text)
    with desk.writing() as session:
        link(session, desk, found[1], found[0], relation)
    assert (ALERT in said(desk.signed_in("laila").get(own).text)) is is_one_person


def link(session: Session, desk: Desk, one: Reporter, other: Reporter, relation: str) -> None:
    """Keep a confirmed link."""
    session.add(
        CaseLink(
            from_number=one.case_number,
            to_number=other.case_number,
            relation=relation,
            made_on=date(2026, 11, 23),
            made_by=desk.staff_id("amparo"),
        )
    )


@pytest.mark.parametrize(
    ("before", "after", "is_within"),
    [
        (date(2025, 3, 1), date(2026, 3, 1), True),
        (date(2025, 2, 28), date(2026, 3, 1), False),
        (date(2023, 2, 28), date(2024, 2, 29), True),
        (date(2026, 3, 1), date(2026, 3, 1), False),
    ],
)
def test_twelve_months_go_from_date_to_date(before: date, after: date, is_within: bool) -> None:
    assert is_within_a_year(before, after) is is_within
    assert year_before(date(2024, 2, 29)) == date(2023, 2, 28)

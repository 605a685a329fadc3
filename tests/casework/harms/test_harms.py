"""What was done to whom: harms, the codes of the case they make together, and who had which part."""

import re
from datetime import date

import pytest
from sqlalchemy import text
from sqlmodel import select

from casework.harms.rules import day_known
from casework.harms.tables import CaseHarm
from casework.timeline.tables import Event
from tests.casework.conflicts.people import add
from tests.casework.deadlines.clocks import version
from tests.casework.desk import Desk, codes, mistakes, said, typed
from tests.casework.harms.harming import (
    change,
    harms,
    involve,
    involved,
    note,
    parties,
    path,
    remove,
)
from tests.casework.merges.pairs import apart, together, two
from tests.casework.walls.rising import hidden

NAMED = {
    "party_name": "Policía Local",
    "role": "respondent",
    "kind": "organisation",
    "service": "local_police",
}


NOTED = "2026-11-23"


def _days_in(table: str, desk: Desk) -> set[str]:
    """The days that a table holds in clear."""
    with desk.reading() as session:
        rows = session.execute(text(f"SELECT * FROM {table}")).mappings().all()
    values = {str(value) for row in rows for value in row.values()}
    return {one for one in values if re.fullmatch(r"\d{4}-\d\d-\d\d", one)}


def test_the_first_harm_is_what_the_codes_say_and_a_case_of_one_is_counted_as_ever(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    (first,) = harms(desk, reporter)
    case = desk.case(reporter)
    assert (first.area_code, first.ground_codes) == (case.area_code, case.ground_codes)
    assert (first.place, first.conduct_codes, first.sealed, first.noted_on) == (1, "", None, None)
    coded = laila.post(f"/es/cases/{reporter.case_number}/codes", data=codes(version=version(desk, reporter)))
    assert coded.status_code == 303
    (first,) = harms(desk, reporter)
    case = desk.case(reporter)
    for one in (first, case):
        assert (one.area_code, one.ground_codes) == ("housing", "language race_ethnicity")
        assert one.conduct_codes == "direct"
    (record,) = desk.counted()
    assert record.ground_codes == ("language", "race_ethnicity") and record.conduct_codes == ("direct",)


def test_another_harm_joins_its_codes_to_the_case_which_stays_one_situation(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    address = f"/es/cases/{reporter.case_number}/codes"
    assert laila.post(address, data=codes(version=version(desk, reporter))).status_code == 303
    add(laila, reporter, "Amina", role="affected", kind="person")
    amina = parties(desk, reporter)["affected"]
    assert note(desk, laila, reporter, harm_person=str(amina.id)).status_code == 303
    first, second = harms(desk, reporter)
    assert second.party_id == amina.id
    assert "octubre de 2026" in said(laila.get(path(reporter)).text)
    form = laila.get(path(reporter, 2)).text
    assert 'name="harm_on-month"' in form and not _days_in("case_harm", desk) - {NOTED}
    case = desk.case(reporter)
    assert case.ground_codes == "language race_ethnicity religion_other"
    assert (case.conduct_codes, case.area_code) == ("direct harassment", "housing")
    (record,) = desk.counted()
    assert record.ground_codes == ("language", "race_ethnicity", "religion_other")
    assert (record.conduct_codes, record.area_code) == (("direct", "harassment"), "housing")
    for where in ("", "/codes", "/harms", "/print"):
        page = said(laila.get(f"/es/cases/{reporter.case_number}{where}").text)
        assert "octubre de 2026" in page and "Amina (Persona afectada)" in page, where
    for trace in (b"insultaron", b"Amina", b"No sale sola"):
        assert trace not in (second.sealed or b"")
    with desk.reading() as session:
        told = session.exec(select(Event.detail).where(Event.kind == "harm_added")).one()
    assert "Amina" not in told and "insult" not in told
    # coded anew, the first keeps to itself what is the second's
    again = codes(version=version(desk, reporter), conduct=["indirect"], grounds=["language"])
    assert laila.post(address, data=again).status_code == 303
    assert desk.case(reporter).conduct_codes == "harassment indirect"
    assert [one.conduct_codes for one in harms(desk, reporter)] == ["indirect", "harassment"]
    assert (
        change(desk, laila, reporter, 2, conduct=["hate_crime"], grounds=["religion_other"]).status_code
        == 303
    )
    assert desk.case(reporter).conduct_codes == "hate_crime indirect"
    assert harms(desk, reporter)[1].party_id is None


def test_a_harm_is_taken_out_with_a_reason_and_the_first_stays(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    assert note(desk, laila, reporter).status_code == 303
    unsaid = remove(desk, laila, reporter, 2, "")
    assert unsaid.status_code == 422 and desk.case(reporter).conduct_codes == "harassment"
    assert remove(desk, laila, reporter, 2, "Era de otro expediente.").status_code == 303
    case, (_, second) = desk.case(reporter), harms(desk, reporter)
    assert (case.conduct_codes, "religion_other" in case.ground_codes) == ("", False)
    assert second.removed_on == desk.clock.now().date() and b"otro expediente" not in (second.sealed or b"")
    assert laila.get(path(reporter, 2)).status_code == 404
    stays = remove(desk, laila, reporter, 1)
    assert stays.status_code == 409 and "Cambia sus códigos" in said(stays.text)
    assert note(desk, laila, reporter).status_code == 303
    assert [one.place for one in harms(desk, reporter)] == [1, 2, 3]  # a number is never given again


def test_what_was_taken_out_makes_room_for_another(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    own, today = desk.case(reporter).id, desk.clock.now().date()
    with desk.writing() as session:
        session.add_all(CaseHarm(case_id=own, place=place, noted_on=today) for place in range(2, 41))
    refused = note(desk, laila, reporter)
    assert refused.status_code == 409 and len(harms(desk, reporter)) == 40
    with desk.writing() as session:
        last = session.exec(select(CaseHarm).where(CaseHarm.case_id == own, CaseHarm.place == 40)).one()
        last.removed_on = today
    assert note(desk, laila, reporter).status_code == 303
    assert harms(desk, reporter)[-1].place == 41  # its number is never given to another


def test_what_was_typed_is_never_lost_and_an_older_page_changes_nothing(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    old = version(desk, reporter)
    wrong = {"conduct": [], "harm_done": "", "harm_on-day": "3", "harm_on-month": ""}
    answer = note(desk, laila, reporter, **wrong)
    assert answer.status_code == 422 and len(mistakes(answer.text)) == 3
    assert typed(answer.text, "harm_consequence")["text"] == "No sale sola."
    assert note(desk, laila, reporter).status_code == 303
    stale = change(desk, laila, reporter, 2, version=old, harm_done="De otra ventana.")
    assert stale.status_code == 409 and typed(stale.text, "harm_done")["text"] == "De otra ventana."
    assert harms(desk, reporter)[1].conduct_codes == "harassment"
    to_come = note(desk, laila, reporter, **{"harm_on-year": "2027"})
    assert to_come.status_code == 422 and len(harms(desk, reporter)) == 2
    assert note(desk, laila, reporter, harm_done="Su DNI es 12345678Z.").status_code == 422


def test_a_part_is_that_of_a_respondent_of_the_case_and_is_noted_once(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    other = desk.a_case("laila")
    add(laila, reporter, "Bar Pepe, S.L.")
    add(laila, reporter, "Amina", role="affected", kind="person")
    add(laila, other, "Casa Nova, S.L.")
    here = parties(desk, reporter)
    for one in (here["affected"], parties(desk, other)["respondent"]):
        assert involve(desk, laila, reporter, 1, one).status_code == 422
    assert note(desk, laila, reporter, harm_person=str(here["respondent"].id)).status_code == 422
    assert not involved(desk)
    assert involve(desk, laila, reporter, 1, here["respondent"]).status_code == 303
    assert involve(desk, laila, reporter, 1, here["respondent"], grade="admitted").status_code == 303
    (part,) = involved(desk)
    assert part.part_code == "did" and b"admitted" not in part.sealed
    with desk.reading() as session:  # that somebody did it for sure stands in no event and in no column
        told = session.exec(select(Event.detail).where(Event.kind == "harm_involved")).all()
        row = dict(session.execute(text("SELECT * FROM harm_involvement")).mappings().one())
    assert len(told) == 2 and not any("admitted" in one or "main" in one for one in told)
    assert not {"admitted", "main"} & set(map(str, row.values()))
    page = said(laila.get(f"/es/cases/{reporter.case_number}").text)
    assert "Bar Pepe, S.L. : Lo hizo · Lo reconoce" in page
    gone = {"version": version(desk, reporter), "party": str(here["respondent"].id)}
    assert laila.post(path(reporter, 1, "parts/removal"), data=gone).status_code == 303
    (part,) = involved(desk)
    assert part.ended_on == desk.clock.now().date()
    again = {**gone, "version": version(desk, reporter)}
    assert laila.post(path(reporter, 1, "parts/removal"), data=again).status_code == 404


def test_a_service_of_the_city_has_a_part_only_behind_the_wall(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    people = f"/en/cases/{reporter.case_number}/people"
    asked = laila.post(people, data=NAMED)
    assert asked.status_code == 200 and not parties(
        desk, reporter
    )  # until somebody says yes, nobody is there
    yes = {**hidden(asked.text), "wall": "yes", "wall_taker": str(desk.staff_id("amparo"))}
    assert laila.post(people, data={**yes, "wall_service": "local_police"}).status_code == 303
    police = parties(desk, reporter)["respondent"]
    assert desk.case(reporter).routing_code == "city"
    assert involve(desk, laila, reporter, 1, police).status_code == 404
    assert involve(desk, desk.signed_in("amparo"), reporter, 1, police).status_code == 303


def test_harms_stay_in_their_case_when_two_are_read_together_and_parted(desk: Desk) -> None:
    lead, under = two(desk, "Bus, asiento.", "Bus, insultos.")
    laila = desk.signed_in("laila")
    assert note(desk, laila, under).status_code == 303
    assert together(desk, laila, lead, under).status_code == 303
    assert "Acoso discriminatorio" in said(laila.get(f"/es/cases/{lead.case_number}").text)
    where, stays = f"/es/cases/{lead.case_number}/together", "están nombradas en este expediente"
    before = said(laila.get(where).text).count(stays)
    assert note(desk, laila, lead, conduct=["hate_speech"]).status_code == 303
    assert said(laila.get(where).text).count(stays) == before + 1  # it stays where it was noted, and is told
    assert apart(desk, laila, lead, under).status_code == 303
    assert [one.conduct_codes for one in harms(desk, lead)] == ["", "hate_speech"]
    assert [one.conduct_codes for one in harms(desk, under)] == ["", "harassment"]


@pytest.mark.parametrize(
    ("written", "known"),
    [
        (("3", "10", "2026"), (date(2026, 10, 3), "day")),
        (("", "2", "2025"), (date(2025, 2, 1), "month")),
        (("", "", "2019"), (date(2019, 1, 1), "year")),
        (("3", "", "2026"), None),
        (("", "13", "2026"), None),
        (("", "2", ""), None),
    ],
)
def test_a_day_is_known_as_well_as_it_is_written(
    written: tuple[str, str, str], known: tuple[date, str] | None
) -> None:
    if known is None:
        with pytest.raises(ValueError):  # what the calendar says
            day_known(*written)
    else:
        assert day_known(*written) == known


def test_the_store_keeps_the_first_harm_and_one_part_of_each(desk: Desk) -> None:
    desk.a_case("laila")
    with desk.writing() as session, pytest.raises(Exception, match="the_first_stays|CHECK"):
        session.execute(text("UPDATE case_harm SET removed_on = '2026-11-23'"))

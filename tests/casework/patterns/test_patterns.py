"""Scenario 17: a pattern is counted for a supervisor, and shown when the adviser of each case agreed."""

import re
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from casework.patterns import rules
from casework.patterns.queries import MOST_SHOWN
from casework.patterns.tables import CasePattern, PatternMember
from office.ids import shown
from tests.casework.conflicts.people import add, declare
from tests.casework.desk import Desk, Reporter, codes, said
from tests.casework.patterns.litigating import PROPOSAL, propose, speak
from tests.casework.queues.lists import many

PATTERNS = "/es/patterns"
SPELLINGS = (
    "Inmobiliaria Sol S.L.",
    "INMOBILIARIA SOL",
    "Sol, Inmobiliaria",
    "Inmobiliaria Sol, SLU",
    "inmobiliaria sol",
)
ADVISERS = ("laila", "pau", "laila", "pau", "laila")


def five(desk: Desk, gap: int = 20) -> list[Reporter]:
    """Five cases against one organisation, of two advisers, so many days apart."""
    found = []
    for adviser, name in zip(ADVISERS, SPELLINGS, strict=True):
        found.append(desk.a_case(adviser))
        add(desk.signed_in(adviser), found[-1], name)
        desk.clock.move(days=gap)
    return found


def ask(client: TestClient) -> None:
    """Ask about the first pattern, as the form does."""
    handle = client.get(PATTERNS).text.partition('name="pattern" value="')[2][:32]
    assert client.post(PATTERNS, data={"pattern": handle}).status_code == 303


def answer(client: TestClient, reporter: Reporter, chosen: str = "agreed", was: str = "") -> int:
    """Answer for one case, as the form does."""
    own = re.findall(r"/patterns/([0-9a-f-]{36})/answer", client.get(PATTERNS).text)
    data = {"number": reporter.case_number, "answer": chosen, "was": was}
    return client.post(f"{PATTERNS}/{own[0] if own else '0' * 32}/answer", data=data).status_code


def group(client: TestClient) -> str:
    """The address of the open group, as the page links it."""
    return next(iter(re.findall(r'href="(/es/patterns/[0-9a-f-]{36})"', client.get(PATTERNS).text)), "")


def agreed(desk: Desk) -> tuple[list[Reporter], str]:
    """Five cases whose advisers have agreed, and the address of their group."""
    found = five(desk)
    ask(desk.signed_in("amparo"))
    for adviser, one in zip(ADVISERS, found, strict=True):
        assert answer(desk.signed_in(adviser), one) == 303
    return found, group(desk.signed_in("amparo"))


def test_scenario_17_a_supervisor_sees_a_count_and_a_link_request_and_no_names_until_owners_agree(
    desk: Desk,
) -> None:
    found = five(desk)
    amparo = desk.signed_in("amparo")
    for one in found[:2]:
        assert declare(amparo, one).status_code == 303  # walls: two of them she may not open
    page = amparo.get(PATTERNS)
    assert "5 expedientes en 90 días" in said(page.text) and "Preguntar" in said(page.text)
    ask(amparo)
    for adviser, one in list(zip(ADVISERS, found, strict=True))[:4]:
        assert answer(desk.signed_in(adviser), one) == 303
        words = amparo.get(PATTERNS).text
        assert not any(case.case_number in words or shown(case.case_number) in words for case in found)
        assert "sol" not in said(words).lower().split() and group(amparo) == ""
    words = said(amparo.get(PATTERNS).text)
    assert "5 expedientes · 4 de acuerdo" in words
    assert answer(desk.signed_in("laila"), found[4]) == 303
    words = said(amparo.get(group(amparo)).text)
    assert [shown(one.case_number) in words for one in found] == [False, False, True, True, True]
    assert "No se te muestran 2 más" in words
    assert "Laila" in words and "Pau" in words


def test_scenario_17_the_owners_see_the_group_and_others_find_nothing(desk: Desk) -> None:
    found, address = agreed(desk)
    for name, status in (("laila", 200), ("pau", 200), ("amparo", 200), ("remei", 404), ("joana", 404)):
        page = desk.signed_in(name).get(address)
        assert page.status_code == status, name
        assert all(shown(one.case_number) in page.text for one in found) is (status == 200)
    laila = desk.signed_in("laila")
    assert laila.get(f"/es/cases/{found[1].case_number}").status_code == 404  # no key came with it
    assert address in laila.get(f"/es/cases/{found[0].case_number}").text


def test_scenario_17_the_proposal_of_strategic_litigation_carries_them(desk: Desk) -> None:
    found, address = agreed(desk)
    laila, amparo, vicent = (desk.signed_in(name) for name in ("laila", "amparo", "vicent"))
    assert propose(laila, address, 1).status_code == 303
    assert speak(laila, address, 2).status_code == 409, "whoever proposes does not decide"
    assert speak(amparo, address, 1).status_code == 409, "the page is older than the proposal"
    words = said(amparo.get(address).text)
    assert "Propuesta" in words and all(shown(one.case_number) in words for one in found)
    assert speak(amparo, address, 2).status_code == 303
    assert "Aceptad" not in said(laila.get(address).text), "one alone accepts nothing"
    assert speak(amparo, address, 3).status_code == 409, "nobody speaks twice"
    assert speak(vicent, address, 3, "against").status_code == 303
    assert propose(amparo, address, 4).status_code == 303, "declined, it may be proposed again"
    assert speak(amparo, address, 5).status_code == 409
    assert speak(desk.signed_in("pau"), address, 5).status_code == 303
    assert speak(vicent, address, 6).status_code == 303
    assert "Aceptada por la comisión" in said(laila.get(address).text)
    kinds = desk.events(None)
    assert kinds.count("litigation_proposed") == kinds.count("litigation_decided") == 2
    assert kinds.count("litigation_voiced") == 2


def test_one_who_declines_keeps_the_group_shut_and_may_think_again(desk: Desk) -> None:
    found, address = agreed(desk)
    pau = desk.signed_in("pau")
    assert answer(pau, found[1], "declined") == 409  # the page is older than the answer
    assert answer(pau, found[1], "declined", "agreed") == 303
    assert desk.signed_in("laila").get(address).status_code == 404
    assert (
        desk.signed_in("amparo").post(f"{address}/proposal", data={"version": "1", **PROPOSAL}).status_code
        == 404
    )
    assert "1 en contra" in said(desk.signed_in("amparo").get(PATTERNS).text)
    assert answer(pau, found[1], "agreed", "declined") == 303
    assert desk.signed_in("laila").get(address).status_code == 200
    assert desk.events(found[1]).count("pattern_answered") == 3


def test_only_the_adviser_of_a_case_answers_for_it_and_who_has_it_next_is_asked_anew(desk: Desk) -> None:
    found, address = agreed(desk)
    amparo = desk.signed_in("amparo")
    own = address.rpartition("/")[2]
    data = {"number": found[0].case_number, "answer": "declined", "was": "agreed"}
    assert amparo.post(f"{PATTERNS}/{own}/answer", data=data).status_code == 404
    assert desk.signed_in("pau").post(f"{PATTERNS}/{own}/answer", data=data).status_code == 404
    given = {"version": "1", "adviser": str(desk.staff_id("pau")), "reason": "load"}
    assert amparo.post(f"/es/cases/{found[0].case_number}/adviser", data=given).status_code == 303
    assert amparo.get(address).status_code == 404
    assert answer(desk.signed_in("pau"), found[0]) == 303
    assert amparo.get(address).status_code == 200


def test_fewer_or_farther_apart_are_no_pattern(desk: Desk) -> None:
    five(desk, gap=46)  # never three within ninety days
    assert "Ahora no hay ninguno." in said(desk.signed_in("amparo").get(PATTERNS).text)


def without_city_key(desk: Desk) -> TestClient:
    """A supervisor who may not open cases against the city."""
    taken = {"do": "revoke", "key": "story-apart"}
    answer = desk.signed_in("amparo").post(f"/es/staff/{desk.staff_id('vicent')}/keys", data=taken)
    assert answer.status_code == 303
    return desk.signed_in("vicent")


def against(desk: Desk, adviser: str, name: str = "Inmobiliaria Sol", *, city: bool = False) -> Reporter:
    """A case against an organisation."""
    one = desk.a_case(adviser, city=city)
    add(desk.signed_in(adviser), one, name)
    return one


def test_a_case_against_the_city_counts_only_for_who_may_open_it(desk: Desk) -> None:
    vicent, amparo = without_city_key(desk), desk.signed_in("amparo")
    for city in (False, False, True):
        against(desk, "amparo", city=city)
    assert "3 expedientes en 90 días" in said(amparo.get(PATTERNS).text)
    assert "expedientes en 90 días" not in said(vicent.get(PATTERNS).text)
    ask(amparo)
    assert "3 expedientes · 0 de acuerdo" in said(amparo.get(PATTERNS).text)
    words = said(vicent.get(PATTERNS).text)
    assert "Todavía no se ha preguntado a nadie." in words and "0 de acuerdo" not in words


def test_a_case_against_the_city_that_has_not_agreed_shuts_nothing_for_who_may_not_know_of_it(
    desk: Desk,
) -> None:
    vicent, amparo = without_city_key(desk), desk.signed_in("amparo")
    plain = [against(desk, "laila") for _ in range(3)]
    city = against(desk, "amparo", city=True)
    ask(amparo)
    laila = desk.signed_in("laila")
    for one in plain:
        assert group(vicent) == ""
        assert answer(laila, one) == 303
    assert "4 expedientes · 3 de acuerdo" in said(amparo.get(PATTERNS).text) and group(amparo) == ""
    for client in (vicent, laila):
        assert "3 expedientes · 3 de acuerdo" in said(client.get(PATTERNS).text)
        words = said(client.get(group(client)).text)
        assert all(shown(one.case_number) in words for one in plain)
        assert shown(city.case_number) not in words and "No se te muestra" not in words
    assert answer(amparo, city) == 303
    assert shown(city.case_number) in said(amparo.get(group(amparo)).text)
    assert shown(city.case_number) not in said(vicent.get(group(vicent)).text)


def test_codes_that_agree_are_a_pattern_too(desk: Desk) -> None:
    for adviser in ADVISERS:
        one = desk.a_case(adviser)
        form = codes(conduct=["direct"])
        assert (
            desk.signed_in(adviser).post(f"/es/cases/{one.case_number}/codes", data=form).status_code == 303
        )
    amparo = desk.signed_in("amparo")
    words = said(amparo.get(PATTERNS).text)
    assert "5 expedientes en 90 días" in words and "La misma clase de parte señalada" in words
    ask(amparo)
    again = amparo.post(PATTERNS, data={"pattern": "0" * 32})
    assert again.status_code == 409
    assert "Preguntado a todos" in said(again.text)


def test_a_case_that_comes_later_is_asked_about_and_shuts_the_group_until_it_agrees(desk: Desk) -> None:
    _, address = agreed(desk)
    late = desk.a_case("pau")
    add(desk.signed_in("pau"), late, "Inmobiliaria Sol")
    amparo = desk.signed_in("amparo")
    assert "Preguntar por 1 más" in said(amparo.get(PATTERNS).text)
    ask(amparo)
    assert amparo.get(address).status_code == 404
    assert answer(desk.signed_in("pau"), late) == 303
    assert shown(late.case_number) in amparo.get(address).text


def test_cases_against_two_organisations_and_one_in_which_both_are_named_are_no_pattern(desk: Desk) -> None:
    against(desk, "laila", "Inmobiliaria Sol")
    both = against(desk, "laila", "Inmobiliaria Sol")
    add(desk.signed_in("laila"), both, "Bar Pepe")
    against(desk, "laila", "Bar Pepe")
    assert "Ahora no hay ninguno." in said(desk.signed_in("amparo").get(PATTERNS).text)


def test_a_request_about_one_organisation_is_none_about_another_that_one_of_its_cases_names_too(
    desk: Desk,
) -> None:
    both = against(desk, "laila", "Inmobiliaria Sol")
    for _ in range(3):
        against(desk, "laila", "Inmobiliaria Sol")
    amparo = desk.signed_in("amparo")
    ask(amparo)
    add(desk.signed_in("laila"), both, "Bar Pepe")
    for _ in range(2):
        against(desk, "laila", "Bar Pepe")
    words = said(amparo.get(PATTERNS).text)
    assert "3 expedientes en 90 días Preguntar a quien lleva cada uno" in words
    assert (
        "4 expedientes en 90 días Preguntado a todos" in words
        and "más" not in words.partition("Ya pregun")[0]
    )


def test_two_kinds_of_conduct_in_the_same_cases_are_asked_about_one_by_one(desk: Desk) -> None:
    for one in many(desk, 5):
        form = codes(conduct=["direct", "harassment"])
        answer = desk.signed_in("laila").post(f"/es/cases/{one.case_number}/codes", data=form)
        assert answer.status_code == 303
    amparo = desk.signed_in("amparo")
    for left in (2, 1, 0):
        page = amparo.get(PATTERNS).text
        handles = re.findall('name="pattern" value="([0-9a-f]+)"', page)
        assert len(set(handles)) == len(handles) == left
        if handles:
            assert amparo.post(PATTERNS, data={"pattern": handles[0]}).status_code == 303


def test_the_page_of_a_case_tells_that_its_adviser_is_asked_however_many_newer_requests_there_are(
    desk: Desk,
) -> None:
    case, other = (desk.case(one) for one in many(desk, 2))
    with desk.writing() as session:
        for place in range(MOST_SHOWN + 1):
            pattern = CasePattern(
                kind_code="respondent",
                asked_on=case.opened_on + timedelta(days=min(place, 1)),
                asked_by=desk.staff_id("amparo"),
            )
            session.add(pattern)
            session.flush()
            session.add(PatternMember(pattern_id=pattern.id, case_id=other.id if place else case.id))
    assert "Se te pregunta" in said(desk.signed_in("laila").get(f"/es/cases/{case.reference}").text)


def test_only_supervisors_ask_and_see_counts(desk: Desk) -> None:
    five(desk)
    laila = desk.signed_in("laila")
    page = laila.get(PATTERNS)
    assert page.status_code == 200 and "expedientes en 90 días" not in said(page.text)
    assert laila.post(PATTERNS, data={"pattern": "0" * 32}).status_code == 404
    assert desk.signed_in("remei").get(PATTERNS).status_code == 404


@pytest.mark.parametrize("kind", ["respondent", "codes"])
def test_the_numbers_are_data(kind: str) -> None:
    assert rules.THRESHOLDS[kind].reports >= 3 and rules.THRESHOLDS[kind].days == 90

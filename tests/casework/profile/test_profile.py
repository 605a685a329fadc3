"""What somebody is: noted with their yes, read by their adviser, opened by a supervisor who says why."""

import re
from datetime import date

import pytest
from sqlmodel import select

from casework.profile.rules import NEVER_NOTED, OPEN_FOR
from casework.profile.tables import CaseProfile, ProfileGrant, ProfileOpening
from casework.timeline.tables import Event
from office.vocabulary import load
from tests.casework.deadlines.clocks import day_fields
from tests.casework.desk import Desk, mistakes, said, typed
from tests.casework.profile.noting import (
    ENTRY,
    WHY,
    WORD,
    entries,
    grants,
    note,
    noted,
    path,
    profiles,
    say_why,
    take_out,
    withdraw,
)
from tests.casework.states.test_void import voided

NUMBER = "12345678Z"


def test_the_adviser_notes_it_in_the_persons_words_and_reads_it_again(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    assert "No hay nada anotado" in said(laila.get(path(reporter)).text)
    assert note(desk, laila, reporter).status_code == 303
    page = said(laila.get(path(reporter)).text)
    assert ENTRY["profile_words"] in page and "Otra religión o creencia" in page
    assert "La persona dijo que sí el 20 de noviembre de 2026" in page
    assert "argumento" in page and "Su seguridad" not in page.partition("Anotar algo")[0]
    (profile,) = profiles(desk, reporter)
    assert (profile.consented_on, profile.withdrawn_on) == (date(2026, 11, 20), None)
    told = desk.events(reporter)
    assert told.count("profile_noted") == 1 and told[-1] == "profile_read"


def test_without_the_persons_yes_nothing_is_noted_and_nothing_typed_is_lost(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    for wrong in (
        {"consent": ""},
        day_fields("consented", date(2026, 11, 24)),
        {"consented-day": "", "consented-month": "", "consented-year": ""},
        {"needed_for": []},
        {"needed_for": ["curiosity"]},
        {"profile_ground": "admin_status"},
        {"profile_ground": "nationality"},
        {"profile_words": " "},
    ):
        answer = note(desk, laila, reporter, **wrong)
        assert answer.status_code == 422 and len(mistakes(answer.text)) == 1, wrong
        assert typed(answer.text, "profile_words")["text"] == wrong.get(
            "profile_words", ENTRY["profile_words"]
        )
        assert "profile_noted" not in desk.events(reporter) and profiles(desk, reporter) == []


def test_neither_papers_nor_nationality_can_be_chosen(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    page = desk.signed_in("laila").get(path(reporter)).text
    offered = set(re.findall(r'<option value="([a-z_]+)"', page))
    assert set(load("grounds").codes) > NEVER_NOTED
    assert {"religion_other", "disability", "gender_identity", "health", "ideology", "roma"} <= offered
    assert not offered & NEVER_NOTED and offered <= set(load("grounds").codes)


def test_the_number_of_a_document_is_pointed_out_and_taken_out(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    answer = note(desk, laila, reporter, profile_words=f"Mi DNI es {NUMBER}.")
    assert answer.status_code == 422 and f'<bdi dir="ltr">{NUMBER}</bdi>' in answer.text
    assert profiles(desk, reporter) == []
    done = note(desk, laila, reporter, profile_words=f"Mi DNI es {NUMBER}.", numbers="remove")
    assert done.status_code == 303
    assert NUMBER not in laila.get(path(reporter)).text
    amparo = desk.signed_in("amparo")
    asked = amparo.post(path(reporter, "opening"), data={"open_reason": f"Lo pide quien tiene {NUMBER}."})
    assert asked.status_code == 422 and f'<bdi dir="ltr">{NUMBER}</bdi>' in asked.text


def test_a_supervisor_writes_why_before_and_the_adviser_reads_it(desk: Desk) -> None:
    reporter, amparo = noted(desk), desk.signed_in("amparo")
    page = amparo.get(path(reporter))
    assert page.status_code == 200 and WORD not in page.text and 'name="open_reason"' in page.text
    before = desk.events(reporter)
    assert "profile_read" not in before
    for short in ("", "   ", "porque s", "a b c d e f g"):
        answer = say_why(amparo, reporter, short)
        assert answer.status_code == 422 and len(mistakes(answer.text)) == 1, short
        assert typed(answer.text, "open_reason")["text"] == short
        assert WORD not in amparo.get(path(reporter)).text
    opened = say_why(amparo, reporter)
    assert opened.status_code == 303 and WORD not in opened.text
    assert desk.events(reporter)[-1] == "profile_opened"  # on record, and nothing is read yet
    assert WORD in amparo.get(path(reporter)).text
    assert desk.events(reporter)[-1] == "profile_read"
    adviser = said(desk.signed_in("laila").get(path(reporter)).text)
    assert WHY in adviser and "Amparo" in adviser
    case = said(desk.signed_in("laila").get(f"/es/cases/{reporter.case_number}").text)
    assert "escribió un motivo y abrió lo que la persona es" in case and WHY not in case


def test_a_reason_opens_for_one_supervisor_and_for_half_an_hour(desk: Desk) -> None:
    reporter, amparo, vicent = noted(desk), desk.signed_in("amparo"), desk.signed_in("vicent")
    say_why(amparo, reporter)
    assert WORD not in vicent.get(path(reporter)).text
    desk.clock.move(minutes=OPEN_FOR.seconds / 60 - 1)
    assert WORD in amparo.get(path(reporter)).text
    desk.clock.move(minutes=1)
    assert WORD not in amparo.get(path(reporter)).text
    other = noted(desk)
    assert WORD not in desk.signed_in("amparo").get(path(other)).text


def test_a_supervisor_notes_nothing_and_the_adviser_is_asked_for_no_reason(desk: Desk) -> None:
    reporter, amparo, laila = noted(desk), desk.signed_in("amparo"), desk.signed_in("laila")
    say_why(amparo, reporter)
    (entry,) = entries(desk)
    assert note(desk, amparo, reporter).status_code == 404
    assert take_out(desk, amparo, reporter, entry).status_code == 404
    assert say_why(laila, reporter).status_code == 303
    assert desk.events(reporter).count("profile_opened") == 1
    assert len(entries(desk)) == 1
    page = amparo.get(path(reporter)).text
    assert 'name="profile_words"' not in page and "/profile/removal" not in page
    own = noted(desk, "amparo")
    assert WORD in amparo.get(path(own)).text  # her own case: she is its adviser


@pytest.mark.parametrize("name", ["iris", "joana", "remei", "marina", "ferran", "teresa", "pau"])
def test_for_everybody_else_it_is_not_there(desk: Desk, name: str) -> None:
    reporter = noted(desk)
    nowhere = "/es/cases/000000000/profile"
    person = desk.signed_in(name)
    for act in ("", "opening", "withdrawal", "removal"):
        there, none = path(reporter, act), f"{nowhere}{'/' + act if act else ''}"
        answer = person.post(there, data={"open_reason": WHY, "destroy": "yes"})
        assert answer.status_code == person.post(none, data={}).status_code == 404
    assert person.get(path(reporter)).status_code == 404
    assert profiles(desk, reporter)[0].withdrawn_on is None


def test_an_entry_is_taken_out_for_good(desk: Desk) -> None:
    reporter, laila = noted(desk), desk.signed_in("laila")
    assert note(desk, laila, reporter, profile_words="Uso silla de ruedas.").status_code == 303
    first, _ = sorted(entries(desk), key=lambda one: one.id)
    other = noted(desk, "pau")
    foreign = next(one for one in entries(desk) if one.profile_id == profiles(desk, other)[0].id)
    assert take_out(desk, laila, reporter, foreign).status_code == 404
    assert take_out(desk, laila, reporter, first).status_code == 303
    assert first.id not in {one.id for one in entries(desk)}
    page = laila.get(path(reporter)).text
    assert (WORD in page) != ("Uso silla de ruedas." in page)


def test_when_consent_is_withdrawn_words_and_key_are_destroyed_and_that_stays(desk: Desk) -> None:
    reporter, laila = noted(desk), desk.signed_in("laila")
    say_why(desk.signed_in("amparo"), reporter)
    for wrong in (
        {"destroy": ""},
        day_fields("withdrawn", date(2026, 11, 19)),
        day_fields("withdrawn", date(2026, 11, 24)),
    ):
        assert withdraw(desk, laila, reporter, **wrong).status_code == 422, wrong
    assert len(entries(desk)) == 1
    assert withdraw(desk, laila, reporter).status_code == 303
    (profile,) = profiles(desk, reporter)
    assert (profile.withdrawn_on, profile.sealed_to_escrow) == (date(2026, 11, 23), None)
    assert entries(desk) == []
    with desk.reading() as session:
        assert session.exec(select(ProfileOpening)).all() == []
        assert session.exec(select(ProfileGrant)).all() == []
    page = said(laila.get(path(reporter)).text)
    assert WORD not in page and "está destruido" in page
    assert desk.events(reporter).count("profile_destroyed") == 1
    assert withdraw(desk, laila, reporter).status_code == 404
    again = note(desk, laila, reporter, consent="")
    assert again.status_code == 422  # a new consent is asked for
    assert note(desk, laila, reporter).status_code == 303
    assert len(profiles(desk, reporter)) == 2 and len(grants(desk, reporter)) == 3


def test_a_supervisor_can_destroy_it_unread_and_in_a_closed_case_too(desk: Desk) -> None:
    reporter, amparo = noted(desk), desk.signed_in("amparo")
    desk.close_case(reporter, why="Nada más que hacer.")
    assert 'name="profile_words"' not in desk.signed_in("laila").get(path(reporter)).text
    assert note(desk, desk.signed_in("laila"), reporter).status_code == 409
    read = desk.events(reporter).count("profile_read")
    assert withdraw(desk, amparo, reporter).status_code == 303
    assert entries(desk) == [] and desk.events(reporter).count("profile_read") == read


def test_of_two_who_write_at_once_the_later_is_told(desk: Desk) -> None:
    reporter, laila = noted(desk), desk.signed_in("laila")
    stale = note(desk, laila, reporter, version="1")
    assert stale.status_code == 409 and typed(stale.text, "profile_words")["text"] == ENTRY["profile_words"]
    assert withdraw(desk, laila, reporter, version="1").status_code == 409
    assert len(entries(desk)) == 1


def test_no_event_tells_a_ground_a_purpose_or_a_word(desk: Desk) -> None:
    reporter = noted(desk)
    say_why(desk.signed_in("amparo"), reporter)
    withdraw(desk, desk.signed_in("laila"), reporter)
    with desk.reading() as session:
        told = session.exec(select(Event.detail).where(Event.kind.like("profile%"))).all()  # type: ignore[attr-defined]  # a column
        assert len(told) == 3 and set(told) == {"{}"}
        assert session.exec(select(CaseProfile)).one().public_key


def test_in_a_void_case_it_can_still_be_destroyed_and_nothing_be_noted(desk: Desk) -> None:
    reporter, laila = noted(desk), desk.signed_in("laila")
    voided(desk, reporter)
    assert note(desk, laila, reporter).status_code == 409
    assert withdraw(desk, laila, reporter).status_code == 303
    assert entries(desk) == []


@pytest.mark.parametrize("name", ["laila", "amparo"])
def test_for_programs_it_is_not_there(desk: Desk, name: str) -> None:
    reporter, person = noted(desk), desk.signed_in(name)
    say_why(desk.signed_in("amparo"), reporter)
    before = desk.events(reporter)
    for act in ("", "/opening", "/removal", "/withdrawal"):
        below = f"/api/v1/cases/{reporter.case_number}/profile{act}?language=es"
        for answer in (person.get(below), person.post(below, json={"open_reason": WHY, "destroy": True})):
            assert answer.status_code == 404 and WORD not in answer.text, act
    assert desk.events(reporter) == before and len(entries(desk)) == 1
    case = person.get(f"/api/v1/cases/{reporter.case_number}?language=es")
    assert case.status_code == 200 and WORD not in case.text

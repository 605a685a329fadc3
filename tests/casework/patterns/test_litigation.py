"""Strategic litigation with a pattern: words sealed in every case, decided by two, followed step by step."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlmodel import Session, select

from casework.cases.tables import CaseFile
from casework.patterns.litigation_tables import LitigationStep, LitigationWords
from office.stores.errors import NotGranted
from tests.casework.conflicts.people import declare
from tests.casework.desk import Desk, Reporter, mistakes, said
from tests.casework.patterns.litigating import PROPOSAL, note, propose, speak
from tests.casework.patterns.test_patterns import PATTERNS, agreed

QUESTION, AIM, RISK = PROPOSAL.values()


def steps(desk: Desk) -> list[LitigationStep]:
    with desk.reading() as session:
        return sorted(session.exec(select(LitigationStep)), key=lambda one: one.seq)


def words(desk: Desk) -> list[LitigationWords]:
    with desk.reading() as session:
        return list(session.exec(select(LitigationWords)))


def proposed(desk: Desk) -> tuple[list[Reporter], str]:
    found, address = agreed(desk)
    assert propose(desk.signed_in("laila"), address, 1).status_code == 303
    return found, address


def accepted(desk: Desk) -> tuple[list[Reporter], str]:
    found, address = proposed(desk)
    assert speak(desk.signed_in("pau"), address, 2).status_code == 303
    assert speak(desk.signed_in("amparo"), address, 3).status_code == 303
    return found, address


def test_the_words_are_sealed_in_each_case_and_read_by_whoever_has_one_of_them(desk: Desk) -> None:
    found, address = proposed(desk)
    assert {row.case_id for row in words(desk)} == {desk.case(one).id for one in found}
    kept = (desk.folder / "casework.db").read_bytes()
    assert not any(one.encode() in kept for one in (QUESTION, AIM, RISK))
    for name in ("laila", "pau", "amparo"):
        page = said(desk.signed_in(name).get(address).text)
        assert all(one in page for one in (QUESTION, AIM, RISK)), name
    for name in ("remei", "joana"):
        answer = desk.signed_in(name).get(address)
        assert answer.status_code == 404 and RISK not in answer.text


def test_who_sees_the_pattern_and_keeps_out_of_every_case_reads_that_there_are_words_and_none_of_them(
    desk: Desk,
) -> None:
    found, address = proposed(desk)
    vicent = desk.signed_in("vicent")
    for one in found:
        assert declare(vicent, one).status_code == 303
    page = vicent.get(address)
    assert page.status_code == 200 and not any(one in page.text for one in (QUESTION, AIM, RISK))
    assert "bajo las claves de expedientes que no tienes" in said(page.text)


def test_the_words_follow_the_key_when_a_case_changes_hands(desk: Desk) -> None:
    found, address = proposed(desk)
    amparo = desk.signed_in("amparo")
    given = {"version": "1", "adviser": str(desk.staff_id("pau")), "reason": "load"}
    assert amparo.post(f"/es/cases/{found[0].case_number}/adviser", data=given).status_code == 303
    case = desk.case(found[0])
    (own,) = [row for row in words(desk) if row.case_id == case.id]
    assert own.key_version == case.key_version > 1
    own_id = address.rpartition("/")[2]
    data = {"number": found[0].case_number, "answer": "agreed", "was": ""}
    pau = desk.signed_in("pau")
    assert pau.post(f"{PATTERNS}/{own_id}/answer", data=data).status_code == 303
    assert QUESTION in said(pau.get(address).text)


def test_one_who_declines_shuts_the_words_with_the_group(desk: Desk) -> None:
    found, address = proposed(desk)
    pau = desk.signed_in("pau")
    data = {"number": found[1].case_number, "answer": "declined", "was": "agreed"}
    assert pau.post(f"{PATTERNS}/{address.rpartition('/')[2]}/answer", data=data).status_code == 303
    for name in ("laila", "pau", "amparo"):
        client = desk.signed_in(name)
        assert client.get(address).status_code == 404
        assert speak(client, address, 2).status_code == 404
        assert note(client, address, 2, "running", steps(desk)[0].noted_on).status_code == 404


def test_question_aim_and_risk_are_all_needed_and_nothing_typed_is_lost(desk: Desk) -> None:
    _, address = agreed(desk)
    laila = desk.signed_in("laila")
    for missing in PROPOSAL:
        refused = propose(laila, address, 1, **{missing: ""})
        assert refused.status_code == 422 and mistakes(refused.text), missing
        assert all(one in refused.text for name, one in PROPOSAL.items() if name != missing)
    number = propose(laila, address, 1, litigation_risk="Su NIE es X1234567L.")
    assert number.status_code == 422 and "X1234567L" in number.text
    assert not steps(desk) and not words(desk)


def test_one_of_the_two_is_a_supervisor_and_it_is_accepted_only_if_both_are_for_it(desk: Desk) -> None:
    _, address = agreed(desk)
    assert propose(desk.signed_in("amparo"), address, 1).status_code == 303
    laila, pau, vicent = (desk.signed_in(name) for name in ("laila", "pau", "vicent"))
    assert speak(laila, address, 2, "").status_code == 422
    assert speak(laila, address, 2).status_code == 303
    assert speak(pau, address, 3).status_code == 409, "two advisers"
    assert 'name="voice"' not in pau.get(address).text and 'name="voice"' in vicent.get(address).text
    assert speak(vicent, address, 3, "against").status_code == 303
    assert [one.step_code for one in steps(desk)] == ["proposed", "committee", "declined"]


@pytest.mark.parametrize(
    "change", ["noted_by = proposed_by", "noted_by = first_by", "first_by = proposed_by"]
)
def test_the_store_itself_refuses_that_one_decides_for_two(desk: Desk, change: str) -> None:
    accepted(desk)
    with pytest.raises(IntegrityError), desk.writing() as session:
        session.execute(text(f"UPDATE litigation_step SET {change} WHERE step_code = 'accepted'"))


def test_after_acceptance_it_runs_to_a_ruling_and_its_follow_up_each_on_record(desk: Desk) -> None:
    _, address = accepted(desk)
    laila, today = desk.signed_in("laila"), desk.clock.now().date()
    early = note(laila, address, 4, "ruling", today, litigation_result="partly")
    assert early.status_code == 409, "it does not run yet"
    assert note(laila, address, 4, "running", today + timedelta(days=1)).status_code == 422
    assert note(laila, address, 4, "running", today - timedelta(days=90)).status_code == 422, "before it"
    assert (
        note(laila, address, 4, "running", today, litigation_words="Ante el contencioso.").status_code == 303
    )
    assert note(laila, address, 5, "ruling", today).status_code == 422, "a ruling has a result"
    assert note(laila, address, 5, "ruling", today, litigation_result="partly").status_code == 303
    assert note(desk.signed_in("amparo"), address, 6, "follow_up", today).status_code == 303
    assert note(laila, address, 7, "ended", today).status_code == 303
    page = said(desk.signed_in("pau").get(address).text)
    assert "Ante el contencioso." in page and "Terminada" in page
    assert [one.result_code for one in steps(desk) if one.step_code == "ruling"] == ["partly"]
    assert desk.events(None).count("litigation_step") == 4
    assert propose(laila, address, 8).status_code == 303, "a new question may be asked with the same cases"


def test_an_adviser_of_no_case_of_it_and_other_roles_can_do_nothing(desk: Desk) -> None:
    _, address = proposed(desk)
    for name in ("remei", "joana"):
        client = desk.signed_in(name)
        for answer in (propose(client, address, 2), speak(client, address, 2)):
            assert answer.status_code == 404 and QUESTION not in answer.text, name


def test_the_web_process_neither_changes_nor_deletes_a_step_or_its_words(desk: Desk) -> None:
    proposed(desk)

    def change(session: Session) -> None:
        session.exec(select(LitigationStep)).one().step_code = "ended"

    def delete(session: Session) -> None:
        session.delete(session.exec(select(LitigationStep)).one())

    def lose(session: Session) -> None:
        session.delete(session.exec(select(LitigationWords)).first())

    for act in (change, delete, lose):
        with pytest.raises((DatabaseError, NotGranted)), desk._as("casework", "web").begin() as session:
            act(session)
    assert len(steps(desk)) == 1 and len(words(desk)) == 5


def test_no_word_stands_in_the_timeline_of_the_office(desk: Desk) -> None:
    accepted(desk)
    with desk.reading() as session:
        told = str(session.execute(text("SELECT detail FROM event")).all())
        assert session.exec(select(CaseFile)).first() is not None
    assert not any(one in told for one in (QUESTION, AIM, RISK, "Hay prueba."))


def test_who_keeps_out_of_one_of_the_cases_neither_proposes_nor_decides_nor_notes(desk: Desk) -> None:
    found, address = agreed(desk)
    vicent, pau, amparo = (desk.signed_in(name) for name in ("vicent", "pau", "amparo"))
    assert declare(vicent, found[0]).status_code == 303
    assert "litigation_question" not in vicent.get(address).text
    refused = propose(vicent, address, 1)
    assert refused.status_code == 409 and "Sobre esto tiene que decidir otra persona" in said(refused.text)
    assert propose(desk.signed_in("laila"), address, 1).status_code == 303

    assert declare(pau, found[1]).status_code == 303  # it is still hers to read
    for client in (vicent, pau):
        page = client.get(address)
        assert page.status_code == 200 and 'name="voice"' not in page.text
        assert speak(client, address, 2).status_code == 409
    assert [one.step_code for one in steps(desk)] == ["proposed"]
    assert speak(amparo, address, 2).status_code == 303


def test_who_keeps_out_since_it_was_accepted_notes_nothing_of_it(desk: Desk) -> None:
    found, address = accepted(desk)
    vicent = desk.signed_in("vicent")
    assert declare(vicent, found[0]).status_code == 303
    assert 'name="litigation_step"' not in vicent.get(address).text
    assert note(vicent, address, 4, "running", desk.clock.now().date()).status_code == 409
    assert [one.step_code for one in steps(desk)][-1] == "accepted"
    assert note(desk.signed_in("amparo"), address, 4, "running", desk.clock.now().date()).status_code == 303

"""Scenario 16: two reports of one bus incident are put together and parted, and nothing of either is lost."""

from datetime import date
from types import SimpleNamespace

from sqlmodel import delete, select
from starlette.testclient import TestClient

from casework.cases.tables import CaseKeyGrant
from casework.messages.tables import CaseMessage
from casework.queues.workload import loads
from office.ids import new_case_number, shown
from tests.casework.assessing.sheets import assess, begin
from tests.casework.conflicts.people import add
from tests.casework.deadlines.clocks import at
from tests.casework.desk import NOW, Desk, said
from tests.casework.merges.pairs import apart, asked, merges, path, together, two, versions
from tests.casework.queues.lists import counted, giving, listed, many
from tests.casework.residents import Reporter
from tests.casework.tasks.todo import ask, set_next, tasks
from tests.casework.tracks import steps as tracks

MINE = "El conductor me hizo bajar a gritos."
THEIRS = "Vi cómo echaban a una mujer del autobús y a mí también."


def page(client: TestClient, reporter: Reporter) -> str:
    return said(client.get(f"/es/cases/{reporter.case_number}").text)


def test_scenario_16_merge_and_unmerge_of_two_reports_of_one_bus_incident(desk: Desk) -> None:
    lead, other = two(desk, MINE, THEIRS)
    laila = desk.signed_in("laila")
    add(laila, other, "Empresa de Autobuses")
    assert ask(desk, laila, other, "read", with_code="other", text="Leer el atestado.").status_code == 303
    tracks.opened(desk, laila, other, "administrative")
    desk.write_back(other, "Tengo el billete.")
    before = (len(tasks(desk, other)), len(tracks.standing(desk, other)))
    both = said(laila.post(path(lead), data={"do": "look", "other": other.case_number}).text)
    assert MINE in both and THEIRS in both and "Leer el atestado." in both
    assert together(desk, laila, lead, other).status_code == 303

    # children, consents, messages kept: on the page of the leading case, marked with the case they belong to
    with_theirs = laila.get(f"/es/cases/{lead.case_number}").text
    mine, _, theirs = with_theirs.partition(f'id="with-{other.case_number}"')
    assert MINE in mine and THEIRS not in mine
    for kept in (THEIRS, "Empresa de Autobuses", "Leer el atestado.", "Tengo el billete."):
        assert kept in theirs and kept not in mine
    assert (len(tasks(desk, other)), len(tracks.standing(desk, other))) == before
    assert desk.case(other).key_version == desk.case(lead).key_version == 1  # nobody was given a key
    with desk.reading() as session:
        found = session.exec(select(CaseMessage).where(CaseMessage.direction == "in")).all()
        assert [row.case_id for row in found] == [desk.case(other).id]

    # each person still sees only their own thread
    answer = laila.post(f"/es/cases/{other.case_number}/messages", data={"message": "Guarde el billete."})
    assert answer.status_code == 303
    assert [one.text for one in desk.replies(other) if one.text] == ["Guarde el billete."]
    told = " ".join(repr(one) for one in desk.replies(lead))
    assert "billete" not in told and other.case_number not in told

    # later additions are made in the leading case, and placed when the two are parted
    assert ask(desk, laila, lead, "read", with_code="other", text="Pedir las cámaras.").status_code == 303
    civil = tracks.opened(desk, laila, lead, "civil", track_note="Daños")
    tracks.walk(desk, laila, lead, civil, "mandate_signed", "filed")
    assert tracks.remedy(desk, laila, lead, civil, "apology", remedy_words="Carta").status_code == 303
    add(laila, lead, "Testigo Nuevo", "witness", "person")
    note = {"note": "Llamó el testigo."}
    assert laila.post(f"/es/cases/{lead.case_number}/notes", data=note).status_code == 303
    at(desk, date(2026, 12, 23))  # the thirtieth day
    laila = desk.signed_in("laila")
    assert len(asked(laila, lead)) == 4
    parted = apart(desk, laila, lead, other, ("task", "track", "party", "note"))
    assert parted.status_code == 303
    theirs, mine = page(laila, other), page(laila, lead)
    for moved in ("Pedir las cámaras.", "Testigo Nuevo", "Llamó el testigo."):
        assert moved in theirs and moved not in mine, moved
    assert tracks.standing(desk, lead) == []
    opened = said(laila.get(f"/es/cases/{other.case_number}/tracks/{civil.track.id}").text)
    assert all(kept in opened for kept in ("Daños", "Registro"))  # sealed anew, legible under the other key
    assert MINE in mine and THEIRS not in mine and THEIRS in theirs and MINE not in theirs
    for one in (lead, other):
        kinds = desk.events(one)
        assert kinds.count("case_merged") == kinds.count("merge_undone") == 1
        assert kinds.count("addition_placed") == 4
    assert [row.undone_on for row in merges(desk)] == [date(2026, 12, 23)]
    assert b"autob" not in merges(desk)[0].sealed


def test_scenario_16_a_stale_tab_two_at_once_and_a_chain_change_nothing(desk: Desk) -> None:
    first, second, third = many(desk, 3)
    laila = desk.signed_in("laila")
    stale = versions(desk, second, first)
    assert together(desk, laila, first, second).status_code == 303
    answers = [
        together(desk, laila, second, first, **stale),  # the other tab, the other way round
        together(desk, laila, first, second),
        together(desk, laila, third, first),  # a chain: second under first under third
        together(desk, laila, second, third),  # and third under second under first
    ]
    assert [one.status_code for one in answers] == [409] * 4
    assert "ya se lee junto con otro" in said(answers[2].text)
    assert "El mismo autobús, la misma tarde." in answers[0].text  # nothing typed is lost
    assert len(merges(desk)) == 1
    assert together(desk, laila, first, third).status_code == 303  # beside the other, under the same
    late = versions(desk, first, second)
    assert ask(desk, laila, first, "read", with_code="other").status_code == 303
    assert apart(desk, laila, first, second, **late).status_code == 303  # it was on the page
    stale = {"do": "part", **versions(desk, first, third), "undo_reason": "Otro día."}
    refused = laila.post(path(first), data=stale)  # as sent before the task was there
    assert refused.status_code == 409 and "Otro día." in refused.text
    assert apart(desk, laila, first, third, version="1").status_code == 409
    assert sum(row.undone_on is None for row in merges(desk)) == 1
    assert apart(desk, laila, first, third).status_code == 303
    assert together(desk, laila, third, first).status_code == 303  # free again


def test_after_thirty_days_it_is_not_undone_and_the_page_says_why(desk: Desk) -> None:
    lead, other = many(desk, 2)
    laila = desk.signed_in("laila")
    assert together(desk, laila, lead, other).status_code == 303
    at(desk, date(2026, 12, 24))  # 23 November and thirty-one days
    laila = desk.signed_in("laila")
    refused = apart(desk, laila, lead, other)
    assert refused.status_code == 409
    assert "hace más de 30 días" in said(refused.text)
    assert "Separarlos de nuevo" not in laila.get(path(lead)).text
    assert merges(desk)[0].undone_on is None


def test_a_case_put_under_another_stands_in_no_queue_and_what_its_person_sends_stands_in_the_leading_one(
    desk: Desk,
) -> None:
    lead, other = many(desk, 2, urgency="danger")
    laila = desk.signed_in("laila")
    assert together(desk, laila, lead, other).status_code == 303
    for which in ("open", "urgent", "soon"):
        assert listed(laila, f"which={which}") == [lead.case_number], which
    assert counted(laila)["Unread messages"] == 0
    desk.write_back(other, "Otra cosa.")
    assert listed(laila, "which=unread&sort=unread") == [lead.case_number]
    line = said(laila.get("/en/cases?which=unread").text)
    assert "1 new message" in line and f"with {shown(other.case_number)}" in line
    rows = laila.get("/en/cases.csv?whose=mine&which=open").text.splitlines()[1:]
    assert [row.partition(",")[0] for row in rows] == [shown(lead.case_number), shown(other.case_number)]
    with desk.reading() as session:
        found = loads(session, SimpleNamespace(id=desk.staff_id("laila")), NOW.date())  # type: ignore[arg-type]  # only their id
        assert {one.name: one.cases for one in found if one.cases} == {"Laila Imaginaria": 1}


def test_work_on_the_event_is_done_in_the_leading_case_and_what_reaches_a_person_in_their_own(
    desk: Desk,
) -> None:
    lead, other = many(desk, 2)
    laila = desk.signed_in("laila")
    assert together(desk, laila, lead, other).status_code == 303
    refused = ask(desk, laila, other, "file", with_code="other", text="Archivar el vídeo.")
    assert refused.status_code == 409 and "va con otro, que es el principal" in said(refused.text)
    assert "Archivar el vídeo." in refused.text
    assert set_next(desk, laila, other).status_code == 409
    data = {"version": str(desk.case(other).version), "kind": "civil"}
    assert laila.post(tracks.path(other), data=data).status_code == 409
    own = ask(desk, laila, other, "message", with_code="person", text="Escribirle.")
    assert own.status_code == 303  # by their own safe ways, not by those of the other
    assert ask(desk, laila, lead, "message", with_code="person", text="Escribir.").status_code == 303
    assert asked(laila, lead) == []  # a task that reaches a person is theirs, and is placed nowhere else
    assert "Tareas que llegan a la persona" in said(laila.get(path(lead)).text)


def test_a_leading_case_is_closed_after_the_one_under_it_and_nobody_is_left_without_a_queue(
    desk: Desk,
) -> None:
    lead, other = many(desk, 2)
    laila = desk.signed_in("laila")
    assert together(desk, laila, lead, other).status_code == 303
    shown_first = said(laila.get(f"/es/cases/{lead.case_number}/closing").text)
    assert shown(other.case_number) in shown_first
    assert desk.ask_to_close(lead).status_code == 409
    assert desk.case(lead).closed_on is desk.case(other).closed_on is None
    desk.close_case(other)
    desk.close_case(lead)
    reopened = {"version": str(desk.case(other).version), "reason": "new_facts", "text": ""}
    answer = laila.post(f"/es/cases/{other.case_number}/reopening", data=reopened)
    assert answer.status_code == 303, said(answer.text)
    assert listed(laila) == [other.case_number]  # its leading case is closed: it stands by itself
    data = {"version": str(desk.case(other).version), "kind": "civil"}
    assert laila.post(tracks.path(other), data=data).status_code == 303
    for page in ("tracks", "tasks"):
        there = laila.get(f"/es/cases/{other.case_number}/{page}").text
        assert lead.case_number not in there.partition("<main")[2], page


def test_needs_are_assessed_in_the_case_of_their_person_and_stay_there(desk: Desk) -> None:
    lead, other = many(desk, 2)
    laila = desk.signed_in("laila")
    assert together(desk, laila, lead, other).status_code == 303
    assert (assess(laila, other).status_code, assess(laila, lead).status_code) == (303, 303)
    assert begin(laila, lead).status_code == 303
    assert [name for name in asked(laila, lead) if "task" in name] == []
    assert "Hojas: las necesidades" in said(laila.get(path(lead)).text)
    assert apart(desk, laila, lead, other).status_code == 303
    assert assess(laila, lead, 1).status_code == 303


def test_printing_the_leading_case_reads_nothing_of_the_other(desk: Desk) -> None:
    lead, other = many(desk, 2)
    laila = desk.signed_in("laila")
    assert together(desk, laila, lead, other).status_code == 303
    desk.write_back(other, "Todavía sin leer.")
    before = desk.events(other)
    assert laila.get(f"/es/cases/{lead.case_number}/print").status_code == 200
    assert desk.events(other) == before
    assert counted(laila)["Unread messages"] == 1


def test_both_change_hands_together_and_each_person_is_told(desk: Desk) -> None:
    lead, other = many(desk, 2)
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    assert together(desk, laila, lead, other).status_code == 303
    given = giving(desk, [lead], "pau", notice="tell")
    assert amparo.post("/es/giving", data=given).status_code == 303
    pau = desk.signed_in("pau")
    for one in (lead, other):
        assert laila.get(f"/es/cases/{one.case_number}").status_code == 404
        assert pau.get(f"/es/cases/{one.case_number}").status_code == 200
        assert any(reply.text for reply in desk.replies(one))
    assert listed(pau) == [lead.case_number]


def test_of_a_case_that_one_may_not_open_the_page_of_the_leading_one_tells_nothing(desk: Desk) -> None:
    lead, other = two(desk, MINE, THEIRS)
    laila, pau = desk.signed_in("laila"), desk.signed_in("pau")
    answers = [
        laila.post(path(lead), data={"do": "look", "other": number})
        for number in (desk.a_case("pau").case_number, new_case_number(), "nada")
    ]
    assert {one.status_code for one in answers} == {422}
    assert len({said(one.text).partition("Número del otro")[0] for one in answers}) == 1
    assert together(desk, pau, lead, other).status_code == 404
    assert together(desk, laila, lead, other).status_code == 303
    desk.write_back(other, "Otra cosa.")
    with desk.writing() as session:
        for one, name in ((other, "laila"), (lead, "vicent")):
            theirs = (
                CaseKeyGrant.case_id == desk.case(one).id,
                CaseKeyGrant.holder_id == desk.staff_id(name),
            )
            session.exec(delete(CaseKeyGrant).where(*theirs))
    for address in (f"/es/cases/{lead.case_number}", path(lead)):
        text = laila.get(address).text
        assert other.case_number not in text and shown(other.case_number) not in text and THEIRS not in text
    assert laila.get(f"/es/cases/{other.case_number}").status_code == 404
    assert listed(laila) == [lead.case_number] and listed(laila, "which=unread") == []
    assert counted(laila)["Unread messages"] == 0
    for address in ("cases?which=open", "cases?sort=unread", "cases.csv?which=open"):
        text = laila.get(f"/en/{address}").text
        assert shown(other.case_number) not in text and "1 new message" not in text, address
    vicent = desk.signed_in("vicent")  # holds the one that was put under, and not its leading one
    assert other.case_number in listed(vicent, "whose=all&which=unread")
    assert lead.case_number not in listed(vicent, "whose=all")

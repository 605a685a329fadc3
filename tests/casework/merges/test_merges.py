"""Scenario 16: two reports of one bus incident are put together and parted, and nothing of either is lost."""

from datetime import date

from sqlmodel import select
from starlette.testclient import TestClient

from casework.messages.tables import CaseMessage
from office.ids import shown
from tests.casework.conflicts.people import add
from tests.casework.deadlines.clocks import at
from tests.casework.desk import Desk, Reporter, said
from tests.casework.merges.pairs import apart, asked, merges, path, together
from tests.casework.tasks.todo import ask, tasks
from tests.casework.tracks import steps as tracks

MINE = "El conductor me hizo bajar a gritos."
THEIRS = "Vi cómo echaban a una mujer del autobús y a mí también."


def two(desk: Desk, adviser: str = "laila", **report: object) -> tuple[Reporter, Reporter]:
    """Two people who told of the same bus, each with a case of the same adviser."""
    return desk.a_case(adviser, text=MINE, **report), desk.a_case(adviser, text=THEIRS, **report)


def page(client: TestClient, reporter: Reporter) -> str:
    return said(client.get(f"/es/cases/{reporter.case_number}").text)


def test_scenario_16_merge_and_unmerge_of_two_reports_of_one_bus_incident(desk: Desk) -> None:
    lead, other = two(desk)
    laila = desk.signed_in("laila")
    add(laila, other, "Empresa de Autobuses")
    assert ask(desk, laila, other, "read", with_code="other", text="Leer el atestado.").status_code == 303
    tracks.opened(desk, laila, other, "administrative")
    desk.write_back(other, "Tengo el billete.")
    before = (len(tasks(desk, other)), len(tracks.standing(desk, other)))
    both = said(laila.post(path(lead), data={"do": "look", "other": other.case_number}).text)
    assert MINE in both and THEIRS in both and "Leer el atestado." in both
    assert together(desk, laila, lead, other).status_code == 303

    # children, consents, messages kept: on the page of the leading case, each marked with its case
    words = page(laila, lead)
    for kept in (
        MINE,
        THEIRS,
        "Empresa de Autobuses",
        "Leer el atestado.",
        "Tengo el billete.",
        shown(other.case_number),
    ):
        assert kept in words, kept
    assert (len(tasks(desk, other)), len(tracks.standing(desk, other))) == before
    assert desk.case(other).key_version == 1  # nobody was given a key
    with desk.reading() as session:
        found = session.exec(select(CaseMessage).where(CaseMessage.direction == "in")).all()
        assert [row.case_id for row in found] == [desk.case(other).id]

    # each person still sees only their own thread
    answer = laila.post(f"/es/cases/{other.case_number}/messages", data={"message": "Guarde el billete."})
    assert answer.status_code == 303
    assert [one.text for one in desk.replies(other) if one.text] == ["Guarde el billete."]
    told = " ".join(repr(one) for one in desk.replies(lead))
    assert "billete" not in told and other.case_number not in told

    # later additions are made in the leading case, and placed at the undoing
    assert ask(desk, laila, lead, "read", with_code="other", text="Pedir las cámaras.").status_code == 303
    civil = tracks.opened(desk, laila, lead, "civil", track_note="Daños")
    tracks.walk(desk, laila, lead, civil, "mandate_signed", "filed")
    add(laila, lead, "Testigo Nuevo", "witness", "person")
    assert (
        laila.post(f"/es/cases/{lead.case_number}/notes", data={"note": "Llamó el testigo."}).status_code
        == 303
    )
    at(desk, date(2026, 12, 23))  # the thirtieth day
    laila = desk.signed_in("laila")
    assert len(asked(laila, lead)) == 4
    parted = apart(desk, laila, lead, other, ("task", "track", "party", "note"))
    assert parted.status_code == 303, said(parted.text)
    theirs, mine = page(laila, other), page(laila, lead)
    for moved in ("Pedir las cámaras.", "Testigo Nuevo", "Llamó el testigo."):
        assert moved in theirs and moved not in mine, moved
    assert tracks.standing(desk, lead) == []
    (old, new) = sorted(tracks.standing(desk, other), key=lambda one: len(one.steps))
    opened = said(laila.get(f"/es/cases/{other.case_number}/tracks/{new.track.id}").text)
    assert "Daños" in opened and "Registro" in opened  # sealed anew, and legible under the other key
    assert MINE in mine and THEIRS not in mine and THEIRS in theirs and MINE not in theirs
    for one in (lead, other):
        kinds = desk.events(one)
        assert kinds.count("case_merged") == kinds.count("merge_undone") == 1
        assert kinds.count("addition_placed") == 4
    (row,) = merges(desk)
    assert row.undone_on == date(2026, 12, 23)

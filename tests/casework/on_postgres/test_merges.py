"""Cases read together on PostgreSQL: grants, and two who act at once."""

import pytest
from sqlmodel import select

from casework.cases.tables import CaseFile
from casework.merges.tables import CaseMerge
from casework.tracks.tables import TrackStep
from office.stores.errors import NotGranted
from tests.casework.conflicts.people import add
from tests.casework.desk import said
from tests.casework.merges.pairs import apart, merges, path, together, versions
from tests.casework.on_postgres.conftest import PostgresDesk
from tests.casework.on_postgres.waiting import at_once
from tests.casework.queues.lists import listed, many
from tests.casework.tasks.todo import ask
from tests.casework.tracks import steps as tracks

pytestmark = pytest.mark.postgres


def test_two_who_put_the_same_cases_together_the_other_way_round_wait_for_each_other_on_postgresql(
    desk: PostgresDesk,
) -> None:
    first, second = sorted(many(desk, 2), key=lambda one: desk.case(one).id)
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    told = {"do": "merge", "leads": "own", "merge_reason": "El mismo autobús."}
    one, other = versions(desk, first, second), versions(desk, second, first)
    with desk.reading() as session:
        session.exec(select(CaseFile).where(CaseFile.id == desk.case(first).id).with_for_update()).one()
        acts = (
            lambda: laila.post(path(second), data={**told, **other}),
            lambda: amparo.post(path(first), data={**told, **one}),
        )
        with at_once(desk, *acts) as begun:
            session.exec(
                select(CaseFile).where(CaseFile.id == desk.case(second).id).with_for_update(nowait=True)
            ).one()  # nobody holds the later one while they wait for the earlier
            session.rollback()
    assert sorted(one.result().status_code for one in begun) == [303, 409]
    assert len(merges(desk)) == 1


def test_what_is_placed_passes_the_grants_and_nothing_else_of_a_merge_moves_on_postgresql(
    desk: PostgresDesk,
) -> None:
    lead, other = many(desk, 2)
    laila = desk.signed_in("laila")
    assert together(desk, laila, lead, other).status_code == 303
    desk.write_back(other, "Otra cosa.")
    for query in ("which=open", "which=unread&sort=unread", "which=soon"):
        assert listed(laila, query) == [lead.case_number], query
    assert ask(desk, laila, lead, "read", with_code="other", text="Pedir las cámaras.").status_code == 303
    civil = tracks.opened(desk, laila, lead, "civil", track_note="Daños")
    assert tracks.remedy(desk, laila, lead, civil, "apology").status_code == 303
    add(laila, lead, "Testigo Nuevo", "witness", "person")
    parted = apart(desk, laila, lead, other, ("task", "track", "party"))
    assert parted.status_code == 303, said(parted.text)
    assert "Daños" in said(laila.get(tracks.path(other, civil)).text)
    with pytest.raises(NotGranted), desk.app.state.desk.sessions.begin() as session:
        session.exec(select(CaseMerge)).one().under_id = desk.case(lead).id
    with pytest.raises(NotGranted), desk.app.state.desk.sessions.begin() as session:
        session.exec(select(TrackStep).limit(1)).one().seq = 9

"""The hand-over on real stores: who is counted, who is not, and which quarters no longer move."""

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import delete
from sqlmodel import select

from casework.handing_over.commands import HandOverSettings, hand_over
from casework.history.tables import HistorySource
from office.handover.report import About
from office.stores.engines import open_store, sessions
from office.stores.facts import Fact, Period, SourceTitle
from office.stores.migrate import upgrade
from tests.casework.desk import Desk


@pytest.fixture
def settings(desk: Desk) -> HandOverSettings:
    facts = f"sqlite:///{desk.folder}/facts.db"
    upgrade("facts", facts)
    return HandOverSettings(
        home=desk.folder,
        casework_url=desk.casework_url,
        facts_url=facts,
        statistics_key=desk.folder / "keys" / "statistics.key",
        demo=True,
    )


def facts_in(settings: HandOverSettings) -> Sequence[Fact]:
    engine = open_store(settings.facts_url, role="owner", store="facts")
    with sessions(engine)() as session:
        found = session.exec(select(Fact)).all()
    engine.dispose()
    return found


def test_a_consenting_report_becomes_one_fact_without_anything_that_names_it(
    desk: Desk, settings: HandOverSettings
) -> None:
    reporter = desk.report("No me quisieron alquilar el piso.")
    desk.report("Nada de estadísticas.", count=False)
    hand_over(settings)
    (fact,) = facts_in(settings)
    assert (fact.source, fact.period_basis, fact.month) == ("demonstration", "demonstration", "2026-11")
    told = repr(fact)
    assert reporter.case_number not in told
    assert "alquilar" not in told


def test_a_withdrawn_consent_takes_the_fact_back_even_before_anybody_has_opened_it(
    desk: Desk, settings: HandOverSettings
) -> None:
    reporter = desk.report("Una vez sí.")
    hand_over(settings)
    assert len(facts_in(settings)) == 1
    desk.change_consent(reporter, "count", given=False)
    desk.collect()
    hand_over(settings)
    assert facts_in(settings) == []


def test_each_hand_over_replaces_the_facts_under_fresh_ids(desk: Desk, settings: HandOverSettings) -> None:
    desk.report("Una.")
    hand_over(settings)
    before = {fact.id for fact in facts_in(settings)}
    hand_over(settings)
    after = {fact.id for fact in facts_in(settings)}
    assert len(after) == 1
    assert after.isdisjoint(before)


@pytest.mark.parametrize("state", ["frozen", "released"])
def test_a_closed_quarter_no_longer_moves(desk: Desk, settings: HandOverSettings, state: str) -> None:
    desk.report("Antes del cierre.")
    hand_over(settings)
    before = {fact.id for fact in facts_in(settings)}
    engine = open_store(settings.facts_url, role="observatory", store="facts")
    with sessions(engine).begin() as session:
        name = "2026Q4.1" if state == "released" else None
        session.add(Period(source="demonstration", quarter="2026-Q4", state=state, release_name=name))
    engine.dispose()
    desk.report("Después del cierre.")
    (done,) = hand_over(settings)
    assert {fact.id for fact in facts_in(settings)} == before
    assert (done.facts, done.closed) == (0, 2)


def test_facts_of_a_released_quarter_stay_deleted_until_its_release_is_taken_back(
    desk: Desk, settings: HandOverSettings
) -> None:
    desk.report("Antes de la publicación.")
    hand_over(settings)
    engine = open_store(settings.facts_url, role="observatory", store="facts")
    with sessions(engine).begin() as session:  # as the observatory leaves the store after a release
        session.add(
            Period(source="demonstration", quarter="2026-Q4", state="released", release_name="2026Q4.1")
        )
        session.execute(delete(Fact))
    hand_over(settings)
    assert facts_in(settings) == []

    with sessions(engine).begin() as session:
        period = session.get_one(Period, ("demonstration", "2026-Q4"))
        period.state, period.release_name = "awaited", None
    desk.report("Llegó tarde.")
    hand_over(settings)
    assert len(facts_in(settings)) == 2
    with sessions(engine)() as session:
        assert session.get_one(Period, ("demonstration", "2026-Q4")).state == "open"
    engine.dispose()


def test_a_real_office_does_not_hand_over_what_a_demonstration_left(
    desk: Desk, settings: HandOverSettings
) -> None:
    desk.report("Inventado.")
    hand_over(settings.model_copy(update={"demo": False}))
    assert facts_in(settings) == []


def test_what_an_imported_file_is_called_crosses_and_follows_its_mapping(
    desk: Desk, settings: HandOverSettings
) -> None:
    def called(title: str) -> None:
        engine = open_store(desk.casework_url, role="owner", store="casework")
        with sessions(engine).begin() as session:
            session.merge(
                HistorySource(
                    name="old-books",
                    title=title,
                    licence="",
                    basis_code="registered",
                    first_imported_on=date(2026, 3, 1),
                )
            )
        engine.dispose()
        hand_over(settings)

    def titles() -> dict[str, dict[str, str]]:
        engine = open_store(settings.facts_url, role="observatory", store="facts")
        with sessions(engine)() as session:
            found = {one.source: one.title for one in session.exec(select(SourceTitle))}
        engine.dispose()
        return found

    called('{"en": "Old books"}')
    assert titles() == {"imported:old-books": {"en": "Old books"}}
    called('{"en": "Old books, corrected", "es": "Libros viejos"}')
    assert titles() == {"imported:old-books": {"en": "Old books, corrected", "es": "Libros viejos"}}
    called('{"en": "two\\nlines"}')  # brought in before titles were checked
    assert titles() == {}


@pytest.mark.parametrize(("relation", "counted"), [("claim", 1), ("lost_key", 1), ("same_event", 2)])
def test_a_situation_told_twice_counts_once_when_the_desk_has_confirmed_it(
    desk: Desk, settings: HandOverSettings, relation: str, counted: int
) -> None:
    first = desk.report("Lo vi desde la ventana.")
    again = desk.report("Me pasó a mí.", about=About(relation=relation, case_number=first.case_number))  # type: ignore[arg-type]  # one of three
    hand_over(settings)
    assert len(facts_in(settings)) == 2
    link = f"/es/inbox/{again.case_number}/link"
    laila = desk.signed_in("laila")
    assert laila.post(link, data={"do": "confirm"}).status_code == 303
    hand_over(settings)
    assert len(facts_in(settings)) == counted
    laila.post(link, data={"do": "remove", "other": first.case_number})
    hand_over(settings)
    assert len(facts_in(settings)) == 2


def test_a_change_of_consent_nobody_has_opened_holds_back_the_whole_situation(
    desk: Desk, settings: HandOverSettings
) -> None:
    first = desk.report("Lo vi desde la ventana.")
    again = desk.report("Me pasó a mí.", about=About(relation="claim", case_number=first.case_number))
    laila = desk.signed_in("laila")
    laila.post(f"/es/inbox/{again.case_number}/link", data={"do": "confirm"})
    desk.change_consent(first, "count", given=False)
    desk.collect()
    hand_over(settings)
    assert facts_in(settings) == []
    laila.get(f"/es/inbox/{first.case_number}")
    hand_over(settings)
    assert len(facts_in(settings)) == 1
